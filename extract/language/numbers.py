"""Where numbers stand in a text, in any of the forms that reports print them.

1,463 · ２.５ · 1億2,340萬 · 1 兆 766 億 · 3.5億餘 · 十二 · 三萬五千 · 百分之三十 · -3.2. Whether a number is a figure
is not decided here.
"""

from __future__ import annotations

from decimal import Decimal

import regex

from extract.language.lexicon import TIMEOUT
from extract.language.numerals import NUMERAL_CHARACTERS, arabic, chinese, multiplier
from extract.language.sheet import Number, Refused

ARABIC = r"[0-9]{1,3}(?:[,，][0-9]{3})++(?![0-9])(?:\.[0-9]++)?|[0-9]++(?:\.[0-9]++)*+"
CHINESE = rf"(?![零〇][十拾百佰千仟萬億兆])[{NUMERAL_CHARACTERS}]++(?:點[{NUMERAL_CHARACTERS}]++)?"
TOKEN = regex.compile(rf"(?P<share>[百千]分之\s?)?(?:(?P<arabic>{ARABIC})|(?P<chinese>{CHINESE}))")
FACTOR = regex.compile(r"\s?(?P<more>[餘多]?)\s?(?P<factor>(?:十|百|千)?[萬億兆]|百|千)\s?(?P<more2>[餘多]?)")
MORE = regex.compile(r"\s?[餘多]")
NEXT_PART = regex.compile(rf"\s?(?:{ARABIC})(?![,，.]?[0-9])")
DIGIT = regex.compile("[0-9]")
NEGATIVE_AFTER = set(" \n(:：為達率約至是由、,，成量降減負增值[")
GOES_ON = frozenset(" \n餘多十百千萬億兆")
"""What stands behind digits that do not end a number yet."""
ONE = Decimal(1)


def find_numbers(folded: str) -> tuple[list[Number], list[Refused]]:
    """All numbers of a folded text in order, and the runs of digits that are none (1.1.1)."""
    numbers: list[Number] = []
    refused: list[Refused] = []
    at = 0
    while match := TOKEN.search(folded, at, timeout=TIMEOUT):
        if match["arabic"] is not None:
            value = arabic(match["arabic"])
            if value is None:
                refused.append(Refused(match.start(), match.end(), "code"))
                at = match.end()
                continue
            number = _arabic_number(folded, match, value)
        else:
            found = _chinese_number(folded, match)
            if found is None:
                at = match.end()
                continue
            number = found
        numbers.append(number)
        at = max(number.after, match.end())
    return numbers, refused


def _chinese_number(folded: str, match: regex.Match[str]) -> Number | None:
    share, start, end = match["share"], match.start(), match.end()
    value = chinese(match["chinese"])
    if value is None:
        return None
    more = MORE.match(folded, end)
    return Number(start, end, more.end() if more else end, _share(value, share), ONE, bool(more), True, bool(share))


def _share(value: Decimal, share: str | None) -> Decimal:
    """千分之五 as 0.5: a share counts in percent."""
    return value / 10 if share and share.startswith("千") else value


def _arabic_number(folded: str, match: regex.Match[str], value: Decimal) -> Number:
    """A number in digits with the 萬 and 餘 behind it, put together where it is compound."""
    share, start, digits, end = match["share"], match.start(), match.start("arabic"), match.end()
    if share:
        return Number(start, end, end, _share(value, share), ONE, False, False, True)
    if folded[digits - 1 : digits] == "-" and _is_sign(folded, digits - 1):
        start, value = digits - 1, -value
    if folded[end : end + 1] not in GOES_ON:
        return Number(start, end, end, value)
    total, factor, more = value, ONE, False
    digits_end = after = end
    while step := FACTOR.match(folded, after):
        if factor != ONE and multiplier(step["factor"]) >= factor:
            break  # 2 萬 3 億 are two amounts
        factor = multiplier(step["factor"])
        more = bool(step["more"] or step["more2"])
        after = step.end() if step["more2"] else step.end("factor")
        part = NEXT_PART.match(folded, after)
        if part is None or more:
            return Number(start, digits_end, after, total, factor, more)
        printed = part[0].strip()
        number = arabic(printed)
        if number is None or not _continues(folded, part.end(), number, factor):
            return Number(start, digits_end, after, total, factor, more)
        follow = FACTOR.match(folded, part.end())
        unit = multiplier(follow["factor"]) if follow else ONE
        total = total * factor / unit + number
        digits_end = after = part.end()
        if follow is None:
            return _with_more(folded, Number(start, digits_end, after, total))
    return _with_more(folded, Number(start, digits_end, after, total, factor, more))


def _with_more(folded: str, number: Number) -> Number:
    """The number with a 餘 or 多 behind it read as `more`."""
    more = MORE.match(folded, number.after)
    if more is None or number.more:
        return number
    return Number(number.start, number.end, more.end(), number.value, number.factor, True)


def _continues(folded: str, end: int, number: Decimal, factor: Decimal) -> bool:
    """Whether 2,340萬 goes on 1億, as one amount, and is not a figure of its own.

    What follows must have a smaller 萬 behind it, or fill the places that the larger one leaves: 12 萬 3,400, but not
    2 億 3 家.
    """
    follow = FACTOR.match(folded, end)
    if follow is not None:
        return multiplier(follow["factor"]) < factor and number * multiplier(follow["factor"]) < factor
    return factor / 10 <= number < factor


def _is_sign(folded: str, at: int) -> bool:
    """Whether the dash at this offset is a minus: at the start, or after what cannot be the lower end of a range."""
    before = folded[:at].rstrip(" ")[-1:] if at < 80 else folded[at - 80 : at].rstrip(" ")[-1:]
    if not before or before in NEGATIVE_AFTER:
        return True
    return folded[at - 1] == " " and "\u4e00" <= before <= "\u9fff" and not DIGIT.search(folded, max(0, at - 8), at)
