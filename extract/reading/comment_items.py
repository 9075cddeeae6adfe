"""Several comments in one cell and the replies to them in the next, told apart by their numbers.

Only the outermost list of a cell counts: a reply to comment 2 may hold a list (1) (2) of its own. A cell that words
open before any number is no list, but a reply may thank first and then count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extract.documents.model import PlacedText, concat
from extract.documents.numbering import ITEM_STYLES, Numbering, read_numbering
from extract.reading.dates import to_number
from extract.reading.vocabulary import TIMEOUT

Answer = tuple[str | None, PlacedText, PlacedText]
"""Number, comment, reply."""

_OPENINGS = regex.compile(r"(?:^|(?<=[\s。；;：:]))(?=\S)")
_GLUED = regex.compile(r"(\d{1,2})[.．](?=\d)")
_GLUED_TO_YEAR = regex.compile(r"(\d{1,2})[.．](?=(?:1\d\d|20\d\d|9\d)\s*(?:年|[-~–至]))")
_GROUP = regex.compile(r"[(（]?(\d{1,2})\s*(?:[、,，及與和]|[-~–～至])\s*[(（]?(\d{1,2})\s*(?:[)）]|[.．、](?!\d))\s*")
"""One answer to two comments or to a span of them: 2、3. or 2-4."""
_HAN_GROUP = regex.compile(r"([一二三四五六七八九十]{1,3})[、及與和至]([一二三四五六七八九十]{1,3})[、.．]\s*")
_LABELLED = regex.compile(
    r"(?:(?:書面|委員)?(?:意見|建議|問題|提問)|[回答][復覆應]|說明|第|no\.?|[QA問答])\s*"
    r"(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:點|項)?\s*[：:.、．]\s*",
    regex.IGNORECASE,
)
"""意見一：, Q1：, 第 2 點："""
_BULLET = regex.compile(r"[•●◆■▪‧·○◎※-]\s*(?=[(（]?[\d一二三四五六七八九十])")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number in front of an item: its style, its first and last value, how many characters it takes."""

    style: str
    value: int
    last: int
    length: int


@dataclass(frozen=True, slots=True)
class Listed:
    """An item without its number."""

    mark: Mark
    text: PlacedText


def mark_at(text: str, *, is_certain: bool = True) -> Mark | None:
    """The number that a text opens with. 1.113 年 counts as item 1 where its place is certain to open an item."""
    for pattern, style in ((_GROUP, "arabic"), (_HAN_GROUP, "han")):
        if group := pattern.match(text, timeout=TIMEOUT):
            first, last = to_number(group.group(1)) or 0, to_number(group.group(2)) or 0
            if first < last:
                return Mark(f"{style}-bracket" if ")" in group.group() else style, first, last, group.end())
    if labelled := _LABELLED.match(text, timeout=TIMEOUT):
        value = to_number(labelled.group(1)) or 0
        return Mark("label", value, value, labelled.end())
    numbering = read_numbering(text[:40])
    if numbering is not None and numbering.style in ITEM_STYLES and len(numbering.parts) == 1:
        return _single(numbering)
    glued = _GLUED_TO_YEAR.match(text, timeout=TIMEOUT) or (_GLUED.match(text, timeout=TIMEOUT) if is_certain else None)
    if glued:
        value = int(glued.group(1))
        return Mark("arabic", value, value, glued.end())
    return None


def _single(numbering: Numbering) -> Mark:
    return Mark(numbering.style, numbering.parts[0], numbering.parts[0], numbering.length)


def items_of(text: PlacedText) -> list[Listed]:
    """The outermost items of a text that opens with a number; none where it opens with words."""
    found: list[tuple[int, Mark]] = []
    for match in _OPENINGS.finditer(text.text, timeout=TIMEOUT):
        at = match.start()
        if bullet := _BULLET.match(text.text, at, timeout=TIMEOUT):
            at = bullet.end()
        before = text.text[: match.start()].rstrip(" \t　")
        mark = mark_at(text.text[at:], is_certain=not before or before[-1] in "\n。；;")
        if mark is None:
            if not found:
                return []
            continue
        is_line_start = not before or before.endswith("\n")
        if not found or (mark.style == found[0][1].style and _follows(mark, found[-1][1], is_sure=is_line_start)):
            found.append((at, mark))
    ends = [*(at for at, _ in found[1:]), len(text)] if found else []
    return [Listed(mark, text[at + mark.length : end].strip()) for (at, mark), end in zip(found, ends, strict=True)]


