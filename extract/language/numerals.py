"""Numerals to Decimal: 1,463 and 十二, 三萬五千, 兩, 廿五, 三點五, 壹佰."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {
    c: n
    for n, chars in enumerate(("零〇", "一壹", "二兩貳", "三參", "四肆", "五伍", "六陸", "七柒", "八捌", "九玖"))
    for c in chars
}
SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE = {"萬": 10**4, "億": 10**8, "兆": 10**12}
TWENTIES = {"廿": 20, "卅": 30}
NUMERAL_CHARACTERS = "".join((*DIGITS, *SMALL, *LARGE, *TWENTIES))
LONGEST = 18
"""Digits that a figure can have; more is a code or noise."""


def arabic(printed: str) -> Decimal | None:
    """1,463 or 22,875.8 as a number, None where it is none (1.1.1, or longer than any amount)."""
    plain = printed.replace(",", "").replace("，", "")
    if plain.count(".") > 1 or len(plain) > LONGEST:
        return None
    return Decimal(plain)


def multiplier(printed: str) -> Decimal:
    """萬 as 10 000, 百萬 as 1 000 000."""
    product = Decimal(1)
    for c in printed:
        product *= SMALL.get(c) or LARGE[c]
    return product


def _section(printed: str) -> int | None:
    """Up to 9 999 (三千五百二十, 二千零五); None where the order of 十, 百 and 千 is no number's."""
    total, digit, last = 0, None, 10_000
    for c in printed:
        if c in TWENTIES:
            if digit is not None or last <= 10:
                return None
            total, last = total + TWENTIES[c], 10
        elif c in SMALL:
            if SMALL[c] >= last or digit == 0:
                return None
            last = SMALL[c]
            total, digit = total + (1 if digit is None else digit) * last, None
        elif DIGITS[c] == 0 and digit is None:
            continue
        elif digit is not None:
            return None
        else:
            digit = DIGITS[c]
    if digit is not None:
        total += digit
    return total


def _whole(printed: str) -> int | None:
    if all(c in DIGITS for c in printed):
        # 一一三 and 二〇二四 are read digit by digit: years are written so
        return int("".join(str(DIGITS[c]) for c in printed))
    total, last, rest = 0, 10**16, printed
    while rest:
        cut = next((i for i, c in enumerate(rest) if c in LARGE), None)
        if cut is None:
            tail = _section(rest)
            return None if tail is None else total + tail
        part = _section(rest[:cut]) if cut else None
        if part is None or LARGE[rest[cut]] >= last:
            return None
        last = LARGE[rest[cut]]
        total, rest = total + part * last, rest[cut + 1 :]
    return total


def chinese(printed: str) -> Decimal | None:
    """A Chinese numeral as a number; None for 萬 or 百 alone, 三五, or any run of characters that is no numeral."""
    head, point, tail = printed.partition("點")
    if len(printed) > LONGEST or printed[0] in "百千萬億兆佰仟":
        return None
    whole = _whole(head)
    if whole is None:
        return None
    if not point:
        return Decimal(whole)
    if not tail or not all(c in DIGITS for c in tail):
        return None
    return Decimal(f"{whole}." + "".join(str(DIGITS[c]) for c in tail))
