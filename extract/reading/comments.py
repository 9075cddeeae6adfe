"""The committee's comments with the replies: 委員意見回復對照表.

The reviewer stands in a band across the table, in a column, or in a heading over a table of his own; the number in
a column or in front of the comment, where one cell may hold several comments and the next their replies.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extract.documents.model import EMPTY, Document, Heading, Paragraph, PlacedText, Row, Table, concat
from extract.documents.numbering import Numbering, read_numbering
from extract.reading.headers import best_match, headers, words_of
from extract.reading.missed import announced
from extract.reading.outline import Outline, build
from extract.reading.reviewers import TITLE, read_heading
from extract.reading.vocabulary import folded, is_blank
from extract.records import Comment, Signal

NEAR = 4
"""Blocks above a table that may name its reviewer or round."""
_FIELDS = ("comment", "reply", "reviewer", "round", "number", "ignored")


@dataclass(slots=True)
class _Draft:
    """A comment before cells that a page break cut are put together."""

    reviewer: str
    round: str | None
    number: str | None
    comment: PlacedText
    reply: PlacedText


def read(document: Document, *, outline: Outline | None = None) -> tuple[tuple[Comment, ...], list[Signal]]:
    """All comments in order."""
    outline = outline or build(document)
    drafts: list[_Draft] = []
    signals: list[Signal] = []
    reviewer, round_ = "", None
    for at, block in enumerate(document.blocks):
        if not isinstance(block, Table) or (columns := _columns(document, block, signals)) is None:
            continue
        reviewer, round_ = _above(document, outline, at, reviewer, round_)
        header = [folded(h) for h in headers(block)]
        reader = _Reader(document, columns, reviewer, round_, drafts, signals, header)
        for row in (*_reviewers_in_header(block), *block.rows):
            reader.row(row)
        reviewer, round_ = reader.reviewer, reader.round
    comments: list[Comment] = []
    for draft in drafts:
        place = document.origins.place(draft.comment, draft.reply)
        comments.append(Comment(draft.reviewer, draft.round, draft.number, draft.comment.text, draft.reply.text, place))
        if not draft.reviewer:
            message = "此則意見未載委員姓名"
            signals.append(Signal("unread:reviewer", "warning", message, draft.comment.text[:40], "comments", place))
    if not comments:
        signals += announced(document, _is_about, "unread:comments", "委員意見")
    return tuple(comments), signals


def _is_about(heading: str) -> bool:
    return "意見" in heading and any(word in heading for word in ("委員", "專家")) and TITLE.search(heading) is not None


def _columns(document: Document, table: Table, signals: list[Signal]) -> dict[str, int] | None:
    """The column of each field, or None where the table holds no comments."""
    words = words_of("comments")
    printed = headers(table)
    if table.header and not any("意見" in h or "建議" in h or "提問" in h or "問題" in h for h in printed):
        return None
    matches = [best_match(h, words, _FIELDS) for h in printed]
    columns: dict[str, int] = {}
    for field in _FIELDS:
        options = [(m[1], -i) for i, m in enumerate(matches) if m is not None and m[0] == field]
        if options and field != "ignored":
            columns[field] = -max(options)[1]
    if "comment" not in columns or "reply" not in columns:
        return None
    for i, (header, match) in enumerate(zip(printed, matches, strict=True)):
        if i not in columns.values() and (match is None or match[0] != "ignored") and not is_blank(header):
            place = document.origins.place(*(row.cells[i].text for row in table.header if i < len(row.cells)))
            message = f"意見對照表的欄位「{header}」未讀取"
            signals.append(Signal("unread:header", "warning", message, header, "comments", place))
    return columns


def _reviewers_in_header(table: Table) -> list[Row]:
    """Header rows that are a reviewer across the table."""
    return [row for row in table.header if row.is_band]


def _above(document: Document, outline: Outline, at: int, reviewer: str, round_: str | None) -> tuple[str, str | None]:
    """The reviewer and round that the lines and headings over a table name; those of the table before where they name
    nobody."""
    found_reviewer: str | None = None
    found_round: str | None = None
    for line in _lines_above(document, outline, at):
        heading = read_heading(line)
        if heading is not None:
            found_reviewer = found_reviewer or heading.reviewer
            found_round = found_round or heading.round
        if found_reviewer and found_round:
            break
    if found_reviewer is None:
        return reviewer, found_round or round_
    return found_reviewer, found_round


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


@dataclass(slots=True)
class _Reader:
    """Reads the rows of one table; `reviewer` and `round` hold for the rows to come."""

    document: Document
    columns: dict[str, int]
    reviewer: str
    round: str | None
    drafts: list[_Draft]
    signals: list[Signal]
    header: list[str]
    round_above: str | None = None

    def __post_init__(self) -> None:
        self.round_above = self.round

    def cell(self, row: Row, field: str) -> PlacedText:
        column = self.columns.get(field)
        return row.cells[column].text if column is not None and column < len(row.cells) else EMPTY

    def row(self, row: Row) -> None:
        """One row: a band names who speaks, others are comments or go on the one before."""
        printed = [cell.text for cell in row.cells if cell.source == "own" and cell.text]
        if row.is_band or (len(printed) == 1 and not self.cell(row, "comment") and not self.cell(row, "reply")):
            self.band(printed[0] if printed else row.cells[0].text)
            return
        if not printed or [folded(c.text.text) for c in row.cells] == self.header:
            return
        self.name(row)
        comment, reply = self.cell(row, "comment"), self.cell(row, "reply")
        number = _number(self.cell(row, "number"))
        numbers = "number" in self.columns
        if self.drafts and not comment and reply and not number:
            self.drafts[-1].reply = concat([self.drafts[-1].reply, reply], "\n")
        elif self.drafts and numbers and not number and self.is_same_speaker() and not self.names_speaker(row):
            self.drafts[-1].comment = concat([self.drafts[-1].comment, comment], "\n")
            if reply:
                self.drafts[-1].reply = concat([self.drafts[-1].reply, reply], "\n")
        elif number or numbers:
            self.add(number, comment, reply)
        else:
            for own, part, answer in _split(comment, reply):
                self.add(own, part, answer)

    def is_same_speaker(self) -> bool:
        last = self.drafts[-1]
        return last.reviewer == self.reviewer and last.round == self.round and last.number is not None

    def names_speaker(self, row: Row) -> bool:
        column = self.columns.get("reviewer")
        return column is not None and row.cells[column].source == "own" and bool(row.cells[column].text)

    def name(self, row: Row) -> None:
        """Takes reviewer and round from the row's own columns."""
        if text := self.cell(row, "reviewer"):
            heading = read_heading(text.text, is_certain=True)
            if heading is not None and heading.reviewer:
                if heading.reviewer != self.reviewer:
                    self.reviewer, self.round = heading.reviewer, heading.round or self.round_above
                elif heading.round:
                    self.round = heading.round
        if (text := self.cell(row, "round")) and not is_blank(text.text):
            self.round = "".join(text.text.split())

    def band(self, text: PlacedText) -> None:
        heading = read_heading(text.text, is_certain=True)
        if heading is None:
            place = self.document.origins.place(text)
            self.signals.append(
                Signal("unread:row", "warning", "意見對照表中橫跨全表的一列沒有委員姓名", text.text, "comments", place)
            )
            return
        if heading.reviewer:
            self.reviewer, self.round = heading.reviewer, heading.round
        elif heading.round:
            self.round = heading.round

    def add(self, number: str | None, comment: PlacedText, reply: PlacedText) -> None:
        self.drafts.append(_Draft(self.reviewer, self.round, number, comment.strip(), reply.strip()))


