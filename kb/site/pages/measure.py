"""A measure: targets beside results, figures marked, money, its cells on the page, other years."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kb.site import comparing, crops
from kb.site.cite import path
from kb.site.marking import Piece, pieces
from kb.site.site import Asked, Row, row, rows

FIELDS = {"name": "措施", "target": "目標", "result": "成果", "budget": "經費", "lead_agencies": "機關"}
"""Cells that get an outline of their own on the page."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a cell: its row, the text in pieces, its figures."""

    row: Row
    pieces: list[Piece]
    quantities: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Items of targets and results that answer each other; either side may be empty."""

    targets: list[Item]
    results: list[Item]


def part(conn: sqlite3.Connection, asked: Asked, context: dict[str, Any]) -> dict[str, Any]:
    """What the measure's page shows beside what every row's page shows."""
    measure, key = context["row"], context["row"]["id"]
    quantities = rows(conn, "select * from quantities where measure_id = ? order by rowid", key)
    targets = _items(rows(conn, "select * from targets where measure_id = ? order by position", key), quantities)
    results = _items(rows(conn, "select * from results where measure_id = ? order by position", key), quantities)
    achievements = rows(conn, "select * from achievements where measure_id = ? order by rowid", key)
    by_id = {q["id"]: q for q in quantities}
    return {
        "pairs": pairs(targets, results),
        "quantities": quantities,
        "achievements": [
            a | {"target": by_id.get(a["target_quantity_id"]), "result": by_id.get(a["result_quantity_id"])}
            for a in achievements
        ],
        "agencies": rows(
            conn,
            "select a.id, a.name, l.role, l.printed, a.is_known from measure_agencies l join agencies a "
            "on a.id = l.agency_id where l.measure_id = ? order by l.role desc, l.position",
            key,
        ),
        "funding": json.loads(measure["funding"] or "[]"),
        "extra": json.loads(measure["extra"] or "{}"),
        "marks": json.loads(measure["marks"] or "[]"),
        "siblings": rows(
            conn,
            "select id, code, name from measures where strategy_id = ? and report_id = ? order by position",
            measure["strategy_id"],
            measure["report_id"],
        ),
        "beside": _beside(conn, measure),
        "links": _links(conn, key),
        "namesakes": _namesakes(conn, measure),
        "findings": rows(
            conn,
            "select * from findings where report_id = ? and (context = ? or instr(evidence, ?) or instr(evidence, ?)) "
            "order by severity = 'error' desc, severity = 'warning' desc, position",
            measure["report_id"],
            measure["code"],
            f'"{key}"',
            f'"{key}/',
        ),
        **_crops(asked, context, measure),
    }


def _items(found: list[dict[str, Any]], quantities: list[dict[str, Any]]) -> list[Item]:
    made = []
    for item in found:
        own = [q for q in quantities if item["id"] in (q["target_id"], q["result_id"])]
        made.append(Item(item, pieces(item["text"], own), own))
    return made


def pairs(targets: Sequence[Item], results: Sequence[Item]) -> list[Pair]:
    """Item by item where both sides number theirs alike (1.1 goes with 1), else all targets beside all results."""
    sides = [[_group(item) for item in side] for side in (targets, results)]
    are_numbered = all(g is not None for side in sides for g in side)
    if not (targets and results and are_numbered and set(sides[0]) & set(sides[1])):
        return [Pair(list(targets), list(results))]
    order = list(dict.fromkeys([*sides[0], *sides[1]]))
    return [
        Pair([t for t in targets if _group(t) == group], [r for r in results if _group(r) == group]) for group in order
    ]


def _group(item: Item) -> str | None:
    ordinal = item.row["ordinal"]
    return None if ordinal is None else str(ordinal).partition(".")[0]


def _beside(conn: sqlite3.Connection, measure: Row) -> dict[str, Any]:
    """The measures before and behind it in the report."""
    sql = "select id, code, name from measures where report_id = ? and position {} ? order by position {} limit 1"
    here = measure["report_id"], measure["position"]
    return {"before": row(conn, sql.format("<", "desc"), *here), "after": row(conn, sql.format(">", "asc"), *here)}


LINKS = """
select l.*, m.id as other_id, m.code, m.name, m.year, m.status, m.budget_ntd, m.execution_rate, {side} as side
from measure_links l left join measures m on m.id = l.{other} where l.{own} = ?
"""


def _links(conn: sqlite3.Connection, key: str) -> list[dict[str, Any]]:
    """The same measure in the reports before and after, as compared."""
    found = rows(conn, LINKS.format(side="'before'", other="from_id", own="to_id"), key)
    found += rows(conn, LINKS.format(side="'after'", other="to_id", own="from_id"), key)
    return [link | comparing.beside(str(link["id"])) | {"told": comparing.changes(link["changes"])} for link in found]


def _namesakes(conn: sqlite3.Connection, measure: Row) -> list[dict[str, Any]]:
    """Measures of the sector's other reports with the same name: not compared, only called alike."""
    found = rows(
        conn,
        "select id, code, name, year, status, budget_ntd, execution_rate from measures "
        "where sector = ? and report_id <> ? and name = ? order by year",
        measure["sector"],
        measure["report_id"],
        measure["name"],
    )
    return [m | {"href": path("measures", m["id"])} for m in found]


def _crops(asked: Asked, context: dict[str, Any], measure: Row) -> dict[str, Any]:
    """The row on its pages, with its cells outlined where they are known."""
    report = context["report"]
    whole = crops.outlines(measure["boxes"])
    if not whole or report is None:
        return {}
    cells = crops.field_outlines(measure["places"], FIELDS)
    found = [*whole, *cells]
    return {"crops": crops.crops(asked.state.pictures, asked.state.original(report), report["id"], found)}
