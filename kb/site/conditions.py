"""A condition in the words of the site, put into those of the database: 狀態 等於 推動中 is `status=active`.

The site shows ROC years, labels, 億 and 萬, per cent and lists; who copies one of them into a filter means that value.
`RULES` are tried in order, each gives the conditions or None where the column is none of its kind. What a column cannot
hold raises `NotUnderstood`: an empty table would say that there is nothing. Translating again changes nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from kb import schema
from kb.ranked import Filters
from kb.schema import Column, Table
from kb.site import labels, references, wording
from kb.site.readers import NotUnderstood, reader
from kb.text import fold

WITHOUT_VALUE = ("isnull", "notnull", "isblank", "notblank")
AS_WRITTEN = ("like", "notlike", "glob", "date")
"""Operators of who knows the database."""
FUZZY: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, part: part in text,
    "startswith": str.startswith,
    "endswith": str.endswith,
}
SEVERAL = {"exact": "in", "contains": "in", "startswith": "in", "endswith": "in", "not": "notin"}
CLOSED = ("status", "role", "severity", "scope", "kind", "comparator", "outcome")
"""Columns that hold nothing but the words that `labels.csv` has for them."""
UNSAID = "未載明"
MOST_TOLD = 24
"""Values named where one is not understood."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of an address: `operator` as Datasette names it, `exact` where the address names none."""

    column: str
    operator: str
    value: str

    @property
    def pair(self) -> tuple[str, str]:
        """As it stands in an address; facets know a chosen value by its plain name."""
        return (self.column if self.operator == "exact" else f"{self.column}__{self.operator}"), self.value


Rule = Callable[[sqlite3.Connection, Table, Column, Condition], list[Condition] | None]


def translated(conn: sqlite3.Connection, table: Table, asked: Condition) -> list[Condition]:
    """The conditions that the database is asked. Raises `NotUnderstood`."""
    if asked.operator in WITHOUT_VALUE:
        return [replace(asked, value="1")]
    column = wording.column_of(table.name, asked.column)
    if column is None or asked.operator in AS_WRITTEN:
        return [asked]
    for rule in RULES:
        found = rule(conn, table, column, asked)
        if found is not None:
            return found
    return [asked]


def items(value: str) -> list[str]:
    """The values of `in`: a JSON list, or words with commas between. Commas within a number are none."""
    if value.startswith("["):
        try:
            told = json.loads(value)
        except ValueError as error:
            raise NotUnderstood(f"「{value}」不是清單") from error
        return [str(item) for item in told]
    return [part.strip() for part in value.split(",")]


def _joined(values: Iterable[str]) -> str:
    found = list(values)
    return json.dumps(found, ensure_ascii=False) if any("," in v or v[:1] in " [" for v in found) else ",".join(found)


def _any_of(asked: Condition, found: list[str]) -> list[Condition]:
    """One of these values, or none of them where the operator says not."""
    if len(found) == 1:
        return [Condition(asked.column, "not" if asked.operator == "not" else "exact", found[0])]
    return [Condition(asked.column, SEVERAL[asked.operator], _joined(found))]


def _unsaid(_: sqlite3.Connection, table: Table, column: Column, asked: Condition) -> list[Condition] | None:
    """未載明 is what the site writes where there is nothing."""
    if fold(asked.value) != fold(UNSAID) or asked.operator not in ("exact", "not"):
        return None
    if any(labels.value(labelled_as(table, column), v) == UNSAID for v in vocabulary(table, column)):
        return None
    if column.type == "json":
        return [replace(asked, value="[]")]
    return [Condition(asked.column, "isblank" if asked.operator == "exact" else "notblank", "1")]


def labelled_as(table: Table, column: Column) -> str:
    """Under which name `labels.csv` has the words of the column."""
    return wording.labelled_as(table.name, column.name)


AMONG = {"exact": "arraycontains", "not": "arraynotcontains", "contains": "contains"}


def _lists(conn: sqlite3.Connection, table: Table, column: Column, asked: Condition) -> list[Condition] | None:
    """A list is asked for what it holds: 等於 an agency means that it is among them, `A、B` that both are."""
    name = labels.column(table.name, column.name)
    if column.type != "json":
        if asked.operator in AMONG.values() and asked.operator not in AMONG:
            raise NotUnderstood(f"「{name}」不是清單，請用「含」")
        return None
    if asked.operator in ("in", "notin"):
        raise NotUnderstood(f"「{name}」是清單，請用「含」，一次一項")
    if asked.value.startswith("[") and asked.operator in ("exact", "not"):
        return [asked]
    operator = AMONG.get(asked.operator, asked.operator)
    parts = [part.strip() for part in asked.value.split("、")] if asked.operator in AMONG else [asked.value]
    if column.name == "agencies" and operator != "contains":
        # The column has the names of today; a former one is the same agency.
        parts = [Filters(agency=part).by_names_today(conn).agency or part for part in parts]
    return [Condition(asked.column, operator, part) for part in parts if part]


