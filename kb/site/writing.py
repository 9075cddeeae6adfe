"""Writing a file to take away, in a process of its own: `python -m kb.site.writing`, the order as JSON on its input.

It loads nothing of the server. Exit code 3 and a sentence where the form cannot hold so many rows.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kb import database
from kb.export import Selection
from kb.formats import EXCEL_ROWS, FORMATS
from kb.schema import Column, tables
from kb.search import match_expression
from kb.site import cite

CITED = Column("citation", "text", None, "出處", "Report, page and link of the row")
TOO_MUCH = 3
"""Exit code."""


class TooMuch(Exception):
    """More rows than the form can hold; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Order:
    """What to write: the rows of a statement over one table, in one form."""

    table: str
    sql: str
    values: Mapping[str, Any]
    form: str


def write(db: Path, order: Order, base: str, out: Path) -> None:
    """Write the file. Raises `TooMuch`."""
    with closing(database.connect(db)) as conn:
        # Words of the search boxes are in the statement as the site's connections know them.
        conn.create_function("escape_fts", 1, lambda query: match_expression(str(query or "")), deterministic=True)
        reports = _reports(conn)
        (count,) = conn.execute(f"select count(*) from ({order.sql})", order.values).fetchone()  # noqa: S608
        if order.form == "xlsx" and count >= EXCEL_ROWS:
            raise TooMuch(f"共 {count:,} 列，超過 XLSX 的上限；請縮小範圍，或改用 CSV、Parquet")
        cursor = conn.execute(order.sql, order.values)
        names = [d[0] for d in cursor.description]
        known = {c.name: c for c in tables()[order.table].columns}
        columns = tuple(known.get(n) or Column(n, "text", None, n, n) for n in names)
        keys = tables()[order.table].keys

        def cited() -> Iterator[tuple[object, ...]]:
            for values in cursor:
                row = dict(zip(names, values, strict=True))
                report = row if order.table == "reports" else reports.get(row.get("report_id"))
                yield (*values, cite.line(report, base + _href(order.table, keys, row), row))

        selection = Selection(order.table, (*columns, CITED), count, cited())
        with out.open("wb") as stream:
            FORMATS[order.form](selection, stream)


def _reports(conn: sqlite3.Connection) -> dict[object, dict[str, Any]]:
    names = "id", "title", "source_name", "sector", "roc_year"
    found = conn.execute(f"select {', '.join(names)} from reports")  # noqa: S608
    return {row[0]: dict(zip(names, row, strict=True)) for row in found}


def _href(table: str, keys: tuple[str, ...], row: Mapping[str, Any]) -> str:
    """The page that shows the row: of a passage the row that it is of, of a case's figures the case."""
    if table == "passages":
        return cite.path(row["kind"], row["row_id"])
    if table == "case_metrics":
        return cite.path("cases", row["case_id"])
    return cite.path(table, *(row[key] for key in keys))


def _main() -> int:
    told = json.load(sys.stdin)
    try:
        write(Path(told["db"]), Order(**told["order"]), told["base"], Path(told["out"]))
    except TooMuch as error:
        print(error)  # noqa: T201 - to the process that asked
        return TOO_MUCH
    return 0


if __name__ == "__main__":
    sys.exit(_main())
