"""Pages drawn glyph by glyph and line by line, without a PDF: what a source of page objects would yield.

A Chinese character is as wide as its size, a Latin one half of it. All positions are points from the top left corner.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.documents.model import Block, Document, Figure, Heading, Paragraph, Table
from extract.documents.pdf import read_pdf
from extract.documents.pdf_objects import Edge, Glyph, PageObjects, Picture

LEADING = 1.3
"""Baselines of a cell's lines are so many sizes apart."""
PADDING = 3.0


def width(text: str, size: float) -> float:
    """Of a text set without stretching, in points."""
    return sum(size if unicodedata.east_asian_width(c) in ("W", "F") else size / 2 for c in text)


@dataclass
class Sheet:
    """One page to draw on."""

    right: float = 595.0
    height: float = 842.0
    glyphs: list[Glyph] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def write(  # noqa: PLR0913 - one for each thing that a glyph has
        self, x: float, baseline: float, text: str, size: float = 12.0, *, font: str = "Ming", gap: float = 0.0
    ) -> float:
        """Text on one baseline, with `gap` points between glyphs; gives the x where it ends."""
        for character in text:
            end = x + width(character, size)
            top = baseline - 0.88 * size
            self.glyphs.append(Glyph(character, x, top, end, top + size, size, baseline, font, upright=True))
            x = end + gap
        return x - gap

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A line from (x0, y0) to (x1, y1), level or upright."""
        self.edges.append(
            {
                "object_type": "line",
                "orientation": "h" if y0 == y1 else "v",
                "x0": x0,
                "x1": x1,
                "top": y0,
                "bottom": y1,
                "width": x1 - x0,
                "height": y1 - y0,
            }
        )

    def lattice(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """A full grid of rules."""
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])

    def cell(self, x: float, top: float, text: str, size: float = 12.0) -> None:
        """Lines of a cell from its upper left corner, parted by newlines."""
        for number, line in enumerate(text.split("\n")):
            self.write(x + PADDING, top + (1 + LEADING * number) * size + PADDING, line, size)

    def table(
        self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str | None]], size: float = 12.0
    ) -> None:
        """A ruled table. None is a cell that the one above covers, so that no rule stands between them."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for number, y in enumerate(ys):
            row = rows[number] if number < len(rows) else [""] * (len(xs) - 1)
            for column, text in enumerate(row):
                if text is not None:
                    self.rule(xs[column], y, xs[column + 1], y)
        for top, row in zip(ys, rows, strict=False):
            for x, text in zip(xs, row, strict=False):
                if text:
                    self.cell(x, top, text, size)

    def objects(self, number: int) -> PageObjects:
        """As the source yields them."""
        return PageObjects(number, 0.0, self.right, self.height, self.glyphs, self.edges, self.pictures)


def document(*sheets: Sheet) -> Document:
    """The document of some pages."""

    def source(data: bytes, password: str | None) -> Iterator[PageObjects]:  # noqa: ARG001
        yield from (sheet.objects(number) for number, sheet in enumerate(sheets, start=1))

    return read_pdf("drawn.pdf", b"", source=source)


def tables(read: Document) -> list[Table]:
    return [block for block in read.blocks if isinstance(block, Table)]


def cells(table: Table) -> list[list[str]]:
    """The texts of all rows, header first; merged cells in each slot that they cover."""
    return [[cell.text.text for cell in row.cells] for row in (*table.header, *table.rows)]


def shape(block: Block) -> tuple[str, object]:
    """Kind and content of a block, for comparing whole documents."""
    match block:
        case Table():
            return "table", cells(block)
        case Figure():
            return "figure", block.text.text
        case Heading() | Paragraph():
            return type(block).__name__.lower(), block.text.text


def shapes(*sheets: Sheet) -> list[tuple[str, object]]:
    return [shape(block) for block in document(*sheets).blocks]


XS = (50.0, 150.0, 330.0, 430.0, 545.0)
HEADER = ["推動措施", "內容", "主辦機關", "經費"]
ROWS = [
    ["1.1 電動公車", "補助客運業者汰換車輛", "公路局", "500 萬元"],
    ["1.2 軌道運輸", "興建輕軌路線", "鐵道局", "12 億元"],
    ["1.3 人行環境", "改善通學步道", "國土署", "3 億元"],
]
"""Columns, header and rows of the table that most of these tests draw."""


def only_table(*sheets: Sheet) -> Table:
    """The table of pages that have no more than one."""
    (table,) = tables(document(*sheets))
    return table


def open_columns(sheet: Sheet, ys: list[float], rows: list[list[str]], size: float = 12.0) -> None:
    """Texts of rows in the columns of XS, without any rule."""
    for y, row in zip(ys, rows, strict=False):
        for x, text in zip(XS, row, strict=False):
            sheet.cell(x, y, text, size)
