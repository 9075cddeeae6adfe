"""`kb correct`: put a value right that was read wrong."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from kb import corrections, database
from kb.cli import corrections_option, db_option
from kb.corrections.values import column_of
from kb.errors import NothingToDo


@click.command()
@click.argument("table")
@click.argument("key")
@click.argument("column")
@click.argument("value")
@db_option
@corrections_option
@click.option("--reason", required=True, help="Why: what the page says.")
@click.option("--who", default=lambda: os.environ.get("USER", ""), help="Who says so; else the name of the user.")
def command(  # noqa: PLR0913, PLR0917 - one for each argument and option
    table: str, key: str, column: str, value: str, db: Path, corrected_in: Path, reason: str, who: str
) -> None:
    """Note that COLUMN of the row KEY in TABLE is VALUE: kb correct measures transport-113/T1-1 budget_ntd 20601000.

    A list is written with 、 between its members, nothing as ''. The next kb ingest of the report applies it.
    """
    if not who.strip():
        raise click.UsageError("say who corrects it with --who")
    column_of(table, column)
    with closing(database.connect(db)) as conn:
        report_id, read = _read_value(conn, table, key, column)
    today = datetime.now(UTC).date().isoformat()
    correction = corrections.Correction(table, key, column, read, value, reason.strip(), who.strip(), today)
    path = corrections.add(corrected_in, report_id, correction)
    click.echo(f"{path}: {key} {column}: {read or 'nothing'} → {value or 'nothing'}")
    click.echo(f"to apply it, run kb ingest with the report's file and --corrections {corrected_in}")


def _read_value(conn: sqlite3.Connection, table: str, key: str, column: str) -> tuple[str, str]:
    """The row's report, and the value as it was read, also where it is corrected by now."""
    owner = "id" if table == "reports" else "report_id"
    # Both names were found in the schema.
    row = conn.execute(f"select {owner}, {column} from {table} where id = ?", (key,)).fetchone()  # noqa: S608
    if row is None:
        raise NothingToDo(f"{table} has no row {key}; kb search finds keys")
    corrected = conn.execute(
        "select read_value from corrections where table_name = ? and row_id = ? and column_name = ? and is_applied",
        (table, key, column),
    ).fetchone()
    return row[0], corrections.words_of(row[1]) if corrected is None else corrected[0]
