"""The page of one row, whatever its table: what all have in common, and the parts that some have of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette.utils import tilde_decode

from kb import schema
from kb.site import cite, crops, labels, numbers
from kb.site.metadata import TITLE
from kb.site.pages import agency, case, measure, owners, report
from kb.site.site import Asked, NotThere, Row, row, rows
from kb.site.text import fullwidth

Part = Callable[[sqlite3.Connection, Asked, dict[str, Any]], dict[str, Any]]

PARTS: dict[str, Part] = {
    "measures": measure.part,
    "cases": case.part,
    "agencies": agency.part,
    "reports": report.part,
    "strategies": owners.strategy,
    "tables": owners.table,
    "emissions": owners.emission,
    "findings": owners.finding,
    "comments": owners.nothing_more,
    "sections": owners.section,
    "measure_links": owners.link,
    "achievements": owners.achievement,
}
PLACES = {"page", "boxes", "char_start", "char_end", "places"}
TOLD_ELSEWHERE = PLACES | {"id", "report_id", "position", "text_start", "text_end", "sort_key"}


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any] | None:
    """None where there is no such table. Raises `NotThere` for a row that it does not have."""
    known = schema.tables().get(asked.path["table"])
    keys = [tilde_decode(part) for part in asked.path["key"].split(",")]
    if known is None or known.is_view or len(known.keys) != len(keys):
        return None
    where = " and ".join(f"{name} = ?" for name in known.keys)
    found = row(conn, f"select * from {known.name} where {where}", *keys)  # noqa: S608 - names of the schema
    if found is None:
        raise NotThere(f"「{labels.table(known.name)}」沒有這一筆：{'、'.join(keys)}")
    of_report = row(conn, "select * from reports where id = ?", found.get("report_id"))
    href = cite.path(known.name, *keys)
    context = {
        "table": known,
        "row": found,
        "report": of_report,
        "title": heading(known.name, found),
        "citation": cite.line(found if known.name == "reports" else of_report, f"{asked.base}{href}", found)
        if known.name == "reports" or of_report
        else f"{TITLE}：{heading(known.name, found)}，{asked.base}{href}",
        "href": href,
        "fields": [
            (c, found[c.name], labels.column(known.name, c.name))
            for c in known.columns
            if c.name not in TOLD_ELSEWHERE and found[c.name] not in (None, "", "[]", "{}")
        ],
        "owner": owner(conn, found),
        "named": named(conn, known, found),
        "corrections": corrections(conn, known.name, keys[0]),
    }
    if known.is_placed:
        context |= place(asked, of_report, found, crops.outlines(found["boxes"]))
    own = PARTS.get(known.name)
    if own is not None:
        context = {"template": f"row_{known.name}.html"} | context | own(conn, asked, context)
    return context


def heading(table: str, found: Row) -> str:
    """What the row is called."""
    for name in ("title", "name", "caption", "heading", "message", "quote", "text"):
        if found.get(name):
            words = " ".join(str(found[n]) for n in ("code", "number") if found.get(n))
            text = f"{words} {found[name]}".strip()
            text = fullwidth(text) if name == "message" else text
            return text if len(text) <= 60 else text[:59] + "…"
    if table == "comments":
        return f"{found['reviewer']} {found['number'] or ''}".strip()
    if table == "emissions":
        return f"{found['sector'] or ''} {numbers.roc(found['year'])} 年排放量".strip()
    if found.get("page"):
        return numbers.nameless(table, found["page"])
    return f"{labels.table(table)} {next(iter(found.values()))}"


def named(conn: sqlite3.Connection, table: schema.Table, found: Row) -> dict[str, str]:
    """Column -> what the row that it refers to is called."""
    told = {}
    for column in table.columns:
        target = schema.tables().get(column.references or "")
        if target is None or found[column.name] is None or len(target.keys) != 1:
            continue
        other = row(conn, f"select * from {target.name} where {target.keys[0]} = ?", found[column.name])  # noqa: S608
        if other is not None:
            told[column.name] = heading(target.name, other)
    return told


def place(asked: Asked, of_report: Row | None, found: Row, outlines: list[crops.Outline]) -> dict[str, Any]:
    """Crops of the pages, or the words of a text file."""
    if of_report is None:
        return {}
    original = asked.state.original(of_report)
    if outlines:
        return {"crops": crops.crops(asked.state.pictures, original, str(of_report["id"]), outlines)}
    if found["char_start"] is not None and original is not None:
        return {"printed": printed(original.read_bytes(), found["char_start"], found["char_end"])}
    return {}


CONTEXT = 160
"""Characters shown before and after the place in a text file."""
ENCODINGS = ("utf-8-sig", "cp950", "big5hkscs")
LONGEST = 4000


def printed(data: bytes, start: int, end: int) -> tuple[str, str, str] | None:
    """The words of a text file before, in and behind a place; None where the file cannot be decoded."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ENCODINGS
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        inside = text[start:end]
        if len(inside) > LONGEST:
            inside = inside[:LONGEST] + "…"
        return text[max(0, start - CONTEXT) : start], inside, text[end : end + CONTEXT]
    return None


def owner(conn: sqlite3.Connection, found: Row) -> tuple[str, str, str] | None:
    """Table, key and name of what the row belongs to."""
    for column, table in (
        ("measure_id", "measures"),
        ("case_id", "cases"),
        ("claim_id", "claims"),
        ("section_id", "sections"),
        ("strategy_id", "strategies"),
        ("parent_id", "sections"),
    ):
        if found.get(column):
            named = row(conn, f"select * from {table} where id = ?", found[column])  # noqa: S608
            if named is not None:
                return table, str(found[column]), heading(table, named)
    return None


def corrections(conn: sqlite3.Connection, table: str, key: str) -> list[dict[str, Any]]:
    """What a person put right in this row."""
    return rows(
        conn,
        "select * from corrections where table_name = ? and row_id = ? and is_applied order by position",
        table,
        key,
    )
