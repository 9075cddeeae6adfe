"""Values as a person writes them, and as a column of the knowledge base holds them.

A list (agencies, funding) is written with 、 between its members, yes and no as 1 and 0, nothing as an empty cell.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import get_args

from extract.records import Comparator, Scope
from kb import schema
from kb.errors import KbError
from kb.row_sink import as_json
from kb.text import fold

CORRECTABLE = (
    *("reports", "strategies", "measures", "targets", "results", "quantities", "emissions", "indicators", "cases"),
    *("comments", "claims", "sections", "tables", "figures"),
)
FIXED = ("id", "report_id", "position", "sha256", "source_name", "media_type", "page_count", "extractor_version")
"""Columns that say where a row comes from: they are not read off the page, and no key may change."""
DERIVED = ("strategy_title", "sector", "year")
"""Columns that follow from others; in `reports` and `emissions` the year is a value of its own."""
OWN_YEAR = ("reports", "emissions")
LISTS = {"measures": ("lead_agencies", "co_agencies", "funding", "marks"), "tables": ("notes",)}
"""JSON columns that people can write: lists of words."""
REFERENCES = ("strategy_id",)
"""Columns with another row's key that may be corrected."""
CHOICES: Mapping[str, tuple[str, ...]] = {
    "status": ("active", "ended"),
    "scope": get_args(Scope),
    "comparator": get_args(Comparator),
}
"""Columns that hold one of a few words."""
YEARS = ("year", "start_year", "end_year")
EARLIEST, LATEST = 1900, 2200
LARGEST_RATE = 5.0
"""No budget is spent five times over; a larger rate was meant in per cent."""
BETWEEN = "、"
"""Between the members of a list."""


def column_of(table: str, column: str) -> schema.Column:
    """The column of the schema. Raises `KbError` where there is none, or none that people may correct."""
    if table not in CORRECTABLE:
        raise KbError(f"{table} is no table that can be corrected; these are: {', '.join(CORRECTABLE)}")
    columns = {c.name: c for c in schema.tables()[table].columns if _may_change(table, c)}
    if column not in columns:
        raise KbError(f"{column} is no column of {table} that can be corrected; these are: {', '.join(columns)}")
    return columns[column]


def _may_change(table: str, column: schema.Column) -> bool:
    if column.name in FIXED or column in schema.PLACE_COLUMNS:
        return False
    if column.name in DERIVED and not (table in OWN_YEAR and column.name != "strategy_title"):
        return False
    if column.type == "json":
        return column.name in LISTS.get(table, ())
    return column.references is None or column.name in REFERENCES


def value_of(column: schema.Column, words: str) -> object:
    """The value that goes into a column for what a person wrote. Raises `KbError` where the column cannot hold it."""
    if words == "":
        return "[]" if column.type == "json" else None
    if column.type == "json":
        return as_json(list(dict.fromkeys(part.strip() for part in words.split(BETWEEN) if part.strip())))
    if words not in CHOICES.get(column.name, (words,)):
        raise KbError(f"{words} is none of {', '.join(CHOICES[column.name])}, one of which {column.name} must be")
    try:
        value = _number(column, words)
    except ValueError as error:
        raise KbError(f"{words} is no number, as {column.name} must be") from error
    if column.name in YEARS and isinstance(value, int) and not EARLIEST <= value <= LATEST:
        raise KbError(f"{words} is no Gregorian year, as {column.name} must be; 113 is 2024")
    if column.name == "execution_rate" and isinstance(value, float) and value > LARGEST_RATE:
        raise KbError(f"{words} is no share of one, as {column.name} must be; 95% is 0.95")
    return words if value is None else value


def _number(column: schema.Column, words: str) -> float | int | None:
    """The number for a column of numbers, None for others. Raises ValueError where it is none."""
    if column.type == "real":
        value = float(words.replace(",", ""))
        if not math.isfinite(value):
            raise ValueError(words)
        return value
    if column.type == "boolean" and words not in ("0", "1"):
        raise ValueError(words)
    return int(words) if column.type in ("integer", "boolean") else None


def words_of(value: object) -> str:
    """A stored value as a person writes it."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, str) and value.startswith("["):
        members = json.loads(value)
        if all(isinstance(member, str) for member in members):
            return BETWEEN.join(members)
    return str(value)


def is_same(column: schema.Column, words: str, stored: object) -> bool:
    """Whether the words say what is stored; width, white space and dashes carry no meaning."""
    try:
        wanted = value_of(column, words)
    except KbError:
        return False
    if isinstance(wanted, (int, float)) or wanted is None:
        return wanted == stored or (wanted is None and stored in ("", "[]"))
    return fold(words_of(wanted)) == fold(words_of(stored))
