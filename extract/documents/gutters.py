"""Columns that no ruling shows, from the white between the texts.

A table with horizontal rules only has its columns in the *gutters*: strips that no text of any row
enters. The header decides which gutters count: an item's number beside its hanging text makes a gutter too, but
has no heading of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.documents.lines import Line

NARROWEST_GUTTER = 2.0
"""Points of white that part two columns (Word's cell margins are 5.4 pt a side, the tightest seen 3 pt)."""
WORD_SPACE = 0.35
"""Glyphs of one text stand closer than this share of their size, spaces beside Latin words included."""
EMPTY_COLUMN = 22.0
"""A strip wider than this, in points, may hold columns that are empty on the page."""
LEAST_LEFT = 1.0
"""Points that headings must leave of a strip for it to part them."""
ENOUGH_LINES = 8
"""A strip that so many lines leave white is a gutter even where two headings all but touch across it."""
FIRST_INDENT = 2.0
"""A text of the first column begins within this many sizes of the table's edge."""
HAN_SPACE = 0.08
"""The same between two Chinese characters."""

Segment = tuple[float, float]
"""x0 and x1 of a glyph, or of a stretch of text."""


@dataclass(frozen=True, slots=True)
class WideLine:
    """A line over the whole width of a table with the extents of its glyphs from left to right, and for each whether
    it is a Chinese character, and whether printed spaces fill the gap on its left."""

    line: Line
    extents: tuple[Segment, ...]
    is_han: tuple[bool, ...]
    is_spaced: tuple[bool, ...]

    def crosses(self, x: float, *, is_strict: bool = False) -> bool:
        """Whether a text of this line runs across a position. Strictly, a space beside a Latin word does not count:
        it may be a narrow gutter."""
        at = bisect_left(self.extents, (x, x))
        if self.covers(x):
            return True
        return 0 < at < len(self.extents) and self._is_close(at, is_strict=is_strict)

    def covers(self, x: float) -> bool:
        """Whether a glyph stands over a position."""
        at = bisect_left(self.extents, (x, x))
        return at > 0 and self.extents[at - 1][1] > x + 0.5

    def runs_over(self, xs: Sequence[float]) -> bool:
        """Whether the line takes no notice of known column lines: its text runs across many of those that it passes."""
        passed = [x for x in xs if self.extents[0][0] < x < self.extents[-1][1]]
        return bool(passed) and sum(self.crosses(x, is_strict=True) for x in passed) >= max(1.0, 0.4 * len(passed))

    def is_alone_at(self, left: float) -> bool:
        """Whether the line is one text without a gap that begins at the left edge of the table."""
        if self.extents[0][0] - left > FIRST_INDENT * self.line.size:
            return False
        return all(self._is_close(i) for i in range(1, len(self.extents)))

    def _is_close(self, right: int, *, is_strict: bool = False) -> bool:
        """Whether a glyph stands so close to the one on its left that they are one text."""
        if not is_strict and self.is_spaced[right]:
            return True
        gap = self.extents[right][0] - self.extents[right - 1][1]
        if is_strict or (self.is_han[right - 1] and self.is_han[right]):
            return gap < HAN_SPACE * self.line.size
        return gap < WORD_SPACE * self.line.size

    def runs(self) -> list[Segment]:
        """The stretches of text whose glyphs stand close, from left to right."""
        found: list[Segment] = []
        for at, (x0, x1) in enumerate(self.extents):
            if at and self._is_close(at):
                found[-1] = (found[-1][0], x1)
            else:
                found.append((x0, x1))
        return found

    def reach(self, x: float) -> Segment:
        """The stretch of text around a position: as far as its glyphs stand close."""
        at = bisect_left(self.extents, (x, x))
        left = right = max(min(at, len(self.extents) - 1), 0)
        if at and self.extents[at - 1][1] > x:
            left = right = at - 1
        while left and self._is_close(left):
            left -= 1
        while right + 1 < len(self.extents) and self._is_close(right + 1):
            right += 1
        return self.extents[left][0], self.extents[right][1]


def white_strips(lines: Iterable[WideLine], left: float, right: float, *, with_edges: bool = False) -> list[Segment]:
    """The strips between `left` and `right` that no glyph of any line enters; those at the edges of the table,
    margins or empty columns, only `with_edges`."""
    free: list[Segment] = []
    edge = left
    for x0, x1 in sorted(extent for line in lines for extent in line.extents):
        if x0 - edge >= NARROWEST_GUTTER:
            free.append((edge, x0))
        edge = max(edge, x1)
    if right - edge >= NARROWEST_GUTTER:
        free.append((edge, right))
    if with_edges:
        return free
    return [(a, b) for a, b in free if a > left + NARROWEST_GUTTER and b < right - NARROWEST_GUTTER]


def find_gutters(body: Sequence[WideLine], header: Sequence[WideLine], left: float, right: float) -> list[float]:
    """The x positions of column lines between `left` and `right`: strips that the body leaves white, no heading runs
    across, and that part columns with a heading each."""
    is_sure = len(body) >= ENOUGH_LINES
    gutters: list[Segment] = []
    for strip in white_strips(body, left, right, with_edges=True):
        pieces = _beside_headings(strip, header, left, right)
        gutters += [piece for piece in pieces if not _crossed(piece, header, is_strict=is_sure)]
    if header:
        gutters = _with_headings(gutters, header, left, right)
    return [(a + b) / 2 for a, b in gutters]


def _beside_headings(strip: Segment, header: Sequence[WideLine], left: float, right: float) -> list[Segment]:
    """What headings leave of a strip: the widest part, or, where headings stand inside the strip (over columns that
    are empty on this page), all parts. A heading that covers it whole is left to be judged as one over several
    columns."""
    pieces = [strip]
    least = NARROWEST_GUTTER if strip[1] - strip[0] > EMPTY_COLUMN else LEAST_LEFT
    for line in reversed(header):  # the lowest headings are those of single columns
        own = [run for run in line.runs() if not _is_over_several(run, line, header)]
        cut = [
            piece
            for a, b in pieces
            for piece in _without(a, b, [e for e in own if e[1] > a and e[0] < b])
            if piece[1] - piece[0] >= least
        ]
        pieces = cut or pieces
    inner = [(a, b) for a, b in pieces if a > left + NARROWEST_GUTTER and b < right - NARROWEST_GUTTER]
    if not inner or strip[1] - strip[0] > EMPTY_COLUMN:
        return [(a, b) for a, b in inner if b - a >= NARROWEST_GUTTER]
    return [max(inner, key=lambda piece: piece[1] - piece[0])]


def _is_over_several(heading: Segment, line: WideLine, header: Sequence[WideLine]) -> bool:
    """Whether a heading is that of several columns: it stands over two others, or with lower ones on both its sides."""
    lower = [other for other in header if other.line.top > line.line.bottom - 1]
    if any(sum(x0 < heading[1] and heading[0] < x1 for x0, x1 in other.runs()) > 1 for other in lower):
        return True
    left = [(x1, other in lower) for other in header for _, x1 in other.runs() if x1 <= heading[0]]
    right = [(-x0, other in lower) for other in header for x0, _ in other.runs() if x0 >= heading[1]]
    return all(side and max(side, key=lambda end: (round(end[0]), not end[1]))[1] for side in (left, right))


def _without(left: float, right: float, extents: Sequence[Segment]) -> list[Segment]:
    """The parts of a stretch between extents that cover some of it."""
    edges = [left, *(x for extent in extents for x in extent), right]
    return [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2) if edges[i] < edges[i + 1]]


