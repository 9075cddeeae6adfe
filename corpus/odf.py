"""Blocks as a flat OpenDocument text (.fodt), which LibreOffice turns into PDF.

Element names are those of OpenDocument 1.3, part 3. Looks that depend on the place (a page that begins, the
lines of a cell, the width of a column) get an automatic style each; the others stand in odf_styles.py.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil

from corpus import odf_styles
from corpus.layout import Block, Cell, Contents, Heading, Look, NewPage, Paragraph, Picture, Table, lines, plain, runs
from corpus.style import Style


def to_fodt(blocks: Sequence[Block], style: Style, *, title: str) -> str:
    """The whole document as XML."""
    return _Writer(blocks, style).document(title)


@dataclass(frozen=True, slots=True)
class _Break:
    """A page that begins: its master page, and whether numbers start at 1 here."""

    master: str
    restarts: bool


class _Writer:
    """Collects automatic styles while the body is written."""

    def __init__(self, blocks: Sequence[Block], style: Style) -> None:
        self.blocks = blocks
        self.style = style
        self.automatic: dict[str, str] = {}
        self.cells: dict[str, str] = {}
        self.text_width = 0.0
        self.tables = 0
        self.pictures = 0

    def document(self, title: str) -> str:
        """The document; the body comes first, for it makes the automatic styles."""
        body = "".join(self._body())
        automatic = "".join(self.automatic.values()) + odf_styles.page_layouts(self.style)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {odf_styles.NAMESPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:meta><dc:title>{escape(title)}</dc:title></office:meta>"
            f"{odf_styles.fonts(self.style)}{odf_styles.named_styles(self.style)}"
            f"<office:automatic-styles>{automatic}</office:automatic-styles>"
            f"<office:master-styles>{odf_styles.master_pages(self.style)}</office:master-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document>"
        )

    def _body(self) -> Iterable[str]:
        begins: _Break | None = None
        is_numbered = False
        headings = 0
        for block in self.blocks:
            if isinstance(block, NewPage):
                starts = block.numbered and not is_numbered
                is_numbered = is_numbered or block.numbered
                begins = _Break(block.orientation if is_numbered else "front", starts)
                self.text_width = self.style.page(block.orientation)[0] - 2 * self.style.margin
                continue
            if isinstance(block, Heading):
                headings += 1
                name = self._paragraph_style(f"Heading-{block.level}", begins)
                text = f'<text:bookmark text:name="h{headings}"/>{_inline(runs(block.text))}'
                yield f'<text:h text:style-name="{name}" text:outline-level="{block.level}">{text}</text:h>'
            elif isinstance(block, Paragraph):
                name = self._paragraph_style(f"P-{block.kind}", begins)
                yield f'<text:p text:style-name="{name}">{_inline(runs(block.text))}</text:p>'
            else:
                if begins:
                    yield f'<text:p text:style-name="{self._paragraph_style("P-empty", begins)}"/>'
                yield self._framed(block)
            begins = None

    def _framed(self, block: Contents | Picture | Table) -> str:
        if isinstance(block, Contents):
            return self._contents(block)
        if isinstance(block, Table):
            return self._table(block)
        self.pictures += 1
        data = base64.b64encode(block.svg.encode()).decode()
        size = f'svg:width="{block.width}pt" svg:height="{block.height}pt"'
        image = (
            f'<draw:image draw:mime-type="image/svg+xml"><office:binary-data>{data}</office:binary-data></draw:image>'
        )
        frame = f'<draw:frame draw:name="picture{self.pictures}" text:anchor-type="as-char" {size}>{image}</draw:frame>'
        return f'<text:p text:style-name="P-caption">{frame}</text:p>'

    def _paragraph_style(self, name: str, begins: _Break | None) -> str:
        """The paragraph style, or one derived from it that begins a page."""
        if begins is None:
            return name
        derived = f"{name}-{len(self.automatic)}"
        number = ' style:page-number="1"' if begins.restarts else ""
        self.automatic[derived] = (
            f'<style:style style:name="{derived}" style:family="paragraph" style:parent-style-name="{name}" '
            f'style:master-page-name="{begins.master}"><style:paragraph-properties{number}/></style:style>'
        )
        return derived

    def _contents(self, contents: Contents) -> str:
        entries = [f'<text:p text:style-name="P-title">{contents.heading}</text:p>']
        for number, heading in enumerate((b for b in self.blocks if isinstance(b, Heading)), 1):
            if heading.level <= contents.depth:
                page = (
                    f'<text:bookmark-ref text:reference-format="page" text:ref-name="h{number}">0</text:bookmark-ref>'
                )
                text = f"{escape(plain(heading.text))}<text:tab/>{page}"
                entries.append(f'<text:p text:style-name="P-entry{heading.level}">{text}</text:p>')
        return "".join(entries)

    def _table(self, table: Table) -> str:
        self.tables += 1
        name = f"T{self.tables}"
        total = sum(table.widths)
        self.automatic[name] = (
            f'<style:style style:name="{name}" style:family="table"><style:table-properties table:align="margins" '
            f'style:width="{total}pt" table:border-model="collapsing" style:may-break-between-rows="true"/>'
            "</style:style>"
        )
        columns = []
        for i, width in enumerate(table.widths):
            column = f"{name}.{i}"
            self.automatic[column] = (
                f'<style:style style:name="{column}" style:family="table-column"><style:table-column-properties '
                f'style:rel-column-width="{round(65535 * width / total)}*"/></style:style>'
            )
            columns.append(f'<table:table-column table:style-name="{column}"/>')
        rows = []
        for r, row in enumerate(table.slots()):
            cells = "".join(self._cell(cell, r, c, table) for c, cell in enumerate(row))
            style = self._row_style(self._header_height(table, r))
            rows.append(f'<table:table-row table:style-name="{style}">{cells}</table:table-row>')
        head, body = "".join(rows[: table.header_rows]), "".join(rows[table.header_rows :])
        if head and self.style.repeat_header:
            head = f"<table:table-header-rows>{head}</table:table-header-rows>"
        return f'<table:table table:style-name="{name}">{"".join(columns)}{head}{body}</table:table>'

    def _row_style(self, height: int) -> str:
        name = f"row{height}"
        together = "auto" if self.style.split_rows else "always"
        self.automatic[name] = (
            f'<style:style style:name="{name}" style:family="table-row"><style:table-row-properties '
            f'style:min-row-height="{height}pt" fo:keep-together="{together}"/></style:style>'
        )
        return name

    def _header_height(self, table: Table, row: int) -> int:
        """Points that a header row needs for cells over two rows: repeated headers are cut off without it."""
        size = self.style.table_size
        heights = [0.0]
        for column, cell in enumerate(table.slots()[row]) if row < table.header_rows else ():
            if cell and cell.rows > 1:
                room = self.text_width * table.widths[column] / sum(table.widths) - 8
                lines_needed = 0.0
                for line in plain(cell.text).split("\n"):
                    width = size * sum(1.0 if c > "\u2e7f" else 0.6 for c in line)
                    lines_needed += ceil(width / max(room, size)) + 0.3
                heights.append(lines_needed * size * 1.5 / cell.rows)
        return ceil(max(heights))

    def _cell(self, cell: Cell | None, row: int, column: int, table: Table) -> str:
        if cell is None:
            return "<table:covered-table-cell/>"
        is_header = row < table.header_rows
        edges = odf_styles.Edges(
            left=column == 0,
            right=column + cell.cols == table.width,
            top=row == 0,
            bottom=row + cell.rows >= len(table.rows),
            under_header=is_header and row + cell.rows == table.header_rows,
        )
        key = odf_styles.cell_properties(self.style, edges, is_header=is_header, is_centred=cell.align == "center")
        name = self.cells.setdefault(key, f"C{len(self.cells)}")
        self.automatic[name] = f'<style:style style:name="{name}" style:family="table-cell">{key}</style:style>'
        look = "P-center" if cell.align == "center" or is_header else "P-cell"
        text = "".join(f'<text:p text:style-name="{look}">{_inline(line)}</text:p>' for line in lines(cell.text))
        spans = f' table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="{cell.cols}"'
        spans = spans if cell.rows > 1 or cell.cols > 1 else ""
        return (
            f'<table:table-cell table:style-name="{name}"{spans} office:value-type="string">{text}</table:table-cell>'
        )


def _inline(parts: Iterable[tuple[str, Look]]) -> str:
    out = []
    for part, look in parts:
        inner = escape(part, quote=False).replace("\n", "<text:line-break/>")
        out.append(f'<text:span text:style-name="{look}">{inner}</text:span>' if look else inner)
    return "".join(out)
