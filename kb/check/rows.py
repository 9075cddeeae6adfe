"""Tables of rows outside annex one: indicators put together, captions left out."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.model import Doubt
from kb.check.printed import folded
from kb.check.stored import Stored


def check_rows(stored: Stored) -> Iterator[Doubt]:
    """Doubts about the tables outside annex one."""
    yield from _indicators(stored)
    yield from _captions(stored)


def _indicators(stored: Stored) -> Iterator[Doubt]:
    together = False
    for row in stored["indicators"]:
        lines = [len((row[c] or "").split("\n")) for c in ("name", "target", "result")]
        is_stacked = lines[0] > 1 and lines[0] in lines[1:]
        together = together or is_stacked
        for column in ("name", "target", "result"):
            fault = "數個指標合併成一列" if is_stacked else "指標欄位空白" if not folded(row[column]) else None
            if fault:
                yield Doubt("odd:indicator", "indicators", row["id"], column, fault, 0.2, row["name"], row["page"])
    if together:
        yield Doubt("glued:rows", "indicators", None, None, "有指標合併成一列，未分列讀出", 0.1)


def _captions(stored: Stored) -> Iterator[Doubt]:
    """Tables and figures whose numbers leave one out."""
    for table in ("tables", "figures"):
        found = {row["number"] for row in stored[table] if row["number"]}
        numbers = sorted({int(n) for n in found if n.isdecimal()})
        for number in range(1, numbers[-1] if numbers else 1):
            if number not in numbers:
                yield Doubt("gap:caption", table, None, "number", f"沒有讀到編號 {number}", 0.3, str(number))
