"""Which result figure answers a target figure.

The same thing in the same unit, counters folded (廠次 answers 家); then the scope that the target asks for; then the
item whose words are nearest. A figure that says the same of another year is none.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.audit.facts import Facts, Measure
from kb.audit.model import Figure
from kb.audit.texts import clause_around, shared

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


def folded(unit: str | None) -> str:
    """The counter that this one stands for, or the unit itself."""
    return FOLDED.get(unit or "", unit or "")


def is_whole_period(target: Figure) -> bool:
    """Whether a target is for the whole period: said so, or no time is said and it is no level."""
    return target.scope == "cumulative" or (target.scope == "unspecified" and target.kind not in LEVELS)


def answers(facts: Facts, measure: Measure) -> dict[str, Answer]:
    """Target figure's id -> what in the measure's result answers it. The nearest pair first; a result figure answers a
    second target only where nothing else is left for it."""
    results = [f for f in measure.figures if f.side == "result" and _is_of_the_time(facts, f)]
    targets = [f for f in measure.figures if f.side == "target"]
    able = {t.id: [f for f in results if _is_same_thing(t, f)] for t in targets}
    scores = sorted(
        ((_score(t, f, able[t.id]), at, t, f) for at, t in enumerate(targets) for f in able[t.id]),
        key=lambda s: (-s[0], s[1]),
    )
    chosen: dict[str, Figure] = {}
    used: set[str] = set()
    for fresh in (True, False):
        for _, _, t, f in scores:
            if t.id not in chosen and not (fresh and f.id in used):
                chosen[t.id] = f
                used.add(f.id)
    return {t.id: _answer(t, chosen.get(t.id), able[t.id], results) for t in targets}


def _answer(target: Figure, figure: Figure | None, able: list[Figure], results: list[Figure]) -> Answer:
    if figure is None:
        other = [f for f in results if f.kind == target.kind and f.kind not in COUNTED]
        return Answer(other_unit=max(other, key=lambda f: _clauses(target, f)) if other else None)
    equal = [f for f in able if _rank(target, f) == _rank(target, figure)]
    beside = tuple(
        f
        for f in equal
        if target.kind in ADDED and f.text.id != figure.text.id and f.scope != "cumulative" and _names_no_total(equal)
    )
    return Answer(figure, beside)


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


def _clauses(a: Figure, b: Figure) -> float:
    return shared("".join(clause_around(a)), "".join(clause_around(b)))


def _score(target: Figure, result: Figure, able: list[Figure]) -> float:
    """Nearness of the words and the scope. 110-113 年累計 9 家 says less than the figure of the year before it in the
    same item, so the nearest of the item counts for all of it."""
    item = max(_clauses(target, f) for f in able if f.text.id == result.text.id)
    ordinals = [(f.text.place["ordinal"] or "").partition(".")[0] for f in (target, result)]
    return (
        0.8 * item
        + 0.2 * _clauses(target, result)
        + 0.5 * shared(target.text.text, result.text.text)
        + 0.2 * (ordinals[0] == ordinals[1])
        + 0.1 * (target.canonical_unit == result.canonical_unit)
        - 0.3 * _rank(target, result)
    )


def _names_no_total(figures: list[Figure]) -> bool:
    return not any(word in f.quote for f in figures for word in ("共計", "合計", "總計", "總減", "累計"))
