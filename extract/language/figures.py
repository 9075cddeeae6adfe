"""Which numbers are figures: a number, or a range of two, with the unit that it counts in.

A number takes the unit behind it; in a list (252、140 萬元) or a range (25~40%) the one before takes the unit of the one after.
All others are refused, each with its reason; a number whose unit is no unit of ours is kept as printed and signalled.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import regex

from extract.language.fold import fold
from extract.language.labels import has_money_sign, is_item_number, named_spans, why_label, why_no_chinese_amount
from extract.language.lexicon import TIMEOUT, any_of, table, unit_forms
from extract.language.numbers import find_numbers
from extract.language.numerals import DIGITS
from extract.language.sheet import Figure, Number, Refused, Sheet, Unit, UnitForm
from extract.language.units import find_unit
from extract.records import Signal

RANGE = frozenset("-~至到")
LISTED = frozenset(("、", "及", "和", "與", "或", "以及", "暨", "/"))
GAP = 6
"""Characters between two members of a list or range, at most."""
ONE = Decimal(1)
UNKNOWN_WORD = regex.compile(r"\s?([\u4e00-\u9fff]{1,4}+)")
UNKNOWN_LATIN = regex.compile(r"([a-z]{2,12})(?![A-Za-z0-9])")


def find_figures(sheet: Sheet) -> None:
    """Fill in the numbers, figures and refusals of a sheet."""
    folded = sheet.folded
    sheet.numbers, sheet.refused = find_numbers(folded)
    numbers = sheet.numbers
    names = named_spans(folded)
    units: list[Unit | None] = [None] * len(numbers)
    reasons: list[str | None] = [None] * len(numbers)
    _label_all(folded, numbers, names, reasons)
    for at in range(len(numbers) - 1, -1, -1):
        if reasons[at] is not None:
            continue
        numbers[at], units[at] = _own_unit(sheet, numbers[at])
        if units[at] is None and not numbers[at].chinese and at + 1 < len(numbers) and reasons[at + 1] is None:
            numbers[at], units[at] = _shared_unit(folded, numbers[at], numbers[at + 1], units[at + 1])
        if numbers[at].chinese:
            reasons[at] = why_no_chinese_amount(folded, numbers[at], units[at])
    _assemble(sheet, units, reasons)


def _label_all(folded: str, numbers: list[Number], names: list[tuple[int, int]], reasons: list[str | None]) -> None:
    """Reasons from what stands around each number; a label reaches over a list (表 1、2)."""
    name = 0
    for at, number in enumerate(numbers):
        while name < len(names) and names[name][1] <= number.start:
            name += 1
        if name < len(names) and names[name][0] <= number.start:
            reasons[at] = "name"
        elif is_item_number(folded, number):
            reasons[at] = "item number"
        else:
            reasons[at] = why_label(folded, number)
        if at and reasons[at] is None and reasons[at - 1] in ("label", "code"):
            gap = folded[numbers[at - 1].end : number.start]
            joined = len(gap) <= GAP and gap.strip() and (gap.strip() in RANGE or gap.strip() in LISTED)
            if joined and find_unit(folded, number.after) is None:
                reasons[at] = reasons[at - 1]


def _own_unit(sheet: Sheet, number: Number) -> tuple[Number, Unit | None]:
    """The unit that stands behind a number, or before it in brackets, and the number as that unit leaves it."""
    folded, forms = sheet.folded, unit_forms()
    if number.share:
        return number, _bare(number, forms["%"])
    if number.factor != ONE:
        direct = find_unit(folded, number.end)
        if direct is not None and direct.end > number.after:
            return replace(number, factor=ONE, after=number.end), replace(direct, printed_from=number.end)
    unit = find_unit(folded, number.after)
    if unit is not None:
        return _with_tenths(folded, number, replace(unit, printed_from=number.end))
    if has_money_sign(folded, number) or (number.factor != ONE and _speaks_of_money(sheet, number)):
        return number, _bare(number, forms["元"])
    return number, None if number.chinese else _unit_before(sheet, number)


def _bare(number: Number, form: UnitForm) -> Unit:
    return Unit(number.after, number.after, form, form.canonical, form.factor, printed_from=number.end)


def _with_tenths(folded: str, number: Number, unit: Unit) -> tuple[Number, Unit]:
    """三成四: the digit behind 成 is tenths of it."""
    digit = folded[unit.end : unit.end + 1]
    if unit.form.form != "成" or digit not in DIGITS or not number.chinese or not digit:
        return number, unit
    if find_unit(folded, unit.end + 1) is not None:
        return number, unit
    return replace(number, value=number.value + Decimal(DIGITS[digit]) / 10), replace(unit, end=unit.end + 1)


def _speaks_of_money(sheet: Sheet, number: Number) -> bool:
    """Whether the clause says that a bare 萬 or 億 is money (投資 2,000 萬)."""
    begin = max((s for s, e in _near(sheet, number.start)), default=0)
    around = sheet.folded[begin : number.start]
    return (
        regex.search(any_of(table("kinds")["money"]["words"]), around + sheet.setting.topic, timeout=TIMEOUT)
        is not None
    )


def _near(sheet: Sheet, at: int) -> list[tuple[int, int]]:
    return [(s, e) for s, e in sheet.clauses.clauses if s <= at < e]


def _unit_before(sheet: Sheet, number: Number) -> Unit | None:
    """節電量(萬度)：50, and a table cell whose header names the unit."""
    folded = sheet.folded
    before = folded[max(0, number.start - 32) : number.start].rstrip(" :：為達約共計")
    if before.endswith(")") and "(" in before:
        begin = before.rindex("(") + 1
        found = _whole_unit(before[begin:-1])
        if found is not None:
            return replace(found, start=number.after, end=number.after, printed_from=number.after)
    rest = folded[: number.start] + folded[number.after :]
    if sheet.setting.topic and not rest.strip(" ()*約-\n"):
        for part in regex.findall(
            r"[(（]([^()（）]{1,20})[)）]|單位\s?[:：]\s?([^\s，)）]{1,16})", sheet.setting.topic, timeout=TIMEOUT
        ):
            found = _whole_unit(part[0] or part[1])
            if found is not None:
                return replace(found, start=number.after, end=number.after, printed_from=number.after)
    return None


def _whole_unit(printed: str) -> Unit | None:
    """A unit with its 萬 that is printed alone, as in a header."""
    folded = "1" + fold(printed)
    numbers, _ = find_numbers(folded)
    if len(numbers) != 1:
        return None
    unit = find_unit(folded, numbers[0].after) or find_unit(folded, 1)
    if unit is None or folded[unit.end :].strip() or unit.dimension in ("date", "year"):
        return None
    return replace(unit, factor=unit.factor * (numbers[0].factor if unit.start > 1 else ONE))


def _shared_unit(folded: str, number: Number, after: Number, unit: Unit | None) -> tuple[Number, Unit | None]:
    """A number of a list or range with the unit of the next one, and its 萬 where it has none itself."""
    gap = folded[number.after : after.start]
    joint = gap.strip()
    if unit is None or len(gap) > GAP or "\n" in gap or (joint not in RANGE and joint not in LISTED):
        return number, None
    factor = number.factor
    if factor == ONE and not (joint in RANGE and number.value > after.value):
        factor = after.factor
    return replace(number, factor=factor), unit


def _assemble(sheet: Sheet, units: list[Unit | None], reasons: list[str | None]) -> None:
    """Figures from numbers and units; what is left is refused or kept with a signal."""
    folded, numbers = sheet.folded, sheet.numbers
    at = 0
    while at < len(numbers):
        number, unit, reason = numbers[at], units[at], reasons[at]
        at += 1
        if reason is None and unit is not None and unit.dimension in ("date", "year"):
            reason = None if unit.dimension == "year" and _is_payback(folded, number, unit) else "date"
        if reason is None and unit is None:
            unit = _unknown_unit(sheet, number)
            reason = None if unit else "no unit"
        if reason is not None or unit is None:
            sheet.refused.append(Refused(number.start, number.end, reason or "no unit"))
            if reason == "no unit" and not number.chinese:
                _signal_bare(sheet, number)
            continue
        high = None
        if at < len(numbers) and reasons[at] is None and _is_range(folded, number, unit, numbers[at], units[at]):
            high, unit = numbers[at], units[at] or unit
            at += 1
        sheet.figures.append(_figure(sheet.text, number, high, unit))
    sheet.refused.sort(key=lambda r: r.start)


def _is_range(folded: str, low: Number, unit: Unit, high: Number, high_unit: Unit | None) -> bool:
    if high_unit is None or high_unit.canonical != unit.canonical or high_unit.dimension != unit.dimension:
        return False
    gap = folded[low.after if unit.start > low.after else unit.end : high.start].strip()
    if (
        gap not in RANGE
        or not gap
        or low.value * low.factor * unit.factor >= high.value * high.factor * high_unit.factor
    ):
        return False
    # 由 80% 至 99% tells a change: two figures
    return gap in "-~" or not folded[max(0, low.start - 12) : low.start].rstrip(" ").endswith(("由", "從", "自"))


def _figure(text: str, number: Number, high: Number | None, unit: Unit) -> Figure:
    last = high or number
    shared = unit.start > last.after
    printed = regex.sub("[餘多]", "", text[unit.printed_from : unit.end], timeout=TIMEOUT)
    return Figure(
        number,
        high,
        unit,
        " ".join(printed.split()) or unit.form.form,
        number.start,
        last.after if shared else max(unit.end, last.after),
    )


def _is_payback(folded: str, number: Number, unit: Unit) -> bool:
    """Whether years are those after which an investment is back."""
    rules = table("kinds")["payback"]
    behind = folded[unit.end : unit.end + 14]
    if regex.match(rf"[^，。；0-9]{{0,8}}(?:{any_of(rules['after'])})", behind, timeout=TIMEOUT):
        return True
    before = folded[max(0, number.start - 20) : number.start]
    return regex.search(rf"(?:{any_of(rules['before'])})[^，。；0-9]{{0,8}}$", before, timeout=TIMEOUT) is not None


def _unknown_unit(sheet: Sheet, number: Number) -> Unit | None:
    """The word behind a number that counts something we have no unit for, kept as printed with a signal."""
    folded = sheet.folded
    if number.chinese:
        return None
    latin = UNKNOWN_LATIN.match(folded, number.after, timeout=TIMEOUT)
    word = UNKNOWN_WORD.match(folded, number.after, timeout=TIMEOUT)
    rules = table("names")["unknown"]
    if latin is not None:
        start, end, dimension, kind = latin.start(1), latin.end(1), "physical", "physical"
    elif (
        word is not None
        and word[1][0] not in rules["not_before"]
        and folded[max(0, number.start - 8) : number.start].rstrip(" ").endswith(tuple(rules["after"]))
    ):
        start, dimension, kind = word.start(1), "counter", "count"
        end = (
            word.end(1)
            if len(word[1]) <= 3 and not folded[word.end(1) : word.end(1) + 1].isalnum()
            else min(word.start(1) + 2, word.end(1))
        )
    else:
        return None
    printed = sheet.text[start:end]
    sheet.signals.append(
        Signal(
            "unread:unit",
            "warning",
            f"no unit {printed} in the vocabulary; kept as printed",
            sheet.text[number.start : end],
        )
    )
    form = UnitForm(printed, dimension, printed, ONE, "", kind, "", "")
    return Unit(number.after, end, form, printed, ONE, known=False, printed_from=number.end)


def _signal_bare(sheet: Sheet, number: Number) -> None:
    """Say that a number was met that is neither figure, date, code nor item number."""
    printed = sheet.text[max(0, number.start - 6) : number.after + 6].replace("\n", " ")
    sheet.signals.append(Signal("unread:number", "info", "a number without a unit", printed))
