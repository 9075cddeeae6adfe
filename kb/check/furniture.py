"""Words of the page, running titles and page numbers, that came into cells."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from kb.check.cells import doubts_of_cell
from kb.check.model import Doubt, Fault
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Stored

PIECE, WHOLE = 6, 10
"""Characters of the report's title that are looked for, and those from which a run of them is no phrase of its own;
the title's first words are none from `PIECE` on."""
WORDS_ALONE = ("funding", "category", "lead", "co", "agencies")
"""Columns of words: a number there is a page's or a row's."""
NUMBER_WITHIN = regex.compile(r"\p{Han}\d{1,3}(?=\p{Han}|$)|^\d{1,3}(?=\p{Han})")
TALKING = regex.compile(r"依據?|配合|納入|列入|落實|推動|執行|透過|研擬|擬訂|滾動|檢討")
"""Words before the title of the action plan in a sentence that means it."""


def check_furniture(stored: Stored) -> Iterator[Doubt]:
    """Doubts about cells with a piece of the report's title, or a number that belongs to no word of the cell."""
    pieces = _pieces(stored)
    for measure in stored["measures"]:
        for field, words in (measure["printed"] or {}).items():
            cell = folded(words)
            run = _run(cell, pieces)
            if run is not None:
                reason = f"欄中有頁首或頁尾的文字「{run}」"
                yield from doubts_of_cell(stored, measure, field, Fault("furniture", reason, 0.2))
            elif field in WORDS_ALONE and NUMBER_WITHIN.search(cell, timeout=TIMEOUT):
                reason = "機關、類別或經費來源中有數字，可能是頁碼"
                yield from doubts_of_cell(stored, measure, field, Fault("furniture", reason, 0.2))


def _pieces(stored: Stored) -> list[str]:
    """Pieces of the report's title: sector and plan as the running title prints them."""
    title = next((folded(row["title"]) for row in stored["reports"]), "")
    return [title[at : at + PIECE] for at in range(len(title) - PIECE + 1)]


def _run(cell: str, pieces: list[str]) -> str | None:
    """A run of the title in a cell that no sentence leads to; None without one."""
    piece = next((p for p in pieces if p in cell), None)
    if piece is None:
        return None
    at, end = cell.index(piece), cell.index(piece) + PIECE
    while end < len(cell) and cell[end - PIECE + 1 : end + 1] in pieces:
        end += 1
    is_running_title = end - at >= WHOLE or piece == pieces[0]
    is_meant = TALKING.search(cell[max(0, at - 8) : at], timeout=TIMEOUT)
    return cell[at:end] if is_running_title and not is_meant else None
