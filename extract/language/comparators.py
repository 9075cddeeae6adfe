"""Whether a figure is exact, an estimate or a bound: 約, 以上, 至少, 超過, 近, 餘, ≥ (SCHEMA.md, comparator)."""

from __future__ import annotations

from functools import cache
from typing import cast

import regex

from extract.language.lexicon import TIMEOUT, any_of, table
from extract.language.sheet import Figure, Sheet
from extract.records import Comparator

BETWEEN_BEFORE = r"(?:\s|新[台臺]幣|NT\$|NTD|達到|達|為|了|有|[:：(]|\$|\{|\})*+"
BETWEEN_AFTER = r"\s?(?:[^\s，,。；;：:、()0-9以左上取獲達屬為具及與和或級等用符]{1,5}\s?)?"
REACH = 40
"""Characters of a clause that are looked through for 約."""


@cache
def _before() -> tuple[regex.Pattern[str], dict[str, Comparator]]:
    """One pattern for the words before a number, and what each of them means."""
    signs = {word: cast(Comparator, sign) for sign, words in table("comparators")["before"].items() for word in words}
    listed = "|".join(_word(word) for word in sorted(signs, key=len, reverse=True))
    return regex.compile(rf"(?P<word>{listed}){BETWEEN_BEFORE}$"), signs


@cache
def _clause() -> tuple[tuple[Comparator, regex.Pattern[str]], ...]:
    return tuple(
        (cast(Comparator, sign), regex.compile("|".join(_word(w) for w in words)))
        for sign, words in table("comparators")["clause"].items()
    )


@cache
def _after() -> tuple[tuple[Comparator, regex.Pattern[str]], ...]:
    return tuple(
        (
            cast(Comparator, sign),
            regex.compile(
                rf"{BETWEEN_AFTER}(?:{any_of(words)})(?!述|開)" if sign in (">=", "<=") else rf"\s?(?:{any_of(words)})"
            ),
        )
        for sign, words in table("comparators")["after"].items()
    )


def _word(word: str) -> str:
    """約 is part of a word in 節約 and 約束."""
    if word != "約":
        return str(regex.escape(word))
    rules = table("comparators")["not"]
    return rf"(?<![{rules['before_yue']}])約(?![{rules['after_yue']}])"


@cache
def _no_words() -> regex.Pattern[str]:
    """Words that hold one of the others and mean nothing of the kind."""
    return regex.compile(any_of(table("comparators")["not"]["words"]))


def compare(sheet: Sheet, index: int) -> Comparator:
    """The comparator of a figure."""
    figure = sheet.figures[index]
    after = _behind(sheet, index)
    if after is not None:
        return after
    if figure.number.more or (figure.high is not None and figure.high.more):
        return ">"
    begin = max(figure.start - REACH, sheet.figures[index - 1].end if index else 0)
    before = _no_words().sub("", sheet.folded[begin : figure.start])
    pattern, signs = _before()
    direct = pattern.search(before, timeout=TIMEOUT)
    if direct is not None:
        return signs[direct["word"]]
    clause = regex.split(r"[，,；;。：:\n]", before, timeout=TIMEOUT)[-1]
    for sign, anywhere in _clause():
        if anywhere.search(clause, timeout=TIMEOUT):
            return sign
    return "="


def _behind(sheet: Sheet, index: int) -> Comparator | None:
    """The comparator that stands behind a figure, before the next one begins."""
    figure = sheet.figures[index]
    stop = sheet.figures[index + 1].start if index + 1 < len(sheet.figures) else len(sheet.folded)
    behind = sheet.folded[_unit_end(figure) : min(stop, _unit_end(figure) + 16)]
    for sign, pattern in _after():
        if pattern.match(behind, timeout=TIMEOUT):
            return sign
    return None


def _unit_end(figure: Figure) -> int:
    """Where the words behind a figure begin: behind the unit, also where a later number of a list carries it."""
    return max(figure.end, figure.unit.end)
