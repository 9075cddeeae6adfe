"""The reduction of the year: headline, table of results, strategies and annex one against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import regex

from kb.audit.facts import Facts, Measure, bigrams, clause_around, squeezed
from kb.audit.model import Figure, Finding, Row, Severity, Text, first, number, rule

HEADLINE = regex.compile(
    r"(?:總|合計|共計|促進|促成)[^，。]{0,12}?減(?:碳|量|排|少)|減(?:碳|量|排)[^，。]{0,6}?(?:合計|總計|共計)"
)
WAN = 1e4
COUNTED = ("organisations", "events")
NEAR, CANDIDATES, PARTS = 0.15, 6, 3


def headlines(facts: Facts) -> list[Figure]:
    """Claims of the whole reduction of the report year."""
    found = []
    for f in facts.figures:
        if f.side == "claim" and f.kind == "emission_reduction" and f.scope == "year" and f.start_year == facts.year:
            before, _ = clause_around(f)
            if first(HEADLINE, before) and f.amount >= 10 * WAN:
                found.append(f)
    return found


def year_reduction(facts: Facts, m: Measure) -> list[Figure]:
    """What the results of a measure say of the report year: figures of the year where there are any, else those
    without a span."""
    of_year = [
        f
        for f in m.figures
        if f.side == "result"
        and f.kind == "emission_reduction"
        and f.canonical_unit == "tCO2e"
        and f.scope != "cumulative"
    ]
    stated = [f for f in of_year if f.scope == "year" and f.end_year == facts.year]
    return stated or [f for f in of_year if f.scope != "year"]


@dataclass(frozen=True, slots=True)
class Annex:
    """Reductions of the year over the measures of annex one, tCO2e."""

    figures: tuple[Figure, ...]
    by_category: dict[str, float]

    @property
    def total(self) -> float:
        """Of all categories."""
        return sum(self.by_category.values())


def annex(facts: Facts) -> Annex:
    """Over all measures."""
    figures: list[Figure] = []
    by_category: dict[str, float] = {}
    for m in facts.measures:
        found = year_reduction(facts, m)
        figures += found
        category = m.row["category"] or "未分類"
        by_category[category] = by_category.get(category, 0.0) + sum(f.amount for f in found)
    return Annex(tuple(figures), by_category)


def _wan(amount: float) -> str:
    return f"{number(round(amount / WAN, 2))} 萬公噸"


@rule("sums:annex_headline", "文中末位四捨五入加 5%;合計小於總數而附件多項未列減碳量者不報")
def annex_headline(facts: Facts) -> Iterable[Finding]:
    """附件一各措施當年減碳量之和(全部、各類)與文中當年總減碳量。"""
    found = headlines(facts)
    told = annex(facts)
    if not found or len(told.figures) < 3:
        return
    for amount in sorted({f.amount for f in found}):
        same = [f for f in found if f.amount == amount]
        slack = same[0].half_step + 0.05 * amount
        sums = [told.total, *told.by_category.values()]
        if any(abs(s - amount) <= slack for s in sums) or told.total < amount:
            continue
        parts = "、".join(f"{c} {_wan(s)}" for c, s in told.by_category.items() if s)
        message = (
            f"附件一各措施當年減碳量合計 {_wan(told.total)}({parts}),與文中總減碳量 {same[0].printed}"
            f"(= {_wan(amount)})不符,全部或任一類之和都不相等"
        )
        yield Finding("error", message, tuple(f.evidence() for f in (*same, *told.figures)), "總減碳量", 0.85)


def table_items(facts: Facts) -> Iterator[tuple[Row, list[Figure]]]:
    """Tables of results: those with three or more cells outside the annex that each state a reduction of the year."""
    for table in facts.tables:
        figures = [
            f
            for claim in facts.claims
            if facts.inside(claim, table)
            for f in facts.of(claim)[-1:]
            if f.kind == "emission_reduction" and f.scope != "cumulative" and f.canonical_unit == "tCO2e"
        ]
        if len(figures) >= 3:
            yield table, figures


@rule("sums:table_headline", "各項與總數均依末位四捨五入;和小於總數可能未全列,列為 warning")
def table_headline(facts: Facts) -> Iterable[Finding]:
    """執行成果摘要表各項減碳量之和與文中當年總減碳量。"""
    found = headlines(facts)
    for table, figures in table_items(facts):
        added, slack = sum(f.amount for f in figures), sum(f.half_step for f in figures)
        for amount in sorted({f.amount for f in found}):
            same = [f for f in found if f.amount == amount]
            if abs(added - amount) <= slack + same[0].half_step:
                continue
            name = f"表 {table['number']}" if table["number"] else "成果摘要表"
            terms = " + ".join(number(f.amount / WAN) for f in figures)
            message = (
                f"{name}各項減碳量 {terms} = {_wan(added)},文中總減碳量 {same[0].printed}(= {_wan(amount)}),"
                f"差 {_wan(abs(added - amount))}"
            )
            severity: Severity = "error" if added > amount else "warning"
            yield Finding(severity, message, tuple(f.evidence() for f in (*figures, *same)), name)


@rule("sums:item_annex", "減碳量依末位四捨五入加 2%;只比家數、場數與附件措施(至多三數)之和恰相等的項目")
def item_annex(facts: Facts) -> Iterable[Finding]:
    """成果摘要表某項的減碳量與附件一對應措施的當年減碳量。"""
    for _, figures in table_items(facts):
        for carbon in figures:
            claim = carbon.text
            counts = [f for f in facts.of(claim) if f.kind in COUNTED and f.amount >= 10]
            added = [(count, group) for count in counts for group in groups(facts, claim, count)]
            sums = [sum(f.amount for m in _of(facts, group) for f in year_reduction(facts, m)) for _, group in added]
            if not added or any(abs(carbon.amount - s) <= carbon.half_step + 0.02 * carbon.amount for s in sums):
                continue
            count, group = added[0]
            measures = _of(facts, group)
            told = [f for m in measures for f in year_reduction(facts, m)]
            if not told:
                continue
            codes = " + ".join(m.code for m in measures)
            terms = " + ".join(f.printed for f in group)
            message = (
                f"「{_heading(claim)}」{count.printed}(附件一 {codes}:{terms})減碳 {carbon.printed},"
                f"附件一同措施當年減碳卻為 {_wan(sums[0])}"
            )
            yield Finding("warning", message, tuple(f.evidence() for f in (carbon, count, *group, *told)), codes, 0.75)


@rule("sums:item_below_measure", "依末位四捨五入加 5%;只取字詞最相近、至少三成相同的措施")
def item_below_measure(facts: Facts) -> Iterable[Finding]:
    """成果摘要表某項的減碳量小於附件一最相近的單一措施。"""
    for _, figures in table_items(facts):
        for carbon in figures:
            words = bigrams(carbon.text.text)
            for m in ranked(facts, carbon.text)[:1]:
                told = year_reduction(facts, m)
                added = sum(f.amount for f in told)
                if (
                    len(words & facts.bigrams_of(m)) < 0.3 * len(words)
                    or added <= carbon.amount * 1.05 + carbon.half_step
                ):
                    continue
                message = (
                    f"「{_heading(carbon.text)}」減碳 {carbon.printed},小於附件一最相近的單一措施 "
                    f"{m.code}「{m.row['name']}」當年 {_wan(added)}"
                )
                yield Finding("warning", message, (carbon.evidence(), *(f.evidence() for f in told)), m.code, 0.65)


@rule("sums:item_unfound", "不計約數;容許至多四數相加或全部措施同類之和")
def item_unfound(facts: Facts) -> Iterable[Finding]:
    """成果摘要表的家數、場數、人次在附件一找不到相等的數或和。"""
    every = [f for m in facts.measures for f in m.figures if f.side == "result" and f.scope != "cumulative"]
    for claim in dict.fromkeys(f.text for _, figures in table_items(facts) for f in figures) | dict.fromkeys(
        t for table, _ in table_items(facts) for t in facts.claims if facts.inside(t, table)
    ):
        for count in facts.of(claim):
            if count.kind not in (*COUNTED, "participants") or count.amount < 10 or count.comparator != "=":
                continue
            alike = [f.amount for f in every if f.kind == count.kind]
            if count.amount in alike or sum(alike) == count.amount or groups(facts, claim, count, parts=4):
                continue
            if (with_sums := _with_cumulative(facts, count)) is not None:
                yield with_sums
                continue
            message = f"「{_heading(claim)}」的 {count.printed} 無法由附件一各措施當年成果重算,附件未列同數"
            yield Finding("info", message, (count.evidence(),), _heading(claim), 0.5)


def _with_cumulative(facts: Facts, count: Figure) -> Finding | None:
    """The claimed total of the year as the sum of all measures' figures where one of them is cumulative."""
    told = [f for m in facts.measures for f in m.figures if f.side == "result" and f.kind == count.kind]
    items = {f.text.id for f in told if f.scope != "cumulative"}
    used = [f for f in told if f.scope != "cumulative" or f.text.id not in items]
    over = [f for f in used if f.scope == "cumulative"]
    if not over or sum(f.amount for f in used) != count.amount:
        return None
    terms = " + ".join(number(f.amount) for f in used)
    names = "、".join(f"{f.code} 的 {f.printed}" for f in over)
    message = f"{count.printed} = {terms},是附件一各措施之和,但其中 {names} 為累計值,不是當年之數"
    return Finding("warning", message, tuple(f.evidence() for f in (count, *used)), count.printed, 0.8)


