"""What a typeset report consists of: blocks that know nothing of PDF, HTML or Markdown.

Texts are *marked*: plain text in which `<b>…</b>` is bold, `<sup>…</sup>` raised, and a newline a
line break. The digits of CO2, CH4, N2O, SF6 and NF3 are lowered by whoever writes the text out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Marked = str
"""Text with the two tags above and nothing else; `<` and `&` stand for themselves otherwise."""

Look = Literal["", "b", "sub", "sup"]
ParagraphKind = Literal["body", "bullet", "caption", "unit", "source", "note", "title", "agencies", "date", "notice"]
Orientation = Literal["portrait", "landscape"]

_TAG = re.compile(r"<(b|sup)>(.*?)</\1>", re.DOTALL)
_LOWERED = re.compile(r"(?<=CO)2|(?<=CH)4|(?<=N)2(?=O)|(?<=SF)6|(?<=NF)3")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as set: it may cover several rows and columns."""

    text: Marked = ""
    rows: int = 1
    cols: int = 1
    align: Literal["left", "center"] = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell stands in the first row and column that it covers. `widths` are relative."""

    rows: tuple[tuple[Cell, ...], ...]
    header_rows: int
    widths: tuple[float, ...]

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.widths)

    def slots(self) -> list[list[Cell | None]]:
        """The cell that starts in each row and column, None where another one covers the slot."""
        grid: list[list[Cell | None]] = [[None] * self.width for _ in self.rows]
        taken: set[tuple[int, int]] = set()
        for r, row in enumerate(self.rows):
            column = 0
            for cell in row:
                while (r, column) in taken:
                    column += 1
                if column + cell.cols > self.width:
                    raise ValueError(f"row {r} is wider than the {self.width} columns of its table: {cell.text!r}")
                grid[r][column] = cell
                taken.update((r + i, column + j) for i in range(cell.rows) for j in range(cell.cols))
                column += cell.cols
        return grid


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the outline, level 1 (壹、) and deeper, numbered in its text."""

    level: int
    text: Marked


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, or one of the lines that go with a table, a figure or the title page."""

    text: Marked
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing; `svg` is a whole document, `width` and `height` are points."""

    svg: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Contents:
    """The 目錄: a line with dot leaders for each heading down to `depth`."""

    heading: str = "目錄"
    depth: int = 3


@dataclass(frozen=True, slots=True)
class NewPage:
    """From here on a new page; pages are numbered from 1 where `numbered` first holds."""

    orientation: Orientation = "portrait"
    numbered: bool = True


Block = Heading | Paragraph | Table | Picture | Contents | NewPage


def runs(text: Marked) -> Iterator[tuple[str, Look]]:
    """The text in parts of one look each, newlines kept inside the parts."""
    end = 0
    for tag in _TAG.finditer(text):
        yield from _lowered(text[end : tag.start()], "")
        if tag[1] == "sup":
            yield tag[2], "sup"
        else:
            yield from _lowered(tag[2], "b")
        end = tag.end()
    yield from _lowered(text[end:], "")


def _lowered(text: str, look: Look) -> Iterator[tuple[str, Look]]:
    end = 0
    for digit in _LOWERED.finditer(text):
        if digit.start() > end:
            yield text[end : digit.start()], look
        yield digit[0], "sub"
        end = digit.end()
    if end < len(text):
        yield text[end:], look


def lines(text: Marked) -> Iterator[list[tuple[str, Look]]]:
    """The runs of each line, so that a tag may reach over a line break."""
    line: list[tuple[str, Look]] = []
    for part, look in runs(text):
        first, *rest = part.split("\n")
        line.append((first, look))
        for piece in rest:
            yield line
            line = [(piece, look)]
    yield line


def plain(text: Marked) -> str:
    """The text without its tags."""
    return "".join(part for part, _ in runs(text))
