"""Targets beside results: what falls short of an all-met claim, what was set far too low, what is not yet a result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import regex

from kb.achieve import achievements
from kb.achieve.pairing import LEVELS
from kb.audit import vocabulary
from kb.audit.counts import all_met_claims, rows_of
from kb.audit.facts import Facts, Measure
from kb.audit.model import Figure, Finding, Severity, evidence, first, matches, rule
from kb.audit.texts import clause_around, squeezed
from kb.identity import ROC

FAR = 2.0
"""A whole-period target that is passed twice over before the period ends tells little."""
EXPECTED = regex.compile(vocabulary.alternatives("expected"))
REALISED = regex.compile(r"達成|實質|完成|促進溫室氣體減量")


@rule(
    "targets:short",
    "依達成情形表：比率小於 1 且期滿為 missed,小於已過期程比例為 behind；"
    "僅在文中稱全數達成時為 warning，期程未滿的累計目標為 info",
)
def short(facts: Facts) -> Iterable[Finding]:
    """成果未達目標或落後於期程。"""
    said = all_met_claims(facts)
    for a in achievements(facts):
        if a.status not in ("missed", "behind") or a.result is None:
            continue
        state = "未達目標" if a.status == "missed" else "落後於期程"
        # A report that says so itself holds together; progress in proportion to time is asked by nobody but us.
        is_due = a.status == "missed" or a.target.scope != "cumulative"
        severity: Severity = "warning" if said and is_due else "info"
        message = f"措施 {a.measure.code} {state}：{a.reason}"
        quotes = [a.target.evidence(), a.result.evidence()]
        if said:
            message += ",文中卻稱各項措施均符合預期"
            quotes.append(evidence(said[0].table, said[0].id, said[0].text[:120], said[0].place))
        yield Finding(severity, message, tuple(quotes), a.measure.code, 0.75)


@rule("targets:far_exceeded", "成果達目標 2 倍以上；全程目標僅在期程未滿時列出")
def far_exceeded(facts: Facts) -> Iterable[Finding]:
    """成果已遠超目標。"""
    for a in achievements(facts):
        end = a.measure.row["end_year"]
        if not a.result or a.status != "met" or not a.ratio or a.ratio < FAR or not end or not facts.year:
            continue
        if a.result.scope != "cumulative" or end > facts.year:
            until = f"，期程至 {end - ROC} 年" if a.result.scope == "cumulative" else ""
            message = f"措施 {a.measure.code}：{a.reason}{until}，目標偏低或兩者計算基礎不同"
            yield Finding("info", message, (a.target.evidence(), a.result.evidence()), a.measure.code, 0.7)


@rule("targets:year_over_period", "當年值大於全程累計目標，無容差")
def year_over_period(facts: Facts) -> Iterable[Finding]:
    """單一年度的成果即大於等於全程累計目標。"""
    for a in achievements(facts):
        r, t = a.result, a.target
        if (
            r
            and a.ratio
            and r.scope == "year"
            and t.scope == "cumulative"
            and r.amount >= t.amount
            and t.comparator not in ("<", "<=")
        ):
            message = (
                f"措施 {a.measure.code}：當年 {r.printed} 已達全程累計目標 {t.printed}"
                f"(比率 {a.ratio:.2f}),當年值或目標疑有一誤"
            )
            yield Finding("info", message, (t.evidence(), r.evidence()), a.measure.code, 0.6)


@rule("targets:expected_as_result", "無容差：成果欄以預期、預估、潛力稱之者")
def expected_as_result(facts: Facts) -> Iterable[Finding]:
    """成果欄的減碳量、節電量為預期值，並非實績。"""
    for m in facts.measures:
        figures = [
            f
            for f in m.figures
            if f.side == "result"
            and f.kind in ("emission_reduction", "energy_saving")
            and first(EXPECTED, "".join(clause_around(f)) + squeezed(f.text.text[f.end : f.end + 8]))
        ]
        if figures:
            both = any(first(REALISED, clause_around(f)[0]) for f in figures)
            told = "、".join(f.printed for f in figures)
            message = f"措施 {m.code}：成果所列 {told} 為預期值或潛力" + (
                ",卻與「達成、完成」並稱" if both else ",非實際成果"
            )
            yield Finding("warning" if both else "info", message, tuple(f.evidence() for f in figures), m.code, 0.75)


@rule("targets:category", "僅在類別欄有減緩與能力建構兩類時檢查；各類合併為一則")
def category(facts: Facts) -> Iterable[Finding]:
    """能力建構類措施列有減碳量，或減緩類措施的目標、成果均無減碳或節能量。"""
    kinds = {m.row["category"] for m in facts.measures}
    if not {"減緩", "能力建構"} <= kinds:
        return
    built = [m for m in facts.measures if m.row["category"] == "能力建構" and _saves(m, ("result",), CARBON)]
    if built:
        told = "、".join(f"{m.code} {_saves(m, ('result',), CARBON)[0].printed}" for m in built)
        message = f"{len(built)} 項能力建構類措施列有減碳量：{told}，與實質減量類的區分不明"
        yield Finding(
            "info", message, tuple(f.evidence() for m in built for f in _saves(m, ("result",), CARBON)), "能力建構", 0.7
        )
    empty = [
        m
        for m in facts.measures
        if m.row["category"] == "減緩" and m.figures and not _saves(m, ("target", "result"), (*CARBON, *ENERGY))
    ]
    if empty:
        message = f"減緩類措施 {'、'.join(m.code for m in empty)} 的目標與成果均未列減碳量或節能量"
        yield Finding("info", message, tuple(rows_of(empty)), "減緩", 0.7)


CARBON, ENERGY = ("emission_reduction",), ("energy_saving", "fuel_saving")


def _saves(m: Measure, sides: tuple[str, ...], kinds: tuple[str, ...]) -> list[Figure]:
    return [f for f in m.figures if f.side in sides and f.kind in kinds and f.amount > 0]


@rule("targets:copied", "數值、單位、以上或以下的字樣均與目標相同")
def copied(facts: Facts) -> Iterable[Finding]:
    """成果以「以上」「至少」照抄目標，不是量得的數字。"""
    for a in achievements(facts):
        r, t = a.result, a.target
        if r and r.comparator in (">=", "<=") and (r.comparator, r.amount, r.unit) == (t.comparator, t.amount, t.unit):
            message = f"措施 {a.measure.code}：成果「{squeezed(r.quote)}」與目標逐字相同，未載實際數值"
            yield Finding("info", message, (t.evidence(), r.evidence()), a.measure.code, 0.7)


@rule("targets:period", "無容差：比較期程與報告年度、新增註記")
def period(facts: Facts) -> Iterable[Finding]:
    """期程與狀態、新增註記相矛盾。"""
    starts = Counter(m.row["start_year"] for m in facts.measures if not m.row["is_new"] and m.row["start_year"])
    began = starts.most_common(1)[0][0] if starts else None
    for m in facts.measures:
        start, end = m.row["start_year"], m.row["end_year"]
        if m.row["is_new"] and began is not None and start == began:
            message = f"措施 {m.code} 註明新增，期程卻自本期第一年({began - ROC} 年)起，與原有措施相同"
            yield Finding("info", message, tuple(rows_of([m])), m.code, 0.7)
        if facts.year and end is not None and m.has_ended and end >= facts.year:
            message = f"措施 {m.code} 期程至 {end - ROC} 年，成果卻稱已於報告年度前結束"
            yield Finding("error", message, tuple(rows_of([m])), m.code, 0.85)
        if facts.year and end is not None and not m.has_ended and end < facts.year:
            message = f"措施 {m.code} 期程只到 {end - ROC} 年，卻列有報告年度的成果"
            yield Finding("warning", message, tuple(rows_of([m])), m.code, 0.75)


@rule("targets:indicator_year", "無容差：評量指標表內各列所載年度")
def indicator_year(facts: Facts) -> Iterable[Finding]:
    """文中稱已達成某年評量指標，但評量指標表沒有該年的數值。"""
    rows = facts.rows("indicators")
    told = {int(y) for r in rows for y in YEAR.findall(f"{r['target'] or ''} {r['result'] or ''}")}
    if not told:
        return
    for text in (*facts.sections, *facts.comments):
        for found in matches(INDICATOR, text.text):
            year = int(found["year"] or found["late"])
            if year in told or year + ROC in told:
                continue
            years = "、".join(map(str, sorted(told)))
            message = f"文中稱「{squeezed(found[0])}」，但評量指標表只有 {years} 年之值，無 {year} 年"
            quotes = [evidence(text.table, text.id, found[0], text.place)]
            quotes += [evidence("indicators", r["id"], f"{r['name']} {r['target']} {r['result']}", r) for r in rows]
            yield Finding("warning", message, tuple(quotes), text.context, 0.75)


YEAR = regex.compile(r"(?<![\d~\-–至])(\d{2,4})\s*年(?!期)")
INDICATOR = regex.compile(
    r"(?:已|均|皆|業)(?:已|能)?(?:達成|達到|符合)\s*(?P<year>\d{2,4})\s*年(?:度)?(?:之|的)?評量指標"
    r"|(?P<late>\d{2,4})\s*年(?:度)?(?:之|的|各項)?評量指標[^，。；]{0,6}?(?:均|皆|已|全數)(?:已)?(?:達成|達標|符合|達到)"
)


@rule("targets:only_cumulative", "目標為每年、成果只有累計值或多年平均者")
def only_cumulative(facts: Facts) -> Iterable[Finding]:
    """目標按年訂定，成果只有累計值，未載當年值。"""
    for a in achievements(facts):
        r, t = a.result, a.target
        if r is not None and t.scope in ("annual", "year") and t.kind not in LEVELS and r.scope == "cumulative":
            message = (
                f"措施 {a.measure.code}：目標「{squeezed(t.quote)}」按年訂定，"
                f"成果只有累計值「{squeezed(r.quote)}」，未載當年值"
            )
            yield Finding("info", message, (t.evidence(), r.evidence()), a.measure.code, 0.6)


@rule("targets:no_answer", "僅列推動中措施的目標數值")
def no_answer(facts: Facts) -> Iterable[Finding]:
    """目標數值在成果欄找不到同類的數值可對照。"""
    for a in achievements(facts):
        if a.status == "no_figure" and not a.measure.has_ended and a.measure.results:
            message = f"措施 {a.measure.code}：{a.reason}(目標「{squeezed(a.target.quote)}」)"
            yield Finding("info", message, (a.target.evidence(),), a.measure.code, 0.6)


RULES = (
    short,
    far_exceeded,
    year_over_period,
    expected_as_result,
    category,
    copied,
    period,
    indicator_year,
    only_cumulative,
    no_answer,
)
