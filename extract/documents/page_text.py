"""The glyphs of a page by height, for questions about strips of it: lines, prose, where columns end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from extract.documents.captions import is_caption
from extract.documents.codes import leading_code
from extract.documents.furniture import PAGE_LABEL
from extract.documents.gutters import WideLine, white_strips
from extract.documents.lines import is_wide, make_lines
from extract.documents.pdf_objects import Glyph, PlacedGlyph

MARGIN = 2.0
"""Points by which a glyph's middle may stand outside its table and still belong to it."""
MOST = 0.6
"""Share of a table's width from which a rule parts rows, and a text without a gap is prose."""
WIDER_THAN_A_CELL = 0.12
"""A band's text is longer than this share of the table."""
EMPTY_STRIP = 60.0
"""White of more than this height, in points, between two rules parts two tables."""
FAR = 2.5
"""White of this many glyph sizes ends a table that no rule closes."""
LABEL_GAP = 0.8
"""White of so many sizes between a table's last line and the number of its page; lines of a cell stand closer."""
LONGEST_LABEL = 7.0
"""A page number is at most so many sizes long, as in 第 12 頁，共 60 頁 set close."""
LARGER = 1.1
"""A line in more than this many times the size of a table's text is none of it."""
LOWEST = 1e6
NEAR = 1.0
"""Points by which a printed space may miss the glyphs beside it."""
WIDEST_SPACE = 1.2
"""A gap of more than so many sizes parts columns, whatever is printed in it."""


def _is_label(wide: WideLine, gap: float) -> bool:
    """Whether a line with so much white between it and a table is the page's number: one text, not figures and dashes
    in several columns."""
    line = wide.line
    is_one = wide.extents[-1][1] - wide.extents[0][0] < LONGEST_LABEL * line.size
    return is_one and gap > LABEL_GAP * line.size and PAGE_LABEL.fullmatch(line.text.text) is not None


def _is_foot(wide: WideLine, gap: float, xs: Sequence[float]) -> bool:
    """Whether the last line of a page is its foot: parted from the table by white, and a text in it takes no notice of
    the column lines."""
    is_band = wide.is_alone_at(xs[0]) and leading_code(wide.line.text.text) is not None
    is_apart = gap > LABEL_GAP * wide.line.size
    return is_apart and not is_band and any(wide.crosses(x, is_strict=True) for x in xs[1:-1])


def _spaced(glyphs: Sequence[Glyph], spaces: Sequence[Glyph]) -> tuple[bool, ...]:
    """For each glyph from left to right whether printed spaces, and nothing else, part it from the one before, as in
    1.1 節能 set in one go. A column begins anew."""
    found = [False]
    for left, right in pairwise(glyphs):
        inside = [s for s in spaces if left.x1 - NEAR <= s.x0 and s.x1 <= right.x0 + NEAR]
        width = sum(s.x1 - s.x0 for s in inside)
        gap = right.x0 - left.x1
        found.append(bool(inside) and gap < WIDEST_SPACE * right.size and gap - width < NEAR)
    return tuple(found)


