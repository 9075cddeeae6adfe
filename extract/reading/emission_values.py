"""One cell of the emissions table as a value: brackets, stars, footnote marks and words for estimates told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

import regex

from extract.documents.model import SUPERSCRIPT, PlacedText, concat
from extract.documents.numbering import han_number
from extract.reading.dates import ROC, to_gregorian
from extract.reading.emission_units import unit_factor
from extract.reading.headers import words_of
from extract.reading.vocabulary import folded, is_blank

_NUMBER = regex.compile(r"[-−]?\d[\d,]*(?:\.\d+)?")
_MISGROUPED = regex.compile(r",\d{1,2}(?!\d)|,\d{4}|\d{4},")
"""Commas that part no thousands: two figures run into one."""
_FOOTNOTE = regex.compile(r"[(\[]?(?:註|注)(\d{1,2}|[一二三四五六七八九十])?[)\]]?")
_RAISED_NOTE = regex.compile(
    r"\s*(?P<open>[(（\[]\s*)?(?:註|注)\s*(?P<number>\d{1,2}|[一二三四五六七八九十])?(?(open)\s*[)）\]])"
)
_YEAR = regex.compile(
    r"[(]?(?:(?:基準年|基期|目標年|現況|推估|預估|實績)[:：]?)?[(]?(?:民國|西元|公元)?"
    r"(\d{2,4}|[〇零○一二三四五六七八九十百]{2,5})(?:年度?)?(.*)"
)
_RELATIVE = regex.compile(r"n(?:[-−–－](\d))?(?:年度?)?(?:\((.*)\))?", regex.IGNORECASE)
_PERIOD = regex.compile(r"第[一二三四五六七八九十\d]+(?:期|階段)")
_LETTER = regex.compile(r"(?<![a-z\d])[pef](?![a-z\d])", regex.IGNORECASE)
"""113p, 113(e): preliminary, estimate, forecast."""
_SIGN = regex.compile(r"\([估推預初暫]\)|[估]$")
"""2,538(估): an estimate in one character."""
LONGEST_ASIDE = 10
"""Characters of words in brackets behind a year."""
_NOTE = regex.compile(r"\s*(?:註|注|備註|附註)\s*(\d{1,2}|[一二三四五六七八九十])?\s*[：:.、]?\s*(.*)", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class Value:
    """A cell: its number (None where it has none), whether it is an estimate, words that were not understood, and the
    factor to Mt of a unit that the cell itself prints."""

    number: Decimal | None
    is_estimate: bool
    unread: str = ""
    factor: Decimal | None = None


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


def _note_number(mark: str | None) -> str:
    if mark is None:
        return ""
    return mark if mark.isdecimal() else str(han_number(mark))


def speaks_of_estimate(words: str) -> bool:
    """Whether words say that a figure is an estimate."""
    return any(word in words for word in words_of("emissions")["estimate"])


def read_value(cell: PlacedText, notes: Mapping[str, str]) -> Value:
    """The value of a cell. In brackets, starred, with words such as 推估 or a note that says so, it is an estimate."""
    printed = list(_RAISED_NOTE.finditer(cell.text))
    ends = [0, *(mark.end() for mark in printed)]
    starts = [*(mark.start() for mark in printed), len(cell)]
    plain = concat([cell[end:start] for end, start in zip(ends, starts, strict=True)])
    raised = folded(plain.only(lambda _, style: bool(style & SUPERSCRIPT)).text)
    words = folded(plain.without_superscripts().text)
    if is_blank(words):
        return Value(None, is_estimate=False)
    marks = [_note_number(mark["number"]) for mark in printed] + regex.findall(r"\d{1,2}", raised)
    is_estimate = speaks_of_estimate(words) or any(speaks_of_estimate(notes.get(mark, "")) for mark in marks)
    if regex.search(r"[*※]", words + raised):
        is_estimate = is_estimate or "*" not in notes or speaks_of_estimate(notes["*"])
        words = regex.sub(r"[*※]", "", words)
    match = _NUMBER.search(words)
    if match is None:
        return Value(None, is_estimate, words)
    if regex.fullmatch(r"[(\[<]+[^()\[\]<>]*[)\]>]+", words):
        is_estimate = True
    rest = words[: match.start()] + " " + words[match.end() :]
    is_estimate = is_estimate or any(mark.search(rest) for mark in (_LETTER, _SIGN))
    factor = unit_factor(rest)
    for word in words_of("emissions")["estimate"]:
        rest = rest.replace(word, "")
    rest = _SIGN.sub("", rest)
    rest = regex.sub(r"co2(?:-?eq?)?|二氧化碳當量|億?百?十?萬?千?公?噸|(?<![a-z])[mk]t?(?![a-z])", "", rest.lower())
    rest = regex.sub(r"[()\[\]<>約值pefr~\s-]", "", rest)
    if regex.search(r"\d", rest) or _MISGROUPED.search(match.group()):
        return Value(None, is_estimate, words)  # two figures in one cell: neither can be trusted to be the year's
    return Value(Decimal(match.group().replace(",", "").replace("−", "-")), is_estimate, rest, factor)


def read_year(cell: PlacedText, report_year: int | None = None) -> tuple[int, bool] | None:
    """The Gregorian year that a cell names and whether it is marked as estimated; None where it names none. N-1 年 is
    counted from the report's year."""
    words = _FOOTNOTE.sub("", folded(cell.without_superscripts().text))
    if report_year is not None and (relative := _RELATIVE.fullmatch(words)):
        return report_year - int(relative.group(1) or 0), speaks_of_estimate(relative.group(2) or "")
    match = _YEAR.fullmatch(words)
    if match is None:
        return None
    number, said = match.groups()
    year = to_gregorian(int(number) if number.isdecimal() else han_number(number))
    if year is None or any(word in said for word in words_of("emissions")["sums"]):
        return None
    is_estimate = speaks_of_estimate(said) or bool(regex.search(r"[*※]", said)) or _LETTER.search(said) is not None
    left = _PERIOD.sub("", said)
    left = regex.sub(rf"(?<!\d)(?:{year}|{year - ROC})(?:年度?)?(?!\d)", "", left)
    if regex.search(r"\d", left):
        return None  # 110-114 年: a span
    for word in (*words_of("emissions")["estimate"], *words_of("emissions")["year_asides"]):
        left = left.replace(word, "")
    is_aside = regex.fullmatch(r"[(\[（].*[)\]）]", left) is not None and len(left) <= LONGEST_ASIDE
    left = regex.sub(r"[*※()（）\[\]\-—–/:：、pef]|值|年度?", "", left, flags=regex.IGNORECASE)
    return (year, is_estimate) if not left or is_aside else None
