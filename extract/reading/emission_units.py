"""In which unit an emissions table counts: by a unit line, the caption, a header, the prose, or at last the size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

import regex

from extract.documents.model import Document, Paragraph
from extract.reading.headers import words_of
from extract.reading.vocabulary import folded

_GRAMS = regex.compile(r"(?<!公)克|(?<![k公a-z])g(?=co2|/)|公克")
_SIZES = (
    (Decimal(2_000), Decimal(1)),
    (Decimal(100_000), Decimal("0.01")),
    (Decimal(2_000_000), Decimal("0.001")),
    (Decimal("Infinity"), Decimal("0.000001")),
)
"""Factors to Mt by the largest figure: a sector of Taiwan emits 1 to 300 Mt a year."""


def unit_factor(text: str) -> Decimal | None:
    """The factor to Mt of the mass unit that words name, None where they name none."""
    words = folded(text).lower()
    units: dict[str, str] = words_of("emissions")["units"]
    for unit in sorted(units, key=len, reverse=True):
        if unit in words:
            return Decimal(units[unit])
    return None


def grid_factor(header: str) -> Decimal:
    """The factor to kg CO2e/kWh of a grid factor's column: kilograms unless it says grams."""
    return Decimal("0.001") if _GRAMS.search(folded(header).lower()) else Decimal(1)


def factor_in_prose(document: Document, printed: Sequence[str]) -> Decimal | None:
    """The unit that the prose gives one of the table's figures, as a factor to Mt."""
    prose = "".join(folded(b.text.text) for b in document.blocks if isinstance(b, Paragraph))
    for number in printed:
        match = regex.search(rf"(?<![\d.]){regex.escape(number)}((?:億|百萬|萬|千)?公?噸|[Mk]?tCO2)", prose)
        if match and (factor := unit_factor(match.group(1))) is not None:
            return factor
    return None


def factor_by_size(numbers: Iterable[Decimal]) -> Decimal:
    """The factor to Mt by the size of the figures, where nothing names a unit."""
    largest = max(numbers, default=Decimal(0))
    return next(factor for limit, factor in _SIZES if largest < limit)
