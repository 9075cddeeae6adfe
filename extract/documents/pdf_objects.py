"""What is drawn on a page of a PDF: the one seam under everything that reads PDFs.

A source opens a file and yields, page by page, `PageObjects`: glyphs, ruling edges and pictures. The source used is
`plumber_source`; another one only has to yield the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

MAX_EDGES = 20_000
"""Edges of one page above which it is a drawing, not a table (a ruled A3 page has a few hundred)."""
SHORTEST = 8.0
"""Points; a shorter edge is a tick, the underline of a character, or one dot of a dotted line."""
MAX_DOTS = 100_000
"""Shorter edges above which a page is a drawing (a dotted line across a page has two thousand)."""

Edge = dict[str, Any]
"""An edge as pdfplumber's table functions take it: x0, x1, top, bottom, width, height, orientation."""


class Glyph(NamedTuple):
    """One printed character in points, origin at the top left; `baseline` is where it stands."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    baseline: float
    font: str
    upright: bool


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """A glyph with its number in the document's glyph table."""

    glyph: Glyph
    number: int


class Picture(NamedTuple):
    """The rectangle of an image."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageObjects:
    """All that is drawn on one page between the x positions `left` and `right`. `number` is 1-based;
    `too_many_edges` says that edges were left out."""

    number: int
    left: float
    right: float
    height: float
    glyphs: list[Glyph]
    edges: list[Edge]
    pictures: list[Picture]
    too_many_edges: bool = False

    @property
    def width(self) -> float:
        """In points."""
        return self.right - self.left


class ObjectSource(Protocol):
    """Opens a PDF and yields its pages' objects in order."""

    def __call__(self, data: bytes, password: str | None) -> Iterator[PageObjects]:
        """Pages in order; raises what its library raises."""
        ...
