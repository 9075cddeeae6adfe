"""The emissions table: each year's target, grid factor, actual and corrected emissions, and the sums so far.

Years stand down or across; headers have one or two levels; amounts are in Mt, 萬公噸 or 公噸 by a unit line, the caption or
the header. Results are in Mt CO2e, grid factors in kg CO2e/kWh.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import regex

from extract.documents.model import Cell, Document, Heading, Paragraph, PlacedText, Row, Table
from extract.reading.caption_lines import read_below, read_caption
from extract.reading.emission_values import notes_by_mark, read_value, read_year
from extract.reading.headers import best_match, column_levels, plain, words_of
from extract.reading.vocabulary import folded, is_blank
from extract.records import Emission, Signal

NEAR = 4
"""Blocks above a table that may hold its caption and unit, and below it its notes."""

_FIELDS = ("target", "grid_factor", "actual", "corrected")
_GRAMS = regex.compile(r"(?<!公)克|(?<![k公a-z])g(?=co2|/)|公克")

Grid = list[list[PlacedText]]


@dataclass(slots=True)
class _Candidate:
    """A table that gives emissions by year: values by (year, field), and what else it says."""

    table: Table
    values: dict[tuple[int, str], Decimal]
    estimates: set[int]
    cells: dict[int, list[PlacedText]]
    signals: list[Signal] = field(default_factory=list)

    def fields(self) -> set[str]:
        return {name for _, name in self.values}


def read(document: Document) -> tuple[tuple[Emission, ...], list[Signal]]:
    """The years in order. Of several tables the first to give a figure counts; a different one later is signalled."""
    found = [c for i, b in enumerate(document.blocks) if isinstance(b, Table) and (c := _candidate(document, i, b))]
    with_targets = [c for c in found if "target" in c.fields() or any(f.startswith("cumulative") for f in c.fields())]
    chosen = with_targets or found
    signals = [signal for c in chosen for signal in c.signals]
    values: dict[tuple[int, str], Decimal] = {}
    for candidate in chosen:
        for key, value in candidate.values.items():
            if values.setdefault(key, value) != value:
                message = f"{key[1]} of {key[0]} is {values[key]} in one table and {value} in another"
                place = document.origins.place(*candidate.cells[key[0]])
                signals.append(Signal("emissions:differ", "warning", message, str(value), str(key[0]), place))
    years = sorted({year for c in chosen for year in c.cells})
    return tuple(_emission(document, year, values, chosen) for year in years), signals


def _emission(
    document: Document, year: int, values: dict[tuple[int, str], Decimal], chosen: Sequence[_Candidate]
) -> Emission:
    cells = [cell for c in chosen for cell in c.cells.get(year, [])]
    return Emission(
        year=year,
        target=values.get((year, "target")),
        grid_factor=values.get((year, "grid_factor")),
        actual=values.get((year, "actual")),
        corrected=values.get((year, "corrected")),
        cumulative_target=values.get((year, "cumulative_target")),
        cumulative_actual=values.get((year, "cumulative_actual")),
        cumulative_corrected=values.get((year, "cumulative_corrected")),
        is_estimate=any(year in c.estimates for c in chosen),
        place=document.origins.place(*cells),
    )


def _candidate(document: Document, at: int, table: Table) -> _Candidate | None:
    """The table read as an emissions table, or None where it is none."""
    around = list(_around(document, at))
    caption = next((c.words for text in around if (c := read_caption(text)) and c.kind == "table"), "")
    for grid in (_grid(table), _turned(_grid(table))):
        body = _first_year_row(grid)
        if body is None:
            continue
        levels = _levels(grid[:body])
        said = folded(caption + "".join("".join(column) for column in levels))
        fields = [_field(column) for column in levels]
        named = {f for f in fields if f}
        is_topic = any(word in said for word in words_of("emissions")["topic"])
        if is_topic and len(named) >= 2 and named & {"target", "actual", "cumulative_target", "cumulative_actual"}:
            return _read_grid(document, table, grid, body, levels, fields, around, caption)
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
    for i in range(at + 1, min(len(blocks), at + 1 + 2 * NEAR)):
        block = blocks[i]
        if not isinstance(block, Paragraph) or (read_below(block.text.text) is None and folded(block.text.text)[:1] not in "*※"):
            break
        yield from block.text.lines()


def _grid(table: Table) -> Grid:
    width = table.width
    rows: Grid = []
    for row in (*table.header, *table.rows):
        if not row.is_band:
            rows.append([*(cell.text for cell in row.cells), *([PlacedText()] * (width - len(row.cells)))])
    return rows


def _turned(grid: Grid) -> Grid:
    return [list(column) for column in zip(*grid, strict=True)] if grid else []


def _first_year_row(grid: Grid) -> int | None:
    """The first row that begins with a year, where at least two do so and the rows above do not."""
    years = [i for i, row in enumerate(grid) if row and read_year(row[0]) is not None]
    if len(years) < 2 or years[0] == 0:
        return None
    return years[0]


def _levels(header: Grid) -> list[tuple[str, ...]]:
    """The header texts of each column. An empty cell beside a heading that has more below it belongs to that heading."""
    filled = [list(row) for row in header]
    for number, row in enumerate(filled[:-1]):
        for column in range(2, len(row)):
            if not row[column] and filled[number + 1][column] and not filled[number + 1][0]:
                row[column] = row[column - 1]
    rows = [Row(tuple(Cell(text) for text in row)) for row in filled]
    return column_levels(rows)


def _field(levels: tuple[str, ...]) -> str | None:
    """The field of a column by its headers: a grid factor at any level, else what the lowest level says."""
    words = words_of("emissions")
    said = plain("".join(levels))
    if any(word in said for word in words["grid_factor"]):
        return "grid_factor"
    for level in reversed(levels):
        match = best_match(level, words, ("ignored", "corrected", "target", "actual"))
        if match is None:
            continue
        if match[0] == "ignored":
            return None
        name = match[0]
        if name == "target" and any(word in plain(level) for word in words["corrected"]):
            name = "corrected"
        return f"cumulative_{name}" if any(word in said for word in words["cumulative"]) else name
    return None


def _read_grid(
    document: Document,
    table: Table,
    grid: Grid,
    body: int,
    levels: Sequence[tuple[str, ...]],
    fields: Sequence[str | None],
    around: Sequence[PlacedText],
    caption: str,
) -> _Candidate:
    candidate = _Candidate(table, {}, set(), {})
    context = f"emissions table {caption}"
    columns = _columns(document, grid, levels, fields, candidate, context)
    notes = notes_by_mark(line.text for line in around)
    factors = _factors(document, grid[body:], levels, columns, around, caption, candidate)
    for row in grid[body:]:
        year = read_year(row[0])
        if year is None:
            _signal_row(document, row, candidate, context)
            continue
        kept = candidate.cells.setdefault(year[0], [row[0]])
        if year[1]:
            candidate.estimates.add(year[0])
        for column, name in columns.items():
            value = read_value(row[column], notes)
            kept.append(row[column])
            if value.unread:
                place = document.origins.place(row[column])
                message = f"the words {value.unread} beside a figure are not understood"
                candidate.signals.append(Signal("unread:value", "info", message, row[column].text, context, place))
            if value.number is not None:
                candidate.values[year[0], name] = value.number * factors[column]
                if value.is_estimate and not name.endswith(("target", "grid_factor")):
                    candidate.estimates.add(year[0])
    return candidate


def _columns(
    document: Document,
    grid: Grid,
    levels: Sequence[tuple[str, ...]],
    fields: Sequence[str | None],
    candidate: _Candidate,
    context: str,
) -> dict[int, str]:
    """The columns that are read, one for each field; of two grid factors the target's."""
    columns: dict[int, str] = {}
    for column, name in enumerate(fields):
        header = " ".join(levels[column])
        if column == 0:
            continue
        rival = next((c for c, n in columns.items() if n == name), None)
        if name is not None and rival is not None and name == "grid_factor" and "目標" in header:
            del columns[rival]
            rival = None
        if name is not None and rival is None:
            columns[column] = name
        elif name is not None or best_match(header, words_of("emissions"), ("ignored",)) is None:
            place = document.origins.place(grid[0][column])
            message = f"the column {header} of the emissions table is not read"
            candidate.signals.append(Signal("unread:header", "warning", message, header, context, place))
    return columns


