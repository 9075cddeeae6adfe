"""Reports with known damage: a sound text that is damaged before it is read, as a bad reading of its pages would."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

import regex

from extract.documents.model import Block, Cell, Document, Heading, Paragraph, PlacedText, Row, Table, concat
from extract.reading.annex import annex_tables

Cells = list[list[Cell]]
RUNNING_TITLE = "第二期部門溫室氣體減量行動方案成果報告"


def _with(cell: Cell, change: Callable[[str], str]) -> Cell:
    return replace(cell, text=PlacedText.plain(change(cell.text.text)))


def shift(rows: Cells, at: int, rng: Random) -> None:
    """Cells of a row moved one column to the right."""
    start = rng.randrange(1, max(2, len(rows[at]) - 2))
    rows[at][start:] = [Cell(), *rows[at][start:-1]]


def cut_end(rows: Cells, at: int, rng: Random) -> None:
    """The end of a cell lost, as behind a page break."""
    column = rng.randrange(len(rows[at]))
    text = rows[at][column].text
    rows[at][column] = replace(rows[at][column], text=text[: len(text) * rng.randint(4, 8) // 10])


def cut_start(rows: Cells, at: int, rng: Random) -> None:
    """The start of a cell lost."""
    column = rng.randrange(len(rows[at]))
    text = rows[at][column].text
    rows[at][column] = replace(rows[at][column], text=text[len(text) * rng.randint(2, 6) // 10 :])


def glue(rows: Cells, at: int, rng: Random) -> None:
    """The next row's cells put behind this row's."""
    below = rows.pop(at + 1)
    separator = rng.choice(["", "\n"])
    for column, cell in enumerate(below):
        if cell.source == "own" and cell.text and rows[at][column].source == "own":
            rows[at][column] = replace(cell, text=concat([rows[at][column].text, cell.text], separator))


def drop(rows: Cells, at: int, rng: Random) -> None:
    """A row lost."""
    del rng, rows[at]


def swap(rows: Cells, at: int, rng: Random) -> None:
    """Two cells of a row in each other's column."""
    one, two = rng.sample(range(len(rows[at])), 2)
    rows[at][one], rows[at][two] = rows[at][two], rows[at][one]


def blank(rows: Cells, at: int, rng: Random) -> None:
    """A cell not read."""
    rows[at][rng.randrange(len(rows[at]))] = Cell()


def furniture(rows: Cells, at: int, rng: Random) -> None:
    """The page's running title among the words of two cells."""
    for column in rng.sample(range(len(rows[at])), 2):
        middle = len(rows[at][column].text) // 2
        rows[at][column] = _with(rows[at][column], lambda t, m=middle: t[:m] + RUNNING_TITLE + t[m:])  # type: ignore[misc]


def _digits_lost(rows: Cells, at: int, rng: Random, pattern: str, instead: str) -> None:
    columns = [c for c, cell in enumerate(rows[at]) if regex.search(pattern, cell.text.text)]
    if columns:
        column = rng.choice(columns)
        rows[at][column] = _with(rows[at][column], lambda t: regex.sub(pattern, instead, t))


def points_lost(rows: Cells, at: int, rng: Random) -> None:
    """The decimal points of a cell lost."""
    _digits_lost(rows, at, rng, r"(?<=\d)\.(?=\d)", "")


def commas_spaced(rows: Cells, at: int, rng: Random) -> None:
    """Numbers of a cell in two pieces."""
    _digits_lost(rows, at, rng, r"(?<=\d),(?=\d)", ", ")


def split(rows: Cells, at: int, rng: Random) -> None:
    """The second half of every long cell in a row of its own, as behind a page break."""
    del rng
    upper, lower = [], []
    for cell in rows[at]:
        half = len(cell.text) // 2 if len(cell.text) > 12 else len(cell.text)
        upper.append(replace(cell, text=cell.text[:half]))
        lower.append(replace(cell, text=cell.text[half:]))
    rows[at : at + 1] = [upper, lower]


TABLE_DAMAGES: tuple[Callable[[Cells, int, Random], None], ...] = (
    *(shift, cut_end, cut_start, glue, drop, swap, blank, furniture, points_lost, commas_spaced, split),
)


def _damaged_table(table: Table, damage: Callable[[Cells, int, Random], None], rng: Random) -> Table:
    plain = [at for at, row in enumerate(table.rows[:-1]) if not row.is_band and not table.rows[at + 1].is_band]
    if not plain:
        return table
    rows = [list(row.cells) for row in table.rows]
    bands = [row.is_band for row in table.rows]
    at = rng.choice(plain)
    before = len(rows)
    damage(rows, at, rng)
    if len(rows) < before:
        del bands[at]
    elif len(rows) > before:
        bands.insert(at, False)
    return replace(table, rows=tuple(Row(tuple(r), band) for r, band in zip(rows, bands, strict=True)))


def annex_row(document: Document, rng: Random) -> Document:
    """One damage to a row of the measures."""
    table = next((a.table for a in annex_tables(document.blocks) if len(a.table.rows) > 2), None)
    return _changed(document, table, lambda t: _damaged_table(t, rng.choice(TABLE_DAMAGES), rng))


def other_row(document: Document, rng: Random) -> Document:
    """One damage to a row of another table: emissions, indicators, comments."""
    annex = [a.table for a in annex_tables(document.blocks)]
    others = [b for b in document.blocks if isinstance(b, Table) and len(b.rows) > 2 and b not in annex]
    table = rng.choice(others) if others else None
    return _changed(document, table, lambda t: _damaged_table(t, rng.choice(TABLE_DAMAGES), rng))


def bands_lost(document: Document, rng: Random) -> Document:
    """A table without its rows that run across, such as strategies and reviewers, but the first."""
    tables = [b for b in document.blocks if isinstance(b, Table) and sum(r.is_band for r in b.rows) > 1]
    table = rng.choice(tables) if tables else None

    def change(whole: Table) -> Table:
        first = next(at for at, row in enumerate(whole.rows) if row.is_band)
        return replace(whole, rows=tuple(r for at, r in enumerate(whole.rows) if at == first or not r.is_band))

    return _changed(document, table, change)


def header_lost(document: Document, rng: Random) -> Document:
    """A table whose header became a row."""
    tables = [b for b in document.blocks if isinstance(b, Table) and b.header]
    return _changed(document, rng.choice(tables), lambda t: replace(t, header=(), rows=(*t.header, *t.rows)))


def table_lost(document: Document, rng: Random) -> Document:
    """A table that became lines of text."""
    tables = [b for b in document.blocks if isinstance(b, Table)]
    lost = rng.choice(tables)
    lines = [Paragraph(concat([c.text for c in row.cells], " ")) for row in (*lost.header, *lost.rows)]
    blocks: list[Block] = []
    for block in document.blocks:
        blocks.extend(lines if block is lost else [block])
    return replace(document, blocks=tuple(blocks))


def heading_lost(document: Document, rng: Random) -> Document:
    """A heading that became a line of text."""
    headings = [b for b in document.blocks if isinstance(b, Heading)]
    lost = rng.choice(headings[2:])
    return replace(document, blocks=tuple(Paragraph(b.text) if b is lost else b for b in document.blocks))


def _changed(document: Document, table: Table | None, change: Callable[[Table], Table]) -> Document:
    if table is None:
        return document
    return replace(document, blocks=tuple(change(b) if b is table else b for b in document.blocks))  # type: ignore[arg-type]


DAMAGES: Sequence[Callable[[Document, Random], Document]] = (
    *(annex_row, other_row, bands_lost, header_lost, table_lost, heading_lost),
)
