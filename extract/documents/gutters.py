"""Columns and rows that no ruling shows, from the white between the texts.

A table with horizontal rules only has its columns in the *gutters*: strips that no text of any row
enters. The header decides which gutters count: an item's number beside its hanging text makes a gutter too, but
has no heading of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.documents.codes import leading_code
from extract.documents.lines import Line

NARROWEST_GUTTER = 2.0
"""Points of white that part two columns (Word's cell margins are 5.4 pt a side, the tightest seen 3 pt)."""
SEGMENT_GAP = 0.9
"""A gap of this many glyph sizes parts two texts on one line."""

Segment = tuple[float, float]
"""x0 and x1 of a stretch of text without a gap."""


def segments(line: Line, positions: Sequence[Segment]) -> list[Segment]:
    """The stretches of a line between wide gaps, from its glyphs' extents sorted by x0."""
    parts: list[Segment] = []
    for x0, x1 in positions:
        if parts and x0 - parts[-1][1] < SEGMENT_GAP * line.size:
            parts[-1] = (parts[-1][0], max(parts[-1][1], x1))
        else:
            parts.append((x0, x1))
    return parts


def find_gutters(
    body: Sequence[Sequence[Segment]], header: Sequence[Sequence[Segment]], left: float, right: float
) -> list[float]:
    """The x positions of column lines between `left` and `right`, from the glyph extents of the body's lines and the
    segments of the header's lines."""
    covered = sorted(extent for line in body for extent in line)
    free: list[Segment] = []
    edge = left
    for x0, x1 in covered:
        if x0 - edge >= NARROWEST_GUTTER:
            free.append((edge, x0))
        edge = max(edge, x1)
    inner = [(a, b) for a, b in free if a > left + NARROWEST_GUTTER and b < right - NARROWEST_GUTTER]
    gutters = [gutter for gutter in inner if not _crossed(gutter, header)]
    if header:
        gutters = _with_headings(gutters, header, left, right)
    return [(a + b) / 2 for a, b in gutters]


def _crossed(gutter: Segment, header: Sequence[Sequence[Segment]]) -> bool:
    """Whether a heading runs across the gutter and no line of headings below it has one on each side."""
    middle = (gutter[0] + gutter[1]) / 2
    for number, line in enumerate(header):
        for x0, x1 in line:
            if not x0 < middle < x1:
                continue
            below = [s for other in header[number + 1 :] for s in other if x0 - 20 <= s[0] and s[1] <= x1 + 20]
            if not (any(s[1] <= middle for s in below) and any(s[0] >= middle for s in below)):
                return True
    return False


def _with_headings(
    gutters: list[Segment], header: Sequence[Sequence[Segment]], left: float, right: float
) -> list[Segment]:
    """The gutters between columns that have a heading; a column without one joins the nearer neighbour."""
    kept = list(gutters)
    centres = [(x0 + x1) / 2 for line in header for x0, x1 in line]
    while kept:
        middles = [left, *((a + b) / 2 for a, b in kept), right]
        bare = [i for i in range(len(middles) - 1) if not any(middles[i] <= c < middles[i + 1] for c in centres)]
        if not bare:
            break
        column = bare[0]
        choices = [g for g in (column - 1, column) if 0 <= g < len(kept)]
        kept.pop(min(choices, key=lambda g: kept[g][1] - kept[g][0]))
    return kept


def row_breaks(columns: Sequence[Sequence[Line]]) -> list[float]:
    """The y positions at which new rows begin inside a stretch without rules, from its lines column by column.

    Best first: white strips wider than the leading, where each row then has one number at most; numbers in a
    column; lines that all columns share (a table of figures).
    """
    lines = sorted((line for column in columns for line in column), key=lambda line: line.top)
    if len(lines) < 2:
        return []
    numbers = _number_starts(columns)
    strips = _wide_strips(columns, lines)
    if len(numbers) >= 2:
        if len(strips) >= len(numbers) - 1 and all(sum(a <= y < b for y in numbers) <= 1 for a, b in _between(strips, lines)):
            return strips
        return [_above(y, lines) for y in numbers[1:]]
    shared = _shared_lines(columns)
    if shared:
        return shared
    return strips if all(_most_begin(columns, strip) for strip in strips) else []


def _most_begin(columns: Sequence[Sequence[Line]], strip: float) -> bool:
    """Whether below a white strip most columns begin on one line, as they do in a new row."""
    below = [next((line.top for line in column if line.top > strip), None) for column in columns if column]
    tops = [top for top in below if top is not None]
    return len(tops) >= 2 and sum(top - min(tops) < 2 for top in tops) > 0.6 * sum(1 for c in columns if c)


def _between(strips: Sequence[float], lines: Sequence[Line]) -> list[tuple[float, float]]:
    edges = [min(line.top for line in lines) - 1, *strips, max(line.bottom for line in lines) + 1]
    return list(pairwise(edges))


def _wide_strips(columns: Sequence[Sequence[Line]], lines: Sequence[Line]) -> list[float]:
    leading = [
        b.top - a.bottom
        for column in columns
        for a, b in pairwise(column)
        if b.top - a.bottom < 1.5 * a.size
    ]
    if not leading:
        return []
    usual = median(leading)
    strips: list[float] = []
    bottom = lines[0].bottom
    for line in lines[1:]:
        if line.top - bottom > max(usual, 0.0) + 0.3 * line.size:
            strips.append((line.top + bottom) / 2)
        bottom = max(bottom, line.bottom)
    return strips


def _number_starts(columns: Sequence[Sequence[Line]]) -> list[float]:
    """Tops of the lines that number the rows: of the column whose numbers are most and move on. A plain 1, 2, 3 counts
    only where it stands alone: else it may be a list inside one cell."""
    best: list[float] = []
    for column in columns:
        coded = [(code, line) for line in column if (code := leading_code(line.text.text))]
        codes = [code for code, _ in coded]
        if len(set(codes)) != len(codes) or len(codes) <= len(best):
            continue
        is_plain = all(code.strip("().（）、").isdigit() for code in codes)
        if not is_plain or all(len(line.text.text.strip(" .、")) == len(code) for code, line in coded):
            best = [line.top for _, line in coded]
    return best


def _above(y: float, lines: Sequence[Line]) -> float:
    """A position just above a line that begins a row: below all that ends before it."""
    bottoms = [line.bottom for line in lines if line.bottom <= y + 1]
    return (max(bottoms) + y) / 2 if bottoms else y - 1


def _shared_lines(columns: Sequence[Sequence[Line]]) -> list[float]:
    """Tops of the lines that most columns have, where nearly every line is such."""
    filled = [column for column in columns if column]
    if len(filled) < 2:
        return []
    tops = sorted({round(line.baseline) for column in filled for line in column})
    shared = [
        top for top in tops if sum(any(abs(line.baseline - top) < 2 for line in c) for c in filled) * 2 > len(filled)
    ]
    if len(shared) < 0.7 * len(tops):
        return []
    by_top = [min(line.top for column in filled for line in column if abs(line.baseline - top) < 2) for top in shared]
    return [y - 1 for y in by_top[1:]]
