"""The numbered items of a target or result cell, with nested ordinals: 1., (1), ①, 一、, １、."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase

import regex

from extract.documents.model import PlacedText
from extract.documents.numbering import ITEM_STYLES, Numbering, read_numbering
from extract.reading.vocabulary import TIMEOUT

LETTERS = frozenset({"letter", "letter-bracket"})
"""Marks that are items where there are several: A. and B. under (1)."""
_OPENINGS = regex.compile(
    r"(?:^|(?<=[\s。；;：:，,、）)]))(?=[（(]?(?:[\d０-９一二三四五六七八九十壹貳參肆伍陸柒捌玖]|[A-Za-z][.．、)）]))|(?=[①-⑳❶-❿])"
)
"""Where an item may open: at the start of the cell or a line, after a space or a sign; a circled number anywhere."""


@dataclass(frozen=True, slots=True)
class ItemText:
    """One item: its ordinal (`1`, `1.1`, None for unnumbered text), its words without the number, and the words that
    govern it: the ends of enclosing items and the preamble."""

    ordinal: str | None
    text: PlacedText
    lead: tuple[str, ...] = ()


@dataclass(slots=True)
class _Mark:
    """A number that opens an item, at `at`; its words begin at `words`."""

    at: int
    words: int
    numbering: Numbering
    is_line_start: bool
    is_glued: bool = False


_YEAR = regex.compile(r"(?:1[0-4]\d|20\d\d)\s?年")
"""1.110 年 is item 1, and no decimal."""


def read_items(*cells: PlacedText) -> list[ItemText]:
    """The items of one or more cells in order, each with an ordinal of its own."""
    return _distinct([item for cell in cells for item in _items_of(cell)])


def _items_of(cell: PlacedText) -> list[ItemText]:
    """The items of a cell in order; an unnumbered cell is one item without an ordinal.

    A number counts as an item's where its kind counts up: the first is 1 (or follows the last one of its kind), so
    that 1.8 in a sentence, or (1) after a reference, opens nothing.
    """
    text = cell.text
    marks = _counted(_marks(text))
    if not marks:
        whole = cell.strip()
        return [ItemText(None, whole)] if whole else []
    items: list[ItemText] = []
    preamble = cell[: marks[0].at].strip()
    if preamble:
        items.append(ItemText(None, preamble))
    lead: list[str] = [preamble.text] if preamble and _governs(preamble.text) else []
    path: list[tuple[str, int, str]] = []  # (style, value, words) of the items that enclose the next one
    for number, mark in enumerate(marks):
        end = marks[number + 1].at if number + 1 < len(marks) else len(text)
        words = cell[mark.words : end].strip().strip("\n")
        styles = [style for style, _, _ in path]
        if mark.numbering.style in styles:
            del path[styles.index(mark.numbering.style) :]
        governing = (*lead, *(w for _, _, w in path if _governs(w)))
        path.append((mark.numbering.style, mark.numbering.parts[-1], words.text))
        ordinal = ".".join(str(value) for _, value, _ in path)
        items.append(ItemText(ordinal, words, governing))
    return items


def _governs(words: str) -> bool:
    return words.rstrip().endswith(("：", ":"))


def _marks(text: str) -> list[_Mark]:
    found: list[_Mark] = []
    for match in _OPENINGS.finditer(text, timeout=TIMEOUT):
        at = match.start()
        before = text[:at].rstrip(" \t　")
        is_line_start = not before or before.endswith("\n")
        part = text[at : at + 60]
        numbering = read_numbering(part)
        glued = None
        is_decimal = (
            numbering is not None
            and numbering.style == "arabic"
            and numbering.printed.endswith((".", "．"))
            and part[len(numbering.printed) :][:1].isdigit()
        )
        if numbering is None or numbering.style not in ITEM_STYLES | LETTERS or is_decimal:
            glued = regex.match(r"(\d{1,2})[.．](?=\d)", part, timeout=TIMEOUT)
            if not glued or not (is_line_start or before[-1] in "。；;"):
                continue
            numbering = Numbering(glued.group(), "arabic", (int(glued.group(1)),), glued.end())
        is_glued = glued is not None and _YEAR.match(part, glued.end(), timeout=TIMEOUT) is None
        found.append(_Mark(at, at + numbering.length, numbering, is_line_start, is_glued))
    return found


def _counted(marks: list[_Mark]) -> list[_Mark]:
    """The marks that count up, kind by kind; a kind opens with 1 and goes on by one, and starts anew below a new
    parent."""
    kept: list[_Mark] = []
    last: dict[str, int] = {}
    order: list[str] = []
    for index, mark in enumerate(marks):
        style, value = mark.numbering.style, mark.numbering.parts[-1]
        if style in last:
            is_sure = mark.is_line_start and not mark.is_glued
            expected = value == last[style] + 1 or (is_sure and last[style] < value <= last[style] + 2)
            if not expected:
                continue
            for deeper in order[order.index(style) + 1 :]:
                last.pop(deeper, None)
            del order[order.index(style) + 1 :]
        else:
            # 1.113 年 … glued to a figure could as well be a decimal, A. an initial: it opens a list if that goes on.
            is_sure = mark.is_line_start and not mark.is_glued and style not in LETTERS
            opens = value == 1 and (is_sure or _goes_on(marks, index))
            if not opens or (order and not kept):
                continue
            order.append(style)
        last[style] = value
        kept.append(mark)
    return kept


def _goes_on(marks: list[_Mark], index: int) -> bool:
    """Whether a 1 inside a line is followed by a 2 of its kind, before anything else of its kind."""
    style = marks[index].numbering.style
    following = [m.numbering.parts[-1] for m in marks[index + 1 :] if m.numbering.style == style]
    return bool(following) and following[0] == 2


def _distinct(items: list[ItemText]) -> list[ItemText]:
    """Items with an ordinal that is printed twice told apart by a letter, and from the 27th on by a number, so that
    each keeps a key of its own."""
    seen: dict[str | None, int] = {}
    result: list[ItemText] = []
    for item in items:
        count = seen.get(item.ordinal, 0)
        seen[item.ordinal] = count + 1
        again = ascii_lowercase[count] if count < len(ascii_lowercase) else f"~{count + 1}"
        ordinal = item.ordinal if not count or item.ordinal is None else f"{item.ordinal}{again}"
        result.append(ItemText(ordinal, item.text, item.lead))
    return result