def _numbers(_: sqlite3.Connection, table: Table, column: Column, asked: Condition) -> list[Condition] | None:
    """Years, yes and no, money, shares, amounts. 含 is meant as 等於: the digits within a number mean nothing."""
    read = reader(table.name, column)
    if read is None or asked.operator in ("startswith", "endswith"):
        return None
    if asked.operator in ("in", "notin"):
        return [replace(asked, value=",".join(read(item) for item in items(asked.value)))]
    operator = "exact" if asked.operator == "contains" else asked.operator
    return [Condition(asked.column, operator, read(asked.value))]


def _relations(_: sqlite3.Connection, table: Table, column: Column, asked: Condition) -> list[Condition] | None:
    """更名、移位 is kept as `renamed+moved`."""
    if column.name != "relation" or asked.operator not in ("exact", "not", *FUZZY):
        return None
    stored = {fold(zh): value for (name, value), zh in labels.values().items() if name == "relation"}
    parts = [part for part in asked.value.replace("+", "、").split("、") if part.strip()]
    known = [stored.get(fold(part), part.strip()) for part in parts]
    if not known or set(known) - set(stored.values()):
        raise _none_of(asked, table, column, list(stored.values()))
    return [replace(asked, value="+".join(known))]


def _labelled(conn: sqlite3.Connection, table: Table, column: Column, asked: Condition) -> list[Condition] | None:
    """Values that the site shows by a word; both the word and the value are understood."""
    words = vocabulary(table, column)
    if not words or asked.operator not in (*SEVERAL, "in", "notin"):
        return None
    if asked.operator in ("exact", "not") and asked.value in words:
        return [asked]
    stored = [str(v) for (v,) in conn.execute(f'select distinct "{column.name}" from {table.name}') if v is not None]  # noqa: S608 - names of the schema
    known = list(dict.fromkeys([*words, *stored]))
    if asked.operator in ("in", "notin"):
        found = [v for item in items(asked.value) for v in _equal(table, column, known, item) or [item]]
        return [replace(asked, value=_joined(found))]
    if asked.operator in FUZZY:
        fits, part = FUZZY[asked.operator], fold(asked.value)
        found = [v for v in known if fits(fold(v), part) or any(fits(fold(w), part) for w in _shown(table, column, v))]
        # Words that no row has would only make the address long.
        found = [v for v in found if v in stored] or found
    else:
        found = _equal(table, column, known, asked.value)
    if found:
        return _any_of(asked, found)
    if column.name in CLOSED or (asked.operator in FUZZY and not asked.value.isascii()):
        raise _none_of(asked, table, column, words)
    return [asked]


def vocabulary(table: Table, column: Column) -> list[str]:
    """The values of a column that have words of their own; empty for a column of free text."""
    if column.name == "table_name":
        return list(schema.tables())
    if column.name == "column_name":
        return list(labels.columns_of_all())
    name = labelled_as(table, column)
    found = [value for of, value in labels.values() if of == name]
    if column.name == "kind":
        # Of passages it is the table that they are of, of quantities what they measure.
        found = [v for v in found if (v in schema.tables()) == (table.name == "passages")]
    return found if column.type in ("text", "key") else []


def _shown(table: Table, column: Column, stored: str) -> tuple[str, ...]:
    if column.name == "column_name":
        return labels.columns_of_all().get(stored, (stored,))
    return (wording.in_words(table.name, column.name, stored),)


def _equal(table: Table, column: Column, known: Iterable[str], words: str) -> list[str]:
    wanted = fold(words)
    return [v for v in known if v == words or wanted in {fold(w) for w in _shown(table, column, v)}]


def _none_of(asked: Condition, table: Table, column: Column, known: list[str]) -> NotUnderstood:
    told = list(dict.fromkeys(wording.in_words(table.name, column.name, value) for value in known))
    more = "等" if len(told) > MOST_TOLD else ""
    name = labels.column(table.name, column.name)
    return NotUnderstood(f"「{asked.value}」不是「{name}」的值；可填：{'、'.join(told[:MOST_TOLD])}{more}")


def _references(conn: sqlite3.Connection, _: Table, column: Column, asked: Condition) -> list[Condition] | None:
    """A row of another table by what it is called: the site shows its name, not its key."""
    target = references.target(column)
    if target is None or asked.operator not in ("exact", "not", "contains"):
        return None
    found = references.keys(conn, target, asked.value, is_part=asked.operator == "contains")
    return [asked] if found is None else _any_of(asked, found)


RULES: tuple[Rule, ...] = (_unsaid, _lists, _numbers, _relations, _references, _labelled)
