"""Years and periods of a 期程 cell: 110-114, 110–114 年, 110年至114年, 112, 2021-2025, 110.01-112.12, 一一〇年."""

from __future__ import annotations

import unicodedata

import regex

from extract.documents.numbering import han_number
from extract.reading.dates import ROC
from extract.reading.vocabulary import TIMEOUT

_YEAR = regex.compile(
    r"(?<![\d.])(?:(?:民國|西元)?\s*)(?P<year>(?:19|20)\d{2}|1[0-4]\d|[89]\d|一[〇○零一二三四][〇○零一二三四五六七八九]|一百[一二三四]?十[一二三四五六七八九]?)(?!\d)(?!\s*[.．]\d{3})"
)
_MONTH = regex.compile(r"(?:[./]\s*\d{1,2}(?!\d)|年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)")


def gregorian(year: int) -> int:
    """A year of either calendar as Gregorian: 113 and 2024 are 2024."""
    return year + ROC if year < 1000 else year


def read_period(text: str) -> tuple[int | None, int | None]:
    """First and last year, Gregorian; a single year is both; (None, None) where no year is printed.

    持續辦理, 110 年起 and the like give a start alone.
    """
    folded = _MONTH.sub("年", unicodedata.normalize("NFKC", text), timeout=TIMEOUT)
    years: list[int] = []
    for match in _YEAR.finditer(folded, timeout=TIMEOUT):
        printed = match["year"]
        value = int(printed) if printed.isdigit() and printed.isascii() else han_number(printed)
        if value is not None:
            years.append(gregorian(value))
    if not years:
        return None, None
    if len(years) == 1 and regex.search(r"年?\s*起|以後|迄今|持續", folded, timeout=TIMEOUT):
        return years[0], None
    return min(years), max(years)