def _crossed(gutter: Segment, header: Sequence[WideLine], *, is_strict: bool) -> bool:
    """Whether a heading runs across the gutter, over one line or several, and the headings below it do not stand on
    both sides."""
    middle = (gutter[0] + gutter[1]) / 2
    across = [line for line in header if line.crosses(middle, is_strict=is_strict)]
    if not across:
        return False
    lowest = across[-1]
    reaches = [line.reach(middle) for line in across]
    x0, x1 = min(a for a, _ in reaches), max(b for _, b in reaches)
    below = [other for other in header if other.line.top > lowest.line.bottom - 1]
    inside = [e for other in below for e in other.extents if x0 - 40 <= e[0] and e[1] <= x1 + 40]
    return not (any(e[1] <= middle for e in inside) and any(e[0] >= middle for e in inside))


def _with_headings(gutters: list[Segment], header: Sequence[WideLine], left: float, right: float) -> list[Segment]:
    """The gutters between columns that have a heading; a column without one joins the nearer neighbour."""
    kept = list(gutters)
    centres = [(x0 + x1) / 2 for line in header for x0, x1 in line.extents]
    while kept:
        middles = [left, *((a + b) / 2 for a, b in kept), right]
        bare = [i for i in range(len(middles) - 1) if not any(middles[i] <= c < middles[i + 1] for c in centres)]
        if not bare:
            break
        column = bare[0]
        choices = [g for g in (column - 1, column) if 0 <= g < len(kept)]
        kept.pop(min(choices, key=lambda g: kept[g][1] - kept[g][0]))
    return kept
