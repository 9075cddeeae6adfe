"""Emissions of a sector over all its reports, restatements visible; the sectors added up beside each other."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from kb.audit.model import Row


@dataclass(frozen=True, slots=True)
class Point:
    """What one report says of one year, Mt CO2e. `is_restated`: an earlier report said otherwise."""

    year: int
    report_id: str
    target: float | None
    actual: float | None
    corrected: float | None
    is_estimate: bool
    is_restated: bool


def emissions(conn: sqlite3.Connection, sector: str) -> list[Point]:
    """By year, then by report: the last of a year is what holds today."""
    cursor = conn.execute(
        "select e.year, e.report_id, e.target, e.actual, e.corrected, e.is_estimate from emissions e "
        "join reports r on r.id = e.report_id where r.sector = ? order by e.year, r.year",
        (sector,),
    )
    points: list[Point] = []
    for year, report_id, target, actual, corrected, is_estimate in cursor:
        earlier = [p for p in points if p.year == year and p.actual is not None]
        restated = bool(earlier) and actual is not None and earlier[-1].actual != actual
        points.append(Point(year, report_id, target, actual, corrected, bool(is_estimate), restated))
    return points


def national(conn: sqlite3.Connection) -> list[Row]:
    """For each year the actual emissions of every sector that has a report (its last word), and their sum; `sectors`
    says which are in it, for a sum of some is not that of the country."""
    sectors = [
        s for (s,) in conn.execute("select distinct sector from reports where sector is not null order by sector")
    ]
    told: dict[int, dict[str, float]] = {}
    for sector in sectors:
        for p in emissions(conn, sector):
            if p.actual is not None:
                told.setdefault(p.year, {})[sector] = p.actual
    return [
        {"year": year, "sectors": of, "sum": round(sum(of.values()), 3), "is_whole": len(of) == len(sectors)}
        for year, of in sorted(told.items())
    ]