def _signal_row(document: Document, row: list[PlacedText], candidate: _Candidate, context: str) -> None:
    words = folded(row[0].text)
    if is_blank(words) or any(word in words for word in words_of("emissions")["sums"]):
        return
    message = f"the row {words} of the emissions table begins with no year"
    place = document.origins.place(*row)
    candidate.signals.append(Signal("unread:row", "info", message, row[0].text, context, place))


def unit_factor(text: str) -> Decimal | None:
    """The factor to Mt of the mass unit that words name, None where they name none."""
    words = folded(text).lower()
    units: dict[str, str] = words_of("emissions")["units"]
    for unit in sorted(units, key=len, reverse=True):
        if unit in words:
            return Decimal(units[unit])
    return None


def _factors(
    document: Document,
    body: Grid,
    levels: Sequence[tuple[str, ...]],
    columns: dict[int, str],
    around: Sequence[PlacedText],
    caption: str,
    candidate: _Candidate,
) -> dict[int, Decimal]:
    """What each column's figures are multiplied by: by the unit in its header, else by the table's."""
    units = [text.text for text in around if (line := read_below(text.text)) and line.kind == "unit"]
    said = [*units, caption, *("".join(level) for level in levels[:1])]
    common = next((factor for text in said if (factor := unit_factor(text)) is not None), None)
    factors: dict[int, Decimal] = {}
    for column, name in columns.items():
        header = "".join(levels[column])
        own = unit_factor(header)
        if name == "grid_factor":
            factors[column] = Decimal("0.001") if _GRAMS.search(folded(header).lower()) else Decimal(1)
            continue
        if own is None and common is None:
            common = _told_in_prose(document, body, columns) or _by_size(body, columns, candidate)
        factors[column] = own or common or Decimal(1)
    return factors


