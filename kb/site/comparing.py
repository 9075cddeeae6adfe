"""Two reports of one sector beside each other: what the compare page shows, from the links that were made at ingest."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

from kb.site import labels, numbers
from kb.site.site import Row, row, rows

ORDER = ("changed", "moved", "same", "new", "gone")
"""Of the groups on the page: what a reader must look at first."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a measure in both reports, each side as the measure's own page writes it."""

    heading: str
    before: str
    after: str


def changes(stored: str | None) -> list[Change]:
    """From the column `changes` of `measure_links`."""
    return [
        Change(
            labels.column("measures", str(told.get("field", ""))),
            written(str(told.get("field", "")), told.get("from")),
            written(str(told.get("field", "")), told.get("to")),
        )
        for told in json.loads(stored or "[]")
        if isinstance(told, dict)
    ]


def written(field: str, value: object) -> str:
    """One side of a change in words: money in 萬 and 億, shares in per cent, lists with 、 between."""
    if value is None or value in ("", []):
        return "（無）"
    if isinstance(value, list):
        return "、".join(str(v) for v in value)
    if isinstance(value, (int, float)):
        # Every digit: rounded, both sides of a small change would read the same.
        return numbers.ntd(value) if field == "budget_ntd" else numbers.percent(value, 4)
    return labels.value(field, value)


def beside(link_id: str) -> dict[str, Any]:
    """From a link's key (`transport-112/T1-1 > transport-113/T1-1`, a report alone where it lacks the measure):
    `compare`, the page of both reports, and `absent`, the report without the measure."""
    sides = link_id.split(" > ")
    if len(sides) != 2:
        return {"compare": "", "absent": ""}
    first, second = (side.partition("/")[0] for side in sides)
    absent = next((side for side in sides if "/" not in side), "")
    return {"compare": f"/compare?{urlencode({'from': first, 'to': second})}", "absent": absent}


def pairs(conn: sqlite3.Connection) -> list[tuple[Row, Row]]:
    """Reports that were compared, the earlier first: those of one sector that follow each other."""
    found = rows(conn, "select id, sector, year, title from reports where year is not null order by sector, year, id")
    return [(a, b) for a, b in pairwise(found) if a["sector"] is not None and a["sector"] == b["sector"]]


LINKS = """
select l.id, l.relation, l.confidence, l.changes,
  a.id as from_id, a.code as from_code, a.name as from_name, a.budget_ntd as from_budget,
  a.execution_rate as from_rate, a.status as from_status, a.lead_agencies as from_agencies,
  b.id as to_id, b.code as to_code, b.name as to_name, b.budget_ntd as to_budget,
  b.execution_rate as to_rate, b.status as to_status, b.lead_agencies as to_agencies
from measure_links l left join measures a on a.id = l.from_id left join measures b on b.id = l.to_id
where (l.from_id is null or a.report_id = :first) and (l.to_id is null or b.report_id = :second)
  and (l.from_id is not null or substr(l.id, 1, length(:first) + 3) = :first || ' > ')
  and (l.to_id is not null or substr(l.id, -length(:second) - 3) = ' > ' || :second)
order by coalesce(b.position, a.position)
"""
TOTALS = """
select count(*) as measures, sum(status = 'active') as active, sum(is_new) as new, sum(budget_ntd) as budget,
  sum(execution_rate is not null) as rated, sum(execution_rate < 0.9) as behind
from measures where report_id = ?
"""


def compared(conn: sqlite3.Connection, first: str, second: str) -> dict[str, Any]:
    """Everything about two reports that were compared: totals, emissions of the years that both tell, measures by what
    became of them."""
    links = [link | {"told": changes(link["changes"])} for link in rows_of_links(conn, first, second)]
    groups: dict[str, list[dict[str, Any]]] = {name: [] for name in ORDER}
    for link in links:
        groups[_group(link)].append(link)
    return {
        "first": row(conn, "select * from reports where id = ?", first),
        "second": row(conn, "select * from reports where id = ?", second),
        "totals": (row(conn, TOTALS, first), row(conn, TOTALS, second)),
        "emissions": _beside(
            rows(conn, "select * from emissions where report_id = ? order by year", first),
            rows(conn, "select * from emissions where report_id = ? order by year", second),
        ),
        "groups": groups,
        "is_compared": bool(links),
    }


def rows_of_links(conn: sqlite3.Connection, first: str, second: str) -> list[dict[str, Any]]:
    """The links of two reports, those that say new or gone among them."""
    cursor = conn.execute(LINKS, {"first": first, "second": second})
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor]


def _group(link: Row) -> str:
    if link["from_id"] is None:
        return "new"
    if link["to_id"] is None:
        return "gone"
    if set(str(link["relation"]).split("+")) - {"same"}:
        return "moved"
    return "changed" if link["told"] else "same"


def _beside(first: Iterable[Row], second: Iterable[Row]) -> list[dict[str, Any]]:
    """Years of both reports, each with the rows that tell of it; `is_restated` where the figures differ."""
    before, after = ({line["year"]: line for line in told} for told in (first, second))
    names = ("target", "actual", "corrected")
    return [
        {
            "year": year,
            "first": before.get(year),
            "second": after.get(year),
            "is_restated": year in before
            and year in after
            and any(
                before[year][n] is not None and after[year][n] is not None and before[year][n] != after[year][n]
                for n in names
            ),
        }
        for year in sorted(before.keys() | after.keys())
    ]
