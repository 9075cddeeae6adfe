"""An agency: what it leads and what it helps with, over sectors and years, by whichever of its names."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb.site.site import Asked, rows

ONE = "coalesce(max(case when a.successor is null then a.id end), min(a.id))"
"""Of rows of `agencies a` that are grouped by successor: the name that stands for all."""
TODAY = "coalesce(a.successor, a.id)"

NAMES = """
with names as (
  select id from agencies where ?1 in (id, successor)
    or (select successor from agencies where id = ?1) in (id, successor)
), links as (select distinct measure_id, role from measure_agencies where agency_id in names)
"""
"""`names` of an agency over the years, today's and all that it followed; `links` of all to measures."""

MEASURES = f"""{NAMES}
select m.id, m.code, m.name, m.status, m.category, m.budget_ntd, m.execution_rate, m.report_id, m.sector, m.year, l.role
from links l join measures m on m.id = l.measure_id
order by m.year desc, m.sector, l.role desc, m.position
"""  # noqa: S608 - constants of this module alone
BY_REPORT = f"""{NAMES}
select r.id, r.sector, r.year, sum(l.role = 'lead') as lead, sum(l.role = 'co') as co,
  sum(case when l.role = 'lead' then m.budget_ntd end) as budget
from links l join measures m on m.id = l.measure_id join reports r on r.id = m.report_id
group by r.id order by r.year desc, r.sector
"""  # noqa: S608
TITLE_PAGES = f"""{NAMES}
select distinct r.id, r.title, r.sector, r.year, l.role
from report_agencies l join reports r on r.id = l.report_id
where l.agency_id in names order by r.year desc, r.sector
"""  # noqa: S608
PRINTED = f"""{NAMES}
select printed from measure_agencies where agency_id in names
union select printed from report_agencies where agency_id in names order by 1
"""  # noqa: S608
OTHERS = f"{NAMES} select id from names where id <> ?1 order by id"  # noqa: S608
BELOW = f"""{NAMES}
select {ONE} as id, {ONE} as name, sum(l.role = 'lead') as lead, sum(l.role = 'co') as co,
  sum(case when l.role = 'lead' then m.budget_ntd end) as budget
from agencies a left join measure_agencies l on l.agency_id = a.id left join measures m on m.id = l.measure_id
where a.ministry in names and a.id not in names group by {TODAY} order by lead desc, 2
"""  # noqa: S608


def part(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Its measures by report, the money of those that it leads, its other names and those that were printed."""
    row = context["row"]
    key = row["id"]
    return {
        "measures": rows(conn, MEASURES, key),
        "today": row["successor"] or key,
        "names": [r["id"] for r in rows(conn, OTHERS, key)],
        "by_report": rows(conn, BY_REPORT, key),
        "title_pages": rows(conn, TITLE_PAGES, key),
        "printed": [r["printed"] for r in rows(conn, PRINTED, key)],
        "sisters": rows(
            conn,
            "select id, name from agencies where ministry = ? and id <> ? order by name",
            row["ministry"],
            key,
        ),
        "below": rows(conn, BELOW, key),
    }
