"""The rows of one report as the rules look at them, read once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from kb.audit.model import Figure, Row, Text
from kb.audit.texts import bigrams, decimals, squeezed

WIDE, LONG = 6, 30
"""Columns of annex one at least, and characters of its longest cells."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A row of annex one with its items and figures. `row` has the columns of `measures`, `successors` are `Facts`'."""

    row: Row
    targets: tuple[Text, ...]
    results: tuple[Text, ...]
    figures: tuple[Figure, ...]
    successors: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """As printed."""
        return str(self.row["code"])

    @property
    def has_ended(self) -> bool:
        """Before the report year, by what the result says."""
        return bool(self.row["status"] == "ended")

    @property
    def words(self) -> str:
        """Name, plan, target and result without spaces."""
        return squeezed(" ".join(str(self.row[c] or "") for c in ("name", "plan", "target", "result")))

    def agencies_today(self, column: str) -> list[str]:
        """The agencies of a column as they are called today, in order."""
        return list(dict.fromkeys(self.successors.get(a, a) for a in json.loads(self.row[column] or "[]")))

    def text(self) -> Text:
        """The measure itself as a text, for findings that rest on the row as a whole."""
        return Text("measures", self.row["id"], self.row["name"] or "", self.code, self.row)


class Facts:
    """Everything of one report that the rules ask for. Reads the database once for each table."""

    def __init__(self, conn: sqlite3.Connection, report_id: str) -> None:
        self.conn, self.id = conn, report_id
        self.worked_out: dict[str, Any] = {}
        self._squeezed: dict[tuple[str, str, str], str] = {}
        self._bigrams: dict[str, frozenset[str]] = {}
        (self.report,) = self.rows("reports", "id")
        self.year: int | None = self.report["year"]

    def rows(self, table: str, key: str = "report_id", order: str = "rowid") -> list[Row]:
        """Rows of the report, in the order of the report."""
        cursor = self.conn.execute(f"select * from {table} where {key} = ? order by {order}", (self.id,))  # noqa: S608
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, values, strict=True)) for values in cursor]

    @cached_property
    def successors(self) -> Mapping[str, str]:
        """Name of an agency in the reports -> the name that it has today, where that is another one."""
        return dict(self.conn.execute("select id, successor from agencies where successor is not null").fetchall())

    @cached_property
    def _also(self) -> Mapping[str, str]:
        """Former name -> new one, of the agencies that this report calls by both."""
        told = [r[f"{c}_agencies"] for r in (self.report, *(m.row for m in self.measures)) for c in ("lead", "co")]
        used = {a for cell in told for a in json.loads(cell or "[]")}
        return {name: new for name, new in self.successors.items() if new in used}

    def agencies(self, row: Row, column: str) -> list[str]:
        """The agencies of a column of a measure or of the report, each by one name throughout the report."""
        return list(dict.fromkeys(self.one_name(a) for a in json.loads(row[column] or "[]")))

    def one_name(self, agency: str) -> str:
        """The new name where the report has it beside the former one."""
        return self._also.get(agency, agency)

    @cached_property
    def claims(self) -> tuple[Text, ...]:
        """Sentences and table cells outside annex and cases that state a figure."""
        return tuple(Text("claims", r["id"], r["text"], "", r) for r in self.rows("claims"))

    @cached_property
    def cases(self) -> tuple[Text, ...]:
        """Case studies with their whole text. One that holds the annex too was cut wrong: it is none to be checked."""
        annex = self.rows("measures")[:1]
        return tuple(
            Text("cases", r["id"], r["text"] or "", r["title"] or "", r)
            for r in self.rows("cases")
            if not any(is_inside(m, r) for m in annex)
        )

    @cached_property
    def sections(self) -> tuple[Text, ...]:
        """Text under each heading."""
        return tuple(Text("sections", r["id"], r["text"] or "", r["heading"] or "", r) for r in self.rows("sections"))

    @cached_property
    def comments(self) -> tuple[Text, ...]:
        """Comment and reply, each a text."""
        rows = self.rows("comments")
        return tuple(
            Text("comments", r["id"], r[part] or "", f"{r['reviewer']} {r['number'] or ''}".strip(), r)
            for r in rows
            for part in ("comment", "reply")
        )

    @cached_property
    def items(self) -> Mapping[str, Text]:
        """Row id -> item of a target or result."""
        codes = {r["id"]: r["code"] for r in self.rows("measures")}
        return {
            r["id"]: Text(table, r["id"], r["text"], codes.get(r["measure_id"], ""), r)
            for table in ("targets", "results")
            for r in self.rows(table)
        }

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """All figures in the order of their owners."""
        texts = {t.id: t for t in (*self.claims, *self.cases)} | dict(self.items)
        found = []
        for r in self.rows("quantities"):
            for side in ("target", "result", "case", "claim"):
                if (text := texts.get(r[f"{side}_id"])) is not None:
                    code = text.context if side in ("target", "result") else ""
                    found.append(_figure(r, side, code, text))
        return tuple(found)

    def of(self, text: Text) -> list[Figure]:
        """The figures that a text states."""
        return self._by_text.get(text.id, [])

    def squeezed(self, text: Text) -> str:
        """The text without white space, made once."""
        key = (text.table, text.id, text.text)
        if key not in self._squeezed:
            self._squeezed[key] = squeezed(text.text)
        return self._squeezed[key]

    @cached_property
    def _by_text(self) -> dict[str, list[Figure]]:
        found: dict[str, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(figure.text.id, []).append(figure)
        return found

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """Rows of annex one."""
        items: dict[tuple[str, str], list[Text]] = {}
        for text in self.items.values():
            items.setdefault((text.table, text.place["measure_id"]), []).append(text)
        found = []
        for row in self.rows("measures"):
            if not any(row[c] for c in ("plan", "target", "result")):
                # A heading that was read as a measure; it would be counted as one.
                continue
            targets, results = (tuple(items.get((table, row["id"]), ())) for table in ("targets", "results"))
            figures = tuple(f for text in (*targets, *results) for f in self.of(text))
            found.append(Measure(row, targets, results, figures, self.successors))
        return tuple(found)

    @cached_property
    def lost_annex(self) -> bool:
        """Whether annex one was not read as such: no measure, but a wide table with long texts. Its cells then stand
        among the claims, and targets and results in them are not told apart."""
        wide = (row for t in self.tables if not t["caption"] for row in t["cells"] if len(row) >= WIDE)
        return not self.measures and any(len(cell or "") >= LONG for row in wide for cell in row)

    @cached_property
    def emissions(self) -> list[Row]:
        """By year."""
        return self.rows("emissions", order="year")

    @cached_property
    def tables(self) -> list[Row]:
        """With their cells as a list."""
        return [r | {"cells": json.loads(r["cells"] or "[]")} for r in self.rows("tables")]

    def bigrams_of(self, measure: Measure) -> frozenset[str]:
        """Pairs of characters of a measure's words, made once."""
        if measure.row["id"] not in self._bigrams:
            self._bigrams[measure.row["id"]] = bigrams(measure.words)
        return self._bigrams[measure.row["id"]]

    def inside(self, text: Text, table: Row) -> bool:
        """Whether a text stands inside a table."""
        return is_inside(text.place, table)

    @cached_property
    def prose(self) -> tuple[Text, ...]:
        """Everything that is told outside the annex: claims, cases."""
        return (*self.claims, *self.cases)


COUNTED = ("organisations", "events", "participants", "equipment", "count")
"""Kinds that are counted out: where they are printed whole, nothing was rounded."""


def _figure(row: Row, side: str, code: str, text: Text) -> Figure:
    factor = 1.0
    if row["canonical_value"] is not None and row["value"]:
        factor = row["canonical_value"] / row["value"]
    half = 0.5 * 10.0 ** -decimals(row["quote"] or "", row["value"]) * factor
    is_exact = row["kind"] in COUNTED and factor == 1 and row["value"] % 1 == 0
    return Figure(
        row["id"],
        side,
        code,
        text,
        row["value"],
        row["value_high"],
        row["unit"] or "",
        row["canonical_value"],
        row["canonical_unit"],
        row["kind"],
        row["scope"],
        row["start_year"],
        row["end_year"],
        row["comparator"] or "=",
        row["quote"] or "",
        row["text_start"] or 0,
        row["text_end"] or 0,
        0.0 if is_exact else abs(half),
        row,
    )


def is_inside(place: Row, outer: Row) -> bool:
    """Whether a place lies in another: a character range in a range, or its first box in a box of the same page."""
    if place["char_start"] is not None and outer["char_start"] is not None:
        return bool(outer["char_start"] <= place["char_start"] < (outer["char_end"] or 0))
    if not place["boxes"] or not outer["boxes"]:
        return False
    page, x0, top, x1, bottom = json.loads(place["boxes"])[0]
    x, y = (x0 + x1) / 2, (top + bottom) / 2
    return any(p == page and a <= x <= c and b <= y <= d for p, a, b, c, d in json.loads(outer["boxes"]))
