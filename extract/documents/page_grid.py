"""A table as one page shows it, and its header."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.documents.model import PlacedText, RawGrid

GridRow = tuple[PlacedText | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as one page shows it: rows of one cell for each column; None is covered by a merged cell
    above or to the left, an empty text is an empty cell.

    `spans` says for a cell (row, column) how many (rows, columns) it covers where that is known and more than one.
    `header_rows` is the number of header rows where the source knows it.
    """

    page: int | None
    rows: tuple[GridRow, ...]
    spans: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    header_rows: int | None = None

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(r) for r in self.rows), default=0)

    def raw(self) -> RawGrid:
        """As strings, for the record."""
        return RawGrid(self.page, tuple(tuple(None if c is None else c.text for c in row) for row in self.rows))


def same_text(a: PlacedText | None, b: PlacedText | None) -> bool:
    """Whether two cells print the same, spaces and line breaks aside."""
    return squeezed(a) == squeezed(b)


def squeezed(cell: PlacedText | None) -> str:
    """What a cell prints, without white space."""
    return re.sub(r"\s+", "", cell.text) if cell is not None else ""


def header_height(grid: Grid, following: Sequence[Grid] = ()) -> int:
    """How many rows of a grid are its header: those that repeat on the following pages, else the rows that its merged
    cells tie to the first one."""
    if grid.header_rows is not None:
        return grid.header_rows
    for other in following:
        repeated = 0
        for row, again in zip(grid.rows, other.rows, strict=False):
            if any(squeezed(c) for c in row) and all(_same_heading(a, b) for a, b in zip(row, again, strict=False)):
                repeated += 1
            else:
                break
        if repeated:
            return repeated
    return tied_header(grid, is_whole=not following)


def tied_header(grid: Grid, *, is_whole: bool = True) -> int:
    """Rows that the merged cells of the first row make a header of: a heading over several columns has their own
    headings below it, and a heading beside it reaches down as far. A whole table has a row below its header; the first
    page of one may end with it."""
    if not grid.rows:
        return 0
    height = 1
    row = 0
    while row < height < len(grid.rows):
        wide = False
        for column in range(len(grid.rows[row])):
            down, across = grid.spans.get((row, column), (1, 1))
            height = max(height, row + down) if across < grid.width else height
            wide = wide or (1 < across < grid.width)
        if wide and height == row + 1:
            height += 1
        row += 1
    return min(height, len(grid.rows) - is_whole) if len(grid.rows) > 1 else 1


def same_header(first: Grid, other: Grid) -> bool:
    """Whether a page's table opens with the same first row as another's."""
    if not first.rows or not other.rows:
        return False
    pairs = list(zip(first.rows[0], other.rows[0], strict=False))
    return any(squeezed(a) for a, _ in pairs) and sum(_same_heading(a, b) for a, b in pairs) >= 0.8 * len(pairs)


def _same_heading(a: PlacedText | None, b: PlacedText | None) -> bool:
    """Whether two header cells are the same, one of them perhaps clipped by its row's height."""
    first, second = sorted((squeezed(a), squeezed(b)), key=len)
    return first == second or (len(first) >= 2 and second.startswith(first))


def repeated_header(header: Sequence[list[PlacedText | None]], grid: Grid, start: int = 0) -> int:
    """How many rows of a page from `start` on repeat the header: all of them or none."""
    if len(grid.rows) - start < len(header):
        return 0
    same = all(
        sum(_same_heading(a, b) for a, b in zip(row, again, strict=False)) >= 0.8 * len(row)
        for row, again in zip(header, grid.rows[start:], strict=False)
    )
    return len(header) if same else 0
