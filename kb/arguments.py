"""Arguments of the command line that are files, folders or addresses of the web."""

from __future__ import annotations

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
