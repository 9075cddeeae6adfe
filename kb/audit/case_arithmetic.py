"""Arithmetic inside a case study: payback, price and carbon of a kWh, parts of the money, rate over a base."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import regex

from kb.audit import vocabulary
from kb.audit.changes import pairs
from kb.audit.facts import Facts, located, squeezed
from kb.audit.model import Figure, Finding, Severity, Text, first, number, rule

PRICES = (1.5, 7.0)
"""NT$/kWh that Taiwan's industry and business paid 2019-2025, with room on both sides: off-peak high voltage 1.6,
summer peak of low voltage 6-7 (Taipower tariffs). A mean over all hours outside is not of electricity alone."""
BASE = regex.compile(r"年耗電|年用電|總用電|總耗電|用電量|耗電量|年用量")
OWN = regex.compile(r"政府款|補助|自籌|配合款|自付|廠商出資|民間出資")


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


@rule("case:payback", "三數各依末位四捨五入,約數各放寬 5%;有以上、以下者不查")
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
        if abs(value - y.amount) > y.half_step + value * slack(i, s) + (
            0.05 * y.amount if y.comparator == "~" else 0.0
        ):
            message = f"{i.printed} ÷ {s.printed}/年 = {value:.2f} 年,文中稱 {y.printed}回收"
            yield Finding("error", message, tuple(f.evidence() for f in (i, s, y)), case.context)


@rule("case:price_per_kwh", "每度 1.5–7 元以外:超出 2019 至 2025 年工商用電各時段單價")
def price(facts: Facts) -> Iterable[Finding]:
    """節省成本(或投資÷回收年限)除以節電量所隱含的每度電價。"""
    for case in facts.cases:
        figures = facts.of(case)
        power = pick(figures, "energy_saving", "kWh")
        saved, money = pick(figures, "cost_saving", "NTD"), pick(figures, "investment", "NTD")
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
    message = f"{terms} = 每度 {value:.3g} 元,不在一般電價 {low:g}–{high:g} 元之間,節電量、金額或所指範圍有誤"
    return Finding("warning", message, tuple(f.evidence() for f in figures), case.context, 0.75)


def printed_factors(facts: Facts) -> list[float]:
    """Grid factors that the report prints, kg CO2e/kWh."""
    told = [r["grid_factor"] for r in facts.emissions if r["grid_factor"]]
    return told + [f.amount for f in facts.figures if f.canonical_unit == "kgCO2e/kWh" and 0.2 < f.amount < 1.0]


@rule(
    "case:grid_factor",
    "報告所印電力排放係數最小、最大值外 2%;差 10% 至一倍且未提其他能源或氣體的案例為 error,"
    "更遠或提及其他能源者可能併計其他減量",
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
        other = first(HEAT, squeezed(text.text))
        clear = off > 0.1 and other is None and not any(f.comparator in ("<", "<=", ">") for f in (power[0], carbon[0]))
        gas = first(GAS, squeezed(text.text)) is not None and off > 5
        clear = clear and off <= 1
        severity: Severity = "info" if gas or off <= 0.1 else "error" if clear and text.table == "cases" else "warning"
        message = (
            f"{carbon[0].printed} ÷ {power[0].printed} = 每度 {value:.3g} 公斤,不在報告所印電力排放係數 "
            f"{low:g}–{high:g} 之間" + (f"(內文另提及{other[0]},可能併計,但未分列)" if other else "")
        )
        name = text.context or "案例"
        yield Finding(severity, message, (carbon[0].evidence(), power[0].evidence()), name, 0.9 if clear else 0.7)


HEAT = regex.compile(vocabulary.alternatives("heat"))
GAS = regex.compile(vocabulary.alternatives("gases"))


@rule("case:factor_before_after", "前後兩組用電量與排放量隱含係數相差 5% 以上")
def factor_before_after(facts: Facts) -> Iterable[Finding]:
    """改善前與改善後的排放量除以用電量,隱含係數應相同。"""
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
                f"改善前 {c.before.printed} ÷ {p.before.printed} = 每度 {before:.3g} 公斤,改善後 {c.after.printed} ÷ "
                f"{p.after.printed} = 每度 {after:.3g} 公斤,前後係數不一"
            )
            quotes = tuple(f.evidence() for f in (c.before, p.before, c.after, p.after))
            yield Finding("error", message, quotes, case.context)


@rule("case:rate_of_base", "節電量與基準用電量各依末位四捨五入;約數放寬 5%")
def rate_of_base(facts: Facts) -> Iterable[Finding]:
    """節電量除以全年用電量與所稱節能率。"""
    for case in facts.cases:
        figures = facts.of(case)
        saved, rates = pick(figures, "energy_saving", "kWh"), pick(figures, "saving_rate", "%")
        bases = [f for f in figures if f.kind == "physical" and f.canonical_unit == "kWh" and first(BASE, f.quote)]
        if len(saved) != 1 or len(bases) != 1 or len(rates) != 1 or bases[0].amount <= saved[0].amount:
            continue
        s, b, r = saved[0], bases[0], rates[0]
        value, room = s.amount / b.amount * 100, s.amount / b.amount * 100 * slack(s, b)
        high = r.value_high if r.value_high is not None else r.value
        room += r.half_step if r.value_high is None else 0.0
        room += 0.05 * r.value * (r.comparator == "~")
        if value + room < r.value or (r.comparator not in (">=", ">") and value - room > high):
            message = f"{s.printed} ÷ {b.printed} = {value:.3g}%,不在文中節能率 {r.printed} 之內"
            yield Finding("error", message, tuple(f.evidence() for f in (s, b, r)), case.context, 0.85)


@rule("case:money_parts", "各數依末位四捨五入;須同時載有補助(政府款)與自籌款")
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
            message = f"{parts[0].printed} + {parts[1].printed} = {number(added)} 元,與總經費 {totals[0].printed} 不符"
            yield Finding("error", message, tuple(f.evidence() for f in (totals[0], *parts)), case.context)


SELF = regex.compile(r"自籌|自付|配合款|出資")


def _label(figure: Figure) -> str:
    """The words right before the number."""
    where = located(figure)
    return squeezed(figure.text.text[max(0, where[0] - 8) : where[0]]) if where else figure.quote


@rule("case:savings_parts", "各數依末位四捨五入,約數各放寬 5%;須有三個以上分項")
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
            message = f"各項節省 {terms} = {number(added)} 元,全案卻為 {total.printed}"
            yield Finding("warning", message, tuple(f.evidence() for f in (total, *parts)), case.context, 0.7)


@rule("case:more_than_all", "無容差:減量不能多於改善前的排放量")
def more_than_all(facts: Facts) -> Iterable[Finding]:
    """減碳量不大於改善前排放量,且不宜等於其全部。"""
    for case in facts.cases:
        for pair in pairs(facts, case):
            cut = [
                f for f in pick(facts.of(case), "emission_reduction", "tCO2e") if pair.before.canonical_unit == "tCO2e"
            ]
            for f in cut:
                if f.amount > pair.before.amount + f.half_step + pair.before.half_step:
                    message = f"減碳 {f.printed} 大於改善前排放 {pair.before.printed}"
                    yield Finding("error", message, (f.evidence(), pair.before.evidence()), case.context)


RULES = (
    payback,
    price,
    grid_factor,
    factor_before_after,
    rate_of_base,
    money_parts,
    savings_parts,
    more_than_all,
)
