"""One table that gives emissions by year, years down or across, headers of one or two levels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

import regex

from extract.documents.model import Document, Heading, Paragraph, PlacedText, Table
from extract.reading.caption_lines import read_below, read_caption
from extract.reading.emission_grid import Levels, grids_of, levels_of
from extract.reading.emission_pivot import Grid
from extract.reading.emission_units import factor_by_size, factor_in_prose, grid_factor, unit_factor
from extract.reading.emission_values import Value, notes_by_mark, read_value, read_year, speaks_of_estimate
from extract.reading.headers import EXACT, best_match, plain, words_of
from extract.reading.vocabulary import folded, is_blank
from extract.records import Severity, Signal

NEAR = 4
"""Blocks above a table that may hold its caption and unit; below it up to twice as many notes."""

MOST_LOOKED_UP = 40
"""Figures of a table that are looked for in the prose to learn their unit."""

_ONLY_SUMS = regex.compile(r"^(?!.*(?:及|與|和|暨|、|各年|歷年|年度排放|年排放)).*累[計積]")
"""A caption of sums alone."""
_OF_FACTORS = regex.compile(r"^(?!.*排放[量值]).*(?:排[放碳]|碳排)係數")
"""A caption of grid factors alone."""
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
    report_year: int | None = None
    is_cumulative: bool = False
    """Whether the caption alone says that the figures are sums of years."""
    is_of_factors: bool = False
    """Whether the caption says that the figures are grid factors."""

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
        guessed = {column for column in columns if is_estimate_alone(" ".join(self.levels[column]))}
        asides = self.asides(columns)
        for row in self.grid[self.body :]:
            year = read_year(row[0], self.report_year)
            if year is None:
                self.skip(row[0])
                continue
            kept = self.cells.setdefault(year[0], [row[0]])
            is_guessed_year = year[1] or any(speaks_of_estimate(folded(row[column].text)) for column in asides)
            for column in sorted(columns, key=lambda c: (c in guessed, c)):
                name = columns[column]
                value = read_value(row[column], notes)
                kept.append(row[column])
                if value.unread:
                    self.signal("unread:value", f"「{value.unread}」讀不出意義", row[column])
                if value.number is not None:
                    is_guess = column in guessed or is_guessed_year
                    self.take((year[0], name), value, factors[column], row[column], is_guess=is_guess)

    def asides(self, columns: dict[int, str]) -> list[int]:
        """The columns without figures that say of each year what its figures are: 資料屬性 over 統計值 and 推估值."""
        rows = self.grid[self.body :]
        free = [c for c in range(1, len(self.levels)) if c not in columns]
        return [c for c in free if not any(map(str.isdigit, "".join(row[c].text for row in rows if c < len(row))))]

    def take(self, key: tuple[int, str], value: Value, factor: Decimal, printed: PlacedText, *, is_guess: bool) -> None:
        """Keeps a figure; an estimate where no measured one stands beside it."""
        if value.number is None:
            return
        amount = value.number * (factor if value.factor is None or key[1] == "grid_factor" else value.factor)
        if key in self.values:
            if not is_guess and self.values[key] != amount:
                self.signal("emissions:differ", f"{key[0]} 年的 {key[1]} 在同一表出現兩個數值", printed)
            return
        self.values[key] = amount
        if (value.is_estimate or is_guess) and not key[1].endswith(("target", "grid_factor")):
            self.estimates.add(key[0])

    def columns(self) -> dict[int, str]:
        """The columns that are read, one for each field; of two grid factors the target's."""
        columns: dict[int, str] = {}
        for column, levels in enumerate(self.levels[1:], 1):
            name = self.field_of(levels)
            header = " ".join(levels)
            rival = next((c for c, n in columns.items() if n == name), None)
            if rival is not None and is_estimate_alone(header) != is_estimate_alone(" ".join(self.levels[rival])):
                rival = None  # 實際值 and 推估值: each year has one of them
            if rival is not None and self.is_sum_of(columns, rival, column):
                name, rival = f"cumulative_{name}", None
            is_better = (name == "grid_factor" and "目標" in header) or _is_whole(levels)
            if rival is not None and is_better:
                del columns[rival]
                rival = None
            if name is not None and rival is None:
                columns[column] = name
            elif name is not None or best_match(header, words_of("emissions"), ("ignored",)) is None:
                self.signal("unread:header", f"排放量表的欄位「{header}」未讀取", self.grid[0][column])
        return columns

    def is_sum_of(self, columns: dict[int, str], rival: int, column: int) -> bool:
        """Whether a column named as another one is its sum: the heading 累計 stands over a column beside it alone, as
        where a page shows no merged cells."""
        name = columns[rival]
        says_so = any(word in "".join(levels) for levels in self.levels for word in words_of("emissions")["cumulative"])
        is_amount = name in {"target", "actual", "corrected"} and f"cumulative_{name}" not in columns.values()
        return says_so and is_amount and self.levels[column][-1:] == self.levels[rival][-1:]

    def field_of(self, levels: Levels) -> str | None:
        """The field of a column, a sum where the caption says so."""
        name = field_of(levels)
        if self.is_of_factors:
            return "grid_factor" if name in {"target", "grid_factor"} else None
        return f"cumulative_{name}" if self.is_cumulative and name in {"target", "actual", "corrected"} else name

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
        values = [(text, read_value(text, {})) for text in amounts]
        numbers = [(text, v.number) for text, v in values if v.number is not None and v.factor is None]
        if not numbers:
            return Decimal(1)  # each cell prints its own unit
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


