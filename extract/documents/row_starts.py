"""Rows that no ruling parts, from their numbers and from the white between the lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from extract.documents.codes import leading_code
from extract.documents.figure_rows import shared_lines
from extract.documents.lines import Line
from extract.documents.numbering import han_number, read_numbering

PLAIN_NUMBER = re.compile(r"[（(]?[\d一二三四五六七八九十]{1,3}[）)]?、?")
"""A number of one part: of a row, or of an item in a list."""

YEAR = re.compile(r"1[0-4]\d")
"""110, 年至, 111, 年 on lines of their own are a period that wraps."""

PART = re.compile(r"\d+|[一二三四五六七八九十]+")
PART_OF_CODE = re.compile(r"(?:[A-Za-z]{1,3}|[^\W\d_a-zA-Z]{1,2}[-－–—])?[\d一二三四五六七八九十()（）、.．\-－–—‐‑]*")
"""What may be the upper part of a number that wraps: nothing but the signs of numbers, and a letter or two before."""
MOST_LINES = 3
"""Lines that a number may wrap to."""
MOST_BEFORE_DASH = 2
"""Characters of a number's first part, 住 over -1-1."""
DASHES = ("-", "－", "–", ".")
MOST_SKIPPED = 3
"""Rows that may be missing between two numbers: a measure that ended is left out."""


def row_breaks(columns: Sequence[Sequence[Line]], *, is_unruled: bool) -> list[float]:
    """The y positions at which new rows begin inside a stretch without rules, from its lines column by column.

    Numbers of several parts in one column (1.1.1, 1.1.2) part rows anywhere. In a table without a single rule between
    rows (`is_unruled`), one such number does, lines that all columns share (a table of figures), and white strips at
    which a row ends.
    """
    lines = sorted((line for column in columns for line in column), key=lambda line: line.top)
    if len(lines) < 2:
        return []
    numbers = _number_starts(columns)
    strips = _wide_strips(columns, lines)
    parted = [s for s in strips if len(numbers) == 1 and 0 < numbers[0] - s < lines[0].size and _most_begin(columns, s)]
    if parted:
        return parted  # the rest of a row from the page before, and a row of its own
    if len(numbers) == 1 and _is_halfway(numbers[0], columns, lines):
        numbers = []
    if len(numbers) >= 2 or (numbers and is_unruled):
        if len(strips) >= len(numbers) - 1 > 0 and all(
            sum(a <= y < b for y in numbers) <= 1 for a, b in _between(strips, lines)
        ):
            is_new = not any(strip < numbers[0] for strip in strips) and _most_begin(columns, _above(numbers[0], lines))
            return [_above(numbers[0], lines), *strips] if is_new else strips
        starts = [_above(y, lines) for y in numbers]
        # Above the first number there may be the rest of a row from the page before.
        return starts if _most_begin(columns, starts[0]) else starts[1:]
    if not is_unruled:
        return []
    return shared_lines(columns) or (strips if all(_most_begin(columns, strip) for strip in strips) else [])


def _is_halfway(top: float, columns: Sequence[Sequence[Line]], lines: Sequence[Line]) -> bool:
    """Whether the only number of a stretch stands halfway down, as cells of one row do that are centred: with its
    column's whole text as far from the first line of all as from the last."""
    column = next(column for column in columns if any(line.top == top for line in column))
    above = column[0].top - min(line.top for line in lines)
    below = max(line.bottom for line in lines) - column[-1].bottom
    return column[0].top == top and above > 0.5 * column[0].size and abs(above - below) < 0.6 * column[0].size


def _most_begin(columns: Sequence[Sequence[Line]], strip: float) -> bool:
    """Whether at a white strip a row ends and another begins: few columns reach down to it, most begin below it on one
    line. Inside a row the columns that have text above a strip go on below it."""
    filled = [column for column in columns if column]
    below = [next((line.top for line in column if line.top > strip), None) for column in filled]
    tops = [top for top in below if top is not None]
    if len(tops) < 2:
        return False
    reaching = sum(1 for column in filled if any(0 <= strip - line.bottom < line.size for line in column))
    beginning = sum(top - min(tops) < 0.5 * filled[0][0].size for top in tops)
    return beginning > 0.6 * len(filled) and reaching <= 0.5 * beginning


def _between(strips: Sequence[float], lines: Sequence[Line]) -> list[tuple[float, float]]:
    edges = [min(line.top for line in lines) - 1, *strips, max(line.bottom for line in lines) + 1]
    return list(pairwise(edges))


def _wide_strips(columns: Sequence[Sequence[Line]], lines: Sequence[Line]) -> list[float]:
    leading = [b.top - a.bottom for column in columns for a, b in pairwise(column) if b.top - a.bottom < 1.5 * a.size]
    if not leading:
        return []
    usual = median(leading)
    strips: list[float] = []
    bottom = lines[0].bottom
    for line in lines[1:]:
        if line.top - bottom > max(usual, 0.0) + 0.3 * line.size:
            strips.append((line.top + bottom) / 2)
        bottom = max(bottom, line.bottom)
    return strips


