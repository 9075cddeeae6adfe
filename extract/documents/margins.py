"""The running head of a page with the rule under it, and the number at its foot, told by the pages before, so that no
table begins or ends with them."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from extract.documents.pdf_objects import Edge, PlacedGlyph

SAME_LINE = 0.5
"""Glyphs whose middles lie within this share of the size of the topmost one are of its line."""
FEWEST = 4
"""Characters of a running head, figures aside; less may be a page number or a cell's rest."""
HEADS = 3
"""Pages before, whose heads are remembered: left and right pages have different ones."""
SAME_SPOT = 6.0
"""Points by which the middles of page numbers differ."""


@dataclass(frozen=True, slots=True)
class Number:
    """The number at the foot of a page, its middle and its top in points, and the numbers of its glyphs."""

    value: int
    middle: float
    top: float
    glyphs: frozenset[int]


@dataclass(slots=True)
class Margins:
    """What the pages before have at their edges."""

    heads: deque[str] = field(default_factory=lambda: deque(maxlen=HEADS))
    number: Number | None = None

    def take_off(
        self, glyphs: Sequence[PlacedGlyph], edges: Sequence[Edge]
    ) -> tuple[Sequence[PlacedGlyph], Sequence[Edge]]:
        """Glyphs and edges of the next page without its running head and its number."""
        number = last_number(glyphs)
        body, rest = without_head(glyphs, edges, self.heads)
        if number is not None and self.number is not None and _follows(self.number, number):
            body = [placed for placed in body if placed.number not in number.glyphs]
        self.heads.append(first_words(glyphs)[0])
        self.number = number
        return body, rest


def first_words(glyphs: Sequence[PlacedGlyph]) -> tuple[str, float]:
    """The characters of a page's topmost line from left to right, without figures, and its bottom; "" and 0 where
    there are too few for a running head."""
    printed = [placed.glyph for placed in glyphs if not placed.glyph.text.isspace()]
    if not printed:
        return "", 0.0
    first = min(printed, key=lambda g: g.top)
    middle = (first.top + first.bottom) / 2
    line = [g for g in printed if abs((g.top + g.bottom) / 2 - middle) <= SAME_LINE * first.size]
    words = re.sub(r"\d+", "", "".join(g.text for g in sorted(line, key=lambda g: g.x0)))
    return (words, max(g.bottom for g in line)) if len(words) >= FEWEST else ("", 0.0)


def without_head(
    glyphs: Sequence[PlacedGlyph], edges: Sequence[Edge], heads: Collection[str]
) -> tuple[Sequence[PlacedGlyph], Sequence[Edge]]:
    """Glyphs and edges below the running head, where the topmost line is one of `heads`, those of pages before; all of
    them elsewhere. A level rule that stands nearer to the head than to the text below it is the head's."""
    words, bottom = first_words(glyphs)
    if not words or words not in heads or any(_reaches_above(edge, bottom) for edge in edges):
        return glyphs, edges
    body = [placed for placed in glyphs if placed.glyph.top >= bottom - 1]
    top = min((placed.glyph.top for placed in body if not placed.glyph.text.isspace()), default=0.0)
    return body, [edge for edge in edges if edge["orientation"] != "h" or edge["top"] > (bottom + top) / 2]


def _reaches_above(edge: Edge, bottom: float) -> bool:
    """Whether an edge stands beside or above the topmost line: it is in a table, whose header comes again."""
    return bool(edge["top"] < bottom - 1)


def last_number(glyphs: Sequence[PlacedGlyph]) -> Number | None:
    """The number alone on a page's lowest line; None where other words stand there."""
    printed = [placed for placed in glyphs if not placed.glyph.text.isspace()]
    if not printed:
        return None
    last = max(printed, key=lambda g: g.glyph.bottom).glyph
    middle = (last.top + last.bottom) / 2
    line = [g for g in printed if abs((g.glyph.top + g.glyph.bottom) / 2 - middle) <= SAME_LINE * last.size]
    words = "".join(g.glyph.text for g in sorted(line, key=lambda g: g.glyph.x0))
    figures = re.fullmatch(r"\D{0,4}(\d{1,4})\D{0,4}", words)
    if figures is None:
        return None
    x = (min(g.glyph.x0 for g in line) + max(g.glyph.x1 for g in line)) / 2
    return Number(int(figures[1]), x, last.top, frozenset(g.number for g in line))


def _follows(before: Number, after: Number) -> bool:
    """Whether a number counts on from that of the page before, in its spot."""
    is_same_spot = abs(before.middle - after.middle) < SAME_SPOT and abs(before.top - after.top) < SAME_SPOT
    return is_same_spot and after.value == before.value + 1
