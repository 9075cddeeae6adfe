"""The same thing told in two places with different numbers, counters or names, and one number for two things."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

import regex

from kb.achieve.pairing import folded
from kb.audit import vocabulary
from kb.audit.facts import Facts, Measure
from kb.audit.items import ranked
from kb.audit.model import Figure, Finding, Text, evidence, matches, rule
from kb.audit.texts import clause_around, located, shared, squeezed

TELLING = 100
"""From here on two equal numbers are of one thing rather than equal by chance."""
OWN_WORDS = 6
"""Characters that a text must share with an ended measure, and with no active one."""


@rule("twice:one_number_two_counts", "人次須相等且不小於 100,場次不等")
def one_number_two_counts(facts: Facts) -> Iterable[Finding]:
    """同一人次數在兩處分別對應不同的場次數。"""
    seen: dict[float, dict[float, tuple[Figure, Figure]]] = {}
    for text in facts.prose:
        figures = facts.of(text)
        for at, people in enumerate(figures):
            if people.kind != "participants" or people.amount < TELLING:
                continue
            beside = [f for f in (*figures[max(0, at - 1) : at], *figures[at + 1 : at + 2]) if f.kind == "events"]
            if beside:
                seen.setdefault(people.amount, {}).setdefault(beside[0].amount, (beside[0], people))
    for told in seen.values():
        for (e1, p1), (e2, p2) in combinations(told.values(), 2):
            message = f"同為 {p1.printed}，一處對應 {e1.printed}，另一處對應 {e2.printed}"
            yield Finding("error", message, tuple(f.evidence() for f in (e1, p1, e2, p2)), p1.printed)


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


@rule("twice:ended", "與已結束措施的名稱開頭或內容有六字以上相同，而推動中措施與策略均無此字串")
def ended(facts: Facts) -> Iterable[Finding]:
    """文中把期程已結束的措施列為當年成果。"""
    active = "".join(m.words for m in facts.measures if not m.has_ended)
    active += "".join(squeezed(r["title"] or "") for r in facts.rows("strategies"))
    for m in facts.measures:
        if not m.has_ended:
            continue
        found = [(text, words) for text in facts.prose if (words := _own_words(facts.squeezed(text), m, active))]
        if found:
            words = "、".join(f"「{w}」" for w in dict.fromkeys(w for _, w in found))
            until = f"(期程至 {m.row['end_year'] - 1911} 年)" if m.row["end_year"] else ""
            message = (
                f"文中仍把{words}列為當年成果，但所屬措施 {m.code}「{m.row['name']}」已結束{until}，附件一無當年成果"
            )
            quotes = [evidence(t.table, t.id, t.text[:120], t.place) for t, _ in found]
            row = evidence("measures", m.row["id"], f"{m.code} {m.row['name']}", m.row)
            yield Finding("warning", message, (*quotes, row), m.code, 0.75)


VERB = regex.compile(r"^(?:推動|推廣|協助|提供|導入|辦理|補助|加強|落實)+")


def _own_words(text: str, m: Measure, active: str) -> str:
    """The longest string that a text shares with an ended measure and with no active one; from the name only what
    tells it apart: its beginning, or a part with Latin letters."""
    stem = VERB.sub("", squeezed(m.row["name"] or ""))
    names, rest = squeezed(m.row["name"] or ""), squeezed(f"{m.row['plan'] or ''}|{m.row['target'] or ''}")
    from_rest = _longest(text, rest, active)
    from_name = _longest(text, names, active)
    if not (from_name.endswith(stem[:4]) or stem[:4] in from_name or any(c.isascii() for c in from_name)):
        from_name = ""
    if from_rest in names or (len(from_rest) <= OWN_WORDS and not any(c.isascii() for c in from_rest)):
        from_rest = ""
    return max(from_rest, from_name, key=len)


def _longest(text: str, ended_words: str, active: str) -> str:
    """The longest string of characters that text and ended measure share and no active measure has."""
    grams = _grams(ended_words)
    if grams.isdisjoint(_grams(text)):
        return ""
    best = ""
    for at in range(len(text) - OWN_WORDS + 1):
        if text[at : at + OWN_WORDS] not in grams:
            continue
        size = max(OWN_WORDS, len(best) + 1)
        while len(part := text[at : at + size]) == size and part in ended_words:
            if part not in active and PLAIN.fullmatch(part, timeout=1):
                best = part
            size += 1
    return best


@lru_cache(maxsize=1024)
def _grams(text: str) -> frozenset[str]:
    """Every run of `OWN_WORDS` characters."""
    return frozenset(text[i : i + OWN_WORDS] for i in range(len(text) - OWN_WORDS + 1))


PLAIN = regex.compile(r"[\p{Han}A-Za-z.]+")


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


RULES = (one_number_two_counts, noun_differs, counter_differs, ended, number_two_units, level_differs)
