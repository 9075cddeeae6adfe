"""Energy and carbon inside a case study: carbon of a kWh, rate over a base, no more saved than there was."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from kb.audit import vocabulary
from kb.audit.changes import ENERGY, pairs
from kb.audit.facts import Facts
from kb.audit.model import Figure, Finding, Severity, first, rule
from kb.audit.texts import paragraph, per_piece, squeezed

BASE = regex.compile(r"年耗電|年用電|總用電|總耗電|用電量|耗電量|年用量")


def pick(figures: Iterable[Figure], kind: str, unit: str) -> list[Figure]:
    """Figures of a kind in a canonical unit; of ranges those of rates alone, an amount between two ends divides
    nothing."""
    ranges = unit == "%"
    found = [f for f in figures if f.kind == kind and f.canonical_unit == unit and f.amount > 0]
    return [f for f in found if ranges or f.value_high is None]


def is_loose(*figures: Figure) -> bool:
    """Whether any is about so much, or an end alone."""
    return any(f.comparator != "=" for f in figures)


def slack(*figures: Figure) -> float:
    """Share by which rounding, and 5 % for each 約, can move a product or ratio of the figures."""
    return sum(f.half_step / f.amount + (0.05 if f.comparator == "~" else 0.0) for f in figures)


PUBLISHED = {2019: 0.509, 2020: 0.502, 2021: 0.509, 2022: 0.495, 2023: 0.494, 2024: 0.474}
"""Factors that the 能源署 announced, kg CO2e/kWh: cases reckon with them where the report prints aims alone."""


def printed_factors(facts: Facts) -> list[float]:
    """Grid factors that the report prints, and those announced up to its year, kg CO2e/kWh; none without printed."""
    told = [r["grid_factor"] for r in facts.emissions if r["grid_factor"]]
    if told:
        told += [factor for year, factor in PUBLISHED.items() if facts.year is None or year <= facts.year]
    return told + [f.amount for f in facts.figures if f.canonical_unit == "kgCO2e/kWh" and 0.2 < f.amount < 1.0]


@rule(
    "case:grid_factor",
    "報告所印及能源署歷年公告電力排放係數最小、最大值外 2%;差 10% 至一倍且未提其他能源或氣體的案例為 error,"
    "更遠者為 warning；同段提及其他能源或氣體者可能併計其他減量，為 info",
)
def grid_factor(facts: Facts) -> Iterable[Finding]:
    """減碳量除以節電量所隱含的電力排放係數。"""
    factors = printed_factors(facts)
    if not factors:
        return
    low, high = min(factors), max(factors)
    for text in (*facts.cases, *facts.items.values()):
        power = pick(facts.of(text), "energy_saving", "kWh")
        carbon = [
            f for f in pick(facts.of(text), "emission_reduction", "tCO2e") if f.scope != "year" or len(power) == 1
        ]
        if len(power) != 1 or len(carbon) != 1 or power[0].amount < 1000:
            continue
        if text.table != "cases" and any(f.canonical_unit in ("toe", "kLOE", "kL", "t") for f in facts.of(text)):
            continue
        value = carbon[0].amount * 1000 / power[0].amount
        room = 0.02 + (power[0].half_step / power[0].amount + carbon[0].half_step / carbon[0].amount)
        if low * (1 - room) <= value <= high * (1 + room):
            continue
        off = max(value / high - 1, 1 - value / low)
        told = squeezed(text.text if text.table != "cases" else "".join({paragraph(power[0]), paragraph(carbon[0])}))
        other = first(HEAT, told)
        clear = off > 0.1 and other is None and not any(f.comparator in ("<", "<=", ">") for f in (power[0], carbon[0]))
        gas = first(GAS, told) is not None
        clear = clear and off <= 1
        severity: Severity = (
            "info" if gas or other or off <= 0.1 else "error" if clear and text.table == "cases" else "warning"
        )
        message = (
            f"{carbon[0].printed} ÷ {power[0].printed} = 每度 {value:.3g} 公斤，不在報告所印及歷年公告電力排放係數 "
            f"{low:g}–{high:g} 之間" + (f"(內文另提及{other[0]}，可能併計，但未分列)" if other else "")
        )
        name = text.context or "案例"
        yield Finding(severity, message, (carbon[0].evidence(), power[0].evidence()), name, 0.9 if clear else 0.7)


HEAT = regex.compile(vocabulary.alternatives("heat"))
GAS = regex.compile(vocabulary.alternatives("gases"))


@rule("case:factor_before_after", "前後兩組用電量與排放量隱含係數相差 5% 以上")
def factor_before_after(facts: Facts) -> Iterable[Finding]:
    """改善前與改善後的排放量除以用電量，隱含係數應相同。"""
    for case in facts.cases:
        found = list(pairs(facts, case))
        power = [p for p in found if p.before.canonical_unit == "kWh"]
        carbon = [p for p in found if p.before.canonical_unit == "tCO2e"]
        if len(power) != 1 or len(carbon) != 1:
            continue
        p, c = power[0], carbon[0]
        before, after = (c.before.amount * 1000 / p.before.amount, c.after.amount * 1000 / p.after.amount)
        room = 0.05 + slack(c.after, p.after, c.before, p.before)
        if abs(before / after - 1) > room:
            message = (
                f"改善前 {c.before.printed} ÷ {p.before.printed} = 每度 {before:.3g} 公斤，改善後 {c.after.printed} ÷ "
                f"{p.after.printed} = 每度 {after:.3g} 公斤，前後係數不一"
            )
            quotes = tuple(f.evidence() for f in (c.before, p.before, c.after, p.after))
            # Where other energy is used too, its carbon is in both and the shares of electricity may differ.
            other = first(HEAT, squeezed(case.text))
            yield Finding("warning" if other else "error", message, quotes, case.context)


@rule("case:rate_of_base", "節電量與基準用電量各依末位四捨五入；約數放寬 5%")
def rate_of_base(facts: Facts) -> Iterable[Finding]:
    """節電量除以全年用電量與所稱節能率。"""
    for case in facts.cases:
        figures = facts.of(case)
        saved, rates = pick(figures, "energy_saving", "kWh"), pick(figures, "saving_rate", "%")
        rates = [r for r in rates if first(ENERGY, r.quote) or r.value_high is not None]
        bases = [f for f in figures if f.kind == "physical" and f.canonical_unit == "kWh" and first(BASE, f.quote)]
        if len(saved) != 1 or len(bases) != 1 or len(rates) != 1 or bases[0].amount <= saved[0].amount:
            continue
        s, b, r = saved[0], bases[0], rates[0]
        value, room = s.amount / b.amount * 100, s.amount / b.amount * 100 * slack(s, b)
        high = r.value_high if r.value_high is not None else r.value
        room += r.half_step if r.value_high is None else 0.0
        room += 0.05 * r.value * (r.comparator == "~")
        if value + room < r.value or (r.comparator not in (">=", ">") and value - room > high):
            message = f"{s.printed} ÷ {b.printed} = {value:.3g}%，不在文中節能率 {r.printed} 之內"
            yield Finding("error", message, tuple(f.evidence() for f in (s, b, r)), case.context, 0.85)


@rule("case:more_than_all", "無容差：減量不能多於改善前的排放量")
def more_than_all(facts: Facts) -> Iterable[Finding]:
    """減碳量不大於改善前排放量，且不宜等於其全部。"""
    for case in facts.cases:
        for pair in pairs(facts, case):
            if per_piece(pair.before):
                continue
            cut = [
                f for f in pick(facts.of(case), "emission_reduction", "tCO2e") if pair.before.canonical_unit == "tCO2e"
            ]
            for f in cut:
                if f.amount > pair.before.amount + f.half_step + pair.before.half_step:
                    message = f"減碳 {f.printed} 大於改善前排放 {pair.before.printed}"
                    yield Finding("error", message, (f.evidence(), pair.before.evidence()), case.context)
        figures = facts.of(case)
        every = max(pick(figures, "emission", "tCO2e"), key=lambda f: f.amount, default=None)
        most = max(pick(figures, "emission_reduction", "tCO2e"), key=lambda f: f.amount, default=None)
        if every and most and every.amount == most.amount:
            message = f"減碳 {most.printed} 等於所稱排放量 {every.printed} 的全部"
            yield Finding("info", message, (most.evidence(), every.evidence()), case.context, 0.6)


RULES = (grid_factor, factor_before_after, rate_of_base, more_than_all)
