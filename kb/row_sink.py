"""Where the rows of one report gather: values as SQLite keeps them, keys that are given once."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from extract.records import Agency, Place, Quantity, Role, Signal
from kb.identity import ROC
from kb.schema import tables

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def as_json(value: object) -> str:
    """Compact JSON with Chinese as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def cell(value: object) -> object:
    """A record's value as a column holds it: numbers as REAL, yes or no as 1 or 0, lists and mappings as JSON."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (tuple, list)):
        return as_json(value)
    if isinstance(value, Mapping):
        return as_json(dict(value))
    return value


def picked(record: object, *names: str) -> Row:
    """The record's fields of these names as columns of the same names."""
    return {name: cell(getattr(record, name)) for name in names}


def boxes(place: Place) -> list[list[float]]:
    """`[page, x0, top, x1, bottom]` for each box, to a hundredth of a point."""
    return [[b.page, *(round(n, 2) for n in (b.x0, b.top, b.x1, b.bottom))] for b in place.boxes]


def placed(place: Place) -> Row:
    """The place columns: boxes for a PDF, a character range for a text source."""
    return {
        "page": place.page,
        "boxes": as_json(boxes(place)) if place.boxes else None,
        "char_start": place.char_start,
        "char_end": place.char_end,
    }


def place_json(place: Place) -> Row:
    """A place inside a JSON column: its filled columns alone."""
    found: Row = {"boxes": boxes(place)} if place.boxes else {}
    if place.char_start is not None:
        found |= {"char_start": place.char_start, "char_end": place.char_end}
    return found


QUANTITY = (
    "value",
    "value_high",
    "unit",
    "canonical_value",
    "canonical_unit",
    "kind",
    "scope",
    "start_year",
    "end_year",
    "comparator",
    "quote",
)


class RowSink:
    """Takes the rows of the report with this id, sector and ROC year; `signals` become findings in the end."""

    def __init__(self, report_id: str, sector: str | None, roc_year: int | None, signals: Iterable[Signal]) -> None:
        self.id, self.sector, self.roc_year = report_id, sector, roc_year
        self.year = None if roc_year is None else roc_year + ROC
        self.signals = list(signals)
        self.rows: Rows = {}
        self._given: Counter[tuple[str, str]] = Counter()

    @property
    def origin(self) -> Row:
        """Sector and year, for the tables that are filtered by them."""
        return {"sector": self.sector, "year": self.year}

    def add(self, table: str, place: Place | None, values: Row) -> Row:
        """Take a row; gives it back."""
        row = values | (placed(place) if place is not None else {})
        found = self.rows.setdefault(table, [])
        if "sort_key" in tables()[table].names:
            row["sort_key"] = f"{self.id}/{len(found) + 1:06}"
        found.append(row)
        return row

    def key(self, table: str, tail: str, place: Place) -> str:
        """The key `<report>/<tail>`; where the report has it already, one with `~2` behind it, and a signal."""
        wanted = f"{self.id}/{tail}"
        self._given[table, wanted] += 1
        count = self._given[table, wanted]
        if count == 1:
            return wanted
        # A printed `~2` must not meet a given one.
        key = f"{wanted}~{count}"
        self._given[table, key] += 1
        message = f"{table} 中編號 {tail} 重複出現，第 {count} 次記為 {key}"
        self.signals.append(Signal("duplicate:code", "warning", message, tail, table, place))
        return key

    def numbered(self, table: str, word: str, records: Iterable[tuple[Row, Place]]) -> list[str]:
        """Take rows whose key is their place in the order, `<report>/<word>/3`; gives the keys."""
        keys = []
        for position, (values, place) in enumerate(records, 1):
            keys.append(f"{self.id}/{word}/{position}")
            self.add(table, place, {"id": keys[-1], "report_id": self.id, "position": position} | values)
        return keys

    def agencies(self, table: str, owner: Row, lead: Sequence[Agency], co: Sequence[Agency]) -> None:
        """Take the agencies and their links to the owner. One that a cell names twice, by two of its names, is one."""
        roles: tuple[tuple[Role, Sequence[Agency]], ...] = (("lead", lead), ("co", co))
        for role, agencies in roles:
            first: dict[str, Agency] = {}
            for agency in agencies:
                first.setdefault(agency.name, agency)
            for position, agency in enumerate(first.values(), 1):
                values = picked(agency, "name", "short_name", "ministry", "is_known", "successor")
                self.add("agencies", None, {"id": agency.name} | values)
                link = {"agency_id": agency.name, "role": role, "position": position, "printed": agency.printed}
                self.add(table, None, owner | link)

    def quantities(self, owner: str, found: Iterable[Quantity], owners: Mapping[str, str]) -> None:
        """Take the figures of one item, claim or case with the key `owner`."""
        for position, q in enumerate(found, 1):
            key = {"id": f"{owner}/q{position}", "report_id": self.id, "position": position}
            offsets = {"text_start": q.start, "text_end": q.end}
            self.add("quantities", q.place, key | self.origin | picked(q, *QUANTITY) | offsets | dict(owners))
