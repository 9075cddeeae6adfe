"""Which column of a table of comments holds what: by its header, else by what stands in it.

Where one column holds both, 【意見】… and 【回復】… below it, the columns are those of the table with that one parted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from extract.documents.model import Table
from extract.reading.comment_cells import holds_both, parted
from extract.reading.comment_items import mark_at
from extract.reading.comment_labels import FIELDS
from extract.reading.headers import best_match, words_of
from extract.reading.reviewers import is_person, read_heading
from extract.reading.vocabulary import TIMEOUT, folded, is_blank

LONGEST_NUMBER = 6
"""Characters of a comment's number, 甲-12."""
LONGEST_HEADER = 14
"""Characters of a header that stands among the rows."""
_APART = regex.compile(r"[及與和暨並、/／]")
_SPOKEN = ("意見", "建議", "提問", "問題")
_TOLD_ROUND = regex.compile(r"書面|會[前上中後]|現場|當場|口頭")


@dataclass(frozen=True, slots=True)
class Pair:
    """A column of comments and the one that answers it; `round` where the header names it, as 會上意見 does."""

    comment: int
    reply: int
    round: str | None = None


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table of comments."""

    pairs: tuple[Pair, ...]
    reviewer: int | None = None
    round: int | None = None
    number: int | None = None
    unread: tuple[int, ...] = field(default=())
    joint: int | None = None
    """The column of the printed table that holds comments and replies both."""

    def apart(self, table: Table) -> Table:
        """The table that these are the columns of."""
        return table if self.joint is None else parted(table, self.joint, number=self.number)

    def names_speaker(self) -> bool:
        """Whether a column says who speaks."""
        return self.reviewer is not None


def read_columns(printed: Sequence[str], table: Table | None = None, *, is_annex: bool = False) -> Columns | None:
    """The columns by their headers, or None where they are none of a table of comments. `table` shows what stands in
    the columns whose headers do not tell; `is_annex` says that a heading over it speaks of comments."""
    if not is_annex and not any(word in header for header in printed for word in _SPOKEN):
        return None
    matches = [best_match(header, words_of("comments"), FIELDS) for header in printed]
    fields = [match[0] if match is not None else None for match in matches]
    pairs = _pairs(printed, fields, [match[1] if match is not None else 0 for match in matches])
    if not pairs:
        return _joint(printed, table) if table is not None else None
    taken = {column for pair in pairs for column in (pair.comment, pair.reply)}
    single: dict[str, int] = {}
    for name in ("reviewer", "round", "number"):
        options = [(matches[i][1], -i) for i, f in enumerate(fields) if f == name and i not in taken]  # type: ignore[index]
        if options:
            single[name] = -max(options)[1]
    if table is not None:
        taken |= _by_content(
            table,
            single,
            pairs[0].comment,
            [i for i in range(len(printed)) if i not in taken and fields[i] != "ignored"],
        )
    taken |= set(single.values())
    unread = tuple(
        i for i, header in enumerate(printed) if i not in taken and fields[i] != "ignored" and not is_blank(header)
    )
    return Columns(pairs, single.get("reviewer"), single.get("round"), single.get("number"), unread)


def _joint(printed: Sequence[str], table: Table) -> Columns | None:
    """The columns where one holds comments and replies both, as its cells show: those of the table that parts it."""
    at = next((column for column in range(len(printed)) if holds_both(table, column)), None)
    if at is None:
        return None
    asked = _APART.split(printed[at])[0]
    match = best_match(asked, words_of("comments"), FIELDS)
    titles = (asked if match is not None and match[0] == "comment" else "意見", "回復")
    columns = read_columns((*printed[:at], *titles, *printed[at + 1 :]), parted(table, at))
    return replace(columns, joint=at) if columns is not None else None


def is_header(printed: Sequence[str], columns: Columns) -> bool:
    """Whether a row's cells are headers once more, be it in other words: 委員 | 會上意見 | 回應."""
    cells = [folded(text) for text in printed]
    if any(len(cell) > LONGEST_HEADER or regex.search(r"[。，；？無請]", cell, timeout=TIMEOUT) for cell in cells):
        return False
    matches = [best_match(cell, words_of("comments"), FIELDS) if cell else None for cell in cells]
    pair = columns.pairs[0]
    fields = {i: match[0] for i, match in enumerate(matches) if match is not None}
    return (
        fields.get(pair.comment) == "comment"
        and fields.get(pair.reply) == "reply"
        and (columns.reviewer is None or fields.get(columns.reviewer) == "reviewer")
    )


def _pairs(printed: Sequence[str], fields: Sequence[str | None], scores: Sequence[int]) -> tuple[Pair, ...]:
    """Comments with their replies: each comment's is the next column of replies where they take turns, else the best
    of each."""
    comments = [i for i, name in enumerate(fields) if name == "comment"]
    replies = [i for i, name in enumerate(fields) if name == "reply"]
    rounds = [round_in_header(printed[i]) for i in comments]
    if len(comments) == len(replies) > 1 and len(set(rounds)) == len(rounds):
        order = [i for pair in zip(comments, replies, strict=True) for i in pair]
        if order == sorted(order):
            return tuple(Pair(c, r, said) for c, r, said in zip(comments, replies, rounds, strict=True))
    if not comments or not replies:
        return ()
    comment = max(comments, key=lambda i: (scores[i], -i))
    return (Pair(comment, max(replies, key=lambda i: (scores[i], -i)), round_in_header(printed[comment])),)


def round_in_header(header: str) -> str | None:
    """The round that a header of comments names: 會上意見, but not 審查意見."""
    heading = read_heading(header) if _TOLD_ROUND.search(folded(header), timeout=TIMEOUT) else None
    return heading.round if heading is not None else None


def _by_content(table: Table, single: dict[str, int], asked: int, free: Sequence[int]) -> set[int]:
    """Sets right what the cells contradict: a column of names is the reviewers', whatever stands over it, and one of
    words holds no numbers. The columns that number nothing but the reviewers."""
    counting: set[int] = set()
    for column in free:
        own = [row.cells[column] for row in table.rows if not row.is_band and column < len(row.cells)]
        cells = [words for cell in own if cell.source == "own" and (words := folded(cell.text.text))]
        name = next((n for n, at in single.items() if at == column), None)
        if not cells or name in {"reviewer", "round"}:
            continue
        if "reviewer" not in single and all(is_person(words) for words in cells):
            if name is not None:
                del single[name]
            single["reviewer"] = column
        elif name == "number" and "reviewer" in single and _counts_reviewers(table, column, single["reviewer"], asked):
            del single[name]
            counting.add(column)
        elif name == "number" and not any(mark_at(f"{w}、") or len(w) <= LONGEST_NUMBER for w in cells):
            del single[name]
    return counting


def _counts_reviewers(table: Table, number: int, reviewer: int, asked: int) -> bool:
    """Whether the numbers are the reviewers', not the comments': each stands beside a name, and the comments carry
    numbers of their own."""
    rows = [row for row in table.rows if not row.is_band and len(row.cells) > max(number, reviewer, asked)]
    own = [(bool(row.cells[number].text), row.cells[number].source == "own", row.cells[reviewer]) for row in rows]
    beside = all(cell.source == "own" and cell.text for is_filled, is_own, cell in own if is_filled and is_own)
    return beside and all(mark_at(row.cells[asked].text.text.lstrip()) is not None for row in rows)
