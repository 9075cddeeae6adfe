"""Tables of a text file as grids: tab-separated lines, pipe tables, `<table>`.

A grid is one run of lines, as one page of a PDF would show it; putting the runs of one table together is the
business of `joining`.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.documents.codes import without_code
from extract.documents.markup import inline
from extract.documents.model import EMPTY, PlacedText
from extract.documents.numbering import read_numbering
from extract.documents.page_grid import Grid

Span = tuple[int, int]
"""Half-open range of offsets in the decoded file."""

_PIPE_RULE = regex.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_TABLE_TAG = regex.compile(r"<(/?)table\b[^<>]{0,400}>", regex.IGNORECASE)
_CELL_TAG = regex.compile(r"<(/?)(tr|td|th|table|caption|thead)\b([^<>]{0,400})>", regex.IGNORECASE)
_SPAN = regex.compile(r"\b(row|col)span\s*=\s*[\"']?\s*(\d{1,3})", regex.IGNORECASE)
_LABELLED = regex.compile(
    r"\p{Han}{2,4}\s*(?:(?:[A-Z]{1,3}[-－.]?)?\d{1,2}(?:[-－.]\d{1,2})*|[A-Z]|[一二三四五六七八九十]{1,3})\s*[：:、\u3000]\s*\S"
)
"""策略 B4：, 面向一、: a number behind the word that says what it numbers."""
MAX_SPAN = 200
"""Rows or columns that one cell may cover; more is a mistake in the file, or a bomb."""
MAX_SLOTS = 200_000
"""Rows times columns that the cells of one table may cover together."""


class TooManySlots(Exception):
    """A table whose cells cover more rows and columns than any table has."""


def is_pipe_rule(line: str) -> bool:
    """Whether a line is the `|---|---|` under a pipe table's header."""
    return "-" in line and "|" in line and _PIPE_RULE.fullmatch(line) is not None


def tab_grid(raw: str, lines: Sequence[Span]) -> Grid:
    """A grid from lines whose cells are parted by tabs; a line with one cell alone is a band across the table, one
    without words no row."""
    printed = [line for line in lines if raw[slice(*line)].strip()]
    return _grid([[inline(raw, a, b) for a, b in _split(raw, line, "\t")] for line in printed])


def pipe_grid(raw: str, lines: Sequence[Span]) -> Grid:
    """A grid from Markdown table lines; the `|---|` line under the header is dropped, a row of dashes is kept."""
    rows: list[list[PlacedText]] = []
    for number, (start, end) in enumerate(lines):
        text = raw[start:end]
        if number == 1 and is_pipe_rule(text):
            continue
        begin = start + len(text) - len(text.lstrip())
        stop = end - (len(text) - len(text.rstrip()))
        begin += raw.startswith("|", begin)
        if stop > begin and raw[stop - 1] == "|" and raw[stop - 2] != "\\":
            stop -= 1
        rows.append([inline(raw, a, b) for a, b in _split(raw, (begin, stop), "|")])
    return _grid(rows, pads_bands=True)


def _split(raw: str, line: Span, mark: str) -> list[Span]:
    parts: list[Span] = []
    start, end = line
    at = start
    while True:
        found = raw.find(mark, at, end)
        if found < 0:
            return [*parts, (start, end)]
        if mark == "|" and found > line[0] and raw[found - 1] == "\\":
            at = found + 1
            continue
        parts.append((start, found))
        start = at = found + 1


def _grid(rows: list[list[PlacedText]], *, pads_bands: bool = False) -> Grid:
    width = max((len(r) for r in rows), default=0)
    cells: list[list[PlacedText | None]] = []
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for number, row in enumerate(rows):
        is_padded = number > 0 and not any(row[1:]) and (pads_bands or _looks_like_band(row[0]))
        is_alone = len(row) == 1 or is_padded
        if is_alone and width > 1 and row[0]:
            cells.append([row[0], *([None] * (width - 1))])
            spans[number, 0] = (1, width)
        else:
            cells.append([*row, *([EMPTY] * (width - len(row)))])
    header_rows = _tie_two_level_header(cells, spans)
    return Grid(None, tuple(tuple(r) for r in cells), spans, header_rows)


