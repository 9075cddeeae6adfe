"""Two years of a sector beside each other."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb.site import comparing
from kb.site.site import Asked

TITLES = {
    "changed": "同一措施，內容有變更",
    "moved": "更名、移位、合併或拆分",
    "same": "同一措施，內容相同",
    "new": "新增",
    "gone": "未續列",
}


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any] | None:
    """The pair that the address names (`?from=…&to=…`), else the last one; None for reports that were not compared."""
    pairs = comparing.pairs(conn)
    first, second = asked.text("from"), asked.text("to")
    found: dict[str, Any] = {"pairs": pairs, "titles": TITLES, "chosen": None}
    if not first and not second:
        if not pairs:
            return found
        first, second = (str(report["id"]) for report in max(pairs, key=lambda pair: pair[1]["year"]))
    if (first, second) not in [(a["id"], b["id"]) for a, b in pairs]:
        return None
    return found | {"chosen": (first, second)} | comparing.compared(conn, first, second)
