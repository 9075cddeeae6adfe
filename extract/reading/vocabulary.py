"""The words of annex one: what headers, marks, blanks and money units mean, from `headers.toml`."""

from __future__ import annotations

import tomllib
import unicodedata
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import regex

TIMEOUT = 1.0
"""Seconds that a pattern may run over a text from outside."""


@cache
def vocabulary() -> dict[str, Any]:
    """The tables of `headers.toml`."""
    with Path(__file__).with_name("headers.toml").open("rb") as file:
        return tomllib.load(file)


def folded(text: str) -> str:
    """Width folded and white space dropped, for comparing words."""
    return "".join(unicodedata.normalize("NFKC", text).split())


@cache
def blank_words() -> frozenset[str]:
    """What stands in an empty cell."""
    return frozenset(folded(w) for w in vocabulary()["blank"]["words"])


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, 無."""
    words = folded(text)
    return not words or words in blank_words()


@cache
def money_units() -> tuple[tuple[str, Decimal], ...]:
    """Money units with their factor to NT$, longest first."""
    units: dict[str, str] = vocabulary()["units"]
    return tuple(sorted(((u, Decimal(f)) for u, f in units.items()), key=lambda pair: -len(pair[0])))


def money_unit(text: str) -> tuple[str, Decimal] | None:
    """The money unit that a header or caption names: the one in 經費(萬元) or 單位：新臺幣千元."""
    words = folded(text)
    for unit, factor in money_units():
        if unit != "元" and unit in words:
            return unit, factor
    if regex.search(r"(?:[(（/:：]|新[臺台]幣|NT\$?)元|^元$", words, timeout=TIMEOUT):
        return "元", Decimal(1)
    return None
