"""Whether the first row of a page is the rest of the last row of the page before: by numbers, and by what is filled."""

from __future__ import annotations

import re

from extract.documents.codes import leading_code, without_code
from extract.documents.column_roles import BodyRow, ColumnRoles
from extract.documents.model import PlacedText
from extract.documents.numbering import ITEM_STYLES, read_numbering
from extract.documents.page_grid import same_text

FIGURE = re.compile(r"[(（]?\s*[-－–—]|[(（]?[-+]?\d[\d,]*(?:\.\d+)?\s*[%％]?[*＊※]?(?:\s*註\s*\d*)?\s*[)）]?[*＊※]?")
"""A cell that is one amount, or a dash for none."""
CUT_NUMBER = re.compile(
    r"\s*(?:(?:[A-Za-z]{1,3}|[^\W\d_]{1,2})[-－–]|(?:[A-Za-z]{1,3}[-－–]?)?\d{1,2}(?:[-－–]|\.\d{1,2}\.))(?:\d{1,2}[-－–.])*\s*"
)
"""A number that a narrow cell broke: E-3-, 1-, 1.1."""
REST_OF_NUMBER = re.compile(r"\s*\d{1,2}(?:[-－–.]\d{1,2})*(?![\d,.%％])")
GOES_ON = ("、", "，")
"""What no cell ends with that is whole."""


def continues(last: BodyRow, first: BodyRow, columns: ColumnRoles) -> bool:
    """Whether the first row of a page is the rest of the last row of the page before."""
    if first.is_band() or last.is_band():
        return False
    if any(_is_number_cut(a, b) for a, b in zip(last.cells, first.cells, strict=True)):
        return True
    if _are_both_whole(last, first, columns):
        return False
    if any((text := first.cells[c]) and not leading_code(text.text) for c in columns.always_numbered):
        return True
    for column in columns.numbered:
        number, before = first.cells[column], last.cells[column]
        if number and leading_code(number.text):
            # A number in the middle of its cell's height may stand on the second page of a cut row, and a number
            # that wraps, 一、 over (一)1, may be cut itself.
            is_bare = column in columns.named and before and without_code(before.text) == len(before.text.rstrip())
            if _opens_group(last, first, column, leading_code(number.text)):
                return False
            is_blank = before is not None and not before and not _goes_on_above(last)
            return same_number(before, number) or is_blank or bool(is_bare)
    if columns.numbered:
        return True
    if any(a and b and a.text.rstrip().endswith(GOES_ON) for a, b in zip(last.cells, first.cells, strict=True)):
        return True
    clues = 0
    for column in columns.filled:
        has_last, has_first = bool(last.cells[column]), bool(first.cells[column])
        clues += 1 if has_last != has_first else -1
    if clues:
        return clues > 0
    empty = sum(1 for c in first.cells if not c)
    return empty * 2 >= len(first.cells)


def _is_number_cut(before: PlacedText | None, after: PlacedText | None) -> bool:
    """Whether a cell holds the upper part of a number and the one below the break the rest: E-3- over 3."""
    return bool(before and after and CUT_NUMBER.fullmatch(before.text) and REST_OF_NUMBER.match(after.text))


def _goes_on_above(row: BodyRow) -> bool:
    """Whether a row without a number goes on a list of the row above it: a cell begins with a second item or later."""
    marks = [read_numbering(text.text) for text in row.cells if text]
    return any(mark is not None and mark.style in ITEM_STYLES and mark.parts[-1] > 1 for mark in marks)


def _opens_group(last: BodyRow, first: BodyRow, column: int, code: str | None) -> bool:
    """Whether a plain 1 counts anew beside a text of its own in a column before it, as for the next reviewer."""
    if code is None or code.strip("（()）.、") not in {"1", "一"}:
        return False
    pairs = [(last.cells[c], first.cells[c]) for c in range(column)]
    return any(before and text and not same_text(before, text) for before, text in pairs)


def _are_both_whole(last: BodyRow, first: BodyRow, columns: ColumnRoles) -> bool:
    """Whether two rows are complete beside one another: figures stand in both in two columns, or names that end in a
    bracket in the column that groups them."""
    pairs = [(a.text.strip(), b.text.strip()) for a, b in zip(last.cells, first.cells, strict=True) if a and b]
    if sum(bool(FIGURE.fullmatch(a) and FIGURE.fullmatch(b)) for a, b in pairs) >= 2:
        return True
    if not columns.numbered or columns.numbered[0] == 0 or not last.cells[0] or not first.cells[0]:
        return False
    before, after = last.cells[0].text.strip(), first.cells[0].text.strip()
    return before != after and before.endswith(("）", ")")) and after.endswith(("）", ")"))


def same_number(before: PlacedText | None, number: PlacedText) -> bool:
    """Whether a row number is printed again on the next page, as for a row that goes on (1.1.1 or 1.1.1（續）)."""
    if not before:
        return False
    code = leading_code(number.text)
    return code is not None and leading_code(before.text) == code
