"""What the steps of a reading hand to each other.

A text is read on a `Sheet`: each step of the pipeline fills in one part and looks at those before it. Offsets
are characters of the text as printed; intervals are half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from extract.language.compact import Compact
from extract.records import Comparator, Quantity, Scope, Signal


@dataclass(frozen=True, slots=True)
class Setting:
    """What surrounds a text.

    `report_year` is Gregorian. `lead` are the preambles or parent items that govern the text, outermost first.
    `topic` says what the text is about (measure name, column header, row label): used for the meaning of a
    figure only where the text itself is silent. `register` says how strictly numbers must be accounted for: one
    without a unit is a warning in an item, a remark in prose.
    """

    report_year: int | None = None
    lead: tuple[str, ...] = ()
    topic: str = ""
    register: Literal["item", "case", "claim"] = "item"


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed.

    `value` times `factor` is the number; `factor` is the 萬 or 億 behind it, part of the unit as printed.
    `end` is where the digits end, `after` where a unit may begin. `more` is True for 餘 and 多 (30 餘家).
    """

    start: int
    end: int
    after: int
    value: Decimal
    factor: Decimal = Decimal(1)
    more: bool = False
    chinese: bool = False
    share: bool = False
    """Read from 百分之: a share that brings its own unit."""


@dataclass(frozen=True, slots=True)
class UnitForm:
    """One line of units.csv.

    `rate` is how the unit is written in a rate (kg in kgCO2e/kWh), empty if it is never part of one. `chinese` says
    whether Chinese numerals go with it: `2` from two up, `1` 一 too, empty never. `not_before` are words that may not
    stand behind it (位 is no unit in 位於).
    """

    form: str
    dimension: str
    canonical: str
    factor: Decimal
    rate: str
    kind: str
    chinese: str
    not_before: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit found behind a number; `canonical` and `factor` as the words stand, before the meaning of 公噸 is settled.

    `start` and `end` are where it stands, `printed_from` where the 萬 before it begins: behind a later number where a
    list shares it.

    `per` is the denominator of a rate, None without one; `annual` says that /年 follows.
    """

    start: int
    end: int
    form: UnitForm
    canonical: str
    factor: Decimal
    carbon: bool = False
    per: str | None = None
    annual: bool = False
    known: bool = True
    printed_from: int = -1

    @property
    def dimension(self) -> str:
        """The dimension that the kinds are decided by."""
        if self.per is not None:
            return "rate"
        return "carbon" if self.carbon and self.form.dimension == "mass" else self.form.dimension


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or a range of two, with its unit. `unit_text` is the unit as printed."""

    number: Number
    high: Number | None
    unit: Unit
    unit_text: str
    start: int
    end: int


Reason = Literal[
    "class", "code", "date", "date or ratio", "denominator", "idiom", "item number", "label", "name", "no unit",
    "time of day", "tolerance", "word",
]  # fmt: skip
"""Why a number is no figure; `explaining.REASONS` says it in words."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A number that is no figure, and why."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Governor:
    """The time that governs a figure.

    `counted` says that 累計 itself stands there, so that /年 cannot make it annual. `rule` names how it was found.
    """

    scope: Scope = "unspecified"
    start_year: int | None = None
    end_year: int | None = None
    counted: bool = False
    rule: str = "no time word"


UNGOVERNED = Governor()


@dataclass(frozen=True, slots=True)
class TimeWord:
    """A time word: what it says, and how far it reaches.

    `form`: `year`, `span`, `until` (截至 113 年底), `since` (111 年起), `cumulative`, `annual`, `own` (年節電率:
    governs the next figure alone), `years` (112、113 年, one each), or `none` (a date, a base year).
    """

    start: int
    end: int
    form: Literal["year", "span", "until", "since", "cumulative", "annual", "own", "years", "none"]
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Clauses:
    """Where a text breaks. `sentences` and `clauses` are half-open intervals in order that cover the text."""

    sentences: tuple[tuple[int, int], ...]
    clauses: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A figure with everything that its words say, and the names of the rules that said so."""

    figure: Figure
    comparator: Comparator = "="
    governor: Governor = UNGOVERNED
    kind: str = ""
    kind_rule: str = ""
    canonical: str = ""
    factor: Decimal = Decimal(1)

    def with_kind(self, kind: str, rule: str, canonical: str, factor: Decimal) -> Decided:
        """The same figure with its meaning."""
        return replace(self, kind=kind, kind_rule=rule, canonical=canonical, factor=factor)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: its quantities in order, what was not understood, and the numbers that are no figures."""

    quantities: tuple[Quantity, ...] = ()
    signals: tuple[Signal, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass(slots=True)
class Sheet:
    """The working paper of one text."""

    text: str
    folded: str
    compact: Compact
    setting: Setting
    clauses: Clauses
    numbers: list[Number] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    times: list[TimeWord] = field(default_factory=list)
    decided: list[Decided] = field(default_factory=list)
    quantities: tuple[Quantity, ...] = ()
    signals: list[Signal] = field(default_factory=list)
