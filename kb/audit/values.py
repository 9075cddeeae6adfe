"""One thing told in two places with two values, or with one value that is now exact and now about."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import regex

from kb.audit.facts import Facts
from kb.audit.items import groups, ranked
from kb.audit.model import Figure, Finding, Text, evidence, matches, number, rule
from kb.audit.texts import bigrams, squeezed
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
        if a.text.id != b.text.id and _differ(a, b):
            message = f"同一項目兩個數字：「{squeezed(a.quote)}」與「{squeezed(b.quote)}」"
            yield Finding("warning", message, (a.evidence(), b.evidence()), a.printed, 0.7)
    for f in told:
        near = [g for m in ranked(facts, f.text)[:3] for g in m.figures if g.side == "result"]
        if any(_equal(f, g) for g in near) or groups(facts, f.text, f):
            continue
        for g in near:
            if _differ(f, g):
                message = f"文中「{squeezed(f.quote)}」，附件一 {g.code} 為「{squeezed(g.quote)}」"
                yield Finding("warning", message, (f.evidence(), g.evidence()), g.code, 0.7)


def _equal(a: Figure, b: Figure) -> bool:
    return a.canonical_unit == b.canonical_unit and abs(a.amount - b.amount) <= max(a.half_step, b.half_step)


def _differ(a: Figure, b: Figure) -> bool:
    """Two figures of one thing that are not equal: same kind, unit, scope and years, nearly the same words."""
    same = (a.kind, a.canonical_unit) == (b.kind, b.canonical_unit)
    years = {(f.scope, f.start_year, f.end_year) for f in (a, b) if f.scope != "unspecified"}
    if not same or len(years) > 1 or _equal(a, b) or "~" in (a.comparator, b.comparator):
        return False
    low, high = sorted((a.amount, b.amount))
    enough = min(len(bigrams(around(a))), len(bigrams(around(b)))) >= 5
    return enough and low > 0 and high / low < SLIP and alike(a, b) >= SURE


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


@rule("twice:digits", "案例與附件一之數相差不到 0.1% 而末位不同")
def digits(facts: Facts) -> Iterable[Finding]:
    """案例與附件一同一數字的小數位不同。"""
    results = [f for f in facts.figures if f.side == "result" and f.kind == "emission_reduction"]
    for f in facts.figures:
        if f.side == "case" and f.kind == "emission_reduction" and f.amount >= TELLING:
            for r in results:
                if 0 < abs(r.amount - f.amount) <= 0.001 * f.amount and r.half_step != f.half_step:
                    gap = number(round(abs(r.amount - f.amount), 3))
                    message = f"案例「{f.text.context}」為 {f.printed}，附件一 {r.code} 為 {r.printed}，差 {gap} 公噸"
                    yield Finding("info", message, (f.evidence(), r.evidence()), f.text.context, 0.6)


@rule("twice:bound", "同一案例內數值與單位相同；一處有約、逾、以上，一處沒有；同案合併為一則")
def bound(facts: Facts) -> Iterable[Finding]:
    """案例內同一數字一處為確數、一處為約數或下限。"""
    for case in facts.cases:
        seen: dict[tuple[str, str], tuple[str, str]] = {}
        told: list[tuple[str, str]] = []
        for found in matches(BOUNDED, case.text):
            key = (found["number"].replace(",", ""), found["unit"])
            mark, quote = found["mark"] or found["tail"] or "", squeezed(found[0])
            if key in seen and seen[key][0] != mark:
                told.append((seen.pop(key)[1], quote))
            else:
                seen.setdefault(key, (mark, quote))
        if told:
            message = "同一數字精確程度不同：" + "、".join(f"「{a}」與「{b}」" for a, b in told)
            quotes = tuple(evidence(case.table, case.id, w, case.place) for pair in told for w in pair)
            yield Finding("info", message, quotes, case.context, 0.6)


BOUNDED = regex.compile(
    r"(?P<mark>約|近|逾|超過|至少|高於)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<unit>[千百萬億]*(?:元|公噸|噸|度|公秉))(?P<tail>以上)?"
)


RULES = (value_differs, prose_differs, comparator, digits, bound)
