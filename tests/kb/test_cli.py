"""The command line as a whole: every command has help, and the documents say what the program does."""

import tomllib
from pathlib import Path

import pytest

from kb import __version__, dictionary, schema
from kb.cli import main

COMMANDS = main.list_commands(None)  # type: ignore[arg-type]
ROOT = Path(__file__).parents[2]


def test_version(kb):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert kb("--version").stdout == f"kb, version {project['version']}\n"
    assert project["version"] == __version__


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(kb, command):
    shown = kb(command, "--help")
    assert shown.exit_code == 0
    assert shown.stdout.startswith(f"Usage: main {command}")


def test_an_unknown_command(kb):
    assert kb("injest").exit_code == 2


@pytest.mark.usefixtures("db")
def test_status(kb):
    shown = kb("status").stdout
    assert "transport-113" in shown
    assert "unread:header" in shown
    assert "report.pdf" in shown
    assert shown.splitlines()[1].split()[-9:] == ["1", "2", "9", "1", "1", "2", "1", "0", "1"]


def test_generated_documents_are_up_to_date():
    texts = {path.name: path.read_text(encoding="utf-8") for path in dictionary.documents(ROOT)}
    assert "DATA.md" in texts
    assert [name for name, text in texts.items() if dictionary.renewed(text) != text] == []


def test_the_dictionary_names_every_table_and_column():
    text = (ROOT / "docs" / "DATA.md").read_text(encoding="utf-8")
    for table in schema.tables().values():
        assert f"## `{table.name}`" in text
        for column in table.columns:
            assert f"| `{column.name}` |" in text


def test_every_command_is_in_the_table():
    for command in COMMANDS:
        assert f"| `kb {command}" in dictionary.commands()


def test_a_marker_without_an_end_is_an_error():
    with pytest.raises(ValueError, match="commands"):
        dictionary.renewed("<!-- generated: commands -->\n")


def test_text_outside_the_markers_stays():
    before = "a\n<!-- generated: commands -->\nstale words\n<!-- end generated -->\nb\n"
    after = dictionary.renewed(before)
    assert after.startswith("a\n<!-- generated: commands -->\n")
    assert after.endswith("<!-- end generated -->\nb\n")
    assert "stale words" not in after