def find(document: Document, at: int, report_year: int | None = None) -> EmissionTable | None:
    """The table at a block, read as emissions; None where it holds none. `report_year` is Gregorian."""
    table = document.blocks[at]
    if not isinstance(table, Table):
        return None
    around = list(_around(document, at))
    captions = [line.words for text in around if (line := read_caption(text)) and line.kind == "table"]
    caption = captions[0] if captions else ""
    for grid, body in grids_of(table, document.origins, report_year):
        levels = levels_of(grid[:body])
        said = folded(caption + "".join("".join(column) for column in levels))
        named = {name for column in levels if (name := field_of(column))}
        is_topic = any(word in said for word in words_of("emissions")["topic"])
        if is_topic and len(named) >= 2 and named & _AMOUNTS:
            found = EmissionTable(document, grid, body, levels, around, caption, report_year=report_year)
            found.is_of_factors = "grid_factor" not in named and _OF_FACTORS.search(folded(caption)) is not None
            found.is_cumulative = _ONLY_SUMS.search(folded(caption)) is not None
            found.read()
            return found
    return None


def field_of(levels: Levels) -> str | None:
    """The field of a column by its headers: a grid factor at any level, else what the lowest level says."""
    words = words_of("emissions")
    said = plain("".join(levels))
    is_sum = any(word in said for word in words["cumulative"])
    told = best_match(said, words, ("corrected", "actual", "grid_factor"))
    if told is not None and told[0] == "grid_factor":
        return None if is_sum else "grid_factor"
    for level in reversed(levels):
        name = _name_in_brackets(level)
        if name is None and (match := best_match(level, words, ("ignored", "corrected", "target", "actual"))):
            name = match[0]
        if name is None:
            continue
        if name == "ignored":
            return None
        if name == "target" and any(word in plain(level) for word in words["corrected"]):
            name = "corrected"
        return f"cumulative_{name}" if is_sum else name
    return None


def _is_whole(levels: Levels) -> bool:
    """Whether a column is the sum of those beside it: 合計 under the heading of them all."""
    return len(levels) > 1 and plain(levels[-1]) in words_of("emissions")["whole"]


def _name_in_brackets(header: str) -> str | None:
    """The field that brackets name word for word: 排放量（目標值）."""
    for aside in regex.findall(r"\(([^()]*)\)", folded(header)):
        match = best_match(aside, words_of("emissions"), ("corrected", "target", "actual"))
        if match is not None and match[1] >= EXACT:
            return match[0]
    return None


def is_estimate_alone(header: str) -> bool:
    """Whether a header says that its figures are estimates, and none of them measured."""
    words = folded(header)
    return speaks_of_estimate(words) and not any(word in words for word in words_of("emissions")["measured"])


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
