"""The same thing told in two places with different numbers, counters or names, and one number for two things."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import regex

from kb.achieve.pairing import folded
from kb.audit import vocabulary
from kb.audit.facts import Facts, Measure
from kb.audit.items import ranked
from kb.audit.model import Figure, Finding, Text, evidence, first, matches, rule
from kb.audit.texts import clause_around, located, shared, squeezed

TELLING = 100
"""From here on two equal numbers are of one thing rather than equal by chance."""


JOINED = regex.compile(
    r"(?:[、，,]|(?:[、，,]|及|與)?(?:共|計|有|達|約|逾|合計|總計|累計|參與|吸引|培訓|完成|結訓|訓練){1,3})?"
)
"""What may stand between 場 and 人次 of one thing; a noun begins another."""
NAMED = regex.compile(
    r"[\p{Han}（）()]{0,12}(?:課程|訓練|說明會|研討會|講習|活動|會議|工作坊|座談會|觀摩會|宣導|培訓)?"
)


def _held(figures: Sequence[Figure], at: int) -> list[Figure]:
    """The events that the participants at a place of the list came to: those before it in one run, else one behind."""
    people = figures[at]
    run: list[Figure] = []
    for f in reversed(figures[:at]):
        between = _between(f, run[-1] if run else people)
        if f.kind != "events" or between is None or "。" in between or (not run and not _is_joined(between)):
            break
        run.append(f)
    if run:
        return run
    behind = figures[at + 1] if at + 1 < len(figures) else None
    between = _between(people, behind) if behind and behind.kind == "events" else None
    return [behind] if behind and between is not None and JOINED.fullmatch(between, timeout=1) else []


def _between(a: Figure, b: Figure) -> str | None:
    left, right = located(a), located(b)
    return squeezed(a.text.text[left[1] : right[0]]) if left and right and left[1] <= right[0] else None


def _is_joined(between: str) -> bool:
    """場人才培訓課程，完成 is one thing, 場次、淨零人才培訓 two."""
    name, comma, rest = between.partition("，")
    return NAMED.fullmatch(name, timeout=1) is not None and JOINED.fullmatch(comma + rest, timeout=1) is not None


@rule("twice:one_number_two_counts", "人次須相等且不小於 100,場次及其和均不等；場與人次之間另有名詞者是兩件事")
def one_number_two_counts(facts: Facts) -> Iterable[Finding]:
    """同一人次數在兩處分別對應不同的場次數。"""
    seen: dict[float, dict[float, tuple[Figure, Figure]]] = {}
    equal: dict[float, set[float]] = {}
    for text in facts.prose:
        figures = facts.of(text)
        for at, people in enumerate(figures):
            if people.kind != "participants" or people.amount < TELLING:
                continue
            if beside := _held(figures, at):
                seen.setdefault(people.amount, {}).setdefault(beside[0].amount, (beside[0], people))
                # 研討會 9 場、工作坊 6 班 are 15 場 elsewhere.
                equal.setdefault(people.amount, set()).update({sum(f.amount for f in beside)} if beside[1:] else ())
    for amount, told in seen.items():
        for (e1, p1), (e2, p2) in combinations(told.values(), 2):
            if equal.get(amount):
                continue
            message = f"同為 {p1.printed}，一處對應 {_event(e1)}，另一處對應 {_event(e2)}"
            yield Finding("error", message, tuple(f.evidence() for f in (e1, p1, e2, p2)), p1.printed)


def _event(figure: Figure) -> str:
    """The figure with the name of what was held, behind or before it: 148 場次(節能減碳說明會)."""
    behind, before = first(HELD, _nouns(figure)), first(HELD_BEFORE, clause_around(figure)[0])
    name = behind[0] if behind else before[1] if before else ""
    return f"{figure.printed}{f'({name})' if name else ''}"


EVENTS = "課程|訓練|說明會|研討會|講習|活動|會議|工作坊|座談會|觀摩會|培訓班|論壇"
HELD = regex.compile(rf"^\p{{Han}}{{0,8}}?(?:{EVENTS})")
HELD_BEFORE = regex.compile(rf"(?:辦理|召開|舉辦|完成|開設|共)?(\p{{Han}}{{0,8}}(?:{EVENTS}))$")


def _nouns(figure: Figure) -> str:
    """Words right behind the figure, up to 14 characters."""
    where = located(figure)
    return squeezed(figure.text.text[where[1] :])[:14] if where else ""


def _firm_class(figure: Figure) -> str | None:
    behind = _nouns(figure)[:6]
    at = {
        (behind.find(word), -len(word)): name
        for name, words in vocabulary.table("firms").items()
        for word in words
        if word in behind[:5]
    }
    return at[min(at)] if at else None


@rule("twice:noun_differs", "數值須相等且不小於 10,所計對象屬不同類(工廠、園區、學校…)")
def noun_differs(facts: Facts) -> Iterable[Finding]:
    """同一家數在兩處所計對象不同類。"""
    by_value: dict[float, list[tuple[str, Figure]]] = {}
    for f in facts.figures:
        if f.side == "claim" and f.kind == "organisations" and f.amount >= 10 and (name := _firm_class(f)):
            by_value.setdefault(f.amount, []).append((name, f))
    for told in by_value.values():
        kinds: dict[str, Figure] = {}
        for name, f in told:
            kinds.setdefault(name, f)
        for a, b in combinations(kinds.values(), 2):
            if a.text.id != b.text.id and alike(a, b) >= 0.2:
                message = (
                    f"同一數字所計對象不同：一處「{a.printed}{_nouns(a)[:8]}」，另一處「{b.printed}{_nouns(b)[:8]}」"
                )
                yield Finding("warning", message, (a.evidence(), b.evidence()), a.printed, 0.75)


def around(figure: Figure) -> str:
    """Its clause: up to 24 characters before and behind it."""
    before, behind = clause_around(figure)
    return before[-24:] + behind[:24]


def alike(a: Figure, b: Figure) -> float:
    """Share of the words around the one that stand around the other, 0-1."""
    return shared(around(a), around(b))


COUNTERS = ("organisations", "events", "participants", "count", "equipment")


def counted_of(m: Measure) -> list[Figure]:
    """What a measure's result counts."""
    return [f for f in m.figures if f.side == "result" and f.kind in COUNTERS]


