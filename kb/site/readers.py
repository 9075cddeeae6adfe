"""How the words for one value of a column of numbers are read, by what the column holds. Raises `NotUnderstood`."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kb.corrections.values import LARGEST_RATE
from kb.identity import ROC
from kb.schema import Column
from kb.site import amounts, labels, wording
from kb.text import fold

Reader = Callable[[str], str]
YES, NO = ("1", "是", "yes", "true"), ("0", "否", "no", "false")
COUNTERS = ("頁", "期", "列", "層", "筆", "項", "點", "字元", "年")
"""Behind whole numbers: 第 34 頁."""
AS_PRINTED = ("value", "value_high")
"""Numbers in the unit of their row: 150 where the report prints 150 億元."""
LARGEST = {"execution_rate": LARGEST_RATE, "confidence": 1.0}
"""Without the sign of per cent a larger number was meant to have it, or is wrong; either would find nothing."""


class NotUnderstood(Exception):
    """A condition that the column cannot hold, or that the site does not know; a sentence for the reader."""


def reader(table: str, column: Column) -> Reader | None:
    """What reads a value of the column; None for a column of text."""
    name = labels.column(table, column.name)
    if column.type == "boolean":
        return lambda words: _yes_or_no(name, words)
    if column.type in ("integer", "serial"):
        if column.name in wording.YEARS:
            return lambda words: str(_year(name, words))
        if column.name == "roc_year":
            return lambda words: str(_year(name, words) - ROC)
        return lambda words: _amount(name, words, COUNTERS)
    if column.type != "real":
        return None
    if column.name.endswith("_ntd"):
        return lambda words: _money(name, words)
    if column.name in wording.SHARES:
        return lambda words: _share(name, words, LARGEST.get(column.name))
    if column.name in AS_PRINTED:
        return lambda words: _as_printed(name, words)
    unit = wording.unit_of(table, column.name) or "%"
    return lambda words: _amount(name, words, (unit, unit.removesuffix(" CO₂e")))


def _yes_or_no(name: str, words: str) -> str:
    folded = fold(words)
    if folded in YES or folded in NO:
        return "1" if folded in YES else "0"
    raise NotUnderstood(f"「{name}」只有是、否兩種，「{words}」讀不懂")


def _year(name: str, words: str) -> int:
    year = amounts.gregorian(words)
    if year is None:
        raise NotUnderstood(f"「{name}」要填一個年度，例如 113 或 2024；「{words}」讀不懂")
    return year


def _money(name: str, words: str) -> str:
    return _number(amounts.money(words), f"「{name}」要填金額，例如 1.5 億、4,200 萬元或 20601000；「{words}」讀不懂")


def _share(name: str, words: str, largest: float | None) -> str:
    found = amounts.share(words)
    if found is not None and not found[1] and largest is not None and found[0] > Decimal(largest):
        found = None
    return _number(found and found[0], f"「{name}」要填百分比，例如 95%；「{words}」讀不懂")


def _as_printed(name: str, words: str) -> str:
    number = None if set(words) & {*amounts.MYRIADS, "千"} else amounts.amount(words, ("%",))
    return _number(
        number, f"「{name}」是報告印出的數字，單位另在「單位」欄；請只填數字，或改用「換算值」。「{words}」讀不懂"
    )


def _amount(name: str, words: str, units: tuple[str, ...]) -> str:
    return _number(amounts.amount(words, units), f"「{name}」要填數字；「{words}」讀不懂")


def _number(number: Decimal | None, otherwise: str) -> str:
    if number is None:
        raise NotUnderstood(otherwise)
    return amounts.written(number)
