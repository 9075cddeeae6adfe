"""The emissions table against itself and against what the prose says of the same years."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import regex

from kb.audit.facts import Facts
from kb.audit.model import Figure, Finding, Row, evidence, first, number, rule
from kb.audit.texts import clause_around, located, sentence
from kb.identity import ROC

COLUMNS = (
    ("target", "cumulative_target", "目標值"),
    ("actual", "cumulative_actual", "實際值"),
    ("corrected", "cumulative_corrected", "校正值"),
)
MEGATONNE = 1e6
TREND = regex.compile(
    r"自\s*(\d{2,4})\s*年起[^。；]{0,20}?連續\s*([一二三四五六七八九十\d]+)\s*年[^。；]{0,6}?(下降|減少|降低|上升|增加|成長)"
)
MET = regex.compile(r"符合|達成|達到|低於")
NOT_MET = regex.compile(r"未(?:能)?(?:符合|達成|達到|達)|不符合|高於目標|高出|超出目標|超過目標")
ABOUT_EMISSION = regex.compile(r"排放(?:總)?(?:量|值)|目標值")
OTHERWISE = regex.compile(r"[如若倘](?:使用|採用?|以|依)|改採|改以|重新推估|更新後")
NUMERALS = "〇一二三四五六七八九十"


def _cell(row: Row, text: str) -> Row:
    return evidence("emissions", row["id"], text, row)


def _half_step(rows: list[Row], column: str) -> float:
    """Half of the last digit that the column prints."""
    digits = max((len(f"{r[column]:g}".partition(".")[2]) for r in rows if r[column] is not None), default=0)
    return float(0.5 * 10.0**-digits)


@rule("emissions:cumulative", "各年值與累計值均四捨五入，容差為加數個數加一乘末位之半；容差內的差額列為 info")
def cumulative(facts: Facts) -> Iterable[Finding]:
    """排放量表的累計欄等於各年值之和。"""
    rows = facts.emissions
    for column, total, name in COLUMNS:
        known = [r for r in rows if r[column] is not None and r[total] is not None]
        if len(known) < 2 or [r["year"] for r in known] != list(range(known[0]["year"], known[0]["year"] + len(known))):
            continue
        half = _half_step(known, column)
        base = known[0][total] - known[0][column]
        for n, row in enumerate(known[1:], 2):
            added = known[n - 2][total] + row[column]
            from_start = base + sum(r[column] for r in known[:n])
            step, whole = row[total] - added, row[total] - from_start
            if abs(step) < half / 5 and abs(whole) < half / 5:
                continue
            before = known[n - 2][total]
            message = (
                f"{row['year'] - ROC} 年累計{name} {row[total]:g}:"
                f"上年累計 {before:g} + 當年 {row[column]:g} = {added:g}"
                f"(差 {step:+.3g}),逐年相加 {from_start:.10g}(差 {whole:+.3g})"
            )
            quotes = (_cell(known[n - 2], f"{known[n - 2][total]:g}"), _cell(row, f"{row[column]:g} {row[total]:g}"))
            if min(abs(step), abs(whole)) > half * (n + 1) + half / 5:
                yield Finding("error", message + ",超出四捨五入範圍", quotes, f"累計{name}", 0.95)
            else:
                yield Finding(
                    "info", message + f",在末位四捨五入範圍(±{half * (n + 1):.2g})內", quotes, f"累計{name}", 0.6
                )


@rule("emissions:prose", "依文中末位四捨五入；只比與表內某值相差 3% 以內者，較遠者是別的量")
def prose(facts: Facts) -> Iterable[Finding]:
    """文中某年的排放量與排放量表同年的目標、實際或校正值。"""
    by_year = {r["year"]: r for r in facts.emissions}
    for f in facts.figures:
        row = by_year.get(f.start_year or 0)
        if f.side != "claim" or f.canonical_unit != "tCO2e" or f.start_year != f.end_year or row is None:
            continue
        before, _ = clause_around(f)
        if not first(ABOUT_EMISSION, before):
            continue
        values = {n: row[c] * MEGATONNE for c, _, n in COLUMNS if row[c] is not None}
        if not values or min(abs(f.amount - v) for v in values.values()) <= f.half_step * 1.02:
            continue
        name, nearest = min(values.items(), key=lambda item: abs(f.amount - item[1]))
        if abs(f.amount - nearest) <= 0.03 * nearest:
            message = (
                f"{row['year'] - ROC} 年排放量有兩個數字：文中 {f.printed}，排放量表{name} "
                f"{nearest / MEGATONNE:g} 百萬公噸，差 {number(abs(f.amount - nearest) / 1e4)} 萬公噸"
            )
            if first(OTHERWISE, f.text.text):
                message += "；文中說明係改採其他資料來源"
            yield Finding(
                "info" if first(OTHERWISE, f.text.text) else "warning",
                message,
                (f.evidence(), _cell(row, f"{nearest / MEGATONNE:g}")),
                f"{row['year'] - ROC} 年",
                0.8,
            )


@rule("emissions:met", "無容差：比較表內同列的目標值與實際、校正值")
def met(facts: Facts) -> Iterable[Finding]:
    """文中稱符合目標的年度，表內實際值或校正值卻高於目標值。"""
    for row in facts.emissions:
        if row["target"] is None:
            continue
        values = [row[c] for c in ("corrected", "actual") if row[c] is not None]
        if not values or min(values) <= row["target"]:
            continue
        for claim in facts.claims:
            figures = [f for f in facts.of(claim) if f.start_year == row["year"] and f.canonical_unit == "tCO2e"]
            near = [f for f in figures for v in values if abs(f.amount - v * MEGATONNE) <= 0.03 * f.amount]
            if any(f.amount > row["target"] * MEGATONNE + f.half_step and _is_said_met(f) for f in near):
                message = (
                    f"文中稱 {row['year'] - ROC} 年符合目標，但表內 {min(values):g} "
                    f"高於目標值 {row['target']:g} 百萬公噸"
                )
                quotes = (evidence("claims", claim.id, claim.text, claim.place), _cell(row, f"{row['target']:g}"))
                yield Finding("error", message, quotes, f"{row['year'] - ROC} 年")


def _is_said_met(figure: Figure) -> bool:
    """Whether the sentence of a figure says that a target was met; another sentence may speak of another year."""
    at = located(figure)
    words = sentence(figure.text.text, at[0]) if at is not None else figure.quote
    return first(MET, words) is not None and first(NOT_MET, words) is None


@rule("emissions:over_target", "無容差：比較表內同列的目標值與校正值(無校正值者比實際值)")
def over_target(facts: Facts) -> Iterable[Finding]:
    """排放量表某年的校正值高於目標值。"""
    for row in facts.emissions:
        column, name = ("corrected", "校正值") if row["corrected"] is not None else ("actual", "實際值")
        if row["target"] and row[column] is not None and row[column] > row["target"]:
            over = row[column] - row["target"]
            message = (
                f"{row['year'] - ROC} 年{name} {row[column]:g} 高於目標值 {row['target']:g} 百萬公噸"
                f"({over / row['target']:+.1%}),該年未達目標"
            )
            yield Finding(
                "info", message, (_cell(row, f"{row['target']:g} {row[column]:g}"),), f"{row['year'] - ROC} 年", 0.8
            )


@rule("emissions:trend", "無容差：數表內相鄰兩年升降的次數；表外的年度無從查對")
def trend(facts: Facts) -> Iterable[Finding]:
    """「自某年起連續 N 年下降(上升)」與排放量表的逐年實際值。"""
    actual = {r["year"]: r for r in facts.emissions if r["actual"] is not None and not r["is_estimate"]}
    for claim in (*facts.claims, *facts.sections):
        found = first(TREND, claim.text)
        if found is None:
            continue
        start = int(found[1]) + (ROC if int(found[1]) < 1000 else 0)
        length = int(found[2]) if found[2].isdigit() else NUMERALS.find(found[2])
        sign = -1 if found[3] in ("下降", "減少", "降低") else 1
        years = [y for y in sorted(actual) if y >= start - 1]
        moves = [(b, (actual[b]["actual"] - actual[a]["actual"]) * sign > 0) for a, b in pairwise(years)]
        if length <= 0 or not moves:
            continue
        right = sum(ok for _, ok in moves)
        wrong = [b for b, ok in moves[:length] if not ok]
        if wrong or right < length:
            series = "→".join(f"{actual[y]['actual']:g}({y - ROC})" for y in years)
            message = (
                f"文中稱自 {start - ROC} 年起連續 {length} 年{found[3]}，但表內 {series} 只見 {right} 次{found[3]}"
            )
            if start - 1 not in actual and not wrong:
                message += f",{start - 1 - ROC} 年之值表內未列，無從佐證"
            quotes = (
                evidence(claim.table, claim.id, sentence(claim.text, found.start()), claim.place),
                *(_cell(actual[y], f"{actual[y]['actual']:g}") for y in years),
            )
            yield Finding("error" if wrong else "warning", message, quotes, "排放趨勢", 0.8)


RULES = (cumulative, prose, met, over_target, trend)
