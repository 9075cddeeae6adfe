"""The unit behind a number: 萬公噸 CO2e, kW/CMM, 公斤 CO2e/度, 家.

The longest form of units.csv that stands at the spot wins; spaces and one line break between its characters do not
matter. A tonne may name its carbon; a slash may name a denominator: /年 makes the figure annual, any other makes it a
rate, and a rate is written with the symbols of its two units (t/h, kgCO2e/kWh).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.language.compact import Compact, Tail
from extract.language.fold import SCRIPTS
from extract.language.lexicon import longest_form, table, unit_forms
from extract.language.sheet import Unit, UnitForm

CARBON_JOINTS = "-·•.("
JOINTS = "/·‧・.-"


@cache
def first_characters() -> frozenset[str]:
    """What a unit can begin with."""
    return frozenset(key[0] for key in unit_forms()) | {"的", "之"}


def form_at(spot: Tail, at: int, *, rate: bool = False) -> UnitForm | None:
    """The longest form at this place of the tail; only such as can stand in a rate if `rate`."""
    forms = unit_forms()
    for length in range(min(longest_form(), len(spot.key) - at), 0, -1):
        form = forms.get(spot.key[at : at + length])
        if form is None or (rate and not form.rate):
            continue
        if _fits(spot, at, length, form):
            return form
    return None


def _fits(spot: Tail, at: int, length: int, form: UnitForm) -> bool:
    following = spot.key[at + length : at + length + 1]
    if following == "級" and form.dimension not in ("counter", "date"):
        return False  # 6 噸級, MW 級
    if form.not_before and spot.key.startswith(form.not_before, at + length):
        return False
    last = spot.key[at + length - 1]
    if not last.isascii() or not last.isalnum():
        return True
    if following.isascii() and following.isalnum() and _is_joined(spot, at + length):
        return False
    # 5G is no gram and 3 W no name: one letter is a unit in its own case alone
    return length > 1 or spot.printed[at] == form.form or spot.printed[at] + form.form in ("lL",)


def _is_joined(spot: Tail, at: int) -> bool:
    """Whether no space parts the character from the one before it."""
    return spot.offsets[at] - spot.offsets[at - 1] == 1


def carbon_at(spot: Tail, at: int) -> int:
    """Length of the words that make tonnes carbon (CO2e, 二氧化碳當量, in brackets or not), 0 if there are none."""
    start = at
    while start < len(spot.key) and start - at < 2 and spot.key[start] in CARBON_JOINTS:
        start += 1
    for word in carbon_words():
        if spot.key.startswith(word, start):
            end = start + len(word)
            follower = spot.key[end : end + 1]
            if word[-1].isascii() and follower.isascii() and follower.isalnum() and _is_joined(spot, end):
                continue
            if "(" in spot.key[at:start]:
                return end + 1 - at if follower == ")" else 0
            return end - at
    return 0


@cache
def carbon_words() -> tuple[str, ...]:
    """The words for carbon behind a tonne, longest first."""
    return tuple(sorted(table("names")["carbon"]["words"], key=len, reverse=True))


def find_unit(compact: Compact, at: int) -> Unit | None:
    """The unit that begins at this offset (spaces skipped), or None."""
    spot = compact.tail(at)
    if spot.key[:1] not in first_characters():
        return None
    form = form_at(spot, 0)
    begin = 0
    if form is None and spot.key[0] in "的之" and carbon_at(spot, 1):
        begin = 1
        form = form_at(spot, 1)
    if form is None:
        return _prefixed_carbon(at, spot)
    return _complete(at, spot, begin + len(_key(form)), form)


@cache
def _key(form: UnitForm) -> str:
    return "".join(form.form.translate(SCRIPTS).lower().split())


def _prefixed_carbon(at: int, spot: Tail) -> Unit | None:
    """tCO2e, kgCO2e and ktCO2e, which print the tonne and its carbon as one word."""
    for prefix in ("t", "kt", "mt", "kg", "g", "gg"):
        length = carbon_at(spot, len(prefix)) if spot.key.startswith(prefix) else 0
        if length:
            return _complete(at, spot, len(prefix), unit_forms()[prefix])
    return None


def _complete(at: int, spot: Tail, length: int, form: UnitForm) -> Unit:
    """The unit with its carbon and its denominator."""
    carbon, length = _with_carbon(spot, length, form)
    below = _denominators(spot, length, form)
    end = below.end
    if below.annual and not carbon and below.per is None:  # 5,000 公噸/年 CO2e
        carbon, end = _with_carbon(spot, end, form)
        length = end if carbon else length
    # the denominator 年 is no part of the unit as printed, a rate's is
    printed_end = length if below.per is None else end
    canonical, factor = "tCO2e" if carbon else form.canonical, form.factor
    if below.per is not None:
        above = "NTD" if form.dimension == "money" else form.rate or form.canonical
        canonical = f"{above}CO2e/{below.per}" if carbon else f"{above}/{below.per}"
        if form.rate and form.dimension != "money":
            factor = Decimal(1)
        if (
            _is_chinese(form.canonical) and not below.annual
        ):  # 立方公尺/日, 公里/公升: what has no symbol stays as printed
            canonical = f"{form.canonical}/{spot.printed[length + 1 : end]}"
    is_carbon = carbon or form.dimension == "carbon"
    return Unit(at, spot.offsets[printed_end - 1] + 1, form, canonical, factor, is_carbon, below.per, below.annual)


def _is_chinese(unit: str) -> bool:
    return "\u4e00" <= unit[0] <= "\u9fff"


def _with_carbon(spot: Tail, length: int, form: UnitForm) -> tuple[bool, int]:
    """Whether a tonne that ends here names its carbon, and where that ends."""
    if form.dimension != "mass":
        return False, length
    extra = carbon_at(spot, length)
    if not extra and spot.key[length : length + 1] in ("的", "之"):
        extra = carbon_at(spot, length + 1)
        extra += bool(extra)
    return bool(extra), length + extra


@dataclass(frozen=True, slots=True)
class Below:
    """What stands under the line: the denominator of a rate, whether it is by year, and where it ends."""

    per: str | None
    annual: bool
    end: int


def _denominators(spot: Tail, length: int, form: UnitForm) -> Below:
    """/年, /度, /m2·yr behind a unit of this length."""
    per, annual, end = None, False, length
    while end < len(spot.key) and (spot.key[end] == "/" or (per is not None and spot.key[end] in JOINTS)):
        step = end + 1 + (spot.key[end + 1 : end + 2] == "每")
        year = next((y for y in _years() if spot.key.startswith(y, step) and _ends_word(spot, step, len(y))), None)
        if year is not None:
            per, annual = (per, True) if spot.key[end] == "/" else (f"{per}·yr", annual)
            end = step + len(year)
            continue
        below = form_at(spot, step, rate=True)
        if below is None or per is not None or not _may_divide(form, below):
            break
        per, end = below.rate, step + len(_key(below))
    return Below(per, annual, end)


@cache
def _years() -> tuple[str, ...]:
    return tuple(table("names")["annual"]["denominators"])


def _ends_word(spot: Tail, at: int, length: int) -> bool:
    following = spot.key[at + length : at + length + 1]
    last = spot.key[at + length - 1]
    return not (last.isascii() and following.isascii() and following.isalnum())


def _may_divide(above: UnitForm, below: UnitForm) -> bool:
    """Whether a slash between the two is a rate: 5 場/家 counts, it does not divide."""
    return not (above.dimension == "counter" and below.dimension in ("counter",))
