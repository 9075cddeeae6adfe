"""The outline: headings whose numbers leave one out, and lines of text that look like the heading that is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from kb.check.figures import words
from kb.check.model import Doubt
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Row, Stored

FORMAL = "壹貳參肆伍陸柒捌玖拾"
NUMERALS = "一二三四五六七八九十"
NUMBER = regex.compile(rf"^(?P<open>[(第]?)(?P<number>\d{{1,2}}|[{FORMAL}]|[{NUMERALS}]{{1,3}})(?P<close>[)、.章節]*)$")
"""A heading's number of one part; 1.1 and the like leave no gap that is told here."""
LINE = regex.compile(
    rf"^(?P<number>第[{NUMERALS}]{{1,3}}[章節]|\((?:\d{{1,2}}|[{NUMERALS}]{{1,3}})\)|[{FORMAL}{NUMERALS}]{{1,3}}、|\d{{1,2}}[.、])"
    r"\S.{1,30}$"
)
"""A short line with a number before it."""


def check_outline(stored: Stored) -> Iterator[Doubt]:
    """Doubts about headings, and about the cases that stand under them."""
    by_id = {row["id"]: row for row in stored["sections"]}
    for before, row, reason in _gaps(stored["sections"]):
        yield Doubt("gap:heading", "sections", row["id"], "number", reason, 0.3, row["heading"], row["page"])
        if _is_highlight(before, by_id) or _is_highlight(row, by_id):
            yield Doubt("gap:heading", "cases", None, None, reason, 0.2, row["heading"], row["page"])
            yield from _swallowing(stored, before, reason)


def _gaps(sections: Sequence[Row]) -> Iterator[tuple[Row, Row, str]]:
    """Heading before a gap, heading behind it, and what is missing between them."""
    last: dict[tuple[object, str, str, str], tuple[int, Row]] = {}
    for row in sections:
        match = NUMBER.match(folded(row["number"]), timeout=TIMEOUT)
        number = _value(match["number"]) if match else None
        if match is None or number is None:
            continue
        style = (row["parent_id"], match["open"], match["close"], _script(match["number"]))
        before = last.get(style)
        if before is not None and 1 < number - before[0] < 5:
            yield before[1], row, f"標題 {row['number']} 之前缺少一個標題（前一個為 {before[1]['number']}）"
        elif before is None and 1 < number < 5 and row["level"] > 1:
            above = next((s for s in sections if s["id"] == row["parent_id"]), row)
            yield above, row, f"標題 {row['number']} 之前沒有第一個標題"
        last[style] = (number, row)


def _script(number: str) -> str:
    return "digit" if number.isdigit() else "formal" if number in FORMAL else "chinese"


def _value(number: str) -> int | None:
    if number.isdigit():
        return int(number)
    if number in FORMAL:
        return FORMAL.index(number) + 1
    tens, ten, ones = number.rpartition("十")
    if len(number) == 1 and not ten:
        return NUMERALS.index(number) + 1
    if not ten or len(tens) > 1 or len(ones) > 1:
        return None
    return (NUMERALS.index(tens) + 1 if tens else 1) * 10 + (NUMERALS.index(ones) + 1 if ones else 0)


def _is_highlight(row: Row, by_id: dict[str, Row]) -> bool:
    """Whether a heading, or one above it, is that of the highlights."""
    above: Row | None = row
    while above is not None:
        if any(word in folded(above["heading"]) for word in words()["parts"]["cases"]):
            return True
        above = by_id.get(above["parent_id"])
    return False


def _swallowing(stored: Stored, before: Row, reason: str) -> Iterator[Doubt]:
    """The case before a gap, which holds the next one's words, with its figures."""
    for case in stored["cases"]:
        if folded(case["title"]) == folded(before["heading"]):
            yield Doubt("gap:heading", "cases", case["id"], "text", reason, 0.3, case["title"], case["page"])
            for figure in stored["quantities"]:
                if figure["case_id"] == case["id"]:
                    for column in ("case_id", "kind"):
                        yield Doubt(
                            "gap:heading",
                            "quantities",
                            figure["id"],
                            column,
                            reason,
                            0.4,
                            figure["quote"],
                            case["page"],
                        )


def next_heading(text: str, number: str | None) -> str | None:
    """A line of a text that has the number behind a heading's own, (3) behind (2), and the shape of a heading; None
    without one."""
    match = NUMBER.match(folded(number), timeout=TIMEOUT)
    value = _value(match["number"]) if match else None
    if match is None or value is None:
        return None
    for line in text.split("\n"):
        bare = folded(line)
        found = LINE.match(bare, timeout=TIMEOUT)
        after = NUMBER.match(found["number"], timeout=TIMEOUT) if found else None
        if after is None or bare[-1] in "。；，、：;:,.":
            continue
        same = (after["open"], after["close"]) == (match["open"], match["close"])
        if same and _script(after["number"]) == _script(match["number"]) and _value(after["number"]) == value + 1:
            return line.strip()
    return None
