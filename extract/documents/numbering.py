"""The number in front of a heading or item: 壹、 一、 (一) 1. (1) ① 第一章 附件一 3.3.2.1.

What a style means is not said here: in one report 一、 stands over (一), in another below 第一章.
Only the style, the value and where the words begin are read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

Style = Literal[
    "annex",  # 附件一、 附錄二 附表3
    "chapter",  # 第一章
    "division",  # 第一節
    "formal",  # 壹、
    "han",  # 一、
    "han-bracket",  # (一)
    "decimal",  # 3.3.2.1
    "arabic",  # 1. 1、
    "arabic-bracket",  # (1) 1)
    "stem",  # 甲、
    "circled",  # ①
    "letter",  # A. a)
    "letter-bracket",  # (a)
    "roman",  # Ⅱ. II.
]

ORDER: tuple[Style, ...] = (
    "annex",
    "chapter",
    "division",
    "formal",
    "han",
    "han-bracket",
    "decimal",
    "arabic",
    "arabic-bracket",
    "stem",
    "circled",
    "letter",
    "letter-bracket",
    "roman",
)
"""The order that official papers use, larger first; a report may still nest them otherwise."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """A number in front of words.

    `printed` is the mark without the space after it; `parts` its value, several for 3.3.2.1; `length` counts the
    characters, spaces included, that stand before the words.
    """

    printed: str
    style: Style
    parts: tuple[int, ...]
    length: int


_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0, "兩": 2}
_FORMAL = {c: i for i, c in enumerate("零壹貳參肆伍陸柒捌玖")} | {"叁": 3, "参": 3, "弍": 2}
_DIGITS = _HAN | _FORMAL
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
_ROMAN = {"I": 1, "V": 5, "X": 10}
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_WIDE = str.maketrans("０１２３４５６７８９．", "0123456789.")

_H = "〇零○一二三四五六七八九十百廿卅"
_F = "壹貳參叁参肆伍陸柒捌玖拾佰"
_D = r"[0-9０-９]"
_AFTER_CODE = r"(?=[\s　、:：.．]|[\p{Han}「『《〈(（]|$)"
"""A code such as 3.1 ends before words; before a sign, as in `3.1+N`, it is no code."""

_PATTERNS: tuple[tuple[Style, regex.Pattern[str]], ...] = (
    (
        "annex",
        regex.compile(
            rf"附(?:件|錄|表|圖|則)\s*([{_H}{_F}]{{1,4}}|[{_STEMS}]|{_D}{{1,2}}(?:[-－]{_D}{{1,2}})?)(?:\s*[、:：.．]|(?=\s|$))"
        ),
    ),
    ("chapter", regex.compile(rf"第\s*([{_H}{_F}]{{1,4}}|{_D}{{1,2}})\s*(?:[章篇]|部(?!門))(?:\s*[、:：.．])?")),
    ("division", regex.compile(rf"第\s*([{_H}{_F}]{{1,4}}|{_D}{{1,2}})\s*節(?:\s*[、:：.．])?")),
    ("formal", regex.compile(rf"([{_F}]{{1,4}})\s*[、.．:：]")),
    ("han", regex.compile(rf"([{_H}]{{1,4}})\s*[、.．]")),
    ("han-bracket", regex.compile(rf"[(（〈【]\s*([{_H}]{{1,4}})\s*[)）〉】]\s*[、.．]?")),
    ("decimal", regex.compile(rf"({_D}{{1,2}}(?:[.．]{_D}{{1,3}}){{1,4}})[.．]?{_AFTER_CODE}[、:：]?")),
    ("arabic", regex.compile(rf"({_D}{{1,3}})\s*(?:[、．]|\.(?!{_D})|\.(?={_D}+[+＋]|{_D}{{4}}))")),
    ("arabic-bracket", regex.compile(rf"(?:[(（]\s*({_D}{{1,3}})\s*[)）]|({_D}{{1,3}})\s*[)）])\s*[、.．]?")),
    ("stem", regex.compile(rf"([{_STEMS}])\s*、|[(（]\s*([{_STEMS}])\s*[)）]")),
    ("circled", regex.compile(r"([\u2460-\u2473\u2776-\u277f\u24f5-\u24fe\u2780-\u2793])\s*[、.．]?")),
    ("letter", regex.compile(r"([A-Za-zＡ-Ｚ])\s*(?:[、．]|\.(?![A-Za-z0-9])|[)）])")),
    ("letter-bracket", regex.compile(r"[(（]\s*([A-Za-z])\s*[)）]\s*[、.．]?")),
    ("roman", regex.compile(r"([\u2160-\u216b]|[IVX]{1,5})\s*(?:[、．]|\.(?![A-Za-z0-9]))")),
)
_MEASURED = regex.compile(
    r"\s*(?:[%％℃°]|百?萬|億|兆|千?度|[百千]?公?噸|公(?:里|頃|斤|秉|升|尺|克)|千?元|倍|[MGk]Wh?|[MGk]?t)"
)
_SPACE = regex.compile(r"[\s　]*")


def han_number(text: str) -> int | None:
    """The value of a Chinese numeral under 1,000, `十二` as well as digits in a row, `一一三`; None if it is none."""
    if not text:
        return None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, None
    for char in text:
        if char in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[char]
            digit = None
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return None
    return total + (digit or 0)


def _value(style: Style, mark: str) -> tuple[int, ...]:
    mark = mark.translate(_WIDE)
    if style == "circled":
        code = ord(mark)
        start = next(s for s in (0x2793 - 9, 0x2780, 0x2776, 0x24F5, 0x2460) if code >= s)
        return (code - start + 1,)
    if mark in _STEMS:
        return (_STEMS.index(mark) + 1,)
    if style in {"letter", "letter-bracket"}:
        return ((ord(mark.upper()) - ord("A")) % 32 + 1,)
    if style == "roman":
        if len(mark) == 1 and ord(mark) >= 0x2160:
            return (ord(mark) - 0x2160 + 1,)
        values = [_ROMAN[c] for c in mark]
        return (sum(-v if v < max(values[i:]) else v for i, v in enumerate(values)),)
    if mark[0].isdigit() and mark[0].isascii():
        return tuple(int(part) for part in regex.split(r"[.\-－]", mark))
    return (han_number(mark) or 0,)


def read_numbering(text: str) -> Numbering | None:
    """The number that a line begins with, or None.

    `3.1+N 團隊` is item 3 of the words `1+N 團隊`; `1.5 度` or `113 年` at the start of a sentence is none.
    """
    lead = len(text) - len(text.lstrip())
    head = text[lead : lead + 40]
    for style, pattern in _PATTERNS:
        if match := pattern.match(head):
            if style == "decimal" and _MEASURED.match(head, match.end()) and len(_value(style, match.group(1))) == 2:
                return None  # 1.5 度: a measured value opens the line
            mark = next(group for group in match.groups() if group is not None)
            space = _SPACE.match(text, lead + match.end())
            return Numbering(
                match.group().strip(), style, _value(style, mark), space.end() if space else lead + match.end()
            )
    return None


_BARE = regex.compile(r"\s*(\d{1,2})[ \u3000]+(?=[\p{Han}「『])(?!個?月|年|日|家|項|場次|案|件)")


def read_heading_numbering(text: str) -> Numbering | None:
    """The number of a line that is known to be a heading: there a bare `2 措施` is numbered too, as the first level of
    2.1 and 2.1.1."""
    if (numbering := read_numbering(text)) is not None:
        return numbering
    match = _BARE.match(text)
    return Numbering(match.group(1), "decimal", (int(match.group(1)),), match.end()) if match else None


ITEM_STYLES = frozenset({"formal", "han", "han-bracket", "arabic", "arabic-bracket", "circled"})
"""Marks that items of a list carry; a code such as 1.1.1 names a row, not an item."""
CHAPTER_STYLES = frozenset({"annex", "chapter", "division"})
"""Marks that stand before a heading or a line of a list of annexes."""


def starts_item(text: str) -> bool:
    """Whether a line opens a numbered item or chapter: 1. (1) ① 一、 第三章"""
    numbering = read_numbering(text)
    return numbering is not None and numbering.style in ITEM_STYLES | CHAPTER_STYLES
