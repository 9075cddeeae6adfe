"""The rows of tables of comments, one after another: who speaks, what is asked, what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from extract.documents.model import EMPTY, Cell, Document, PlacedText, Row, Table, concat
from extract.documents.numbering import read_numbering
from extract.reading.comment_columns import Columns, Pair, is_header, read_columns
from extract.reading.comment_items import joined, mark_at, read_group
from extract.reading.headers import headers
from extract.reading.reviewers import read_heading, read_inline
from extract.reading.vocabulary import TIMEOUT, folded, is_blank
from extract.records import Signal

LONGEST_NAME = 30
"""Characters of a reviewer with title and round in a cell that is as wide as a comment."""
_IN_BRACKETS = regex.compile(r"\([^()]+\)")
_CLAUSES = regex.compile(r"[，；？！,;?!]")
_NAME = regex.compile(r"[\p{Han}]{2,4}")
_TOPIC = regex.compile(r"其他|部分|事項|意見|建議|整體|內容|章|節|方面|報告|附件")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose comments follow. `outer` is the round that holds for everybody below, as a heading 二、會上意見 says it."""

    reviewer: str = ""
    round: str | None = None
    outer: str | None = None
    is_inline: bool = False
    """Whether the comment itself named him."""

    def named(self, reviewer: str | None, round_: str | None) -> Speaker:
        """The speaker after a line that names a reviewer, a round or both."""
        if reviewer:
            return Speaker(reviewer, round_ or self.outer, self.outer)
        return replace(self, round=round_, outer=round_) if round_ else self


@dataclass(slots=True)
class Draft:
    """A comment before cells that a page break cut are put together."""

    speaker: Speaker
    number: str | None
    comment: PlacedText
    reply: PlacedText


@dataclass(slots=True)
class Rows:
    """Reads rows over all tables of a document; `speaker` holds for the rows to come."""

    document: Document
    signals: list[Signal]
    speaker: Speaker = field(default_factory=Speaker)
    drafts: list[Draft] = field(default_factory=list)
    group: list[tuple[PlacedText, PlacedText]] = field(default_factory=list)
    """Rows of this speaker that carry no number of their own: what they hold is known when all are there."""

    def name(self, speaker: Speaker) -> None:
        """Lets somebody speak."""
        if speaker != self.speaker:
            self.close()
            self.speaker = speaker

    def close(self) -> None:
        """Ends what the speaker says in rows without numbers of their own."""
        for number, comment, reply in read_group(self.group):
            self.drafts.append(Draft(self.speaker, number, comment.strip(), reply.strip()))
        self.group = []

    def table(self, table: Table, columns: Columns, *, is_named: bool = False) -> None:
        """All rows of a table; `is_named` where a line above it names the reviewer."""
        if len(columns.pairs) > 1:
            reviewer = self.speaker.reviewer
            for pair in columns.pairs:
                self.name(Speaker(reviewer, pair.round, pair.round))
                self.table(table, replace(columns, pairs=(pair,)), is_named=is_named)
            return
        header = [folded(text) for text in headers(table)]
        reader = _Table(self, columns, header, is_named=is_named)
        for row in _whole_names([*(row for row in table.header if row.is_band), *table.rows], columns.reviewer):
            reader.row(row)


