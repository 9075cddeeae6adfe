"""Annex one as a table: rows of measures under columns that come in any order and number.

A column shows one *field* of the row. What stands in a cell is up to the caller: here fields are only
placed, strategies merged, repeated or set as bands, and cells merged that say the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.layout import Cell, Marked, Table

StrategyAs = Literal["merged", "repeated", "first", "band"]
"""merged: one cell over its measures; repeated: in every row; first: in the first row alone, the
cells below left blank; band: a row of its own across the table."""

CENTRED = frozenset({"code", "strategy_code", "category", "period", "budget", "spent", "rate", "funding"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the field that it shows, its header, the header over it if there are two levels."""

    field: str
    header: Marked
    width: float
    group: Marked | None = None


@dataclass(frozen=True, slots=True)
class AnnexRow:
    """One measure: the strategy that it belongs to as printed, and the printed text of each field."""

    strategy: Marked
    cells: Mapping[str, Marked]


def annex_table(
    rows: Sequence[AnnexRow],
    columns: Sequence[Column],
    *,
    strategy_as: StrategyAs,
    merged: frozenset[str] = frozenset(),
) -> Table:
    """The table. Fields in `merged` are one cell over neighbouring rows of one strategy that say the same."""
    if strategy_as == "band":
        columns = [c for c in columns if c.field not in ("strategy", "strategy_code", "strategy_title")]
    header = _header(columns)
    body: list[tuple[Cell, ...]] = []
    for start, end in _groups(rows):
        group = rows[start:end]
        if strategy_as == "band":
            name = group[0].strategy.replace("\n", " ")
            body.append((Cell(f"<b>{name}</b>", cols=len(columns)),))
        body.extend(_group_rows(group, columns, strategy_as, merged))
    return Table((*header, *body), len(header), tuple(c.width for c in columns))


def _header(columns: Sequence[Column]) -> list[tuple[Cell, ...]]:
    if not any(c.group for c in columns):
        return [tuple(Cell(c.header, align="center") for c in columns)]
    top: list[Cell] = []
    below: list[Cell] = []
    i = 0
    while i < len(columns):
        column = columns[i]
        if column.group is None:
            top.append(Cell(column.header, rows=2, align="center"))
            i += 1
            continue
        end = i
        while end < len(columns) and columns[end].group == column.group:
            below.append(Cell(columns[end].header, align="center"))
            end += 1
        top.append(Cell(column.group, cols=end - i, align="center"))
        i = end
    return [tuple(top), tuple(below)]


def _groups(rows: Sequence[AnnexRow]) -> list[tuple[int, int]]:
    """Runs of rows of one strategy, as half-open ranges."""
    starts = [i for i, row in enumerate(rows) if i == 0 or row.strategy != rows[i - 1].strategy]
    return list(zip(starts, [*starts[1:], len(rows)], strict=True))


def _group_rows(
    group: Sequence[AnnexRow], columns: Sequence[Column], strategy_as: StrategyAs, merged: frozenset[str]
) -> list[tuple[Cell, ...]]:
    out = []
    for r, row in enumerate(group):
        cells: list[Cell] = []
        for column in columns:
            field = column.field
            text = row.strategy if field == "strategy" else row.cells.get(field, "")
            span = 1
            if field in ("strategy", "strategy_code", "strategy_title"):
                if strategy_as == "merged":
                    if r:
                        continue
                    span = len(group)
                elif strategy_as == "first" and r:
                    text = ""
            elif field in merged:
                if r and group[r - 1].cells.get(field, "") == text:
                    continue
                span = next(
                    (n for n in range(1, len(group) - r) if group[r + n].cells.get(field, "") != text), len(group) - r
                )
            cells.append(Cell(text, rows=span, align="center" if field in CENTRED else "left"))
        out.append(tuple(cells))
    return out
