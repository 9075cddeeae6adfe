"""A report: its outline, the text of a section beside the picture of its page, what else stands on that page."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from kb.site import comparing, crops
from kb.site.pictures import PageUnavailable
from kb.site.site import Asked, Row, rows

ON_PAGE = {
    "strategies": "code || ' ' || title",
    "measures": "code || ' ' || name",
    "cases": "title",
    "comments": "reviewer || ' ' || coalesce(number, '')",
    "indicators": "name",
    "tables": "coalesce(number || ' ', '') || coalesce(caption, '未具名')",
    "figures": "coalesce(number || ' ', '') || coalesce(caption, '未具名')",
}
"""Tables whose rows are listed with the page on which they begin, and how they are called."""


def part(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:
    """The whole outline; a chosen section or page where the address says one."""
    report = context["row"]
    sections = rows(conn, "select * from sections where report_id = ? order by position", report["id"])
    section = next((s for s in sections if s["position"] == asked.number("section")), None)
    page = asked.number("page") or (section["page"] if section else None)
    found: dict[str, Any] = {
        "report": report,
        "sections": sections,
        "section": section,
        "page": page,
        "counts": _counts(conn, report["id"]),
        "agencies": rows(
            conn,
            "select a.id, a.name, l.role from report_agencies l join agencies a on a.id = l.agency_id "
            "where l.report_id = ? order by l.role desc, l.position",
            report["id"],
        ),
        "emissions": rows(conn, "select * from emissions where report_id = ? order by year", report["id"]),
        "indicators": rows(conn, "select * from indicators where report_id = ? order by position", report["id"]),
        "others": rows(
            conn,
            "select id, year from reports where sector = ? and id <> ? order by year",
            report["sector"],
            report["id"],
        ),
        "compared": [(a["id"], b["id"]) for a, b in comparing.pairs(conn) if report["id"] in (a["id"], b["id"])],
        "labels": json.loads(report["page_labels"] or "[]"),
        "cover": report["page_count"] is not None and asked.state.original(report) is not None,
    }
    if page is not None:
        found |= _page(conn, asked, report, sections, page)
    return found


def _counts(conn: sqlite3.Connection, report_id: str) -> list[tuple[str, int]]:
    tables = ("strategies", "measures", "quantities", "cases", "comments", "tables", "figures", "findings")
    sql = " union all ".join(f"select '{t}', count(*) from {t} where report_id = :id" for t in tables)  # noqa: S608
    return [(name, count) for name, count in conn.execute(sql, {"id": report_id})]


def _page(
    conn: sqlite3.Connection, asked: Asked, report: Row, sections: list[dict[str, Any]], page: int
) -> dict[str, Any]:
    """A page's picture with the section outlined, the sections and records that begin on it."""
    listed = " union all ".join(
        f"select '{table}' as kind, id, {name} as name, boxes from {table} where report_id = :id and page = :page"  # noqa: S608
        for table, name in ON_PAGE.items()
    )
    records = [
        {"kind": kind, "id": key, "name": name, "boxes": boxes}
        for kind, key, name, boxes in conn.execute(listed, {"id": report["id"], "page": page})
    ]
    chosen = asked.number("section")
    outlines = [
        o
        for s in sections
        if s["position"] == chosen
        for o in crops.outlines(s["boxes"], s["heading"])
        if o.page == page
    ]
    original = asked.state.original(report)
    picture: dict[str, Any] = {"missing": "文字檔沒有頁面圖像" if report["page_count"] is None else "原始檔案未保存"}
    if original is not None and report["page_count"] is not None:
        try:
            picture = {"size": asked.state.pictures.size(original, page)}
        except PageUnavailable as error:
            picture = {"missing": str(error)}
    return {
        "records": records,
        "page_sections": [s for s in sections if s["page"] == page],
        # What the page goes on with from the one before.
        "continued": next((s for s in reversed(sections) if s["page"] is not None and s["page"] < page), None),
        "outlines": outlines,
        "picture": picture,
    }
