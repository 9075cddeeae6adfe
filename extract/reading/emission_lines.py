"""Rows of an emissions table that no rule parts, so that all years fell into one cell: told apart line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extract.documents.model import EMPTY, Cell, Origins, PlacedText, Row
from extract.reading.emission_values import read_year

_TOKEN = regex.compile(r"\S+")


def parted(rows: Sequence[Row], origins: Origins) -> list[Row]:
    """The rows, those whose first cell holds several years as one row a year; the figures of the other cells go to the
    year on their line of the page, in a text file to the one in their place."""
    found: list[Row] = []
    for row in rows:
        years = list(_tokens(row.cells[0].text)) if row.cells else []
        if len(years) < 2 or any(read_year(year) is None for year in years):
            found.append(row)
            continue
        columns = [_beside(years, list(_tokens(cell.text)), origins) for cell in row.cells[1:]]
        if any(column is None for column in columns):
            found.append(row)
            continue
        filled = [column for column in columns if column is not None]
        found += [Row((Cell(year), *(Cell(column[at]) for column in filled))) for at, year in enumerate(years)]
    return found


def _tokens(text: PlacedText) -> Iterator[PlacedText]:
    for match in _TOKEN.finditer(text.text):
        yield text[match.start() : match.end()]


def _beside(years: Sequence[PlacedText], figures: Sequence[PlacedText], origins: Origins) -> list[PlacedText] | None:
    """The figure beside each year, EMPTY where there is none; None where one has no place or two have the same."""
    lines = [_middle(origins, year) for year in years]
    if None in lines:
        return [*figures] if len(figures) == len(years) else None
    found = [EMPTY] * len(years)
    for figure in figures:
        middle = _middle(origins, figure)
        at = next((i for i, line in enumerate(lines) if middle and line and _is_level(middle, line)), None)
        if at is None or found[at]:
            return None
        found[at] = figure
    return found


def _middle(origins: Origins, text: PlacedText) -> tuple[int, float, float] | None:
    """Page, middle and height of a text."""
    boxes = origins.place(text).boxes
    if len(boxes) != 1:
        return None
    box = boxes[0]
    return box.page, (box.top + box.bottom) / 2, box.bottom - box.top


def _is_level(one: tuple[int, float, float], other: tuple[int, float, float]) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) < min(one[2], other[2]) / 2
