"""Numbers as a reader of these reports expects them: 億 and 萬, separators, per cent."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from kb import identity
from kb.identity import ROC
from kb.site import labels

YI, WAN = 100_000_000, 10_000


def plain(number: float | None, digits: int = 3) -> str:
    """With separators and at most `digits` decimals, none where it is whole: 1,463; 0.474. Empty for None."""
    if number is None:
        return ""
    text = f"{number:,.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def large(number: float | None, unit: str = "") -> str:
    """In 億 or 萬 where that is shorter to read: 28.3 億, 2,060.1 萬, 980; the unit behind it."""
    if number is None:
        return ""
    if abs(number) >= YI:
        told = f"{plain(number / YI, 2)} 億"
    elif abs(number) >= WAN * 10:
        told = f"{plain(number / WAN, 1)} 萬"
    else:
        return f"{plain(number)} {unit}".rstrip()
    return told + unit


def money(ntd: float | None) -> str:
    """NT$ in short: 2,060.1 萬元, 4.21 億元."""
    return "" if ntd is None else large(ntd, "元").replace(" 元", "元")


def ntd(amount: float | None) -> str:
    """NT$ with every digit that it has: 4.2051 億元. Rounded, two amounts beside each other would read alike; `money`
    is for tiles and charts."""
    if amount is None:
        return ""
    if abs(amount) >= YI:
        return f"{plain(amount / YI, 8)} 億元"
    if abs(amount) >= WAN * 10:
        return f"{plain(amount / WAN, 4)} 萬元"
    return f"{plain(amount, 2)}元"


def percent(share: float | None, digits: int = 1) -> str:
    """Of a share: 0.95 is 95%."""
    return "" if share is None else f"{plain(share * 100, digits)}%"


MOST_DECIMALS = 6


def decimals(values: Iterable[float | None]) -> int:
    """How many decimals the values have that has most: 2 for 131.0 and 74.26."""
    found = (Decimal(str(value)).normalize().as_tuple().exponent for value in values if value is not None)
    return min(max((-e for e in found if isinstance(e, int) and e < 0), default=0), MOST_DECIMALS)


def fixed(number: float | None, digits: int) -> str:
    """With separators and just so many decimals: 131.0 in a column whose other values have one. Empty for None."""
    return "" if number is None else f"{number:,.{digits}f}"


def amount(q: Mapping[str, Any]) -> str:
    """A row of quantities as printed: comparator, value or range, unit."""
    sign = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "約 "}.get(q["comparator"], "")
    high = "" if q["value_high"] is None else f"–{plain(q['value_high'])}"
    gap = "" if q["unit"] == "%" else " "
    return f"{sign}{plain(q['value'])}{high}{gap}{q['unit']}"


def converted(q: Mapping[str, Any]) -> str:
    """Its value in the canonical unit; empty where that says nothing new."""
    value, high, unit = q["canonical_value"], q["value_high"], labels.unit(q["canonical_unit"])
    if value is None or (value == q["value"] and _folded(unit) == _folded(q["unit"])):
        return ""
    # The upper end is stored as printed; both ends have the same unit.
    end = f"–{plain(high * value / q['value'])}" if high is not None and q["value"] else ""
    return f"{plain(value)}{end} {unit}"


def _folded(unit: str) -> str:
    """公噸 CO₂e and 公噸CO2e are one."""
    return "".join(unicodedata.normalize("NFKC", unit).split())


def roc(year: int | None) -> str:
    """A Gregorian year in the reports' own count: 2024 is 113."""
    return "" if year is None else str(year - ROC)


def years(start: int | None, end: int | None) -> str:
    """A span of Gregorian years as printed in reports: 110–114 年, 113 年, 113 年起, 至 113 年; empty without."""
    if start is None and end is None:
        return ""
    if end is None:
        return f"{roc(start)} 年起"
    if start is None:
        return f"至 {roc(end)} 年"
    return f"{roc(start)} 年" if start == end else f"{roc(start)}–{roc(end)} 年"


def meaning(q: Mapping[str, Any]) -> str:
    """What a figure says in one line: value, canonical value, kind, scope and years."""
    parts = [
        amount(q),
        converted(q) and f"= {converted(q)}",
        labels.value("kind", q["kind"]),
        labels.value("scope", q["scope"]),
        years(q["start_year"], q["end_year"]),
    ]
    return " · ".join(part for part in parts if part)


def moment(time: str | None) -> str:
    """A time in UTC to the minute: 2026-11-25 22:06 UTC; as it is where it is no such time."""
    try:
        return f"{datetime.fromisoformat(time or ''):%Y-%m-%d %H:%M} UTC"
    except ValueError:
        return time or ""


def nameless(table: str, page: int | None) -> str:
    """What a row without a name of its own is called: 表格（第 7 頁）."""
    return labels.table(table) + (f"（第 {page} 頁）" if isinstance(page, int) else "")


def report_name(report_id: str) -> str:
    """A report in a table's cell: 運輸 113; the id itself where it is one of a person's own."""
    sector, year = identity.sector_and_year(report_id)
    return report_id if sector is None or year is None else f"{sector} {year}"
