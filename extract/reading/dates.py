"""Years and months as reports print them: 113 年, 一一三年, 民國 113 年, 2024 年, 中華民國 114 年 11 月."""

from __future__ import annotations

import regex

from extract.documents.numbering import han_number

ROC = 1911
"""Gregorian year = ROC year + 1911."""

_H = "〇零○一二三四五六七八九十百"
_RANGE = regex.compile(rf"(?:\d{{2,4}}|[{_H}]{{2,5}})年?度?(?:[-－–—~～至到])(?:民國)?(?:\d{{2,4}}|[{_H}]{{2,5}})年")
_YEAR = regex.compile(rf"(?:西元|公元|民國)?(?<![\d\.,])(\d{{2,4}}|[{_H}]{{2,5}})年度?(?!\d{{0,2}}月|[{_H}]{{1,3}}月)")
_MONTH = regex.compile(
    rf"(?:中華民國|民國|西元|公元)?(?<!\d)(\d{{2,4}}|[{_H}]{{2,5}})(?:年|[./／-])(\d{{1,2}}|[{_H}]{{1,3}})(?:月|(?!\d))"
)


def to_number(words: str) -> int | None:
    """An Arabic or Chinese numeral as a number."""
    return int(words) if words.isdecimal() else han_number(words)


def to_roc(year: int | None) -> int | None:
    """A year as the ROC counts; a Gregorian one is turned, one that is neither is None."""
    if year is None:
        return None
    if 1990 <= year <= 2199:
        return year - ROC
    return year if 60 <= year <= 199 else None


def to_gregorian(year: int | None) -> int | None:
    """A printed year as a Gregorian one."""
    roc = to_roc(year)
    return None if roc is None else roc + ROC


def squeezed(text: str) -> str:
    """Without white space: title pages space glyphs out."""
    return "".join(text.split())


def roc_years(text: str) -> list[int]:
    """The ROC years that the words name, dates with a month and spans left out."""
    plain = _RANGE.sub("", squeezed(text))
    years = (to_roc(to_number(match.group(1))) for match in _YEAR.finditer(plain))
    return [year for year in years if year is not None]


def month_of(text: str) -> str | None:
    """The month that a line names, as `2025-11`; None where there is none."""
    for match in _MONTH.finditer(squeezed(text)):
        year, month = to_gregorian(to_number(match.group(1))), to_number(match.group(2))
        if year is not None and month is not None and 1 <= month <= 12:
            return f"{year}-{month:02}"
    return None
