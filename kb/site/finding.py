"""Search with filters and facets for the site: the words are asked as `kb search` asks them."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kb.search import Filters, Hit, match_expression, search_filtered

FACETS = ("kind", "sector", "year", "agency")
PAGE = 20


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits; `total` is the number of all. `facets` has for each name the values with the number of hits
    that choosing it would give, most first."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, list[tuple[str | int, int]]]


# One line for each way in which hits agree, whatever their number; agencies are lists, told apart afterwards.
GROUPED = """
select p.kind, p.sector, p.year, p.agencies, count(*) from passages p
where p.id in (select rowid from passages_fts where passages_fts match :wanted)
group by 1, 2, 3, 4
"""


def find(conn: sqlite3.Connection, query: str, filters: Filters, page: int = 1) -> Found:
    """The hits of one page (1-based) with the facets of all."""
    wanted = match_expression(query)
    groups = [
        (kind, sector, year, json.loads(agencies or "[]"), count)
        for kind, sector, year, agencies, count in conn.execute(GROUPED, {"wanted": wanted})
    ]
    return Found(
        tuple(search_filtered(conn, query, filters, limit=PAGE, offset=(page - 1) * PAGE)),
        sum(group[4] for group in groups if _passes(group, filters)),
        {name: _facet(groups, name, replace(filters, **dict.fromkeys([name]))) for name in FACETS},
    )


Group = tuple[str, str | None, int | None, list[str], int]


def _passes(group: Group, filters: Filters) -> bool:
    kind, sector, year, agencies, _ = group
    return (
        filters.kind in (None, kind)
        and filters.sector in (None, sector)
        and filters.year in (None, year)
        and (filters.agency is None or filters.agency in agencies)
    )


def _facet(groups: list[Group], name: str, others: Filters) -> list[tuple[str | int, int]]:
    """Values of a facet among the hits that pass the other filters."""
    counted: Counter[str | int] = Counter()
    for group in groups:
        if _passes(group, others):
            kind, sector, year, agencies, count = group
            values = agencies if name == "agency" else [{"kind": kind, "sector": sector, "year": year}[name]]
            for value in values:
                if value is not None:
                    counted[value] += count
    return sorted(counted.items(), key=lambda item: (-item[1], str(item[0])))
