"""How a table's page shows its rows: which columns, in which order, under which words, and its facets and filters."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import parse_qsl, urlencode

from kb import schema
from kb.site import labels
from kb.site.conditions import WITHOUT_VALUE, items
from kb.site.wording import in_words

PLACES = {
    "boxes",
    "char_start",
    "char_end",
    "places",
    "raw",
    "cells",
    "joins",
    "extra",
    "evidence",
    "page_labels",
    "sort_key",
}
"""Columns for programs: left out of a page that has no columns of its own."""


FORMS = {"json": "list", "real": "number", "boolean": "yes"}
"""How a column is written that no file says anything about, by its type; else its Chinese word or itself."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One column of a page: the column of the table, how it is written, and the words above it."""

    name: str
    form: str
    heading: str


@cache
def _told() -> Mapping[str, Any]:
    with resources.files("kb.site").joinpath("listing.toml").open("rb") as source:
        return tomllib.load(source)


@cache
def listed(table: str) -> tuple[Shown, ...]:
    """The columns that the page of a table shows: those of `listing.toml`, else all that a person can read."""
    own = _told().get(table, {}).get("columns")
    if own is not None:
        return tuple(Shown(c["name"], c["form"], c.get("heading", labels.column(table, c["name"]))) for c in own)
    known = schema.tables().get(table)
    return tuple(
        Shown(c.name, FORMS.get(c.type, "label"), labels.column(table, c.name))
        for c in (known.columns if known else ())
        if c.name not in PLACES
    )


def facets_in_order(found: Iterable[Mapping[str, Any]], told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Facet results in the order of the metadata, those that the address asked for behind."""
    names = [next(iter(f.values())) if isinstance(f, dict) else f for f in told.get("facets", ())]
    return sorted(found, key=lambda f: names.index(f["name"]) if f["name"] in names else len(names))


OPERATORS = {
    "exact": "=",
    "not": "≠",
    "contains": "含",
    "arraycontains": "含",
    "arraynotcontains": "不含",
    "gt": ">",
    "gte": "≥",
    "lt": "<",
    "lte": "≤",
    "isnull": "未載明",
    "notnull": "已載明",
    "isblank": "未載明",
    "notblank": "已載明",
    "startswith": "開頭為",
    "endswith": "結尾為",
    "in": "為其中之一",
    "like": "符合",
    "notlike": "不符合",
    "notcontains": "不含",
    "notin": "不為其中之一",
    "glob": "符合",
    "date": "日期",
}
MOST_OF_SEVERAL = 5
"""Values of `in` that are told one by one."""


def filters_in_words(table: str, query_string: str) -> list[tuple[str, str]]:
    """Every filter of an address in words, with the address that lacks it."""
    pairs = parse_qsl(query_string, keep_blank_values=True)
    known = schema.tables().get(table)
    told = []
    for at, (name, value) in enumerate(pairs):
        column, _, operator = name.partition("__")
        if name.startswith("_") or not value or (known is not None and column not in known.names):
            continue
        rest = [p for i, p in enumerate(pairs) if i != at and p[0] != "_next"]
        sign = OPERATORS.get(operator or "exact", operator)
        text = f"{labels.column(table, column)} {sign}"
        if operator not in WITHOUT_VALUE:
            text += f" {_value_in_words(table, column, operator, value)}"
        told.append((text.replace(" = ", "："), f"?{urlencode(rest)}"))
    return told


def _value_in_words(table: str, column: str, operator: str, value: str) -> str:
    if operator not in ("in", "notin"):
        return in_words(table, column, value)
    told = [in_words(table, column, item) for item in items(value)]
    more = f" 等 {len(told)} 項" if len(told) > MOST_OF_SEVERAL else ""
    return "、".join(told[:MOST_OF_SEVERAL]) + more


def without_page(query_string: str, **more: str) -> str:
    """The query string without the place in the pages, with other values put in."""
    kept = [p for p in parse_qsl(query_string, keep_blank_values=True) if p[0] != "_next" and p[0] not in more]
    return urlencode([*kept, *((name, value) for name, value in more.items() if value)])
