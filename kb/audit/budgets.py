"""Money of annex one against the totals, rate and shares that the prose states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from kb.audit.counts import rows_of
from kb.audit.facts import Facts, Measure
from kb.audit.model import Figure, Finding, first, number, rule
from kb.audit.texts import clause_around

PLANNED = regex.compile(r"編列|預期經費|預算(?!執行)|法定|核定|預計|匡列|預定")
SPENT = regex.compile(r"執行經費|實際執行|實際支|(?<!未)支用|(?<!未)執行數|決算|實支|執行金額")
RATE = regex.compile(r"執行率")
YI = 1e8


@dataclass(frozen=True, slots=True)
class Sums:
    """Of annex one in NT$: the amounts as printed, times and divided by their rates (1 where none is printed)."""

    printed: float
    times: float
    divided: float
    slack: float
    """What the rounding of rates can move the last two by; a rate that is not printed counts as ±20 %."""


def sums(measures: Iterable[Measure]) -> Sums:
    """Over the measures that have an amount."""
    given: list[tuple[float, float | None]] = []
    for m in measures:
        one = (m.row["budget_ntd"], m.row["execution_rate"])
        # A cell over two rows stands in both; two equal odd amounts in a row are no chance.
        if one[0] and not (given and given[-1] == one and one[0] % 1e6):
            given.append(one)
    money = [(b, r or 1.0) for b, r in given]
    slack = sum(b * (0.2 if r is None else _half_step(r)) for b, r in given)
    return Sums(sum(b for b, _ in money), sum(b * r for b, r in money), sum(b / r for b, r in money), slack)


def _half_step(rate: float) -> float:
    """Half of the last digit of a rate that is printed in per cent: 0.005 of 104 %, 0.0005 of 98.8 %."""
    return 0.005 if abs(rate * 100 - round(rate * 100)) < 1e-6 else 0.0005


SHARE_OF_ALL = 0.5
"""A total of all measures is at least half of the largest total told; less is that of an agency or a strategy."""


@dataclass(frozen=True, slots=True)
class Stated:
    """The totals that one claim states."""

    planned: Figure | None
    spent: Figure | None
    rate: Figure | None
    all: tuple[Figure, ...]


def stated(facts: Facts) -> Iterable[Stated]:
    """Claims with a planned or a spent total of all."""
    found = list(_stated(facts))
    most = max((f.amount for s in found for f in (s.planned, s.spent) if f), default=0.0)
    for s in found:
        if all(f is None or f.amount >= SHARE_OF_ALL * most for f in (s.planned, s.spent)):
            yield s


def _stated(facts: Facts) -> Iterator[Stated]:
    for claim in facts.claims:
        planned = spent = rate = None
        figures = facts.of(claim)
        for f in figures:
            before, _ = clause_around(f)
            if f.canonical_unit == "NTD" and first(SPENT, before):
                spent = spent or f
            elif f.canonical_unit == "NTD" and first(PLANNED, before):
                planned = planned or f
            elif f.canonical_unit == "%" and first(RATE, before):
                rate = rate or f
        if planned or spent:
            yield Stated(planned, spent, rate, tuple(figures))


@rule("budget:rate", "經費與執行率各依末位四捨五入")
def rate(facts: Facts) -> Iterable[Finding]:
    """文中執行率等於實際執行經費除以編列經費。"""
    for s in stated(facts):
        if s.planned is None or s.spent is None or s.rate is None or s.rate.start < s.spent.start:
            continue
        if s.planned.amount <= s.planned.half_step:
            continue
        low = (s.spent.amount - s.spent.half_step) / (s.planned.amount + s.planned.half_step) * 100 - s.rate.half_step
        high = (s.spent.amount + s.spent.half_step) / (s.planned.amount - s.planned.half_step) * 100 + s.rate.half_step
        if not low <= s.rate.value <= high:
            value = s.spent.amount / s.planned.amount * 100
            message = f"{s.spent.printed} ÷ {s.planned.printed} = {value:.1f}%，文中卻稱執行率 {s.rate.printed}"
            yield Finding("error", message, tuple(f.evidence() for f in (s.planned, s.spent, s.rate)), "經費執行率")


@rule("budget:totals", "依文中末位與各執行率末位四捨五入，另容 0.1%;附件金額未載執行率者以 80%–120% 計")
def totals(facts: Facts) -> Iterable[Finding]:
    """附件一各措施經費之和與文中編列、實際執行總數。"""
    annex = sums(facts.measures)
    if not annex.printed:
        return
    for s in stated(facts):
        quotes = tuple(f.evidence() for f in (s.planned, s.spent) if f)
        parts = []
        if s.planned and not _is(s.planned, annex.printed, 0.0):
            parts.append(f"各措施金額合計 {annex.printed / YI:.2f} 億元 ≠ 文中編列 {s.planned.printed}")
        if s.spent and not _is(s.spent, annex.times, annex.slack):
            parts.append(f"各措施金額×執行率合計 {annex.times / YI:.2f} 億元 ≠ 文中實際執行 {s.spent.printed}")
        if not parts:
            continue
        as_spent = s.spent and _is(s.spent, annex.printed, 0.0)
        as_spent = as_spent and (s.planned is None or _is(s.planned, annex.divided, annex.slack))
        if as_spent:
            parts.append(
                f"惟金額合計與實際執行數相符、金額÷執行率合計 {annex.divided / YI:.2f} 億元與編列數相符："
                "附件經費欄所列應為執行數而非編列數，欄名未說明"
            )
        message = "附件一" + ";".join(parts)
        yield Finding("info" if as_spent else "warning", message, quotes, "經費總數", 0.7)


def _is(figure: Figure, amount: float, slack: float) -> bool:
    return abs(figure.amount - amount) <= figure.half_step * 1.02 + slack + 0.001 * amount


@rule("budget:shares", "容差為末位之半加 0.5 個百分點，因各單位經費或以編列數、或以執行數計")
def shares(facts: Facts) -> Iterable[Finding]:
    """文中各機關經費占比與附件一按主辦機關加總。"""
    of: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    short: dict[str, str] = {}
    names = dict(facts.conn.execute("select id, short_name from agencies").fetchall())
    for m in facts.measures:
        leads = facts.agencies(m.row, "lead_agencies")
        if m.row["budget_ntd"] and leads:
            of[leads[0]] += m.row["budget_ntd"]
            spent[leads[0]] += m.row["budget_ntd"] * (m.row["execution_rate"] or 1.0)
            short |= dict.fromkeys((leads[0], names.get(leads[0]) or leads[0]), leads[0])
    total, total_spent = sum(of.values()), sum(spent.values())
    for s in stated(facts):
        for f in s.all:
            if f.canonical_unit != "%" or f is s.rate or not total:
                continue
            before = clause_around(f)[0][-24:]
            named = max(((before.rfind(w), a) for w, a in short.items() if w in before), default=None)
            if named is None:
                continue
            agency = named[1]
            computed = [of[agency] / total * 100, spent[agency] / total_spent * 100]
            if min(abs(f.value - c) for c in computed) > f.half_step + 0.5:
                message = (
                    f"文中稱{agency}經費占比 {f.printed}，附件一其主辦措施合計 {of[agency] / YI:.2f} 億元 ÷ "
                    f"{total / YI:.2f} 億元 = {computed[0]:.1f}%"
                )
                yield Finding("warning", message, (f.evidence(),), agency, 0.7)


@rule("budget:unexplained_rate", "執行率低於 80% 或高於 110% 而無附註；其間視為常態")
def unexplained_rate(facts: Facts) -> Iterable[Finding]:
    """執行率偏離甚多而經費欄未說明原因。"""
    for m in facts.measures:
        share = m.row["execution_rate"]
        if share is not None and not 0.8 <= share <= 1.1 and not m.row["budget_note"]:
            message = f"措施 {m.code} 經費執行率 {number(share * 100)}%，經費欄未說明原因"
            yield Finding("info", message, tuple(rows_of([m])), m.code, 0.7)


RULES = (rate, totals, shares, unexplained_rate)
