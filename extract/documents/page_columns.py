"""A page set in columns, whole or in part: the regions of it in the order in which they are read.

Two columns have a strip of white between them over many lines, lines on the left that reach it, and lines on the right
that begin at it. A table in two columns is none: tables are found before. Frames side by side are columns too, each
with a few words in it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

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


LINES_BESIDE = 3
"""Lines of text beside a picture."""
LEADING = 1.2
"""White between two lines of one text in glyph sizes, at most."""
SAME_SIZE = 0.6
"""Points by which the glyphs of one text differ in size."""
CAPTION = 2.5
"""Glyph sizes below a picture within which its caption stands."""
SAME_HEIGHT = 3.0
"""Points within which frames of one row begin and end."""

Extent = tuple[float, float, float, float]
"""x0, top, x1 and bottom in points."""


@dataclass(frozen=True, slots=True)
class Box:
    """A stretch of text without a gap, a table or a picture, in points; `size` is 0 for what is no text."""

    x0: float
    top: float
    x1: float
    bottom: float
    size: float = 0.0
    signs: int = 0

    @property
    def middle(self) -> float:
        """Its x."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class Zone:
    """Columns side by side from `top` to `bottom`, parted at `cuts`; `is_boxes` where each is a box of a few words, as
    tiles with a figure and its name are; `picture` is the number of the column that holds a picture with its caption,
    and is read first."""

    top: float
    bottom: float
    cuts: tuple[float, ...]
    is_boxes: bool = False
    picture: int | None = None

    def order_of(self, x: float) -> int:
        """Where in the order of reading the column at `x` comes, from 0 on."""
        column = bisect_left(self.cuts, x)
        return int(column != self.picture) if self.picture is not None else column


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions of a page: what stands above a zone, its columns from left to right, what stands below it, and so on
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
                return number + 1 + zone.order_of(x)
            number += len(zone.cuts) + 2
        return number

    def is_column(self, region: int) -> bool:
        """Whether a region is one of several beside one another."""
        return self._zone_of(region) is not None

    def is_box(self, region: int) -> bool:
        """Whether a region is a box of a few words."""
        zone = self._zone_of(region)
        return zone is not None and zone.is_boxes

    def is_picture(self, region: int) -> bool:
        """Whether a region is a picture with its caption, beside a text."""
        zone, before = self._zone_of(region), self._zone_of(region - 1)
        return zone is not None and zone.picture is not None and before is not zone

    def _zone_of(self, region: int) -> Zone | None:
        number = 0
        for zone in self.zones:
            if number < region < number + len(zone.cuts) + 2:
                return zone
            number += len(zone.cuts) + 2
        return None

    def part(self, glyphs: Iterable[PlacedGlyph]) -> list[list[PlacedGlyph]]:
        """Glyphs by region, in reading order."""
        if not self.zones:
            return [list(glyphs)]
        found: dict[int, list[PlacedGlyph]] = {}
        for placed in glyphs:
            glyph = placed.glyph
            found.setdefault(self.of(glyph.x0, glyph.top, glyph.x1, glyph.bottom), []).append(placed)
        return [found[region] for region in sorted(found)]


def find_regions(
    glyphs: Sequence[PlacedGlyph], tables: Sequence[Extent], pictures: Sequence[Extent], frames: Sequence[Extent] = ()
) -> Regions:
    """The regions of a page by its glyphs outside tables, by the boxes of its tables and pictures, and by the frames
    drawn around texts that are no tables."""
    runs = list(_runs(glyphs))
    boxes = [*runs, *(Box(*other) for other in (*tables, *pictures))]
    zones = _column_zones(runs, boxes)
    for zone in (*_box_zones(runs, frames), *_picture_zones(runs, boxes, pictures)):
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


def _picture_zones(runs: Sequence[Box], boxes: Sequence[Box], pictures: Sequence[Extent]) -> Iterable[Zone]:
    """Pictures with text beside them that keeps clear of them, and of the caption below."""
    for x0, top, x1, bottom in pictures:
        beside = [run for run in runs if top < run.bottom and run.top < bottom]
        on_left, on_right = [run for run in beside if run.x1 <= x0], [run for run in beside if run.x0 >= x1]
        text = on_left or on_right
        if (on_left and on_right) or len(_lines(text)) < LINES_BESIDE or len(text) < len(beside):
            continue
        size = text[0].size
        cut = x0 - 0.5 if on_left else x1 + 0.5
        end = max((run.bottom for run in _captions(runs, (x0, top, x1, bottom), size)), default=bottom)
        for run in sorted(runs, key=lambda run: run.top):  # the text goes on below the picture, as narrow as beside it
            is_narrow = run.x1 <= cut if on_left else run.x0 >= cut
            if run.top < end + LEADING * size and run.bottom > end and is_narrow and abs(run.size - size) < SAME_SIZE:
                end = run.bottom
        inside = [box for box in boxes if top < (box.top + box.bottom) / 2 < end]
        if not any(box.x0 < cut < box.x1 for box in inside):
            first, last = min(b.top for b in inside) - 0.1, max(b.bottom for b in inside) + 0.1
            yield Zone(first, last, (cut,), picture=int(bool(on_left)))


def _captions(runs: Sequence[Box], picture: Extent, size: float) -> list[Box]:
    """The lines below a picture that are centred under it, in glyphs no larger than those of the text beside it: a
    heading that comes next begins at the margin."""
    x0, _, x1, bottom = picture
    return [
        run
        for run in runs
        if 0 <= run.top - bottom < CAPTION * size
        and x0 - size <= run.x0 <= run.x1 <= x1 + size
        and abs(run.middle - (x0 + x1) / 2) < size
        and run.size < size + SAME_SIZE
    ]


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
