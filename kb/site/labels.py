"""Chinese words for the values that the database keeps in English, and for its tables and columns."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

import regex

from kb import schema

BRACKET = regex.compile(r"[(（]")


@cache
def values() -> Mapping[tuple[str, str], str]:
    """(column, value) -> Chinese. Statuses of achievements stand under `achievement`."""
    with resources.files("kb.site").joinpath("labels.csv").open(encoding="utf-8") as source:
        return {(line["column"], line["value"]): line["zh"] for line in csv.DictReader(source)}


def value(column: str, stored: object) -> str:
    """The Chinese word for a stored value; the value itself where it has none, `未載明` for null."""
    if stored is None or stored == "":
        return "未載明"
    return values().get((column, str(stored)), str(stored))


def relation(stored: str | None) -> str:
    """A relation between years; several are joined by +."""
    return "、".join(value("relation", part) for part in (stored or "").split("+") if part)


def family(name: str | None) -> str:
    """The family of a rule: 加總 for `sums:years`; its own first word where that has no Chinese one."""
    return value("family", (name or "").partition(":")[0])


def rule(name: str | None) -> str:
    """What a rule looks at, in a few words: 累計與各年之和 for `sums:years`; its family where it has no words yet."""
    return values().get(("rule", name or "")) or family(name)


@cache
def unit(name: str | None) -> str:
    """A canonical unit in Chinese, also one over another: 公里/公升 for `公里/L`."""
    return "/".join(value("canonical_unit", part) for part in (name or "").split("/"))


@cache
def table(name: str) -> str:
    """A table's Chinese name without what stands in brackets behind it."""
    known = schema.tables().get(name)
    return str(BRACKET.split(known.zh)[0]) if known else name


@cache
def column(table_name: str, name: str) -> str:
    """A column's Chinese name without what stands in brackets or behind a colon; the name itself where unknown."""
    known = schema.tables().get(table_name)
    for found in known.columns if known else ():
        if found.name == name:
            return str(BRACKET.split(found.zh.partition("：")[0])[0])
    return name


@cache
def columns_of_all() -> Mapping[str, tuple[str, ...]]:
    """Column -> its Chinese names, in whatever tables it stands."""
    found: dict[str, dict[str, None]] = {}
    for known in schema.tables().values():
        for name in known.names:
            found.setdefault(name, {})[column(known.name, name)] = None
    return {name: tuple(words) for name, words in found.items()}


def column_of_any(name: str) -> str:
    """A column's Chinese name where its table is not known: all that it has, joined."""
    return "／".join(columns_of_all().get(name, (name,)))