class PageText:
    """The glyphs of a page by height, for questions about strips of it."""

    def __init__(self, glyphs: Sequence[PlacedGlyph]) -> None:
        self._glyphs = sorted(glyphs, key=lambda g: (g.glyph.top + g.glyph.bottom) / 2)
        self._middles = [(g.glyph.top + g.glyph.bottom) / 2 for g in self._glyphs]
        self._lines: dict[tuple[float, float, float, float], list[WideLine]] = {}

    def first_line(self) -> float:
        """The top of the first printed glyph, far below any page where there is none."""
        return min((g.glyph.top for g in self._glyphs if not g.glyph.text.isspace()), default=LOWEST)

    def inside(self, x0: float, x1: float, top: float, bottom: float) -> list[PlacedGlyph]:
        """The glyphs whose middle lies in a box."""
        strip = self._glyphs[bisect_left(self._middles, top) : bisect_right(self._middles, bottom)]
        return [g for g in strip if x0 <= (g.glyph.x0 + g.glyph.x1) / 2 <= x1]

    def lines(self, x0: float, x1: float, top: float, bottom: float) -> list[WideLine]:
        """The lines of a strip over its whole width."""
        key = (x0, x1, top, bottom)
        if key not in self._lines:
            glyphs = self.inside(x0 - MARGIN, x1 + MARGIN, top, bottom)
            by_number = {g.number: g.glyph for g in glyphs}
            found = []
            for line in make_lines(glyphs):
                numbers = {n for n, c in zip(line.text.origins, line.text.text, strict=True) if not c.isspace()}
                ordered = sorted((by_number[n] for n in numbers if n in by_number), key=lambda g: g.x0)
                extents = tuple((g.x0, g.x1) for g in ordered)
                spaces = [g for n in line.text.origins if (g := by_number.get(n)) and g.text.isspace()]
                is_han = tuple(is_wide(g.text[:1]) for g in ordered)
                found.append(WideLine(line, extents, is_han, _spaced(ordered, spaces)))
            self._lines[key] = found
        return self._lines[key]

    def is_band(self, x0: float, x1: float, top: float, bottom: float) -> bool:
        """Whether a strip holds a line of text alone that has no gap and is longer than a cell."""
        lines = self.lines(x0, x1, top, bottom)
        if not 1 <= len(lines) <= 2:
            return False
        first, last = lines[0].extents[0][0], max(line.extents[-1][1] for line in lines)
        return last - first > WIDER_THAN_A_CELL * (x1 - x0) and all(
            line.reach(line.extents[0][0])[1] >= line.extents[-1][1] for line in lines
        )

    def is_in_columns(self, x0: float, x1: float, top: float, bottom: float) -> bool:
        """Whether any line of a strip is in several texts, as cells are; a title over a list in a frame is not."""
        return any(len(wide.runs()) > 1 for wide in self.lines(x0, x1, top, bottom))

    def has_caption(self, x0: float, x1: float, top: float, bottom: float) -> bool:
        """Whether a caption, source or note stands in a strip: it lies between two tables."""
        return any(is_caption(wide.line.text.text) for wide in self.lines(x0, x1, top, bottom))

    def is_prose(self, x0: float, x1: float, top: float, bottom: float) -> bool:
        """Whether a strip holds running text: several lines over the width that leave no strip white; or nothing at
        all, and high."""
        lines = self.lines(x0, x1, top, bottom)
        if not lines:
            return bottom - top > EMPTY_STRIP
        reach = max(w.extents[-1][1] for w in lines) - min(w.extents[0][0] for w in lines)
        return len(lines) > 1 and reach > MOST * (x1 - x0) and not white_strips(lines, x0, x1)

    def tabular_end(self, x0: float, x1: float, top: float) -> float | None:
        """Below a rule that nothing closes: the bottom of the last line before the text stops keeping to columns, None
        where it does not begin to."""
        end: float | None = None
        taken: list[WideLine] = []
        for wide in self.lines(x0, x1, top, LOWEST):
            line = wide.line
            if end is not None and (line.top - end > FAR * line.size or _is_label(wide, line.top - end)):
                break
            is_long = wide.extents[-1][1] - wide.extents[0][0] > MOST * (x1 - x0)
            if is_caption(line.text.text) or (is_long and not white_strips([wide], x0, x1)):
                break
            taken.append(wide)
            end = line.bottom + 2
        return end if len(taken) > 1 and white_strips(taken, x0, x1) else None

    def open_end(
        self,
        xs: Sequence[float],
        bottom: float,
        *,
        below: Literal["rows", "cut row", "band"] = "rows",
        size: float | None = None,
        limit: float = LOWEST,
    ) -> float | None:
        """Below the last rule of a table with known columns: the bottom of the last line that keeps to them. None
        where none begins in two columns: `below` a header alone the rest of a cut row need not, and at the end of a
        page a band may be all that follows."""
        end: float | None = None
        band: float | None = None
        edge = bottom
        is_row = below == "cut row"
        is_after_band = False
        lines = self.lines(xs[0], xs[-1], bottom, limit)
        for wide in lines:
            line = wide.line
            gap = line.top - edge
            is_foot = wide is lines[-1] and _is_foot(wide, gap, xs)
            if gap >= FAR * line.size or _is_label(wide, gap) or is_foot:
                break
            if is_caption(line.text.text) or (size is not None and line.size > LARGER * size):
                band = None
                break
            edge = line.bottom
            if wide.runs_over(xs[1:-1]):
                if wide.is_alone_at(xs[0]) and wide.extents[-1][1] - xs[0] < MOST * (xs[-1] - xs[0]):
                    # A band, if rows follow it, or the page ends with its number and title.
                    band = line.bottom + 2 if leading_code(line.text.text) else None
                    is_after_band = True
                    continue
                band = None
                break
            is_in_columns = len({bisect_right(xs, (a + b) / 2) for a, b in wide.extents}) > 1
            if is_after_band and not is_in_columns:
                continue  # a row begins anew below a band: a second heading is none
            is_row, is_after_band = is_row or is_in_columns, False
            end, band = line.bottom + 2, None
        may_end_in_band = end is not None or below == "band"
        if band is not None and may_end_in_band and len(self.lines(xs[0], xs[-1], band, LOWEST)) <= 1:
            is_row = is_row or end is None
            end = band  # nothing but a page number stands below it
        return end if is_row else None

    def open_start(self, xs: Sequence[float], top: float, size: float) -> float | None:
        """Above the first rule of a table that goes on from the page before: the top of the first line that keeps to
        its columns and its `size`, or of a band above it; None where none does."""
        start: float | None = None
        edge = top
        for wide in reversed(self.lines(xs[0], xs[-1], 0.0, top)):
            line = wide.line
            gap = edge - line.bottom
            is_band = start is not None and wide.is_alone_at(xs[0]) and leading_code(line.text.text) is not None
            is_foreign = line.size > LARGER * size or is_caption(line.text.text)
            if gap >= FAR * line.size or _is_label(wide, gap) or is_foreign:
                break
            if wide.runs_over(xs[1:-1]) and not is_band:
                break
            edge = line.top
            start = line.top - 2
        return start
