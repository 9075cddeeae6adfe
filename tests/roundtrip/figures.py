"""Sentences with figures whose reading is known, because the figures came first."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Any

from tests.roundtrip.codes import CHINESE
from tests.roundtrip.wording import AMOUNTS, Amount

Figure = dict[str, Any]
"""A quantity in the gold schema, without the measure, side and ordinal that it belongs to."""

FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
BEFORE = {"約": "~", "至少": ">=", "超過": ">", "逾": ">", "不低於": ">=", "近": "<"}
AFTER = {"以上": ">=", "以下": "<="}
_SLOT = re.compile(r"\{(.+?)\}")


@dataclass(frozen=True, slots=True)
class Manner:
    """How a report prints numbers, the same on all its pages."""

    space: str
    full_width: bool
    separators: bool
    has_chinese: bool
    co2e: str


@dataclass(frozen=True, slots=True)
class Span:
    """The time a phrase speaks of: the gold schema's scope with the years that the words give."""

    scope: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """An amount as printed and what is special about it."""

    text: str
    comparator: str = "="
    high: Decimal | None = None
    in_ntd: bool = False


def manner(rng: Random) -> Manner:
    """A manner of printing numbers."""
    return Manner(
        space=rng.choice(["", " "]),
        full_width=rng.random() < 0.15,
        separators=rng.random() < 0.7,
        has_chinese=rng.random() < 0.3,
        co2e=rng.choice([" CO2e", " CO2e", " CO2e", "CO2e", " CO₂e", "二氧化碳當量"]),
    )


def phrase(rng: Random, how: Manner, activity: str, span: Span) -> tuple[str, Figure]:
    """The activity with its slot filled, and the figure in it."""
    slot = _SLOT.search(activity)
    if slot is None:
        raise ValueError(f"no slot in {activity!r}")
    amount = AMOUNTS[slot[1]]
    if amount.kind == "rate" and span.scope == "cumulative":
        raise ValueError("a share is never cumulative")
    value = _value(rng, amount)
    unit = amount.unit.replace(" CO2e", how.co2e)
    forms = [form for form in (*[_plain] * 9, *_FORMS) if form is _plain or rng.random() < 0.9]
    printed = next(p for p in (rng.choice(forms)(rng, how, value, unit), _plain(rng, how, value, unit)) if p)
    text = activity[: slot.start()] + printed.text + activity[slot.end() :]
    return text, {
        "value": number(value * 100000000 if printed.in_ntd else value),
        "value_high": None if printed.high is None else number(printed.high),
        "unit": "元" if printed.in_ntd else unit,
        "canonical_value": number(value * amount.factor),
        "canonical_unit": amount.canonical_unit,
        "kind": amount.kind,
        "scope": span.scope,
        "start_year": span.start,
        "end_year": span.end,
        "comparator": printed.comparator,
        "quote": text,
    }


def number(value: Decimal) -> int | float:
    """As JSON writes it best."""
    return int(value) if value == value.to_integral_value() else float(value)


def _plain(_: Random, how: Manner, value: Decimal, unit: str) -> Printed | None:
    return Printed(f"{how.space}{_digits(value, how)}{_gap(how, unit)}{unit}")


def _range(rng: Random, how: Manner, value: Decimal, unit: str) -> Printed | None:
    high = value + max(Decimal(1), value // 5)
    if unit == "%" and high > 100:
        return None
    links = ["至", "~", "～"] if 100 <= value <= 130 else ["至", "~", "-", "～"]  # 110-114 would be years
    text = f"{_digits(value, how)}{rng.choice(links)}{_digits(high, how)}"
    return Printed(f"{how.space}{text}{_gap(how, unit)}{unit}", high=high)


def _word_before(rng: Random, how: Manner, value: Decimal, unit: str) -> Printed | None:
    word = rng.choice(list(BEFORE))
    return Printed(f"{word}{how.space}{_digits(value, how)}{_gap(how, unit)}{unit}", BEFORE[word])


def _word_after(rng: Random, how: Manner, value: Decimal, unit: str) -> Printed | None:
    word = rng.choice(list(AFTER))
    return Printed(f"{how.space}{_digits(value, how)}{_gap(how, unit)}{unit}{word}", AFTER[word])


def _and_more(_: Random, how: Manner, value: Decimal, unit: str) -> Printed | None:
    """120 餘家, 3.5 億餘元."""
    if unit == "億元":
        return Printed(f"{how.space}{_digits(value, how)}{how.space}億餘元", ">")
    if value < 20 or value % 10 or unit[0] in "萬億%":
        return None
    return Printed(f"{how.space}{_digits(value, how)}{how.space}餘{unit}", ">")


def _chinese(_: Random, how: Manner, value: Decimal, unit: str) -> Printed | None:
    """十二場."""
    if not how.has_chinese or value > 99 or value % 1 or unit[0] in "萬億公%" or unit.isascii():
        return None
    tens, ones = divmod(int(value), 10)
    if not tens:
        return Printed(("兩" if ones == 2 else CHINESE[ones - 1]) + unit)
    return Printed(("" if tens == 1 else CHINESE[tens - 1]) + "十" + (CHINESE[ones - 1] if ones else "") + unit)


def _compound(_: Random, how: Manner, value: Decimal, unit: str) -> Printed | None:
    """1億2,000萬元."""
    if unit != "億元" or value % 1 == 0:
        return None
    return Printed(f"{how.space}{int(value)}億{_digits(value % 1 * 10000, how)}萬元", in_ntd=True)


Form = Callable[[Random, Manner, Decimal, str], Printed | None]
_FORMS: tuple[Form, ...] = (_range, _word_before, _word_after, _and_more, _chinese, _compound)


def _gap(how: Manner, unit: str) -> str:
    return "" if unit == "%" else how.space


def _value(rng: Random, amount: Amount) -> Decimal:
    if amount.decimals and rng.random() < 0.7:
        scale = int(10**amount.decimals)
        return Decimal(rng.randint(amount.low * scale, amount.high * scale)) / scale
    value = rng.randint(amount.low, amount.high)
    return Decimal(value // 10 * 10 if value > 50 and rng.random() < 0.4 else value)


def _digits(value: Decimal, how: Manner) -> str:
    text = f"{int(value):,}" if value == value.to_integral_value() else f"{value.normalize():,f}"
    if how.full_width:  # a full-width separator would look like the end of a clause
        return text.replace(",", "").translate(FULL_WIDTH)
    return text if how.separators else text.replace(",", "")
