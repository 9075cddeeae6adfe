"""`kb report`: a briefing on one report."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kb import database
from kb.arguments import form_of
from kb.audit.stored import known_report
from kb.cli import db_option
from kb.files import write_out

FORMATS = ("html", "docx", "md")
PACKED = ("docx",)
"""Not to be shown on a terminal."""


@click.command()
@click.argument("report")
@db_option
@click.option("--format", "asked", type=click.Choice(FORMATS), help="Else as --out is named, else html.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output.")
@click.option("--site", default="http://127.0.0.1:8001", show_default=True, help="Where kb serve is, for the links.")
def command(report: str, db: Path, asked: str | None, out: Path | None, site: str) -> None:
    """Write a briefing on REPORT (an id such as manufacturing-113) of two to four pages: the year in figures,
    achievements, findings, cases. Each figure is a link to its place."""
    form = form_of(asked, out, FORMATS, "html", PACKED)
    from kb import briefing  # noqa: PLC0415 - the site's modules take a while

    with closing(database.connect(db)) as conn:
        known_report(conn, report)
        made = briefing.briefing(conn, report, site)
    write_out(out, lambda stream: briefing.FORMATS[form](made, stream), is_packed=form in PACKED)
    if out is not None:
        click.echo(f"{out}: {made.title}", err=True)