def _number(cell: PlacedText) -> str | None:
    """A comment's number without its mark; None where the cell has none."""
    words = folded(cell.text)
    if is_blank(words):
        return None
    numbering = read_numbering(words + "、") if not words.endswith((".", "、")) else read_numbering(words)
    if numbering is not None and len(numbering.parts) == 1:
        return str(numbering.parts[0])
    return words.strip("()[].、")


def _items(text: PlacedText) -> list[tuple[Numbering, PlacedText]]:
    """A cell's items where it is a list from 1 on and nothing stands before it, without their marks."""
    marks: list[tuple[int, Numbering]] = []
    for match in regex.finditer(r"(?:^|(?<=[\n。；：]))\s*", text.text):
        numbering = read_numbering(text.text[match.end() : match.end() + 12])
        if numbering is None or len(numbering.parts) != 1:
            continue
        is_first = not marks and numbering.parts[0] == 1 and not text.text[: match.end()].strip()
        goes_on = marks and numbering.style == marks[-1][1].style and numbering.parts[0] == marks[-1][1].parts[0] + 1
        if is_first or goes_on:
            marks.append((match.end(), numbering))
    ends = [*(start for start, _ in marks[1:]), len(text)] if marks else []
    return [
        (numbering, text[start + numbering.length : end].strip())
        for (start, numbering), end in zip(marks, ends, strict=True)
    ]


def _split(comment: PlacedText, reply: PlacedText) -> Sequence[tuple[str | None, PlacedText, PlacedText]]:
    """A row without a number: its comments one by one where the reply answers them one by one, else as it is."""
    asked, answered = _items(comment), _items(reply)
    if len(asked) > 1 and len(asked) == len(answered):
        return [(str(n.parts[0]), part, answer) for (n, part), (_, answer) in zip(asked, answered, strict=True)]
    numbering = read_numbering(comment.text)
    if len(asked) <= 1 and numbering is not None and len(numbering.parts) == 1 and numbering.style != "letter":
        answer_mark = read_numbering(reply.text)
        same = answer_mark is not None and answer_mark.parts == numbering.parts and len(answered) <= 1
        answer = reply[answer_mark.length :].strip() if same and answer_mark is not None else reply
        return [(str(numbering.parts[0]), comment[numbering.length :].strip(), answer)]
    return [(None, comment, reply)]
