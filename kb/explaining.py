"""The text behind a row's key, with what surrounds it: so that a figure can be read again and explained."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from kb.errors import NothingToDo

OWNERS = {"target_id": "targets", "result_id": "results", "case_id": "cases", "claim_id": "claims"}
"""Column of `quantities` -> table of the text that states the figure."""
SENTENCES = {
    "targets": "select t.text, m.year, m.name, t.measure_id, t.position, t.ordinal from targets t "
    "join measures m on m.id = t.measure_id where t.id = ?",
    "results": "select t.text, m.year, m.name, t.measure_id, t.position, t.ordinal from results t "
    "join measures m on m.id = t.measure_id where t.id = ?",
    "cases": "select text, year, title, null, 0, null from cases where id = ?",
    "claims": "select c.text, r.year, coalesce(s.heading, ''), null, 0, null from claims c "
    "join reports r on r.id = c.report_id left join sections s on s.id = c.section_id where c.id = ?",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """A text as the reading met it: the report's Gregorian year, the preambles over it, what it is about."""

    text: str
    year: int | None
    lead: tuple[str, ...]
    topic: str
    register: Literal["item", "case", "claim"]


def passage(conn: sqlite3.Connection, key: str) -> Passage:
    """The text of a target, result, case or claim, or the one that a quantity stands in. Raises `NothingToDo`."""
    owner = conn.execute(f"select {', '.join(OWNERS)} from quantities where id = ?", (key,)).fetchone()  # noqa: S608
    tables = SENTENCES
    if owner is not None:
        key, table = next((k, OWNERS[column]) for k, column in zip(owner, OWNERS, strict=True) if k is not None)
        tables = {table: SENTENCES[table]}
    for table, sql in tables.items():
        row = conn.execute(sql, (key,)).fetchone()
        if row is not None:
            text, year, topic, measure, position, ordinal = row
            register: Literal["item", "case", "claim"] = (
                "case" if table == "cases" else "claim" if table == "claims" else "item"
            )
            lead = _lead(conn, table, measure, position, ordinal) if measure else ()
            return Passage(text, year, lead, topic, register)
    raise NothingToDo(f"{key}: no target, result, case, claim or quantity has this key; kb search finds keys")


def _lead(conn: sqlite3.Connection, table: str, measure: str, position: int, ordinal: str | None) -> tuple[str, ...]:
    """The items above that govern one: an unnumbered preamble, and the item whose number its own begins with."""
    above = conn.execute(
        f"select ordinal, text from {table} where measure_id = ? and position < ? order by position",  # noqa: S608
        (measure, position),
    ).fetchall()
    return tuple(
        text
        for number, text in above
        if text.rstrip().endswith(("：", ":")) and (number is None or (ordinal or "").startswith(f"{number}."))
    )
