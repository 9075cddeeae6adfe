"""What follows from the stored rows of a report: achievements, findings of the audit, links to its neighbours."""

from __future__ import annotations

import sqlite3

from kb import achieve
from kb.audit import rules
from kb.audit.facts import Facts
from kb.audit.model import Row
from kb.compare import links


def worked_out(conn: sqlite3.Connection, report_id: str) -> dict[str, list[Row]]:
    """Rows by table, to be inserted in the transaction that stored the report. Links of the report with its
    neighbours that were there before are deleted."""
    facts = Facts(conn, report_id)
    (after,) = conn.execute("select count(*) from findings where report_id = ?", (report_id,)).fetchone()
    return {
        "achievements": achieve.as_rows(facts),
        "findings": rules.as_rows(facts, after=after),
        "measure_links": links.as_rows(conn, report_id),
    }
