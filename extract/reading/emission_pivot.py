"""Emission tables with several rows a year, for its target and its actual value or for the year and the sum up to it,
as one row a year."""

from __future__ import annotations

from extract.documents.model import EMPTY, PlacedText
from extract.reading.emission_values import read_year
from extract.reading.headers import best_match, words_of
from extract.reading.vocabulary import folded

Grid = list[list[PlacedText]]
"""Rows of cells, all of one width."""


VALUES = ("corrected", "target", "actual", "grid_factor")


def _says_span(label: str) -> bool:
    """Whether a row is that of the year alone, or of all years up to it: 當年度, 第三期累計."""
    words = folded(label)
    emissions = words_of("emissions")
    return words in emissions["annual"] or any(word in words for word in emissions["cumulative"])


def pivoted(grid: Grid) -> Grid:
    """The table with one row a year where the second column says which value a row holds; any other as it is.

    A year's cell may be merged over its rows: repeated, or empty in all but the first.
    """
    first = next((i for i, row in enumerate(grid) if len(row) > 2 and read_year(row[0]) is not None), None)
    if first is None or first == 0:
        return grid
    labels: list[PlacedText] = []
    years: list[PlacedText] = []
    rows: dict[tuple[int, int], list[PlacedText]] = {}
    for row in grid[first:]:
        if row[0] and read_year(row[0]) is None:
            return grid
        if best_match(row[1].text, words_of("emissions"), VALUES) is None and not _says_span(row[1].text):
            return grid
        if row[0] and (not years or years[-1].text != row[0].text):
            years.append(row[0])
        label = next((i for i, seen in enumerate(labels) if seen.text == row[1].text), len(labels))
        if label == len(labels):
            labels.append(row[1])
        rows[len(years) - 1, label] = row[2:]
    if len(labels) < 2 or len(years) < 2:
        return grid
    width = len(grid[first]) - 2
    top = [[row[0], *(cell for cell in row[2:] for _ in labels)] for row in grid[:first]]
    names = [EMPTY, *(label for _ in range(width) for label in labels)]
    body = [
        [
            year,
            *(
                rows.get((at, label), [EMPTY] * width)[column]
                for column in range(width)
                for label in range(len(labels))
            ),
        ]
        for at, year in enumerate(years)
    ]
    return [*top, names, *body]
