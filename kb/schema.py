"""The tables of the knowledge base as data: columns with types, keys, references and meanings.

`schema.csv` is the one list: a line without a column names a table, the others its columns in order. Types:

    key      TEXT, part of the primary key        serial   INTEGER PRIMARY KEY
    text     TEXT                                 integer  INTEGER
    real     REAL                                 boolean  INTEGER, 0 or 1
    json     TEXT that holds JSON

A table marked `placed` has `PLACE_COLUMNS` at its end. Tables stand in the list after those that they refer to,
so rows are written in that order and deleted in the reverse one.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, cast

SCHEMA_VERSION = "4"
"""Raised whenever a column changes its meaning or a table its shape: an older database is refused."""

ColumnType = Literal["key", "serial", "text", "integer", "real", "boolean", "json"]
SQL_TYPES: Mapping[ColumnType, type] = {
    "key": str,
    "serial": int,
    "text": str,
    "integer": int,
    "real": float,
    "boolean": int,
    "json": str,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `references` is the table whose key it holds, `zh` and `en` say what it means."""

    name: str
    type: ColumnType
    references: str | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table or view with its columns in order."""

    name: str
    is_view: bool
    is_placed: bool
    zh: str
    en: str
    columns: tuple[Column, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The primary key's columns."""
        return tuple(c.name for c in self.columns if c.type in ("key", "serial"))

    @property
    def names(self) -> tuple[str, ...]:
        """All column names in order."""
        return tuple(c.name for c in self.columns)


PLACE_COLUMNS = (
    Column("page", "integer", None, "起始頁(檔案頁次)", "Page of the file where it starts; null for a text source"),
    Column(
        "boxes",
        "json",
        None,
        "頁面上的位置：[頁, x0, top, x1, bottom],單位為點",
        "[[page, x0, top, x1, bottom], …] in PDF points from the top left corner; null for a text source",
    ),
    Column("char_start", "integer", None, "文字檔中的起點", "Offset in the decoded text source; null for a PDF"),
    Column("char_end", "integer", None, "文字檔中的終點", "Offset behind its end; null for a PDF"),
)


@cache
def tables() -> Mapping[str, Table]:
    """Every table and view by name, referred-to tables first, views last."""
    lines: dict[str, list[dict[str, str]]] = {}
    with resources.files("kb").joinpath("schema.csv").open(encoding="utf-8") as source:
        for line in csv.DictReader(source):
            lines.setdefault(line["table"], []).append(line)
    return {name: _table(name, head, rest) for name, (head, *rest) in lines.items()}


def _table(name: str, head: Mapping[str, str], lines: list[dict[str, str]]) -> Table:
    columns = tuple(
        Column(line["column"], cast(ColumnType, line["type"]), line["references"] or None, line["zh"], line["en"])
        for line in lines
    )
    is_placed = head["type"] == "placed"
    return Table(
        name, head["type"] == "view", is_placed, head["zh"], head["en"], columns + (PLACE_COLUMNS if is_placed else ())
    )


FACETED: Mapping[str, tuple[str, ...]] = {
    "measures": ("sector", "year", "category", "status", "strategy_title"),
    "quantities": ("kind", "scope", "canonical_unit", "sector", "year"),
    "cases": ("industry", "strategy", "sector", "year"),
    "comments": ("reviewer", "round", "sector", "year"),
    "findings": ("rule", "severity"),
    "passages": ("kind", "sector", "year"),
    "ingests": ("sha256",),
}
"""Columns that are filtered by, beside the references: each has an index."""

TOGETHER: Mapping[str, tuple[str, ...]] = {
    "quantities": ("kind", "canonical_unit", "scope", "sector", "year", "canonical_value")
}
"""Columns that one index has together: counts and sums of figures are read off it without the rows."""


OWN_FUNDS = ("自籌", "自備款", "自付", "自有資金", "配合款")
"""Words beside a budget figure that make it the firm's own share."""

METRICS: Mapping[str, tuple[str, str, str]] = {
    "investment_ntd": ("investment", "NTD", "largest"),
    "subsidy_ntd": ("subsidy", "NTD", "largest"),
    "self_funded_ntd": ("budget", "NTD", "largest"),
    "cost_saving_ntd": ("cost_saving", "NTD", "largest"),
    "output_value_ntd": ("output_value", "NTD", "largest"),
    "kwh_saved": ("energy_saving", "kWh", "largest"),
    "saving_rate_pct": ("saving_rate", "%", "first"),
    "reduction_tco2e": ("emission_reduction", "tCO2e", "largest"),
    "payback_years": ("payback_period", "yr", "first"),
}
"""Column of `case_metrics` -> kind, canonical unit, and which figure stands for several of its time: the largest of
amounts (a total is at least its parts), the first told of rates and durations."""


OF_ITS_TIME = "q.scope = 'cumulative', coalesce(q.scope = 'year' and q.end_year < q.year, 0)"
"""Before those that count up several years, and those of a year before the report's, which tell of the market."""


def _case_metrics_sql() -> str:
    """The view: one row a case. A column for which the case states more than one figure is named in `several`."""
    figures, several = [], []
    for column, (kind, unit, pick) in METRICS.items():
        where = (
            f"q.case_id = c.id and q.kind = '{kind}' and q.canonical_unit = '{unit}' and q.canonical_value is not null"
        )
        if column == "self_funded_ntd":
            where += " and (" + " or ".join(f"q.quote like '%{word}%'" for word in OWN_FUNDS) + ")"
        order = f"{OF_ITS_TIME}, " + ("q.canonical_value desc" if pick == "largest" else "q.position")
        # Constants of this module alone are put in, nothing from outside.
        figures.append(
            f"(select q.canonical_value from quantities q where {where} order by {order} limit 1) as {column}"  # noqa: S608
        )
        several.append(
            f"select '{column}' as name where "  # noqa: S608
            f"(select count(distinct q.canonical_value) from quantities q where {where}) > 1"
        )
    return (
        "select c.id as case_id, c.report_id, c.sector, c.year, c.title, c.industry, c.strategy,\n  "  # noqa: S608
        + ",\n  ".join(figures)
        + ",\n  (select group_concat(name, ', ') from ("
        + " union all ".join(several)
        + ")) as several\nfrom cases c"
    )


def create(conn: sqlite3.Connection) -> None:
    """Make every table, index and view in an empty database. Foreign keys are declared and strict types enforced."""
    from sqlite_utils import Database  # noqa: PLC0415 - heavy, and needed for a new database alone

    db = Database(conn)
    for table in tables().values():
        if table.is_view:
            continue
        references = [(c.name, c.references, _key(c.references)) for c in table.columns if c.references]
        columns: dict[str, Any] = {c.name: SQL_TYPES[c.type] for c in table.columns}
        created = db.table(table.name).create(
            columns,
            pk=table.keys[0] if len(table.keys) == 1 else table.keys,
            foreign_keys=references,
            strict=True,
        )
        indexed = {c.name for c in table.columns if c.references} | set(FACETED.get(table.name, ())) | {"sort_key"}
        for column in [n for n in table.names if n in indexed and n != table.keys[0]]:
            created.create_index([column])
        if table.name in TOGETHER:
            created.create_index(TOGETHER[table.name])
    db.create_view("case_metrics", _case_metrics_sql())
    db.table("about").insert({"key": "schema_version", "value": SCHEMA_VERSION})


def _key(table: str) -> str:
    return tables()[table].keys[0]
