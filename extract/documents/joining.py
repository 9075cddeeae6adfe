"""Tables that run over pages become whole tables.

A table reaches us as one `Grid` for each page. Put together, headers that repeat are dropped, rows that the page
break cut are joined cell by cell, and merged cells are filled down, also over the break. Nothing here knows what a
table is about: whether the first row of a page goes on from the page before is read off numbered columns and off
which cells are filled in every other row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.documents.codes import CODE, leading_code
from extract.documents.column_roles import BodyRow, ColumnRoles
from extract.documents.cut_rows import continues, same_number
from extract.documents.lines import is_wide
from extract.documents.model import EMPTY, Cell, Join, PlacedText, Row, Table, concat
from extract.documents.numbering import starts_item
from extract.documents.page_grid import Grid, GridRow, header_height, repeated_header, same_text, squeezed
from extract.documents.wrapping import SENTENCE_END, WIDE_FIGURES, soft_join

REDUPLICATED = frozenset("人種年月日家天層處常漸")
"""Characters that words double: 人人, 種種, 常常."""


def join(grids: Sequence[Grid]) -> Table:
    """One table from the grids of its pages, in order. All must have the same number of columns."""
    width = max(g.width for g in grids)
    height = header_height(grids[0], grids[1:])
    joins: list[Join] = []
    header = [_padded(r, width) for r in grids[0].rows[:height]]
    body = _body_rows(grids[0], height, header, width)
    for grid in grids[1:]:
        repeated = repeated_header(header, grid)
        if repeated:
            joins.append(Join("header repeated", len(body), None, "", squeezed(grid.rows[0][0]), grid.page))
        rows = [r for r in _body_rows(grid, repeated, header, width) if not r.is_blank()]
        if rows and body:
            columns = ColumnRoles.of([*body, *rows[1:]], width)
            if continues(body[-1], rows[0], columns):
                _join_rows(body, rows.pop(0), grid.page, joins)
            else:
                _join_merged(body, rows[0], columns, grid.page, joins)
                _open_merged(body, rows[0])
        body.extend(rows)
    columns = ColumnRoles.of(body, width)
    return Table(
        tuple(_header_rows(header, grids[0])),
        tuple(_fill_down(body, columns)),
        tuple(g.raw() for g in grids),
        tuple(joins),
    )


def _body_rows(grid: Grid, start: int, header: Sequence[list[PlacedText | None]], width: int) -> list[BodyRow]:
    """The rows of a grid from `start` on; a header that comes again in the middle of a page is left out."""
    rows: list[BodyRow] = []
    at = start
    while at < len(grid.rows):
        height = repeated_header(header, grid, at) if at > start else 0
        if not height:
            rows.append(BodyRow(_padded(grid.rows[at], width), _spans(grid, at)))
        at += height or 1
    return rows


def _padded(row: GridRow, width: int) -> list[PlacedText | None]:
    return [*row, *([EMPTY] * (width - len(row)))]


def _spans(grid: Grid, row: int) -> dict[int, tuple[int, int]]:
    return {column: span for (r, column), span in grid.spans.items() if r == row}


def _join_rows(body: list[BodyRow], rest: BodyRow, page: int | None, joins: list[Join]) -> None:
    """Adds the rest of a cut row to the body, cell by cell; a merged cell's rest goes to the row where it began."""
    for column, text in enumerate(rest.cells):
        if not text:
            continue
        index = _anchor(body, column)
        before = body[index].cells[column] or EMPTY
        if before and same_text(before, text):
            continue
        rest_text = text
        if before and same_number(before, text):
            match = CODE.match(text.text)
            rest_text = without_continued_mark(text[match.end() :].strip() if match else text)
            if not rest_text or squeezed(rest_text) in squeezed(before):
                continue
        if page is None and _is_doubled(before, rest_text):
            joins.append(Join("doubled character", index, column, before.text[-6:], rest_text.text[:6], page))
            rest_text = rest_text.strip()[1:]
        body[index].cells[column] = join_seam(before, rest_text)
        joins.append(Join("row continued", index, column, before.text[-12:], rest_text.text[:12], page))


def without_continued_mark(text: PlacedText) -> PlacedText:
    """Without a leading （續）, the mark of a row that goes on."""
    match = re.match(r"\s*[（(]\s*(?:續|續前頁|承上頁)\s*[）)]\s*", text.text)
    return text[match.end() :] if match else text


