"""One cell of the emissions table as a value: brackets, stars, footnote marks and words for estimates told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from extract.documents.model import SUPERSCRIPT, PlacedText
from extract.documents.numbering import han_number
from extract.reading.dates import to_gregorian
from extract.reading.headers import words_of
from extract.reading.vocabulary import folded, is_blank

_NUMBER = regex.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
_MISGROUPED = regex.compile(r",\d{1,2}(?!\d)|,\d{4}|\d{4},")
"""Commas that part no thousands: two figures run into one."""
_FOOTNOTE = regex.compile(r"[(\[]?(?:註|注)(\d{1,2}|[一二三四五六七八九十])?[)\]]?")
_YEAR = regex.compile(r"(?:民國|西元|公元)?(\d{2,4}|[〇零○一二三四五六七八九十百]{2,5})(?:年度?)?(?:\((.*)\))?(.*)")
_NOTE = regex.compile(r"\s*(?:註|注|備註|附註)\s*(\d{1,2}|[一二三四五六七八九十])?\s*[：:.、]?\s*(.*)", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """A cell: its number (None where it has none), whether it is an estimate, and words that were not understood."""

    number: Decimal | None
    is_estimate: bool
    unread: str = ""


def notes_by_mark(lines: Iterable[str]) -> dict[str, str]:
    """The notes under a table by their mark: `2` for 註 2：…, `*` for *：…."""
    notes: dict[str, str] = {}
    for line in lines:
        words = folded(line)
        if words[:1] in {"*", "※"}:
            notes["*"] = words
        elif match := _NOTE.fullmatch(words):
            mark = match.group(1) or ""
            notes[mark if mark.isdecimal() or not mark else str(han_number(mark))] = match.group(2)
            if match.group(2)[:1] in {"*", "※"}:
                notes["*"] = match.group(2)
    return notes


def speaks_of_estimate(words: str) -> bool:
    """Whether words say that a figure is an estimate."""
    return any(word in words for word in words_of("emissions")["estimate"])


def read_value(cell: PlacedText, notes: Mapping[str, str]) -> Value:
    """The value of a cell. In brackets, starred, with words such as 推估 or a note that says so, it is an estimate."""
    raised = folded(cell.only(lambda _, style: bool(style & SUPERSCRIPT)).text)
    words = folded(cell.without_superscripts().text)
    if is_blank(words):
        return Value(None, is_estimate=False)
    marks = [m.group(1) or "" for m in _FOOTNOTE.finditer(words)] + regex.findall(r"\d{1,2}", raised)
    words = _FOOTNOTE.sub("", words)
    is_estimate = speaks_of_estimate(words) or any(speaks_of_estimate(notes.get(mark, "")) for mark in marks)
    if regex.search(r"[*※]", words + raised):
        is_estimate = is_estimate or "*" not in notes or speaks_of_estimate(notes["*"])
        words = regex.sub(r"[*※]", "", words)
    match = _NUMBER.search(words)
    if match is None:
        return Value(None, is_estimate, words)
    if regex.fullmatch(r"[(\[<]+[^()\[\]<>]*[)\]>]+", words):
        is_estimate = True
    rest = words[: match.start()] + words[match.end() :]
    for word in words_of("emissions")["estimate"]:
        rest = rest.replace(word, "")
    rest = regex.sub(r"[()\[\]<>約值e~]|百?萬?公?噸|co2", "", rest.lower())
    if regex.search(r"\d", rest) or _MISGROUPED.search(match.group()):
        return Value(None, is_estimate, words)  # two figures in one cell: neither can be trusted to be the year's
    return Value(Decimal(match.group().replace(",", "").replace("−", "-")), is_estimate, rest)


def read_year(cell: PlacedText) -> tuple[int, bool] | None:
    """The Gregorian year that a cell names and whether it is marked as estimated; None where it names none."""
    words = _FOOTNOTE.sub("", folded(cell.without_superscripts().text))
    match = _YEAR.fullmatch(words)
    if match is None:
        return None
    number, aside, rest = match.groups()
    year = to_gregorian(int(number) if number.isdecimal() else han_number(number))
    if year is None:
        return None
    said = f"{aside or ''}{rest}"
    is_estimate = speaks_of_estimate(said) or bool(regex.search(r"[*※]", said))
    left = regex.sub(r"基準年|目標年|[*※()（）\-—]|值|年度?", "", said)
    for word in words_of("emissions")["estimate"]:
        left = left.replace(word, "")
    return None if left and not is_estimate else (year, is_estimate)
