"""The house rules, asked of the project itself: who imports whom, what the documents promise, what may be in a file."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import pytest
import regex
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kb import dictionary
from kb.cli import main
from tests.machine import NEEDS, ROOT

PACKAGES = ("extract", "kb", "corpus")
COMMANDS = main.list_commands(None)  # type: ignore[arg-type]
PUBLIC = {"extract", "extract.records", "extract.errors"}
"""What `kb` may take from `extract`."""

MODULES_OF = {
    "pdfminer-six": "pdfminer",
    "axe-playwright-python": "axe_playwright_python",
    "markdown-it-py": "markdown_it",
    "pillow": "PIL",
    "python-docx": "docx",
    "vl-convert-python": "vl_convert",
    "sqlite-utils": "sqlite_utils",
}
"""Import names of requirements that are called otherwise."""

CHOSEN = {"pyphen": "MPL-1.1"}
"""Distributions under several licences, of which the user chooses one: this one."""


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the project: those that git knows and those that it would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    ).stdout
    return tuple(path for name in sorted(set(listed.split("\0")) - {""}) if (path := ROOT / name).is_file())


def modules(*folders: str) -> list[Path]:
    return [p for p in tracked() if p.suffix == ".py" and p.relative_to(ROOT).parts[0] in folders]


def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, at its head or later."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def imported(*folders: str) -> Iterator[tuple[str, str]]:
    for path in modules(*folders):
        for name in imports(path):
            yield str(path.relative_to(ROOT)), name


def test_extract_knows_nothing_of_the_rooms_behind_it():
    assert [(p, n) for p, n in imported("extract") if n.split(".")[0] in ("kb", "corpus", "tests", "bench")] == []


def test_documents_and_language_know_nothing_of_reading():
    rooms = ("extract/documents/", "extract/language/")
    found = [(p, n) for p, n in imported("extract") if p.startswith(rooms) and n.startswith("extract.reading")]
    assert found == []


def test_kb_takes_the_public_face_of_extract_alone():
    assert [(p, n) for p, n in imported("kb") if n.split(".")[0] == "extract" and n not in PUBLIC] == []


@pytest.mark.parametrize("package", sorted(p.parent.name for p in (ROOT / "kb").glob("*/__init__.py")))
def test_every_package_can_be_imported_first(package):
    """Two packages that need each other load in one order alone."""
    command = [sys.executable, "-c", f"import kb.{package}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def declared(lines: list[str]) -> set[str]:
    """Import names of requirements."""
    names = [canonicalize_name(Requirement(line).name) for line in lines]
    return {MODULES_OF.get(name, name) for name in names}


def outside(*folders: str) -> set[str]:
    """The libraries that the modules of the folders import."""
    own = {*sys.stdlib_module_names, *PACKAGES, "tests", "bench"}
    return {name.split(".")[0] for _, name in imported(*folders)} - own


def test_the_libraries_that_are_imported_are_those_that_are_declared():
    assert outside(*PACKAGES) == declared(project()["dependencies"])


def test_the_libraries_of_the_tests_are_declared():
    needed = outside("tests", "bench") - {"packaging"}  # comes with pytest
    assert needed - declared(project()["dependencies"]) - declared(project()["optional-dependencies"]["dev"]) == set()


LONGEST_MODULE = 275
"""Lines; most have half as many."""
LISTS = ("extract/records.py",)
"""Modules that only list types, as long as the contract is."""


def test_modules_are_short():
    lines = {str(p.relative_to(ROOT)): len(p.read_text().splitlines()) for p in modules(*PACKAGES, "bench")}
    assert {name: n for name, n in lines.items() if n > LONGEST_MODULE and name not in LISTS} == {}


def test_every_data_file_of_a_package_is_installed():
    setuptools = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    patterns = setuptools["package-data"]["*"]
    data = [p for p in tracked() if p.relative_to(ROOT).parts[0] in PACKAGES and p.suffix != ".py"]
    assert data
    assert [p for p in data if not any(fnmatch(p.name, pattern) for pattern in patterns)] == []
    # a folder is found as a package by its __init__.py, and data outside packages is left behind
    assert [p for p in data if not any((f / "__init__.py").exists() for f in (p.parent, p.parent.parent))] == []


HERE_ALONE = regex.compile(r"[/](?:work|home|root|Users|opt)[/]|index[-]url|extra[-]index|find[-]links|\"resolved[\"]:")


def test_no_file_names_a_place_of_one_machine():
    found = []
    for path in tracked():
        if path.suffix not in (".pdf", ".png", ".db", ".xlsx"):
            hits = HERE_ALONE.findall(path.read_text(encoding="utf-8"), timeout=10)
            found += [(str(path.relative_to(ROOT)), hit) for hit in hits]
    assert found == []


def constraints() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def test_constraints_are_exact_versions():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    exact = regex.compile(r"#.*|[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][A-Za-z0-9.+!]*")
    assert [line for line in lines if not exact.fullmatch(line)] == []


@cache
def installed() -> dict[str, metadata.Distribution]:
    """What the project needs to run and to be tested, with all that this needs in turn."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [Requirement(line) for line in [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = [{"extra": extra} for extra in (*requirement.extras, "")]
        if name in found or (requirement.marker and not any(requirement.marker.evaluate(e) for e in extras)):
            continue
        found[name] = metadata.distribution(name)
        for line in found[name].requires or ():
            further = Requirement(line)
            if further.marker is None or any(further.marker.evaluate(e) for e in extras):
                further.marker = None
                waiting.append(further)
    return found


