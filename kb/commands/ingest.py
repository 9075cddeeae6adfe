"""`kb ingest`: files into the knowledge base."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from kb.arguments import PathOrAddress
from kb.cli import corrections_option, db_option, notes_option
from kb.ingest import Run
from kb.sources import Outcome

COUNTED = ("strategies", "measures", "quantities", "cases", "comments", "findings")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=PathOrAddress())
@db_option
@click.option("--id", "given_id", metavar="ID", help="Report id where the file does not say it, as manufacturing-113.")
@click.option("--password", help="Password of an encrypted PDF.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Files read at the same time.")
@corrections_option
@notes_option
@click.option(
    "--downloads",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("downloads"),
    show_default=True,
    help="Folder that keeps what comes from the web.",
)
@click.option("--debug", is_flag=True, help="Show where in the program a failure happened.")
def command(  # noqa: PLR0913, PLR0917 - one for each option
    paths: tuple[Path | str, ...],
    db: Path,
    given_id: str | None,
    password: str | None,
    jobs: int,
    corrected_in: Path,
    notes_in: Path,
    downloads: Path,
    *,
    debug: bool,
) -> None:
    """Read reports (PDF or text; folders with all that is in them; https://… addresses) into the knowledge base.

    A file that was read before is skipped, a changed one replaces the report's rows under the same keys. Of a PDF and a
    text of the same report in one run the PDF is taken. What people corrected (kb correct) is put right. Exit code 1 if
    any file failed.
    """
    if given_id is not None and (len(paths) > 1 or (isinstance(paths[0], Path) and paths[0].is_dir())):
        raise click.UsageError("--id names one report: give it with one file")
    run = Run(db, given_id=given_id, password=password, jobs=jobs, corrected_in=corrected_in, notes_in=notes_in)
    files, failed = _fetched(paths, downloads)
    outcomes = failed + (_with_progress(run, files) if files else [])
    _summary(outcomes, debug=debug)
    sys.exit(1 if any(o.what == "failed" for o in outcomes) else 0)


def _fetched(paths: tuple[Path | str, ...], folder: Path) -> tuple[tuple[Path, ...], list[Outcome]]:
    """The paths with every address replaced by its downloaded file; and the addresses that gave none."""
    files: list[Path] = []
    failed: list[Outcome] = []
    for path in paths:
        if isinstance(path, Path):
            files.append(path)
            continue
        from kb.download import DownloadFailed, fetch  # noqa: PLC0415 - needed for addresses alone

        try:
            files.append(fetch(path, folder))
        except DownloadFailed as error:
            failed.append(Outcome(path, "failed", message=error.message))
        else:
            click.echo(f"{path} → {files[-1]}", err=True)
    return tuple(files), failed


def _with_progress(run: Run, paths: tuple[Path, ...]) -> list[Outcome]:
    """Run; on a terminal with a line that shows what is done."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)
        done: list[Outcome] = []

        def watch(outcome: Outcome) -> None:
            done.append(outcome)
            progress.update(task, description=f"reading: {len(done)} done, last {outcome.source}")

        return run.run(paths, watch)


def _summary(outcomes: list[Outcome], *, debug: bool) -> None:
    console = Console() if sys.stdout.isatty() else Console(width=160)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("file", "report", "outcome"):
        table.add_column(heading, overflow="fold")
    for heading in (*COUNTED, "seconds"):
        table.add_column(heading, justify="right")
    for o in outcomes:
        counts = [str(o.counts.get(name, 0)) if o.counts else "" for name in COUNTED]
        # Text: a file name in square brackets is a name, no markup.
        table.add_row(Text(o.source), o.report_id or "", o.what, *counts, f"{o.seconds:.1f}" if o.seconds else "")
    console.print(table)
    for o in outcomes:
        if o.message:
            click.echo(f"{o.what}: {o.message}", err=o.what == "failed")
        if debug and o.trace:
            click.echo(o.trace, err=True)
