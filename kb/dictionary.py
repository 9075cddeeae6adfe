"""Documents that are written by the program: the table of commands and the data dictionary.

A document holds the markers `<!-- generated: NAME -->` and `<!-- end generated -->`; what stands between them is made
anew by `python -m kb.dictionary`. With `--check` it only looks, and exits with 1 where something is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click
import regex

from kb import schema
from kb.cli import main

MARKED = regex.compile(r"(<!-- generated: (\w+) -->\n)(.*?)(<!-- end generated -->)", regex.DOTALL)
OPENING = regex.compile(r"<!-- generated: (\w+) -->")


def commands() -> str:
    """One line a command: how it is called, and what it does in a sentence."""
    lines = ["| command | what it does |", "| --- | --- |"]
    with click.Context(main, info_name="kb") as ctx:
        for name in main.list_commands(ctx):
            command = main.get_command(ctx, name)
            if command is not None:
                usage = " ".join(["kb", name, *_arguments(command)])
                lines.append(f"| `{usage}` | {command.get_short_help_str(limit=200)} |")
    return "\n".join(lines) + "\n"


def _arguments(command: click.Command) -> Iterator[str]:
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            yield (parameter.human_readable_name or "").upper() + ("…" if parameter.nargs == -1 else "")
    yield "[OPTIONS]"


def tables() -> str:
    """Every table with its columns, types and meanings."""
    parts = []
    for table in schema.tables().values():
        kind = " (view)" if table.is_view else ""
        parts.append(f"## `{table.name}`{kind}\n\n{table.zh}。{table.en}.\n\n| column | type | 說明 | meaning |")
        parts.append("| --- | --- | --- | --- |")
        parts += [f"| `{c.name}` | {_type(c)} | {_cell(c.zh)} | {_cell(c.en)} |" for c in table.columns]
        parts.append("")
    return "\n".join(parts)


def _type(column: schema.Column) -> str:
    stored = {"key": "text, key", "serial": "integer, key", "boolean": "0 or 1"}.get(column.type, column.type)
    return f"{stored} → `{column.references}`" if column.references else stored


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


GENERATED: Mapping[str, Callable[[], str]] = {"commands": commands, "tables": tables}


def renewed(text: str) -> str:
    """The document with its generated parts made anew. Raises `ValueError` for a marker without an end."""
    found = [match[2] for match in MARKED.finditer(text)]
    if found != OPENING.findall(text):
        raise ValueError(f"of the generated parts {OPENING.findall(text)} only {found} have an end")
    return str(MARKED.sub(lambda m: m[1] + GENERATED[m[2]]() + m[4], text))


def documents(root: Path) -> list[Path]:
    """The Markdown files of the project that have generated parts."""
    files = [*root.glob("*.md"), *root.glob("docs/**/*.md")]
    return sorted(p for p in files if OPENING.search(p.read_text(encoding="utf-8")))


def run(*, check: bool) -> int:
    """Renew all documents, or only look; gives the exit code."""
    stale = []
    for path in documents(Path(__file__).parents[1]):
        text = path.read_text(encoding="utf-8")
        if renewed(text) != text:
            stale.append(path)
            if not check:
                path.write_text(renewed(text), encoding="utf-8")
    for path in stale:
        click.echo(f"{path.name}: {'stale, run python -m kb.dictionary' if check else 'renewed'}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(run(check="--check" in sys.argv[1:]))