@rule("twice:counter_differs", "數值須相等；小於 10 者前後文須有一半以上相同的字詞，其餘四分之一")
def counter_differs(facts: Facts) -> Iterable[Finding]:
    """文中與附件一同一數字的量詞不同(廠次與家、場次與家、個與家)。"""
    for text in facts.prose:
        near = ranked(facts, text)[:4] if text.table == "claims" else by_name(facts, text)
        for f in facts.of(text):
            if f.kind not in COUNTERS or f.scope == "cumulative":
                continue
            able = [
                g
                for m in near
                for g in counted_of(m)
                if g.amount == f.amount and g.unit != f.unit and _family(g) != _family(f) and g.scope != "cumulative"
            ]
            best = max(able, key=lambda g: alike(f, g), default=None)
            if best is not None and alike(f, best) >= (0.5 if f.amount < 10 else 0.25):
                here, there = f"{f.printed}{_nouns(f)[:10]}", f"{best.printed}{_nouns(best)[:10]}"
                message = f"同一項目的量詞不同：文中「{here}」，附件一 {best.code}「{there}」"
                yield Finding("warning", message, (f.evidence(), best.evidence()), best.code, 0.75)


def _family(figure: Figure) -> str:
    """廠次 and 家 are told apart here: one firm may be visited twice. 廠商 and 家 are not."""
    if figure.unit in ("廠次", "家次"):
        return "家次"
    return folded(figure.unit)


def by_name(facts: Facts, text: Text) -> list[Measure]:
    """Active measures of which a case's title or text has the name's words."""
    scored = []
    for m in facts.measures:
        name = m.row["name"] or ""
        if not m.has_ended and shared(name, text.context + text.text[:200]) >= 0.6:
            scored.append((shared(name, text.context), m))
    return [m for _, m in sorted(scored, key=lambda s: -s[0])][:2]


@rule("twice:number_two_units", "同一案例內同一數字一為電量、一為金額，且均為年值")
def number_two_units(facts: Facts) -> Iterable[Finding]:
    """案例中同一數字一處以度、一處以元計。"""
    for case in facts.cases:
        figures = facts.of(case)
        for a, b in combinations(figures, 2):
            units = {a.canonical_unit, b.canonical_unit}
            if (
                a.value == b.value
                and a.value >= 10
                and units == {"kWh", "NTD"}
                and {a.kind, b.kind} == {"energy_saving", "cost_saving"}
            ):
                message = f"同一數字兩種單位：「{squeezed(a.quote)}」與「{squeezed(b.quote)}」，其一有誤"
                yield Finding("error", message, (a.evidence(), b.evidence()), case.context, 0.85)


@rule("twice:level_differs", "同名比率依末位四捨五入；區間只看端點是否相同")
def level_differs(facts: Facts) -> Iterable[Finding]:
    """案例中同一名稱的比率(良率、回收率…)在兩處不同。"""
    for case in facts.cases:
        seen: dict[str, regex.Match[str]] = {}
        for found in matches(LEVEL, case.text):
            name, now = found["name"], squeezed(found["value"])
            if name in seen and squeezed(seen[name]["value"]) != now:
                message = f"{name}有兩個數字：「{squeezed(seen[name][0])}」與「{squeezed(found[0])}」"
                quotes = tuple(evidence(case.table, case.id, m[0], case.place) for m in (seen[name], found))
                yield Finding("warning", message, quotes, case.context, 0.7)
            seen.setdefault(name, found)


LEVEL = regex.compile(
    r"(?:目前|現況|現有|製程|原)?(?P<name>[\p{Han}]{0,2}(?:良率|合格率|稼動率|不良率))(?:為|約|大約|由|原為|僅|達)*\s*"
    r"(?P<value>\d[\d.]*\s*%?(?:\s*[~～–\-]\s*\d[\d.]*)?\s*%)"
)


RULES = (one_number_two_counts, noun_differs, counter_differs, number_two_units, level_differs)
