"""Met, on course, behind or missed: a target and its answer judged, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kb.achieve.pairing import LEVELS, Answer, is_whole_period
from kb.audit.facts import Facts, Measure
from kb.audit.model import Figure
from kb.identity import ROC

Status = Literal["met", "on_course", "behind", "missed", "not_comparable", "no_figure"]

NEAR_LEVEL = 0.95
"""A level that is due in a later year is on course from this share of it on; levels do not grow evenly."""
SLACK = 0.005
"""Of the share of time gone: half of a per cent, as shares are printed."""


@dataclass(frozen=True, slots=True)
class Achievement:
    """A target figure, the result that answers it (None: nothing does), their ratio, and the verdict."""

    measure: Measure
    target: Figure
    result: Figure | None
    ratio: float | None
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A target with the amount that answers it: one result figure, or several added up, and how that is printed."""

    measure: Measure
    target: Figure
    result: Figure
    amount: float
    told: str
    year: int | None

    @property
    def is_limit(self) -> bool:
        """An upper limit, which is met from below."""
        return self.target.comparator in {"<=", "<"}

    def is_met(self, expected: float) -> bool:
        """Rounding of the last digit aside where it is a limit."""
        if self.is_limit:
            return self.amount <= expected + self.target.half_step
        return self.amount >= expected * (1 - 1e-9)

    def verdict(self, status: Status, reason: str, expected: float | None = None) -> Achievement:
        """With the ratio to what was expected, by default the target."""
        ratio = self.amount / (self.target.amount if expected is None else expected)
        limit = ",目標為上限" if self.is_limit else ""
        return Achievement(self.measure, self.target, self.result, ratio, status, reason + limit)


def judged(facts: Facts, measure: Measure, target: Figure, answer: Answer) -> Achievement:
    """The verdict on one target."""
    year = facts.year
    if measure.has_ended:
        reason = f"期程 {measure.row['period'] or ''} 已於報告年度前結束，本年無成果"
        return Achievement(measure, target, None, None, "no_figure", reason)
    if target.scope == "year" and target.kind not in LEVELS and year and target.end_year and target.end_year != year:
        when = "尚未屆期" if target.end_year > year else "為以前年度"
        return Achievement(measure, target, None, None, "not_comparable", f"目標屬 {target.end_year - ROC} 年，{when}")
    if answer.figure is None:
        if answer.other_unit is None:
            reason = f"成果未見與「{target.printed}」同類的數值"
            return Achievement(measure, target, None, None, "no_figure", reason)
        reason = f"單位不同：目標 {target.printed}，成果 {answer.other_unit.printed}"
        return Achievement(measure, target, answer.other_unit, None, "not_comparable", reason)
    result = answer.figure
    if target.amount == 0:
        return Achievement(measure, target, result, None, "not_comparable", "目標為 0,無法計算比率")
    amount, told = result.amount, result.printed
    if answer.beside and amount < target.amount:
        amount += sum(f.amount for f in answer.beside)
        told += "".join(f" + {f.printed}" for f in answer.beside) + "(合計)"
    compared = Compared(measure, target, result, amount, told, year)
    if not is_whole_period(target):
        return _of_a_year(compared)
    return _of_the_period(compared) if result.scope in {"cumulative", "unspecified"} else _year_against_period(compared)


def _of_a_year(c: Compared) -> Achievement:
    """A target for each year, for the report year, or a level."""
    target, expected, told = c.target, c.target.amount, f"成果 {c.told} ÷ 目標 {c.target.printed}"
    if c.result.scope == "cumulative" and target.kind not in LEVELS:
        count = _years(c)
        if count is None:
            return Achievement(c.measure, target, c.result, None, "not_comparable", "成果只有累計值，起訖年不明")
        expected *= count
        told = f"成果只有累計值：{c.told} ÷ (目標 {target.printed} × {count} 年)"
    ratio = c.amount / expected
    told += f" = {ratio * 100:.1f}%"
    if c.is_met(expected):
        return c.verdict("met", told, expected)
    due = target.end_year if target.scope == "year" else None
    if due is not None and c.year is not None and due > c.year:
        is_near = ratio >= NEAR_LEVEL and not c.is_limit
        return c.verdict("on_course" if is_near else "behind", f"{told}，目標於 {due - ROC} 年屆期", expected)
    end = c.measure.row["end_year"]
    if target.scope == "unspecified" and end is not None and c.year is not None and end > c.year:
        return c.verdict("behind", f"{told}，期程至 {end - ROC} 年", expected)
    return c.verdict("missed", told, expected)


def _span(target: Figure, m: Measure) -> tuple[int | None, int | None]:
    return target.start_year or m.row["start_year"], target.end_year or m.row["end_year"]


def time_gone(target: Figure, m: Measure, year: int | None) -> float | None:
    """Share of the target's period that has passed at the end of the report year; None where it is not known."""
    start, end = _span(target, m)
    if start is None or end is None or year is None or end < start:
        return None
    return min(1.0, max(0.0, (year - start + 1) / (end - start + 1)))


def _of_the_period(c: Compared) -> Achievement:
    """A whole-period target against what has come together so far."""
    ratio, gone = c.amount / c.target.amount, time_gone(c.target, c.measure, c.year)
    told = f"累計成果 {c.told} ÷ 全程目標 {c.target.printed} = {ratio * 100:.1f}%"
    if c.is_met(c.target.amount):
        return c.verdict("on_course" if c.is_limit and gone is not None and gone < 1 else "met", told)
    if gone is None:
        return c.verdict("not_comparable", f"{told}，期程不明，無從比較進度")
    told += f"，期程已過 {gone * 100:.0f}%"
    if gone >= 1:
        return c.verdict("missed", told)
    return c.verdict("on_course" if ratio >= gone - SLACK and not c.is_limit else "behind", told)


def _year_against_period(c: Compared) -> Achievement:
    """A whole-period target where the result gives the year alone."""
    told = f"當年成果 {c.told} ÷ 全程目標 {c.target.printed} = {c.amount / c.target.amount * 100:.1f}%"
    if c.is_met(c.target.amount) and not c.is_limit:
        return c.verdict("met", f"{told}，當年即已達全程目標")
    if _span(c.target, c.measure)[0] == c.year:
        return _of_the_period(c)
    return c.verdict("not_comparable", f"{told}，但成果只有當年值，無累計值可比")


def _years(c: Compared) -> int | None:
    start, end = c.result.start_year or c.measure.row["start_year"], c.result.end_year or c.year
    return end - start + 1 if start is not None and end is not None and end >= start else None