def _told_in_prose(document: Document, body: Grid, columns: dict[int, str]) -> Decimal | None:
    """The unit that the prose gives one of the table's figures."""
    prose = "".join(folded(b.text.text) for b in document.blocks if isinstance(b, Paragraph))
    for row in body:
        for column, name in columns.items():
            number = read_value(row[column], {}).number
            if number is None or name == "grid_factor" or number < 1:
                continue
            printed = folded(row[column].text).strip("()")
            match = regex.search(rf"(?<![\d.]){regex.escape(printed)}((?:億|百萬|萬|千)?公?噸|[Mk]?tCO2)", prose)
            if match and (factor := unit_factor(match.group(1))) is not None:
                return factor
    return None


def _by_size(body: Grid, columns: dict[int, str], candidate: _Candidate) -> Decimal:
    """The unit by the size of the figures, where nothing names one: a sector emits 1 to 300 Mt a year."""
    numbers = [
        number
        for row in body
        for column, name in columns.items()
        if name != "grid_factor" and (number := read_value(row[column], {}).number) is not None
    ]
    largest = max(numbers, default=Decimal(0))
    factor = next(f for limit, f in _SIZES if largest < limit)
    message = f"no unit is given for the emissions; by their size a factor of {factor} to Mt is taken"
    candidate.signals.append(Signal("unread:unit", "warning", message, str(largest)))
    return factor


_SIZES = (
    (Decimal(2_000), Decimal(1)),
    (Decimal(100_000), Decimal("0.01")),
    (Decimal(2_000_000), Decimal("0.001")),
    (Decimal("Infinity"), Decimal("0.000001")),
)