@dataclass(slots=True)
class _Table:
    """One table."""

    rows: Rows
    columns: Columns
    header: list[str]
    is_named: bool

    @property
    def pair(self) -> Pair:
        """The columns of comment and reply."""
        return self.columns.pairs[0]

    def cell(self, row: Row, column: int | None, *, is_own: bool = False) -> PlacedText:
        """A cell's text; with `is_own` only where it is printed in this very row."""
        if column is None or column >= len(row.cells) or (is_own and row.cells[column].source != "own"):
            return EMPTY
        return row.cells[column].text

    def row(self, row: Row) -> None:
        """One row: a band names who speaks, others are comments or go on the one before."""
        printed = [cell.text for cell in row.cells if cell.source == "own" and cell.text]
        comment = self.cell(row, self.pair.comment, is_own=True)
        reply = self.cell(row, self.pair.reply)
        own_reply = self.cell(row, self.pair.reply, is_own=True)
        if row.is_band or (len(printed) == 1 and not comment and not own_reply):
            self.band(printed[0] if printed else row.cells[0].text)
        elif self.is_header(row):
            return
        elif comment and not own_reply and self.names(row, comment):
            self.band(comment)
        elif not (is_blank(comment.text) and is_blank(own_reply.text)):
            comment = self.speak(row, comment)
            self.said(row, comment, reply if comment else own_reply)

    def is_header(self, row: Row) -> bool:
        """Whether a row is the header again, in the same words or for the next round in others."""
        printed = [cell.text.text for cell in row.cells]
        if [folded(text) for text in printed] == self.header:
            return True
        if not is_header(printed, self.columns):
            return False
        said = columns.pairs[0].round if (columns := read_columns(printed)) is not None else None
        if said and said not in (self.rows.speaker.outer or ""):
            self.rows.name(self.rows.speaker.named(None, said))
        return True

    def names(self, row: Row, text: PlacedText) -> bool:
        """Whether a comment's cell, with no reply beside it, names who speaks in the rows below."""
        if self.cell(row, self.columns.reviewer, is_own=True) or _CLAUSES.search(text.text) or len(text) > LONGEST_NAME:
            return False
        return read_heading(text.text) is not None

    def said(self, row: Row, comment: PlacedText, reply: PlacedText) -> None:
        """A row's comment and reply."""
        if self.columns.number is None:
            self.rows.group.append((comment, reply))
            return
        number = _number(self.cell(row, self.columns.number, is_own=True))
        last = self.last()
        if number is None and (mark := mark_at(comment.text.lstrip())) and (last is None or mark.value == 1):
            number, comment = str(mark.value), comment.strip()[mark.length :]
        if number is None and last is not None and (not comment or not self.is_new_speaker(row)):
            last.comment = joined([last.comment, comment])
            last.reply = joined([last.reply, reply])
            return
        self.rows.drafts.append(Draft(self.rows.speaker, number, comment.strip(), reply.strip()))

    def last(self) -> Draft | None:
        """The comment before, where the same speaker made it and it has a number."""
        draft = self.rows.drafts[-1] if self.rows.drafts else None
        return draft if draft is not None and draft.speaker == self.rows.speaker and draft.number else None

    def is_new_speaker(self, row: Row) -> bool:
        return bool(self.cell(row, self.columns.reviewer, is_own=True))

    def speak(self, row: Row, comment: PlacedText) -> PlacedText:
        """Takes reviewer and round from the row's own columns, from the header, or from the comment itself, 王委員：…,
        where nothing else names anybody. The comment without the name."""
        speaker = self.rows.speaker
        if self.pair.round and not (speaker.outer or speaker.round):
            speaker = replace(speaker, round=self.pair.round, outer=self.pair.round)
        if text := self.cell(row, self.columns.reviewer):
            heading = read_heading(text.text, is_certain=True)
            if heading is not None and heading.reviewer and heading.reviewer != speaker.reviewer:
                speaker = speaker.named(heading.reviewer, heading.round)
            elif heading is not None and heading.round:
                speaker = replace(speaker, round=heading.round)
        if (text := self.cell(row, self.columns.round)) and not is_blank(text.text):
            speaker = replace(speaker, round="".join(text.text.split()))
        if not self.is_named and not self.columns.names_speaker() and (not speaker.reviewer or speaker.is_inline):
            found, comment = read_inline(comment)
            if found is not None:
                speaker = replace(speaker.named(found.reviewer, found.round), is_inline=True)
        self.rows.name(speaker)
        return comment

    def band(self, text: PlacedText) -> None:
        """A row across the table: a reviewer, a round, or in a table that names them otherwise a topic."""
        is_certain = not self.is_named and not self.columns.names_speaker()
        is_name = _NAME.fullmatch(folded(text.text)) and not _TOPIC.search(folded(text.text))
        heading = read_heading(text.text, is_certain=is_certain or bool(is_name))
        if heading is None:
            place = self.rows.document.origins.place(text)
            message = "意見對照表中橫跨全表的一列沒有委員姓名"
            self.rows.signals.append(Signal("unread:row", "warning", message, text.text, "comments", place))
            return
        self.rows.name(self.rows.speaker.named(heading.reviewer, heading.round))


def _whole_names(rows: Sequence[Row], column: int | None) -> Sequence[Row]:
    """The rows with a reviewer whose cell is cut before or inside its bracket, 王委員（會上意 over 見）, put
    together."""
    if column is None:
        return rows
    whole: list[Row] = []
    opened: int | None = None
    bare: int | None = None
    tail, name = "", EMPTY
    for row in rows:
        cell = row.cells[column] if column < len(row.cells) and not row.is_band else Cell()
        if bare is not None and _IN_BRACKETS.fullmatch(folded(cell.text.text), timeout=TIMEOUT):
            opened = bare
        if opened is not None and cell.text and cell.source == "own":
            tail, name = cell.text.text, concat([whole[opened].cells[column].text, cell.text])
            whole[opened:] = [_with(r, column, Cell(name, r.cells[column].source)) for r in whole[opened:]]
            opened, bare = None if _is_closed(name.text) else opened, None
        elif cell.text and cell.source == "own":
            opened = None if _is_closed(cell.text.text) else len(whole)
            bare = None if any(c in "（(" for c in cell.text.text) else len(whole)
        is_tail = bool(tail) and cell.text.text == tail
        whole.append(_with(row, column, Cell(name, "down")) if is_tail else row)
    return whole


def _is_closed(words: str) -> bool:
    return sum(c in "（(" for c in words) <= sum(c in "）)" for c in words)


def _with(row: Row, column: int, cell: Cell) -> Row:
    return replace(row, cells=(*row.cells[:column], cell, *row.cells[column + 1 :]))


def _number(cell: PlacedText) -> str | None:
    """A comment's number without its mark; None where the cell has none."""
    words = folded(cell.text)
    if is_blank(words):
        return None
    numbering = read_numbering(words + "、") if not words.endswith((".", "、")) else read_numbering(words)
    if numbering is not None and len(numbering.parts) == 1:
        return str(numbering.parts[0])
    return words.strip("()[].、")
