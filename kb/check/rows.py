"""Tables of rows outside annex one: emissions, indicators, comments, captions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from kb.check.model import Doubt
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Row, Stored

YEARLY = ("target", "actual", "corrected")
TOLERANCE = 0.02
"""Of a running sum: numbers are rounded to three or four digits."""
EXPECTED = {
    "emissions": ("排放",),
    "indicators": ("評量指標", "衡量指標"),
    "comments": ("委員意見", "審查意見", "意見回復", "意見辦理", "意見處理"),
    "cases": ("亮點", "推動案例"),
}
"""Table -> words of a heading or caption that let expect rows in it."""


def check_rows(stored: Stored) -> Iterator[Doubt]:
    """Doubts about the tables outside annex one."""
    yield from _missing_tables(stored)
    yield from _emissions(stored)
    yield from _comments(stored)
    yield from _indicators(stored)
    yield from _numbers_of(stored)


def _missing_tables(stored: Stored) -> Iterator[Doubt]:
    for table, words in EXPECTED.items():
        if stored[table]:
            continue
        headings = [(s["heading"], s["page"]) for s in stored["sections"]]
        headings += [(t["caption"] or "", t["page"]) for t in stored["tables"]]
        for heading, page in headings:
            if any(word in heading for word in words):
                yield Doubt("unread:table", table, None, None, f"有「{heading}」，未讀出任何資料列", 0.1, heading, page)
                break


def _emissions(stored: Stored) -> Iterator[Doubt]:
    rows = sorted(stored["emissions"], key=lambda row: row["year"])
    for before, after in pairwise(rows):
        if after["year"] != before["year"] + 1 and after["year"] - before["year"] < 5:
            year = before["year"] + 1
            key = f"{stored.report_id}/emission/{year}"
            yield Doubt("gap:year", "emissions", key, None, f"缺 {year} 年", 0.2, "", after["page"])
    for column in YEARLY:
        yield from _running_sums(rows, column)
    for column in (*YEARLY, "grid_factor", *(f"cumulative_{c}" for c in YEARLY)):
        yield from _holes(rows, column)
        yield from _jumps(rows, column)


def _running_sums(rows: Sequence[Row], column: str) -> Iterator[Doubt]:
    """A cumulative value that is not the one before and the year's own."""
    cumulative = f"cumulative_{column}"
    for before, after in pairwise(rows):
        values = (before[cumulative], after[column], after[cumulative])
        if after["year"] != before["year"] + 1 or any(v is None for v in values):
            continue
        first, own, last = values
        if abs(first + own - last) > TOLERANCE * abs(last):
            for name in (column, cumulative):
                reason = f"累計 {last} 不等於前一年累計 {first} 加當年 {own}"
                yield Doubt("odd:sum", "emissions", after["id"], name, reason, 0.4, str(last), after["page"])


def _holes(rows: Sequence[Row], column: str) -> Iterator[Doubt]:
    """A year without a value between years that have one."""
    filled = [row["year"] for row in rows if row[column] is not None]
    for row in rows:
        if row[column] is None and filled and filled[0] < row["year"] < filled[-1]:
            yield Doubt("empty:field", "emissions", row["id"], column, "前後年有值，當年沒有", 0.3, "", row["page"])


def _jumps(rows: Sequence[Row], column: str) -> Iterator[Doubt]:
    """A value that is a tenth or ten times of the one before: a unit or a column was taken for another."""
    filled = [row for row in rows if row[column]]
    for before, after in pairwise(filled):
        ratio = after[column] / before[column]
        if ratio > 10 or ratio < 0.1 or (column not in ("grid_factor",) and "cumulative" not in column and ratio > 3):
            reason = f"與前一筆 {before[column]} 相差過大"
            yield Doubt("odd:jump", "emissions", after["id"], column, reason, 0.4, str(after[column]), after["page"])


def _comments(stored: Stored) -> Iterator[Doubt]:
    for row in stored["comments"]:
        for column in ("comment", "reply"):
            if not folded(row[column]):
                yield Doubt("empty:field", "comments", row["id"], column, "意見或回復空白", 0.3, "", row["page"])
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in stored["comments"]:
        groups.setdefault((row["reviewer"], row["round"]), []).append(row)
    for (reviewer, _), rows in groups.items():
        numbers = [int(r["number"]) for r in rows if r["number"] and str(r["number"]).isdecimal()]
        for before, after in pairwise((0, *numbers)):
            if after != before + 1:
                row = next(r for r in rows if r["number"] and str(r["number"]) == str(after))
                reason = f"{reviewer} 的意見 {after} 不接在 {before or '開頭'} 之後"
                for column in ("comment", "reply"):
                    yield Doubt("gap:comment", "comments", row["id"], column, reason, 0.3, "", row["page"])


def _indicators(stored: Stored) -> Iterator[Doubt]:
    for row in stored["indicators"]:
        for column in ("name", "target", "result"):
            if not folded(row[column]):
                yield Doubt("empty:field", "indicators", row["id"], column, "指標欄位空白", 0.3, "", row["page"])


def _numbers_of(stored: Stored) -> Iterator[Doubt]:
    """Tables and figures whose numbers leave one out."""
    for table in ("tables", "figures"):
        numbers = sorted(
            {
                int(r["number"])
                for r in stored[table]
                if r["number"] and regex.fullmatch(r"\d+", r["number"], timeout=TIMEOUT)
            }
        )
        for number in range(1, numbers[-1] if numbers else 1):
            if number not in numbers:
                yield Doubt("gap:caption", table, None, "number", f"沒有讀到編號 {number}", 0.3, str(number))
