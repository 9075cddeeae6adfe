"""A page set in columns, whole or in part: the regions of it in the order in which they are read.

Two columns have a strip of white between them over many lines, lines on the left that reach it, and lines on the right
that begin at it. A table in two columns is none: tables are found before. Frames side by side are columns too, each
with a few words in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

from extract.documents.pdf_objects import PlacedGlyph
from extract.documents.picture_columns import picture_zones
from extract.documents.regions import Box, Extent, Regions, Zone, lines_of

LEAST_GUTTER = 0.8
"""White between two columns in glyph sizes; narrower white parts words of a justified line."""
LEAST_LINES = 5
"""Lines that each column has at least."""
LEAST_WIDTH = 9.0
"""Width of a column in glyph sizes."""
FULL, ALIGNED = 0.5, 0.8
"""Shares of the lines on the left that reach the white, and of those on the right that begin at it or indented."""
INDENT = 2.6
"""Indent of a line, and the white at its ragged end, in glyph sizes."""
LEAST_SIGNS = 2
"""Commas and full stops in each column: running text has them, a list of names has none."""
SIGNS = "，。；、"
SAME_HEIGHT = 3.0
"""Points within which frames of one row begin and end."""


def find_regions(
    glyphs: Sequence[PlacedGlyph], tables: Sequence[Extent], pictures: Sequence[Extent], frames: Sequence[Extent] = ()
) -> Regions:
    """The regions of a page by its glyphs outside tables, by the boxes of its tables and pictures, and by the frames
    drawn around texts that are no tables."""
    runs = list(_runs(glyphs))
    boxes = [*runs, *(Box(*other) for other in (*tables, *pictures))]
    zones = _column_zones(runs, boxes)
    for zone in (*_box_zones(runs, frames), *picture_zones(runs, boxes, pictures)):
        if not any(zone.top < other.bottom and other.top < zone.bottom for other in zones):
            zones.append(zone)
    return Regions(tuple(sorted(zones, key=lambda zone: zone.top)))


def _box_zones(runs: Sequence[Box], frames: Sequence[Extent]) -> Iterable[Zone]:
    """Rows of frames with words in each of them, and none beside them."""
    rows: dict[tuple[int, int], list[Extent]] = {}
    for frame in frames:
        rows.setdefault((round(frame[1] / SAME_HEIGHT), round(frame[3] / SAME_HEIGHT)), []).append(frame)
    for row in rows.values():
        row.sort()
        if len(row) < 2 or any(a[2] > b[0] for a, b in pairwise(row)):
            continue
        top, bottom = row[0][1], row[0][3]
        level = [run for run in runs if top < (run.top + run.bottom) / 2 < bottom]
        inside = [[run for run in level if f[0] - 1 < run.x0 and run.x1 < f[2] + 1] for f in row]
        if all(inside) and sum(map(len, inside)) == len(level):
            yield Zone(top, bottom, tuple((a[2] + b[0]) / 2 for a, b in pairwise(row)), is_boxes=True)


def _column_zones(runs: Sequence[Box], boxes: Sequence[Box]) -> list[Zone]:
    """The stretches of a page that are set in two columns."""
    if len(runs) < 2 * LEAST_LINES:
        return []
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    middle = [run for run in runs if left + 0.3 * (right - left) < run.x0 < left + 0.7 * (right - left)]
    starts = Counter(round(run.x0) for run in middle)
    for start, count in starts.most_common(2):
        if count + starts[start - 1] + starts[start + 1] < LEAST_LINES - 1:
            return []
        edge = min(run.x0 for run in middle if abs(run.x0 - start) < 1.5)
        size = next(run.size for run in middle if run.x0 == edge)
        if zones := _zones(boxes, edge, size):
            return zones
    return []


def _runs(glyphs: Sequence[PlacedGlyph]) -> Iterable[Box]:
    """Stretches of glyphs on one baseline without a gap as wide as the white between columns."""
    visible = [g.glyph for g in glyphs if not g.glyph.text.isspace()]
    visible.sort(key=lambda g: (round(g.baseline), g.x0))
    for _, line in groupby(visible, key=lambda g: round(g.baseline)):
        x0 = x1 = top = bottom = size = 0.0
        signs = 0
        for glyph in line:
            if size and glyph.x0 - x1 < LEAST_GUTTER * size:
                x1, bottom = max(x1, glyph.x1), max(bottom, glyph.bottom)
            else:
                if size:
                    yield Box(x0, top, x1, bottom, size, signs)
                x0, top, x1, bottom, size, signs = glyph.x0, glyph.top, glyph.x1, glyph.bottom, glyph.size, 0
            signs += glyph.text in SIGNS
        yield Box(x0, top, x1, bottom, size, signs)


def _zones(boxes: Sequence[Box], edge: float, size: float) -> list[Zone]:
    """The stretches of a page in which nothing crosses the white before `edge`, and that are in two columns."""
    white = (edge - LEAST_GUTTER * size, edge - 0.5)
    crossing = sorted((b.top, b.bottom) for b in boxes if b.x0 < white[1] and b.x1 > white[0])
    free: list[tuple[float, float]] = []
    y = min(b.top for b in boxes) - 1
    for top, bottom in crossing:
        if top > y:
            free.append((y, top))
        y = max(y, bottom)
    free.append((y, max(b.bottom for b in boxes) + 1))
    zones: list[Zone] = []
    for top, bottom in free:
        inside = [b for b in boxes if top <= (b.top + b.bottom) / 2 <= bottom]
        on_left, on_right = [b for b in inside if b.x1 <= white[0]], [b for b in inside if b.x0 >= white[1]]
        if _are_columns(on_left, on_right, edge, size):
            zones.append(Zone(min(b.top for b in inside) - 0.1, max(b.bottom for b in inside) + 0.1, (white[1],)))
    return zones


def _are_columns(on_left: Sequence[Box], on_right: Sequence[Box], edge: float, size: float) -> bool:
    left, right = lines_of(on_left), lines_of(on_right)
    if min(len(left), len(right)) < LEAST_LINES:
        return False
    if min(sum(box.signs for box in side) for side in (on_left, on_right)) < LEAST_SIGNS:
        return False
    end = max(x1 for _, x1 in left)
    start = min(x0 for x0, _ in left)
    widths = (end - start, max(x1 for _, x1 in right) - edge)
    is_wide = min(widths) > LEAST_WIDTH * size and min(widths) > 0.5 * max(widths)
    reaching = sum(x1 > end - INDENT * size for _, x1 in left)
    beginning = sum(x0 < edge + INDENT * size for x0, _ in right)
    return is_wide and reaching >= FULL * len(left) and beginning >= ALIGNED * len(right)
