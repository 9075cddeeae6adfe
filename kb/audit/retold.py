"""One case told twice, in sentences and in its bullets: figures and clauses that differ from the one to the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations

import regex

from kb.audit import vocabulary
from kb.audit.counts import rows_of
from kb.audit.facts import Facts, Measure
from kb.audit.model import Finding, Text, evidence, first, matches, rule
from kb.audit.texts import squeezed
from kb.audit.twice_told import by_name

AMOUNT = regex.compile(
    r"(?P<mark>約|近|逾|超過|至少|高於|將近)?\s*(?P<number>\d[\d,]*(?:\.\d+)?(?:\s*[~～–\-]\s*\d[\d,]*(?:\.\d+)?)?)\s*"
    r"(?P<scale>[千百萬億]*)\s*(?P<unit>元|公噸|噸|度|公秉|千瓦|%)?\s*(?P<gas>(?i:CO2e?))?\s*(?P<year>/\s*年)?\s*(?P<tail>以上)?"
)
YEARLY = regex.compile(r"每年|年(?:可|約|共|省|減|節|度)|/年|全年|年均|年[^，。；\d]{0,4}$")
NOT_AMOUNT = regex.compile(r"^\s*(?:年|月|日|號|項|頁|:|：)")


@dataclass(frozen=True, slots=True)
class Told:
    """An amount as it is printed, and what makes it more or less exact."""

    quote: str
    key: tuple[str, str]
    bound: str
    unit: str
    gas: str
    is_yearly: bool
    has_per_year: bool


def amounts(text: str) -> Iterator[Told]:
    """The amounts of a text that have a unit or a scale; a number alone is of anything."""
    for m in matches(AMOUNT, text):
        unit, scale = m["unit"] or "", m["scale"]
        if not (unit or scale) or first(NOT_AMOUNT, text[m.end() : m.end() + 3]):
            continue
        kind = {"公噸": "噸", "": "元" if scale else ""}.get(unit, unit)
        before = squeezed(text[max(0, m.start() - 14) : m.start()])
        yield Told(
            squeezed(m[0]),
            (squeezed(m["number"]).replace(",", "").replace("～", "~").replace("–", "~"), scale + kind),
            m["mark"] or m["tail"] or "",
            unit,
            (m["gas"] or "").upper(),
            bool(m["year"]) or first(YEARLY, before) is not None,
            bool(m["year"]),
        )


def _lines(case: Text) -> list[str]:
    return [line for line in case.text.split("\n") if line.strip()]


def _twins(case: Text) -> Iterator[tuple[Told, Told]]:
    """Each amount with the first of the same number and unit in another paragraph of the case."""
    seen: dict[tuple[str, str], tuple[int, Told]] = {}
    for at, line in enumerate(_lines(case)):
        for now in amounts(line):
            line_of, before = seen.setdefault(now.key, (at, now))
            if line_of != at:
                yield before, now


def _says(case: Text, pairs: list[tuple[Told, Told]], what: str, confidence: float = 0.6) -> Finding:
    told = "、".join(f"「{a.quote}」與「{b.quote}」" for a, b in pairs)
    quotes = tuple(evidence(case.table, case.id, t.quote, case.place) for pair in pairs for t in pair)
    return Finding("info", f"{what}：{told}", quotes, case.context, confidence)


@rule("twice:bound", "同一案例內不同段落，數值、單位相同；一處有約、逾、以上，一處沒有；同案合併為一則")
def bound(facts: Facts) -> Iterable[Finding]:
    """案例內同一數字一處為確數、一處為約數或下限。"""
    for case in facts.cases:
        if pairs := [(a, b) for a, b in _twins(case) if a.bound != b.bound]:
            yield _says(case, pairs, "同一數字精確程度不同")


@rule("twice:per_year", "同一案例內數值、單位相同且不小於 100;一處寫「/年」，另一處該數前後均無年字")
def per_year(facts: Facts) -> Iterable[Finding]:
    """案例內同一數字一處為每年、一處未載期間。"""
    for case in facts.cases:
        pairs = [
            (a, b)
            for a, b in _twins(case)
            if (a.has_per_year or b.has_per_year) and not (a.is_yearly and b.is_yearly)
            if len(a.key[0].replace(".", "")) >= TELLING or a.key[1][:1] in SCALES
        ]
        if pairs:
            yield _says(case, pairs, "同一數字一處為每年、一處未載期間")


TELLING = 3
"""Digits from which on two equal amounts of a case are one rather than equal by chance."""
SCALES = ("萬", "億", "千", "百")


@rule("twice:unit_form", "同一案例內數值相同；只看元字與 CO2、CO2e 的有無")
def unit_form(facts: Facts) -> Iterable[Finding]:
    """案例內同一數字的單位一處缺「元」，或 CO2 與 CO2e 混用。"""
    for case in facts.cases:
        pairs = [
            (a, b)
            for a, b in _twins(case)
            if {a.unit, b.unit} == {"", "元"} or ({a.gas, b.gas} == {"CO2", "CO2E"} and a.unit and b.unit)
        ]
        if pairs:
            yield _says(case, pairs, "同一數字的單位寫法不同")


CLAUSE = regex.compile(r"[^，。；：\n、！？■●✓➤]{7,60}")
GRAM = 5
SHORTEST = 7
ALIKE = 0.75
SKIP = frozenset("的之與及和並或可將於在為該此其本等占佔台臺由以而且已了能須需後前時各元")


@rule(
    "twice:clause_differs",
    "同一案例內，或案例與附件一，兩句七成以上相同而一至三個字被換掉，或多一字；虛字、數字、異體字不計；同案合併為一則",
)
def clause_differs(facts: Facts) -> Iterable[Finding]:
    """同一句話在兩處用字不同(反射膜與反射板、蒸氣與蒸汽)。"""
    annex = _by_gram(
        [(c, item) for item in facts.items.values() if item.table == "results" for c in _clauses(item.text)]
    )
    for case in facts.cases:
        own = [(c, case) for c in _clauses(case.text)]
        found: dict[tuple[str, str], tuple[str, str, Text]] = {}
        for (a, _), (b, other) in _near(own, annex):
            for pair in _swapped(a, b):
                found.setdefault(pair, (a, b, other))
        if found:
            words = "、".join(f"「{x}」與「{y}」" for x, y in found)
            quotes = [
                evidence(text.table, text.id, quote, text.place)
                for a, b, other in found.values()
                for quote, text in ((a, case), (b, other))
            ]
            yield Finding("info", f"同一句話用字不同：{words}", tuple(quotes), case.context, 0.5)


def _clauses(text: str) -> list[str]:
    return [squeezed(m[0]) for m in matches(CLAUSE, text) if len(squeezed(m[0])) >= SHORTEST]


Clause = tuple[str, Text]


def _by_gram(clauses: Iterable[Clause]) -> dict[str, list[Clause]]:
    found: dict[str, list[Clause]] = {}
    for one in clauses:
        for gram in _grams(one[0]):
            found.setdefault(gram, []).append(one)
    return found


def _near(own: list[Clause], annex: dict[str, list[Clause]]) -> Iterator[tuple[Clause, Clause]]:
    """Pairs of clauses that have a run of characters in common: within a case, and of a case with the annex."""
    within = _by_gram(own)
    seen: set[tuple[str, str]] = set()
    for one in own:
        for other in (o for gram in _grams(one[0]) for o in (*within[gram], *annex.get(gram, ()))):
            key = (min(one[0], other[0]), max(one[0], other[0]))
            if one[0] != other[0] and key not in seen:
                seen.add(key)
                yield one, other


def _grams(text: str) -> set[str]:
    return {text[i : i + GRAM] for i in range(len(text) - GRAM + 1)}


def _swapped(a: str, b: str) -> Iterator[tuple[str, str]]:
    """What stands in the one for something else in the other, with the characters beside it: 反射膜有, 反射板有."""
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    if matcher.ratio() < ALIKE:
        return
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        x, y = a[i1:i2], b[j1:j2]
        if tag != "replace":
            more = x or y
            sides = a[i1 - 2 : i1], a[i2 : i2 + 2]
            is_inside = min(i1, j1) >= 2 and all(len(s) == 2 and HAN.fullmatch(s, timeout=1) for s in sides)
            if tag != "equal" and len(more) == 1 and is_inside and HAN.fullmatch(more, timeout=1) and more not in SKIP:
                yield a[i1 - 2 : i2 + 2], b[j1 - 2 : j2 + 2]
            continue
        is_word = all(1 <= len(s) <= 3 and HAN.fullmatch(s, timeout=1) and not set(s) & SKIP for s in (x, y))
        if is_word and i1 >= 2 and a[i1 - 2 : i1] == b[j1 - 2 : j1] and a[i2 : i2 + 2] == b[j2 : j2 + 2]:
            yield a[i1 - 2 : i2 + 2], b[j1 - 2 : j2 + 2]


HAN = regex.compile(r"\p{Han}+")


@rule("twice:spelling", "詞彙表 [spellings] 所列同物異名，同一案例內並用；案例之間不比")
def spelling(facts: Facts) -> Iterable[Finding]:
    """同一案例內(或案例與附件一同名措施)一物兩名。"""
    for case in facts.cases:
        plain = facts.squeezed(case)
        near = by_name(facts, case)[:1]
        for words in vocabulary.table("spellings").values():
            used = [w for w in words if _stands_alone(w, plain, words)]
            for m in near if len(used) == 1 else ():
                for other in (w for w in words if w not in used and _stands_alone(w, m.words, words)):
                    here, there = _around(plain, used[0]), _around(m.words, other)
                    rows = (evidence(case.table, case.id, here, case.place), *rows_of([m]))
                    message = f"一物兩名：案例「{here}」，附件一 {m.code}「{there}」"
                    yield Finding("info", message, rows, case.context, 0.5)
            for a, b in combinations(used, 2):
                quotes = tuple(evidence(case.table, case.id, _around(plain, w), case.place) for w in (a, b))
                yield Finding(
                    "info", f"一物兩名：「{_around(plain, a)}」與「{_around(plain, b)}」", quotes, case.context, 0.5
                )


def _stands_alone(word: str, plain: str, words: list[str]) -> bool:
    """Whether the word occurs outside of a longer one of the same family."""
    for longer in words:
        if word in longer and word != longer:
            plain = plain.replace(longer, "")
    return word in plain


def _around(plain: str, word: str) -> str:
    at = plain.find(word)
    return plain[max(0, at - 4) : at + len(word) + 6]


@rule("twice:two_programmes", "計畫名稱與附件一兩項不同措施的名稱各有八成以上相同")
def two_programmes(facts: Facts) -> Iterable[Finding]:
    """同一案例在兩處歸屬於附件一的兩項不同計畫。"""
    names = [(squeezed(m.row["name"] or ""), m) for m in facts.measures]
    names = [(n, m) for n, m in names if n.endswith("計畫") and len(n) >= 8]
    for case in facts.cases:
        plain = facts.squeezed(case)
        told: dict[str, tuple[str, Measure]] = {}
        for found in matches(PROGRAMME, plain):
            near = max(names, key=lambda n: _ratio(n[0], found[0]), default=None)
            if near and _ratio(near[0], found[0]) >= 0.8:
                told.setdefault(near[1].code, (found[0], near[1]))
        for (a, m), (b, n) in combinations(told.values(), 2):
            message = f"一處稱「{a}」({m.code})，另一處稱「{b}」({n.code})，屬附件一兩項不同措施"
            quotes = tuple(evidence(case.table, case.id, w, case.place) for w in (a, b))
            rows = tuple(evidence("measures", x.row["id"], f"{x.code} {x.row['name']}", x.row) for x in (m, n))
            yield Finding("warning", message, (*quotes, *rows), case.context, 0.75)


PROGRAMME = regex.compile(r"(?<=[:：。，；「\n後前]|^)[\p{Han}A-Za-z.]{6,24}?計畫")


def _ratio(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


RULES = (bound, per_year, unit_form, clause_differs, spelling, two_programmes)
