"""An agency: what it leads and what it helps with, over sectors and years."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb.site.site import Asked, rows


def part(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Its measures by report, the money of those that it leads, names under which it was printed."""
    key = context["row"]["id"]
    measures = rows(
        conn,
        "select m.id, m.code, m.name, m.status, m.category, m.budget_ntd, m.execution_rate, m.report_id, "
        "m.sector, m.year, l.role from measure_agencies l join measures m on m.id = l.measure_id "
        "where l.agency_id = ? order by m.year desc, m.sector, l.role desc, m.position",
        key,
    )
    return {
        "measures": measures,
        "by_report": rows(
            conn,
            "select r.id, r.sector, r.year, sum(l.role = 'lead') as lead, sum(l.role = 'co') as co, "
            "sum(case when l.role = 'lead' then m.budget_ntd end) as budget "
            "from measure_agencies l join measures m on m.id = l.measure_id join reports r on r.id = m.report_id "
            "where l.agency_id = ? group by r.id order by r.year desc, r.sector",
            key,
        ),
        "title_pages": rows(
            conn,
            "select r.id, r.title, r.sector, r.year, l.role from report_agencies l "
            "join reports r on r.id = l.report_id where l.agency_id = ? order by r.year desc, r.sector",
            key,
        ),
        "printed": [
            r["printed"]
            for r in rows(
                conn,
                "select printed from measure_agencies where agency_id = ? union "
                "select printed from report_agencies where agency_id = ? order by 1",
                key,
                key,
            )
        ],
        "sisters": rows(
            conn,
            "select id, name from agencies where ministry = ? and id <> ? order by name",
            context["row"]["ministry"],
            key,
        ),
        "below": rows(
            conn,
            "select a.id, a.name, sum(l.role = 'lead') as lead, sum(l.role = 'co') as co, "
            "sum(case when l.role = 'lead' then m.budget_ntd end) as budget from agencies a "
            "left join measure_agencies l on l.agency_id = a.id left join measures m on m.id = l.measure_id "
            "where a.ministry = ? and a.id <> ? group by a.id order by lead desc, a.name",
            context["row"]["name"],
            key,
        ),
    }
