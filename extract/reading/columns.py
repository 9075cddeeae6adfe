"""Which column of annex one holds which field: decided by what its header means, never by where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from extract.documents.model import Table
from extract.reading.header_meaning import bare_header, holds_plan_too, meaning_of_levels
from extract.reading.vocabulary import TIMEOUT, folded, is_blank, vocabulary

ESSENTIAL = frozenset({"target", "result"})
"""A table without any of these is not annex one."""
SUPPORTING = frozenset({"agencies", "lead", "co", "period", "start", "budget", "rate", "category", "plan", "funding"})
"""A table of measures has at least two of these beside what was promised and done."""

LONGEST_STATE = 6
"""Characters of a cell that says no more than how far a measure is."""
AMOUNT_SPENT = 0.4
"""How sure it is that a lone column of what was spent holds the amount that others call the budget."""

_BRACKETS = regex.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field, None where the header is not understood; the printed header, all levels joined."""

    index: int
    field: str | None
    header: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an annex table."""

    columns: tuple[Column, ...]

    def of(self, field: str) -> list[int]:
        """Indexes of the columns with a field, left to right."""
        return [c.index for c in self.columns if c.field == field]

    def first(self, field: str) -> int | None:
        """The first column with a field."""
        return next(iter(self.of(field)), None)

    def header(self, index: int) -> str:
        """The printed header of a column."""
        return next((c.header for c in self.columns if c.index == index), "")

    @property
    def fields(self) -> frozenset[str]:
        """All fields that the table has."""
        return frozenset(c.field for c in self.columns if c.field)

    def is_annex(self) -> bool:
        """Whether the columns are those of a table of measures."""
        fields = self.fields
        named = bool(fields & {"name", "code", "strategy"})
        return named and bool(fields & ESSENTIAL) and len(fields & SUPPORTING) >= 2


def read_columns(table: Table, told: Mapping[str, str] | None = None) -> Columns:
    """The columns of a table by their headers; the lowest level of a header speaks first, then all levels together.
    `told` are printed headers whose meaning a person gave: they outdo everything."""
    printed: list[list[str]] = []
    for index in range(table.width):
        levels: list[str] = []
        for row in table.header:
            text = row.cells[index].text.text.strip() if index < len(row.cells) else ""
            if text and text not in levels:
                levels.append(text)
        printed.append(levels)
    readings = [meaning_of_levels(levels) for levels in _with_bracket_levels(printed)]
    columns = _by_content(_distinct(printed, readings), table)
    known = {folded(header): field for header, field in (told or {}).items()}
    return Columns(tuple(_as_told(column, levels, known) for column, levels in zip(columns, printed, strict=True)))


def _with_bracket_levels(headers: Sequence[Sequence[str]]) -> list[list[str]]:
    """Headers that differ in their brackets alone, 經費(預算數) beside 經費(執行率), in two levels each: the words in
    brackets are the lower one."""
    bases = [folded(_BRACKETS.sub("", levels[0], timeout=TIMEOUT)) if len(levels) == 1 else "" for levels in headers]
    found: list[list[str]] = []
    for levels, base in zip(headers, bases, strict=True):
        asides = _BRACKETS.findall(levels[0], timeout=TIMEOUT) if levels else []
        inner = [words for words in asides if bare_header(folded(words))]
        is_shared = bool(base) and bases.count(base) > 1
        found.append([_BRACKETS.sub("", levels[0], timeout=TIMEOUT), *inner] if is_shared and inner else list(levels))
    return found


def _as_told(column: Column, levels: Sequence[str], told: Mapping[str, str]) -> Column:
    """The column with the meaning that a person gave its whole header or the lowest level of it."""
    field = told.get(folded(column.header)) or told.get(folded(levels[-1]) if levels else "")
    return Column(column.index, field, column.header, 1.0) if field else column


def _distinct(headers: Sequence[Sequence[str]], readings: Sequence[tuple[str | None, float]]) -> list[Column]:
    """Columns with each field given once where it can stand but once; the less certain claimant takes its second
    meaning."""
    second: dict[str, str] = vocabulary()["second"]
    fields = [field for field, _ in readings]
    for field in ("strategy", "name", "plan", "category", "number", "code"):
        claimants = [i for i, f in enumerate(fields) if f == field]
        if len(claimants) < 2:
            continue
        keep = max(claimants, key=lambda i: (readings[i][1], -i))
        for index in claimants:
            if index != keep:
                other = second.get(field)
                fields[index] = other if other and other not in fields else None
    if "name" not in fields:
        fields = [
            "name" if f == "plan" and holds_plan_too(" ".join(h)) else f for h, f in zip(headers, fields, strict=True)
        ]
    if "name" not in fields and "plan" in fields and "strategy" in fields:
        fields[fields.index("plan")] = "name"
    return [
        Column(i, field, " ".join(levels), certainty)
        for i, (levels, field, (_, certainty)) in enumerate(zip(headers, fields, readings, strict=True))
    ]


def _filled(table: Table, index: int) -> list[str]:
    """What the cells of a column say that are neither merged nor blank."""
    cells = (row.cells[index] for row in table.rows if not row.is_band)
    words = (" ".join(unicodedata.normalize("NFKC", c.text.text).split()) for c in cells if c.source == "own")
    return [cell for cell in words if not is_blank(cell)]


def _are_states(cells: Sequence[str]) -> bool:
    """Whether cells say how far each measure is and nothing else: 超前, 符合, 落後, 已結案."""
    return all(len(words) <= LONGEST_STATE and not any(map(str.isdigit, words)) for words in cells)


def _by_content(columns: Sequence[Column], table: Table) -> Iterator[Column]:
    """Columns whose cells contradict their header, set right: 經費執行率 may head amounts with rates or rates alone,
    編號 may stand over the names."""
    budgets = [column.header for column in columns if column.field == "budget"]
    words = {column.index: _filled(table, column.index) for column in columns}
    told = [column for column in columns if column.field == "result" and not _are_states(words[column.index])]
    for column in columns:
        filled = words[column.index]
        field, certainty = column.field, column.certainty
        if (
            field == "budget"
            and filled
            and all(regex.fullmatch(r"[(]?\d{1,3}(?:\.\d+)?\s?%[)]?", c, timeout=TIMEOUT) for c in filled)
        ) or (field == "budget" and "執行率" in folded(column.header) and any("率" not in b for b in budgets)):
            field = "rate"
        elif field == "result" and told and filled and column not in told:
            field = "state"
        elif field == "executed" and not budgets:
            field, certainty = "budget", AMOUNT_SPENT
        elif field == "code" and filled and sum(len(c) for c in filled) > 12 * len(filled):
            field = "name" if all(c.field != "name" for c in columns) else None
        if field != column.field:
            certainty = min(certainty, 0.8)
        yield Column(column.index, field, column.header, certainty)
