"""A text with its figures marked in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import regex

from kb.site.numbers import plain

Quantity = Mapping[str, Any]

NUMBER_BEFORE = regex.compile(r"\d[,.]?$")
"""What makes 900 a part of 1,900."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text; `quantity` is the row of the figure that it is, None for the words between."""

    text: str
    quantity: Quantity | None = None


def pieces(text: str, quantities: Iterable[Quantity]) -> list[Piece]:
    """The text in order, cut around its figures. A figure whose place in this text cannot be told is not marked."""
    taken: list[tuple[int, int, Quantity]] = []
    for q in quantities:
        span = _span(text, q, taken)
        if span is not None:
            taken.append((*span, q))
    found: list[Piece] = []
    at = 0
    for start, end, q in sorted(taken, key=lambda t: t[0]):
        found += [Piece(text[at:start]), Piece(text[start:end], q)]
        at = end
    return [p for p in [*found, Piece(text[at:])] if p.text]


def _span(text: str, q: Quantity, taken: list[tuple[int, int, Quantity]]) -> tuple[int, int] | None:
    """Where the figure stands: by its own offsets where they are of this text, else the first place left that
    reads like it (offsets of a case count in its parts)."""
    spans = [(q["text_start"], q["text_end"])] if _is_there(text, q) else _lookalikes(text, q)
    for start, end in spans:
        if all(end <= s or start >= e for s, e, _ in taken):
            return start, end
    return None


def _is_there(text: str, q: Quantity) -> bool:
    start, end = q["text_start"], q["text_end"]
    if start is None or end is None or not 0 <= start < end <= len(text):
        return False
    return _tight(q["unit"])[:1] in _tight(text[start:end]) and text[start : start + 1].strip() != ""


def _lookalikes(text: str, q: Quantity) -> list[tuple[int, int]]:
    found = []
    for number in dict.fromkeys((plain(q["value"], 6), plain(q["value"], 6).replace(",", ""))):
        at = text.find(number)
        while at >= 0:
            end = _end_of_unit(text, at + len(number), q["unit"])
            if end is not None and NUMBER_BEFORE.search(text, max(0, at - 2), at) is None:
                found.append((at, end))
            at = text.find(number, at + 1)
    return sorted(found)


def _end_of_unit(text: str, at: int, unit: str) -> int | None:
    """Offset behind the unit that begins at `at`, spaces aside; None where another word stands there."""
    for wanted in _tight(unit):
        while text[at : at + 1].isspace():
            at += 1
        if text[at : at + 1] != wanted:
            return None
        at += 1
    return at


def _tight(text: str) -> str:
    return "".join(text.split())
