"""Rulings become a grid of cells, merged ones included.

Every pair of neighbouring column and row lines makes a slot; slots without a ruling between them are one cell. Unlike a
search for closed rectangles this loses no text where a border is missing: at an open side, or at the top of a table
that goes on from the page before.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from extract.documents.rulings import TOLERANCE, Ruling, Rulings

COVERED = 0.5
"""Share of a slot's side that a ruling must cover to part two slots."""
NARROWEST = 4.0
"""Lines closer than this, in points, are one: no cell is that small."""


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of the grid: rows `row` to `row_end` and columns `column` to `column_end`, ends exclusive."""

    row: int
    row_end: int
    column: int
    column_end: int


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The lines of a grid and the cells between them. `xs` and `ys` are the positions of column and row lines;
    `slots[row][column]` is the index of the cell in `spans` that covers the slot."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]
    slots: tuple[tuple[int, ...], ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def span_at(self, x: float, y: float) -> int | None:
        """The index of the cell that holds a point, None outside the grid."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self.slots[row][column]
        return None


def build_skeleton(rulings: Rulings) -> Skeleton | None:
    """The grid of a group of rulings, None where they make none.

    Sides that no ruling closes are closed where the others end.
    """
    x0, top, x1, bottom = rulings.box
    xs = _positions([v.at for v in rulings.vertical] + [x0, x1])
    ys = _positions([h.at for h in rulings.horizontal] + [top, bottom])
    if len(xs) < 2 or len(ys) < 2:
        return None
    return from_lines(xs, ys, rulings)


def from_lines(xs: Sequence[float], ys: Sequence[float], rulings: Rulings) -> Skeleton:
    """The grid over given lines, slots merged where no ruling parts them."""
    rows, columns = len(ys) - 1, len(xs) - 1
    parent = list(range(rows * columns))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _parted(rulings.vertical, xs[column + 1], ys[row], ys[row + 1]):
                parent[root(here + 1)] = root(here)
            if row + 1 < rows and not _parted(rulings.horizontal, ys[row + 1], xs[column], xs[column + 1]):
                parent[root(here + columns)] = root(here)
    return _rectangles(tuple(xs), tuple(ys), [root(i) for i in range(rows * columns)], columns)


def _rectangles(xs: tuple[float, ...], ys: tuple[float, ...], roots: list[int], columns: int) -> Skeleton:
    """Groups of slots as cells; a group that is no rectangle (a broken border) is cut into its rows' pieces."""
    members: dict[int, list[int]] = {}
    for slot, group in enumerate(roots):
        members.setdefault(group, []).append(slot)
    spans: list[Span] = []
    slots = [[0] * columns for _ in range(len(ys) - 1)]
    for taken in members.values():
        for span in _cut(taken, columns):
            for row in range(span.row, span.row_end):
                slots[row][span.column : span.column_end] = [len(spans)] * (span.column_end - span.column)
            spans.append(span)
    order = sorted(range(len(spans)), key=lambda i: (spans[i].row, spans[i].column))
    new = {old: position for position, old in enumerate(order)}
    return Skeleton(xs, ys, tuple(spans[i] for i in order), tuple(tuple(new[i] for i in row) for row in slots))


def _cut(group: list[int], columns: int) -> list[Span]:
    by_row: dict[int, list[int]] = {}
    for slot in group:
        by_row.setdefault(slot // columns, []).append(slot % columns)
    first, last = min(by_row), max(by_row)
    left, right = min(min(c) for c in by_row.values()), max(max(c) for c in by_row.values())
    if len(group) == (last - first + 1) * (right - left + 1):
        return [Span(first, last + 1, left, right + 1)]
    pieces: list[Span] = []
    for row, taken in sorted(by_row.items()):
        start = previous = min(taken)
        for column in [*sorted(taken)[1:], columns + 2]:
            if column != previous + 1:
                above = next(
                    (p for p in pieces if p.row_end == row and (p.column, p.column_end) == (start, previous + 1)), None
                )
                if above:
                    pieces.remove(above)
                pieces.append(Span(above.row if above else row, row + 1, start, previous + 1))
                start = column
            previous = column
    return pieces


def _parted(rulings: Sequence[Ruling], at: float, start: float, end: float) -> bool:
    """Whether rulings at this position cover enough of the side between two slots."""
    covered = sum(
        max(0.0, min(r.end, end) - max(r.start, start)) for r in rulings if abs(r.at - at) <= max(TOLERANCE, NARROWEST)
    )
    return covered >= COVERED * (end - start)


def _positions(values: Sequence[float]) -> tuple[float, ...]:
    """Sorted positions, those that are closer than a cell can be put together."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] >= NARROWEST:
            kept.append(value)
    return tuple(kept)
