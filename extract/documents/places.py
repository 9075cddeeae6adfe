"""Where the characters of a PDF stand: the glyph table of a document."""

from __future__ import annotations

import math
from array import array

from extract.documents.model import INSERTED, PlacedText
from extract.documents.pdf_objects import Glyph
from extract.records import NOWHERE, Box, Place


class GlyphPlaces:
    """The box of each glyph by number, kept in flat arrays: a report has some 50,000 glyphs."""

    def __init__(self) -> None:
        self._pages = array("H")
        self._edges = array("f")

    def __len__(self) -> int:
        return len(self._pages)

    def add(self, page: int, glyph: Glyph) -> int:
        """Notes a glyph and gives it its number."""
        self._pages.append(page)
        self._edges.extend((glyph.x0, glyph.top, glyph.x1, glyph.bottom))
        return len(self._pages) - 1

    def place(self, *texts: PlacedText) -> Place:
        """The smallest boxes, one for each page, around the printed characters of the texts."""
        extents: dict[int, list[float]] = {}
        for text in texts:
            for origin, character in zip(text.origins, text.text, strict=True):
                if origin == INSERTED or character.isspace():
                    continue
                page = self._pages[origin]
                x0, top, x1, bottom = self._edges[4 * origin : 4 * origin + 4]
                box = extents.get(page)
                if box is None:
                    extents[page] = [x0, top, x1, bottom]
                else:
                    box[0], box[1] = min(box[0], x0), min(box[1], top)
                    box[2], box[3] = max(box[2], x1), max(box[3], bottom)
        if not extents:
            return NOWHERE
        return Place(tuple(_outward(page, *extents[page]) for page in sorted(extents)))


def _outward(page: int, x0: float, top: float, x1: float, bottom: float) -> Box:
    """A box with its edges rounded to tenths of a point away from its middle, so that it still holds what it held."""
    return Box(
        page, math.floor(x0 * 10) / 10, math.floor(top * 10) / 10, math.ceil(x1 * 10) / 10, math.ceil(bottom * 10) / 10
    )
