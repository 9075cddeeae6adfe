"""What brackets behind an agency mean in one column of annex one: who helps it, or the units that take its place."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from extract.language.agencies import resolve
from extract.language.agency_naming import Naming
from extract.reading.drafts import Draft
from extract.reading.vocabulary import TIMEOUT, folded, vocabulary

_BRACKET = regex.compile(r"[（(][^（）()]{2,}")
LEADING = ("agencies", "lead")
"""Fields whose cells may name co-agencies in brackets."""
SURE = 2
"""Cells with co-agencies in brackets from which a column is taken to print them so."""


def columns_that_help(drafts: Iterable[Draft], naming: Naming) -> set[tuple[str, str]]:
    """The columns, by field and header, that put those that help into brackets though their header does not say so:
    several cells have agencies there that are no units of the one before the bracket, and fewer have its units alone.
    """
    columns: dict[tuple[str, str], dict[str, None]] = {}
    for draft in drafts:
        for key in LEADING:
            for _, text in draft.cells.get(key, []):
                columns.setdefault((key, draft.header(key)), {})[text.text] = None
    return {column for column, texts in columns.items() if _brackets_help(texts, naming)}


def _brackets_help(texts: Iterable[str], naming: Naming) -> bool:
    helping = units = 0
    for text in texts:
        if not _BRACKET.search(text, timeout=TIMEOUT) or _names_roles(text):
            continue
        found = resolve(text, "lead", None, naming)
        if found.co:
            helping += 1
        elif found.lead != resolve(text, "lead", "co", naming).lead:
            units += 1
    return helping >= SURE and helping > units


def _names_roles(text: str) -> bool:
    """Whether a cell says itself who leads and who helps."""
    roles: dict[str, list[str]] = vocabulary()["roles"]
    return any(word in folded(text) for words in roles.values() for word in words)
