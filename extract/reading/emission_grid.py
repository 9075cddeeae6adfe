"""An emissions table as rows of cells with one year a row, the year first: however the report turns it.

Years may run down or across, stand behind a column that numbers or groups them (第二期, 實績, 推估), in two blocks
side by side, or once for the target and once for the actual value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from extract.documents.model import EMPTY, Cell, Origins, PlacedText, Row, Table, concat
from extract.reading.emission_lines import parted
from extract.reading.emission_pivot import Grid, pivoted
from extract.reading.emission_values import read_value, read_year, speaks_of_estimate
from extract.reading.headers import column_levels, words_of
from extract.reading.vocabulary import folded

Levels = tuple[str, ...]
_SPAN = regex.compile(r"(?:民國)?(\d{2,4})年?(?:至|到|[-－–—~～])(\d{2,4})年?(?:度|底)?")
LEADING = 3
"""Columns among which the one with the years is."""


def grids_of(table: Table, origins: Origins, report_year: int | None = None) -> Iterator[tuple[Grid, int]]:
    """The readings of a table, as it stands and turned: rows of cells and the number of header rows."""
    width = table.width
    upright = _below_bands([*table.header, *parted(table.rows, origins)], width)
    for turned in (upright, [list(column) for column in zip(*upright, strict=True)]):
        grid = pivoted(_stacked(_year_first(_spans_by_end(turned))))
        body = _first_year_row(grid, report_year)
        if body is not None:
            yield grid, body


def _below_bands(rows: Sequence[Row], width: int) -> Grid:
    """The rows that hold figures or headers; a series below a row 累計排放量 that holds nothing else has it in front of
    its own name."""
    grid: Grid = []
    band = EMPTY
    for row in rows:
        texts = [_own(cell) for cell in row.cells] + [EMPTY] * (width - len(row.cells))
        if row.is_band or (grid and texts[0] and not any(texts[1:]) and read_year(texts[0]) is None):
            band = texts[0]
            continue
        if band and texts[0] and read_year(texts[0]) is None:
            texts[0] = concat([band, texts[0]])
        grid.append(texts)
    return grid


def _own(cell: Cell) -> PlacedText:
    """A cell's text; none where it repeats a figure above: no figure is two years'."""
    is_figure = cell.source == "down" and cell.text and read_year(cell.text) is None
    return EMPTY if is_figure and read_value(cell.text, {}).number is not None else cell.text


def levels_of(header: Sequence[Sequence[PlacedText]]) -> list[Levels]:
    """The header texts of each column. An empty cell beside a heading with more below it belongs to that heading."""
    filled = [list(row) for row in header]
    for row, below in pairwise(filled):
        for column in range(2, len(row)):
            if not row[column] and below[column] and not below[0]:
                row[column] = row[column - 1]
    return column_levels([Row(tuple(Cell(text) for text in row)) for row in filled])


def _spans_by_end(grid: Grid) -> Grid:
    """Sums of years by the last one: 115至117年 is 117年 where all spans of a table of 累計 begin with one year."""
    spans = [_SPAN.fullmatch("".join(row[0].text.split())) if row else None for row in grid]
    starts = {match[1] for match in spans if match}
    first = next((i for i, match in enumerate(spans) if match), 0)
    above = folded("".join(cell.text for row in grid[:first] for cell in row))
    if len(starts) != 1 or not any(word in above for word in words_of("emissions")["cumulative"]):
        return grid
    return [
        [row[0][row[0].text.rindex(match[2]) :], *row[1:]] if match else row
        for row, match in zip(grid, spans, strict=True)
    ]


def _years(grid: Grid, column: int) -> list[int | None]:
    """The year in each row of a column."""
    read = [read_year(row[column]) if column < len(row) else None for row in grid]
    return [year[0] if year is not None else None for year in read]


def _count(grid: Grid, column: int) -> int:
    return sum(year is not None for year in _years(grid, column))


def _year_first(grid: Grid) -> Grid:
    """The grid from the column with the years on; what columns before it say of a year's figures, as 推估 does, is
    added to the year."""
    width = len(grid[0]) if grid else 0
    at = next((c for c in range(min(LEADING, width)) if _count(grid, c) >= 2), 0)
    if at == 0:
        return grid
    found: Grid = []
    for row in grid:
        marks = [cell for cell in row[:at] if read_year(row[at]) is not None and speaks_of_estimate(folded(cell.text))]
        year = concat([row[at], PlacedText.plain("（"), *marks[:1], PlacedText.plain("）")]) if marks else row[at]
        found.append([year, *row[at + 1 :]])
    return found


def _stacked(grid: Grid) -> Grid:
    """Two blocks side by side, each with its years: one below the other, or one row where they tell the same years."""
    width = len(grid[0]) if grid else 0
    first = _years(grid, 0)
    body = next((r for r, year in enumerate(first) if year is not None), 0)
    heads = ["".join(folded(row[c].text) for row in grid[:body]) for c in range(width)]
    again = [c for c in range(1, width) if body and heads[c] == heads[0] and _count(grid, c)]
    if not again:
        return grid
    kept: Grid = [[cell for c, cell in enumerate(row) if c not in again] for row in grid]
    if all(set(_years(grid, c)) == set(first) for c in again):
        return kept
    starts = [0, *again]
    wide = starts[1]
    if any(b - a != wide for a, b in pairwise([*starts, width])):
        return grid
    return [row[:wide] for row in grid[:body]] + [
        row[start : start + wide] for start in starts for row in grid[body:] if row[start]
    ]


def _first_year_row(grid: Grid, report_year: int | None) -> int | None:
    """The first row that begins with a year, where there is a header above and at least one more year, or the header
    says that years stand below."""
    years = [i for i, row in enumerate(grid) if row and read_year(row[0], report_year) is not None]
    if not years or years[0] == 0:
        return None
    said = folded("".join(row[0].text for row in grid[: years[0]]))
    return years[0] if len(years) >= 2 or said in words_of("emissions")["year"] else None