def _heading(claim: Text) -> str:
    plain = squeezed(claim.text).lstrip("0123456789.、()（）")
    return plain.split("：")[0].split("，")[0][:20]


def ranked(facts: Facts, claim: Text) -> list[Measure]:
    """Active measures with words of the claim, the nearest first."""
    words = bigrams(claim.text)
    scored = [(len(words & facts.bigrams_of(m)) / max(1, len(words)), m) for m in facts.measures if not m.has_ended]
    near = sorted((s for s in scored if s[0] >= NEAR), key=lambda s: -s[0])
    return [m for _, m in near[:CANDIDATES]]


def groups(facts: Facts, claim: Text, count: Figure, parts: int = PARTS) -> list[list[Figure]]:
    """Counts of the year in the nearest measures that add up to the claimed one, the fewest and nearest first; of one
    kind, else of several kinds (場 counted among 家)."""
    able = [
        f
        for m in ranked(facts, claim)
        for f in m.figures
        if f.side == "result"
        and f.kind in COUNTED
        and f.scope not in ("cumulative", "annual")
        and f.amount <= count.amount
    ]
    same = [f for f in able if f.kind == count.kind]
    for figures in (same, able if count.kind == "organisations" else []):
        found = [
            list(group)
            for size in range(1, parts + 1)
            for group in combinations(figures[:12], size)
            if sum(f.amount for f in group) == count.amount and any(f in same for f in group)
        ]
        if found:
            return found
    return []


