"""Corrections into the rows of a report, before these are stored."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from extract import successor
from kb.corrections.files import Correction, load
from kb.corrections.values import column_of, is_same, value_of, words_of
from kb.row_sink import Row, Rows, as_json


def apply(rows: Rows, corrections: Iterable[Correction], report_id: str) -> None:
    """Change the rows of one report, add the rows of `corrections`, and a finding for each that does not fit."""
    found: list[Row] = []
    for position, correction in enumerate(corrections, 1):
        problem = _apply(rows, correction)
        found.append(
            {
                "id": f"{report_id}/correction/{position}",
                "report_id": report_id,
                "position": position,
                "table_name": correction.table,
                "row_id": correction.key,
                "column_name": correction.column,
                "read_value": correction.read,
                "right_value": correction.right,
                "reason": correction.reason,
                "who": correction.who,
                "date": correction.date,
                "is_applied": int(problem is None),
            }
        )
        if problem is not None:
            _report(rows, correction, problem, report_id)
    if found:
        rows["corrections"] = found


def _apply(rows: Rows, correction: Correction) -> str | None:
    """Apply one; gives the reason where it does not fit."""
    row = next((r for r in rows.get(correction.table, ()) if r["id"] == correction.key), None)
    if row is None:
        return "沒有這一列"
    column = column_of(correction.table, correction.column)
    now = row.get(correction.column)
    if not is_same(column, correction.read, now):
        if is_same(column, correction.right, now):
            return "現在讀出的值已與更正值相同，可刪除此更正"
        return f"現在讀出的值為「{words_of(now)}」，不是「{correction.read}」"
    if correction.column == "strategy_id":
        strategies = {r["id"]: r for r in rows.get("strategies", ())}
        if correction.right and correction.right not in strategies:
            return f"沒有策略 {correction.right}"
        strategy = strategies.get(correction.right)
        row["strategy_title"] = strategy and f"{strategy['code']} {strategy['title']}"
    row[correction.column] = value_of(column, correction.right)
    if correction.table == "measures":
        _mend_links(rows, row, correction.column)
    return None


def _mend_links(rows: Rows, measure: Row, column: str) -> None:
    """The link tables of a measure whose list of agencies or funding was corrected."""
    if column == "funding":
        links = [r for r in rows.get("measure_funding", ()) if r["measure_id"] != measure["id"]]
        for position, source in enumerate(json.loads(measure["funding"]), 1):
            links.append({"measure_id": measure["id"], "source": source, "position": position})
        rows["measure_funding"] = links
    elif column in ("lead_agencies", "co_agencies"):
        role = column.removesuffix("_agencies")
        links = rows.get("measure_agencies", [])
        links = [r for r in links if (r["measure_id"], r["role"]) != (measure["id"], role)]
        agencies = rows.setdefault("agencies", [])
        known = {r["id"] for r in agencies}
        for position, name in enumerate(json.loads(measure[column]), 1):
            if name not in known:
                unknown = {"id": name, "name": name, "short_name": name, "ministry": None, "is_known": 0}
                agencies.append(unknown | {"successor": successor(name)})
                known.add(name)
            link = {"measure_id": measure["id"], "agency_id": name, "role": role, "position": position, "printed": name}
            links.append(link)
        rows["measure_agencies"] = links
        both = [*json.loads(measure["lead_agencies"]), *json.loads(measure["co_agencies"])]
        today = {r["id"]: r.get("successor") or r["id"] for r in agencies}
        measure["agencies"] = as_json(list(dict.fromkeys(today.get(name, name) for name in both)))


def _report(rows: Rows, correction: Correction, problem: str, report_id: str) -> None:
    findings = rows.setdefault("findings", [])
    evidence = [{"table": correction.table, "id": correction.key, "column": correction.column}]
    findings.append(
        {
            "id": f"{report_id}/finding/{len(findings) + 1}",
            "report_id": report_id,
            "position": len(findings) + 1,
            "rule": "correction:unfit",
            "severity": "warning",
            "message": f"更正未套用：{correction.key} 的 {correction.column}，{problem}",
            "printed": correction.read,
            "context": correction.key,
            "evidence": as_json(evidence),
        }
    )


def are_current(conn: sqlite3.Connection, report_id: str, folder: Path) -> bool:
    """Whether the database was made with the corrections that the file holds now. Raises `CorrectionsBroken`."""
    columns = "table_name, row_id, column_name, read_value, right_value, reason, who, date"
    stored = conn.execute(
        f"select {columns} from corrections where report_id = ? order by position",  # noqa: S608 - a constant
        (report_id,),
    )
    now = [(c.table, c.key, c.column, c.read, c.right, c.reason, c.who, c.date) for c in load(folder, report_id)]
    return [tuple(row) for row in stored] == now
