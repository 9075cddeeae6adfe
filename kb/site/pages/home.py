"""The first page: what is in here, and the ways in."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb import identity
from kb.site.pages.agency import ONE, TODAY
from kb.site.site import Asked, rows

BEHIND = 0.9
"""Budgets spent by less are named."""
LATEST = "select id from reports r where year = (select max(year) from reports x where x.sector = r.sector)"
"""The last report of each sector: figures of several years are not added up."""

REDUCTION = f"""
with told as (
  select q.measure_id, m.sector, q.canonical_value as tco2e, q.scope = 'year' as is_dated, q.end_year = m.year as is_own
  from quantities q join measures m on m.id = q.measure_id
  where q.result_id is not null and q.kind = 'emission_reduction' and q.canonical_unit = 'tCO2e'
    and q.scope != 'cumulative' and m.report_id in ({LATEST})
), dated as (select * from told where is_dated and is_own)
select sector, sum(tco2e) as tco2e, count(distinct measure_id) as measures from (
  select * from dated
  union all
  select * from told where not is_dated and measure_id not in (select measure_id from dated)
) group by sector
"""  # noqa: S608 - constants of this module alone
"""As the audit adds them up: a measure's figures of the report year where there are any, else those without a span."""

BY_SECTOR = f"""
select sector, count(*) as measures, sum(status = 'active') as active, sum(status = 'ended') as ended,
  sum(is_new) as new, sum(budget_ntd) as budget, sum(execution_rate is not null) as rated,
  sum(execution_rate < {BEHIND}) as behind
from measures where report_id in ({LATEST}) group by sector
"""  # noqa: S608


REPORTS = """
select id, sector, year, roc_year, title, published,
  (select count(*) from measures m where m.report_id = r.id) as measures
from reports r order by sector, year
"""
AGENCIES = f"""
select {ONE} as id, {ONE} as name, count(distinct measure_id) as measures
from measure_agencies join agencies a on a.id = agency_id join measures m on m.id = measure_id
where m.report_id in ({LATEST}) group by {TODAY} order by measures desc, 2 limit 12
"""  # noqa: S608
STRATEGIES = f"""
select s.id, s.code, s.title, r.sector, count(m.id) as measures
from strategies s join reports r on r.id = s.report_id left join measures m on m.strategy_id = s.id
where s.report_id in ({LATEST}) group by s.id order by r.sector, s.position
"""  # noqa: S608
KINDS = (
    "measures",
    "targets",
    "results",
    "cases",
    "comments",
    "indicators",
    "strategies",
    "sections",
    "tables",
    "figures",
)
INDUSTRIES = f"""
select industry, count(*) as cases from cases where industry is not null and report_id in ({LATEST})
group by 1 order by 2 desc, 1 limit 12
"""  # noqa: S608


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """Matrix of reports, totals by sector, entries by agency, strategy and case."""
    reports = rows(conn, REPORTS)
    sectors = in_order({r["sector"] for r in reports})
    years = sorted({r["year"] for r in reports if r["year"] is not None})
    by_cell: dict[tuple[str | None, int | None], list[dict[str, Any]]] = {}
    for report in reports:
        by_cell.setdefault((report["sector"], report["year"]), []).append(report)
    reductions = {r["sector"]: r for r in rows(conn, REDUCTION)}
    totals = {r["sector"]: r for r in rows(conn, BY_SECTOR)}
    told = emissions(conn)
    return {
        "reports": reports,
        "sectors": sectors,
        "years": years,
        "cells_by": by_cell,
        "totals": totals,
        "reductions": reductions,
        "sums": _sums(list(totals.values()), list(reductions.values())),
        "agencies": rows(conn, AGENCIES),
        "strategies": rows(conn, STRATEGIES),
        "industries": rows(conn, INDUSTRIES),
        "kinds": _kinds(conn),
        "emissions": told,
        "charts": asked.state.charts.emissions(asked.state.version(), told),
        "latest": ",".join(id_ for (id_,) in conn.execute(f"{LATEST} order by id")),
        "behind": BEHIND,
        "is_home": True,
    }


def _kinds(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """What can be searched, in the order in which the tables are named."""
    counted = dict(conn.execute("select kind, count(*) from passages group by kind").fetchall())
    return [{"kind": kind, "n": counted[kind]} for kind in KINDS if kind in counted]


def in_order(found: set[str | None]) -> list[str | None]:
    """Sectors in the order of `sectors.csv`, those that it lacks behind."""
    known = list(identity.sectors())
    return sorted(found, key=lambda s: (known.index(s) if s in known else len(known), s or ""))


def emissions(conn: sqlite3.Connection) -> dict[str | None, list[dict[str, Any]]]:
    """Years of each sector as the latest report that tells them has them."""
    told: dict[str | None, dict[int, dict[str, Any]]] = {}
    for line in rows(
        conn,
        "select e.*, r.year as told_in from emissions e join reports r on r.id = e.report_id order by r.year, e.year",
    ):
        told.setdefault(line["sector"], {})[line["year"]] = line
    return {sector: [told[sector][year] for year in sorted(told[sector])] for sector in in_order(set(told))}


def _sums(totals: list[dict[str, Any]], reductions: list[dict[str, Any]]) -> dict[str, float]:
    """Over the sectors."""
    found = {
        name: sum(t[name] or 0 for t in totals)
        for name in ("measures", "active", "ended", "new", "budget", "rated", "behind")
    }
    return found | {
        "tco2e": sum(r["tco2e"] for r in reductions),
        "with_reduction": sum(r["measures"] for r in reductions),
    }
