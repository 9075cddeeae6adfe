"""Writing a report into the knowledge base: its old rows go, its new ones come, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from kb import schema, search
from kb.derived import worked_out
from kb.row_sink import Row, Rows

AGENCIES_LEFT_OVER = """
delete from agencies
where id not in (select agency_id from report_agencies) and id not in (select agency_id from measure_agencies)
"""


def replace_report(conn: sqlite3.Connection, rows: Rows) -> bool:
    """Store the rows of one report in place of any that it had. True where it had some.

    All or nothing: on an error the database is as it was, and the error goes on.
    """
    (report,) = rows["reports"]
    with transaction(conn):
        was_there = conn.execute("select 1 from reports where id = ?", (report["id"],)).fetchone() is not None
        former = delete_report(conn, report["id"])
        search.number_rows(conn, rows, former)
        for name in schema.tables():
            if name in rows:
                insert(conn, name, rows[name])
        search.add(conn, rows)
        for name, found in worked_out(conn, report["id"]).items():
            insert(conn, name, found)
        conn.execute(AGENCIES_LEFT_OVER)
    return was_there


class transaction:  # noqa: N801 - reads as a word of the language
    """Begin, then commit or roll back; references are checked at the commit."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self.conn = conn

    def __enter__(self) -> None:
        self.conn.execute("begin")
        self.conn.execute("pragma defer_foreign_keys = on")

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self.conn.execute("commit")
        finally:
            # After an error inside, and where the commit itself was refused.
            if self.conn.in_transaction:
                self.conn.execute("rollback")


def delete_report(conn: sqlite3.Connection, report_id: str) -> dict[tuple[str, str], int]:
    """Delete the report's rows, also those worked out from them; gives the numbers of its passages."""
    former = search.remove(conn, report_id)
    measures = "select id from measures where report_id = ?"
    conn.execute(
        f"delete from measure_links where from_id in ({measures}) or to_id in ({measures})",  # noqa: S608
        (report_id, report_id),
    )
    for table in reversed(list(schema.tables().values())):
        if table.is_view or table.name in ("ingests", "agencies", "measure_links", "passages"):
            continue
        if table.name == "reports":
            conn.execute("delete from reports where id = ?", (report_id,))
        elif "report_id" in table.names:
            conn.execute(f"delete from {table.name} where report_id = ?", (report_id,))  # noqa: S608
        elif "measure_id" in table.names:
            conn.execute(f"delete from {table.name} where measure_id in ({measures})", (report_id,))  # noqa: S608
    return former


def insert(conn: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows; a column that a row lacks is null. Agencies that are there already are brought up to date."""
    known = schema.tables()[table]
    columns = [*(["rowid"] if rows and "rowid" in rows[0] else []), *known.names]
    values: Iterable[tuple[object, ...]] = (tuple(row.get(c) for c in columns) for row in rows)
    marks = ", ".join("?" * len(columns))
    sql = f"insert into {table} ({', '.join(columns)}) values ({marks})"  # noqa: S608 - names of the schema alone
    if table == "agencies":
        sql += " on conflict (id) do update set " + ", ".join(f"{c} = excluded.{c}" for c in known.names)
    conn.executemany(sql, values)
