"""What the columns of a table mean by their headers, and the words for it, from `tables.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from extract.documents.model import Row, Table
from extract.reading.vocabulary import folded

EXACT = 1000
"""The score of a header that is one of a field's words."""
_ASIDE = regex.compile(r"\([^()]*\)|\[[^\[\]]*\]|註\d*|[*＊※]|\d{2,4}年度?")


@cache
def words_of(table: str) -> dict[str, Any]:
    """The part of `tables.toml` for one kind of table."""
    with files("extract.reading").joinpath("tables.toml").open("rb") as file:
        part: dict[str, Any] = tomllib.load(file)[table]
    return part


def plain(header: str) -> str:
    """A header's words without white space, brackets, footnote marks and years; all of them where nothing is left."""
    words = folded(header).lower()
    return _ASIDE.sub("", words) or words


def column_levels(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """For each column its header texts from the top level down, footnote marks dropped, repeats once."""
    width = max((len(r.cells) for r in rows), default=0)
    columns: list[tuple[str, ...]] = []
    for column in range(width):
        levels: list[str] = []
        for row in rows:
            text = row.cells[column].text.without_superscripts().text.strip() if column < len(row.cells) else ""
            if text and not row.is_band and text not in levels:
                levels.append(text)
        columns.append(tuple(levels))
    return columns


def headers(table: Table) -> list[str]:
    """Each column's header as one string."""
    return ["".join(levels) for levels in column_levels(table.header)]


def best_match(header: str, fields: dict[str, Any], names: Iterable[str]) -> tuple[str, int] | None:
    """The field whose longest word is in a header, with that word's length; an exact match outdoes any. A later field
    wins only by a longer word."""
    words = plain(header)
    best: tuple[str, int] | None = None
    for name in names:
        for word in fields[name]:
            score = EXACT if word == words else len(word) if word in words else 0
            if score and (best is None or score > best[1]):
                best = (name, score)
    return best
