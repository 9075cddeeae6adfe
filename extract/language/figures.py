"""Which numbers are figures: a number, or a range of two, with the unit that it counts in.

All others are refused, each with its reason; a number whose unit is no unit of ours is kept as printed and signalled.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import regex

from extract.language.attaching import own_unit, shared_unit, unknown_unit
from extract.language.labels import (
    LISTED,
    LOOK_BACK,
    RANGE,
    is_bare_year,
    is_item_number,
    is_payback,
    named_spans,
    why_label,
    why_no_chinese_amount,
)
from extract.language.lexicon import TIMEOUT
from extract.language.numbers import find_numbers
from extract.language.sheet import Figure, Number, Reason, Refused, Sheet, Unit
from extract.language.units import find_unit
from extract.records import Severity, Signal

GAP = 6
"""Characters between two members of a list or range, at most."""
TIME_RANGE = regex.compile(r"\s?[時點](?:\s?[0-9]{1,2}\s?分)?\s?[至到~-]\s?(?:上午|下午|中午|晚間|晚上)?")
PIECES = frozenset("例則件份項篇冊張種")
"""Counters that never begin the name behind a label (案例 3 台積電)."""
CLASS = regex.compile(r"\s?(?:[A-Za-z]{1,4}|[\u4e00-\u9fff]{1,3})級")
COUNTED_END = frozenset("，。；、,;()\n") | {""}
CHANGES = ("由", "從", "自")


def find_figures(sheet: Sheet) -> None:
    """Fill in the numbers, figures and refusals of a sheet."""
    sheet.numbers, sheet.refused = find_numbers(sheet.folded)
    numbers = sheet.numbers
    units: list[Unit | None] = [None] * len(numbers)
    reasons = _labels(sheet)
    for at in range(len(numbers) - 1, -1, -1):
        if reasons[at] not in (None, "tolerance"):
            continue
        numbers[at], units[at] = own_unit(sheet, numbers[at])
        if (
            units[at] is None
            and not numbers[at].chinese
            and at + 1 < len(numbers)
            and reasons[at + 1] in (None, "tolerance")
        ):
            numbers[at], units[at] = shared_unit(sheet, numbers[at], numbers[at + 1], units[at + 1])
        if numbers[at].chinese:
            reasons[at] = why_no_chinese_amount(sheet.folded, numbers[at], units[at], _label(sheet))
    _assemble(sheet, units, reasons)
    # the 2 of a CO2e is part of the unit, and accounted for with it
    inside = iter(sheet.figures)
    figure = next(inside, None)
    kept = []
    for refused in sorted(sheet.refused, key=lambda r: r.start):
        while figure is not None and figure.end <= refused.start:
            figure = next(inside, None)
        if figure is None or refused.start < figure.start:
            kept.append(refused)
    sheet.refused = kept


def _labels(sheet: Sheet) -> list[Reason | None]:
    """Reasons from what stands around each number; a label reaches over a list (表 1、2)."""
    folded, names = sheet.folded, iter(named_spans(sheet.folded))
    reasons: list[Reason | None] = []
    name = next(names, None)
    for number in sheet.numbers:
        while name is not None and name[1] <= number.start:
            name = next(names, None)
        if name is not None and name[0] <= number.start:
            reasons.append("name")
        elif is_item_number(folded, number):
            reasons.append("item number")
        else:
            reasons.append(why_label(folded, number))
            if reasons[-1] == "label" and _is_counted(sheet, number):
                reasons[-1] = None  # 案例 12 例
            if reasons[-1] == "code" and folded[number.start - 1] == "/" and len(reasons) > 1:
                before = find_unit(sheet.compact, sheet.numbers[len(reasons) - 2].after)
                if before is not None and before.end == number.start - 1:
                    reasons[-1] = None  # 310 MW/620 MWh
    for at, (first, second) in enumerate(pairwise(sheet.numbers), 1):
        if reasons[at] is None and reasons[at - 1] in ("label", "code"):
            gap = folded[first.end : second.start]
            is_listed = len(gap) <= GAP and gap.strip() in RANGE | LISTED
            if gap == "-" or (is_listed and find_unit(sheet.compact, second.after) is None):
                reasons[at] = reasons[at - 1]
        if reasons[at - 1] == "time of day" and TIME_RANGE.fullmatch(folded, first.end, second.start):
            reasons[at] = "time of day"
    return reasons


def _label(sheet: Sheet) -> str:
    """What stands beside the text, as 投資回收 does in the row of a card."""
    return sheet.setting.lead[-1] if sheet.setting.lead else ""


def _is_counted(sheet: Sheet, number: Number) -> bool:
    """Whether a number behind 案例 or 附件 counts all the same: 附件 3 份, but not 第 3 項."""
    unit = find_unit(sheet.compact, number.after)
    if unit is None or unit.dimension != "counter" or len(unit.form.form) > 1:
        return False
    if sheet.folded[max(0, number.start - 2) : number.start].rstrip(" ").endswith("第"):
        return False
    return unit.form.form in PIECES or sheet.folded[unit.end : unit.end + 1] in COUNTED_END


def _assemble(sheet: Sheet, units: list[Unit | None], reasons: list[Reason | None]) -> None:
    """Figures from numbers and units; what is left is refused or kept with a signal."""
    numbers, at = sheet.numbers, 0
    while at < len(numbers):
        number, unit, reason = numbers[at], units[at], reasons[at]
        at += 1
        if sheet.figures and number.start < sheet.figures[-1].end:
            continue  # the 5 of 8 成 5
        if reason is None and unit is not None and unit.dimension in ("date", "year"):
            reason = (
                None if unit.dimension == "year" and is_payback(sheet.folded, number, unit, _label(sheet)) else "date"
            )
        if reason is None and unit is not None and _is_noun(unit) and is_bare_year(sheet.folded, number):
            reason = "date"  # 113 計畫, 2030 策略
        if reason is None and unit is not None and _is_noun(unit) and _is_section(sheet.folded, number):
            reason = "item number"  # 3.1 策略
        if reason is None and unit is None and CLASS.match(sheet.folded, number.after):
            reason = "class"  # 6 噸級
        if reason is None and unit is None:
            unit = unknown_unit(sheet, number)
        if reason is not None or unit is None:
            _refuse(sheet, number, reason)
            continue
        high = None
        if at < len(numbers) and reasons[at] is None and _is_range(sheet.folded, number, unit, numbers[at], units[at]):
            high, shared = numbers[at], units[at] or unit
            if shared.factor != unit.factor:  # 補助 100 萬至 300 萬元: the one counts in 元, the other in 萬元
                number = replace(number, factor=number.factor * unit.factor / shared.factor)
            unit = shared
            at += 1
        sheet.figures.append(_figure(sheet.text, number, high, unit))


def _is_noun(unit: Unit) -> bool:
    """Whether a counter is a noun that can follow a year as well (計畫, 措施, 縣市)."""
    form = unit.form
    return form.dimension == "counter" and not form.chinese and len(form.form) > 1


def _is_section(folded: str, number: Number) -> bool:
    """Whether a number at the head of a line is the mark of a section (3.1 措施)."""
    is_first = folded[max(0, number.start - LOOK_BACK) : number.start].rstrip(" ")[-1:] in ("", "\n", "。")
    return is_first and number.factor == 1 and "." in folded[number.start : number.end]


def _refuse(sheet: Sheet, number: Number, reason: Reason | None) -> None:
    """Put a number aside; one that is neither date, code nor item number is worth a signal."""
    following = sheet.folded[number.end : number.end + 1]
    if reason is None and following.isascii() and following.isalpha():
        reason = "code"  # 3D, 5G
    if reason is None and is_bare_year(sheet.folded, number):
        reason = "date"
    sheet.refused.append(Refused(number.start, number.end, reason or "no unit"))
    if reason is None and not number.chinese:
        printed = " ".join(sheet.text[max(0, number.start - 6) : number.after + 6].split())
        # in the items of a measure every number should be accounted for; prose has model names and the like
        severity: Severity = "warning" if sheet.setting.register == "item" else "info"
        sheet.signals.append(Signal("unread:number", severity, "數字沒有單位", printed))


def _is_range(folded: str, low: Number, unit: Unit, high: Number, high_unit: Unit | None) -> bool:
    if high_unit is None or high_unit.canonical != unit.canonical or high_unit.dimension != unit.dimension:
        return False
    gap = folded[low.after if unit.start > low.after else unit.end : high.start].strip()
    if gap not in RANGE or low.value * low.factor * unit.factor >= high.value * high.factor * high_unit.factor:
        return False
    # 由 80% 至 99% tells a change: two figures
    return gap in "-~" or not folded[max(0, low.start - 12) : low.start].rstrip(" ").endswith(CHANGES)


def _figure(text: str, number: Number, high: Number | None, unit: Unit) -> Figure:
    last = high or number
    printed = regex.sub("[餘多]", "", text[unit.printed_from : unit.end], timeout=TIMEOUT)
    end = last.after if unit.start > last.after else max(unit.end, last.after)
    return Figure(number, high, unit, " ".join(printed.split()) or unit.form.form, number.start, end)
