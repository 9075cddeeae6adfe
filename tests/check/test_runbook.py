"""The runbook for a new year: its commands exist, its links lead somewhere, its steps are numbered through."""

import shlex
import tomllib

import pytest
import regex

from kb.check.bounds import bounds
from kb.cli import main
from tests.machine import ROOT

PATH = ROOT / "docs" / "NEW_YEAR.md"
TEXT = PATH.read_text(encoding="utf-8")
BLOCKS = regex.findall(r"```(\w+)\n(.*?)```", TEXT, regex.DOTALL)
COMMANDS = [line.strip() for kind, block in BLOCKS if kind == "sh" for line in block.splitlines() if line.strip()]


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_and_options_exist(line):
    words = shlex.split(line.partition(">")[0])
    assert words[0] == "kb"
    command = main.get_command(None, words[1])  # type: ignore[arg-type]
    assert command is not None
    known = {option for param in command.params for option in param.opts}
    assert {word for word in words[2:] if word.startswith("--")} <= known


def test_steps_are_numbered_through():
    numbers = [int(number) for number in regex.findall(r"(?m)^(\d+)\. \*\*", TEXT)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) > 8


def test_links_lead_somewhere():
    links = [link.partition("#")[0] for link in regex.findall(r"\]\(([^)\s]+)\)", TEXT)]
    assert links
    assert [link for link in links if not (PATH.parent / link).exists()] == []


def test_the_note_is_one_that_is_understood(tmp_path):
    from extract.notes import load

    (note,) = [block for kind, block in BLOCKS if kind == "toml"]
    path = tmp_path / "note.toml"
    path.write_text(regex.sub(r"(?m)^ {3}", "", note), encoding="utf-8")
    assert tomllib.loads(path.read_text(encoding="utf-8"))["columns"]
    assert load(path, frozenset({"result"})).annex_pages == ((30, 52),)


def test_every_bound_says_why_in_chinese():
    assert len(bounds()) >= 10
    assert [bound.name for bound in bounds() if bound.reason.isascii() or not 0 < bound.least <= 1] == []
