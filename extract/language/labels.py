"""Numbers that say how nothing much: parts of codes, names, dates and idioms.

Each rule looks at what stands directly around a number and gives the reason why it is no figure, or None.
"""

from __future__ import annotations

from functools import cache

import regex

from extract.language.clauses import QUOTES
from extract.language.lexicon import TIMEOUT, any_of, table
from extract.language.sheet import Number, Unit

LATIN_BEFORE = regex.compile(r"(?<![0-9A-Za-z])(?<![0-9] )([A-Za-z][A-Za-z&-]*+)[ .:#-]{0,2}$")
LOOK_BACK = 24


@cache
def _latin() -> frozenset[str]:
    return frozenset(table("names")["code"]["latin"])


@cache
def _label() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of(table('names')['code']['chinese'])})\s?[:：#-]?\s?$")


@cache
def _money() -> regex.Pattern[str]:
    return regex.compile(rf"(?:{any_of(table('names')['code']['money'])}|[新台]幣)\s?[:：約達近逾]*\s?$")


def has_money_sign(folded: str, number: Number) -> bool:
    """Whether NT$ or 新臺幣 stands directly before the number."""
    return _money().search(folded[max(0, number.start - LOOK_BACK) : number.start], timeout=TIMEOUT) is not None


def why_label(folded: str, number: Number) -> str | None:
    """Why what stands before or around a number makes it no figure, None if nothing does."""
    start, end = number.start, number.end
    before = folded[max(0, start - LOOK_BACK) : start]
    previous, second = before[-1:], before[-2:-1]
    if has_money_sign(folded, number):
        return None
    if (previous.isascii() and previous.isalpha()) or previous == "_":
        return "code"
    if previous in "-./:+&" and previous and second.isascii() and second.isalpha():
        return "code"
    if previous in "/:" and previous and second.isdecimal():
        return "date or ratio"
    if previous == "+" or folded[end : end + 1] == "+":
        return "code"
    if folded[end : end + 1] == ":" and folded[end + 1 : end + 2].isdecimal():
        return "date or ratio"
    if folded[end : end + 1] == "/" and folded[end + 1 : end + 2].isdecimal():
        return "date or ratio"
    trimmed = before.rstrip(" ")
    if trimmed.endswith("每"):
        return "denominator"
    if not number.chinese and _label().search(before, timeout=TIMEOUT):
        return "label"
    latin = LATIN_BEFORE.search(before, timeout=TIMEOUT)
    if latin is not None and latin[1].lower() in _latin():
        return "code"
    if any(folded.startswith(idiom, start) for idiom in table("names")["name"]["idioms"]):
        return "idiom"
    return None


def is_item_number(folded: str, number: Number) -> bool:
    """Whether a number is the mark of an item: 1. or 1、 or (1) at the start of a line, or (1) anywhere."""
    line = folded.rfind("\n", max(0, number.start - LOOK_BACK), number.start) + 1
    before = folded[max(line, number.start - LOOK_BACK) : number.start]
    following = folded[number.end : number.end + 1]
    if before.strip(" ") in ("", "(") and (line or number.start <= LOOK_BACK):
        return following in ".、)" and following != "" and not folded[number.end + 1 : number.end + 2].isdecimal()
    return before.endswith("(") and following == ")" and number.end - number.start <= 2


def named_spans(folded: str) -> list[tuple[int, int]]:
    """Quoted strings that are names of plans, laws, techniques."""
    ends = tuple(table("names")["name"]["ends"])
    spans: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for at, c in enumerate(folded):
        if c in QUOTES:
            opened.append((QUOTES[c], at + 1))
        elif opened and c == opened[-1][0]:
            begin = opened.pop()[1]
            if folded[max(begin, at - 8) : at].rstrip(" )").endswith(ends):
                spans.append((begin, at))
        elif c == "\n":
            opened.clear()
    return sorted(spans)


def why_no_chinese_amount(folded: str, number: Number, unit: Unit | None) -> str | None:
    """Why a Chinese numeral is part of a word (三園區, 一般, 第一家) and no amount; None if it is one."""
    if number.share:
        return None
    rules = table("names")["chinese"]
    if unit is None or unit.form.chinese == "" or folded[number.after : unit.start].strip():
        return "word"
    before = folded[max(0, number.start - LOOK_BACK) : number.start].rstrip(" ")
    if before[-1:] in rules["before"] and before:
        return "word"
    if any(folded.startswith(word, number.start) for word in rules["words"]):
        return "word"
    if before[-1:].isdecimal() or (before[-1:].isascii() and before[-1:].isalpha()):
        return "word"
    if number.value == 1 and not number.more:
        return None if unit.form.chinese == "1" and before.endswith(tuple(rules["one_after"])) else "word"
    return None
