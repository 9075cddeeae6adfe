"""Reports made from sentences whose figures are marked: `投資 {300 萬元|investment|3000000 NTD}`.

Behind the kind and the canonical amount may stand, in any order: a scope, a Gregorian year or span (2021-2024), a
comparator. `{80~90 %|rate|80 %}` is a range.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from extract.records import (
    Agency,
    Case,
    Claim,
    Comment,
    Emission,
    FigureRecord,
    Indicator,
    Item,
    Measure,
    Place,
    Quantity,
    Report,
    Section,
    Strategy,
    TableRecord,
)
from kb import schema, search, store
from kb.audit.facts import Facts
from kb.audit.model import Finding
from kb.audit.rules import audit
from kb.rows import as_rows
from tests.kb.conftest import kb, make_report, measure

__all__ = ["kb"]

MARKED = re.compile(r"\{([^{}|]+)\|([a-z_]+)\|([\d.]+) ([^|}]+)((?:\|[^|}]+)*)\}")
NUMBER = re.compile(r"[\d,.]+")
SCOPES = ("annual", "year", "cumulative", "unspecified")
BUREAU = Agency("交通部公路局", "公路局", "交通部", "交通部公路局")


def told(marked: str) -> tuple[str, tuple[Quantity, ...]]:
    """The text without marks, and its figures."""
    text, found, last = "", [], 0
    for m in MARKED.finditer(marked):
        text += marked[last : m.start()]
        found.append((len(text), m))
        text += m[1]
        last = m.end()
    text += marked[last:]
    return text, tuple(_quantity(text, start, m) for start, m in found)


def _quantity(text: str, start: int, m: re.Match[str]) -> Quantity:
    numbers = NUMBER.findall(m[1].replace(",", ""))
    more = [part for part in m[5].split("|") if part]
    years = next((p for p in more if p[0].isdigit()), None)
    first, _, last = (years or "").partition("-")
    fields: dict[str, Any] = {
        "scope": next((p for p in more if p in SCOPES), "year" if years and not last else "unspecified"),
        "start_year": int(first) if years else None,
        "end_year": int(last or first) if years else None,
        "comparator": next((p for p in more if p[0] in "<>~="), "="),
    }
    unit = re.sub(r"^[\d,.~–\-\s]+", "", m[1])
    end = start + len(m[1])
    return Quantity(
        value=Decimal(numbers[0]),
        value_high=Decimal(numbers[1]) if len(numbers) > 1 else None,
        unit=unit,
        canonical_value=Decimal(m[3]),
        canonical_unit=m[4],
        kind=m[2],
        quote=text[max(0, start - 12) : end],
        start=start,
        end=end,
        place=Place(char_start=start, char_end=end),
        **fields,
    )


def item(ordinal: str | None, marked: str) -> Item:
    """An item of a target or result."""
    text, quantities = told(marked)
    return Item(ordinal, text, Place(char_start=0, char_end=1), quantities)


def row(code: str, **more: Any) -> Measure:
    """A measure that breaks no rule. `targets` and `results` are marked texts, their numbers the ordinals."""
    sides = {}
    for side in ("targets", "results"):
        given = more.pop(side, ())
        sides[side] = tuple(
            g if isinstance(g, Item) else item(str(n) if len(given) > 1 else None, g) for n, g in enumerate(given, 1)
        )
    fields: dict[str, Any] = {
        "name": f"電動公車充電場站建置{code}",
        "strategy_code": None,
        "is_new": False,
        "marks": (),
        "plan": "補助客運業者",
        "lead_agencies": (BUREAU,),
        "co_agencies": (),
        "budget_ntd": None,
        "execution_rate": None,
        "budget_note": None,
        "target": "。".join(i.text for i in sides["targets"]),
        "result": "。".join(i.text for i in sides["results"]),
        "extra": {},
        "places": {},
    }
    return measure(code, **(fields | sides | more))


def claim(marked: str, at: int = 0) -> Claim:
    """A claim; `at` is its offset in the file."""
    text, quantities = told(marked)
    return Claim(None, text, Place(char_start=at, char_end=at + len(text)), quantities)


def case(marked: str, title: str = "某客運公司") -> Case:
    """A case study."""
    text, quantities = told(marked)
    place = Place(char_start=0, char_end=len(text))
    return Case(title, ("亮點成果", title), None, None, None, None, None, text, place, quantities)


def emission(year: int, target: str, actual: str, cumulative: tuple[str, str] | None = None, **more: Any) -> Emission:
    """A year of the emissions table."""
    sums = [Decimal(c) for c in cumulative] if cumulative else [None, None]
    fields: dict[str, Any] = {"grid_factor": Decimal("0.490"), "corrected": None, "is_estimate": False}
    return Emission(
        year=year,
        target=Decimal(target),
        actual=Decimal(actual),
        cumulative_target=sums[0],
        cumulative_actual=sums[1],
        cumulative_corrected=None,
        place=Place(char_start=0, char_end=1),
        **(fields | more),
    )


def table(cells: tuple[tuple[str, ...], ...], *, number: str | None = "3", start: int = 0, end: int = 1) -> TableRecord:
    """A table that reaches from one offset to another."""
    return TableRecord(number, "執行成果摘要", None, (), cells, 1, Place(char_start=start, char_end=end))


def figure(number: str | None, caption: str) -> FigureRecord:
    """A captioned picture."""
    return FigureRecord(number, caption, None, Place(char_start=0, char_end=1))


def indicator(target: str, result: str) -> Indicator:
    """A row of the table of indicators."""
    return Indicator("電動公車比率", target, result, Place(char_start=0, char_end=1))


def section(text: str) -> Section:
    """A section with this text."""
    return Section("執行狀況", "一", 1, None, text, Place(char_start=0, char_end=len(text)))


def comment(reply: str) -> Comment:
    """A comment with this reply."""
    return Comment("王委員", "會上意見", "1", "請說明。", reply, Place(char_start=0, char_end=1))


def report(**more: Any) -> Report:
    """A report that breaks no rule, with these records."""
    fields: dict[str, Any] = {
        "lead_agencies": (BUREAU,),
        "co_agencies": (),
        "strategies": (Strategy("T1", "發展綠色運輸", Place()),),
        "measures": (),
        "emissions": (),
        "indicators": (),
        "sections": (),
        "tables": (),
        "figures": (),
        "claims": (),
        "cases": (),
        "comments": (),
        "signals": (),
    }
    return replace(make_report(codes=()), **(fields | more))


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    """An empty knowledge base in memory."""
    made = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(made)
    search.create_index(made)
    made.execute("pragma foreign_keys = on")
    yield made
    made.close()


@pytest.fixture
def found(conn: sqlite3.Connection) -> Callable[[Report], list[Finding]]:
    """Store a report and audit it."""

    def stored(one: Report) -> list[Finding]:
        store.replace_report(conn, as_rows(one, "transport-113", "1"))
        return audit(Facts(conn, "transport-113"))

    return stored
