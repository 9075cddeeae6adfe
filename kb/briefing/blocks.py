"""What a briefing is made of, whatever it is written as."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """Words; with an address they are a link."""

    text: str
    address: str = ""


Line = tuple[Span, ...]


def line(*parts: str | Span) -> Line:
    """Words and links in order."""
    return tuple(p if isinstance(p, Span) else Span(p) for p in parts)


@dataclass(frozen=True, slots=True)
class Heading:
    """Of a part of the briefing."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    line: Line


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: header, rows of cells. `numbers` are the columns set flush right, from 0."""

    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    numbers: frozenset[int] = frozenset()


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Briefing:
    """Title, a line under it, and blocks."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...] = field(default=())


def grid(header: Iterable[str], rows: Iterable[Iterable[str | Span | Line]], numbers: Iterable[int] = ()) -> Grid:
    """A table from cells that are words, links or lines."""
    made = tuple(tuple(cell if isinstance(cell, tuple) else line(cell) for cell in row) for row in rows)
    return Grid(tuple(header), made, frozenset(numbers))
