"""A briefing as a Word document (python-docx)."""

from __future__ import annotations

from typing import IO, Any

from kb.briefing.blocks import Briefing, Grid, Heading, Line, Paragraph

FONT = "Noto Sans CJK TC"
LINK_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"


def write(briefing: Briefing, out: IO[bytes]) -> None:
    """A4, headings as Word's own, links that can be followed."""
    from docx import Document  # noqa: PLC0415 - needed here alone
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Mm, Pt  # noqa: PLC0415

    document = Document()
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(18)
    page.top_margin = page.bottom_margin = Mm(18)
    for name in ("Normal", "Title", "Heading 1"):
        style: Any = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for name_of_theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            # Where a theme font is named too, it wins over the one that is set here.
            fonts.attrib.pop(qn(f"w:{name_of_theme}"), None)
        fonts.set(qn("w:eastAsia"), FONT)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(10)
    document.core_properties.title = briefing.title
    document.core_properties.language = "zh-Hant-TW"
    document.add_heading(briefing.title, 0)
    document.add_paragraph(briefing.subtitle)
    for block in briefing.blocks:
        match block:
            case Heading(text):
                document.add_heading(text, 1)
            case Paragraph(line):
                _fill(document.add_paragraph(), line)
            case Grid():
                _table(document, block)
    document.save(out)


def _table(document: Any, grid: Grid) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415

    table = document.add_table(rows=1, cols=len(grid.header))
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, grid.header, strict=True):
        cell.paragraphs[0].add_run(text).bold = True
    for row in grid.rows:
        for at, (cell, line) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _fill(cell.paragraphs[0], line)
            if at in grid.numbers:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _fill(paragraph: Any, line: Line) -> None:
    """Runs of text; python-docx has no call for links, so they are put together here (ECMA-376, 17.16.22)."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    for span in line:
        run = paragraph.add_run(span.text)
        if span.address:
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(span.address, LINK_TYPE, is_external=True))
            run.font.underline = True
            link.append(run._r)
            paragraph._p.append(link)