def test_constraints_name_all_that_is_installed():
    pinned = constraints()
    tools = {"pip", "setuptools"}  # of the environment itself, which brings the ones that go with its Python
    assert {n: d.version for n, d in installed().items() if n not in tools and pinned.get(n) != d.version} == {}


GPL = regex.compile(r"(?<!L)(?<!Lesser )\bA?GPL|(?<!Lesser )General Public License|Affero", regex.IGNORECASE)


def licence(distribution: metadata.Distribution) -> str:
    """What a distribution says of its licence: the short forms, not the text."""
    said = distribution.metadata
    classifiers = [c for c in said.get_all("Classifier", []) if c.startswith("License")]
    return " | ".join([said.get("License-Expression") or "", (said.get("License") or "")[:200], *classifiers])


def test_no_library_binds_its_user_to_the_gpl():
    assert {n: said for n, d in installed().items() if n not in CHOSEN and GPL.search(said := licence(d))} == {}
    assert {
        n: said for n, chosen in CHOSEN.items() if chosen.partition("-")[0] not in (said := licence(installed()[n]))
    } == {}


@pytest.mark.parametrize("text", ["GPL-3.0-or-later", "GNU Affero General Public License v3", "AGPLv3+"])
def test_the_gpl_is_known(text):
    assert GPL.search(text)


@pytest.mark.parametrize("text", ["LGPL-2.1", "GNU Lesser General Public License v3", "Apache-2.0"])
def test_other_licences_are_not_taken_for_it(text):
    assert not GPL.search(text)


LINK = regex.compile(r"\]\(([^)#\s]+)[^)]*\)")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_links_of_the_documents_lead_somewhere(name):
    links = LINK.findall((ROOT / name).read_text(encoding="utf-8"), timeout=5)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


CALL = regex.compile(r"\bkb ([a-z][a-z-]+)")
TARGET = regex.compile(r"\bmake ([a-z]+)\b")


def code_of(name: str) -> str:
    """What a document prints as code, in blocks and in lines."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return "\n".join(regex.findall(r"```.*?```|`[^`\n]+`", text, regex.DOTALL, timeout=5))


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_commands_and_targets_of_the_documents_exist(name):
    code = code_of(name)
    targets = set(regex.findall(r"(?m)^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert [found for found in TARGET.findall(code) if found not in targets] == []
    assert [found for found in CALL.findall(code) if found not in COMMANDS] == []


def test_the_readme_tells_the_commands():
    assert "commands" in dictionary.OPENING.findall((ROOT / "README.md").read_text(encoding="utf-8"))[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name):
    command = main.get_command(None, name)  # type: ignore[arg-type]
    assert command is not None
    assert command.help
    options = [p for p in command.params if isinstance(p, click.Option)]
    # a list of choices tells what it is
    silent = [o.name for o in options if not o.help and not isinstance(o.type, click.Choice)]
    assert silent == []


def test_ci_installs_what_tests_need():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert [package for need in NEEDS for package in need.packages if package not in script.split()] == []


def test_needs_name_tests_that_exist():
    for need in NEEDS:
        for pattern in need.tests:
            file, _, name = pattern.partition("::")
            assert f"def {name.rstrip('*')}" in (ROOT / file).read_text(encoding="utf-8")
