"""Comments that no table of rows holds: cards whose cells are 委員 | …, 意見 | …, 回復 | …, and lines that open so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extract.documents.model import Document, Heading, Paragraph, PlacedText, Table
from extract.reading.comment_columns import FIELDS
from extract.reading.comment_items import answers, joined
from extract.reading.comment_rows import Draft, Rows
from extract.reading.dates import to_number
from extract.reading.headers import EXACT, best_match, words_of
from extract.reading.reviewers import read_heading
from extract.reading.vocabulary import TIMEOUT

_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})?"
_LABEL = regex.compile(rf"\s*[■◆●▪•※【\[（(]?\s*(\p{{Han}}{{1,10}}?)\s*{_NUMBER}\s*[】\])）]?\s*[：:]\s*")
_BRACKETED = regex.compile(rf"\s*[【\[]\s*(\p{{Han}}{{1,10}}?)\s*{_NUMBER}\s*[】\]]\s*")


def cards(table: Table, rows: Rows) -> None:
    """The comments of a table whose first column says what the second one holds."""
    pieces: list[tuple[str, PlacedText]] = []
    for row in (*table.header, *table.rows):
        own = [cell.text for cell in row.cells if cell.source == "own" and cell.text]
        for label, text in zip(own[::2], own[1::2], strict=False):
            if (name := _field(label.text)) is not None:
                pieces.append((name, text))
    if {"comment", "reply"} <= {name for name, _ in pieces}:
        _tell(pieces, rows)


def lines(document: Document, is_inside: Sequence[bool], rows: Rows) -> None:
    """The comments in lines such as 意見：… and 回復：… of the annex; `is_inside` says which blocks are the annex's."""
    pieces: list[tuple[str, PlacedText]] = []
    for block, inside in zip(document.blocks, is_inside, strict=True):
        if inside and isinstance(block, Heading | Paragraph):
            pieces.extend(_pieces(block))
    if {"comment", "reply"} <= {name for name, _ in pieces}:
        _tell(pieces, rows)


def _pieces(block: Heading | Paragraph) -> Iterator[tuple[str, PlacedText]]:
    for line in block.text.lines():
        label = _LABEL.match(line.text, timeout=TIMEOUT) or _BRACKETED.match(line.text, timeout=TIMEOUT)
        name = _field(label.group(1)) if label is not None else None
        if label is not None and name is not None:
            if name == "comment" and (number := label.group(2)):
                yield "number", PlacedText.plain(str(to_number(number)))
            yield name, line[label.end() :]
        elif read_heading(line.text) is not None:
            yield "speaker", line
        elif isinstance(block, Paragraph):
            yield "more", line


def _field(label: str) -> str | None:
    """What a label names, where it is nothing but that name."""
    match = best_match(label.strip("：: 　"), words_of("comments"), FIELDS)
    return match[0] if match is not None and match[1] >= EXACT else None


def _tell(pieces: Sequence[tuple[str, PlacedText]], rows: Rows) -> None:
    """Comments from pieces that say what they are, in order; `more` goes on the one before."""
    comment: list[PlacedText] = []
    reply: list[PlacedText] = []
    open_: list[PlacedText] | None = None
    number: str | None = None

    def close() -> None:
        nonlocal comment, reply, number
        if comment:
            for own, asked, answer in answers(joined(comment), joined(reply)):
                rows.drafts.append(Draft(rows.speaker, number or own, asked.strip(), answer.strip()))
        comment, reply, number = [], [], None

    for name, text in pieces:
        if name in {"comment", "number"} and comment:
            close()
        if name == "comment":
            open_ = comment
        elif name == "reply":
            open_ = reply
        elif name in {"speaker", "reviewer", "round"}:
            close()
            open_ = None
        if name in {"comment", "reply", "more"} and open_ is not None:
            open_.append(text)
        elif name in {"speaker", "reviewer"} and (heading := read_heading(text.text, is_certain=name == "reviewer")):
            rows.name(rows.speaker.named(heading.reviewer, heading.round))
        elif name == "round":
            rows.name(rows.speaker.named(None, "".join(text.text.split())))
        elif name == "number":
            number = text.text.strip(" .、")
    close()
