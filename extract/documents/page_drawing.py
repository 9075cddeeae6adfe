"""What a page draws, collected while pdfminer runs its content: glyphs at once as ours, the rest as pdfminer's items.

The same objects as pdfplumber's `page.layout` has, in a third of its time (tests compare the two on every sample):
content streams are read by `content_stream`, and a glyph is measured without the copies of the graphics state, the
layout item and the attributes that nobody asks for here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTPage
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import stream_value
from pdfminer.psparser import PSKeyword
from pdfminer.utils import Matrix, Point, apply_matrix_rect

from extract.documents.content_stream import Unusual, read_content
from extract.documents.pdf_objects import Glyph
from extract.documents.radicals import UNIFIED

MOST_SLANTED = 0.2
"""Upright text rises at most so much for each point to the right."""
SPACE = 32


class PageDrawer(PDFLayoutAnalyzer):
    """Draws pages one after the other. `y_top` is what pdfminer's y of a page's upper edge is."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.y_top = 0.0
        self.glyphs: list[Glyph] = []
        self._pages: list[LTPage] = []
        self._faces: dict[PDFFont, dict[int, tuple[str, float]]] = {}

    def draw(self, page: PDFPage, y_top: float) -> tuple[list[Glyph], Iterator[LTComponent]]:
        """The glyphs of a page, and what else is on it. Raises whatever pdfminer raises on bad files."""
        self.y_top, self.glyphs = y_top, []
        # After an error on the page before, pdfminer's stack of open forms is not empty.
        self._stack = []
        Interpreter(self.rsrcmgr, self).process_page(page)
        return self.glyphs, _leaves(self._pages.pop())

    def receive_layout(self, ltpage: LTPage) -> None:
        """Called by pdfminer at the end of a page."""
        self._pages = [ltpage]

    def render_string_horizontal(  # noqa: PLR0913, PLR0917 - as pdfminer calls it
        self,
        seq: PDFTextSeq,
        matrix: Matrix,
        pos: Point,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        charspace: float,
        wordspace: float,
        rise: float,
        dxscale: float,
        ncs: PDFColorSpace,  # noqa: ARG002
        graphicstate: PDFGraphicState,  # noqa: ARG002
    ) -> Point:
        """The glyphs of one string, from `pos` on; gives the position after it."""
        x, y = pos
        a, b, c, d, e, f = matrix
        face = self._faces.setdefault(font, {})
        low = font.get_descent() * fontsize + rise
        high = low + fontsize
        is_straight = b == c == 0
        upright = a * d * scaling > 0 and b * c <= 0 and a > 0 and d > 0 and abs(b) < abs(a) * MOST_SLANTED
        name, y_top, add = font.fontname, self.y_top, self.glyphs.append
        is_spaced = False
        for part in seq:
            if isinstance(part, int | float):
                x -= part * dxscale
                is_spaced = True
                continue
            if not isinstance(part, bytes):
                continue
            for cid in font.decode(part):
                if is_spaced:
                    x += charspace
                text, width = face.get(cid) or self._learn(font, cid)
                advance = width * fontsize * scaling
                at, baseline = x * a + y * c + e, x * b + y * d + f
                if is_straight:
                    x0, x1, y0, y1 = at, a * advance + at, d * low + baseline, d * high + baseline
                    if x1 < x0:
                        x0, x1 = x1, x0
                    if y1 < y0:
                        y0, y1 = y1, y0
                else:
                    x0, y0, x1, y1 = apply_matrix_rect((a, b, c, d, at, baseline), (0, low, advance, high))
                add(Glyph(text, x0, y_top - y1, x1, y_top - y0, y1 - y0, y_top - baseline, name, upright))
                x += advance
                if wordspace and cid == SPACE:
                    x += wordspace
                is_spaced = True
        return x, y

    def _learn(self, font: PDFFont, cid: int) -> tuple[str, float]:
        """Text and width of a glyph, the width as a share of the font's size."""
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = self.handle_undefined_char(font, cid)
        learnt = self._faces[font][cid] = (text.translate(UNIFIED), font.char_width(cid))
        return learnt

    def render_char(  # noqa: PLR0913, PLR0917 - as pdfminer calls it
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """One glyph of a vertical string; gives how far it moves on."""
        text, width = self._faces.setdefault(font, {}).get(cid) or self._learn(font, cid)
        shift = font.char_disp(cid)
        item = LTChar(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, graphicstate)
        a, b, _, d, _, baseline = matrix
        upright = item.upright and a > 0 and d > 0 and abs(b) < abs(a) * MOST_SLANTED
        top, bottom, y = self.y_top - item.y1, self.y_top - item.y0, self.y_top - baseline
        self.glyphs.append(Glyph(text, item.x0, top, item.x1, bottom, item.size, y, item.fontname, upright))
        return item.adv


class Interpreter(PDFPageInterpreter):
    """Runs the operators of a page, or of a form on it."""

    def execute(self, streams: Sequence[object]) -> None:
        """Run the content of streams; a form that is being run already is not run inside itself."""
        own = [stream_value(stream) for stream in streams]
        run = [s for s in own if s.objid is not None and s.objid not in self.parent_stream_ids]
        try:
            content = read_content(b"\n".join(stream.get_data() for stream in run))
        except Unusual:
            super().execute(streams)
            return
        self.stream_ids = {s.objid for s in run if s.objid is not None}
        known: dict[PSKeyword, tuple[Callable[..., None], int] | None] = {}
        for item in content:
            if not isinstance(item, PSKeyword):
                self.argstack.append(item)
                continue
            if item not in known:
                known[item] = self._operator(item)
            operator = known[item]
            if operator is None:
                continue
            function, count = operator
            arguments = self.pop(count)
            if len(arguments) == count:
                function(*arguments)

    def _operator(self, keyword: PSKeyword) -> tuple[Callable[..., None], int] | None:
        """The method that does what a keyword says, and how many operands it takes; None for what pdfminer ignores."""
        name = keyword.name.decode("utf-8", "ignore") if isinstance(keyword.name, bytes) else str(keyword.name)
        name = name.replace("*", "_a").replace('"', "_w").replace("'", "_q")
        function = getattr(self, f"do_{name}", None)
        return None if function is None else (function, function.__code__.co_argcount - 1)

    def pop(self, n: int) -> list[Any]:
        """The last n operands, or as many as there are."""
        if n == 0:
            return []
        taken = self.argstack[-n:]
        del self.argstack[-n:]
        return taken

    def do_TJ(self, seq: Any) -> None:  # noqa: N802 - pdfminer's name for it
        """Show strings."""
        if self.textstate.font is not None:
            self.device.render_string(self.textstate, seq, self.graphicstate.ncs, self.graphicstate)


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
