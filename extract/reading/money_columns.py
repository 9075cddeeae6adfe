"""Several columns of money for one measure: 110年 to 114年 side by side, the whole beside its parts, or the whole
programme beside the year. The amount of the report's year is taken; the others stay with what has no field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extract.reading.drafts import Draft
from extract.reading.periods import read_period
from extract.reading.vocabulary import folded, vocabulary

NO_YEAR = (None, None)
"""The period of a header that names no year."""
MONEY = ("budget", "rate")
"""Fields whose columns may stand side by side for several years."""


def take_own_year(draft: Draft, report_year: int | None) -> None:
    """Leaves a measure the columns of money that speak of the report's year (Gregorian), and moves the others of the
    same field under `?` and their header. Columns that are parts of a sum, 中央 beside 地方, all stay; amounts of
    several other years are not added up."""
    for key in MONEY:
        cells = draft.cells.get(key, [])
        headers = {index: draft.columns.header(index) for index in draft.columns.of(key)}
        if len(headers) < 2 or len(set(headers.values())) < 2:
            continue
        kept = _own_year(headers, report_year)
        for index, text in cells:
            if index not in kept:
                draft.cells.setdefault(f"?{headers[index]}", []).append((index, text))
        draft.cells[key] = [(index, text) for index, text in cells if index in kept]
        if not draft.cells[key]:
            del draft.cells[key]


def _own_year(headers: Mapping[int, str], report_year: int | None) -> Sequence[int]:
    words = vocabulary()["money_columns"]
    periods = {index: read_period(header) for index, header in headers.items()}
    kept = [index for index, period in periods.items() if report_year and period == (report_year, report_year)]
    kept = kept or [index for index, header in headers.items() if _names(header, words["year"])]
    if not kept and len(set(periods.values())) > 1:
        kept = [index for index, period in periods.items() if period == NO_YEAR]
    elif not kept:
        of_one_year = [index for index, header in headers.items() if not _names(header, words["programme"])]
        kept = of_one_year or list(headers)
    wholes = [index for index in kept if _names(headers[index], words["whole"])]
    return wholes[:1] or kept


def _names(header: str, words: Sequence[str]) -> bool:
    return any(word in folded(header) for word in words)
