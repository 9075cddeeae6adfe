"""Values as a person writes them, and as a column of the knowledge base holds them.

A list (agencies, funding) is written with 、 between its members, yes and no as 1 and 0, nothing as an empty cell.
"""

from __future__ import annotations

import json

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
    """The value that goes into a column for what a person wrote. Raises `KbError` where it is no number."""
    if words == "":
        return "[]" if column.type == "json" else None
    if column.type == "json":
        return as_json([part.strip() for part in words.split(BETWEEN) if part.strip()])
    try:
        if column.type == "real":
            return float(words.replace(",", ""))
        if column.type in ("integer", "boolean"):
            return int(words)
    except ValueError as error:
        raise KbError(f"{words} is no number, as {column.name} must be") from error
    return words


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
