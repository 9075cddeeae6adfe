"""One thing told in two places with two values, or with one value that is now exact and now about."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import regex

from kb.audit.facts import Facts
from kb.audit.items import groups, ranked
from kb.audit.model import Figure, Finding, Text, evidence, matches, number, rule
from kb.audit.texts import bigrams, shared, squeezed
from kb.audit.twice_told import COUNTERS, TELLING, alike, around, by_name, counted_of

SURE, SLIP = 0.75, 2.0
"""Share of common words from which two figures are of one thing, and the factor within which one is a slip of the
other; further apart they are parts and totals."""


@rule("twice:value_differs", "僅比標題與措施名稱相符的案例；當年數值與該措施任一成果數均不等，前後文三成以上字詞相同")
def value_differs(facts: Facts) -> Iterable[Finding]:
    """案例與附件一同名措施所述同一項目而數值不同。"""
    for text in facts.cases:
        for m in by_name(facts, text)[:1]:
            told = counted_of(m)
            for f in facts.of(text):
                if f.kind not in COUNTERS or f.scope != "year" or any(g.amount == f.amount for g in told):
                    continue
                same = {g.amount for g in facts.of(text)}
                able = [g for g in told if g.scope != "cumulative" and g.amount not in same]
                best = max(able, key=lambda g: alike(f, g), default=None)
                if best is not None and alike(f, best) >= 0.3:
                    message = (
                        f"案例「{text.context}」稱「{squeezed(f.quote)}」，附件一 {m.code} 為「{squeezed(best.quote)}」"
                    )
                    yield Finding("warning", message, (f.evidence(), best.evidence()), m.code, 0.6)


@rule("twice:prose_differs", "同類同單位同年之數依末位四捨五入；前後文四分之三以上字詞相同、相差不到一倍才視為同一項目")
def prose_differs(facts: Facts) -> Iterable[Finding]:
    """文中兩處，或文中與附件一，同一項目而數值不同。"""
    told = [f for f in facts.figures if f.side == "claim" and f.kind in (*COUNTERS, "emission_reduction", "investment")]
    for a, b in combinations(told, 2):
        if a.text.id != b.text.id and _differ(a, b) and not _is_told_too(facts, a, b):
            message = f"同一項目兩個數字：「{squeezed(a.quote)}」與「{squeezed(b.quote)}」"
            yield Finding("warning", message, (a.evidence(), b.evidence()), a.printed, 0.7)
    for f in told:
        near = [g for m in ranked(facts, f.text)[:3] for g in m.figures if g.side == "result"]
        if any(_equal(f, g) for g in near) or groups(facts, f.text, f) or _is_sum(f, near):
            continue
        for g in near:
            if _differ(f, g):
                message = f"文中「{squeezed(f.quote)}」，附件一 {g.code} 為「{squeezed(g.quote)}」"
                yield Finding("warning", message, (f.evidence(), g.evidence()), g.code, 0.7)


def _equal(a: Figure, b: Figure) -> bool:
    return a.canonical_unit == b.canonical_unit and abs(a.amount - b.amount) <= max(a.half_step, b.half_step)


def _is_told_too(facts: Facts, a: Figure, b: Figure) -> bool:
    """Whether one text tells the other's figure too: 減緩 21 項、能力建構 26 項 is no second figure for 26 項."""
    return any(_equal(a, f) for f in facts.of(b.text)) or any(_equal(b, f) for f in facts.of(a.text))


def _is_sum(f: Figure, near: list[Figure]) -> bool:
    """Whether two or more figures of one item add up to it: 冷氣機 38 萬台、電冰箱 29 萬台 are 家電 67 萬台."""
    for item in {g.text.id for g in near}:
        parts = [g for g in near if g.text.id == item and g.canonical_unit == f.canonical_unit and g.amount < f.amount]
        for size in (2, 3):
            for group in combinations(parts[:8], size):
                slack = f.half_step + sum(g.half_step for g in group)
                if abs(sum(g.amount for g in group) - f.amount) <= slack:
                    return True
    return False


def _own_words(figure: Figure) -> str:
    """The words around it that say what it is of: no numbers, time words, units."""
    return str(PLAIN.sub("", around(figure)))


PLAIN = regex.compile(
    r"[\d.,%]|年度?|累[計積]|每|平均|截至|[萬億千百]|公噸|公秉|CO2e?|減碳量?|減量|貢獻|共計?|合計|約|達|逾|已|完成|[場人家廠]次|[家場台輛座案件項個處戶]"
)


