"""Numbers that say how nothing much: parts of codes, names, dates and idioms.

Each rule looks at what stands directly around a number and gives the reason why it is no figure, or None.
"""

from __future__ import annotations

from functools import cache

import regex

from extract.language.clauses import QUOTES
from extract.language.lexicon import TIMEOUT, any_of, table
from extract.language.numerals import DIGITS
from extract.language.periods import GREGORIAN_YEARS, ROC_YEARS
from extract.language.sheet import Number, Reason, Unit

LATIN_BEFORE = regex.compile(r"(?<![0-9A-Za-z])(?<![0-9] )([A-Za-z][A-Za-z&-]*+)[ .:#-]{0,2}$")
LOOK_BACK = 24
CLAUSE_ENDS = frozenset("，。；、,;)\n") | {""}
RANGE = frozenset("-~至到")
LISTED = frozenset(("、", "及", "和", "與", "或", "以及", "暨", "±"))
"""What stands between two numbers that share a unit."""


@cache
def _latin() -> frozenset[str]:
    return frozenset(table("names")["code"]["latin"])


@cache
def _words(kind: str) -> tuple[str, ...]:
    found: list[str] = table("names")["code"][kind]
    return tuple(found)


@cache
def _clock() -> tuple[str, ...]:
    """上午: what follows is a time of day."""
    words: list[str] = table("names")["clock"]["before"]
    return tuple(words)


def _why_place_or_time(before: str, after: str) -> Reason | None:
    """Whether a number is a time of day (上午 9 時) or names a road (台 9 線)."""
    if before.endswith(_clock()):
        return "time of day"
    if before.endswith("台") and after.startswith(("線", "甲線", "乙線", "丙線", "丁線")):
        return "name"
    return None


def has_money_sign(folded: str, number: Number) -> bool:
    """Whether NT$ or 新臺幣 stands directly before the number."""
    before = folded[max(0, number.start - LOOK_BACK) : number.start].rstrip(" :：約達近逾")
    return before.endswith((*_words("money"), "台幣"))


def why_label(folded: str, number: Number) -> Reason | None:
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
    if previous == "±":
        return "tolerance"
    if previous in ("+", "^") or folded[end : end + 1] == "+":
        return "code"
    if folded[end : end + 1] in (":", "/") and folded[end + 1 : end + 2].isdecimal():
        return "date or ratio"
    trimmed = before.rstrip(" ")
    if reason := _why_place_or_time(trimmed, folded[end : end + 3].lstrip()):
        return reason
    if trimmed.endswith("每"):
        return "denominator"
    bare = before.rstrip(" :：#-.")
    if not number.chinese and bare.endswith(_words("chinese")) and not _ends_other_word(bare):
        return "label"
    if _ends_in_code_word(bare, before):
        return "code"
    if any(folded.startswith(idiom, start) for idiom in table("names")["name"]["idioms"]):
        return "idiom"
    return None


def _ends_other_word(before: str) -> bool:
    """Whether 圖 or 表 here is the end of a word such as 地圖."""
    further = before[-2:-1]
    after: str = table("names")["code"]["figure_words_after"]
    return before[-1:] in ("圖", "表") and "\u4e00" <= further <= "\u9fff" and further not in after


def _ends_in_code_word(bare: str, before: str) -> bool:
    """Whether a Latin word such as ISO or CO stands before the number."""
    if not bare or not bare[-1].isascii() or not bare[-1].isalpha():
        return False
    latin = LATIN_BEFORE.search(before, timeout=TIMEOUT)
    return latin is not None and latin[1].lower() in _latin()


def is_item_number(folded: str, number: Number) -> bool:
    """Whether a number is the mark of an item: 1. or 1、 or (1) at the start of a line or sentence, or (1) anywhere."""
    if number.end - number.start > 2 or number.chinese:
        return False
    before = folded[max(0, number.start - LOOK_BACK) : number.start].rstrip(" ")
    following = folded[number.end : number.end + 1]
    if before.endswith("(") and following == ")":
        return True
    is_first = not before or before[-1] in "\n。:;；："
    return is_first and following in (".", "、", ")") and not folded[number.end + 1 : number.end + 2].isdecimal()


