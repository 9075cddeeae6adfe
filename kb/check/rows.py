"""Tables of rows outside annex one: indicators, comments, captions; tables that gave no rows, rows put together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from kb.check.model import Doubt
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Row, Stored

EXPECTED = {
    "emissions": ("排放情形", "排放值", "排放量"),
    "indicators": ("評量指標", "衡量指標"),
    "comments": ("委員意見", "審查意見", "意見回復", "意見辦理", "意見處理", "意見內容"),
    "cases": ("亮點", "推動案例"),
}
"""Table -> words of a heading, a caption or a header that let expect rows in it."""
NUMBER = regex.compile(r"[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、]?")
MOST_COMMENTS = 40
"""Of one reviewer in one round; a larger number is several that were put together. 12 may be 1 and 2, and is then told
by the gap before it."""


def check_rows(stored: Stored) -> Iterator[Doubt]:
    """Doubts about the tables outside annex one."""
    for table in EXPECTED:
        yield from _nothing_read(stored, table)
    yield from _comments(stored)
    yield from _indicators(stored)
    yield from _captions(stored)


def _nothing_read(stored: Stored, table: str) -> Iterator[Doubt]:
    """A table of which the report speaks and no row was read."""
    if stored[table]:
        return
    for words, page in _announced(stored):
        if any(word in words for word in EXPECTED[table]):
            yield Doubt(
                "unread:table", table, None, None, f"有「{words[:40]}」，未讀出任何資料列", 0.1, words[:120], page
            )
            return


def _announced(stored: Stored) -> Iterator[tuple[str, int | None]]:
    """Headings, captions and headers, and the first words of paragraphs, where a caption without its table may be."""
    for section in stored["sections"]:
        yield section["heading"] or "", section["page"]
    for table in stored["tables"]:
        yield table["caption"] or "", table["page"]
        for row in table["cells"][: max(1, table["header_rows"])]:
            yield " ".join(cell for cell in row if len(cell) < 30), table["page"]
    for section in stored["sections"]:
        for line in (section["text"] or "").split("\n"):
            if regex.match(r"\s*[表圖]\s*[\d一二三四五六七八九十]", line, timeout=TIMEOUT):
                yield line, section["page"]


def _comments(stored: Stored) -> Iterator[Doubt]:
    together = False
    for row in stored["comments"]:
        fault = _fault_of_comment(row)
        if fault is None:
            continue
        together = together or fault == TOGETHER
        for column in ("reviewer", "number", "comment", "reply"):
            yield Doubt("odd:comment", "comments", row["id"], column, fault, 0.2, row["comment"][:120], row["page"])
    if together:
        yield Doubt("glued:rows", "comments", None, None, "有意見合併成一列，其後的意見未分列讀出", 0.1)
    yield from _comment_numbers(stored)


TOGETHER = "數則意見合併成一列"


def _fault_of_comment(row: Row) -> str | None:
    """What is wrong with a comment: several in one, a header among its words, nothing in it."""
    number = folded(row["number"])
    if number and (not NUMBER.fullmatch(number, timeout=TIMEOUT) or _value(number) > MOST_COMMENTS):
        return TOGETHER
    lines = [len([x for x in (row[c] or "").split("\n") if x.strip()]) for c in ("comment", "reply")]
    if row["number"] and number.isdigit() and len(number) == lines[0] == lines[1] > 1:
        return TOGETHER
    if not folded(row["comment"]) or not folded(row["reply"]):
        return "意見或回復空白"
    first = folded((row["comment"] or "").split("\n")[0])
    if len(first) < 8 and any(word in first for word in ("意見", "序號", "編號", "項次")):
        return "意見中有表頭文字"
    return None


def _value(number: str) -> int:
    digits = "".join(c for c in number if c.isdigit())
    return int(digits) if digits else 0


def _comment_numbers(stored: Stored) -> Iterator[Doubt]:
    """Numbers of a reviewer's comments that leave one out."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in stored["comments"]:
        groups.setdefault((row["reviewer"], row["round"]), []).append(row)
    for (reviewer, _), rows in groups.items():
        numbered = [(int(r["number"]), r) for r in rows if r["number"] and str(r["number"]).isdecimal()]
        for (before, _row), (after, row) in pairwise([(0, row) for row in rows[:1]] + numbered):
            if before + 1 < after <= MOST_COMMENTS:
                reason = f"{reviewer} 的意見 {after} 不接在 {before or '開頭'} 之後"
                for column in ("number", "comment", "reply"):
                    yield Doubt("gap:comment", "comments", row["id"], column, reason, 0.3, "", row["page"])
                yield Doubt("gap:comment", "comments", None, None, reason, 0.2, "", row["page"])


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
