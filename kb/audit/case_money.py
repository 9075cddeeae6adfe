"""Money inside a case study: payback, price of a kWh, parts of the funds and of the savings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import regex

from kb.audit.case_arithmetic import GAS, HEAT, is_loose, pick, slack
from kb.audit.facts import Facts
from kb.audit.model import Figure, Finding, Text, first, number, rule
from kb.audit.texts import located, paragraph, per_piece, squeezed

PRICES = (1.5, 7.0)
"""NT$/kWh that Taiwan's industry and business paid 2019-2025, with room on both sides: off-peak high voltage 1.6,
summer peak of low voltage 6-7 (Taipower tariffs). A mean over all hours outside is not of electricity alone."""
OWN = regex.compile(r"政府款|補助|自籌|配合款|自付|廠商出資|民間出資")


@rule("case:payback", "三數各依末位四捨五入，約數各放寬 5%;有以上、以下者不查；扣除補助款後相符亦可")
def payback(facts: Facts) -> Iterable[Finding]:
    """回收年限等於投資金額除以每年節省成本。"""
    for case in facts.cases:
        figures = facts.of(case)
        years, money = pick(figures, "payback_period", "yr"), pick(figures, "investment", "NTD")
        saved = pick(figures, "cost_saving", "NTD")
        if not (len(years) == len(money) == len(saved) == 1) or any(
            f.comparator not in "=~" for f in (years[0], money[0], saved[0])
        ):
            continue
        y, i, s = years[0], money[0], saved[0]
        value = i.amount / s.amount
        room = y.half_step + value * slack(i, s) + (0.05 * y.amount if y.comparator == "~" else 0.0)
        # Reckoned on what the firm paid itself, or on what it earns as well as on what it saves.
        given = [0.0, *(f.amount for f in pick(figures, "subsidy", "NTD") if f.amount < i.amount)]
        earned = [0.0, *(f.amount for f in pick(figures, "output_value", "NTD") if f.amount < i.amount)]
        if any(abs((i.amount - less) / (s.amount + more) - y.amount) <= room for less in given for more in earned):
            continue
        message = f"{i.printed} ÷ {s.printed}/年 = {value:.2f} 年，文中稱 {y.printed}回收"
        is_sure = len(given) == len(earned) == 1
        yield Finding("error" if is_sure else "warning", message, tuple(f.evidence() for f in (i, s, y)), case.context)


@rule("case:price_per_kwh", "每度 1.5–7 元以外：超出 2019 至 2025 年工商用電各時段單價")
def price(facts: Facts) -> Iterable[Finding]:
    """節省成本(或投資÷回收年限)除以節電量所隱含的每度電價。"""
    for case in facts.cases:
        figures = facts.of(case)
        power = pick(figures, "energy_saving", "kWh")
        saved = [f for f in pick(figures, "cost_saving", "NTD") if not per_piece(f)]
        money = pick(figures, "investment", "NTD")
        years = pick(figures, "payback_period", "yr")
        if len(power) == 1 and len(saved) == 1 and power[0].value != saved[0].value:
            value, rest = saved[0].amount / power[0].amount, [saved[0]]
            terms = f"{saved[0].printed} ÷ {power[0].printed}"
        elif len(power) == 1 and not saved and len(money) == 1 and len(years) == 1:
            value, rest = money[0].amount / years[0].amount / power[0].amount, [money[0], years[0]]
            terms = f"{money[0].printed} ÷ {years[0].printed} ÷ {power[0].printed}"
        elif len(saved) == len(power) and len(power) > 1:
            yield from _each(case, figures, power, saved)
            continue
        else:
            continue
        if not PRICES[0] <= value <= PRICES[1]:
            yield _priced(case, terms, value, [*rest, power[0]])


def _each(case: Text, figures: Sequence[Figure], power: list[Figure], saved: list[Figure]) -> Iterable[Finding]:
    """Where each saving of power is followed by its saving of money."""
    for a, b in pairwise(figures):
        if (
            a in power
            and b in saved
            and a.value != b.value
            and not PRICES[0] <= (value := b.amount / a.amount) <= PRICES[1]
        ):
            yield _priced(case, f"{b.printed} ÷ {a.printed}", value, [b, a])


def _priced(case: Text, terms: str, value: float, figures: list[Figure]) -> Finding:
    low, high = PRICES
    told = squeezed("".join({paragraph(f) for f in figures}))
    other = first(GAS, told) or first(HEAT, told)
    message = f"{terms} = 每度 {value:.3g} 元，不在一般電價 {low:g}–{high:g} 元之間，" + (
        f"金額可能併計{other[0]}等其他效益" if other else "節電量、金額或所指範圍有誤"
    )
    return Finding("info" if other else "warning", message, tuple(f.evidence() for f in figures), case.context, 0.75)


@rule("case:money_parts", "各數依末位四捨五入；須同時載有補助(政府款)與自籌款")
def money_parts(facts: Facts) -> Iterable[Finding]:
    """計畫經費等於政府款加自籌款。"""
    for case in facts.cases:
        figures = [f for f in facts.of(case) if f.canonical_unit == "NTD"]
        parts = [f for f in figures if f.kind in ("subsidy", "budget") and first(OWN, _label(f))]
        totals = [f for f in figures if f.kind in ("budget", "investment") and f not in parts]
        own = [f for f in parts if first(SELF, _label(f))]
        if len(parts) != 2 or len(own) != 1 or not totals or is_loose(*parts):
            continue
        added = sum(f.amount for f in parts)
        room = sum(f.half_step for f in parts)
        if all(abs(t.amount - added) > room + t.half_step for t in totals):
            message = f"{parts[0].printed} + {parts[1].printed} = {number(added)} 元，與總經費 {totals[0].printed} 不符"
            yield Finding("error", message, tuple(f.evidence() for f in (totals[0], *parts)), case.context)


SELF = regex.compile(r"自籌|自付|配合款|出資")


def _label(figure: Figure) -> str:
    """The words right before the number."""
    where = located(figure)
    return squeezed(figure.text.text[max(0, where[0] - 8) : where[0]]) if where else figure.quote


@rule("case:savings_parts", "各數依末位四捨五入，約數各放寬 5%;須有三個以上分項")
def savings_parts(facts: Facts) -> Iterable[Finding]:
    """各項措施節省金額之和與全案節省金額。"""
    for case in facts.cases:
        saved = pick(facts.of(case), "cost_saving", "NTD")
        if len(saved) < 4:
            continue
        total, parts = saved[0], saved[1:]
        added = sum(f.amount for f in parts)
        room = total.half_step + sum(f.half_step + (0.05 * f.amount if f.comparator == "~" else 0.0) for f in parts)
        if total.amount > max(f.amount for f in parts) and abs(added - total.amount) > room:
            terms = " + ".join(number(f.value) for f in parts)
            message = f"各項節省 {terms} = {number(added)} 元，全案卻為 {total.printed}"
            yield Finding("warning", message, tuple(f.evidence() for f in (total, *parts)), case.context, 0.7)


@rule("case:payback_unfounded", "無容差：三者須全有才能核算")
def payback_unfounded(facts: Facts) -> Iterable[Finding]:
    """載有回收年限，卻缺投資金額或每年節省金額。"""
    for case in facts.cases:
        figures = facts.of(case)
        years = pick(figures, "payback_period", "yr")
        kinds = {"投資金額": "investment", "每年節省金額": "cost_saving"}
        lacking = [name for name, kind in kinds.items() if not any(f.kind == kind for f in figures)]
        if years and lacking:
            message = f"稱 {years[0].printed}可回收，文中未載{'與'.join(lacking)}，無從核算"
            yield Finding("info", message, (years[0].evidence(),), case.context, 0.7)


RULES = (payback, price, payback_unfounded, money_parts, savings_parts)