def is_bare_year(folded: str, number: Number) -> bool:
    """Whether a number without a unit is a year without its 年 (113 執行成果, 2050 淨零, 110-114)."""
    printed = folded[number.start : number.end]
    if not printed.isdecimal() or number.factor != 1:
        return False
    return int(printed) in ROC_YEARS or int(printed) in GREGORIAN_YEARS


@cache
def _payback() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    rules = table("kinds")["payback"]
    return (
        regex.compile(rf"(?:{any_of(rules['before'])})[^，。；0-9]{{0,8}}$"),
        regex.compile(rf"[^，。；0-9]{{0,8}}(?:{any_of(rules['after'])}|回收(?=[\s，。；、)]|$))"),
        regex.compile(rf"[^，。；]{{0,4}}(?:{any_of(rules['labels'] + rules['before'])})[^，。；]{{0,4}}"),
    )


def is_payback(folded: str, number: Number, unit: Unit, label: str = "") -> bool:
    """Whether years are those after which an investment is back; `label` is what stands over or beside the text."""
    if number.value >= ROC_YEARS.start:
        return False
    if label and _payback()[2].fullmatch("".join(label.split()), timeout=TIMEOUT):
        return True
    around = folded[max(0, number.start - LOOK_BACK) : unit.end + LOOK_BACK]
    if not any(c in around for c in "回還"):
        return False
    before, after, _ = _payback()
    return (
        after.match(folded, unit.end, timeout=TIMEOUT) is not None
        or before.search(folded, max(0, number.start - LOOK_BACK), number.start, timeout=TIMEOUT) is not None
    )


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


@cache
def _one_at_end() -> regex.Pattern[str]:
    """A verb and what it did, before a 一 that ends the clause with its counter."""
    rules = table("names")["chinese"]
    return regex.compile(rf"(?:{any_of(rules['one_done'])})[^，。；：:每]{{1,20}}(?<![{rules['one_never_after']}])$")


def _is_one_at_end(folded: str, number: Number, unit: Unit) -> bool:
    """Whether a 一 with its counter sums up what was done: 建置監控系統一套。"""
    if folded[unit.end : unit.end + 1] not in CLAUSE_ENDS:
        return False
    return _one_at_end().search(folded, max(0, number.start - LOOK_BACK), number.start, timeout=TIMEOUT) is not None


def why_no_chinese_amount(folded: str, number: Number, unit: Unit | None, label: str = "") -> Reason | None:
    """Why a Chinese numeral is part of a word (三園區, 一般, 第一家) and no amount; None if it is one. `label` is what
    stands over or beside the text."""
    if number.share:
        return None
    rules = table("names")["chinese"]
    is_back = unit is not None and unit.dimension == "year" and is_payback(folded, number, unit, label)
    if unit is None or (unit.form.chinese == "" and not is_back) or folded[number.after : unit.start].strip():
        return "word"
    printed = folded[number.start : number.end]
    if number.value == 0 or (len(printed) > 1 and all(c in DIGITS for c in printed)):
        return "word"  # 零件; 三四家 is three or four
    before = folded[max(0, number.start - LOOK_BACK) : number.start].rstrip(" ")
    if before and before[-1:] in rules["before"] and not before.endswith(tuple(rules["before_but"])):
        return "word"
    if any(folded.startswith(word, number.start) for word in rules["words"]):
        return "word"
    if before[-1:].isdecimal() or (before[-1:].isascii() and before[-1:].isalpha()):
        return "word"
    if number.value == 1 and not number.more and not is_back:
        if unit.dimension == "share":
            return None if before.endswith(tuple(rules["tenth_after"])) else "word"  # 逾一成
        is_done = before.endswith(tuple(rules["one_after"])) or _is_one_at_end(folded, number, unit)
        return None if unit.form.chinese == "1" and is_done else "word"
    return None
