"""How well a report was read: what is missing, shares against their bounds, and doubts that lead to their rows."""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.utils import tilde_decode

from kb.check import check
from kb.check.bounds import bounds
from kb.check.labels import rule_label, told
from kb.check.show import SHARES
from kb.site.site import Asked, NotThere

MOST = 200
"""Doubts on the page; `kb check --limit 0` shows all."""
WITH_PAGE = (
    *("strategies", "measures", "targets", "results", "quantities", "emissions", "indicators"),
    *("cases", "comments", "sections", "tables", "figures"),
)
"""Tables whose rows have a page of their own."""


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The check of a report as its page shows it. Raises `NotThere` where there is no such report."""
    report_id = tilde_decode(asked.path["report"])
    if conn.execute("select 1 from reports where id = ?", (report_id,)).fetchone() is None:
        raise NotThere(f"沒有收錄報告「{report_id}」。")
    quality = check(conn, report_id)
    entries = told(report_id, quality.doubts)
    least = {bound.name: bound.least for bound in bounds()}
    rest = [entry for entry in entries if not entry.is_whole_part]
    return {
        "report_id": report_id,
        "is_good": quality.is_good,
        "missing": [entry.doubt for entry in entries if entry.is_whole_part],
        "broken": [(SHARES.get(bound.name, bound.name), bound) for bound in quality.broken],
        "shares": [(SHARES.get(share.name, share.name), share, least.get(share.name)) for share in quality.shares],
        "counts": quality.counts,
        "entries": [(entry, rule_label(entry.doubt.rule), _has_page(conn, entry.doubt)) for entry in rest[:MOST]],
        "more": max(0, len(rest) - MOST),
    }


def _has_page(conn: sqlite3.Connection, doubt: Any) -> bool:
    """Whether the row in doubt is there: one that is missing has no page."""
    if doubt.key is None or doubt.table not in WITH_PAGE:
        return False
    found = conn.execute(f"select 1 from {doubt.table} where id = ?", (doubt.key,))  # noqa: S608 - of the list above
    return found.fetchone() is not None
