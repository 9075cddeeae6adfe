"""A file as pages of blocks, in which every character knows where it stands.

Rooms further on cut, join and strip text; a figure found in the result must still be traced to
its spot. So text travels as `PlacedText`: a string with, for each character, its *origin*. What an origin
means is known to the document's `Origins` alone: the offset in the decoded file for a text
source, the number of the glyph for a PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from extract.records import Place, Signal

INSERTED = -1
"""Origin of a character that no reader saw: a space or line break put in at a join."""

SUBSCRIPT, SUPERSCRIPT, BOLD = 1, 2, 4
"""Bits of a character's style."""


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A string whose characters know where they stand.

    `origins` has one int a character (`INSERTED` where none was printed), `styles` one byte of
    style bits a character. Lines that the file really breaks are kept as a newline; soft wraps are joined.
    """

    text: str = ""
    origins: tuple[int, ...] = ()
    styles: bytes = b""

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.origins) == len(self.styles):
            raise ValueError("text, origins and styles must be of one length")

    @classmethod
    def plain(cls, text: str) -> PlacedText:
        """Text that stands nowhere: for separators and tests."""
        return cls(text, (INSERTED,) * len(text), bytes(len(text)))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    def __str__(self) -> str:
        return self.text

    def __getitem__(self, part: slice) -> PlacedText:
        return PlacedText(self.text[part], self.origins[part], self.styles[part])

    def __add__(self, other: PlacedText) -> PlacedText:
        return PlacedText(self.text + other.text, self.origins + other.origins, self.styles + other.styles)

    def strip(self, chars: str | None = None) -> PlacedText:
        """Without the outer characters, as `str.strip`."""
        start = len(self.text) - len(self.text.lstrip(chars))
        end = len(self.text.rstrip(chars))
        return self[start:end] if start < end else EMPTY

    def lines(self) -> Iterator[PlacedText]:
        """The parts between real line breaks, stripped, without the empty ones."""
        start = 0
        for part in self.text.split("\n"):
            line = self[start : start + len(part)].strip()
            if line:
                yield line
            start += len(part) + 1

    def only(self, keep: Callable[[str, int], bool]) -> PlacedText:
        """The characters for which `keep(character, style bits)` holds."""
        kept = [i for i, (c, s) in enumerate(zip(self.text, self.styles, strict=True)) if keep(c, s)]
        return PlacedText(
            "".join(self.text[i] for i in kept),
            tuple(self.origins[i] for i in kept),
            bytes(self.styles[i] for i in kept),
        )

    def without_superscripts(self) -> PlacedText:
        """Without raised marks such as 註 1, so that a value is a value."""
        return self.only(lambda _, style: not style & SUPERSCRIPT)

    def is_bold(self) -> bool:
        """Whether all that is printed is bold."""
        styles = [s for c, s in zip(self.text, self.styles, strict=True) if not c.isspace()]
        return bool(styles) and all(s & BOLD for s in styles)


EMPTY = PlacedText()


def concat(parts: Iterable[PlacedText], separator: str = "") -> PlacedText:
    """The parts one after another, with `separator` (standing nowhere) between them."""
    texts: list[str] = []
    origins: list[int] = []
    styles = bytearray()
    for number, part in enumerate(parts):
        if number and separator:
            texts.append(separator)
            origins.extend([INSERTED] * len(separator))
            styles.extend(bytes(len(separator)))
        texts.append(part.text)
        origins.extend(part.origins)
        styles.extend(part.styles)
    return PlacedText("".join(texts), tuple(origins), bytes(styles))


class Origins(Protocol):
    """Knows where the characters of one document stand."""

    def place(self, *texts: PlacedText) -> Place:
        """The boxes (one for each page) or the character range that the texts cover together."""
        ...


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF: 1-based number, the label printed on it if any, size in points."""

    number: int
    label: str | None
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows. `level` is 1 for the largest style of the document and is a
    hint alone: what the number in front means is for the outline to say."""

    text: PlacedText
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, with its real line breaks."""

    text: PlacedText


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, or a drawing of boxes and short labels; `text` is what is printed inside."""

    place: Place
    text: PlacedText = EMPTY


CellSource = Literal["own", "down", "across"]
"""own: printed in this row and column; down: repeats the merged cell above; across: covered by the
cell on its left."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a joined table; a merged cell stands in each row and column that it covers."""

    text: PlacedText = EMPTY
    source: CellSource = "own"


@dataclass(frozen=True, slots=True)
class Row:
    """A row with one cell for each column; a band is one cell across the whole table."""

    cells: tuple[Cell, ...]
    is_band: bool = False

    def own(self) -> tuple[PlacedText, ...]:
        """The texts that are printed in this very row."""
        return tuple(c.text for c in self.cells if c.source == "own")


@dataclass(frozen=True, slots=True)
class RawGrid:
    """A table as one page (or one run of lines of a text file) shows it, before any join: rows of strings, None
    for a cell that another one covers. `page` is None for a text source."""

    page: int | None
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Join:
    """One thing that was put together where a table ran over a page: which rule, and the words on
    both sides of the seam. `row` counts the rows of the joined table from 0."""

    rule: Literal["header repeated", "row continued", "merged cell continued", "doubled character"]
    row: int
    column: int | None
    before: str
    after: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table: header rows, body rows, all with one cell for each column.

    `raw` keeps the grids as printed, `joins` what was done to them.
    """

    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    raw: tuple[RawGrid, ...] = ()
    joins: tuple[Join, ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return max((len(r.cells) for r in (*self.header, *self.rows)), default=0)

    def texts(self) -> list[PlacedText]:
        """Every printed cell, header included, in reading order."""
        return [text for row in (*self.header, *self.rows) for text in row.own() if text]


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was read: blocks in reading order over all pages.

    `contents` holds the lines of the 目錄, `furniture` running heads and page numbers: known, and
    kept out of the blocks. `pages` is empty for a text source.
    """

    name: str
    media_type: str
    sha256: str
    blocks: tuple[Block, ...]
    origins: Origins
    pages: tuple[Page, ...] = ()
    contents: tuple[PlacedText, ...] = ()
    furniture: tuple[PlacedText, ...] = ()
    signals: tuple[Signal, ...] = field(default=())


def printed(texts: Sequence[PlacedText]) -> str:
    """The texts as one string, for messages."""
    return " | ".join(t.text.replace("\n", " ") for t in texts if t)