def _differ(a: Figure, b: Figure) -> bool:
    """Two figures of one thing that are not equal: same kind, unit, scope and years, nearly the same words."""
    same = (a.kind, a.canonical_unit) == (b.kind, b.canonical_unit)
    years = {(f.scope, f.start_year, f.end_year) for f in (a, b) if f.scope != "unspecified"}
    if not same or len(years) > 1 or _equal(a, b) or "~" in (a.comparator, b.comparator):
        return False
    low, high = sorted((a.amount, b.amount))
    words = _own_words(a), _own_words(b)
    enough = min(len(bigrams(w)) for w in words) >= 4
    return enough and low > 0 and high / low < SLIP and alike(a, b) >= SURE and shared(*words) >= SURE


@rule("twice:comparator", "數值、單位相同，後接名詞首字相同(一千以上或帶小數者不論名詞)")
def comparator(facts: Facts) -> Iterable[Finding]:
    """同一數字一處為確數，一處為約數、逾或以上。"""
    seen: dict[tuple[float, str, str], tuple[str, Text, str]] = {}
    for text in (*facts.claims, *facts.cases, *facts.items.values(), *facts.comments):
        for found in matches(COUNTED, text.text):
            mark, quote = found["mark"] or found["tail"] or "", squeezed(found[0])
            key = _counted_key(found)
            if key is None:
                continue
            if key in seen and seen[key][0] != mark:
                before, other, words = seen.pop(key)
                message = f"同一數字精確程度不同：「{words}」({before or '確數'})與「{quote}」({mark or '確數'})"
                quotes = (
                    evidence(other.table, other.id, words, other.place),
                    evidence(text.table, text.id, quote, text.place),
                )
                yield Finding("info", message, quotes, quote, 0.6)
            else:
                seen.setdefault(key, (mark, text, quote))


COUNTED = regex.compile(
    r"(?P<mark>約|逾|超過|近|至少)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<unit>[百千萬億]?(?:家|個|場次|場|人次|案|座|台|輛))(?P<tail>以上|餘)?(?P<noun>\p{Han}{1,6})"
)


def _counted_key(found: regex.Match[str]) -> tuple[float, str, str] | None:
    value, unit = float(found["number"].replace(",", "")), found["unit"]
    if value >= 1000 or value % 1:
        return value, unit, ""
    return (value, unit, found["noun"][0]) if value >= 20 else None


SAVED = ("emission_reduction", "energy_saving", "fuel_saving", "investment", "output_value", "cost_saving")


@rule("twice:digits", "案例與附件一之數相差不到 0.1% 而末位不同")
def digits(facts: Facts) -> Iterable[Finding]:
    """案例與附件一同一數字的小數位不同。"""
    results = [f for f in facts.figures if f.side == "result" and f.kind in SAVED]
    for f in facts.figures:
        if f.side == "case" and f.kind in SAVED and f.amount >= TELLING:
            for r in results:
                same = (r.kind, r.canonical_unit) == (f.kind, f.canonical_unit)
                if same and 0 < abs(r.amount - f.amount) <= 0.001 * f.amount and r.half_step != f.half_step:
                    gap = number(round(abs(r.amount - f.amount) / r.factor, 3))
                    message = (
                        f"案例「{f.text.context}」為 {f.printed}，附件一 {r.code} 為 {r.printed}，差 {gap} {r.unit}"
                    )
                    yield Finding("info", message, (f.evidence(), r.evidence()), f.text.context, 0.6)


@rule("twice:counter_changes", "同一措施的當年值與累計值；一用家、一用廠次(家次)，前後文三成以上字詞相同")
def counter_changes(facts: Facts) -> Iterable[Finding]:
    """同一措施的當年家數與累計家數量詞不同。"""
    for m in facts.measures:
        told = [f for f in counted_of(m) if f.kind == "organisations"]
        for year in (f for f in told if f.scope != "cumulative"):
            for total in (f for f in told if f.scope == "cumulative"):
                is_visit = [f.unit in VISITS for f in (year, total)]
                if (
                    is_visit[0] != is_visit[1]
                    and total.amount >= year.amount
                    and shared(_own_words(year), _own_words(total)) >= 0.3
                ):
                    message = (
                        f"措施 {m.code}：當年為「{squeezed(year.quote)}」，累計為「{squeezed(total.quote)}」，"
                        "量詞不同，家數與次數不能相加"
                    )
                    yield Finding("info", message, (year.evidence(), total.evidence()), m.code, 0.6)


VISITS = ("廠次", "家次", "場次", "戶次")


RULES = (value_differs, prose_differs, comparator, digits, counter_changes)
