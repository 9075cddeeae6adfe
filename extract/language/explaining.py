"""How a text was read, span by span: for the person who mends a rule."""

from __future__ import annotations

from extract.language.pipeline import run
from extract.language.sheet import Decided, Reason, Setting, Sheet
from extract.records import Span

REASONS: dict[Reason, str] = {
    "class": "a size or class of goods: 6 噸級",
    "code": "part of a code or formula",
    "label": "the number of a table, figure, article or the like",
    "name": "inside the name of a plan, law or technique",
    "item number": "the mark of an item",
    "date": "a year, date, duration or ordinal",
    "date or ratio": "a date, time or ratio",
    "denominator": "每 before it: it divides, it does not count",
    "idiom": "an idiom",
    "time of day": "a time of day",
    "tolerance": "how much the number before may be off",
    "word": "a numeral inside a word",
    "no unit": "no unit behind it",
}
"""Why a number is no figure, in words."""


def spans(text: str, setting: Setting) -> list[Span]:
    """Every number and time word of the text in order, with how it was read."""
    sheet: Sheet = run(text, setting)._.sheet
    found = [_figure(sheet, decided) for decided in sheet.decided]
    found += [
        Span(r.start, r.end, text[r.start : r.end], "no figure", r.reason, REASONS[r.reason]) for r in sheet.refused
    ]
    found += [
        Span(t.start, t.end, text[t.start : t.end], "time", t.form, "-".join(map(str, t.years))) for t in sheet.times
    ]
    return sorted(found, key=lambda span: (span.start, span.end))


def _figure(sheet: Sheet, decided: Decided) -> Span:
    figure, governor = decided.figure, decided.governor
    quantity = next(q for q in sheet.quantities if q.start == figure.start)
    high = "" if quantity.value_high is None else f" to {quantity.value_high}"
    years = f" {governor.start_year or ''}-{governor.end_year or ''}".rstrip("- ")
    unit = figure.unit.form.form if figure.unit.known else f"{figure.unit.form.form} (not in units.csv)"
    return Span(
        figure.start,
        figure.end,
        sheet.text[figure.start : figure.end],
        "figure",
        f"{quantity.comparator} {quantity.value}{high} {quantity.unit} → {quantity.canonical_value} "
        f"{quantity.canonical_unit}, {quantity.kind}, {quantity.scope}{years}",
        f"unit: {unit}; kind: {decided.kind_rule}; time: {governor.rule}",
    )
