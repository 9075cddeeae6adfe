"""Blocks as a flat OpenDocument text (.fodt), which LibreOffice turns into PDF.

Element names are those of OpenDocument 1.3 part 3. Every look that is used gets an automatic style.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from html import escape

from corpus.layout import Block, Cell, Contents, Heading, Marked, NewPage, Orientation, Paragraph, Picture, Table
from corpus.layout import Look, lines, plain, runs
from corpus.style import Style

_NAMESPACES = " ".join(
    f'xmlns:{short}="{address}"'
    for short, address in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
_RULES = {
    "grid": ("0.75pt solid #000000", "0.75pt solid #000000"),
    "hairline": ("0.1pt solid #000000", "0.1pt solid #000000"),
    "horizontal": ("0.75pt solid #000000", "none"),
    "open": ("0.75pt solid #000000", "0.75pt solid #000000"),
    "three-line": ("none", "none"),
    "double": ("0.75pt solid #000000", "0.75pt solid #000000"),
}
"""Horizontal and vertical lines inside a table, for each ruling."""


def to_fodt(blocks: Sequence[Block], style: Style, *, title: str) -> str:
    """The whole document as XML."""
    return _Writer(style).write(blocks, title)


class _Writer:
    """Collects automatic styles while the body is written."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.automatic: dict[str, str] = {}
        self.cells: dict[str, str] = {}
        self.tables = 0
        self.pictures = 0

    def write(self, blocks: Sequence[Block], title: str) -> str:
        body = self._body(blocks)
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMESPACES} office:version="1.3" '
            'office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:meta><dc:title>{escape(title)}</dc:title></office:meta>{self._fonts()}{self._styles()}"
            f"<office:automatic-styles>{''.join(self.automatic.values())}{self._page_layouts()}</office:automatic-styles>"
            f"<office:master-styles>{self._master_pages()}</office:master-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document>"
        )

    def _body(self, blocks: Sequence[Block]) -> str:
        parts: list[str] = []
        pending: NewPage | None = None
        is_numbered = False
        heading = 0
        for block in blocks:
            if isinstance(block, NewPage):
                pending = block
                continue
            breaks = ""
            if pending is not None:
                starts = pending.numbered and not is_numbered
                is_numbered = is_numbered or pending.numbered
                page = ("landscape" if pending.orientation == "landscape" else "portrait") if is_numbered else "front"
                number = ' style:page-number="1"' if starts else ""
                breaks = f'style:master-page-name="{page}"', number
                pending = None
            if isinstance(block, Heading):
                heading += 1
                mark = f'<text:bookmark text:name="h{heading}"/>'
                name = self._placed("Heading", str(block.level), breaks)
                parts.append(
                    f'<text:h text:style-name="{name}" text:outline-level="{block.level}">{mark}{inline(block.text)}</text:h>'
                )
            elif isinstance(block, Paragraph):
                name = self._placed("P", block.kind, breaks)
                parts.append(f'<text:p text:style-name="{name}">{inline(block.text)}</text:p>')
            else:
                if breaks:
                    parts.append(f'<text:p text:style-name="{self._placed("P", "empty", breaks)}"/>')
                parts.append(self._other(block, blocks))
        return "".join(parts)

    def _other(self, block: Contents | Picture | Table, blocks: Sequence[Block]) -> str:
        if isinstance(block, Contents):
            return self._contents(block, blocks)
        if isinstance(block, Picture):
            self.pictures += 1
            data = base64.b64encode(block.svg.encode()).decode()
            size = f'svg:width="{block.width}pt" svg:height="{block.height}pt"'
            frame = f'<draw:frame draw:name="picture{self.pictures}" text:anchor-type="as-char" {size}>'
            image = f'<draw:image draw:mime-type="image/svg+xml"><office:binary-data>{data}</office:binary-data></draw:image>'
            return f'<text:p text:style-name="P-caption">{frame}{image}</draw:frame></text:p>'
        return self._table(block)

    def _placed(self, family: str, kind: str, breaks: str | tuple[str, str]) -> str:
        """The paragraph style, or one derived from it that begins a page."""
        name = f"{family}-{kind}"
        if not breaks:
            return name
        master, number = breaks
        derived = f"{name}-{len(self.automatic)}"
        self.automatic[derived] = (
            f'<style:style style:name="{derived}" style:family="paragraph" style:parent-style-name="{name}" {master}>'
            f"<style:paragraph-properties{number}/></style:style>"
        )
        return derived

    def _contents(self, contents: Contents, blocks: Sequence[Block]) -> str:
        entries = [f'<text:p text:style-name="P-title">{contents.heading}</text:p>']
        for number, heading in enumerate((b for b in blocks if isinstance(b, Heading)), 1):
            if heading.level <= contents.depth:
                page = (
                    f'<text:bookmark-ref text:reference-format="page" text:ref-name="h{number}">0</text:bookmark-ref>'
                )
                entries.append(
                    f'<text:p text:style-name="P-entry{heading.level}">{escape(plain(heading.text))}<text:tab/>{page}</text:p>'
                )
        return "".join(entries)

    def _table(self, table: Table) -> str:
        self.tables += 1
        name = f"T{self.tables}"
        rules = _RULES[self.style.ruling]
        self.automatic[name] = (
            f'<style:style style:name="{name}" style:family="table"><style:table-properties table:align="margins" '
            f'style:width="{sum(table.widths)}pt" table:border-model="collapsing" style:may-break-between-rows="true"/></style:style>'
        )
        columns = []
        for i, width in enumerate(table.widths):
            column = f"{name}.{i}"
            share = round(65535 * width / sum(table.widths))
            self.automatic[column] = (
                f'<style:style style:name="{column}" style:family="table-column">'
                f'<style:table-column-properties style:rel-column-width="{share}*"/></style:style>'
            )
            columns.append(f'<table:table-column table:style-name="{column}"/>')
        self.automatic["row"] = (
            '<style:style style:name="row" style:family="table-row"><style:table-row-properties '
            f'fo:keep-together="{"auto" if self.style.split_rows else "always"}"/></style:style>'
        )
        rows = []
        for r, row in enumerate(table.slots()):
            cells = "".join(self._cell(cell, r, c, table, rules) for c, cell in enumerate(row))
            rows.append(f'<table:table-row table:style-name="row">{cells}</table:table-row>')
        head = "".join(rows[: table.header_rows])
        if head and self.style.repeat_header:
            head = f"<table:table-header-rows>{head}</table:table-header-rows>"
        body = "".join(rows[table.header_rows :])
        return f'<table:table table:style-name="{name}">{"".join(columns)}{head}{body}</table:table>'

    def _cell(self, cell: Cell | None, row: int, column: int, table: Table, rules: tuple[str, str]) -> str:
        if cell is None:
            return "<table:covered-table-cell/>"
        flat, upright = rules
        is_header = row < table.header_rows
        is_left, is_right = column == 0, column + cell.cols == table.width
        is_top, is_low = row == 0, row + cell.rows >= len(table.rows)
        top = bottom = flat
        left = right = upright
        match self.style.ruling:
            case "three-line":
                top = "1.5pt solid #000000" if is_top else "none"
                bottom = "1.5pt solid #000000" if is_low else "none"
                if is_header and row + cell.rows == table.header_rows:
                    bottom = "0.75pt solid #000000"
            case "open":
                left, right = ("none" if is_left else left), ("none" if is_right else right)
            case "double":
                outer = "2.25pt double #000000"
                left, right = (outer if is_left else left), (outer if is_right else right)
                top, bottom = (outer if is_top else top), (outer if is_low else bottom)
            case _:
                pass
        shade = ' fo:background-color="#d9e2f3"' if is_header and self.style.shaded_header else ""
        sides = f'fo:border-left="{left}" fo:border-right="{right}" fo:border-top="{top}" fo:border-bottom="{bottom}"'
        middle = ' style:vertical-align="middle"' if is_header else ""
        key = f"{sides}{shade}{middle}"
        name = self.cells.setdefault(key, f"C{len(self.cells)}")
        self.automatic[name] = (
            f'<style:style style:name="{name}" style:family="table-cell">'
            f'<style:table-cell-properties {key} fo:padding="3pt"/></style:style>'
        )
        look = "P-center" if cell.align == "center" or is_header else "P-cell"
        text = "".join(f'<text:p text:style-name="{look}">{_spans(line)}</text:p>' for line in lines(cell.text))
        spans = f' table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="{cell.cols}"'
        spans = spans if cell.rows > 1 or cell.cols > 1 else ""
        return (
            f'<table:table-cell table:style-name="{name}"{spans} office:value-type="string">{text}</table:table-cell>'
        )

    def _fonts(self) -> str:
        faces = "".join(
            f'<style:font-face style:name="{f}" svg:font-family="&apos;{f}&apos;"/>'
            for f in (self.style.font, self.style.latin)
        )
        return f"<office:font-face-decls>{faces}</office:font-face-decls>"

    def _styles(self) -> str:
        s = self.style
        text = (
            f'style:font-name="{s.latin}" style:font-name-asian="{s.font}" fo:language="en" fo:country="US" '
            'style:language-asian="zh" style:country-asian="TW"'
        )
        default = f'<style:default-style style:family="paragraph"><style:text-properties {text} {_size(s.size)}/></style:default-style>'
        made = [default]

        def add(name: str, size: float, paragraph: str = "", extra: str = "", tabs: str = "") -> None:
            spacing = f'fo:line-height="{round(100 * min(s.line_height, 1.3))}%"'
            made.append(
                f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {spacing} {paragraph}>{tabs}'
                f"</style:paragraph-properties><style:text-properties {_size(size)} {extra}/></style:style>"
            )

        bold = 'fo:font-weight="bold" style:font-weight-asian="bold"'
        for level in range(1, 7):
            scale = max(1.0, 1.4 - 0.1 * level)
            add(
                f"Heading-{level}",
                s.size * scale,
                'fo:keep-with-next="always" fo:margin-top="6pt" fo:margin-bottom="4pt"',
                bold,
            )
        width = s.page("portrait")[0] - 2 * s.margin
        stop = f'<style:tab-stops><style:tab-stop style:position="{width}pt" style:type="right" style:leader-style="dotted" style:leader-text="."/></style:tab-stops>'
        for level in range(1, 7):
            add(f"P-entry{level}", s.size, f'fo:margin-left="{(level - 1) * 18}pt"', "", stop)
        add("P-body", s.size, f'fo:text-indent="{2 * s.size}pt" fo:margin-bottom="5pt" fo:text-align="justify"')
        add("P-bullet", s.size, 'fo:margin-left="14pt" fo:margin-bottom="3pt"')
        add("P-caption", s.size, 'fo:text-align="center" fo:margin-top="4pt"')
        add("P-unit", s.table_size, 'fo:text-align="end"')
        add("P-source", s.size * 0.8)
        add("P-note", s.size * 0.8)
        add("P-title", s.size * 1.7, 'fo:text-align="center" fo:margin-top="8pt" fo:margin-bottom="8pt"', bold)
        add("P-agencies", s.size, 'fo:margin-left="28pt"')
        add("P-date", s.size, 'fo:text-align="center" fo:margin-top="30pt"')
        add("P-notice", s.size, 'fo:text-align="center" fo:margin-top="20pt"')
        add("P-empty", 2)
        add("P-cell", s.table_size)
        add("P-center", s.table_size, 'fo:text-align="center"')
        for name, extra in {
            "sub": 'style:text-position="sub 58%"',
            "sup": 'style:text-position="super 58%"',
            "b": bold,
        }.items():
            made.append(
                f'<style:style style:name="{name}" style:family="text"><style:text-properties {extra}/></style:style>'
            )
        return f"<office:styles>{''.join(made)}</office:styles>"

    def _page_layouts(self) -> str:
        layouts = []
        orientations: tuple[Orientation, ...] = ("portrait", "landscape")
        for orientation in orientations:
            width, height = self.style.page(orientation)
            layouts.append(
                f'<style:page-layout style:name="L-{orientation}"><style:page-layout-properties fo:page-width="{width}pt" '
                f'fo:page-height="{height}pt" style:print-orientation="{orientation}" fo:margin="{self.style.margin}pt"/>'
                '<style:footer-style><style:header-footer-properties fo:margin-top="8pt"/></style:footer-style></style:page-layout>'
            )
        return "".join(layouts)

    def _master_pages(self) -> str:
        number = '<style:footer><text:p text:style-name="P-center"><text:page-number/></text:p></style:footer>'
        footer = number if self.style.page_numbers else ""
        return (
            '<style:master-page style:name="front" style:page-layout-name="L-portrait"/>'
            f'<style:master-page style:name="portrait" style:page-layout-name="L-portrait">{footer}</style:master-page>'
            f'<style:master-page style:name="landscape" style:page-layout-name="L-landscape">{footer}</style:master-page>'
        )


def _size(points: float) -> str:
    return f'fo:font-size="{points:.1f}pt" style:font-size-asian="{points:.1f}pt"'


def inline(text: Marked) -> str:
    """Inline XML of a marked text."""
    return _spans(runs(text))


def _spans(line: Iterable[tuple[str, Look]]) -> str:
    parts = []
    for part, look in line:
        inner = escape(part, quote=False).replace("\n", "<text:line-break/>")
        parts.append(f'<text:span text:style-name="{look}">{inner}</text:span>' if look else inner)
    return "".join(parts)
