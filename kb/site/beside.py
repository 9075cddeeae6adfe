"""What the page of a table shows beside its rows: the figures of cases, the measures of agencies, the
decimals of emissions.

Templates ask for the rows that they show, so a page costs the same however long its table is.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from datasette import hookimpl

from kb import schema
from kb.site import labels, numbers, wording
from kb.site.cite import NAME
from kb.site.site import Site

METRIC_UNITS = {"saving_rate_pct": "%", "kwh_saved": "度", "reduction_tco2e": "公噸 CO₂e", "payback_years": " 年"}
"""Of the columns of `case_metrics` that are no money."""

COUNTED = """
select l.agency_id, sum(l.role = 'lead') as lead, sum(l.role = 'co') as co,
  sum(case when l.role = 'lead' then m.budget_ntd end) as budget
from json_each(:keys) key cross join measure_agencies l on l.agency_id = key.value
join measures m on m.id = l.measure_id group by 1
"""
Asking = Callable[[Iterable[str]], Awaitable[Mapping[str, Any]]]


def metric(name: str, value: float) -> str:
    """A figure of a case with its unit: 4,250 萬元, 28.3%, 1,541 公噸 CO₂e."""
    if name.endswith("_ntd"):
        return numbers.money(value)
    unit = METRIC_UNITS[name]
    if name == "kwh_saved":
        return numbers.large(value, unit)
    return f"{numbers.plain(value)}{unit if unit[0] in '% ' else ' ' + unit}"


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(datasette: Site, table: str | None) -> dict[str, Any]:
    """`metrics_of(keys)` for cases, `measures_of(keys)` for agencies, `digits_of(reports)` for emissions; all to be
    awaited, which templates do."""
    if table == "cases":
        return {"metrics_of": _metrics(datasette)}
    if table == "agencies":
        return {"measures_of": _measures(datasette)}
    if table == "emissions":
        return {"digits_of": _digits(datasette)}
    return {}


def _digits(datasette: Site) -> Asking:
    """Report -> the decimals that its emissions are shown with, whichever of their years are on the page."""

    async def digits_of(keys: Iterable[str]) -> Mapping[str, Any]:
        sql = "select e.* from json_each(:keys) key cross join emissions e on e.report_id = key.value"
        found = await datasette.get_database(NAME).execute(sql, {"keys": json.dumps(sorted(set(keys)))})
        lines: dict[str, list[Mapping[str, object]]] = {}
        for row in found.rows:
            lines.setdefault(row["report_id"], []).append(dict(row))
        return {report: wording.emission_digits(of_report) for report, of_report in lines.items()}

    return digits_of


def _metrics(datasette: Site) -> Asking:
    """Case -> list of (name of the figure, the figure with its unit)."""

    async def metrics_of(keys: Iterable[str]) -> Mapping[str, Any]:
        sql = "select m.* from json_each(:keys) key cross join case_metrics m on m.case_id = key.value"
        found = await datasette.get_database(NAME).execute(sql, {"keys": json.dumps(list(keys))})
        return {
            row["case_id"]: [
                (labels.column("case_metrics", name), metric(name, row[name]))
                for name in schema.METRICS
                if row[name] is not None
            ]
            for row in found.rows
        }

    return metrics_of


def _measures(datasette: Site) -> Asking:
    """Agency -> how many measures it leads and helps with, and the money of those that it leads."""

    async def measures_of(keys: Iterable[str]) -> Mapping[str, Any]:
        found = await datasette.get_database(NAME).execute(COUNTED, {"keys": json.dumps(list(keys))})
        return {row["agency_id"]: dict(row) for row in found.rows}

    return measures_of
