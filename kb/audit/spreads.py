"""Factors and prices that the cases imply, set side by side: each in its range, and yet not one."""

from __future__ import annotations

from collections.abc import Iterable

from kb.audit.case_arithmetic import HEAT, pick, printed_factors
from kb.audit.case_money import PRICES
from kb.audit.facts import Facts
from kb.audit.model import Figure, Finding, Text, first, rule
from kb.audit.texts import paragraph, per_piece, squeezed

ROOM = 0.1
"""Around the printed factors, within which a quotient is of electricity alone."""


def _quotients(facts: Facts, kind: str, unit: str, per: float) -> list[tuple[float, float, Text, Figure, Figure]]:
    """Of each case with one saving of power and one of the other kind, in one paragraph without other energy: the
    quotient, what rounding can move it by, the case, both figures."""
    found = []
    for case in facts.cases:
        power = pick(facts.of(case), "energy_saving", "kWh")
        other = [f for f in pick(facts.of(case), kind, unit) if not per_piece(f)]
        if len(power) != 1 or len(other) != 1 or power[0].value == other[0].value:
            continue
        told = paragraph(power[0])
        if told != paragraph(other[0]) or first(HEAT, squeezed(told)):
            continue
        a, b = other[0], power[0]
        value = a.amount * per / b.amount
        found.append((value, value * (a.half_step / a.amount + b.half_step / b.amount), case, a, b))
    return found


@rule("case:factors_vary", "各案例減碳量÷節電量，依末位四捨五入後仍相差 2% 以上；只列在所印係數上下一成內者")
def factors_vary(facts: Facts) -> Iterable[Finding]:
    """各案例隱含的電力排放係數不一。"""
    printed = printed_factors(facts)
    if not printed:
        return
    low, high = min(printed) * (1 - ROOM), max(printed) * (1 + ROOM)
    found = sorted(
        (q for q in _quotients(facts, "emission_reduction", "tCO2e", 1000.0) if low <= q[0] <= high), key=lambda q: q[0]
    )
    if len(found) >= 2 and found[-1][0] - found[-1][1] > (found[0][0] + found[0][1]) * 1.02:
        yield _told(found, "各案例隱含之電力排放係數不一(公斤/度)")


@rule("case:prices_vary", "各案例節省金額÷節電量最大為最小的 1.5 倍以上；只列在一般電價內者")
def prices_vary(facts: Facts) -> Iterable[Finding]:
    """各案例隱含的每度電價相差甚多。"""
    found = [q for q in _quotients(facts, "cost_saving", "NTD", 1.0) if PRICES[0] <= q[0] <= PRICES[1]]
    found.sort(key=lambda q: q[0])
    if len(found) >= 2 and found[-1][0] > 1.5 * found[0][0]:
        yield _told(found, "各案例隱含之每度電價相差甚多(元/度)")


def _told(found: list[tuple[float, float, Text, Figure, Figure]], what: str) -> Finding:
    terms = "、".join(f"{case.context} {a.printed} ÷ {b.printed} = {value:.3g}" for value, _, case, a, b in found)
    quotes = tuple(f.evidence() for *_, a, b in found for f in (a, b))
    return Finding("info", f"{what}：{terms}", quotes, "案例", 0.6)


RULES = (factors_vary, prices_vary)