def _looks_like_band(cell: PlacedText) -> bool:
    """Whether a cell with nothing beside it heads the rows below, rather than ending a merged cell of a page before."""
    words = cell.text.strip()
    is_numbered = read_numbering(words) is not None or 0 < without_code(words) < len(words) or _LABELLED.match(words)
    return cell.is_bold() or bool(is_numbered) or words.endswith(("）", ")", "意見", "：", ":"))


def _tie_two_level_header(
    cells: list[list[PlacedText | None]], spans: dict[tuple[int, int], tuple[int, int]]
) -> int | None:
    """Two header rows that complete each other: where one is empty the other is not, and none is full. Tabs cannot
    say what is merged, but such a pair can mean nothing else. Returns 2, or None where there is no such pair."""
    if len(cells) < 3 or any(c is None for row in cells[:2] for c in row):
        return None
    top, below = cells[0], cells[1]
    if all(top) or all(below) or not top[0] or any(not a and not b for a, b in zip(top, below, strict=True)):
        return None
    column = 0
    while column < len(top):
        end = column + 1
        while end < len(top) and not top[end]:
            end += 1
        if below[column]:
            if end > column + 1:
                spans[0, column] = (1, end - column)
                top[column + 1 : end] = [None] * (end - column - 1)
        else:
            spans[0, column] = (2, 1)
            below[column] = None
        column = end
    return 2


def html_table_end(raw: str, start: int) -> int:
    """The offset behind the `</table>` that closes the table opened at `start`; the end of the file where none does."""
    depth = 0
    for match in _TABLE_TAG.finditer(raw, start):
        depth += -1 if match.group(1) else 1
        if depth <= 0:
            return int(match.end())
    return len(raw)


def html_grid(raw: str, start: int, end: int) -> Grid:
    """A grid from `<table>…</table>`; a table inside a cell is text of that cell. Raises `TooManySlots`."""
    rows: list[list[tuple[Span, int, int]]] = []
    heads: list[bool] = []
    depth = 0
    opened: tuple[int, int, int] | None = None

    def close(at: int) -> None:
        nonlocal opened
        if opened is not None and rows:
            rows[-1].append(((opened[0], at), opened[1], opened[2]))
        opened = None

    for match in _CELL_TAG.finditer(raw, start, end):
        name, is_end = match.group(2).lower(), bool(match.group(1))
        if name == "table":
            depth += -1 if is_end else 1
            if depth == 0:
                close(match.start())
        if depth != 1:
            continue
        if name == "tr" and not is_end:
            close(match.start())
            rows.append([])
            heads.append(True)
        elif name in {"td", "th"}:
            close(match.start())
            if not is_end:
                if not rows:
                    rows.append([])
                    heads.append(True)
                over = {k.lower(): max(1, min(MAX_SPAN, int(v))) for k, v in _SPAN.findall(match.group(3))}
                opened = (match.end(), over.get("row", 1), over.get("col", 1))
                heads[-1] = heads[-1] and name == "th"
        elif name == "tr":
            close(match.start())
    close(end)
    return _placed(raw, rows, heads)


def _placed(raw: str, rows: list[list[tuple[Span, int, int]]], heads: list[bool]) -> Grid:
    """Cells put where their spans leave room."""
    if sum(down * across for row in rows for _, down, across in row) > MAX_SLOTS:
        raise TooManySlots
    taken: dict[tuple[int, int], PlacedText | None] = {}
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    for number, row in enumerate(rows):
        column = 0
        for (start, end), down, across in row:
            while (number, column) in taken:
                column += 1
            height = min(down, len(rows) - number)
            for r in range(number, number + height):
                for c in range(column, column + across):
                    taken.setdefault((r, c), None)
            taken[number, column] = inline(raw, start, end)
            if (height, across) != (1, 1):
                spans[number, column] = (height, across)
            column += across
    width = max((c for _, c in taken), default=-1) + 1
    if width * len(rows) > MAX_SLOTS:
        raise TooManySlots
    cells = tuple(tuple(taken.get((r, c), EMPTY) for c in range(width)) for r in range(len(rows)))
    leading = next((i for i, head in enumerate(heads) if not head), len(heads))
    return Grid(None, cells, spans, leading if 0 < leading < len(rows) else None)
