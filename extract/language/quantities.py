"""From the working paper to records: every figure of a text as a `Quantity`."""

from __future__ import annotations

from decimal import Decimal

from extract.language.clauses import CLAUSE_ENDS
from extract.language.sheet import Decided, Figure, Reading, Sheet
from extract.records import Quantity

QUOTE_BEFORE, QUOTE_AFTER = 24, 10
"""Characters of a quote before the number and behind the unit, at most."""
IN_NUMBERS = "0123456789.,"


def reading(sheet: Sheet) -> Reading:
    """What the sheet says, as records; kept on the sheet too."""
    sheet.quantities = tuple(_quantity(sheet, d) for d in sheet.decided)
    return Reading(sheet.quantities, tuple(sheet.signals), tuple(sheet.refused))


def _quantity(sheet: Sheet, decided: Decided) -> Quantity:
    figure = decided.figure
    low, high = figure.number, figure.high
    # value and value_high count in one unit: 8,000 至 1 萬輛 is 0.8 to 1 萬輛
    scale = high.factor if high is not None else low.factor
    value = low.value * low.factor / scale
    return Quantity(
        value=value,
        value_high=high.value if high is not None else None,
        unit=figure.unit_text,
        canonical_value=exact(value * scale * decided.factor),
        canonical_unit=decided.canonical,
        kind=decided.kind,
        scope=decided.governor.scope,
        start_year=decided.governor.start_year,
        end_year=decided.governor.end_year,
        comparator=decided.comparator,
        quote=_quote(sheet, figure),
        start=figure.start,
        end=figure.end,
    )


def exact(value: Decimal) -> Decimal:
    """Without an exponent or trailing zeros: 1E+3 as 1000, 12.50 as 12.5."""
    plain = value.normalize()
    return Decimal(int(plain)) if plain == plain.to_integral_value() else plain


def _quote(sheet: Sheet, figure: Figure) -> str:
    """The few words around a figure, as printed: from its clause, cut to size."""
    text = sheet.text
    begin = figure.start
    while begin > 0 and figure.start - begin < QUOTE_BEFORE and text[begin - 1] not in CLAUSE_ENDS + "、":
        begin -= 1
    while begin and text[begin - 1] in IN_NUMBERS and text[begin] in IN_NUMBERS:
        begin -= 1  # not from the middle of a number on
    end = figure.end
    while end < len(text) and end - figure.end < QUOTE_AFTER and text[end] not in CLAUSE_ENDS + "、":
        end += 1
    return text[begin:end].strip()
