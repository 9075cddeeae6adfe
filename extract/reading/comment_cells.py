"""Cells that hold a comment and below it the reply, each behind its label: 【意見】…, 【回復】….

A table with such a column is parted: the comments stay in it, the replies get a column of their own beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extract.documents.model import EMPTY, Cell, PlacedText, Row, Table
from extract.reading.comment_labels import label_at
from extract.reading.reviewers import read_heading
from extract.reading.vocabulary import TIMEOUT

_OPENINGS = regex.compile(r"(?:^|(?<=[\s。！？；])|(?=[【\[]))(?=\S)")
_BRACKETS = frozenset("【[（(")


@dataclass(frozen=True, slots=True)
class _Part:
    """A labelled part of a cell: a comment, a reply, or "" for the words before any label."""

    field: str
    number: str | None
    text: PlacedText


@dataclass(frozen=True, slots=True)
class _Said:
    """A comment with its reply, both with their labels dropped, and the number in the comment's label."""

    comment: PlacedText = EMPTY
    reply: PlacedText = EMPTY
    number: str | None = None


def holds_both(table: Table, column: int) -> bool:
    """Whether most cells of a column are labelled as comments and replies."""
    texts = [row.cells[column].text for row in table.rows if _is_told(row, column)]
    parts = [[part.field for part in _parts(text)] for text in texts]
    labelled = [fields for fields in parts if set(fields) & {"comment", "reply"}]
    seen = {field for fields in labelled for field in fields}
    is_both = {"comment", "reply"} <= seen or any({"", "reply"} <= set(fields) for fields in labelled)
    return is_both and len(labelled) * 2 > len(texts)


def parted(table: Table, column: int, *, number: int | None = None) -> Table:
    """The table with the replies of a column in one of their own; `number` is the column of the comments' numbers."""
    rows: list[Row] = []
    is_answered = False
    for row in table.rows:
        if not _is_told(row, column):
            rows.append(_with(row, column, row.cells[column : column + 1] or (Cell(),), EMPTY))
            continue
        for at, said in enumerate(_told(row.cells[column].text, is_answered=is_answered)):
            rows.append(_row(row, column, said, number, is_first=at == 0))
            is_answered = bool(said.reply)
    header = tuple(_with(row, column, row.cells[column : column + 1] or (Cell(),), EMPTY) for row in table.header)
    return Table(header, tuple(rows), table.raw, table.joins)


def _is_told(row: Row, column: int) -> bool:
    """Whether a row's cell of a column is its own and says something."""
    if row.is_band or column >= len(row.cells):
        return False
    return row.cells[column].source == "own" and bool(row.cells[column].text)


def _row(row: Row, column: int, said: _Said, number: int | None, *, is_first: bool) -> Row:
    """The row of one comment; the label's number stands in the column of numbers, else in front of the comment."""
    cells = list(row.cells if is_first else (Cell(EMPTY, cell.source) for cell in row.cells))
    comment = said.comment
    if said.number is not None:
        if number is None:
            comment = PlacedText.plain(f"{said.number}. ") + comment
        elif not cells[number].text:
            cells[number] = Cell(PlacedText.plain(said.number))
    return _with(Row(tuple(cells)), column, (Cell(comment),), said.reply)


def _with(row: Row, column: int, comment: tuple[Cell, ...], reply: PlacedText) -> Row:
    """A row with another cell for the comment, and one for the reply behind it."""
    answer = Cell(comment[0].text, "across") if row.is_band else Cell(reply, comment[0].source)
    return Row((*row.cells[:column], *comment, answer, *row.cells[column + 1 :]), row.is_band)


def _told(text: PlacedText, *, is_answered: bool) -> list[_Said]:
    """The comments of a cell with their replies. Words without any label go on the reply before where there is one,
    as in a row that a page break cut, or name somebody."""
    parts = list(_parts(text))
    if len(parts) == 1 and not parts[0].field:
        goes_on = is_answered and read_heading(text.text) is None
        return [_Said(reply=text) if goes_on else _Said(text)]
    found: list[_Said] = []
    for part in parts:
        last = found[-1] if found else None
        if part.field == "reply":
            last = last or _Said()
            found[-1:] = [_Said(last.comment, _below(last.reply, part.text), last.number)]
        elif last is not None and not last.comment.text.strip(" .、()（）0123456789"):
            found[-1:] = [_Said(last.comment + part.text, last.reply, part.number)]
        else:
            found.append(_Said(part.text, EMPTY, part.number))
    return found


def _below(above: PlacedText, text: PlacedText) -> PlacedText:
    return above + PlacedText.plain("\n") + text if above else text


def _parts(text: PlacedText) -> Iterator[_Part]:
    """A cell cut at its labels. Inside a line a label without brackets counts only where the other one's words end."""
    field, number, start = "", None, 0
    for opening in _OPENINGS.finditer(text.text, timeout=TIMEOUT):
        at = opening.start()
        label = label_at(text.text, at) if at >= start else None
        if label is None or label.field not in {"comment", "reply"}:
            continue
        is_line = not text.text[:at].strip(" \t　") or text.text[:at].rstrip(" \t　").endswith("\n")
        if label.field == field and not is_line and text.text[at] not in _BRACKETS:
            continue
        if words := text[start:at].strip():
            yield _Part(field, number, words)
        field, number, start = label.field, label.number, label.end
    if (words := text[start:].strip()) or field:
        yield _Part(field, number, words)
