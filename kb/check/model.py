"""What a check gives: doubts about single values, and figures about the report as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Fault(NamedTuple):
    """What looks wrong about a value: the rule that says so, a sentence for a person, and how sure the reading is all
    the same, 0 to 1."""

    rule: str
    reason: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """One value that may be read wrong.

    `table`, `key` and `column` name it as the knowledge base does; the key of a row that seems to be missing is the one
    that it would have, `column` is None where the whole row is meant and `key` where the whole table is. `rule`,
    `reason` and `certainty` are a fault's; `printed` the words it is about.
    """

    rule: str
    table: str
    key: str | None
    column: str | None
    reason: str
    certainty: float
    printed: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What the report says that it holds, beside what was found. `stated` is None where it says nothing."""

    what: str
    found: int
    stated: int | None = None
    quote: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing speaks against the number found."""
        return self.stated is None or self.stated == self.found


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, such as the digits that are accounted for; 1.0 of nothing."""

    name: str
    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.part / self.whole if self.whole else 1.0


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that a reading must reach, with the reason for it."""

    name: str
    least: float
    reason: str


@dataclass(frozen=True, slots=True)
class Quality:
    """The whole answer. `joins` are what was put together over page breaks, `broken` the bounds that are not kept."""

    report_id: str
    counts: tuple[Count, ...]
    shares: tuple[Share, ...]
    doubts: tuple[Doubt, ...]
    joins: tuple[str, ...]
    broken: tuple[Bound, ...]

    @property
    def is_good(self) -> bool:
        """Whether every bound is kept."""
        return not self.broken
