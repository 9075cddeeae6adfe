"""Rows of a table of figures, which all share their baselines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extract.documents.lines import Line

FIGURE_LINE = re.compile(r"[-－–—]+|(?=.*\d)[^，。；：、]+")
"""A line of a table of figures: words with an amount, or a dash. Sentences hold figures too, but between signs."""
CLOSER = 0.85
"""Share of the distance between rows within which the lines of one row stand."""


def _are_abreast(columns: Sequence[Sequence[Line]]) -> bool:
    """Whether each line of a column has one beside it in every other column, as where all rows have one line."""
    filled = [column for column in columns if column]
    return len(filled) > 2 and all(
        len(column) == len(filled[0])
        and all(abs(a.baseline - b.baseline) <= 0.4 * a.size for a, b in zip(column, filled[0], strict=True))
        for column in filled
    )


def shared_lines(columns: Sequence[Sequence[Line]]) -> list[float]:
    """Positions between the rows of a table of figures: behind its first column all lines share their baselines, and
    most are figures or dashes, or each row has one line with a figure in every cell (116年低於92百萬公噸CO2e).

    The labels of the first column may wrap.
    """
    figures = [column for column in columns[1:] if column]
    values = [line.text.text.strip() for column in figures for line in column]
    if not figures:
        return []
    are_figures = sum(FIGURE_LINE.fullmatch(value) is not None for value in values) >= 0.6 * len(values)
    if not are_figures and not (_are_abreast(columns) and all(any(map(str.isdigit, value)) for value in values)):
        return []
    baselines: list[float] = []
    for line in sorted((line for column in figures for line in column), key=lambda line: line.baseline):
        if not baselines or line.baseline - baselines[-1] > 0.4 * line.size:
            baselines.append(line.baseline)
    baselines = _without_wraps(baselines, columns[0])
    if len(baselines) < 2 or max(len(column) for column in figures) < 0.6 * len(baselines):
        return []
    starts = [
        min(line.top for column in columns for line in column if abs(line.baseline - y) <= 0.4 * line.size)
        for y in baselines
    ]
    return [top - 0.5 for top in starts[1:]]


def _without_wraps(baselines: Sequence[float], labels: Sequence[Line]) -> list[float]:
    """Baselines of rows without those of cells that wrap: beside them no label stands, and they are closer to the line
    above than rows with a label are, where most rows have one on their first line."""
    is_labelled = [any(abs(line.baseline - y) <= 0.4 * line.size for line in labels) for y in baselines]
    apart = [b - a for (a, b), labelled in zip(pairwise(baselines), is_labelled[1:], strict=True) if labelled]
    if not apart or sum(is_labelled) <= len(baselines) / 2:
        return list(baselines)
    return [
        y for at, y in enumerate(baselines) if at == 0 or is_labelled[at] or y - baselines[at - 1] > CLOSER * min(apart)
    ]
