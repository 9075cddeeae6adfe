"""Rows of other tables by what the site calls them: 措施 等於 1.1.1 推動製造部門低碳生產."""

from __future__ import annotations

import sqlite3

import regex

from kb import schema
from kb.schema import Column, Table
from kb.site import labels
from kb.site.metadata import LABELS
from kb.site.numbers import report_name
from kb.site.readers import NotUnderstood
from kb.text import fold

KEY = regex.compile(r"[a-z0-9_]+(?:[-/~.][A-Za-z0-9_]+)+[/~.A-Za-z0-9_-]*")
"""What looks like a key, or the first part of one. A link with it outlives a row that is gone: no fault, no rows."""
MOST = 20
"""Rows that one name may stand for: their keys go into every link of the page."""


def target(column: Column) -> Table | None:
    """The table whose keys the column holds, None where it holds none. The log of reading names reports loosely."""
    name = column.references or ("reports" if column.name == "report_id" else None)
    return schema.tables()[name] if name else None


def keys(conn: sqlite3.Connection, target: Table, words: str, *, is_part: bool) -> list[str] | None:
    """Keys of the rows that are called so, or whose name has these words in it; None where the words are a key.

    Raises `NotUnderstood` where no row is called so, or too many are.
    """
    if KEY.fullmatch(words) or (not is_part and _is_key(conn, target, words)):
        return None
    found = _reports(conn, words, is_part) if target.name == "reports" else _named(conn, target, words, is_part)
    name = labels.table(target.name)
    if not found:
        raise NotUnderstood(f"沒有名稱{'含' if is_part else '為'}「{words}」的{name}")
    if len(found) > MOST:
        raise NotUnderstood(f"名稱含「{words}」的{name}超過 {MOST} 項，請寫得更完整")
    return found


def _is_key(conn: sqlite3.Connection, target: Table, words: str) -> bool:
    sql = f"select 1 from {target.name} where {target.keys[0]} = ?"  # noqa: S608 - names of the schema
    return conn.execute(sql, (words,)).fetchone() is not None


def _reports(conn: sqlite3.Connection, words: str, is_part: bool) -> list[str]:
    """By the short name too, which is in no column: 製造 113."""
    wanted = fold(words)
    found = []
    for key, title in conn.execute("select id, title from reports order by id"):
        called = [fold(report_name(key)), fold(title or "")]
        if any(wanted in name if is_part else wanted == name for name in called):
            found.append(str(key))
    return found


def _named(conn: sqlite3.Connection, target: Table, words: str, is_part: bool) -> list[str]:
    label = LABELS.get(target.name, target.keys[0])
    number = next((name for name in ("code", "number") if name in target.names), None)
    called = f"coalesce({number} || ' ', '') || coalesce({label}, '')" if number else label
    test = f"instr({called}, :words)" if is_part else f":words in ({label}, {called})"
    sql = f"select {target.keys[0]} from {target.name} where {test} limit {MOST + 1}"  # noqa: S608 - names of the schema
    return [str(key) for (key,) in conn.execute(sql, {"words": words})]
