"""The emissions table: years that are missing or cannot be, values that do not follow from one another."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from kb.check.model import Doubt
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Row, Stored
from kb.identity import ROC

YEARLY = ("target", "actual", "corrected")
CUMULATIVE = tuple(f"cumulative_{column}" for column in YEARLY)
VALUES = (*YEARLY, "grid_factor", *CUMULATIVE)
TOLERANCE = 0.02
"""Of a running sum: numbers are rounded to three or four digits."""
MOST_GROWTH = 3.0
"""Times by which a sector's emissions never change from one year to the next."""
LABEL = regex.compile(r"(?:民國)?(1\d\d|20\d\d)(?:年度?(?:\D{0,12}\d?)?)?")
"""A year at the head of a row or column, with a note behind it."""
SPAN = regex.compile(r"(?<!\d)(1\d\d|20\d\d)年?[-~至到–—－～](1\d\d|20\d\d)年")
YEAR = regex.compile(r"(?<!\d)(1\d\d|20\d\d)年")
FEW = 2
"""Years by which a table is known."""
LONGEST = 7
"""Years of a span, at most."""
SHORT = 20
"""Characters of a label, at most."""
GRID = (0.1, 1.0)
"""kg CO2e/kWh that Taiwan's electricity stays within."""
YEARS = range(2005, 2061)
"""From the base year of the law to the year after net zero."""


def check_emissions(stored: Stored) -> Iterator[Doubt]:
    """Doubts about the emissions table."""
    rows = sorted(stored["emissions"], key=lambda row: row["year"])
    yield from _years(stored, rows)
    rows = [row for row in rows if row["year"] in YEARS]
    year = next((report["year"] for report in stored["reports"] if report["year"]), YEARS[-1])
    for column in YEARLY:
        yield from _running_sums(rows, column)
    for column in VALUES:
        yield from _holes(rows, column, year)
        yield from _jumps(rows, column)
    yield from _corrected_alone(rows)
    yield from _other_levels(stored, rows)
    yield from _last_is_estimate(stored, rows)


def _doubt(row: Row, column: str | None, rule: str, reason: str, certainty: float) -> Doubt:
    printed = "" if column is None or row[column] is None else str(row[column])
    return Doubt(rule, "emissions", row["id"], column, reason, certainty, printed, row["page"])


def _years(stored: Stored, rows: Sequence[Row]) -> Iterator[Doubt]:
    """A year that no report tells of, a year left out, a year without any value, and the last of a phase of five."""
    known = [row["year"] for row in rows if row["year"] in YEARS]
    for row in rows:
        if row["year"] not in YEARS:
            yield _doubt(row, None, "odd:year", f"年份 {row['year']} 不合理", 0.1)
        elif all(row[column] is None for column in VALUES):
            for column in VALUES:
                yield _doubt(row, column, "empty:row", "該年沒有任何數值", 0.2)
    lacking = [year for year in range(known[0], known[-1]) if year not in known] if known else []
    if known and len(known) < len(rows):
        lacking.append(known[-1] + 1)
    lacking += sorted(_printed_years(stored, known) - {*known, *lacking})
    for year in lacking if len(lacking) < 5 else []:
        yield Doubt("gap:year", "emissions", f"{stored.report_id}/emission/{year}", None, f"缺 {year} 年", 0.2)


def _printed_years(stored: Stored, known: Sequence[int]) -> set[int]:
    """The years that label rows or columns of the tables which print the years that were read."""
    found: set[int] = set()
    for table in stored["tables"]:
        labels = [*(cell for row in table["cells"][:3] for cell in row), *(row[0] for row in table["cells"] if row)]
        years = {year for label in labels for year in _labelled(folded(label))}
        if len(years & set(known)) >= min(FEW, len(known)) and _is_of_emissions(table):
            found |= years & set(YEARS)
    # The base year and others long before are printed for comparison: only what goes on without a gap is expected.
    first = min(known, default=0)
    while first - 1 in found:
        first -= 1
    return {year for year in found if year >= first}


def _labelled(label: str) -> set[int]:
    """The years of a label: one, two that were put together, or all of a span."""
    if span := SPAN.search(label, timeout=TIMEOUT):
        first, last = _year(span[1]), _year(span[2])
        return set(range(first, last + 1)) if 0 < last - first < LONGEST else set()
    if match := LABEL.fullmatch(label, timeout=TIMEOUT):
        return {_year(match[1])}
    return {_year(found) for found in YEAR.findall(label, timeout=TIMEOUT)} if len(label) < SHORT else set()


def _is_of_emissions(table: Row) -> bool:
    told = folded(" ".join([table["caption"] or "", *(cell for row in table["cells"][:3] for cell in row)]))
    return "排放" in told


