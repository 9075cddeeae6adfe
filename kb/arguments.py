"""Arguments of the command line: files, folders or addresses of the web, and the format of a file to write."""

from __future__ import annotations

import sys
from collections.abc import Collection
from pathlib import Path

import click

ADDRESS = ("https://", "http://")


class PathOrAddress(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.3 alone
    """A file or folder that exists, as `Path`; or an address of the web, as `str`."""

    name = "path or https://…"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        """As `click.ParamType.convert`; a path that does not exist is a usage error."""
        if isinstance(value, str) and value.lower().startswith(ADDRESS):
            return value
        found = click.Path(exists=True, path_type=Path).convert(str(value), param, ctx)
        return Path(str(found))


def form_of(form: str | None, out: Path | None, forms: Collection[str], usual: str, packed: Collection[str]) -> str:
    """The format to write: the one asked for, else the one that the file's name ends in, else the usual one. Raises a
    usage error where the two contradict each other, and for a `packed` one that would go to a terminal."""
    named = out.suffix.lower().lstrip(".") if out is not None else ""
    told = named if named in forms else ""
    if form and told and form != told:
        raise click.UsageError(f"{out} is named {named} and --format says {form}: give one of them")
    chosen = form or told or usual
    if out is None and chosen in packed and sys.stdout.isatty():
        raise click.UsageError(f"{chosen} is nothing for a terminal: give a file with --out")
    return chosen
