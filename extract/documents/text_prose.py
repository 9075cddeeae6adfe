"""Lines of a text file that are no table: which are headings, and which belong to one paragraph."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.documents.markup import inline
from extract.documents.model import EMPTY, PlacedText, concat
from extract.documents.numbering import read_numbering
from extract.documents.text_tables import Span

BARE_LEVEL = 7
"""Level of a heading that no markup marks: below all that `#` can say; its number tells more."""
LONGEST_HEADING = 45
"""Characters; a longer line with a number in front is an item of a list."""
SHORT_LINE = 30
"""Characters; lines that all are this short and hold no clause are set one below the other, not wrapped."""

_BULLET = regex.compile(r"\s*(?:[-*+]|>)\s+")
_LABEL = regex.compile(r"[\p{Han}A-Za-z ]{2,10}[：:]")
_MARK = regex.compile(r"[•✓◆●■➤▪○◎→※]")
_CLAUSE_END = regex.compile(r"[，。；,;]")
_NO_HEADING_END = "。；;：:！？!?，,、"
_LINE_END = "。；;：:！？!?"
_FIRST_WIDE = "\u2e80"
"""From here on characters are Chinese; no space stands between them."""
_DIVISIONS = frozenset({"annex", "chapter", "division", "formal", "han", "han-bracket"})


def is_bare_heading(line: str, *, is_alone: bool, in_plain_file: bool) -> bool:
    """Whether an unmarked line is a heading: short, numbered, no sentence. Among other lines (`is_alone` False) only a
    division's number counts, and only in a file without marked headings."""
    words = line.strip().strip("*_ \u3000")
    numbering = read_numbering(words) if words else None
    if numbering is None or len(words) > LONGEST_HEADING or len(words) == numbering.length:
        return False
    if words[-1] in _NO_HEADING_END or "。" in words or "；" in words:
        return False
    if is_alone:
        return numbering.style not in {"circled", "letter-bracket"}
    return in_plain_file and numbering.style in _DIVISIONS


def join_lines(raw: str, lines: Sequence[Span]) -> PlacedText:
    """The paragraph that lines make, bullets' marks dropped, real line breaks kept."""
    parts = [inline(raw, start + _bullet(raw, start, end), end) for start, end in lines]
    is_listing = all(len(part) <= SHORT_LINE and not _CLAUSE_END.search(part.text) for part in parts)
    pieces: list[PlacedText] = []
    for i, part in enumerate(parts):
        if not part:
            continue
        if pieces:
            before, line = (raw[slice(*lines[n])] for n in (i - 1, i))
            separator = "\n" if is_listing else _separator(before, line, pieces[-1].text, part.text)
            pieces.append(PlacedText.plain(separator))
        pieces.append(part)
    return concat(pieces) if pieces else EMPTY


def _bullet(raw: str, start: int, end: int) -> int:
    match = _BULLET.match(raw, start, end)
    return len(match.group()) if match else 0


def _separator(before: str, line: str, left: str, right: str) -> str:
    """What stands between two lines (`before` and `line` with markup, `left` and `right` without): a real line break, a
    space, or nothing."""
    is_hard = before.endswith(("  ", "\\")) or before.rstrip().lower().endswith(("<br>", "<br/>", "</p>"))
    if is_hard or _BULLET.match(line) or read_numbering(right) or left[-1] in _LINE_END:
        return "\n"
    if line.startswith(("    ", "\u3000\u3000", "<p")) or _MARK.match(right) or _LABEL.match(right):
        return "\n"
    return "" if left[-1] >= _FIRST_WIDE or right[0] >= _FIRST_WIDE else " "
