"""`kb export`: rows of a table or view to a file."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kb import database
from kb.arguments import form_of
from kb.cli import db_option
from kb.export import select
from kb.files import write_out
from kb.formats import BINARY, FORMATS


@click.command()
@click.argument("table")
@db_option
@click.option("--report", metavar="ID", help="Only the rows of this report.")
@click.option("--format", "asked", type=click.Choice(list(FORMATS)), help="Else as --out is named, else csv.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output.")
def command(table: str, db: Path, report: str | None, asked: str | None, out: Path | None) -> None:
    """Write a table or view (case_metrics) as CSV for Excel, JSON, XLSX or Parquet."""
    form = form_of(asked, out, FORMATS, "csv", BINARY)
    with closing(database.connect(db)) as conn:
        selection = select(conn, table, report)
        write_out(out, lambda stream: FORMATS[form](selection, stream), is_packed=form in BINARY)
        if out is not None:
            click.echo(f"{out}: {selection.count} rows of {table}", err=True)
