"""Headings on a shaded bar: boxes that look like a row of the table below or above them and are none."""

from __future__ import annotations

from collections.abc import Sequence

from extract.documents.gutters import WideLine
from extract.documents.page_text import PageText
from extract.documents.rulings import TALLEST_BAND, TOLERANCE, Rulings

CELL_GAP = 0.55
"""White between two cells in glyph sizes; between the characters of a justified line there is less."""
THICKEST_SIDE = 6.0
"""Points of a bar's border: the strip of colour beside a heading."""
NEAR = 3.0
"""Glyph sizes above and below a bar in which the rows of its table would stand."""


def without_bars(groups: Sequence[Rulings], text: PageText) -> list[Rulings]:
    """The groups of a page that may be tables. A bar is a box by itself that nothing touches, with one line in it; the
    rows of a table that has no rules, which a shaded band parts, stand in columns beside it."""
    return [group for group in groups if not _is_bar(group, groups, text)]


def _is_bar(group: Rulings, groups: Sequence[Rulings], text: PageText) -> bool:
    x0, top, x1, bottom = group.box
    if not _is_box(group) or bottom - top > TALLEST_BAND:
        return False
    lines = text.lines(x0, x1, top, bottom)
    if len(lines) != 1 or _is_in_columns(lines[0]):
        return False
    reach = NEAR * lines[0].line.size
    levels = [h.at for g in groups if g is not group for h in g.horizontal if h.start < x1 and h.end > x0]
    above = max((y for y in levels if y < top), default=top - reach)
    below = min((y for y in levels if y > bottom), default=bottom + reach)
    before = text.lines(x0, x1, max(above, top - reach), top - TOLERANCE)[-1:]
    after = text.lines(x0, x1, bottom + TOLERANCE, min(below, bottom + reach))[:1]
    return not any(_is_in_columns(line) for line in (*before, *after))


def _is_box(group: Rulings) -> bool:
    """Whether nothing parts a group inside; a side may be drawn as a strip."""
    x0, top, x1, bottom = group.box
    uprights = all(min(v.at - x0, x1 - v.at) <= THICKEST_SIDE for v in group.vertical)
    levels = all(min(h.at - top, bottom - h.at) <= THICKEST_SIDE for h in group.horizontal)
    return uprights and levels and len(group.vertical) > 1 and len(group.horizontal) > 1


def _is_in_columns(line: WideLine) -> bool:
    """Whether a line is that of several cells."""
    gaps = [b[0] - a[1] for a, b in zip(line.extents, line.extents[1:], strict=False)]
    return any(
        gap > CELL_GAP * line.line.size and not spaced for gap, spaced in zip(gaps, line.is_spaced[1:], strict=True)
    )
