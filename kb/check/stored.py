"""A report as the knowledge base holds it, loaded once for all checks."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from kb import schema
from kb.errors import NothingToDo

Row = Mapping[str, Any]

LOADED = (
    "reports",
    "strategies",
    "measures",
    "targets",
    "results",
    "quantities",
    "emissions",
    "indicators",
    "sections",
    "claims",
    "cases",
    "comments",
    "tables",
    "figures",
    "findings",
    "corrections",
    "achievements",
)
LINKS = """
select measure_id, name, role, printed, is_known from measure_agencies join agencies on agencies.id = agency_id
where measure_id in (select id from measures where report_id = ?) order by measure_id, role desc, position
"""
SUCCESSORS = "select id, successor from agencies where successor is not null"
JSON_COLUMNS = {(t.name, c.name) for t in schema.tables().values() for c in t.columns if c.type == "json"}


@dataclass(frozen=True, slots=True)
class Agency:
    """One link of a measure to an agency."""

    name: str
    role: str
    printed: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """The rows of one report by table, in order, JSON columns as what they hold. `successors` are the names today
    of agencies that have another one today."""

    report_id: str
    tables: Mapping[str, Sequence[Row]]
    agencies: Mapping[str, Sequence[Agency]] = field(default_factory=dict)
    successors: Mapping[str, str] = field(default_factory=dict)

    def __getitem__(self, table: str) -> Sequence[Row]:
        return self.tables[table]

    def items(self, measure: Row, side: str) -> list[Row]:
        """The items of a measure's target or result; `side` is `targets` or `results`."""
        return [row for row in self[side] if row["measure_id"] == measure["id"]]

    def quantities(self, owner: str, key: str) -> list[Row]:
        """The figures whose column `owner`, such as `target_id`, holds the key."""
        return [row for row in self["quantities"] if row[owner] == key]


def load(conn: sqlite3.Connection, report_id: str) -> Stored:
    """Everything of a report that checks look at. Raises `NothingToDo` where there is no such report."""
    known = [key for (key,) in conn.execute("select id from reports order by id")]
    if report_id not in known:
        raise NothingToDo(f"{report_id}: no such report; there are: {', '.join(known) or 'none yet'}")
    tables = {name: _rows(conn, name, report_id) for name in LOADED}
    links = conn.execute(LINKS, (report_id,))
    agencies: dict[str, list[Agency]] = {}
    for measure, name, role, printed, is_known in links:
        agencies.setdefault(measure, []).append(Agency(name, role, printed or "", bool(is_known)))
    return Stored(report_id, tables, agencies, dict(conn.execute(SUCCESSORS).fetchall()))


def _rows(conn: sqlite3.Connection, table: str, report_id: str) -> list[Row]:
    names = schema.tables()[table].names
    columns = ", ".join(f'"{name}"' for name in names)
    owner = "id" if table == "reports" else "report_id"
    found = conn.execute(f"select {columns} from {table} where {owner} = ? order by rowid", (report_id,))  # noqa: S608
    return [{n: _opened(table, n, v) for n, v in zip(names, row, strict=True)} for row in found]


def _opened(table: str, column: str, value: object) -> object:
    return json.loads(value) if (table, column) in JSON_COLUMNS and isinstance(value, str) else value
