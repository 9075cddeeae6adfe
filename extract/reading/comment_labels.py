"""Labels that say what the words behind them are: 意見：, 【回復】, 問一：, Q1：, A1."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extract.documents.numbering import read_numbering
from extract.reading.dates import to_number
from extract.reading.headers import EXACT, best_match, words_of
from extract.reading.vocabulary import TIMEOUT, folded

FIELDS = ("comment", "reply", "reviewer", "round", "number", "ignored")
"""What the columns of a table of comments, its cells or lines may hold."""

LONGEST = 30
"""Characters of a number and a label."""
NUMBERED = ("意見", "提問", "問題")
"""What is counted; 2.建議： may be an item of a reply."""

_NUMBER = r"(?P<number>\d{1,2}|[一二三四五六七八九十]{1,3})?"
_SPOKEN = regex.compile(
    rf"\s*[■◆●▪•※【\[（(]?\s*(?P<name>\p{{Han}}(?:[ \u3000]?\p{{Han}}){{0,9}}?)\s*{_NUMBER}\s*[】\])）]?\s*[：:]\s*"
)
_BRACKETED = regex.compile(rf"\s*[【\[]\s*(?P<name>\p{{Han}}{{1,10}}?|[A-Za-zＡ-Ｚ])\s*{_NUMBER}\s*[】\]]\s*[：:]?\s*")
_LETTERED = regex.compile(
    r"\s*(?P<name>[QAＱＡ])\s*(?:(?P<number>\d{1,2})\s*(?:[：:、．]|\.(?!\d)|(?=\s))|[：:])\s*", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a label names, the number that it carries, and where the words behind it begin."""

    field: str
    number: str | None
    end: int


def label_at(text: str, at: int = 0) -> Label | None:
    """The label that stands at a place of a text, or None. A number may stand before a comment's: 1.委員意見：."""
    if (numbering := read_numbering(text[at : at + LONGEST])) is not None:
        label = _label_at(text, at + numbering.length)
        named = text[at + numbering.length : label.end] if label is not None else ""
        if label is None or label.field != "comment" or not any(word in named for word in NUMBERED):
            return _label_at(text, at)
        return Label(label.field, label.number or str(numbering.parts[-1]), label.end)
    return _label_at(text, at)


def _label_at(text: str, at: int) -> Label | None:
    for pattern in (_SPOKEN, _BRACKETED, _LETTERED):
        match = pattern.match(text, at, timeout=TIMEOUT)
        field = field_of(match["name"]) if match is not None else None
        if match is not None and field is not None:
            number = to_number(match["number"]) if match["number"] else None
            return Label(field, None if number is None else str(number), match.end())
    return None


def field_of(label: str) -> str | None:
    """What a label names, where it is nothing but that name."""
    words = label.strip("：: 　")
    for field, names in words_of("comments")["short"].items():
        if folded(words).lower() in names:
            return str(field)
    match = best_match(words, words_of("comments"), FIELDS)
    return match[0] if match is not None and match[1] >= EXACT else None
