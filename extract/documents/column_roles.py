"""What the columns of a table do, read off its rows: number them, group them, or stand filled in every one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.documents.codes import leading_code, without_code
from extract.documents.model import PlacedText

ENUMERATED = 0.6
"""Share of a column's cells that must start with a number for the column to tell rows apart."""
REPEATED = 0.2
"""Share of a column's numbers that may repeat the one above; more is a list that starts with 1. in each cell."""
FILLED = 0.9
"""Share of a column's rows that must hold something for an empty cell there to mean that the row was cut."""
AMOUNT = re.compile(
    r"\s*(\d[\d,]*(?:\.\d+)?)\s*(?:[%％]|[兆億萬千仟百]{0,2}元)?\s*(?:[/／(（]?\s*\d[\d\s.]*[%％]\s*[)）]?)?\s*"
)
"""An amount with its unit, alone or with a rate beside it: 8.41 / 87.2%."""
PLAIN = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[）)]?、?")
"""A number of one part."""
AMOUNT_AND_RATE = re.compile(r"\s*(\d[\d,]*(?:\.\d+)?)\s*(?:[兆億萬千仟百]{0,2}元)?\s*[/／(（]\s*\d[\d\s.]*[%％]")
"""An amount with its rate, which a narrow cell may have broken, whatever remark follows."""
NOTE_MARK = re.compile(r"\s*[（(]?註\s*\d*[)）]?|[*＊※]|^\s*[（(](?=[\d,.]+[)）]\s*$)|(?<=\d)[)）]\s*$")
"""What may stand around an amount: a note's mark, the brackets of an estimate."""
SECOND = str.maketrans("1１一", "2２二")
"""From the first mark of a list to the second: (1) to (2)."""
FEWEST = 4
"""Rows after which a column that numbered each of them may be trusted to number the next one."""


@dataclass(slots=True)
class BodyRow:
    """A row while tables are put together; `spans` are its own cells' (rows, columns)."""

    cells: list[PlacedText | None]
    spans: dict[int, tuple[int, int]]

    def is_blank(self) -> bool:
        """Whether nothing is printed in it."""
        return not any(self.cells)

    def is_band(self) -> bool:
        """One text in the first cell and nothing beside it: a heading across the table."""
        if len(self.cells) < 2 or not self.cells[0]:
            return False
        across = self.spans.get(0, (1, 1))[1]
        return across >= len(self.cells) or all(c is None for c in self.cells[1:])


@dataclass(frozen=True, slots=True)
class ColumnRoles:
    """What the rows say about the columns: which number the rows (the finest first), which are always filled,
    which group rows (one number or name over several rows), in which words follow the number, and which of the
    numbered ones never begin without a number."""

    numbered: tuple[int, ...]
    filled: tuple[int, ...]
    grouping: tuple[int, ...]
    named: tuple[int, ...] = ()
    always_numbered: tuple[int, ...] = ()

    @classmethod
    def of(cls, rows: Sequence[BodyRow], width: int) -> ColumnRoles:
        """The roles of `width` columns, from rows of which none is the uncertain rest of another."""
        plain = [r for r in rows if not r.is_band()]
        count = len(plain)
        numbered: list[tuple[int, int]] = []
        filled: list[int] = []
        for column in range(width):
            own = [t for r in plain if (t := r.cells[column])]
            distinct = _row_numbers(rows, column)
            if distinct and not _is_figures(own):
                numbered.append((distinct, column))
            if count >= 3 and len(own) >= FILLED * count:
                filled.append(column)
        if any(not _is_plain(plain, column) for _, column in numbered):
            # 1.1.1 numbers the rows; (1), (2), (1) beside it are items that have rows of their own.
            numbered = [(n, column) for n, column in numbered if not _is_plain(plain, column, starts_anew=True)]
        numbered.sort(key=lambda pair: (-pair[0], -pair[1]))
        if not numbered:
            return cls((), tuple(filled), ())
        most, finest = numbered[0]
        own_count = [sum(1 for r in plain if r.cells[column]) for column in range(width)]
        coarse = {c for n, c in numbered if n < 0.8 * most}
        grouping = [
            c for c in range(width) if c in coarse or (c < finest and 0 < own_count[c] < 0.7 * own_count[finest])
        ]
        named = [
            c
            for _, c in numbered
            if sum(without_code(t.text) < len(t.text.rstrip()) for r in plain if (t := r.cells[c])) > 0.5 * own_count[c]
        ]
        always = [
            c
            for _, c in numbered
            if c not in coarse
            and own_count[c] >= FEWEST
            and all(leading_code(t.text) for r in plain if (t := r.cells[c]))
        ]
        fine = tuple(c for _, c in numbered if c not in coarse)
        return cls(fine, tuple(filled), tuple(grouping), tuple(named), tuple(always))


def _row_numbers(rows: Sequence[BodyRow], column: int) -> int:
    """How many different row numbers a column holds, 0 where it does not number rows.

    A list inside each cell starts with 1. time and again; a row number moves on from row to row, and starts anew
    after a band alone.
    """
    codes: list[str] = []
    own = repeats = lists = 0
    before: str | None = None
    for row in rows:
        cell = row.cells[column]
        if row.is_band():
            before = None
        elif cell:
            own += 1
            code = leading_code(cell.text)
            if code:
                repeats += code == before
                lists += code.translate(SECOND) != code and code.translate(SECOND) in cell.text
                codes.append(code)
                before = code
    if own < 2 or len(codes) < ENUMERATED * own or repeats > REPEATED * len(codes) or lists > REPEATED * len(codes):
        return 0
    return len(codes) - repeats


def _is_plain(rows: Sequence[BodyRow], column: int, *, starts_anew: bool = False) -> bool:
    """Whether the numbers of a column have one part each, 1. or (一); with `starts_anew` also whether they count from
    the first one more than once."""
    codes = [code for row in rows if (cell := row.cells[column]) and (code := leading_code(cell.text))]
    firsts = sum(code.strip("（()）.、") in {"1", "一"} for code in codes)
    return all(PLAIN.fullmatch(code) for code in codes) and (firsts > 1 or not starts_anew)


def _is_figures(cells: Sequence[PlacedText]) -> bool:
    """Whether cells are amounts rather than row numbers: a number and nothing else, and not counting up."""
    texts = [NOTE_MARK.sub("", c.text) for c in cells]
    values = [AMOUNT.fullmatch(text) or AMOUNT_AND_RATE.match(text) for text in texts]
    if not all(values):
        return sum(1 for v in values if v) > 0.5 * len(values)
    numbers = [float(v.group(1).replace(",", "")) for v in values if v]
    return any(b not in (a + 1, 1) for a, b in itertools.pairwise(numbers))
