"""Small pages: a strategy with its measures, a table with its cells, a section, a finding with its evidence."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from kb import schema
from kb.site import comparing, crops, labels, wording
from kb.site.site import Asked, row, rows


def strategy(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Its measures."""
    return {
        "measures": rows(
            conn,
            "select id, code, name, category, status, budget_ntd, execution_rate, lead_agencies from measures "
            "where strategy_id = ? order by position",
            context["row"]["id"],
        )
    }


def nothing_more(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """For rows that only look different."""
    return {}


def table(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """Its cells, header rows apart."""
    cells = json.loads(context["row"]["cells"] or "[]")
    count = context["row"]["header_rows"] or 0
    return {
        "header": cells[:count],
        "body": cells[count:],
        "notes": json.loads(context["row"]["notes"] or "[]"),
        "joins": json.loads(context["row"]["joins"] or "[]"),
    }


def emission(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """The decimals that its report's other years have too."""
    lines = rows(conn, "select * from emissions where report_id = ?", context["row"]["report_id"])
    return {"digits": wording.emission_digits(lines), "template": "record.html"}


def section(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """What lies under it."""
    return {
        "inner": rows(
            conn,
            "select id, number, heading, page from sections where parent_id = ? order by position",
            context["row"]["id"],
        )
    }


def link(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """The measure in both reports, and what changed."""
    found = context["row"]
    of_measure = "select id, code, name, sector, year, period, is_new, budget_ntd from measures where id = ?"
    before, after = (row(conn, of_measure, found[side]) for side in ("from_id", "to_id"))
    name = (after or before or {}).get("name") or ""
    return {
        "before": before,
        "after": after,
        "told": comparing.changes(found["changes"]),
        "title": f"{name}：{labels.relation(found['relation'])}",
        **comparing.beside(str(found["id"])),
    }


def achievement(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:
    """Target and result, each figure with its place."""
    report = context["report"]
    original = asked.state.original(report) if report else None
    sides = []
    for column in ("target_quantity_id", "result_quantity_id"):
        figure = row(conn, "select * from quantities where id = ?", context["row"][column])
        outlines = crops.outlines(figure["boxes"]) if figure else []
        drawn = crops.crops(asked.state.pictures, original, report["id"], outlines) if outlines and report else []
        sides.append({"q": figure, "crops": drawn} if figure else None)
    named = row(conn, "select code, name from measures where id = ?", context["row"]["measure_id"])
    told = f"{named['code']} {named['name']}" if named else ""
    return {"sides": sides, "title": f"{told} 目標達成情形".strip()}


def finding(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    """The rows that it rests on, each with its place on the page."""
    report = context["report"]
    original = asked.state.original(report) if report else None
    evidence = []
    for number, told in enumerate(json.loads(context["row"]["evidence"] or "[]"), 1):
        if not isinstance(told, dict) or told.get("table") not in schema.tables():
            continue
        outlines = crops.outlines(json.dumps(told.get("boxes") or []), str(number))
        pictures = crops.crops(asked.state.pictures, original, report["id"], outlines) if outlines and report else []
        evidence.append(told | {"number": number, "crops": pictures})
    found: dict[str, Any] = {"evidence": evidence}
    if evidence:
        # Each piece of evidence shows its own place.
        found["crops"] = []
    return found
