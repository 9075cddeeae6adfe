"""The reduction of the year: headline, table of results, strategies and annex one against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from kb.audit.facts import Facts, Measure
from kb.audit.model import Figure, Finding, Row, Severity, Text, first, number, rule
from kb.audit.texts import clause_around

HEADLINE = regex.compile(
    r"(?:總|合計|共計|促進|促成)[^，。]{0,12}?減(?:碳|量|排|少)|減(?:碳|量|排)[^，。]{0,6}?(?:合計|總計|共計)"
)
WAN = 1e4


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


def wan(amount: float) -> str:
    """Tonnes told in 萬公噸, to a hundredth."""
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
        parts = "、".join(f"{c} {wan(s)}" for c, s in told.by_category.items() if s)
        message = (
            f"附件一各措施當年減碳量合計 {wan(told.total)}({parts}),與文中總減碳量 {same[0].printed}"
            f"(= {wan(amount)})不符，全部或任一類之和都不相等{_fewest(told, amount + slack)}"
        )
        # A measure that has more than all together claims something else, or was read so.
        severity: Severity = "warning" if max(f.amount for f in told.figures) > amount else "error"
        yield Finding(severity, message, tuple(f.evidence() for f in (*same, *told.figures)), "總減碳量", 0.85)


def _fewest(told: Annex, amount: float) -> str:
    """The largest reductions that pass the amount already, where they are three measures at most."""
    parts: list[Figure] = []
    for f in sorted(told.figures, key=lambda f: -f.amount)[:FEW]:
        parts.append(f)
        if sum(p.amount for p in parts) > amount:
            terms = " + ".join(f"{p.code} 的 {p.printed}" for p in parts)
            return f"；僅 {terms} = {wan(sum(p.amount for p in parts))} 已超過"
    return ""


FEW = 3


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


@rule("sums:table_headline", "各項與總數均依末位四捨五入；和小於總數者，僅在表內各項均列減碳量時報為 warning")
def table_headline(facts: Facts) -> Iterable[Finding]:
    """執行成果摘要表各項減碳量之和與文中當年總減碳量。"""
    found = headlines(facts)
    for table, figures in table_items(facts):
        added, slack = sum(f.amount for f in figures), sum(f.half_step for f in figures)
        for amount in sorted({f.amount for f in found}):
            same = [f for f in found if f.amount == amount]
            if abs(added - amount) <= slack + same[0].half_step:
                continue
            if added < amount and len(figures) < _stating(facts, table):
                # Some items tell no reduction of theirs.
                continue
            name = f"表 {table['number']}" if table["number"] else "成果摘要表"
            terms = " + ".join(number(f.amount / WAN) for f in figures)
            message = (
                f"{name}各項減碳量 {terms} = {wan(added)}，文中總減碳量 {same[0].printed}(= {wan(amount)}),"
                f"差 {wan(abs(added - amount))}"
            )
            severity: Severity = "error" if added > amount else "warning"
            yield Finding(severity, message, tuple(f.evidence() for f in (*figures, *same)), name)


def _stating(facts: Facts, table: Row) -> int:
    """How many of a table's cells and items state any figure."""
    return sum(facts.inside(claim, table) for claim in facts.claims)


@rule("sums:case_table", "表內各數與附件之數依末位四捨五入；只比相差 1% 以內者")
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
                        f"案例「{case.context}」表列 {terms} = {number(added)}，四捨五入應為 {wan(added)},"
                        f"附件一 {f.code} 卻為 {f.printed}"
                    )
                    yield Finding("info", message, tuple(p.evidence() for p in (*figures, f)), case.context, 0.7)


RULES = (annex_headline, table_headline, case_table)
