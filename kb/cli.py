"""The command `kb`. Every module of `kb.commands` is a command of its name, loaded when it is called."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kb import __version__, commands


class CommandFolder(click.Group):
    """A group whose commands are the modules of `kb.commands`; each has its `click.Command` as `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the modules, in order of the alphabet."""
        return sorted(module.name for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None where no module has it."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found = importlib.import_module(f"kb.commands.{cmd_name}").command
        if not isinstance(found, click.Command):
            raise TypeError(f"kb.commands.{cmd_name}.command is no click command")
        return found


@click.command(cls=CommandFolder, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kb")
def main() -> None:
    """Read climate-action progress reports into a knowledge base, search it, take figures out, serve it."""


def db_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--db`, the same for all commands."""
    return click.option(
        "--db",
        type=click.Path(path_type=Path),
        default=Path("kb.db"),
        show_default=True,
        help="The knowledge base (a SQLite file).",
    )(command)


def corrections_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--corrections`, the same for all commands."""
    return click.option(
        "--corrections",
        "corrected_in",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("corrections"),
        show_default=True,
        help="Folder with a CSV of corrections for each report.",
    )(command)


def notes_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option `--notes`."""
    return click.option(
        "--notes",
        "notes_in",
        type=click.Path(file_okay=False, path_type=Path),
        default=Path("corpus/notes"),
        show_default=True,
        help="Folder with layout notes on single files.",
    )(command)
