"""About the data: every table and column from the schema, how much there is, and what is known not to be right."""

from __future__ import annotations

import sqlite3
from typing import Any

from kb import schema
from kb.site.site import Asked, rows


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The dictionary with the number of rows, versions, and the reports that were read."""
    tables = list(schema.tables().values())
    return {
        "tables": tables,
        "counts": {t.name: count(conn, t.name) for t in tables},
        "versions": dict(conn.execute("select key, value from about").fetchall()),
        "reports": rows(
            conn,
            "select id, title, sector, year, roc_year, source_name, sha256, media_type, page_count, extractor_version, "
            "(select count(*) from findings f where f.report_id = r.id and f.rule like 'unread:%') as unread "
            "from reports r order by sector, year",
        ),
        "originals": asked.state.original,
    }


def count(conn: sqlite3.Connection, table: str) -> int:
    """Rows of a table or view of the schema."""
    return int(conn.execute(f"select count(*) from {table}").fetchone()[0])  # noqa: S608
