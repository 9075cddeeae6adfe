"""The running head of a page and the rule under it, told by the pages before, so that no table begins with them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from extract.documents.pdf_objects import Edge, PlacedGlyph

SAME_LINE = 0.5
"""Glyphs whose middles lie within this share of the size of the topmost one are of its line."""
FEWEST = 4
"""Characters of a running head, figures aside; less may be a page number or a cell's rest."""


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
