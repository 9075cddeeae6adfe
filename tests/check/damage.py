"""Reports with known damage: a sound text whose annex is damaged before it is read, as a bad
reading of a page would."""

from collections.abc import Callable
from dataclasses import replace
from random import Random

from extract.documents.model import Cell, Document, Row, Table, concat
from extract.reading.annex import annex_tables

Cells = list[list[Cell]]


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


DAMAGES: tuple[Callable[[Cells, int, Random], None], ...] = (shift, cut_end, cut_start, glue, drop, swap, blank)


def damaged(document: Document, rng: Random) -> Document:
    """The document with one damage to its first table of measures. Raises `LookupError` where it
    has none of three rows."""
    table = next((a.table for a in annex_tables(document.blocks) if len(a.table.rows) > 2), None)
    if table is None:
        raise LookupError("no table of measures with three rows")
    blocks = tuple(_damaged(b, rng) if b is table and isinstance(b, Table) else b for b in document.blocks)
    return replace(document, blocks=blocks)


def _damaged(table: Table, rng: Random) -> Table:
    plain = [at for at, row in enumerate(table.rows[:-1]) if not row.is_band and not table.rows[at + 1].is_band]
    rows = [list(row.cells) for row in table.rows]
    bands = [row.is_band for row in table.rows]
    at = rng.choice(plain)
    before = len(rows)
    rng.choice(DAMAGES)(rows, at, rng)
    if len(rows) < before:
        del bands[at]
    return replace(table, rows=tuple(Row(tuple(r), band) for r, band in zip(rows, bands, strict=True)))