def _join_merged(
    body: list[BodyRow], first: BodyRow, columns: ColumnRoles, page: int | None, joins: list[Join]
) -> None:
    """A new row whose grouping cell holds the rest of a merged cell's text, or repeats it."""
    for column in columns.grouping:
        text = first.cells[column]
        index = _anchor(body, column)
        before = body[index].cells[column]
        if not text or not before or first.is_band():
            continue
        if same_text(text, before):
            first.cells[column] = None
        elif leading_code(before.text) and not leading_code(text.text):
            body[index].cells[column] = join_seam(before, text)
            first.cells[column] = None
            joins.append(Join("merged cell continued", index, column, before.text[-12:], text.text[:12], page))


def _open_merged(body: Sequence[BodyRow], first: BodyRow) -> None:
    """An empty cell at the top of a page that covers several rows, or stands under one that does, goes on a merged
    cell of the page before."""
    if first.is_band() or body[-1].is_band():
        return
    for column, text in enumerate(first.cells):
        above = body[-1].cells[column]
        covers = first.spans.get(column, (1, 1))[0] > 1 or above is None
        if text is not None and not text and covers:
            first.cells[column] = None


def _anchor(body: Sequence[BodyRow], column: int) -> int:
    """The row where the cell of the last row began: above it where that is merged or blank under a group."""
    index = len(body) - 1
    while index > 0 and body[index].cells[column] is None and not body[index].is_band():
        index -= 1
    return index


def _is_doubled(before: PlacedText, after: PlacedText) -> bool:
    """Whether a text file prints one Chinese character on both sides of a page break, as some converters do."""
    ending, opening = before.text.rstrip()[-1:], after.text.lstrip()[:1]
    return ending == opening and is_wide(ending) and ending.isalpha() and ending not in REDUPLICATED


def join_seam(before: PlacedText, after: PlacedText) -> PlacedText:
    """Two parts of a cell over a page break."""
    if not before or not after:
        return before or after
    opening, ending = after.text.lstrip(), before.text.rstrip()
    is_figure = ending[-1] in WIDE_FIGURES and opening[0] in WIDE_FIGURES
    if not is_figure and starts_item(opening) and (ending[-1] in SENTENCE_END or "\n" in ending or starts_item(ending)):
        return concat([before.strip(), after.strip()], "\n")
    return soft_join(before, after)


def _header_rows(header: Sequence[list[PlacedText | None]], grid: Grid) -> list[Row]:
    """Header cells spread over the columns and rows that they cover, so that each column can be read downwards."""
    width = max((len(r) for r in header), default=0)
    spread: list[list[Cell]] = [[Cell(c or EMPTY, "own" if c is not None else "across") for c in r] for r in header]
    for row in range(len(header)):
        for column in range(width):
            down, across = grid.spans.get((row, column), (1, 1))
            for r in range(row, min(row + down, len(header))):
                for c in range(column, min(column + across, width)):
                    if (r, c) != (row, column):
                        spread[r][c] = Cell(spread[row][column].text, "down" if r > row else "across")
    return [Row(tuple(cells)) for cells in spread]


def _fill_down(body: Sequence[BodyRow], columns: ColumnRoles) -> list[Row]:
    """Body rows with merged cells repeated, and grouping cells that a text source leaves blank filled from above."""
    rows: list[Row] = []
    above: list[PlacedText] = []
    for row in body:
        if row.is_band():
            first = row.cells[0] or EMPTY
            rows.append(Row((Cell(first), *(Cell(first, "across") for _ in row.cells[1:])), is_band=True))
            above = []
            continue
        cells: list[Cell] = []
        across_end = 0
        for column, text in enumerate(row.cells):
            previous = above[column] if column < len(above) else EMPTY
            if text is None and column < across_end:
                cells.append(replace(cells[-1], source="across"))
            elif text is None or (not text and column in columns.grouping):
                cells.append(Cell(previous, "down"))
            else:
                cells.append(Cell(text))
                across_end = column + row.spans.get(column, (1, 1))[1]
        rows.append(Row(tuple(cells)))
        above = [c.text for c in cells]
    return rows
