"""Comments that no table of rows holds: cards whose cells are 委員 | …, 意見 | …, 回復 | …, and lines that open so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from extract.documents.model import Document, Heading, Paragraph, PlacedText, Table
from extract.documents.numbering import read_numbering
from extract.reading.comment_items import answers, joined
from extract.reading.comment_labels import label_at
from extract.reading.comment_rows import Draft, Rows
from extract.reading.dates import to_number
from extract.reading.reviewers import read_heading
from extract.reading.vocabulary import TIMEOUT

_POINT = regex.compile(r"第\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*[點則項題]")
"""The number of a comment in the line that says who makes it: 王委員｜會上意見｜第1點."""
_Rank = tuple[int, str | None]
"""A heading's level and the style of its number."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text with what it is by its label, `more`, `speaker` or `title` where it has none, and the label's number. A
    title names whoever comments where a heading of its `rank` does so in words that are known."""

    name: str
    text: PlacedText
    number: str | None = None
    rank: _Rank | None = None


def cards(table: Table, rows: Rows) -> None:
    """The comments of a table whose first column says what the second one holds."""
    pieces: list[_Piece] = []
    for row in (*table.header, *table.rows):
        own = [cell.text for cell in row.cells if cell.source == "own" and cell.text]
        for name, text in zip(own[::2], own[1::2], strict=False):
            label = label_at(named := f"{name.text.rstrip('：: 　')}：")
            if label is not None and label.end == len(named):
                pieces.append(_Piece(label.field, text, label.number))
    _tell(pieces, rows)


def lines(document: Document, is_inside: Sequence[bool], rows: Rows) -> None:
    """The comments in lines such as 意見：… and 回復：… of the annex; `is_inside` says which blocks are the annex's."""
    pieces: list[_Piece] = []
    ranks: set[_Rank] = set()
    for block, inside in zip(document.blocks, is_inside, strict=True):
        if inside and isinstance(block, Heading | Paragraph):
            pieces.extend(_pieces(block))
            if isinstance(block, Heading) and (heading := read_heading(block.text.text)) and heading.reviewer:
                ranks.add(_rank(block))
    _tell([piece for piece in pieces if piece.name != "title" or piece.rank in ranks], rows)


def _rank(heading: Heading) -> _Rank:
    numbering = read_numbering(heading.text.text)
    return heading.level, numbering.style if numbering is not None else None


def _pieces(block: Heading | Paragraph) -> Iterator[_Piece]:
    for line in block.text.lines():
        label = label_at(line.text)
        if label is not None:
            yield _Piece(label.field, line[label.end :], label.number)
        elif read_heading(line.text) is not None:
            yield _Piece("speaker", line)
        elif isinstance(block, Paragraph):
            yield _Piece("more", line)
        else:
            yield _Piece("title", line, rank=_rank(block))


def _tell(pieces: Sequence[_Piece], rows: Rows) -> None:
    """Comments from pieces that say what they are, in order, where they are comments with replies."""
    if {"comment", "reply"} <= {piece.name for piece in pieces}:
        talk = _Talk(rows)
        for piece in pieces:
            talk.hear(piece)
        talk.close()


@dataclass(slots=True)
class _Talk:
    """The comment that is being read. `open` is what goes on with the words to come."""

    rows: Rows
    comment: list[PlacedText] = field(default_factory=list)
    reply: list[PlacedText] = field(default_factory=list)
    number: str | None = None
    open: list[PlacedText] | None = None
    late: dict[int, list[PlacedText]] = field(default_factory=dict)
    """Replies to comments further up, by their drafts: all questions may come before all answers."""

    def hear(self, piece: _Piece) -> None:
        """The next piece."""
        rows, text = self.rows, piece.text
        match piece.name:
            case "comment":
                if self.comment:
                    self.close()
                self.number = piece.number or self.number
                self.open = self.comment
            case "reply":
                self.open = (
                    self.reply if (asked := self.asked(piece.number)) is None else self.late.setdefault(asked, [])
                )
            case "number":
                if self.comment:
                    self.close()
                self.number = text.text.strip(" .、")
            case "speaker" | "title" | "reviewer" | "round":
                self.close()
                self.open = None
                if (point := _POINT.search(text.text, timeout=TIMEOUT)) is not None:
                    value = to_number(point[1])
                    self.number = None if value is None else str(value)
                if piece.name == "round":
                    rows.name(rows.speaker.named(None, "".join(text.text.split())))
                elif heading := read_heading(text.text, is_certain=piece.name in {"reviewer", "title"}):
                    rows.name(rows.speaker.named(heading.reviewer, heading.round))
        if piece.name in {"comment", "reply", "more"} and self.open is not None:
            self.open.append(text)

    def asked(self, number: str | None) -> int | None:
        """The draft of this speaker's comment that a reply's number means, where it is not the comment before."""
        if number is None or number == self.number:
            return None
        drafts = enumerate(self.rows.drafts)
        open_ = [i for i, d in drafts if d.speaker == self.rows.speaker and d.number == number and not d.reply]
        return open_[-1] if open_ else None

    def close(self) -> None:
        """Ends a comment with its replies."""
        for draft, replies in self.late.items():
            self.rows.drafts[draft].reply = joined(replies).strip()
        if self.comment:
            for own, asked, answer in answers(joined(self.comment), joined(self.reply)):
                self.rows.drafts.append(Draft(self.rows.speaker, self.number or own, asked.strip(), answer.strip()))
        self.comment, self.reply, self.number, self.late = [], [], None, {}
