"""Search with facets for the site: the words are asked as `kb search` asks them.

Counting what hits have in common costs more than finding them where it must fetch their rows. So the few columns
that facets are made of are kept in memory: for each passage the number of its group, the passages of a group being
alike in all of them.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from threading import Lock

from kb.search import Filters, Hit, match_expression, search_filtered

FACETS = ("kind", "sector", "year", "agency")
PAGE = 20

Value = str | int
Group = tuple[str, str | None, int | None, tuple[str, ...]]
"""Kind, sector, year, agencies."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits; `total` is the number of all. `facets` has for each name the values with the number of hits
    that choosing it would give, most first."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, list[tuple[Value, int]]]


@dataclass(frozen=True, slots=True)
class Groups:
    """Number of each passage's group by the passage's number, and the groups by theirs."""

    of: array[int]
    groups: tuple[Group, ...]


class GroupsKept:
    """The groups of the files that were searched last: one, and the other while files are swapped."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Groups] = OrderedDict()
        self._lock = Lock()

    def get(self, conn: sqlite3.Connection, file: object) -> Groups:
        """Of the database that the connection reads; `file` tells it from any other."""
        with self._lock:
            if file not in self._kept:
                self._kept[file] = load(conn)
            while len(self._kept) > 2:
                self._kept.popitem(last=False)
            return self._kept[file]


def find(conn: sqlite3.Connection, groups: Groups, query: str, filters: Filters, page: int = 1) -> Found:
    """The hits of one page (1-based) with the facets of all."""
    filters = filters.by_names_today(conn)
    total, facets = _facets(_count(conn, groups, query), filters)
    return Found(tuple(search_filtered(conn, query, filters, limit=PAGE, offset=(page - 1) * PAGE)), total, facets)


def _count(conn: sqlite3.Connection, known: Groups, query: str) -> list[tuple[Group, int]]:
    """The groups of all hits, each with the number of hits in it."""
    hits = conn.execute("select rowid from passages_fts where passages_fts match ?", (match_expression(query),))
    counted = Counter(known.of[number] for (number,) in hits)
    return [(known.groups[group], count) for group, count in counted.items()]


def load(conn: sqlite3.Connection) -> Groups:
    """Read the groups of all passages: 0.1 s for 60,000."""
    (last,) = conn.execute("select coalesce(max(id), 0) from passages").fetchone()
    numbers: dict[tuple[str, str | None, int | None, str | None], int] = {}
    of = array("L", [0]) * (last + 1)
    for number, kind, sector, year, agencies in conn.execute("select id, kind, sector, year, agencies from passages"):
        of[number] = numbers.setdefault((kind, sector, year, agencies), len(numbers))
    return Groups(of, tuple((k, s, y, tuple(json.loads(a or "[]"))) for k, s, y, a in numbers))


def _facets(counted: Iterable[tuple[Group, int]], filters: Filters) -> tuple[int, dict[str, list[tuple[Value, int]]]]:
    """How many hits pass, and for each facet its values among the hits that pass the other filters."""
    asked = filters.kind, filters.sector, filters.year
    sums: tuple[dict[Value | None, int], ...] = ({}, {}, {}, {})
    total = 0
    for (*own, agencies), count in counted:
        failed = [
            place
            for place, (wanted, has) in enumerate(zip(asked, own, strict=True))
            if wanted is not None and wanted != has
        ]
        if filters.agency is not None and filters.agency not in agencies:
            failed.append(3)
        if len(failed) > 1:
            continue
        total += 0 if failed else count
        for place in failed or (0, 1, 2, 3):
            of_place = sums[place]
            for value in agencies if place == 3 else (own[place],):
                of_place[value] = of_place.get(value, 0) + count
    listed = [[(v, n) for v, n in found.items() if v is not None] for found in sums]
    return total, {
        name: sorted(found, key=lambda item: (-item[1], str(item[0])))
        for name, found in zip(FACETS, listed, strict=True)
    }
