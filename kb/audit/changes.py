"""From A to B, a change of P percent: the stated change against the two values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from kb.audit.facts import Facts
from kb.audit.model import Figure, Finding, Text, first, number, rule
from kb.audit.texts import bigrams, clause_around, located, per_piece, squeezed

LINK = regex.compile(r"(?:→|至|降為|降到|變為|減為|下降|增為|增至|提升|縮減為|改為|成長為)")
BEFORE, AFTER = regex.compile(r"改善前|導入前|汰換前|實施前|原為|基準年"), regex.compile(r"改善後|導入後|汰換後|實施後")
STOP = regex.compile(r"[。；;]")
ENERGY = regex.compile(r"節能|節電|能耗|耗電|用電|能源|省電|節油|油耗")
DOWN = regex.compile(r"節|降|減|省|下")


@dataclass(frozen=True, slots=True)
class Pair:
    """A value before and one after, of one unit."""

    before: Figure
    after: Figure

    @property
    def drop(self) -> float:
        """Before less after, in the canonical unit."""
        return self.before.amount - self.after.amount

    @property
    def percent(self) -> float:
        """Change in per cent of what was before, positive both ways."""
        return abs(self.drop) / self.before.amount * 100

    @property
    def slack(self) -> float:
        """What rounding of both can move `percent` by, in points."""
        high = (abs(self.drop) + self.before.half_step + self.after.half_step) / (
            self.before.amount - self.before.half_step
        )
        return high * 100 - self.percent

    def shown(self) -> str:
        """`2,877 → 2,718 千度`."""
        return f"{number(self.before.value)} → {number(self.after.value)} {self.after.unit}"


def pairs(facts: Facts, text: Text) -> Iterator[Pair]:
    """Pairs that the text tells: `由 A 降至 B`, or one marked 改善前 and one marked 改善後."""
    figures = [f for f in facts.of(text) if f.amount > 0 and f.canonical_unit not in ("%", "yr", None)]
    found: set[str] = set()
    for a, b in pairwise(figures):
        if a.canonical_unit != b.canonical_unit or a.amount == b.amount or a.kind != b.kind:
            continue
        between = _between(text.text, a, b)
        if between is not None and len(between) <= 30 and first(LINK, between) and not first(STOP, between):
            found |= {a.id, b.id}
            yield Pair(a, b)
    marked = [(f, first(BEFORE, f.quote), first(AFTER, f.quote)) for f in figures if f.id not in found]
    for a, is_before, _ in marked:
        for b, _, is_after in marked:
            if is_before and is_after and a.canonical_unit == b.canonical_unit and a.kind == b.kind and a is not b:
                yield Pair(a, b)


def _between(text: str, a: Figure, b: Figure) -> str | None:
    left, right = located(a), located(b)
    return squeezed(text[left[1] : right[0]]) if left and right and left[1] <= right[0] else None


@rule("change:percent", "兩值與百分比各依末位四捨五入，約數另放寬 5%")
def percent(facts: Facts) -> Iterable[Finding]:
    """由甲值變為乙值所稱的增減百分比。"""
    for text in facts.prose:
        for pair in pairs(facts, text):
            rates = [f for f in facts.of(text) if f.canonical_unit == "%" and f.kind in ("rate", "saving_rate")]
            told = [f for f in rates if _is_about(text.text, pair, f)]
            if not told or any(_fits(pair, f) for f in told):
                continue
            f = told[0]
            if f.value_high is not None:
                continue
            message = (
                f"{pair.shown()}：變動 {number(abs(pair.drop) / pair.after.factor)} ÷ {number(pair.before.value)} = "
                f"{pair.percent:.3g}%，文中卻稱 {f.printed}"
            )
            yield Finding("error", message, (pair.before.evidence(), pair.after.evidence(), f.evidence()), text.context)


def _fits(pair: Pair, rate: Figure) -> bool:
    slack = pair.slack + rate.half_step + (0.05 * rate.value if rate.comparator == "~" else 0.0) + 1e-9
    ratio_step = 0.5 * 10.0 ** -len(f"{rate.value:g}".partition(".")[2])
    high = rate.value if rate.value_high is None else rate.value_high
    return rate.value - slack - ratio_step <= pair.percent <= high + slack + ratio_step


def _is_about(text: str, pair: Pair, rate: Figure) -> bool:
    """A rate that follows the pair within its sentence; else the only saving rate of a case whose pair is of energy."""
    between = _between(text, pair.after, rate)
    if between is not None and len(between) <= 40 and "。" not in between:
        if _has_own_subject(between.rpartition("，")[2], pair):
            return False
        return bool(first(DOWN, between)) or pair.drop < 0
    return (
        rate.kind == "saving_rate"
        and rate.side == "case"
        and pair.before.canonical_unit in ("kWh", "kLOE", "toe", "kL")
        and first(ENERGY, rate.quote) is not None
    )


MANNER = regex.compile(
    r"[\d.,/年月%]|百萬|[萬億千]|公噸|公秉|CO2e?|減少|降低|下降|減量|減碳|增加|提升|成長|上升|減幅|降幅|增幅|幅度|比例|改善|節能率?|節電率?|節省|"
    r"相當於|合計|約|達|為|共|計|較|則|至|到|由|以上|以下|左右|整體|平均|累計|即|逾|了|[（()）、「」]"
)
OWN = 3
"""Characters that are neither number nor manner of a change: from here on they name a subject."""


def _has_own_subject(clause: str, pair: Pair) -> bool:
    """Whether the rate's clause names something that the words before the pair do not: 燃煤使用量則減少 31.2%."""
    named = "".join(c for c in MANNER.sub("", clause) if c.isalpha())
    return len(named) >= OWN and not bigrams(named) & bigrams(clause_around(pair.before)[0])


@rule("change:difference", "兩值之差與所稱節省量各依末位四捨五入，約數另放寬 5%")
def difference(facts: Facts) -> Iterable[Finding]:
    """改善前後兩值之差與所稱的節省量或減量。"""
    for text in facts.cases:
        for pair in pairs(facts, text):
            if per_piece(pair.before) or per_piece(pair.after):
                continue
            kinds = ("energy_saving", "emission_reduction", "fuel_saving")
            told = [f for f in facts.of(text) if f.kind in kinds and f.canonical_unit == pair.after.canonical_unit]
            slack = pair.before.half_step + pair.after.half_step
            near = [
                f
                for f in told
                if abs(f.amount - pair.drop) <= slack + f.half_step + 0.05 * f.amount * (f.comparator == "~")
            ]
            if told and not near and pair.drop > 0:
                f = told[0]
                drop = number(pair.drop / f.factor)
                message = f"{pair.shown()} 相差 {drop} {f.unit}，文中卻稱節省 {f.printed}"
                yield Finding(
                    "warning", message, (pair.before.evidence(), pair.after.evidence(), f.evidence()), text.context, 0.7
                )


RULES = (percent, difference)
