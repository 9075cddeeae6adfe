"""The committee's comments with the replies: 委員意見回復對照表.

The reviewer stands in a band across the table, in a column, or in a heading over a table of his own; the number in
a column or in front of the comment, where one cell may hold several comments and the next their replies. Some
annexes have no table at all: 意見：…, 回復：… in lines or in cards.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.documents.model import Document, Heading, Paragraph, Row, Table
from extract.reading.comment_cards import cards, lines
from extract.reading.comment_columns import Columns, read_columns
from extract.reading.comment_rows import Draft, Rows, Speaker
from extract.reading.headers import headers
from extract.reading.missed import announced
from extract.reading.outline import Outline, build
from extract.reading.reviewers import is_about, read_heading
from extract.records import Comment, Signal

NEAR = 4
"""Blocks above a table that may name its reviewer or round."""


def read(document: Document, *, outline: Outline | None = None) -> tuple[tuple[Comment, ...], list[Signal]]:
    """All comments in order."""
    outline = outline or build(document)
    signals: list[Signal] = []
    rows = Rows(document, signals)
    known: Columns | None = None
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Table):
            continue
        columns = read_columns(headers(block), block, is_annex=_is_in_annex(outline, at))
        if columns is None and _goes_on(document, outline, at, known):
            block, columns = _headless(block), known  # noqa: PLW2901 - the table as it was meant
        if columns is None:
            if _is_in_annex(outline, at):
                _speak(document, outline, at, rows)
                cards(block, rows)
            continue
        known = columns
        block = columns.apart(block)  # noqa: PLW2901 - each comment beside its reply
        _signal_unread(document, block, columns, signals)
        is_named = _speak(document, outline, at, rows)
        rows.table(block, columns, is_named=is_named)
    rows.close()
    if not rows.drafts:
        lines(document, [_is_in_annex(outline, at) for at in range(len(document.blocks))], rows)
    comments = tuple(_comment(document, draft, signals) for draft in rows.drafts)
    if not comments:
        signals += announced(document, is_about, "unread:comments", "委員意見")
    return comments, signals


def _comment(document: Document, draft: Draft, signals: list[Signal]) -> Comment:
    place = document.origins.place(draft.comment, draft.reply)
    if not draft.speaker.reviewer:
        message = "此則意見未載委員姓名"
        signals.append(Signal("unread:reviewer", "warning", message, draft.comment.text[:40], "comments", place))
    return Comment(
        draft.speaker.reviewer, draft.speaker.round, draft.number, draft.comment.text, draft.reply.text, place
    )


def _signal_unread(document: Document, table: Table, columns: Columns, signals: list[Signal]) -> None:
    """Says which columns no field holds."""
    printed = headers(table)
    for i in columns.unread:
        place = document.origins.place(*(row.cells[i].text for row in table.header if i < len(row.cells)))
        message = f"意見對照表的欄位「{printed[i]}」未讀取"
        signals.append(Signal("unread:header", "warning", message, printed[i], "comments", place))


def _is_in_annex(outline: Outline, at: int) -> bool:
    """Whether a block stands under a heading over the comments."""
    return any(is_about(outline.sections[s].heading) for s in outline.path(outline.section_of[at]))


def _goes_on(document: Document, outline: Outline, at: int, known: Columns | None) -> bool:
    """Whether a table without a header of its own is as wide as the comments before it and stands among them."""
    if known is None or not _is_in_annex(outline, at):
        return False
    before = next((b for b in reversed(document.blocks[:at]) if isinstance(b, Table)), None)
    table = document.blocks[at]
    return isinstance(table, Table) and before is not None and before.width == table.width


def _headless(table: Table) -> Table:
    """A table whose first row was taken for a header that is none."""
    return Table((), (*(Row(row.cells, row.is_band) for row in table.header), *table.rows))


def _speak(document: Document, outline: Outline, at: int, rows: Rows) -> bool:
    """Lets the reviewer speak whom the lines and headings over a table name, in the round that they name; whoever
    spoke before goes on where they name nobody. Whether they name somebody."""
    reviewer: str | None = None
    round_: str | None = None
    outer: str | None = None
    for line in _lines_above(document, outline, at):
        heading = read_heading(line)
        if heading is None:
            continue
        if reviewer is None and heading.reviewer:
            reviewer, round_ = heading.reviewer, heading.round
        elif outer is None and heading.round and not heading.reviewer:
            outer = heading.round
    if reviewer is not None:
        rows.name(Speaker(reviewer, round_ or outer, outer))
    elif outer is not None and outer != rows.speaker.outer:
        rows.name(Speaker(rows.speaker.reviewer, outer, outer))
    return reviewer is not None


def _lines_above(document: Document, outline: Outline, at: int) -> Iterator[str]:
    """The lines near a table, nearest first, then the headings that it stands under."""
    for i in range(at - 1, max(-1, at - 1 - NEAR), -1):
        block = document.blocks[i]
        if isinstance(block, Table):
            break
        if isinstance(block, Heading | Paragraph):
            yield from (line.text for line in reversed(list(block.text.lines())))
        if isinstance(block, Heading):
            break
    for section in reversed(outline.path(outline.section_of[at])):
        yield outline.sections[section].heading
