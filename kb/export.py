"""Rows out of the knowledge base: which rows a table and a report give, and in which form they leave.

The forms are in `kb.formats`; this module knows the tables.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from kb import schema
from kb.errors import NothingToDo
from kb.schema import Column


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of one table or view: its columns with their types, and the rows as tuples in their order.

    `count` is the number of rows; `rows` can be taken once.
    """

    table: str
    columns: tuple[Column, ...]
    count: int
    rows: Iterator[tuple[object, ...]]


MEASURES = "select id from measures where report_id = :report"
OF_REPORT = {
    "reports": "id = :report",
    "agencies": "id in (select agency_id from report_agencies where report_id = :report union "
    "select agency_id from measure_agencies join measures on measures.id = measure_id where report_id = :report)",
    "measure_links": f"from_id in ({MEASURES}) or to_id in ({MEASURES})",
}
"""Tables whose rows belong to a report by other ways than a column `report_id` or `measure_id`."""


def select(conn: sqlite3.Connection, name: str, report_id: str | None = None) -> Selection:
    """The rows of a table or view, all or those of one report.

    Raises `NothingToDo` for an unknown table, an unknown report, or a table that belongs to no report.
    """
    table = schema.tables().get(name)
    if table is None:
        raise NothingToDo(f"{name}: no such table; there are: {', '.join(schema.tables())}")
    where = "1"
    if report_id is not None:
        known = [key for (key,) in conn.execute("select id from reports order by id")]
        if report_id not in known:
            raise NothingToDo(f"{report_id}: no such report; there are: {', '.join(known) or 'none yet'}")
        where = _of_report(table)
    columns = ", ".join(f'"{c}"' for c in table.names)
    order = "" if table.is_view else " order by rowid"
    # Names come from the schema alone, the report goes in as a parameter.
    parameters = {"report": report_id}
    (count,) = conn.execute(f"select count(*) from {name} where {where}", parameters).fetchone()  # noqa: S608
    rows = conn.execute(f"select {columns} from {name} where {where}{order}", parameters)  # noqa: S608
    return Selection(name, table.columns, count, iter(rows))


def _of_report(table: schema.Table) -> str:
    if table.name in OF_REPORT:
        return OF_REPORT[table.name]
    if "report_id" in table.names:
        return "report_id = :report"
    if "measure_id" in table.names:
        return f"measure_id in ({MEASURES})"
    raise NothingToDo(f"{table.name}: belongs to no report; export it without --report")
