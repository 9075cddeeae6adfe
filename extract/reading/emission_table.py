"""One table that gives emissions by year, years down or across, headers of one or two levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from extract.documents.model import Cell, Document, Heading, Paragraph, PlacedText, Row, Table
from extract.reading.caption_lines import read_below, read_caption
from extract.reading.emission_pivot import Grid, pivoted
from extract.reading.emission_units import factor_by_size, factor_in_prose, grid_factor, unit_factor
from extract.reading.emission_values import notes_by_mark, read_value, read_year
from extract.reading.headers import best_match, column_levels, plain, words_of
from extract.reading.vocabulary import folded, is_blank
from extract.records import Severity, Signal

NEAR = 4
"""Blocks above a table that may hold its caption and unit; below it up to twice as many notes."""

MOST_LOOKED_UP = 40
"""Figures of a table that are looked for in the prose to learn their unit."""

Levels = tuple[str, ...]
_AMOUNTS = frozenset({"target", "actual", "cumulative_target", "cumulative_actual"})


@dataclass(slots=True)
class EmissionTable:
    """What one table says: values by (year, field), years with estimates, the cells of each year."""

    document: Document
    grid: Grid
    body: int
    levels: list[Levels]
    around: list[PlacedText]
    caption: str
    values: dict[tuple[int, str], Decimal] = field(default_factory=dict)
    estimates: set[int] = field(default_factory=set)
    cells: dict[int, list[PlacedText]] = field(default_factory=dict)
    signals: list[Signal] = field(default_factory=list)

    def fields(self) -> set[str]:
        """The fields that have a value."""
        return {name for _, name in self.values}

    def signal(self, rule: str, message: str, printed: PlacedText) -> None:
        """Notes what was not understood."""
        place = self.document.origins.place(printed)
        severity: Severity = "warning" if rule in {"unread:header", "unread:unit", "unread:value"} else "info"
        self.signals.append(Signal(rule, severity, message, printed.text, f"emissions table {self.caption}", place))

    def read(self) -> None:
        """Reads the rows."""
        columns = self.columns()
        factors = self.factors(columns)
        notes = notes_by_mark(line.text for line in self.around)
        for row in self.grid[self.body :]:
            year = read_year(row[0])
            if year is None:
                self.skip(row[0])
                continue
            kept = self.cells.setdefault(year[0], [row[0]])
            if year[1]:
                self.estimates.add(year[0])
            for column, name in columns.items():
                value = read_value(row[column], notes)
                kept.append(row[column])
                if value.unread:
                    self.signal("unread:value", f"「{value.unread}」讀不出意義", row[column])
                if value.number is None:
                    continue
                self.values[year[0], name] = value.number * factors[column]
                if value.is_estimate and not name.endswith(("target", "grid_factor")):
                    self.estimates.add(year[0])

    def columns(self) -> dict[int, str]:
        """The columns that are read, one for each field; of two grid factors the target's."""
        columns: dict[int, str] = {}
        for column, levels in enumerate(self.levels[1:], 1):
            name = field_of(levels)
            header = " ".join(levels)
            rival = next((c for c, n in columns.items() if n == name), None)
            if name == "grid_factor" and rival is not None and "目標" in header:
                del columns[rival]
                rival = None
            if name is not None and rival is None:
                columns[column] = name
            elif name is not None or best_match(header, words_of("emissions"), ("ignored",)) is None:
                self.signal("unread:header", f"排放量表的欄位「{header}」未讀取", self.grid[0][column])
        return columns

    def factors(self, columns: dict[int, str]) -> dict[int, Decimal]:
        """What each column's figures are multiplied by: by the unit in its header, else by the table's."""
        units = [text.text for text in self.around if (line := read_below(text.text)) and line.kind == "unit"]
        said = [*units, self.caption, "".join(self.levels[0])]
        common = next((factor for text in said if (factor := unit_factor(text)) is not None), None)
        factors: dict[int, Decimal] = {}
        for column, name in columns.items():
            header = "".join(self.levels[column])
            if name == "grid_factor":
                factors[column] = grid_factor(header)
            elif (own := unit_factor(header)) is not None:
                factors[column] = own
            else:
                if common is None:
                    common = self.factor_elsewhere(columns)
                factors[column] = common
        return factors

    def factor_elsewhere(self, columns: dict[int, str]) -> Decimal:
        """The table's unit where the table itself names none."""
        amounts = [row[c] for row in self.grid[self.body :] for c, name in columns.items() if name != "grid_factor"]
        numbers = [(text, n) for text in amounts if (n := read_value(text, {}).number) is not None]
        printed = [folded(text.without_superscripts().text).strip("()") for text, _ in numbers[:MOST_LOOKED_UP]]
        if (told := factor_in_prose(self.document, printed)) is not None:
            return told
        factor = factor_by_size(n for _, n in numbers)
        message = f"表未載單位；依數值大小，以 {factor} 倍換算為百萬公噸"
        self.signal("unread:unit", message, self.grid[0][0])
        return factor

    def skip(self, label: PlacedText) -> None:
        """A row without a year: a sum is known and left, other rows are signalled."""
        words = folded(label.text)
        if not is_blank(words) and not any(word in words for word in words_of("emissions")["sums"]):
            self.signal("unread:row", f"「{words}」一列沒有年份", label)


