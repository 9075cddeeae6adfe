"""Findings as they stand in the knowledge base."""

from __future__ import annotations

import json
import sqlite3

from kb.audit.model import Row
from kb.audit.rules import is_audit
from kb.errors import NothingToDo

SEVERITIES = ("error", "warning", "info")
COLUMNS = (
    "id", "rule", "severity", "message", "confidence", "context", "evidence", "page", "boxes", "char_start", "char_end",
)  # fmt: skip


def known_report(conn: sqlite3.Connection, report_id: str) -> None:
    """Raises `NothingToDo` with the ids that are there where this one is not."""
    known = [i for (i,) in conn.execute("select id from reports order by id")]
    if report_id not in known:
        raise NothingToDo(f"{report_id}: no such report; there are: {', '.join(known) or 'none, see kb ingest'}")


def findings(conn: sqlite3.Connection, report_id: str, *, least: str = "info", rule: str = "") -> list[Row]:
    """The audit's findings of a report, JSON columns as what they hold; those of this severity and graver, of rules
    whose name begins with `rule`. Signals of the reading are not among them."""
    cursor = conn.execute(
        f"select {', '.join(COLUMNS)} from findings where report_id = ? order by position",  # noqa: S608
        (report_id,),
    )
    able = SEVERITIES[: SEVERITIES.index(least) + 1]
    found = []
    for values in cursor:
        row = dict(zip(COLUMNS, values, strict=True))
        if is_audit(row["rule"]) and row["rule"].startswith(rule) and row["severity"] in able:
            row["evidence"] = json.loads(row["evidence"] or "[]")
            row["boxes"] = json.loads(row["boxes"]) if row["boxes"] else None
            found.append(row)
    return found
