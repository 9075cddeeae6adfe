"""What Datasette is told of the tables: titles, meanings of columns, facets, order. All from the schema."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb import schema
from kb.site.text import fullwidth

TITLE = "氣候行動成果知識庫"

FACETS: Mapping[str, tuple[str | dict[str, str], ...]] = {
    "reports": ("sector", "year"),
    "measures": (
        "sector",
        "year",
        "category",
        "status",
        {"list": "agencies"},
        {"list": "funding"},
        "strategy_title",
    ),
    "quantities": ({"total": "kind"}, {"total": "canonical_unit"}, {"total": "scope"}, "sector", "year"),
    "cases": ("industry", "strategy", "sector", "year"),
    "case_metrics": ("industry", "strategy", "sector", "year"),
    "comments": ("reviewer", "round", "sector", "year"),
    "findings": ("rule", "severity", "report_id"),
    "passages": ("kind", "sector", "year", {"list": "agencies"}),
    "achievements": ("status", "report_id"),
    "measure_links": ("relation",),
}
SORTED: Mapping[str, str] = {"findings": "severity", "measure_links": "to_id", "emissions": "id"}
"""Tables whose rows come in another order than the report's. Of severities `error` is the first by the alphabet too."""
LABELS: Mapping[str, str] = {
    "reports": "title",
    "agencies": "name",
    "strategies": "title",
    "measures": "name",
    "targets": "text",
    "results": "text",
    "sections": "heading",
    "claims": "text",
    "cases": "title",
    "quantities": "quote",
    "tables": "caption",
    "figures": "caption",
}
"""Column that stands for a row where another table refers to it."""


def metadata(database: str) -> dict[str, Any]:
    """Datasette's metadata for a knowledge base served under that name."""
    tables = {table.name: _table(table) for table in schema.tables().values()}
    tables["passages_fts"] = {"hidden": True}
    return {"title": TITLE, "databases": {database: {"tables": tables}}}


def _table(table: schema.Table) -> dict[str, Any]:
    told: dict[str, Any] = {
        "title": fullwidth(table.zh),
        "description": table.en,
        "columns": {c.name: f"{fullwidth(c.zh)} / {c.en}" for c in table.columns},
    }
    if table.name in FACETS:
        told["facets"] = list(FACETS[table.name])
    if table.name in LABELS:
        told["label_column"] = LABELS[table.name]
    if table.name in SORTED:
        told["sort"] = SORTED[table.name]
    elif "sort_key" in table.names:
        told["sort"] = "sort_key"
    return told
