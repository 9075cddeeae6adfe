"""What a report says, as typed records: the one vocabulary that every room speaks.

Texts are as printed, markup dropped. Years are Gregorian; money is in NT$; shares in an
`execution_rate` are 0-1. A field that the report does not give is None, a list that is empty ().
`place` says where a record stands in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

PageNumber = int
"""1-based number of a page in the file, not the label that is printed on it."""

Role = Literal["lead", "co"]
Severity = Literal["error", "warning", "info"]
Scope = Literal["annual", "year", "cumulative", "unspecified"]
Comparator = Literal["=", ">=", "<=", ">", "<", "~"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points; the origin is the top left corner, y grows downwards."""

    page: PageNumber
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: boxes (one for each page, in order) in a PDF, else a character range
    (half-open offsets in the decoded file)."""

    boxes: tuple[Box, ...] = ()
    char_start: int | None = None
    char_end: int | None = None

    @property
    def page(self) -> PageNumber | None:
        """The page where it starts, None for a text source."""
        return self.boxes[0].page if self.boxes else None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that the reading met and did not understand, or had to decide without being sure.

    `rule` is a short name such as `unread:header`; `printed` the words it is about; `context` says
    what it belongs to (a measure's code, a table's number).
    """

    rule: str
    severity: Severity
    message: str
    printed: str = ""
    context: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency as resolved: full name in the report's year, `printed` keeps the words. `is_known` is False where
    the vocabulary has no such agency and the name is the printed one. `successor` is its full name today where that is
    another one."""

    name: str
    short_name: str
    ministry: str | None
    printed: str
    is_known: bool = True
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit that says how much.

    `value` is in `unit` as printed, `canonical_value` in `canonical_unit`; `value_high` is the upper end of a
    range, in `unit`. `start_year` and `end_year` are Gregorian, only where the words give them.
    `quote` is the few words around it. `start` and `end` are offsets of number and unit in the text that
    it was read from.
    """

    value: Decimal
    value_high: Decimal | None
    unit: str
    canonical_value: Decimal | None
    canonical_unit: str | None
    kind: str
    scope: Scope
    start_year: int | None
    end_year: int | None
    comparator: Comparator
    quote: str
    start: int
    end: int
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Span:
    """One number or time word of a text with how it was read: `what` is `figure`, `no figure` or `time`, `rule` names
    the rules that decided. `start` and `end` are offsets in the text."""

    start: int
    end: int
    printed: str
    what: str
    reading: str
    rule: str


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered item of a target or result cell; ordinal `1`, `1.1`, or None where unnumbered."""

    ordinal: str | None
    text: str
    place: Place
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Strategy:
    """推動策略: code as printed, and title without it."""

    code: str
    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class Measure:
    """推動措施: one row of the annex.

    `target` and `result` are the whole cells, `targets` and `results` their items. `marks` are what stands in brackets
    behind the name ((新增), (調整)…), dropped from `name`. `budget_ntd` is in NT$, `execution_rate` a share.
    `status` is `ended` where the result says that the period ran out before the report year. `extra` keeps columns
    that no field has, by their printed header. `places` gives each field's own cell, `printed` its words before they
    were read (`budget`, `agencies`, `period`… by the name of the column's meaning).
    """

    code: str
    name: str
    strategy_code: str | None
    is_new: bool
    marks: tuple[str, ...]
    plan: str | None
    category: str | None
    lead_agencies: tuple[Agency, ...]
    co_agencies: tuple[Agency, ...]
    period: str | None
    start_year: int | None
    end_year: int | None
    status: Literal["active", "ended"]
    target: str | None
    result: str | None
    targets: tuple[Item, ...]
    results: tuple[Item, ...]
    budget_ntd: Decimal | None
    execution_rate: Decimal | None
    budget_note: str | None
    funding_sources: tuple[str, ...]
    place: Place
    places: Mapping[str, Place] = field(default_factory=dict)
    extra: Mapping[str, str] = field(default_factory=dict)
    printed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with the text under it; `parent` is the index of the enclosing section in `Report.sections`."""

    heading: str
    number: str | None
    level: int
    parent: int | None
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A table of the report, whole; `number` and `caption` are None where none is printed. `cells` has the header
    rows first."""

    number: str | None
    caption: str | None
    source: str | None
    notes: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    header_rows: int
    place: Place
    joins: tuple[str, ...] = ()
    raw: tuple[tuple[tuple[str | None, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """A picture with its caption."""

    number: str | None
    caption: str | None
    source: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Emission:
    """One year of the emissions table: Mt CO2e, and kg CO2e/kWh for the grid factor."""

    year: int
    target: Decimal | None
    grid_factor: Decimal | None
    actual: Decimal | None
    corrected: Decimal | None
    cumulative_target: Decimal | None
    cumulative_actual: Decimal | None
    cumulative_corrected: Decimal | None
    is_estimate: bool
    place: Place


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the 評量指標 table, as text."""

    name: str
    target: str | None
    result: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence or table cell outside annex one and the cases that states a figure; `section` is an index into
    `Report.sections`."""

    section: int | None
    text: str
    place: Place
    quantities: tuple[Quantity, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case study: title is the innermost heading's own words, path all headings from the highlights down."""

    title: str
    path: tuple[str, ...]
    industry: str | None
    strategy: str | None
    problem: str | None
    approach: str | None
    outcome: str | None
    text: str
    place: Place
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """A committee member's question with the reply."""

    reviewer: str
    round: str | None
    number: str | None
    comment: str
    reply: str
    place: Place


@dataclass(frozen=True, slots=True)
class Report:
    """A whole 成果報告. `published` is `YYYY-MM`; `year` is `roc_year` + 1911."""

    title: str | None
    sector: str | None
    phase: int | None
    roc_year: int | None
    published: str | None
    lead_agencies: tuple[Agency, ...]
    co_agencies: tuple[Agency, ...]
    source_name: str
    media_type: str
    sha256: str
    page_count: int | None
    page_labels: tuple[str | None, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    measures: tuple[Measure, ...] = ()
    emissions: tuple[Emission, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    sections: tuple[Section, ...] = ()
    tables: tuple[TableRecord, ...] = ()
    figures: tuple[FigureRecord, ...] = ()
    claims: tuple[Claim, ...] = ()
    cases: tuple[Case, ...] = ()
    comments: tuple[Comment, ...] = ()
    signals: tuple[Signal, ...] = ()
