"""What does not hold together, and which targets are met: counts by report, each leading to its rows."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb.site.site import Asked, rows

STATUSES = ("met", "on_course", "behind", "missed", "not_comparable", "no_figure")
SEVERITIES = ("error", "warning", "info")
FIRST = 12
"""Findings shown on the page itself, the gravest first."""


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any]:  # noqa: ARG001
    """Findings by rule and report, achievements by status and report, changes between years."""
    return {
        "reports": rows(conn, "select id, sector, year from reports order by sector, year"),
        "severities": SEVERITIES,
        "by_report": _crossed(
            rows(conn, "select report_id, severity as word, count(*) as n from findings group by 1, 2")
        ),
        "rules": rows(
            conn,
            "select rule, severity, count(*) as n, min(message) as example from findings group by rule, severity "
            "order by severity = 'error' desc, severity = 'warning' desc, n desc, rule",
        ),
        "gravest": rows(
            conn,
            "select id, report_id, rule, severity, message, page, confidence from findings "
            "order by severity = 'error' desc, severity = 'warning' desc, confidence desc, report_id, position limit ?",
            FIRST,
        ),
        "statuses": STATUSES,
        "achieved": _crossed(
            rows(conn, "select report_id, status as word, count(*) as n from achievements group by 1, 2")
        ),
        "relations": rows(
            conn,
            "select coalesce(a.sector, b.sector) as sector, a.year as from_year, b.year as to_year, relation, "
            "count(*) as n from measure_links l "
            "left join measures a on a.id = l.from_id left join measures b on b.id = l.to_id "
            "group by 1, 2, 3, 4 order by 1, 2, 3, 5 desc",
        ),
        "reading": rows(
            conn, "select started_at, source_name, outcome, message from ingests order by id desc limit 10"
        ),
    }


def _crossed(found: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """report -> word -> number."""
    crossed: dict[str, dict[str, int]] = {}
    for line in found:
        crossed.setdefault(line["report_id"], {})[line["word"]] = line["n"]
    return crossed
