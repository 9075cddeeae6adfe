"""Whole tables to take away."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb import schema
from kb.site.pages.about import count
from kb.site.site import Asked

FIRST = (
    "measures",
    "quantities",
    "emissions",
    "cases",
    "case_metrics",
    "comments",
    "indicators",
    "targets",
    "results",
    "strategies",
    "claims",
    "sections",
    "tables",
    "findings",
    "achievements",
    "measure_links",
    "reports",
    "agencies",
)
"""In the order in which they are asked for; the others come behind."""


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The tables with their rows."""
    names = [n for n in FIRST if n in schema.tables()] + [n for n in schema.tables() if n not in FIRST]
    return {
        "tables": [(schema.tables()[n], count(conn, n)) for n in names],
        "may_download": asked.state.may_download or not asked.state.is_public,
    }
