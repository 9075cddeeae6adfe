"""Small reports made by hand, and what the checks say about them."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.records import Agency, Emission, Item, Measure, Report, Scope, Section, Strategy
from kb import schema, search, store
from kb.check import Doubt, Quality, check
from kb.rows import as_rows
from tests.kb.conftest import ONE_PAGE, make_report

ID = "transport-113"
RAIL = Agency("交通部鐵道局", "鐵道局", "交通部", "交通部鐵道局")
ROUTES = ("北段", "中段", "南段", "東段", "外島", "山線", "海線", "環島")


def row(code: str, **more: object) -> Measure:
    """A measure as a careful reading gives it; `more` are fields other than the usual ones, `cells` printed cells."""
    route = ROUTES[int(code[-1]) % len(ROUTES)]
    count = 20 + int(code[-1])
    target, result = f"每年改善{route}車站 {count} 站。", f"113 年改善{route}車站 {count + 1} 站。"
    cells: dict[str, str] = {
        "name": f"{route}車站改善",
        "plan": f"依{route}運量逐站盤點設備，訂定汰換順序並補助經費。",
        "category": "減緩",
        "agencies": "交通部鐵道局",
        "period": "110-114",
        "target": target,
        "result": result,
        "budget": f"{count},500\n98%",
        "funding": "公務預算",
    }
    cells |= more.pop("cells", {})  # type: ignore[arg-type]
    fields: dict[str, object] = {
        "name": cells["name"],
        "strategy_code": code.rpartition("-")[0],
        "is_new": False,
        "marks": (),
        "plan": cells["plan"],
        "category": cells["category"],
        "lead_agencies": (RAIL,),
        "co_agencies": (),
        "period": cells["period"],
        "start_year": 2021,
        "end_year": 2025,
        "status": "active",
        "target": target,
        "result": result,
        "targets": (item(target, f"{count} 站"),),
        "results": (item(result, f"{count + 1} 站"),),
        "budget_ntd": Decimal(count * 1_000_000 + 500_000),
        "execution_rate": Decimal("0.98"),
        "budget_note": None,
        "funding_sources": ("公務預算",),
        "place": ONE_PAGE,
        "printed": {key: words for key, words in cells.items() if words},
    }
    return Measure(code=code, **(fields | more))  # type: ignore[arg-type]


def item(text: str, figure: str | None = None, ordinal: str | None = None) -> Item:
    """One item; `figure` are the words of the one figure in it."""
    from tests.kb.conftest import quantity

    found = ()
    if figure is not None:
        number, unit = figure.split()
        at = text.index(figure)
        found = (quantity(number, unit, number, unit, "count", start=at, end=at + len(figure)),)
        scope: Scope = "annual" if text.startswith("每年") else "unspecified"
        found = (replace(found[0], scope=scope),)
    return Item(ordinal, text, ONE_PAGE, found)


CODES = ("T1-1", "T1-2", "T1-3", "T2-1", "T2-2", "T2-3")


def report(measures: Sequence[Measure] | None = None, **more: object) -> Report:
    """A report of these measures, six sound ones unless given, that says how many it has."""
    rows = tuple(row(code) for code in CODES) if measures is None else tuple(measures)
    codes = dict.fromkeys(m.strategy_code for m in rows if m.strategy_code)
    whole = make_report()
    fields: dict[str, object] = {
        "measures": rows,
        "strategies": tuple(Strategy(code, f"策略{code}之標題", ONE_PAGE) for code in codes),
        "sections": (Section("前言", "壹", 1, None, f"本部門有 {len(rows)} 項具體措施。", ONE_PAGE),),
        "emissions": (),
        "tables": (),
        "figures": (),
        "signals": (),
    }
    return replace(whole, **(fields | more))  # type: ignore[arg-type]


def quality(given: Report) -> Quality:
    """The check of a report in a knowledge base of its own."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.create(conn)
        search.create_index(conn)
        store.replace_report(conn, as_rows(given, ID, "0"))
        return check(conn, ID)
    finally:
        conn.close()


def doubts(given: Report, rule: str) -> list[Doubt]:
    """The doubts of one rule."""
    return [doubt for doubt in quality(given).doubts if doubt.rule == rule]


def named(found: Sequence[Doubt]) -> set[tuple[str, str | None]]:
    """Key without the report's id, and column."""
    return {((d.key or "").removeprefix(f"{ID}/"), d.column) for d in found}


def emission_rows(*years: int) -> tuple[Emission, ...]:
    """A row for each year, all values in keeping."""
    return tuple(Emission(y, Decimal(38), None, Decimal(37), None, None, None, None, False, ONE_PAGE) for y in years)
