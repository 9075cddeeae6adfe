"""What a knowledge base holds: its reports with their counts, what was not understood, the last files read."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

COUNTED = ("strategies", "measures", "quantities", "cases", "comments", "sections", "tables")


@dataclass(frozen=True, slots=True)
class ReportStatus:
    """One report: `counts` are its rows in `COUNTED`, `findings` its findings by severity."""

    id: str
    title: str | None
    source_name: str
    counts: tuple[int, ...]
    findings: dict[str, int]


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that `kb status` shows; `rules` are (rule, severity, number), `ingests` the last ones first."""

    reports: tuple[ReportStatus, ...]
    rules: tuple[tuple[str, str, int], ...]
    ingests: tuple[tuple[str, str, str, str], ...]


def status(conn: sqlite3.Connection, last: int = 5) -> Status:
    """Count; with the `last` entries of the log as (started_at, source_name, outcome, message)."""
    reports = [
        ReportStatus(key, title, source, _counts(conn, key), _findings(conn, key))
        for key, title, source in conn.execute("select id, title, source_name from reports order by id").fetchall()
    ]
    rules = conn.execute("select rule, severity, count(*) from findings group by rule, severity order by 3 desc, 1")
    ingests = conn.execute(
        "select started_at, source_name, outcome, message from ingests order by id desc limit ?", (last,)
    )
    return Status(tuple(reports), tuple(rules), tuple(ingests))


def _counts(conn: sqlite3.Connection, report_id: str) -> tuple[int, ...]:
    return tuple(
        conn.execute(f"select count(*) from {table} where report_id = ?", (report_id,)).fetchone()[0]  # noqa: S608
        for table in COUNTED
    )


def _findings(conn: sqlite3.Connection, report_id: str) -> dict[str, int]:
    found = conn.execute("select severity, count(*) from findings where report_id = ? group by severity", (report_id,))
    return dict(found.fetchall())
