"""A case study: problem, approach and outcome, and the figures that it states."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb import schema
from kb.site.marking import pieces
from kb.site.site import Asked, row, rows


def part(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Its metrics, its text with the figures marked, and cases of the same industry."""
    case = context["row"]
    quantities = rows(conn, "select * from quantities where case_id = ? order by position", case["id"])
    metrics = row(conn, "select * from case_metrics where case_id = ?", case["id"]) or {}
    return {
        "quantities": quantities,
        "pieces": pieces(case["text"] or "", quantities),
        "metrics": [(name, metrics[name]) for name in schema.METRICS if metrics.get(name) is not None],
        "several": (metrics.get("several") or "").split(", "),
        "alike": rows(
            conn,
            "select id, title, industry, sector, year from cases where id <> ? and "
            "(industry = ? or (report_id = ? and strategy = ?)) order by industry = ? desc, position limit 8",
            case["id"],
            case["industry"],
            case["report_id"],
            case["strategy"],
            case["industry"],
        ),
    }
