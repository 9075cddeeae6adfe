"""Which result figure answers a target figure.

The same thing in the same unit, counters folded (廠次 answers 家); then the scope that the target asks for; then the
item whose words are nearest. A figure that says the same of another year is none.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from kb.audit.facts import Facts, Measure
from kb.audit.model import Figure, first
from kb.audit.texts import clause_around, located, near_words, per_piece, shared, squeezed

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


RESTATED = regex.compile(r"(?:目標|原訂|預定|預期目標|應達|需達|計畫)(?:值|數)?(?:為|之|的)?$|目標[^，。；\d]{0,6}$")
FROM = regex.compile(r"(?:由|自|從)(?:[^，。；\d]{0,10})$")
TO = regex.compile(r"^[^，。；\d]{0,3}(?:提高|提升|增加?|成長|上升|降低?|減少?|下降|縮短|改善|擴增|→)?[至到為→]")
PART = regex.compile(r"^其中|其中[^，。；\d]{0,6}$")
LATER = regex.compile(r"商轉後|啟用後|完工後|完成後|未來|預計|預估|預期|可增加|可再|潛力|潛量")


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
    results = [f for f in measure.figures if f.side == "result" and _is_of_the_time(facts, f) and _is_told_as_result(f)]
    targets = [f for f in measure.figures if f.side == "target"]
    able = {t.id: [f for f in results if _is_same_thing(facts, t, f)] if _is_due(facts, t) else [] for t in targets}
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
    for t in targets:
        if t.id in chosen and is_whole_period(t) and chosen[t.id].scope != "cumulative":
            chosen[t.id] = _so_far(t, chosen[t.id], [f for f in able[t.id] if f.id not in used])
    return {t.id: _answer(measure, t, chosen.get(t.id), able[t.id], results) for t in targets}


def _is_due(facts: Facts, target: Figure) -> bool:
    """Not an amount for another single year, which no figure of this one answers."""
    is_other = target.scope == "year" and target.end_year is not None and target.end_year != facts.year
    return not is_other or target.kind in LEVELS


def _so_far(target: Figure, figure: Figure, able: list[Figure]) -> Figure:
    """For a target of the whole period the cumulative figure rather than that of the year, where it is no less and
    speaks of the same: 截至 113 年底已補助 118 萬台."""
    whole = [f for f in able if f.scope == "cumulative" and f.amount >= figure.amount and _clauses(target, f) > 0]
    return max(whole, key=lambda f: _clauses(target, f), default=figure)


def _is_told_as_result(figure: Figure) -> bool:
    """Not the target told again beside the result, nor what a level has risen from."""
    before, _ = clause_around(figure)
    where = located(figure)
    behind = squeezed(figure.text.text[where[1] : where[1] + 12]) if where else ""
    if first(FROM, before) and first(TO, behind):
        return False
    return first(RESTATED, before) is None


def _answer(
    measure: Measure, target: Figure, figure: Figure | None, able: list[Figure], results: list[Figure]
) -> Answer:
    if figure is None:
        other = [
            f
            for f in results
            if f.kind == target.kind and f.kind not in COUNTED and f.canonical_unit != target.canonical_unit
            if f.kind != "physical" or shared(near_words(f), near_words(target)) > 0.25
        ]
        return Answer(other_unit=max(other, key=lambda f: _clauses(target, f)) if other else None)
    equal = [f for f in able if _rank(target, f) == _rank(target, figure)]
    if target.kind in COUNTED or (target.unit == figure.unit and target.kind == "count"):
        return Answer(figure, tuple(_parts(measure, target, figure, able)))
    beside = tuple(
        f
        for f in equal
        if target.kind in ADDED and f.text.id != figure.text.id and f.scope != "cumulative" and _names_no_total(equal)
    )
    return Answer(figure, beside)


def _parts(measure: Measure, target: Figure, figure: Figure, able: list[Figure]) -> list[Figure]:
    """What is counted beside the figure as its like: 醫院 9 家、社福機構 8 家, or the first count of each sub-item of
    one heading. Where the target names one of several things (快充 1,000 槍、慢充 5,500 槍), those alone that share its
    own words."""
    same = [f for f in able if f is not figure and folded(f.unit) == folded(figure.unit) and f.scope == figure.scope]
    siblings = [
        t
        for t in measure.figures
        if t.side == "target"
        and t is not target
        and t.text.id == target.text.id
        and folded(t.unit) == folded(target.unit)
    ]
    same = [f for f in same if _is_of(target, f, siblings)]
    if shared(near_words(figure), near_words(target)) >= WHOLE:
        # 申請專利 5 件、獲證 1 件: the first answers alone.
        same = [f for f in same if shared(near_words(f), near_words(target)) > 0]
    found = [f for f in same if f.text.id == figure.text.id and _is_listed(*sorted((figure, f), key=lambda x: x.start))]
    if not found:
        heads = {f.id: _heading(measure, f) for f in (figure, *same)}
        first_of = {f.text.id: f for f in sorted((figure, *same), key=lambda x: -x.start) if heads[f.id]}
        if first_of.get(figure.text.id) is figure:
            found = [f for f in first_of.values() if f is not figure and heads[f.id] == heads[figure.id]]
    return [f for f in found if _names_no_total([f])]


WHOLE = 0.8
"""Share of common words from which a figure is just what the target names."""


def _is_of(target: Figure, figure: Figure, siblings: list[Figure]) -> bool:
    """Whether the figure is of this target rather than of another in the same item."""
    own = shared(near_words(figure), near_words(target))
    return not siblings or own > max(shared(near_words(figure), near_words(t)) for t in siblings)


def _is_listed(a: Figure, b: Figure) -> bool:
    """Whether two counts stand in one list, nothing but 、 or 及 and the name of the second between them."""
    left, right = located(a), located(b)
    between = squeezed(a.text.text[left[1] : right[0]]) if left and right and left[1] <= right[0] else "。"
    return LIST.fullmatch(between, timeout=1) is not None


LIST = regex.compile(r"[^，。；;、\d]{0,8}[、及與和][^，。；;、\d其中]{1,14}")


def _heading(measure: Measure, figure: Figure) -> str:
    """The number of the item over a sub-item, empty where there is none: 1 of 1.2. The first item stands over all
    where it has no number and ends in a colon: 布建情形如下：."""
    ordinal = str(figure.text.place["ordinal"] or "")
    head = measure.results[0]
    is_head = head.place["ordinal"] is None and head.text.rstrip().endswith(("：", ":"))
    return ordinal.rpartition(".")[0] or ("0" if ordinal and is_head else "")


def _is_of_the_time(facts: Facts, figure: Figure) -> bool:
    """Not of another single year, nor of a span that ended before the report year."""
    return figure.end_year is None or facts.year is None or figure.end_year >= facts.year


def _is_same_thing(facts: Facts, target: Figure, result: Figure) -> bool:
    if per_piece(target) != per_piece(result) and target.canonical_unit in ("NTD", "tCO2e", "kWh", "kL"):
        # 每台補助 3,000 元 is not answered by what was paid in all.
        return False
    if folded(target.canonical_unit) != folded(result.canonical_unit):
        return False
    if target.kind == result.kind or {target.kind, result.kind} <= {"organisations", "count"}:
        alike = (
            shared(target.quote, result.quote) > 0.25
            or max(shared(near_words(target), near_words(result)), _clauses(target, result)) >= 0.5
        )
        return target.kind not in (*LEVELS, "physical") or alike or _is_only(facts, target, result)
    return {target.kind, result.kind} <= set(LEVELS) and shared(target.quote, result.quote) > 0.25


def _is_only(facts: Facts, target: Figure, result: Figure) -> bool:
    """Whether both items, of one number, have but this figure in this unit and time."""
    words = near_words(target), near_words(result)
    if all("率" in w for w in words) and shared(*words) == 0:
        # 改善完成率 is not answered by 初次符合率.
        return False
    ordinals = [(f.text.place["ordinal"] or "").partition(".")[0] for f in (target, result)]
    return ordinals[0] == ordinals[1] and all(
        sum(o.canonical_unit == f.canonical_unit and o.scope == f.scope for o in facts.of(f.text)) == 1
        and not any(word in f.quote for word in ("達成率", "執行率"))
        for f in (target, result)
    )


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
        + 0.5 * shared(near_words(target), near_words(result))
        - 0.4 * (first(PART, clause_around(result)[0]) is not None)
        - 0.3 * (first(LATER, clause_around(result)[0]) is not None)
        + 0.5 * shared(target.text.text, result.text.text)
        + 0.2 * (ordinals[0] == ordinals[1])
        + 0.1 * (target.canonical_unit == result.canonical_unit)
        - 0.3 * _rank(target, result)
    )


def _names_no_total(figures: list[Figure]) -> bool:
    return not any(word in f.quote for f in figures for word in ("共計", "合計", "總計", "總減", "累計"))
