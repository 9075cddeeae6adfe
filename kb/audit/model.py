"""What the audit speaks of: texts with their places, figures with their texts, findings with their evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import regex

Severity = Literal["error", "warning", "info"]
Row = dict[str, Any]

PLACE_COLUMNS = ("page", "boxes", "char_start", "char_end")


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the report: a claim, an item of a measure, a case, a comment. `context` names what it belongs to (the
    measure's code, the case's title); `place` has the place columns of its row."""

    table: str
    id: str
    text: str
    context: str
    place: Row = field(hash=False, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of `quantities` with the text that states it.

    `half_step` is half of the last printed digit in the canonical unit: 134.24 萬公噸 is good to ±50 tCO2e; 0 for what
    is counted out and printed whole.
    `side` is target, result, case or claim; `code` the measure's code, empty outside the annex.
    """

    id: str
    side: str
    code: str
    text: Text
    value: float
    value_high: float | None
    unit: str
    canonical: float | None
    canonical_unit: str | None
    kind: str
    scope: str
    start_year: int | None
    end_year: int | None
    comparator: str
    quote: str
    start: int
    end: int
    half_step: float
    place: Row = field(hash=False, compare=False)

    @property
    def amount(self) -> float:
        """In the canonical unit, as printed where there is none."""
        return self.value if self.canonical is None else self.canonical

    @property
    def factor(self) -> float:
        """Canonical units in one printed unit; 1 where the number is 0."""
        return self.amount / self.value if self.value and self.amount else 1.0

    @property
    def printed(self) -> str:
        """Number and unit: `134.24 萬公噸 CO2e`, `25–40 %`."""
        if self.unit.startswith("成") and self.canonical is not None:
            # 九成二 is told in per cent.
            return f"{number(self.canonical)} %"
        high = "" if self.value_high is None else f"–{number(self.value_high)}"
        return f"{number(self.value)}{high} {self.unit}"

    def evidence(self) -> Row:
        """As a row that a finding rests on."""
        return evidence("quantities", self.id, self.quote, self.place)


def evidence(table: str, row_id: str, quote: str, place: Row) -> Row:
    """A row that a finding rests on, with the words and where they stand (filled place columns alone)."""
    found: Row = {"table": table, "id": row_id, "quote": quote}
    for column in PLACE_COLUMNS:
        if (value := place.get(column)) is not None:
            found[column] = json.loads(value) if column == "boxes" else value
    return found


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold together. `message` is one sentence in Chinese with the arithmetic."""

    severity: Severity
    message: str
    evidence: tuple[Row, ...]
    context: str = ""
    confidence: float = 0.9
    rule: str = ""


Check = Callable[[Any], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named check over the facts of one report, its tolerance and the reason for it."""

    name: str
    tolerance: str
    check: Check

    def __call__(self, facts: Any) -> Iterator[Finding]:
        """Its findings; the sentence of each says what it is about. A pattern that takes too long over a text is itself
        a finding, never silence."""
        try:
            for found in self.check(facts):
                about = "" if found.context in found.message else f"{found.context}："
                yield replace(found, rule=self.name, message=about + full_width(found.message))
        except TimeoutError:
            yield Finding("info", f"規則 {self.name} 逾時，未能查完本報告", (), rule="unread:audit", confidence=1.0)

    @property
    def summary(self) -> str:
        """First line of the check's docstring."""
        return (self.check.__doc__ or "").strip().splitlines()[0]


HALF = regex.compile(r"(?<=[\p{Han}）)」%\w])[,:;](?=[\p{Han}「])|(?<=[\p{Han}）)」])[,:;](?=[\p{Han}「\d])")
FULL = {",": "，", ":": "：", ";": "；"}


def full_width(text: str) -> str:
    """Commas, colons and semicolons beside Chinese characters in full width: `(1.1.2),推動` as `(1.1.2)，推動`."""
    return str(HALF.sub(lambda found: FULL[found[0]], text))


def rule(name: str, tolerance: str) -> Callable[[Check], Rule]:
    """Make a check a rule. `tolerance` says what difference is let pass, and why."""

    def make(check: Check) -> Rule:
        return Rule(name, tolerance, check)

    return make


def number(value: float) -> str:
    """With separators and no more digits than tell something: 1,463; 134.24; 0.494."""
    if value == round(value) and abs(value) < 1e15:
        return f"{value:,.0f}"
    if abs(value) >= 1000:
        return f"{value:,.1f}".removesuffix(".0")
    return f"{value:.6g}"


SECONDS = 0.5
"""For one pattern over one text; the longest texts take a hundredth of it."""


def matches(pattern: regex.Pattern[str], text: str) -> Iterator[regex.Match[str]]:
    """All matches. Raises `TimeoutError` where the pattern takes too long."""
    found: Iterator[regex.Match[str]] = pattern.finditer(text, timeout=SECONDS)
    return found


def first(pattern: regex.Pattern[str], text: str) -> regex.Match[str] | None:
    """The first match, None without. Raises `TimeoutError` where the pattern takes too long."""
    return pattern.search(text, timeout=SECONDS)
