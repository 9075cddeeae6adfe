"""Which unit belongs to a number.

The one behind it; in a list (252、140 萬元) or a range (25~40%) the one of the next number; the one in brackets before
it (節電量(萬度)：50) or in the header of its column; money where a sign or the clause says so (NT$ 500, 投資 2,000 萬).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

import regex

from extract.language.compact import Compact
from extract.language.fold import fold
from extract.language.labels import LISTED, RANGE, has_money_sign
from extract.language.lexicon import TIMEOUT, any_of, table, unit_forms, unit_key
from extract.language.numbers import find_numbers
from extract.language.numerals import DIGITS, NUMERAL_CHARACTERS
from extract.language.sheet import Number, Sheet, Unit, UnitForm
from extract.language.units import find_unit
from extract.records import Signal

GAP = 6
"""Characters between two members of a list or range, at most."""
ONE = Decimal(1)
LOOK_BACK = 48
LOOK_BACK_CURRENCY = 8
END_OF_WORDS = frozenset("()[],.，。；;：:、/-~%") | {""}
TENTHS = regex.compile(rf"\s?([{''.join(DIGITS)}0-9半])(?![{NUMERAL_CHARACTERS}0-9.])")
UNKNOWN_WORD = regex.compile(r"\s?([\u4e00-\u9fff]{1,4}+)")
UNKNOWN_LATIN = regex.compile(r"([a-z]{2,12})(?![A-Za-z0-9])")
HEADER_UNIT = regex.compile(r"[(（]([^()（）]{1,20})[)）]|單位\s?[:：]\s?([^\s，)）]{1,16})")
LABEL_UNIT = regex.compile(r"\(([^()]{1,20})\)[\s:：為達約共計]*$")


def own_unit(sheet: Sheet, number: Number) -> tuple[Number, Unit | None]:
    """The unit that stands behind a number, or before it in brackets, and the number as that unit leaves it."""
    if number.share:
        return number, _bare(number, unit_forms()["%"])
    if number.factor != ONE:  # 百分點 and 千卡 begin like a 百 or 千 of something
        direct = find_unit(sheet.compact, number.end)
        if direct is not None and direct.end > number.after:
            direct = _in_currency(sheet, number, replace(direct, printed_from=number.end))
            return replace(number, factor=ONE, after=number.end), direct
    unit = find_unit(sheet.compact, number.after)
    if unit is not None:
        return _with_tenths(sheet, number, _in_currency(sheet, number, replace(unit, printed_from=number.end)))
    if (foreign := _foreign(sheet.folded, number)) is not None:
        return number, _bare(number, foreign)
    if has_money_sign(sheet.folded, number) or (number.factor != ONE and _speaks_of_money(sheet, number)):
        return number, _bare(number, unit_forms()["元"])
    return number, None if number.chinese else _unit_before(sheet, number)


@cache
def _foreign_before() -> regex.Pattern[str]:
    forms = [form.form for form in unit_forms().values() if form.dimension == "foreign"]
    return regex.compile(rf"({any_of(forms)})[\s約逾近達:]{{0,3}}$")


def _foreign(folded: str, number: Number) -> UnitForm | None:
    """The currency that stands before an amount (美金 300 萬元, US$ 5,000), None if there is none."""
    match = _foreign_before().search(folded, max(0, number.start - LOOK_BACK_CURRENCY), number.start, timeout=TIMEOUT)
    return unit_forms()[unit_key(match[1])] if match else None


def _in_currency(sheet: Sheet, number: Number, unit: Unit) -> Unit:
    """The unit, or where it is 元 of a currency that stands before the number, that currency."""
    foreign = _foreign(sheet.folded, number) if unit.form.dimension == "money" and unit.per is None else None
    return unit if foreign is None else replace(unit, form=foreign, canonical=foreign.canonical)


def _bare(number: Number, form: UnitForm) -> Unit:
    """A unit that is meant, not printed, behind a number."""
    return Unit(number.after, number.after, form, form.canonical, form.factor, printed_from=number.end)


def _with_tenths(sheet: Sheet, number: Number, unit: Unit) -> tuple[Number, Unit]:
    """三成四, 8 成 5: the digit behind 成 is tenths of it. 2 年半: so is 半 half a year."""
    if unit.dimension == "year" and sheet.folded.startswith("半", unit.end):  # 2 年半
        return replace(number, value=number.value + Decimal("0.5")), replace(unit, end=unit.end + 1)
    if unit.form.form != "成":
        return number, unit
    tenths = TENTHS.match(sheet.folded, unit.end, timeout=TIMEOUT)
    if tenths is None or find_unit(sheet.compact, tenths.end()) is not None:
        return number, unit
    tenth = DIGITS.get(tenths[1], 5 if tenths[1] == "半" else None)
    value = number.value + Decimal(int(tenths[1]) if tenth is None else tenth) / 10
    return replace(number, value=value), replace(unit, end=tenths.end())


@cache
def _money_words() -> regex.Pattern[str]:
    return regex.compile(any_of(table("kinds")["money"]["words"]))


def _speaks_of_money(sheet: Sheet, number: Number) -> bool:
    """Whether the words before a bare 萬 or 億 say that it is money (投資 2,000 萬)."""
    before = regex.split(
        r"[，。；;\n]", sheet.folded[max(0, number.start - LOOK_BACK) : number.start], timeout=TIMEOUT
    )[-1]
    return _money_words().search(before + sheet.setting.topic, timeout=TIMEOUT) is not None


def _unit_before(sheet: Sheet, number: Number) -> Unit | None:
    """節電量(萬度)：50, and a table cell whose header names the unit."""
    folded, found = sheet.folded, None
    label = ")" in folded[max(0, number.start - 8) : number.start] and LABEL_UNIT.search(
        folded, max(0, number.start - LOOK_BACK), number.start, timeout=TIMEOUT
    )
    if label:
        found = _whole_unit(label[1])
    elif sheet.setting.topic and len(folded) < LOOK_BACK and not _words_beside(folded, number):
        parts = HEADER_UNIT.finditer(sheet.setting.topic, timeout=TIMEOUT)
        found = next((unit for part in parts if (unit := _whole_unit(part[1] or part[2]))), None)
    return replace(found, start=number.after, end=number.after, printed_from=number.after) if found else None


def _words_beside(folded: str, number: Number) -> bool:
    """Whether the cell says more than numbers, marks and 約."""
    beside = folded[: number.start] + folded[number.after :]
    return any(c.isalpha() and c not in "約近逾達" for c in beside)


@lru_cache(maxsize=256)
def _whole_unit(printed: str) -> Unit | None:
    """A unit with its 萬 that is printed alone, as in a header."""
    folded = "1" + fold(printed)
    numbers, _ = find_numbers(folded)
    compact = Compact(folded)
    unit = find_unit(compact, numbers[0].after) or find_unit(compact, 1)
    if unit is None or folded[unit.end :].strip() or unit.dimension in ("date", "year"):
        return None
    factor = numbers[0].factor if unit.start == numbers[0].after else ONE
    form = replace(unit.form, form=printed.strip())
    return replace(unit, factor=unit.factor * factor, form=form)


def shared_unit(sheet: Sheet, number: Number, after: Number, unit: Unit | None) -> tuple[Number, Unit | None]:
    """A number of a list or range with the unit of the next one, and its 萬 where it has none itself."""
    gap = sheet.folded[number.after : after.start]
    joint = gap.strip()
    if unit is None or len(gap) > GAP or "\n" in gap or joint not in RANGE | LISTED:
        return number, None
    if joint == "-" and number.value * number.factor >= after.value * after.factor:
        return number, None  # 14064-1 is a code
    factor = number.factor
    if factor == ONE and not (joint in RANGE and number.value > after.value):
        factor = after.factor
    elif factor != ONE and unit.canonical == "NTD" and after.factor == ONE:
        factor /= unit.factor  # 100 萬至 300 萬元: 萬元 is one unit, whose 萬 the first number has already
    return replace(number, factor=factor), unit


def unknown_unit(sheet: Sheet, number: Number) -> Unit | None:
    """The word behind a number that counts something we have no unit for, kept as printed with a signal."""
    if number.chinese or sheet.folded[number.after : number.after + 1] in END_OF_WORDS:
        return None
    folded, rules = sheet.folded, table("names")["unknown"]
    latin = UNKNOWN_LATIN.match(folded, number.after, timeout=TIMEOUT)
    word = UNKNOWN_WORD.match(folded, number.after, timeout=TIMEOUT)
    if latin is not None:
        start, end, dimension, kind = latin.start(1), latin.end(1), "physical", "physical"
    elif word is not None and word[1][0] not in rules["not_before"] and _counts(folded, number):
        start, dimension, kind = word.start(1), "counter", "count"
        is_whole = len(word[1]) <= 3 and not folded[word.end(1) : word.end(1) + 1].isalnum()
        end = word.end(1) if is_whole else min(start + 2, word.end(1))
    else:
        return None
    printed = sheet.text[start:end]
    message = f"單位「{printed}」不在詞彙中，照印"
    sheet.signals.append(Signal("unread:unit", "warning", message, sheet.text[number.start : end]))
    form = UnitForm(printed, dimension, printed, ONE, "", kind, "", ())
    return Unit(number.after, end, form, printed, ONE, known=False, printed_from=number.end)


def _counts(folded: str, number: Number) -> bool:
    """Whether the words before a number say that something is counted."""
    after = tuple(table("names")["unknown"]["after"])
    return folded[max(0, number.start - 8) : number.start].rstrip(" ").endswith(after)
