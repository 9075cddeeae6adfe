"""A page set in two columns, whole or in part: the regions of it in the order in which they are read.

Two columns have a strip of white between them over many lines, lines on the left that reach it, and lines on the right
that begin at it. A table in two columns is none: tables are found before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.documents.lines import PlacedGlyph

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


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of text without a gap, a table or a picture, in points; `size` is 0 for what is no text."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    signs: int = 0


@dataclass(frozen=True, slots=True)
class Zone:
    """Two columns side by side from `top` to `bottom`, parted at `x`."""

    top: float
    bottom: float
    x: float


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of a page: what stands above a zone, its left column, its right one, what stands below it, and so on
    down the page; numbered in this order."""

    zones: tuple[Zone, ...] = ()

    def of(self, x0: float, top: float, x1: float, bottom: float) -> int:
        """The number of the region in which a box stands, by its middle."""
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        number = 0
        for zone in self.zones:
            if y < zone.top:
                break
            if y <= zone.bottom:
                return number + (1 if x < zone.x else 2)
            number += 3
        return number

    def part(self, glyphs: Iterable[PlacedGlyph]) -> list[list[PlacedGlyph]]:
        """Glyphs by region, in reading order."""
        if not self.zones:
            return [list(glyphs)]
        found: list[list[PlacedGlyph]] = [[] for _ in range(3 * len(self.zones) + 1)]
        for placed in glyphs:
            glyph = placed.glyph
            found[self.of(glyph.x0, glyph.top, glyph.x1, glyph.bottom)].append(placed)
        return found


def find_regions(glyphs: Sequence[PlacedGlyph], others: Iterable[tuple[float, float, float, float]]) -> Regions:
    """The regions of a page by its glyphs outside tables, and by the boxes (x0, top, x1, bottom) of its tables and
    pictures."""
    runs = list(_runs(glyphs))
    if len(runs) < 2 * LEAST_LINES:
        return Regions()
    left, right = min(run.x0 for run in runs), max(run.x1 for run in runs)
    middle = [run for run in runs if left + 0.3 * (right - left) < run.x0 < left + 0.7 * (right - left)]
    starts = Counter(round(run.x0) for run in middle)
    boxes = [*runs, *(Box(*other) for other in others)]
    for start, count in starts.most_common(2):
        if count + starts[start - 1] + starts[start + 1] < LEAST_LINES - 1:
            break
        edge = min(run.x0 for run in middle if abs(run.x0 - start) < 1.5)
        size = next(run.size for run in middle if run.x0 == edge)
        if zones := _zones(boxes, edge, size):
            return Regions(tuple(zones))
    return Regions()


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
            zones.append(Zone(min(b.top for b in inside) - 0.1, max(b.bottom for b in inside) + 0.1, white[1]))
    return zones


def _are_columns(on_left: Sequence[Box], on_right: Sequence[Box], edge: float, size: float) -> bool:
    left, right = _lines(on_left), _lines(on_right)
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


def _lines(runs: Sequence[Box]) -> list[tuple[float, float]]:
    """x0 and x1 of the lines that runs of text make up."""
    found: list[tuple[float, float]] = []
    ordered = sorted((run for run in runs if run.size), key=lambda run: run.bottom)
    for _, line in groupby(ordered, key=lambda run: round(run.bottom / 3)):
        boxes = list(line)
        found.append((min(b.x0 for b in boxes), max(b.x1 for b in boxes)))
    return found
