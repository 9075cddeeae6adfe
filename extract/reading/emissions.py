"""The emissions by year: target, grid factor, actual and corrected emissions, and the sums so far.

Amounts are in Mt CO2e, grid factors in kg CO2e/kWh, whatever the report prints them in.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.documents.model import Document
from extract.reading.dates import ROC
from extract.reading.emission_table import EmissionTable, find
from extract.reading.headers import words_of
from extract.reading.missed import announced
from extract.records import Emission, Signal


def read(document: Document, *, report_year: int | None = None) -> tuple[tuple[Emission, ...], list[Signal]]:
    """The years in order. Tables with targets count before those with amounts alone; of several the first to give a
    figure counts, and a different one later is signalled. `report_year` is Gregorian."""
    found = [table for at in range(len(document.blocks)) if (table := find(document, at, report_year)) is not None]
    planned = [
        t for t in found if t.is_of_factors or any(n.startswith("cumulative") or n == "target" for n in t.fields())
    ]
    planned = [] if all(table.is_of_factors for table in planned) else planned
    chosen = planned or [table for table in found if not table.is_of_factors]
    signals = [signal for table in chosen for signal in table.signals]
    values: dict[tuple[int, str], Decimal] = {}
    for table in chosen:
        for key, value in table.values.items():
            if values.setdefault(key, value) != value:
                message = f"{key[0] - ROC} 年的{_name(key[1])}在一表為 {values[key]}，在另一表為 {value}"
                place = document.origins.place(*table.cells[key[0]])
                signals.append(Signal("emissions:differ", "warning", message, str(value), str(key[0]), place))
    years = sorted({year for table in chosen for year in table.cells})
    if not years:
        signals += announced(document, _is_about, "unread:emissions", "各年排放量")
    return tuple(_emission(document, year, values, chosen) for year in years), signals


def _name(field: str) -> str:
    """What a figure of a year is called: 目標值, 累計實際值."""
    words, bare = words_of("emissions"), field.removeprefix("cumulative_")
    return (words["cumulative"][0] if bare != field else "") + str(words[bare][0])


def _is_about(heading: str) -> bool:
    return (
        heading.lstrip("【〈").startswith("表")
        and "排放" in heading
        and any(w in heading for w in ("值", "量", "統計"))
    )


def _emission(
    document: Document, year: int, values: dict[tuple[int, str], Decimal], tables: Sequence[EmissionTable]
) -> Emission:
    return Emission(
        year=year,
        target=values.get((year, "target")),
        grid_factor=values.get((year, "grid_factor")),
        actual=values.get((year, "actual")),
        corrected=values.get((year, "corrected")),
        cumulative_target=values.get((year, "cumulative_target")),
        cumulative_actual=values.get((year, "cumulative_actual")),
        cumulative_corrected=values.get((year, "cumulative_corrected")),
        is_estimate=any(year in table.estimates for table in tables),
        place=document.origins.place(*(cell for table in tables for cell in table.cells.get(year, []))),
    )
