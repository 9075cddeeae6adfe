"""Sentences with figures whose reading is known, because the figures came first."""

import re
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from tests.roundtrip.wording import AMOUNTS, Amount

Figure = dict[str, Any]
"""A quantity in the gold schema, without the measure, side and ordinal that it belongs to."""

FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_SLOT = re.compile(r"\{(.+?)\}")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a report prints numbers, the same on all its pages."""

    space: str = " "
    full_width: bool = False
    separators: bool = True
    chinese_small: bool = False
    plain_co2e: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """The time a phrase speaks of: SCHEMA.md's scope with the years that the words give."""

    scope: str
    start: int | None = None
    end: int | None = None


def manner(rng: Random) -> Manner:
    """A manner of printing numbers."""
    return Manner(
        space=rng.choice(["", " "]),
        full_width=rng.random() < 0.15,
        separators=rng.random() < 0.7,
        chinese_small=rng.random() < 0.3,
        plain_co2e=rng.random() < 0.3,
    )


def phrase(rng: Random, how: Manner, activity: str, span: Span) -> tuple[str, Figure]:
    """The activity with its slot filled, and the figure in it."""
    slot = _SLOT.search(activity)
    if slot is None:
        raise ValueError(f"no slot in {activity!r}")
    amount = AMOUNTS[slot[1]]
    printed, figure = _amount(rng, how, amount)
    if amount.kind == "rate" and span.scope == "cumulative":
        raise ValueError("a share is never cumulative")
    figure |= {"scope": span.scope, "start_year": span.start, "end_year": span.end}
    text = activity[: slot.start()] + printed + activity[slot.end() :]
    figure["quote"] = text
    return text, figure


def _amount(rng: Random, how: Manner, amount: Amount) -> tuple[str, Figure]:
    value = _value(rng, amount)
    high: Decimal | None = None
    comparator = "="
    before = after = more = ""
    unit = amount.unit.replace("CO2e", "二氧化碳當量" if how.plain_co2e else "CO2e").replace(" 二", "二")
    number = _number(value, how)
    form = rng.random()
    if form < 0.08:
        high = value + max(Decimal(1), value // 5)
        number = f"{number}{rng.choice(['至', '~', '～'] if 100 <= value <= 130 else ['至', '~', '-', '～'])}{_number(high, how)}"
    elif form < 0.16:
        before, comparator = rng.choice([("約", "~"), ("至少", ">="), ("超過", ">"), ("逾", ">")])
    elif form < 0.22:
        after, comparator = "以上", ">="
    elif form < 0.27 and amount.decimals == 0 and value >= 20 and value % 10 == 0 and unit[0] not in "萬億":
        more, comparator = "餘", ">"
    elif form < 0.37 and how.chinese_small and amount.decimals == 0 and value <= 99 and unit[0] not in "萬億千":
        number = _chinese(int(value))
        text = f"{number}{unit}"
        return text, _record(amount, unit, value, None, "=")
    elif form < 0.40 and unit == "億元" and value != int(value):
        number = f"{int(value)}億{_number((value - int(value)) * 10000, how)}"
        text = f"{how.space}{number}萬元"
        figure = _record(amount, "元", value, None, "=")
        return text, figure | {"value": _plain(value * 100000000)}
    space = "" if unit == "%" else how.space
    text = f"{before}{how.space}{number}{space}{more}{unit}{after}"
    return text, _record(amount, unit, value, high, comparator)


def _record(amount: Amount, unit: str, value: Decimal, high: Decimal | None, comparator: str) -> Figure:
    return {
        "value": _plain(value),
        "value_high": None if high is None else _plain(high),
        "unit": unit,
        "canonical_value": _plain(value * amount.factor),
        "canonical_unit": amount.canonical_unit,
        "kind": amount.kind,
        "comparator": comparator,
    }


def _value(rng: Random, amount: Amount) -> Decimal:
    if amount.decimals and rng.random() < 0.7:
        scale = 10**amount.decimals
        return Decimal(rng.randint(amount.low * scale, amount.high * scale)) / scale
    value = rng.randint(amount.low, amount.high)
    return Decimal(value // 10 * 10 if value > 50 and rng.random() < 0.4 else value)


def _plain(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _number(value: Decimal, how: Manner) -> str:
    whole = value == value.to_integral_value()
    text = f"{int(value):,}" if whole else f"{value.normalize():,f}"
    if not how.separators or how.full_width:
        text = text.replace(",", "")
    return text.translate(FULL_WIDTH) if how.full_width else text


def _chinese(value: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(value, 10)
    if not tens:
        return "兩" if value == 2 else digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
