"""`kb tables`: every table of any document, also one that is no report."""

from __future__ import annotations

from pathlib import Path

import click

from kb.arguments import form_of
from kb.errors import NothingToDo
from kb.files import write_out
from kb.formats import BINARY
from kb.reading import read_tables
from kb.table_files import FORMATS


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "asked", type=click.Choice(list(FORMATS)), help="Else as --out is named, else json.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; else standard output.")
@click.option("--table", type=click.IntRange(1), help="Only this one, counted from 1.")
@click.option("--password", help="Of an encrypted PDF.")
def command(file: Path, asked: str | None, out: Path | None, table: int | None, password: str | None) -> None:
    """Write the tables of a PDF or text file, each joined over its pages, as XLSX, CSV or JSON."""
    form = form_of(asked, out, FORMATS, "json", BINARY)
    tables = read_tables(file, password)
    if table is not None:
        if table > len(tables):
            raise NothingToDo(f"{file.name}: there is no table {table}; it has {len(tables)}")
        tables = tables[table - 1 : table]
    write_out(out, lambda stream: FORMATS[form](tables, stream), is_packed=form in BINARY)
    if out is not None:
        click.echo(f"{out}: {len(tables)} tables of {file.name}", err=True)
