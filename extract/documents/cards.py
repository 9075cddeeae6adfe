"""Cards of one form that stand under headings of their own, one below another between the same sides.

On a page they look like one table with bands. They are cards where the labels begin anew below each band: the first
label is the same as in the first card, and what stands beside it is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.documents.lines import is_wide
from extract.documents.model import PlacedText
from extract.documents.numbering import read_numbering
from extract.documents.page_grid import Grid, GridRow, same_text, squeezed

COLUMNS = (2, 4)
"""Labels beside what fills them, once or twice."""
SHORTEST_LABEL = 2
"""Chinese characters of a label; 1 and 一 number rows."""
LABEL = re.compile(r"\s*([\u4e00-\u9fff]{2,4})\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?=[\s、：:.．])")
"""案例 1, 個案一：."""
FIRST_ROWS = 2
"""Rows that tell whether two cards are of one form: a header that is printed over both, and the first label."""

Card = tuple[PlacedText | None, list[Grid]]
"""The heading above a card, None for the first one, and its grids page by page."""


def split_cards(grids: Sequence[Grid], heading: PlacedText) -> list[Card]:
    """The cards in the grids of what looks like one table; one alone where they are one. `heading` stands above the
    first: those of the others are numbered in the same way."""
    cards: list[Card] = [(None, [])]
    first = grids[0]
    style = _style(heading.text)
    is_form = style is not None and first.width in COLUMNS
    for grid in grids:
        start = 0
        for row, cells in enumerate(grid.rows):
            title = cells[0]
            if not is_form or title is None or grid.spans.get((row, 0), (1, 1))[1] < first.width:
                continue
            if _style(title.text) == style and begins_anew(first.rows, grid.rows[row + 1 :]):
                cards[-1][1].extend(_slice(grid, start, row))
                cards.append((title, []))
                start = row + 1
        cards[-1][1].extend(_slice(grid, start, len(grid.rows)))
    return cards


def _style(title: str) -> str | None:
    """How a title is numbered: by a mark, or by a word and a number, 案例 1; None where it is not."""
    if (label := LABEL.match(title)) is not None:
        return label[1]
    numbering = read_numbering(title)
    return numbering.style if numbering is not None else None


def begins_anew(first: Sequence[GridRow], below: Sequence[GridRow]) -> bool:
    """Whether rows begin with the label that the first card begins with, and something else beside it."""
    if not first or len(first[0]) not in COLUMNS:
        return False
    for row, again in zip(first[:FIRST_ROWS], below[:FIRST_ROWS], strict=False):
        is_alike = [same_text(a, b) for a, b in zip(row, again, strict=False)]
        if not all(is_alike):
            return is_alike[0] and sum(map(is_wide, squeezed(row[0]))) >= SHORTEST_LABEL
    return False


def _slice(grid: Grid, start: int, end: int) -> list[Grid]:
    """Some rows of a grid as a grid; none where there is no row."""
    if start == 0 and end == len(grid.rows):
        return [grid]
    spans = {(r - start, c): span for (r, c), span in grid.spans.items() if start <= r < end}
    return [Grid(grid.page, grid.rows[start:end], spans)] if start < end else []
