"""The unit behind a number: 萬公噸 CO2e, kW/CMM, 公斤 CO2e/度, 家.

The longest form of units.csv that stands at the spot wins; spaces and one line break between its characters do not
matter. A tonne may name its carbon; a slash may name a denominator: /年 makes the figure annual, any other makes it a
rate, and a rate is written with the symbols of its two units (t/h, kgCO2e/kWh).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from extract.language.fold import SCRIPTS
from extract.language.lexicon import longest_form, table, unit_forms
from extract.language.sheet import Unit, UnitForm

WINDOW = 48
"""Characters behind a number that can belong to its unit."""
CARBON_JOINTS = "-·•.("


@dataclass(frozen=True, slots=True)
class Tail:
    """The characters behind a number without spaces: `key` folded for lookup, `ends` the offset behind each in the text,
    `printed` as they stand."""

    key: str
    printed: str
    ends: tuple[int, ...]


def tail(folded: str, at: int) -> Tail:
    """What stands behind the offset, up to the window or a second line break."""
    keys: list[str] = []
    printed: list[str] = []
    ends: list[int] = []
    breaks = 0
    for offset in range(at, min(at + WINDOW, len(folded))):
        c = folded[offset]
        breaks += c == "\n"
        if breaks > 1:
            break
        low = c.translate(SCRIPTS).lower()
        if c.isspace() or len(low) != 1:
            continue
        keys.append(low)
        printed.append(c)
        ends.append(offset + 1)
    return Tail("".join(keys), "".join(printed), tuple(ends))


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
    if following and following in form.not_before:
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
    return spot.ends[at] - spot.ends[at - 1] == 1


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


def carbon_words() -> tuple[str, ...]:
    """The words for carbon behind a tonne, longest first."""
    return tuple(sorted(table("names")["carbon"]["words"], key=len, reverse=True))


def find_unit(folded: str, at: int) -> Unit | None:
    """The unit that begins at this offset (spaces skipped), or None."""
    spot = tail(folded, at)
    if not spot.key:
        return None
    form = form_at(spot, 0)
    begin = 0
    if form is None and spot.key[0] in "的之" and carbon_at(spot, 1):
        begin = 1
        form = form_at(spot, 1)
    if form is None:
        return _prefixed_carbon(at, spot)
    return _complete(at, spot, begin + len(_key(form)), form)


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
    carbon = False
    if form.dimension == "mass":
        extra = carbon_at(spot, length)
        if not extra and spot.key[length : length + 1] in ("的", "之"):
            extra = carbon_at(spot, length + 1) and carbon_at(spot, length + 1) + 1
        carbon, length = bool(extra), length + extra
    annual, per = False, None
    end = length
    cursor = length
    while cursor < len(spot.key) and spot.key[cursor] in "/·.-":
        if spot.key[cursor] != "/" and per is None:
            break
        step = cursor + 1 + (spot.key[cursor + 1 : cursor + 2] == "每")
        year = next((y for y in table("names")["annual"]["denominators"] if spot.key.startswith(y, step)), None)
        if year is not None and _ends_word(spot, step, len(year)):
            if spot.key[cursor] == "/":
                annual = True
            else:
                per = f"{per}·yr"
            cursor = end = step + len(year)
            continue
        below = form_at(spot, step, rate=True)
        if below is None or per is not None or not _may_divide(form, below):
            break
        per = below.rate
        cursor = end = step + len(_key(below))
    if annual and form.dimension == "mass" and not carbon:
        extra = carbon_at(spot, end)
        carbon, length = bool(extra), (end + extra if extra else length)
        end = max(end, length)
    # the denominator 年 is no part of the unit as printed, a rate's is
    printed_end = end if per is not None else length
    canonical, factor = form.canonical, form.factor
    if per is not None:
        above = form.rate or form.canonical
        if form.dimension == "money":
            above, factor = "NTD", form.factor
        else:
            factor = Decimal(1) if form.rate else form.factor
        canonical = f"{above}CO2e/{per}" if carbon else f"{above}/{per}"
    elif carbon:
        canonical = "tCO2e"
    return Unit(
        at, spot.ends[printed_end - 1], form, canonical, factor, carbon or form.dimension == "carbon", per, annual
    )


def _ends_word(spot: Tail, at: int, length: int) -> bool:
    following = spot.key[at + length : at + length + 1]
    last = spot.key[at + length - 1]
    return not (last.isascii() and following.isascii() and following.isalnum())


def _may_divide(above: UnitForm, below: UnitForm) -> bool:
    """Whether a slash between the two is a rate: 5 場/家 counts, it does not divide."""
    return not (above.dimension == "counter" and below.dimension in ("counter",))