def _follows(mark: Mark, last: Mark, *, is_sure: bool) -> bool:
    """Whether a number is the next one; where a line begins one may be missing between."""
    return mark.value == last.last + 1 or (is_sure and last.last < mark.value <= last.last + 2)


def answers(comment: PlacedText, reply: PlacedText) -> Sequence[Answer]:
    """The comments of a cell, each with its reply: the one with its number, else all that is replied."""
    asked = items_of(comment)
    if not asked:
        return [(None, comment, reply)]
    thanks, answered = _replies(reply)
    if len(asked) == 1:
        mark = asked[0].mark
        is_same = len(answered) == 1 and not thanks and answered[0].mark.value == mark.value
        return [(str(mark.value), asked[0].text, answered[0].text if is_same else reply)]
    if len(answered) < 2 and not (answered and answered[0].mark.last > answered[0].mark.value):
        return [(str(item.mark.value), item.text, reply) for item in asked]
    told = {n: item.text for item in answered for n in range(item.mark.value, item.mark.last + 1)}
    if len(asked) == len(answered) and {item.mark.value for item in asked} != set(told):
        told = {ask.mark.value: answer.text for ask, answer in zip(asked, answered, strict=True)}
    last = asked[-1].mark.value
    rest = [item.text for item in answered if item.mark.value > last]
    found: list[Answer] = []
    for item in asked:
        said = told.get(item.mark.value, PlacedText())
        if item is asked[0] and thanks:
            said = concat([thanks, said], "\n")
        if item is asked[-1] and rest:
            said = concat([said, *rest], "\n")
        found.append((str(item.mark.value), item.text, said))
    return found


def _replies(reply: PlacedText) -> tuple[PlacedText, list[Listed]]:
    """The words before the first number of a reply, and its items."""
    if listed := items_of(reply):
        return PlacedText(), listed
    for match in _OPENINGS.finditer(reply.text, timeout=TIMEOUT):
        before = reply.text[: match.start()].rstrip(" \t　")
        mark = mark_at(reply.text[match.start() :], is_certain=bool(before) and before[-1] in "\n。；;：:")
        if mark is not None and mark.value == 1:
            listed = items_of(reply[match.start() :])
            if len(listed) > 1:
                return reply[: match.start()].strip(), listed
    return PlacedText(), []


def joined(parts: Sequence[PlacedText]) -> PlacedText:
    """Cells that a page or a line cut, as one text: a new line where a number or a sentence begins, none inside one."""
    whole = PlacedText()
    for part in parts:
        if not part:
            continue
        if not whole:
            whole = part
            continue
        begins = mark_at(part.text.lstrip()) is not None or whole.text.rstrip()[-1:] in set("。；！？")
        whole = concat([whole, part], "\n" if begins else "")
    return whole


def read_group(rows: Sequence[tuple[PlacedText, PlacedText]]) -> list[Answer]:
    """The comments of one speaker from the rows under his name, where the numbers stand in front of the comments.

    A row without a number below one that has one is the rest of the cells above, cut by a page or set line by line.
    """
    numbered = [mark_at(comment.text.lstrip()) is not None for comment, _ in rows]
    is_rest = [not comment or (any(numbered[:at]) and not numbered[at]) for at, (comment, _) in enumerate(rows)]
    if any(is_rest):
        asked = items_of(joined([comment for comment, _ in rows]))
        replies = joined([reply for _, reply in rows])
        values = [item.mark.value for item in asked]
        if values and values == [item.mark.value for item in items_of(replies)]:
            return list(answers(joined([comment for comment, _ in rows]), replies))
    whole: list[tuple[list[PlacedText], list[PlacedText]]] = []
    for (comment, reply), rest in zip(rows, is_rest, strict=True):
        if not (rest and whole):
            whole.append(([], []))
        whole[-1][0].append(comment)
        whole[-1][1].append(reply)
    return [answer for comments, replies in whole for answer in answers(joined(comments), joined(replies))]
