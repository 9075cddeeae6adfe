"""A cell that holds a measure's name and below it what is planned, under a header such as 措施名稱及內容."""

from __future__ import annotations

import regex

from extract.documents.model import BOLD, EMPTY, PlacedText
from extract.reading.vocabulary import TIMEOUT

LONGEST_NAME = 40
"""Characters of a first line that can still be a name."""


def split_name_and_plan(cell: PlacedText) -> tuple[PlacedText, PlacedText]:
    """The name and the plan of a cell: parted where bold ends, else at the first line break, else at the first space
    between Chinese words. The whole cell is the name where nothing parts it."""
    text = cell.strip()
    for end in (_end_of_bold(text), text.text.find("\n"), _first_space(text.text)):
        if 0 < end <= LONGEST_NAME and text[end:].strip():
            return text[:end].strip(), text[end:].strip()
    return text, EMPTY


def _end_of_bold(text: PlacedText) -> int:
    """Where the bold words that open a text end; -1 where they do not open it."""
    marks = zip(text.text, text.styles, strict=True)
    end = next((at for at, (char, style) in enumerate(marks) if not char.isspace() and not style & BOLD), -1)
    return end if end > 1 else -1


def _first_space(words: str) -> int:
    match = regex.search(r"(?<=\p{Han}[)）]?)\s(?=[\p{Han}「（(])", words, timeout=TIMEOUT)
    return match.start() if match else -1
