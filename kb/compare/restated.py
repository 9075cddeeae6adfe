"""Figures that two reports state differently for the same years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.audit.facts import Facts
from kb.audit.model import Figure, Row, number
from kb.compare.fields import side_by_side
from kb.compare.pairing import Link
from kb.identity import ROC

COLUMNS = {
    "target": "目標值",
    "grid_factor": "電力排放係數",
    "actual": "實際值",
    "corrected": "校正值",
    "cumulative_target": "累計目標值",
    "cumulative_actual": "累計實際值",
    "cumulative_corrected": "累計校正值",
}


@dataclass(frozen=True, slots=True)
class Restated:
    """One value in two reports. `what` names it; `was` and `now` as printed; `message` tells the arithmetic."""

    what: str
    year: int
    was: str
    now: str
    message: str


def emissions(earlier: Sequence[Row], later: Sequence[Row]) -> Iterator[Restated]:
    """Rows of the emissions tables of the same year; an estimate that became known is said to have been one."""
    by_year = {r["year"]: r for r in earlier}
    for row in later:
        before = by_year.get(row["year"])
        if before is None:
            continue
        for column, name in COLUMNS.items():
            was, now = before[column], row[column]
            if was is not None and now is not None and was != now:
                estimate = "(前為推估值)" if before["is_estimate"] and not row["is_estimate"] else ""
                roc = row["year"] - ROC
                message = f"{roc} 年{name}：前報告 {was:g}{estimate}，後報告 {now:g}，差 {number(round(now - was, 4))}"
                yield Restated(name, row["year"], f"{was:g}", f"{now:g}", message)


def results(links: Sequence[Link], earlier: Facts, later: Facts) -> Iterator[Restated]:
    """Result figures of the same years that differ; and sums that do not go on: the later cumulative figure less that
    of the year must be the earlier cumulative figure."""
    for link in links:
        if link.earlier is None or link.later is None:
            continue
        for beside in side_by_side(link.earlier, link.later):
            if beside.side != "result" or beside.earlier is None or beside.later is None:
                continue
            a, b = beside.earlier, beside.later
            if a.end_year is not None and (a.start_year, a.end_year) == (b.start_year, b.end_year):
                if abs(a.amount - b.amount) > a.half_step + b.half_step:
                    message = f"措施 {b.code}：{a.end_year - ROC} 年同一數值，前報告 {a.printed}，後報告 {b.printed}"
                    yield Restated(b.code, a.end_year, a.printed, b.printed, message)
            elif a.scope == "cumulative" and earlier.year is not None and later.year == earlier.year + 1:
                yield from _carried_on(a, b, link, later.year)


def _carried_on(a: Figure, b: Figure, link: Link, year: int) -> Iterator[Restated]:
    if a.start_year != b.start_year or (b.end_year or year) != year or (a.end_year or year - 1) != year - 1:
        return
    of_year = [
        f
        for f in link.later.figures  # type: ignore[union-attr]
        if f.side == "result"
        and f.text.id == b.text.id
        and f.scope == "year"
        and f.kind == b.kind
        and f.end_year == year
    ]
    if len(of_year) != 1:
        return
    (y,) = of_year
    expected = b.amount - y.amount
    if abs(expected - a.amount) > a.half_step + b.half_step + y.half_step:
        message = (
            f"措施 {b.code}：後報告累計 {b.printed} 減當年 {y.printed} = {number(round(expected / b.factor, 4))},"
            f"前報告累計卻為 {a.printed}"
        )
        yield Restated(b.code, year - 1, a.printed, f"{number(round(expected / b.factor, 4))} {b.unit}", message)
