"""Raised signs in running text: the marks of footnotes, 80¹ 家, that are no part of the number before them."""

from __future__ import annotations

from itertools import groupby

import regex

from extract.documents.model import SUPERSCRIPT, PlacedText
from extract.reading.vocabulary import TIMEOUT

_SIGNS = {ord(raised): plain for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)}
_RAISE = {ord(plain): raised for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)}
_MARK = regex.compile(r"[(（\[]?[註注]?\s*[\d*＊※†‡、,，\s一二三四五六七八九十]+[)）\]]?|[註注]")
_UNIT = regex.compile(r"(?<![A-Za-z])[Nkcdmμ]?[Mm]$")
"""What 2 and 3 are raised behind: m², km², Nm³."""
_TEN = regex.compile(r"(?<![\d.,])10$")
LEAST_POWER = 3
"""10³ is a power of ten; 10¹ and 10² are rather ten with a footnote."""


def without_marks(text: PlacedText) -> str:
    """The words with blanks in place of raised marks, so that every offset stays. Powers of ten stay raised, as ¹²³:
    10³ is not 103."""
    if not any(map(_is_raised, text.text, text.styles)):
        return text.text
    words = list(text.text)
    for is_raised, group in groupby(range(len(words)), lambda i: _is_raised(words[i], text.styles[i])):
        run = list(group)
        printed = "".join(words[i] for i in run).translate(_SIGNS)
        before = text.text[: run[0]].rstrip(" ")[-4:]
        if not is_raised or _MARK.fullmatch(printed, timeout=TIMEOUT) is None or _is_unit(before, printed):
            continue
        is_power = _TEN.search(before, timeout=TIMEOUT) and printed.isdecimal() and int(printed) >= LEAST_POWER
        for i in run:
            words[i] = words[i].translate(_RAISE) if is_power else " "
    return "".join(words)


def _is_raised(character: str, style: int) -> bool:
    return bool(style & SUPERSCRIPT) or ord(character) in _SIGNS


def _is_unit(before: str, raised: str) -> bool:
    """Whether what is raised belongs to a unit of area or volume."""
    return raised.strip() in {"2", "3"} and _UNIT.search(before, timeout=TIMEOUT) is not None
