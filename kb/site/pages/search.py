"""Search over everything at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from kb.highlight import mark, passage
from kb.ranked import Filters
from kb.search import SEARCHABLE, Hit, is_cut, terms
from kb.site import finding, labels, live
from kb.site.amounts import gregorian
from kb.site.cite import NAME, path
from kb.site.finding import FACETS, PAGE
from kb.site.numbers import roc
from kb.site.site import Asked, rows

LAST_PAGE = 50
"""Further in nobody looks; the table boxes and downloads have all."""
FACET_NAMES = {"kind": "類別", "sector": "部門", "year": "年度", "agency": "機關"}
SHOWN = 12
"""Values of a facet that are shown at once."""
PASSAGE = 110
"""Characters."""


def asked_filters(asked: Asked) -> Filters:
    """From the query string; a kind by its Chinese name and a year of the reports' own count are understood too."""
    kind = asked.text("kind")
    kinds = {labels.value("kind", name): name for name in SEARCHABLE}
    return Filters(
        kind=kinds.get(kind, kind) or None,
        sector=asked.text("sector") or None,
        year=gregorian(asked.text("year")),
        agency=asked.text("agency") or None,
    )


def page(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """Hits with the words marked, facets, and the next page."""
    query, filters = asked.text("q").strip(), asked_filters(asked).by_names_today(conn)
    number = max(asked.number("page") or 1, 1)
    has_words = bool(terms(query))
    found = finding.find(conn, asked.state.groups.get(conn, live.opened(NAME)), query, filters, min(number, LAST_PAGE))
    pages = min(-(-found.total // PAGE), LAST_PAGE)
    reports = {r["id"]: r for r in rows(conn, "select id, sector, roc_year, title from reports")}
    named = owners(conn, found.hits)
    return {
        "query": query,
        "has_words": has_words,
        "is_cut": is_cut(query),
        "found": found,
        "reports": reports,
        "hits": [
            {
                "hit": hit,
                "href": path(hit.kind, hit.row_id),
                "title": mark(hit.title or named.get(hit.row_id, ""), query).pieces(),
                "text": passage(hit.text, query, PASSAGE).pieces(),
            }
            for hit in found.hits
        ],
        "facets": [_facet(query, filters, name, found.facets[name]) for name in FACETS],
        "chosen": [(n, getattr(filters, n)) for n in FACETS if getattr(filters, n) is not None],
        "number": number,
        "pages": pages,
        "is_past": found.total > 0 and number > pages,
        "is_more": found.total > LAST_PAGE * PAGE,
        "unfiltered": search_link(query, Filters()),
        "has_search": True,
        "link": lambda n: search_link(query, filters, n),
    }


def owners(conn: sqlite3.Connection, hits: Sequence[Hit]) -> dict[str, str]:
    """Code and name of the measures whose items were found, by the item's key: an item has no name of its own."""
    named: dict[str, str] = {}
    for kind in ("targets", "results"):
        keys = [h.row_id for h in hits if h.kind == kind]
        marks = ", ".join("?" * len(keys))
        sql = (
            f"select i.id, m.code || ' ' || m.name from {kind} i join measures m on m.id = i.measure_id "  # noqa: S608
            f"where i.id in ({marks})"
        )
        named |= dict(conn.execute(sql, keys).fetchall())
    return named


def _facet(query: str, filters: Filters, name: str, counted: list[tuple[str | int, int]]) -> dict[str, Any]:
    chosen = getattr(filters, name)
    values = [
        {
            "label": f"{roc(int(value))} 年" if name == "year" else labels.value(name, value),
            "count": count,
            "is_chosen": value == chosen,
            "href": search_link(query, _with(filters, name, None if value == chosen else value)),
        }
        for value, count in counted
    ]
    return {"name": FACET_NAMES[name], "key": name, "values": values[:SHOWN], "rest": values[SHOWN:]}


def _with(filters: Filters, name: str, value: str | int | None) -> Filters:
    told: dict[str, Any] = {name: value}
    return replace(filters, **told)


def search_link(query: str, filters: Filters, number: int = 1) -> str:
    """The address of a search: it may be kept and shared."""
    told = {"q": query} | {n: getattr(filters, n) for n in FACETS if getattr(filters, n) is not None}
    return "/search?" + urlencode(told | ({"page": number} if number > 1 else {}))


def as_json(conn: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The same as data."""
    query, filters = asked.text("q").strip(), asked_filters(asked)
    number = min(max(asked.number("page") or 1, 1), LAST_PAGE)
    found = finding.find(conn, asked.state.groups.get(conn, live.opened(NAME)), query, filters, number)
    return {
        "query": query,
        "terms": terms(query),
        "is_cut": is_cut(query),
        "total": found.total,
        "page": number,
        "page_size": PAGE,
        "facets": {n: [{"value": v, "count": c} for v, c in found.facets[n]] for n in FACETS},
        "hits": [
            {
                "kind": h.kind,
                "id": h.row_id,
                "report_id": h.report_id,
                "page": h.page,
                "title": h.title,
                "text": h.text,
                "href": path(h.kind, h.row_id),
            }
            for h in found.hits
        ],
    }