def _year(printed: str) -> int:
    number = int(printed)
    return number + ROC if number < ROC else number


def _last_is_estimate(stored: Stored, rows: Sequence[Row]) -> Iterator[Doubt]:
    """The last year with a value that is not marked: the year of the report is estimated until its inventory is out."""
    report = next(iter(stored["reports"]), {})
    told = [row for row in rows if row["actual"] is not None or row["corrected"] is not None]
    if told and told[-1]["year"] == report.get("year") and not told[-1]["is_estimate"]:
        yield _doubt(told[-1], "is_estimate", "unsure:estimate", "報告年度的排放量多為推估值，未讀到標示", 0.5)


def _running_sums(rows: Sequence[Row], column: str) -> Iterator[Doubt]:
    """A cumulative value that is not the one before and the year's own."""
    cumulative = f"cumulative_{column}"
    for before, after in pairwise(rows):
        first, own, last = before[cumulative], after[column], after[cumulative]
        if after["year"] != before["year"] + 1 or None in (first, own, last):
            continue
        if abs(first + own - last) > TOLERANCE * abs(last):
            for name in (column, cumulative):
                yield _doubt(after, name, "odd:sum", f"累計 {last} 不等於前一年累計 {first} 加當年 {own}", 0.4)


def _holes(rows: Sequence[Row], column: str, year: int) -> Iterator[Doubt]:
    """A year without a value between years that have one; of targets, which each year has, any year; and a cumulative
    column that is empty beside others that are not."""
    filled = [row["year"] for row in rows if row[column] is not None]
    others = any(row[name] is not None for row in rows for name in CUMULATIVE)
    for row in rows:
        if row[column] is not None:
            continue
        is_between = bool(filled) and filled[0] < row["year"] < filled[-1]
        is_target = column.endswith("target") and (bool(filled) or (column in CUMULATIVE and others))
        own = column.removeprefix("cumulative_")
        is_target |= own != column and others and row[own] is not None and row["year"] <= year
        if is_between or is_target:
            # A sum is often printed for the last year alone.
            certainty = 0.4 if column in CUMULATIVE else 0.3
            yield _doubt(row, column, "empty:field", "其他年有值，當年沒有", certainty)


def _jumps(rows: Sequence[Row], column: str) -> Iterator[Doubt]:
    """A value far from the one before: a unit or a column was taken for another. Cumulative values may grow tenfold."""
    most = 10.0 if column in CUMULATIVE else MOST_GROWTH
    for before, after in pairwise([row for row in rows if row[column]]):
        ratio = after[column] / before[column]
        if not 1 / most <= ratio <= most:
            yield _doubt(after, column, "odd:jump", f"與前一筆 {before[column]} 相差過大", 0.4)


def _other_levels(stored: Stored, rows: Sequence[Row]) -> Iterator[Doubt]:
    """Values of another size than all others of their kind, and results of years that are yet to come: a row or a
    column was moved."""
    report = next(iter(stored["reports"]), {})
    level = statistics.median([row[c] for row in rows for c in YEARLY if row[c]] or [0])
    steps = [b[c] - a[c] for c in CUMULATIVE for a, b in pairwise(rows) if None not in (a[c], b[c])]
    step = statistics.median(steps) if len(steps) > FEW else 0
    for row in rows:
        for column in YEARLY:
            if row[column] is not None and level and not 1 / MOST_GROWTH <= row[column] / level <= MOST_GROWTH:
                yield _doubt(row, column, "odd:level", f"與各年的 {level:g} 相差過大", 0.3)
        if row["grid_factor"] is not None and not GRID[0] <= row["grid_factor"] <= GRID[1]:
            yield _doubt(row, "grid_factor", "odd:level", "不像電力排放係數", 0.3)
        for column in ("actual", "corrected", "cumulative_actual", "cumulative_corrected"):
            if row[column] is not None and row["year"] > (report.get("year") or row["year"]):
                yield _doubt(row, column, "odd:future", "報告年度之後的年份有實際值", 0.3)
    for column in CUMULATIVE if step > 0 else ():
        for before, after in pairwise([row for row in rows if row[column] is not None]):
            grown, years = after[column] - before[column], after["year"] - before["year"]
            if not 1 / MOST_GROWTH <= grown / (step * years) <= MOST_GROWTH:
                yield _doubt(after, column, "odd:level", "累計值的增幅與其他年不同", 0.4)


def _corrected_alone(rows: Sequence[Row]) -> Iterator[Doubt]:
    """A corrected value for a year that has no actual one to correct."""
    for row in rows:
        if row["corrected"] is not None and row["actual"] is None:
            yield _doubt(row, "corrected", "odd:corrected", "沒有實際值卻有校正值", 0.3)
