"""A knowledge base as large as many reports make it: every row of one report again, under other keys."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kb import schema, search

SECTORS = ("能源", "製造", "運輸", "住商", "農業", "環境")
FIRST_YEAR = 1990
KEYS = ("id", "report_id", "measure_id", "strategy_id", "target_id", "result_id", "case_id", "claim_id", "section_id")
MORE_KEYS = ("parent_id", "target_quantity_id", "result_quantity_id", "from_id", "to_id", "row_id", "sort_key")
SHARED = {"about", "agencies", "ingests"}
"""Tables whose rows are not of one report."""


def multiply(db: Path, report_id: str, copies: int) -> None:
    """Let the database hold the report `copies` times, spread over sectors and years. The index is made anew."""
    with closing(sqlite3.connect(db, isolation_level=None)) as conn:
        conn.execute("pragma journal_mode = off")
        conn.execute("pragma synchronous = off")
        conn.execute("pragma foreign_keys = off")
        conn.execute("begin")
        (last,) = conn.execute("select max(id) from passages").fetchone()
        for number in range(1, copies):
            for table in schema.tables().values():
                if not table.is_view and table.name not in SHARED:
                    _copy(conn, table, report_id, number, last)
        search.rebuild_index(conn)
        conn.execute("commit")
        conn.execute("analyze")


def _copy(conn: sqlite3.Connection, table: schema.Table, report_id: str, number: int, last: int) -> None:
    """One more of each row that the report has."""
    keys = {*KEYS, *MORE_KEYS}
    values, where = [], None
    for column in table.names:
        if column == "id" and table.name == "passages":
            values.append(f"id + {number * last}")
        elif column in keys:
            values.append(f"replace({column}, :own, :other)")
            where = where or f"({column} = :own or {column} like :own || '/%')"
        elif column in ("sector", "year") and table.name != "emissions":
            values.append(":sector" if column == "sector" else ":year")
        elif column == "raw":
            values.append("null")
        else:
            values.append(column)
    if table.name == "passages":
        where = "report_id = :own"
    rowid = f"rowid + {number * last}" if table.name in search.SEARCHABLE else None
    columns = ", ".join([*(["rowid"] if rowid else []), *table.names])
    selected = ", ".join([*([rowid] if rowid else []), *values])
    conn.execute(
        f"insert into {table.name} ({columns}) select {selected} from {table.name} where {where}",  # noqa: S608
        {
            "own": report_id,
            "other": f"{report_id}-{number}",
            "sector": SECTORS[number % len(SECTORS)],
            "year": FIRST_YEAR + number // len(SECTORS),
        },
    )
