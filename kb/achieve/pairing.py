"""Which result figure answers a target figure.

The same thing in the same unit, counters folded (廠次 answers 家); then the scope that the target asks for; then the
item whose words are nearest. A figure that says the same of another year is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.audit.facts import Facts, Measure, clause_around, shared
from kb.audit.model import Figure

FOLDED = {
    **dict.fromkeys(("家", "廠", "廠次", "家次", "廠商", "工廠", "公司", "廠家", "戶次"), "家"),
    **dict.fromkeys(("場", "場次", "班", "班次", "梯次"), "場次"),
    **dict.fromkeys(("人", "人次", "位", "名"), "人次"),
    **dict.fromkeys(("案", "件", "案次", "案件"), "案"),
    **dict.fromkeys(("台", "臺", "具", "部"), "台"),
    **dict.fromkeys(("輛", "輛次"), "輛"),
}
"""Counters that stand for one another between a target and its result."""

LEVELS = ("rate", "saving_rate")
"""Kinds that are levels, not amounts that grow with the years."""
COUNTED = ("organisations", "events", "participants", "equipment", "count")
ADDED = ("emission_reduction", "energy_saving", "fuel_saving", "investment", "output_value", "cost_saving")
"""Kinds whose figures in several items of one result add up where none of them is a total."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The figure that answers best, and figures beside it that add to it (of other items, of the same scope).

    `other_unit` is a figure of the same kind in a unit that cannot be compared, where nothing else answers.
    """

    figure: Figure | None = None
    beside: tuple[Figure, ...] = ()
    other_unit: Figure | None = None
    is_cumulative: bool = False


def folded(unit: str | None) -> str:
    """The counter that this one stands for, or the unit itself."""
    return FOLDED.get(unit or "", unit or "")


def is_whole_period(target: Figure) -> bool:
    """Whether a target is for the whole period: said so, or no time is said and it is no level."""
    return target.scope == "cumulative" or (target.scope == "unspecified" and target.kind not in LEVELS)


def answer(facts: Facts, measure: Measure, target: Figure) -> Answer:
    """What in the measure's result answers the target."""
    results = [f for f in measure.figures if f.side == "result" and _is_of_the_time(facts, f)]
    same = [f for f in results if _is_same_thing(target, f)]
    if not same:
        other = [f for f in results if f.kind == target.kind and f.kind not in COUNTED]
        return Answer(other_unit=_best(target, other, {}) if other else None)
    ranks = {f.id: _rank(target, f) for f in same}
    figure = _best(target, same, ranks)
    able = [f for f in same if ranks[f.id] == ranks[figure.id]]
    beside = tuple(
        f
        for f in able
        if target.kind in ADDED and f.text.id != figure.text.id and f.scope != "cumulative" and _names_no_total(able)
    )
    return Answer(figure, beside, None, figure.scope == "cumulative")


def _is_of_the_time(facts: Facts, figure: Figure) -> bool:
    """Not of another single year, nor of a span that ended before the report year."""
    return figure.end_year is None or facts.year is None or figure.end_year >= facts.year


def _is_same_thing(target: Figure, result: Figure) -> bool:
    if folded(target.canonical_unit) != folded(result.canonical_unit):
        return False
    if target.kind == result.kind or {target.kind, result.kind} <= {"organisations", "count"}:
        return target.kind not in (*LEVELS, "physical") or shared(target.quote, result.quote) > 0.25
    return {target.kind, result.kind} <= set(LEVELS) and shared(target.quote, result.quote) > 0.25


def _rank(target: Figure, result: Figure) -> int:
    """0 for the scope that the target asks for, more for what can stand in."""
    if is_whole_period(target):
        order = ("cumulative", "unspecified", "year", "annual")
    else:
        order = ("year", "annual", "unspecified", "cumulative")
    rank = order.index(result.scope)
    # A figure without a time word in a result of the year says as much as one with the year.
    return 1 if not is_whole_period(target) and rank in (1, 2) else rank


def _best(target: Figure, able: list[Figure], ranks: Mapping[str, int]) -> Figure:
    words = "".join(clause_around(target)) + target.text.text
    ordinal = (target.text.place["ordinal"] or "").partition(".")[0]

    def score(f: Figure) -> float:
        same_item = ordinal == (f.text.place["ordinal"] or "").partition(".")[0]
        return (
            shared("".join(clause_around(target)), "".join(clause_around(f)))
            + 0.5 * shared(words, f.text.text)
            + 0.2 * same_item
            + 0.1 * (f.canonical_unit == target.canonical_unit)
            - 0.3 * ranks.get(f.id, 0)
        )

    return max(able, key=score)


def _names_no_total(figures: list[Figure]) -> bool:
    return not any(word in f.quote for f in figures for word in ("共計", "合計", "總計", "總減", "累計"))
