"""A stored value in the words of the site: the same in a facet, a filter, a record, a correction.

`kb.site.conditions` goes the other way. A column's form follows from its name and type, never from its value.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from kb import schema
from kb.site import labels, numbers

YEARS = ("year", "start_year", "end_year")
"""Columns of Gregorian years, told in the reports' own count."""
SHARES = ("execution_rate", "ratio", "confidence")
"""Columns of shares of one, told in per cent."""
EMISSIONS = ("target", "actual", "corrected", "cumulative_target", "cumulative_actual", "cumulative_corrected")
"""Columns of `emissions` in Mt CO2e; other tables have a `target` of words."""
EMISSIONS_UNIT = "百萬公噸 CO₂e"
UNITS: Mapping[str, str] = {
    "kwh_saved": "度",
    "saving_rate_pct": "%",
    "reduction_tco2e": "公噸 CO₂e",
    "payback_years": "年",
    "grid_factor": "公斤 CO₂e/度",
}
"""Columns of numbers that all have one unit, money and shares aside."""
TOLD: Mapping[str, Callable[[str], str]] = {
    "canonical_unit": labels.unit,
    "relation": labels.relation,
    "report_id": numbers.report_name,
    "rule": labels.rule,
    "table_name": labels.table,
    "column_name": labels.column_of_any,
}
"""Columns whose values are made into words by a rule."""
NOTHING = "（無）"


@cache
def column_of(table: str, name: str) -> schema.Column | None:
    """The column of the schema, None where there is none."""
    known = schema.tables().get(table)
    return next((c for c in known.columns if c.name == name), None) if known else None


def unit_of(table: str, name: str) -> str:
    """The unit that all numbers of a column have; empty without."""
    return EMISSIONS_UNIT if table == "emissions" and name in EMISSIONS else UNITS.get(name, "")


def emission_digits(lines: Iterable[Mapping[str, object] | None]) -> int:
    """The decimals that all emissions of a table are shown with: as many as the one that has most. 131.0 is printed so,
    and says that it is no round figure."""
    values = (line.get(name) for line in lines if line is not None for name in EMISSIONS)
    return numbers.decimals(value for value in values if isinstance(value, (int, float)))


def in_words(table: str, column: str, value: object) -> str:
    """A value, or the text of one in an address, as facets, filters and records tell it; `未載明` for nothing."""
    text = "" if value is None else str(value)
    known = column_of(table, column)
    if column in YEARS and text.isascii() and text.isdigit():
        return f"{numbers.roc(int(text))} 年"
    if column in TOLD and text:
        return TOLD[column](text)
    if known is not None and known.type == "boolean" and text in ("0", "1"):
        return "是" if text == "1" else "否"
    if known is not None and known.type == "real":
        return _number_in_words(table, column, text)
    # Statuses of achievements are words of their own.
    return labels.value(labelled_as(table, column), value)


def labelled_as(table: str, column: str) -> str:
    """Under which name `labels.csv` has the words of a column."""
    return "achievement" if (table, column) == ("achievements", "status") else column


def _number_in_words(table: str, column: str, text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return labels.value(column, text)
    if column.endswith("_ntd"):
        return numbers.ntd(number)
    if column in SHARES:
        return numbers.percent(number, 4)
    unit = unit_of(table, column)
    return f"{numbers.plain(number, numbers.MOST_DECIMALS)}{'' if unit in ('', '%') else ' '}{unit}"


def corrected(table: str, column: str, value: str | None) -> str:
    """A value of a correction, which is as a person writes it, in the site's words: money, shares and labels too."""
    if value in (None, "", "[]"):
        return NOTHING
    return in_words(table, column, value)


PRINTED_WITH: Mapping[str, str] = {
    "budget_ntd": "budget",
    "execution_rate": "budget",
    "budget_note": "budget",
    "lead_agencies": "agencies",
    "co_agencies": "agencies",
    "start_year": "period",
    "end_year": "period",
    "status": "period",
    "is_new": "name",
    "marks": "name",
}
"""Column of a measure -> the cell of the report that it was read from, where that is called otherwise."""


def printed(stored: str | None, column: str) -> str:
    """The words of the cell that a column was read from, out of a row's `printed`; empty where they are not there."""
    told = json.loads(stored or "{}")
    words = told.get(PRINTED_WITH.get(column, column)) if isinstance(told, dict) else None
    return " ".join(str(words).split()) if words else ""
