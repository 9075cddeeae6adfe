"""Blocks as text: Markdown headings, tables as tab-separated lines, cut and continued as pages cut them.

This is how reports look after a conversion from PDF: a long table is broken every few rows, the header
comes again, a cell may go on after the break, `CO <sub>2</sub> e` has spaces in table cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.layout import Block, Contents, Heading, Marked, NewPage, Paragraph, Picture, Table, plain, runs


@dataclass(frozen=True, slots=True)
class TextStyle:
    """`rows_a_page` body rows make a page (0: tables are not cut); `cuts_rows`: the last row of a page is
    cut through its cells; `item_tags`: lines of a cell stand in `<p>` tags, else a space joins them."""

    rows_a_page: int = 3
    cuts_rows: bool = True
    item_tags: bool = False
    spaced_subscripts: bool = True


DEFAULT = TextStyle()
SHORT = 24
"""Cells of no more characters are not cut."""


def to_markdown(blocks: Sequence[Block], style: TextStyle = DEFAULT) -> str:
    """The whole text; ends with a newline."""
    parts: list[str] = []
    title: list[str] = []
    for block in blocks:
        if title and not (isinstance(block, Paragraph) and block.kind == "title"):
            parts.append(f"# {' '.join(title)}")
            title = []
        if isinstance(block, Paragraph) and block.kind == "title":
            title.append(_text(block.text))
        elif isinstance(block, Heading):
            parts.append(f"{'#' * min(block.level + 1, 6)} {_text(block.text)}")
        elif isinstance(block, Paragraph):
            parts.append(_paragraph(block))
        elif isinstance(block, Contents):
            parts.append(f"## {block.heading}")
            parts.append("\n".join(_contents_lines(block, blocks)))
        elif isinstance(block, Table):
            parts.extend(_table(block, style))
        else:
            assert isinstance(block, Picture | NewPage)  # noqa: S101  # neither has text
    return "\n\n".join(parts) + "\n"


def _paragraph(block: Paragraph) -> str:
    text = _text(block.text).replace("\n", "  \n")
    return f"- {text}" if block.kind == "bullet" else text


def _contents_lines(contents: Contents, blocks: Sequence[Block]) -> list[str]:
    headings = [b for b in blocks if isinstance(b, Heading)]
    return [f"{plain(h.text)} .....\t{n}" for n, h in enumerate(headings, 1) if h.level <= contents.depth]


def _text(text: Marked, *, spaced: bool = False) -> str:
    out = ""
    for part, look in runs(text):
        if look == "sub":
            out += f" <sub>{part}</sub> " if spaced else f"<sub>{part}</sub>"
        elif look == "sup":
            out += f" <sup>{part}</sup>"
        elif look == "b":
            out += f"<b>{part}</b>" if spaced else f"**{part}**"
        else:
            out += part
    return out


def _table(table: Table, style: TextStyle) -> list[str]:
    """The fragments of the table, each a run of lines."""
    rows = [tuple(cell.text if cell else "" for cell in row) for row in table.slots()]
    header, body = rows[: table.header_rows], rows[table.header_rows :]
    pages = list(_pages(body, style)) or [[]]
    return ["\n".join(_line(row, style) for row in [*header, *page]) for page in pages]


def _line(row: Iterable[Marked], style: TextStyle) -> str:
    cells = []
    for cell in row:
        text = _text(cell, spaced=style.spaced_subscripts)
        lines = text.split("\n")
        if style.item_tags and len(lines) > 1:
            cells.append(" ".join(f"<p>{line}</p>" for line in lines))
        else:
            cells.append(" ".join(lines))
    return "\t".join(cells)


def _pages(rows: list[tuple[Marked, ...]], style: TextStyle) -> Iterable[list[tuple[Marked, ...]]]:
    if not style.rows_a_page:
        yield rows
        return
    page: list[tuple[Marked, ...]] = []
    for number, row in enumerate(rows, 1):
        is_last = number == len(rows)
        if number % style.rows_a_page or is_last:
            page.append(row)
            continue
        above, below = _cut(row) if style.cuts_rows else (row, None)
        yield [*page, above]
        page = [below] if below else []
    if page:
        yield page


def _cut(row: tuple[Marked, ...]) -> tuple[tuple[Marked, ...], tuple[Marked, ...] | None]:
    """The row as the foot of one page and the head of the next show it: long cells lose their last third."""
    above, below = [], []
    for cell in row:
        at = _cut_place(cell)
        above.append(cell[:at])
        below.append(cell[at:].removeprefix("\n"))
    return tuple(above), tuple(below) if any(below) else None


def _cut_place(cell: Marked) -> int:
    """Where lines can end after two thirds of a long cell: between two Chinese characters or at a line break."""
    if len(cell) > SHORT and "<" not in cell:
        for at in range(2 * len(cell) // 3, len(cell)):
            if cell[at] == "\n" or (_is_han(cell[at - 1]) and _is_han(cell[at])):
                return at
    return len(cell)


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