def _of(facts: Facts, group: list[Figure]) -> list[Measure]:
    codes = dict.fromkeys(f.code for f in group)
    return [m for m in facts.measures if m.code in codes]


@rule("sums:case_table", "表內各數與附件之數依末位四捨五入;只比相差 1% 以內者")
def case_table(facts: Facts) -> Iterable[Finding]:
    """案例表格各列之和與附件一的成果數。"""
    results = [f for f in facts.figures if f.side == "result" and f.kind == "emission_reduction"]
    for table in facts.tables:
        for case in facts.cases:
            if not facts.inside(Text("tables", table["id"], "", "", table), case.place):
                continue
            figures = [
                f
                for f in facts.of(case)
                if f.kind == "emission_reduction" and facts.inside(Text("", "", "", "", f.place), table)
            ]
            added, slack = sum(f.amount for f in figures), sum(f.half_step for f in figures)
            for f in results:
                gap = abs(f.amount - added)
                if len(figures) >= 2 and slack + f.half_step < gap <= 0.01 * added:
                    terms = " + ".join(number(p.value) for p in figures)
                    message = (
                        f"案例「{case.context}」表列 {terms} = {number(added)},四捨五入應為 {_wan(added)},"
                        f"附件一 {f.code} 卻為 {f.printed}"
                    )
                    yield Finding("info", message, tuple(p.evidence() for p in (*figures, f)), case.context, 0.7)


RULES = (annex_headline, table_headline, item_annex, item_below_measure, item_unfound, case_table)
