"""Texts that look cut, put together wrongly, or read twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kb.check.cells import doubts_of_cell
from kb.check.model import Doubt, Fault
from kb.check.printed import CUT_LINE, INNER_MARK, TIMEOUT, begins_amid, ends_amid, folded, is_ended, is_open, repeated
from kb.check.stored import Row, Stored

MOSTLY = 0.7
"""Share of a column's texts that end with a full stop from which one that does not looks cut."""
SHARED = 30
"""Characters that two measures do not share by chance."""

TEXTS = (
    ("measures", "plan"),
    ("targets", "text"),
    ("results", "text"),
    ("comments", "comment"),
    ("comments", "reply"),
)
"""Table and column of running text."""
NAMES = (("measures", "name"), ("strategies", "title"), ("measures", "category"), ("indicators", "name"))
"""Table and column of short names, which have brackets but no full stops."""


def check_texts(stored: Stored) -> Iterator[Doubt]:
    """Doubts about texts."""
    for table, column in TEXTS:
        rows = [row for row in stored[table] if row[column]]
        ended = sum(is_ended(row[column]) for row in rows)
        wants_end = ended < len(rows) and ended >= MOSTLY * len(rows)
        for row in rows:
            if fault := _fault(row[column], wants_end=wants_end, is_title=False) or _inner_fault(table, row[column]):
                yield _doubt(table, row, column, fault)
    for table, column in NAMES:
        for row in stored[table]:
            if row[column] and (fault := _fault(row[column], wants_end=False, is_title=True)):
                yield _doubt(table, row, column, fault)
    yield from _ordinals(stored)
    yield from _told_twice(stored)


def _doubt(table: str, row: Row, column: str, fault: Fault) -> Doubt:
    words = str(row[column])[:120]
    return Doubt(fault.rule, table, row["id"], column, fault.reason, fault.certainty, words, row["page"])


def _fault(text: str, *, wants_end: bool, is_title: bool) -> Fault | None:
    """Rule, reason and certainty of the first thing that looks wrong in a text."""
    if is_open(text):
        return Fault("cut:bracket", "括號或引號不成對", 0.3)
    if begins_amid(text):
        return Fault("cut:start", "文字從句中開始", 0.2)
    if ends_amid(text):
        return Fault("cut:end", "文字在句中結束", 0.2)
    if is_title and ("。" in text or "\n" in text.strip()):
        return Fault("odd:name", "名稱中有句號或換行", 0.3)
    if wants_end and not is_ended(text):
        return Fault("cut:end", "沒有結尾的標點，同欄其他文字多有", 0.3)
    return None


def _inner_fault(table: str, text: str) -> Fault | None:
    """As `_fault`, for what long replies hold and cells of annex one do not: item marks, words that come again."""
    if table == "comments":
        return None
    if piece := repeated(text):
        return Fault("twice:words", f"「{piece}」出現兩次", 0.4)
    if CUT_LINE.search(text, timeout=TIMEOUT):
        return Fault("cut:line", "句中換行，可能是跨頁或跨欄未接好", 0.4)
    if INNER_MARK.search(text, timeout=TIMEOUT):
        return Fault("cut:items", "文字中仍有項次", 0.4)
    return None


def _ordinals(stored: Stored) -> Iterator[Doubt]:
    """Items whose numbers do not follow one another: 1, 2, 4."""
    for measure in stored["measures"]:
        for side in ("targets", "results"):
            items = stored.items(measure, side)
            numbers = [str(item["ordinal"]) if item["ordinal"] is not None else "" for item in items]
            for at, (before, number) in enumerate(pairwise(("", *numbers))):
                if number and not _follows(before, number):
                    reason = f"項次 {number} 不接在 {before or '開頭'} 之後"
                    yield Doubt(
                        "gap:item",
                        side,
                        items[at]["id"],
                        "text",
                        reason,
                        0.3,
                        items[at]["text"][:120],
                        items[at]["page"],
                    )


def _follows(before: str, number: str) -> bool:
    """Whether an item's number may come after another: 2 after 1 or 1.3, 1.1 after 1, 1 at the start."""
    last = [int(p) for p in before.split(".") if p.isdigit()]
    this = [int(p) for p in number.split(".") if p.isdigit()]
    if not this or len(this) > len(last) + 1:
        return len(this) == 2 and not last and this[-1] == 1
    if len(this) == len(last) + 1:
        return this[:-1] == last and this[-1] == 1
    return this[:-1] == last[: len(this) - 1] and this[-1] == last[len(this) - 1] + 1


def _told_twice(stored: Stored) -> Iterator[Doubt]:
    """Texts of a measure that stand in its neighbour's text among others: two rows were put together. A text that is
    the same in both is more likely a cell merged over them."""
    for before, after in pairwise(stored["measures"]):
        for column in ("plan", "target", "result"):
            one, two = folded(before[column]), folded(after[column])
            if min(len(one), len(two)) < SHARED:
                continue
            if one != two and (one in two or two in one):
                row, other = (before, after) if two in one else (after, before)
                reason = f"含有相鄰措施 {other['code']} 的文字"
                yield from doubts_of_cell(stored, row, column, Fault("twice:neighbour", reason, 0.3))
