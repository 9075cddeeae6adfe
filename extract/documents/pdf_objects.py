"""Where the objects of a PDF page come from: the one seam under everything that reads PDFs.

A source opens a file and yields, page by page, `PageObjects`: glyphs, ruling edges and pictures. The stock
source is pdfplumber; a faster one only has to yield the same.

pdfplumber's own character dictionaries cost a quarter of its time and are not needed, so glyphs are taken from the
layout tree that it builds; lines, rectangles and curves go through pdfplumber, whose edge
functions the table finders use.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple, Protocol

import pdfplumber
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTImage
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.geometry import obj_to_edges

from extract.documents.radicals import UNIFIED

# pdfminer warns once for each odd font or operator of a page; what matters comes back as an exception.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

MAX_EDGES = 20_000
"""Edges of one page above which it is a drawing, not a table (a ruled A3 page has a few hundred)."""

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


def plumber_objects(data: bytes, password: str | None = None) -> Iterator[PageObjects]:
    """Objects of each page by pdfplumber. Raises what pdfplumber and pdfminer raise on bad files."""
    with pdfplumber.open(BytesIO(data), password=password or "", unicode_norm=None) as pdf:
        for page in pdf.pages:
            yield _objects(page)
            page.close()


def _objects(page: PlumberPage) -> PageObjects:
    left, _, right, y_top = (float(edge) for edge in page.mediabox)
    glyphs: list[Glyph] = []
    edges: list[Edge] = []
    pictures: list[Picture] = []
    too_many = False
    height = float(page.height)
    for item in _leaves(page.layout):
        if isinstance(item, LTChar):
            a, b, _, d, _, baseline = item.matrix
            glyphs.append(
                Glyph(
                    item.get_text().translate(UNIFIED),
                    item.x0,
                    y_top - item.y1,
                    item.x1,
                    y_top - item.y0,
                    item.size,
                    y_top - baseline,
                    item.fontname,
                    item.upright and a > 0 and d > 0 and abs(b) < abs(a) * 0.2,
                )
            )
        elif isinstance(item, LTImage):
            pictures.append(Picture(item.x0, y_top - item.y1, item.x1, y_top - item.y0))
        elif too_many:
            continue
        else:
            drawn = page.process_object(item)
            if drawn["object_type"] in ("line", "rect", "curve") and _is_seen(drawn):
                edges.extend(obj_to_edges(drawn))
                too_many = len(edges) > MAX_EDGES
    return PageObjects(page.page_number, left, right, height, glyphs, [] if too_many else edges, pictures, too_many)


def _leaves(container: LTContainer[LTComponent]) -> Iterator[LTComponent]:
    """The objects below a layout container, forms and figures opened, without recursion: fuzzed files nest deeply."""
    stack = [iter(container)]
    while stack:
        item = next(stack[-1], None)
        if item is None:
            stack.pop()
        elif isinstance(item, LTContainer):
            stack.append(iter(item))
        else:
            yield item


def _is_seen(drawn: dict[str, Any]) -> bool:
    """Whether a shape leaves ink: an unstroked, unfilled path (a clip) is no ruling; nor is a white filling."""
    if drawn.get("stroke"):
        return True
    if not drawn.get("fill"):
        return False
    colour = drawn.get("non_stroking_color")
    is_hairline = min(drawn["width"], drawn["height"]) < 3
    return is_hairline or colour not in ((1,), (1, 1, 1), 1)
