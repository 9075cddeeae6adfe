"""Numbers as people write them, read back: 1.2 億元, 4,205.1 萬, 95%, 民國 113 年, 第 34 頁.

Each function gives the number as a column stores it, None where the words are none. Exact: `Decimal`, no float.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from decimal import Decimal

import regex

from kb.identity import ROC

MYRIADS = {"兆": 10**12, "億": 10**8, "萬": 10**4}
NUMBER = r"\d+(?:\.\d+)?|\.\d+"
AMOUNT = regex.compile(
    rf"(?P<sign>[-+]?)(?:(?P<part>(?:{NUMBER})[兆億萬])*(?P<rest>{NUMBER})?(?P<thousand>千)?(?P<last>[億萬])?)(?P<unit>\D.*)?"
)
PART = regex.compile(rf"({NUMBER})([兆億萬])")
YEAR = regex.compile(r"(?P<count>民國|西元|公元)?(?P<year>\d{1,4})年?度?")
MONEY_MARKS = regex.compile(r"^(?:新臺幣|新台幣|臺幣|台幣|NT\$|NTD|\$)", regex.IGNORECASE)
LAST_ROC = 999
"""A year up to it is counted from 1912; a larger one is Gregorian."""


def tight(words: str) -> str:
    """Without what says nothing in a number or label: width, spaces, separators between digits, case."""
    folded = "".join(unicodedata.normalize("NFKC", words).split()).casefold()
    return str(regex.sub(r"(?<=\d),(?=\d{3})", "", folded))


def amount(words: str, units: Iterable[str] = ()) -> Decimal | None:
    """A number with 千, 萬, 億 in it (1億2,000萬 too), and none but one of these units behind it."""
    text = tight(words).removeprefix("第").removeprefix("約")
    found = AMOUNT.fullmatch(text, timeout=1)
    if found is None or not (found.captures("part") or found["rest"]):
        return None
    if found["unit"] and found["unit"] not in {tight(unit) for unit in units if unit}:
        return None
    if (found["thousand"] or found["last"]) and not found["rest"]:
        return None
    total = Decimal(0)
    for part in found.captures("part"):
        number, myriad = PART.fullmatch(part, timeout=1).groups()
        total += Decimal(number) * MYRIADS[myriad]
    rest = Decimal(found["rest"] or 0)
    total += rest * (1000 if found["thousand"] else 1) * MYRIADS.get(found["last"] or "", 1)
    return -total if found["sign"] == "-" else total


def money(words: str) -> Decimal | None:
    """NT$ in 元: 4.2051 億元, 2,060.1 萬, 新臺幣 980 元, 20601000."""
    return amount(MONEY_MARKS.sub("", tight(words)), ("元", "整", "元整"))


def share(words: str) -> tuple[Decimal, bool] | None:
    """A share of one, and whether it was written in per cent: 95% is 0.95, 0.95 is itself."""
    text = tight(words)
    is_percent = text.endswith("%")
    number = amount(text.removesuffix("%"))
    return None if number is None else (number / 100 if is_percent else number, is_percent)


def gregorian(words: str) -> int | None:
    """A year: 113, 113 年, 民國 113 年 and 2024 are all 2024. None for 0."""
    found = YEAR.fullmatch(tight(words), timeout=1)
    if found is None:
        return None
    year, count = int(found["year"]), found["count"]
    if year == 0:
        return None
    is_roc = count == "民國" or (count is None and year <= LAST_ROC)
    return year + ROC if is_roc else year


def written(number: Decimal) -> str:
    """For an address: without an exponent, and without zeros that say nothing."""
    text = f"{number:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
