"""The regions of a page that is set in columns, whole or in part, in the order in which they are read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from extract.documents.pdf_objects import PlacedGlyph

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


def lines_of(runs: Sequence[Box]) -> list[tuple[float, float]]:
    """x0 and x1 of the lines that runs of text make up."""
    found: list[tuple[float, float]] = []
    ordered = sorted((run for run in runs if run.size), key=lambda run: run.bottom)
    for _, line in groupby(ordered, key=lambda run: round(run.bottom / 3)):
        boxes = list(line)
        found.append((min(b.x0 for b in boxes), max(b.x1 for b in boxes)))
    return found
