"""`kb report`: a briefing on one report."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

import click

from kb import database
from kb.arguments import form_of
from kb.audit.stored import known_report
from kb.cli import db_option
from kb.files import write_packed, write_whole

FORMATS = ("html", "docx", "md")


@click.command()
@click.argument("report")
@db_option
@click.option("--format", "asked", type=click.Choice(FORMATS), help="Else as --out is named, else html.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output.")
@click.option("--site", default="http://127.0.0.1:8001", show_default=True, help="Where kb serve is, for the links.")
def command(report: str, db: Path, asked: str | None, out: Path | None, site: str) -> None:
    """Write a briefing on REPORT (an id such as manufacturing-113) of two to four pages: the year in figures,
    achievements, findings, cases. Each figure is a link to its place."""
    form = form_of(asked, out, FORMATS, "html")
    if out is None and form == "docx" and sys.stdout.isatty():
        raise click.UsageError("docx is nothing for a terminal: give a file with --out")
    from kb import briefing  # noqa: PLC0415 - the site's modules take a while

    with closing(database.connect(db)) as conn:
        known_report(conn, report)
        made = briefing.briefing(conn, report, site)
    if out is None and form == "docx":
        write_packed(lambda stream: briefing.FORMATS[form](made, stream))
    elif out is None:
        briefing.FORMATS[form](made, sys.stdout.buffer)
    else:
        write_whole(out, lambda stream: briefing.FORMATS[form](made, stream))
        click.echo(f"{out}: {made.title}", err=True)
