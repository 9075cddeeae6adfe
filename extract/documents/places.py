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
        self._x0, self._top, self._x1, self._bottom = array("f"), array("f"), array("f"), array("f")

    def __len__(self) -> int:
        return len(self._pages)

    def add(self, page: int, glyph: Glyph) -> int:
        """Notes a glyph and gives it its number."""
        self._pages.append(page)
        self._x0.append(glyph.x0)
        self._top.append(glyph.top)
        self._x1.append(glyph.x1)
        self._bottom.append(glyph.bottom)
        return len(self._pages) - 1

    def place(self, *texts: PlacedText) -> Place:
        """The smallest boxes, one for each page, around the printed characters of the texts."""
        printed = [
            origin
            for text in texts
            for origin, character in zip(text.origins, text.text, strict=True)
            if origin != INSERTED and not character.isspace()
        ]
        if not printed:
            return NOWHERE
        pages = sorted({self._pages[origin] for origin in printed})
        if len(pages) == 1:
            return Place((self._box(pages[0], printed),))
        return Place(tuple(self._box(page, [o for o in printed if self._pages[o] == page]) for page in pages))

    def _box(self, page: int, glyphs: list[int]) -> Box:
        return _outward(
            page,
            min([self._x0[g] for g in glyphs]),
            min([self._top[g] for g in glyphs]),
            max([self._x1[g] for g in glyphs]),
            max([self._bottom[g] for g in glyphs]),
        )


def _outward(page: int, x0: float, top: float, x1: float, bottom: float) -> Box:
    """A box with its edges rounded to tenths of a point away from its middle, so that it still holds what it held."""
    return Box(
        page, math.floor(x0 * 10) / 10, math.floor(top * 10) / 10, math.ceil(x1 * 10) / 10, math.ceil(bottom * 10) / 10
    )
