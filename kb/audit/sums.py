"""Parts against the total that is stated beside them: sub-items, brackets, lists, table columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from kb.audit.facts import Facts
from kb.audit.model import Figure, Finding, Text, evidence, first, matches, number, rule
from kb.audit.texts import clause_around, located, shared, squeezed

TOTAL = regex.compile(r"(?:共計|合計|總計|總共|共為|計為|共)$|(?:共計|合計|總計)")
BRACKET = regex.compile(r"^[（(][^）)]{4,80}[）)]")
PRODUCT = regex.compile(
    r"(\d[\d,]*(?:\.\d+)?)\s*[*×xX＊]\s*(\d[\d,]*(?:\.\d+)?)\s*(?:萬|億|千)?[公噸度家元座輛台]{0,3}\s*[=＝]\s*(\d[\d,]*(?:\.\d+)?)"
)
AVERAGE = regex.compile(r"平均每年|年平均|每年平均")


def same_measure(a: Figure, b: Figure) -> bool:
    """Whether two figures count the same kind of thing in the same unit."""
    return a.canonical_unit == b.canonical_unit and a.kind == b.kind


def total_of(figures: Iterable[Figure]) -> tuple[float, float]:
    """Their sum and what rounding can move it by."""
    found = list(figures)
    return sum(f.amount for f in found), sum(f.half_step for f in found)


def shown(figures: Sequence[Figure]) -> str:
    """`1 + 6 + 14 + 6`, in the unit of the first."""
    return " + ".join(number(f.amount / figures[0].factor) for f in figures)


@rule("sums:sub_items", "各數依末位四捨五入；約數不查")
def sub_items(facts: Facts) -> Iterable[Finding]:
    """成果總數與其下各子項之和。"""
    for m in facts.measures:
        for items in (m.targets, m.results):
            for at, head in enumerate(items):
                if not head.text.rstrip().endswith(("：", ":")):
                    continue
                below = _below(items, at)
                for total in facts.of(head):
                    parts = [next((f for f in facts.of(item) if same_measure(f, total)), None) for item in below]
                    found = [f for f in parts if f is not None]
                    if (
                        len(found) < 2
                        or len(found) != len(below)
                        or "~" in (total.comparator, *(f.comparator for f in found))
                    ):
                        continue
                    added, slack = total_of(found)
                    # 造林 389 公頃、更新 100 公頃: an item may tell of two parts
                    every, room = total_of([f for item in below for f in facts.of(item) if same_measure(f, total)])
                    if abs(every - total.amount) <= room + total.half_step:
                        continue
                    if abs(added - total.amount) > slack + total.half_step:
                        message = (
                            f"措施 {m.code}：{shown(found)} = {number(added / total.factor)} {total.unit}，"
                            f"總數卻為 {total.printed}"
                        )
                        yield Finding("error", message, tuple(f.evidence() for f in (total, *found)), m.code)


def _below(items: Sequence[Text], at: int) -> list[Text]:
    """The items under the one at `at`: all that follow an unnumbered one, else those with its number before theirs."""
    head = items[at].place["ordinal"]
    rest = items[at + 1 :]
    return [i for i in rest if head is None or (i.place["ordinal"] or "").startswith(f"{head}.")]


@rule("sums:brackets", "各數依末位四捨五入；括號內須有兩個以上同單位之數")
def brackets(facts: Facts) -> Iterable[Finding]:
    """總數與緊接其後括號內各部分之和。"""
    for text in (*facts.prose, *facts.items.values()):
        figures = facts.of(text)
        for at, total in enumerate(figures):
            where = located(total)
            found = first(BRACKET, text.text[where[1] :].lstrip()) if where else None
            if found is None or where is None:
                continue
            end = where[1] + len(found[0]) + 2
            parts = [f for f in figures[at + 1 :] if (p := located(f)) and where[1] <= p[0] < end]
            parts = [f for f in parts if f.canonical_unit == total.canonical_unit]
            added, slack = total_of(parts)
            if len(parts) >= 2 and abs(added - total.amount) > slack + total.half_step:
                message = (
                    f"{shown(parts)} = {number(added / parts[0].factor)} {parts[0].unit}，與總數 {total.printed} 不符"
                )
                yield Finding("error", message, tuple(f.evidence() for f in (total, *parts)), text.context)


WHOLE = 100.0
REST = regex.compile("其餘|其他|剩餘")


@rule("sums:list_total", "各數依末位四捨五入；總數須寫在同一句的各部分之後，或以「其中」帶出各部分而部分之和大於總數")
def list_total(facts: Facts) -> Iterable[Finding]:
    """同一句內「甲若干、乙若干，共計若干」與「總量若干，其中甲若干、乙若干」。"""
    for claim in facts.claims:
        figures = facts.of(claim)
        for total in figures:
            before, _ = clause_around(total)
            if first(REST, before) is not None:
                continue  # 其餘共計 1.9%: what the parts before it leave
            alike = [
                f
                for f in figures
                if f is not total and f.canonical_unit == total.canonical_unit and f.kind == total.kind
            ]
            if first(TOTAL, before) is not None or _is_alike(total, figures, claim.text):
                parts = _run_before(total, alike, claim.text)
                added, slack = total_of(parts)
                if total.unit == "%" and abs(added + total.amount - WHOLE) <= slack + total.half_step:
                    continue  # so is what makes a hundred with them
                if len(parts) >= 2 and abs(added - total.amount) > slack + total.half_step:
                    message = f"{shown(parts)} = {number(added / total.factor)} {total.unit}，文中共計 {total.printed}"
                    yield Finding("error", message, tuple(f.evidence() for f in (*parts, total)), "共計")


def _is_alike(total: Figure, figures: Sequence[Figure], text: str) -> bool:
    """The figure right behind another that has 共計: 共計 9 項措施減量 3 萬噸."""
    at = figures.index(total)
    if at == 0:
        return False
    left, right = located(figures[at - 1]), located(total)
    near = left and right and len(squeezed(text[left[1] : right[0]])) <= 6
    return bool(near and first(TOTAL, clause_around(figures[at - 1])[0]))


def _run_before(total: Figure, alike: Sequence[Figure], text: str) -> list[Figure]:
    """The figures of the same sentence before the total, from 分別 on where it is said."""
    where = located(total)
    if where is None:
        return []
    begin = max(text.rfind("。", 0, where[0]), text.rfind("；", 0, where[0]), text.rfind("分別", 0, where[0]))
    return [f for f in alike if (p := located(f)) and begin <= p[0] < where[0]]


@rule("sums:components", "各數依末位四捨五入；各部分之和小於總數不報，因可能未全列")
def components(facts: Facts) -> Iterable[Finding]:
    """「總量若干，其中甲占若干、乙占若干」各部分之和大於總量。"""
    for claim in facts.claims:
        figures = facts.of(claim)
        for at, total in enumerate(figures):
            where = located(total)
            if where is None:
                continue
            behind = claim.text[where[1] :].split("。")[0]
            cut = behind.find("其中")
            between = [f for f in figures[at + 1 :] if (p := located(f)) and p[0] < where[1] + cut]
            if not 0 <= cut <= 20 or any(same_measure(f, total) for f in between):
                continue
            parts = [
                f
                for f in figures[at + 1 :]
                if same_measure(f, total)
                and (f.start_year, f.end_year) == (total.start_year, total.end_year)
                and (p := located(f))
                and where[1] + cut < p[0] < where[1] + len(behind)
            ]
            shares = [f for f in parts if first(SHARE, clause_around(f)[0])]
            added, slack = total_of(shares)
            if len(shares) >= 2 and added > total.amount + slack + total.half_step:
                message = f"其中 {shown(shares)} = {number(added / total.factor)} 大於總數 {total.printed}"
                yield Finding("error", message, tuple(f.evidence() for f in (total, *shares)), "其中")


SHARE = regex.compile(r"占|佔|為|有$|有")


@rule("sums:years", "各數依末位四捨五入；累計句自有名詞而與當年句不同者是另一件事，不比")
def years(facts: Facts) -> Iterable[Finding]:
    """同一項成果的累計值不小於當年值，平均每年等於累計除以年數。"""
    for m in facts.measures:
        for c in (f for f in m.figures if f.side == "result" and f.scope == "cumulative"):
            for y in facts.of(c.text):
                if y is c or not same_measure(y, c) or not _is_one_thing(y, c):
                    continue
                is_same_year = y.scope == "year" and y.end_year == (c.end_year or facts.year)
                is_bound = c.comparator in (">=", ">") or y.comparator in ("<=", "<")
                if is_same_year and not is_bound and y.amount > c.amount + y.half_step + c.half_step:
                    message = f"措施 {m.code}：當年 {y.printed} 大於累計 {c.printed}"
                    yield Finding("error", message, (y.evidence(), c.evidence()), m.code)
                if y.scope == "annual" and first(AVERAGE, y.quote) and c.start_year and c.end_year:
                    n = c.end_year - c.start_year + 1
                    if abs(c.amount / n - y.amount) > c.half_step / n + y.half_step + ROUNDED * (y.half_step == 0):
                        message = (
                            f"措施 {m.code}：{c.printed} ÷ {n} 年 = {number(c.value / n)}，文中平均每年 {y.printed}"
                        )
                        yield Finding("error", message, (c.evidence(), y.evidence()), m.code)


ROUNDED = 0.5
"""A mean of counted things is printed whole."""
TIMES = regex.compile(r"[\d\s\-–~至年度累計積平均每共完成辦理已]")


def _is_one_thing(year: Figure, total: Figure) -> bool:
    """累計 90 輛 says no more than the clause before it; 累計取得標章 50 家 counts something else."""
    words = ["".join(TIMES.sub("", part) for part in clause_around(f)) for f in (year, total)]
    return len(words[1]) <= 3 or shared(*words) >= 0.4


@rule("sums:product", "依乘積的有效位數四捨五入")
def product(facts: Facts) -> Iterable[Finding]:
    """文中寫出的乘式。"""
    for text in facts.prose:
        for found in matches(PRODUCT, text.text):
            a, b, c = (float(found[n].replace(",", "")) for n in (1, 2, 3))
            digits = len(found[3].replace(",", "").rstrip("0").replace(".", "")) or 1
            slack = 0.5 * 10.0 ** (len(found[3].replace(",", "").split(".")[0]) - digits)
            if c and abs(a * b - c) > slack * 1.02:
                message = f"{found[1]} × {found[2]} = {number(a * b)}，文中卻為 {found[3]}"
                quote = evidence(text.table, text.id, found[0], text.place)
                yield Finding("error", message, (quote,), text.context)


RULES = (sub_items, brackets, list_total, components, years, product)
