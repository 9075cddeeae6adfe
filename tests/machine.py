"""What tests need of the machine beside Python packages, and the Debian packages that bring it.

A test that matches a need which is missing is skipped, with the packages in the reason. Where `KB_REQUIRE_ALL` is 1, as
in `.ci/run`, nothing may be skipped: `tests/conftest.py` turns every skip into a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from corpus.engines import is_available

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
"""Sample reports, their gold records and the scorer, where they stand beside the project."""

MUST_RUN_ALL = os.environ.get("KB_REQUIRE_ALL") == "1"

SETTING = (
    "tests/roundtrip/test_roundtrip.py::test_ruled*",
    "tests/roundtrip/test_roundtrip.py::test_unruled*",
    "tests/roundtrip/test_roundtrip.py::test_once_failed*",
    "tests/roundtrip/test_roundtrip.py::test_whole_reports*",
)
"""Tests that set pages: without the fonts they would set boxes, and read none of them back."""

FAMILIES = {
    "Noto Sans CJK TC": "fonts-noto-cjk",
    "AR PL UKai TW": "fonts-arphic-ukai",
    "AR PL UMing TW": "fonts-arphic-uming",
    "Liberation Serif": "fonts-liberation",
    "DejaVu Sans": "fonts-dejavu-core",
}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing: its name, whether it is here, the packages to install, and the tests that cannot do without
    (patterns of node ids; tests that ask for themselves need not be named)."""

    name: str
    is_here: Callable[[], bool]
    packages: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """One sentence: what is missing and how it comes."""
        how = (
            f"on Debian: apt-get install {' '.join(self.packages)}" if self.packages else "it is no part of the project"
        )
        return f"{self.name} missing; {how}"


@cache
def families() -> str:
    """Names of the installed fonts, one line each; nothing where fontconfig is missing."""
    if shutil.which("fc-list") is None:
        return ""
    return subprocess.run(["fc-list", ":", "family"], capture_output=True, text=True, timeout=60, check=True).stdout


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


def _font(family: str) -> Callable[[], bool]:
    return lambda: family in families()


NEEDS: tuple[Need, ...] = (
    Need("chromium (the site in a browser, pages set by it)", _program("chromium"), ("chromium",)),
    Need("LibreOffice (pages set by it)", _program("soffice"), ("libreoffice-writer-nogui",)),
    Need(
        "pango for WeasyPrint (pages set by it)",
        lambda: is_available("weasyprint"),
        ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"),
    ),
    Need("fc-list (which fonts are here)", _program("fc-list"), ("fontconfig",), SETTING),
    *(Need(f"font {family}", _font(family), (package,), SETTING) for family, package in FAMILIES.items()),
    Need("../shared (the sample reports)", SHARED.is_dir, tests=("tests/test_scores.py::test_scores*",)),
)


@cache
def missing() -> tuple[Need, ...]:
    """What is not here."""
    return tuple(need for need in NEEDS if not need.is_here())


def why_not(node_id: str) -> str | None:
    """The reason for which a test cannot run here, or None."""
    for need in missing():
        if any(fnmatchcase(node_id, pattern) for pattern in need.tests):
            return need.reason
    return None
