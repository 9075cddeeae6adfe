"""Two years of a sector beside each other."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb.site import comparing
from kb.site.numbers import report_name
from kb.site.site import Asked, NotThere

TITLES = {
    "changed": "同一措施，內容有變更",
    "moved": "更名、移位、合併或拆分",
    "same": "同一措施，內容相同",
    "new": "新增",
    "gone": "未續列",
}


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The pair that the address names (`?from=…&to=…`), else the last one. Raises `NotThere` for reports that were not
    compared."""
    pairs = comparing.pairs(conn)
    first, second = asked.text("from"), asked.text("to")
    found: dict[str, Any] = {"pairs": pairs, "titles": TITLES, "chosen": None}
    if not first and not second:
        if not pairs:
            return found
        first, second = (str(report["id"]) for report in max(pairs, key=lambda pair: pair[1]["year"]))
    if (first, second) not in [(a["id"], b["id"]) for a, b in pairs]:
        raise NotThere(_lacking(conn, first, second))
    return found | {"chosen": (first, second)} | comparing.compared(conn, first, second)


def _lacking(conn: sqlite3.Connection, first: str, second: str) -> str:
    """Why there is no such comparison, in a sentence."""
    if not first or not second:
        return "網址須載明要比較的兩份報告（from 與 to）。"
    known = {key for (key,) in conn.execute("select id from reports where id in (?, ?)", (first, second))}
    absent = [f"「{key}」" for key in dict.fromkeys((first, second)) if key not in known]
    if absent:
        return f"沒有收錄報告{'、'.join(absent)}。"
    return f"「{report_name(first)}」與「{report_name(second)}」未經比較：僅比較同一部門前後相鄰的兩份報告。"
