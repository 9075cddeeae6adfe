"""A facet that adds up: beside the number of figures of each kind, what they come to in each unit."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl
from datasette.database import QueryInterrupted
from datasette.facets import ColumnFacet
from datasette.utils import escape_sqlite

UNITS = 2
"""Shown beside a value: the units with the most figures."""


class TotalFacet(ColumnFacet):  # type: ignore[misc]
    """Counts as a column's facet does; each value has `sums`, a list of {unit, sum, count} over `canonical_value`.

    Metadata: `{"total": "kind"}`; address: `?_facet_total=kind`. It never says whether the figures may be added up: a
    total of cumulative ones counts years twice.
    """

    type = "total"

    async def facet_results(self) -> tuple[list[dict[str, Any]], list[str]]:
        """As Datasette wants it: results, and names of those that took too long."""
        found, timed_out = await super().facet_results()
        for facet in found:
            try:
                sums = await self._sums(facet["name"])
            except QueryInterrupted:
                timed_out.append(facet["name"])
                continue
            for value in facet["results"]:
                value["sums"] = sums.get(value["value"], [])[:UNITS]
        return found, timed_out

    async def _sums(self, column: str) -> dict[object, list[dict[str, Any]]]:
        sql = (
            f"select {escape_sqlite(column)} as value, canonical_unit as unit, sum(canonical_value) as total, "  # noqa: S608
            f"count(*) as n from ({self.sql}) where canonical_value is not null "
            "group by 1, 2 order by n desc"
        )
        rows = await self.ds.execute(
            self.database, sql, self.params, truncate=False, custom_time_limit=self.ds.setting("facet_time_limit_ms")
        )
        sums: dict[object, list[dict[str, Any]]] = {}
        for row in rows.rows:
            sums.setdefault(row["value"], []).append({"unit": row["unit"], "sum": row["total"], "count": row["n"]})
        return sums


@hookimpl  # type: ignore[untyped-decorator]
def register_facet_classes() -> list[type[TotalFacet]]:
    """One more kind of facet."""
    return [TotalFacet]