def _number_starts(columns: Sequence[Sequence[Line]]) -> list[float]:
    """Tops of the lines that number the rows: of the column whose numbers are most and move on. A plain 1, 2, 3 counts
    only where it stands alone: else it may be a list inside one cell."""
    best: list[float] = []
    for column in columns:
        coded = _codes(column)
        codes = [code for code, _ in coded]
        if _is_counter(column) and len(column) > len(best):
            best = [line.top for line in column]
            continue
        if len(set(codes)) != len(codes) or len(codes) <= len(best):
            continue
        if len(codes) > 1 and not is_plain_any(codes) and not _moves_on(codes):
            continue  # 99.9, 99.2: figures
        # 1. or (一) alone may be a list inside one cell: it counts where nothing else stands on the line, and it
        # counts up.
        is_plain = is_plain_any(codes)
        is_alone = all(len(line.text.text.strip(" .、")) <= len(code) for code, line in coded)
        is_period = len(coded) < len(column) and all(YEAR.fullmatch(code) for code in codes)
        if not is_plain or (is_alone and _counts_up(codes) and not is_period):
            best = [line.top for _, line in coded]
    return best


def is_plain_any(codes: Sequence[str]) -> bool:
    """Whether any of the numbers is of one part."""
    return any(PLAIN_NUMBER.fullmatch(code) for code in codes)


def _moves_on(codes: Sequence[str]) -> bool:
    """Whether numbers of several parts follow one another as rows do: the last part goes up, or an earlier one does and
    those behind it begin anew."""
    read = [[int(d) if d.isdigit() else han_number(d) or 0 for d in PART.findall(code)] for code in codes]
    return all(_follows(a, b) for a, b in pairwise(read))


def _follows(before: Sequence[int], after: Sequence[int]) -> bool:
    for at, (a, b) in enumerate(zip(before, after, strict=False)):
        if a != b:
            return 0 < b - a <= MOST_SKIPPED and all(part <= MOST_SKIPPED for part in after[at + 1 :])
    return len(after) > len(before)


def _is_counter(column: Sequence[Line]) -> bool:
    """Whether a column holds nothing but numbers that count up, from 1 again now and then."""
    values = [line.text.text.strip(" .、()（）") for line in column]
    if len(values) < 2 or not all(value.isdigit() and len(value) < 4 for value in values):
        return False
    if len({line.text.text.strip().endswith(DASHES) for line in column}) > 1:
        return False  # 1. over 1: one number that wraps
    return values[0] == "1" and all(int(b) in (1, int(a) + 1) for a, b in pairwise(values))


def _codes(column: Sequence[Line]) -> list[tuple[str, Line]]:
    """The numbers that lines of a column begin with; one that wraps, as 住- over 1-1, is put together."""
    found: list[tuple[str, Line]] = []
    at = 0
    while at < len(column):
        code, height = _code_at(column, at)
        if code:
            found.append((code, column[at]))
        at += height
    return found


def _code_at(column: Sequence[Line], at: int) -> tuple[str | None, int]:
    """The number that begins with a line, and over how many lines it runs."""
    words = "".join(column[at].text.text.split())
    code, height = leading_code(words), 1
    for number in range(at + 1, min(at + MOST_LINES, len(column))):
        part = "".join(column[number].text.text.split())
        is_near = column[number].top - column[number - 1].bottom < column[number].size
        if not (is_near and _may_go_on(words, code, part)):
            break
        words += part
        whole = leading_code(words)
        if whole is not None and len(whole) > max(len(code or ""), len(words) - len(part)):
            code, height = whole, number - at + 1
    return code, height


def _may_go_on(words: str, code: str | None, part: str) -> bool:
    """Whether a number, or what may be the upper part of one, goes on with the line below it."""
    if part.startswith(DASHES):
        return len(words) <= len(code or "") + 1 or len(words) <= MOST_BEFORE_DASH
    if not PART_OF_CODE.fullmatch(words):
        return False
    if code is None or PLAIN_NUMBER.fullmatch(code) or words.endswith(DASHES):
        return True
    return words.endswith((")", "）")) and part.isdigit()  # 一、 over (一) over 1


def _counts_up(codes: Sequence[str]) -> bool:
    """Whether plain numbers are of one kind and follow one another."""
    read = [read_numbering(f"{code}、" if code.isdigit() else code) for code in codes]
    marks = [mark for mark in read if mark is not None]
    return len(marks) == len(codes) and all(
        a.style == b.style and b.parts[-1] == a.parts[-1] + 1 for a, b in pairwise(marks)
    )


def _above(y: float, lines: Sequence[Line]) -> float:
    """A position just above a line that begins a row: below all that ends before it."""
    bottoms = [line.bottom for line in lines if line.bottom <= y + 1]
    return (max(bottoms) + y) / 2 if bottoms else y - 1