def find(document: Document, at: int) -> EmissionTable | None:
    """The table at a block, read as emissions; None where it holds none."""
    table = document.blocks[at]
    if not isinstance(table, Table):
        return None
    around = list(_around(document, at))
    captions = [line.words for text in around if (line := read_caption(text)) and line.kind == "table"]
    caption = captions[0] if captions else ""
    upright = _grid(table)
    for turned in (upright, [list(column) for column in zip(*upright, strict=True)]):
        grid = pivoted(turned)
        body = _first_year_row(grid)
        if body is None:
            continue
        levels = _levels(grid[:body])
        said = folded(caption + "".join("".join(column) for column in levels))
        named = {name for column in levels if (name := field_of(column))}
        is_topic = any(word in said for word in words_of("emissions")["topic"])
        if is_topic and len(named) >= 2 and named & _AMOUNTS:
            found = EmissionTable(document, grid, body, levels, around, caption)
            found.read()
            return found
    return None


def field_of(levels: Levels) -> str | None:
    """The field of a column by its headers: a grid factor at any level, else what the lowest level says."""
    words = words_of("emissions")
    said = plain("".join(levels))
    if any(word in said for word in words["grid_factor"]):
        return "grid_factor"
    for level in reversed(levels):
        match = best_match(level, words, ("ignored", "corrected", "target", "actual"))
        if match is None:
            continue
        name = match[0]
        if name == "ignored":
            return None
        if name == "target" and any(word in plain(level) for word in words["corrected"]):
            name = "corrected"
        return f"cumulative_{name}" if any(word in said for word in words["cumulative"]) else name
    return None


def _around(document: Document, at: int) -> Iterator[PlacedText]:
    """The lines near a table, nearest first: those above up to another table or heading, then the notes below."""
    blocks = document.blocks
    for i in range(at - 1, max(-1, at - 1 - NEAR), -1):
        block = blocks[i]
        if isinstance(block, Table):
            break
        yield from block.text.lines()
        if isinstance(block, Heading) and read_caption(block.text) is None:
            break
    for below in blocks[at + 1 : at + 1 + 2 * NEAR]:
        if not isinstance(below, Paragraph):
            break
        if read_below(below.text.text) is None and folded(below.text.text)[:1] not in {"*", "※"}:
            break
        yield from below.text.lines()


def _grid(table: Table) -> Grid:
    width = table.width
    rows = [row for row in (*table.header, *table.rows) if not row.is_band]
    return [[*(c.text for c in row.cells), *([PlacedText()] * (width - len(row.cells)))] for row in rows]


def _first_year_row(grid: Grid) -> int | None:
    """The first row that begins with a year, where at least two do so and there is a header above."""
    years = [i for i, row in enumerate(grid) if row and read_year(row[0]) is not None]
    return years[0] if len(years) >= 2 and years[0] > 0 else None


def _levels(header: Sequence[Sequence[PlacedText]]) -> list[Levels]:
    """The header texts of each column. An empty cell beside a heading with more below it belongs to that heading."""
    filled = [list(row) for row in header]
    for row, below in pairwise(filled):
        for column in range(2, len(row)):
            if not row[column] and below[column] and not below[0]:
                row[column] = row[column - 1]
    return column_levels([Row(tuple(Cell(text) for text in row)) for row in filled])
