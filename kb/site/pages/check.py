"""What does not hold together, and which targets are met: counts by report, each leading to its rows."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Any

from kb.site import comparing, labels
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
        "families": _families(
            rows(
                conn,
                "select rule, severity, count(*) as n from findings group by rule, severity "
                "order by severity = 'error' desc, severity = 'warning' desc, n desc, rule",
            )
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
        "relations": _relations(conn),
        "reading": rows(
            conn, "select started_at, source_name, outcome, message from ingests order by id desc limit 10"
        ),
    }


def _relations(conn: sqlite3.Connection) -> list[dict[str, Any]]:
    """Pairs of reports that were compared, with how many measures became what."""
    found = []
    for first, second in comparing.pairs(conn):
        counted = Counter(
            labels.relation(link["relation"]) for link in comparing.rows_of_links(conn, first["id"], second["id"])
        )
        if counted:
            found.append({"first": first["id"], "second": second["id"], "counts": counted.most_common()})
    return found


def _families(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rules by what they look at, the families with the most errors first; each with its rules, the gravest first."""
    families: dict[str, list[dict[str, Any]]] = {}
    for rule in rules:
        families.setdefault(labels.family(rule["rule"]), []).append(rule)
    told = [
        {"name": name, "rules": found, "by": {s: sum(r["n"] for r in found if r["severity"] == s) for s in SEVERITIES}}
        for name, found in families.items()
    ]
    return sorted(told, key=lambda family: [-n for n in family["by"].values()])


def _crossed(found: list[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """report -> word -> number."""
    crossed: dict[str, dict[str, int]] = {}
    for line in found:
        crossed.setdefault(line["report_id"], {})[line["word"]] = line["n"]
    return crossed
