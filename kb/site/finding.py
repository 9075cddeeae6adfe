"""Search with facets for the site: the words are asked as `kb search` asks them.

Counting what hits have in common costs more than finding them where it must fetch their rows. So the few columns
that facets are made of are kept in memory: for each passage the number of its group, the passages of a group being
alike in all of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock

from kb.ranked import Filters
from kb.search import Hit, match_expression, search_filtered

FACETS = ("kind", "sector", "year", "agency")
PAGE = 20

Value = str | int
Own = tuple[str, str | None, int | None]
"""Kind, sector, year."""
PASSES, SEVERAL = -1, -2
"""In place of the filter that something fails: it fails none, more than one."""


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits; `total` is the number of all. `facets` has for each name the values with the number of hits
    that choosing it would give, most first."""

    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, list[tuple[Value, int]]]


@dataclass(frozen=True, slots=True)
class Groups:
    """Number of each passage's group by the passage's number. A group has by its number one of `owns` (what is one
    value in each passage) and one of `agencies`: there are few of either, and many pairs of them."""

    of: list[int]
    pairs: tuple[tuple[int, int], ...]
    owns: tuple[Own, ...]
    agencies: tuple[tuple[str, ...], ...]


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
    total, facets = _facets(groups, _count(conn, groups, query), filters)
    return Found(tuple(search_filtered(conn, query, filters, limit=PAGE, offset=(page - 1) * PAGE)), total, facets)


def _count(conn: sqlite3.Connection, groups: Groups, query: str) -> Mapping[int, int]:
    """The groups of all hits, each with the number of hits in it."""
    # One long answer: 15,000 short ones take half as long again.
    sql = "select json_group_array(rowid) from passages_fts where passages_fts match ?"
    (hits,) = conn.execute(sql, (match_expression(query),)).fetchone()
    return Counter(map(groups.of.__getitem__, json.loads(hits)))


def load(conn: sqlite3.Connection) -> Groups:
    """Read the groups of all passages: 0.1 s for 60,000."""
    (last,) = conn.execute("select coalesce(max(id), 0) from passages").fetchone()
    of = [0] * (last + 1)
    pairs: dict[tuple[int, int], int] = {}
    owns: dict[Own, int] = {}
    lists: dict[str | None, int] = {}
    for number, kind, sector, year, agencies in conn.execute("select id, kind, sector, year, agencies from passages"):
        own = owns.setdefault((kind, sector, year), len(owns))
        pair = own, lists.setdefault(agencies, len(lists))
        of[number] = pairs.setdefault(pair, len(pairs))
    return Groups(of, tuple(pairs), tuple(owns), tuple(tuple(json.loads(names or "[]")) for names in lists))


def _facets(
    groups: Groups, counted: Mapping[int, int], filters: Filters
) -> tuple[int, dict[str, list[tuple[Value, int]]]]:
    """How many hits pass, and for each facet its values among the hits that pass the other filters."""
    asked = filters.kind, filters.sector, filters.year
    failed = [_failed(own, asked) if asked != (None, None, None) else PASSES for own in groups.owns]
    has_agency = [filters.agency is None or filters.agency in names for names in groups.agencies]
    of_own, of_list = [0] * len(groups.owns), [0] * len(groups.agencies)
    for group, count in counted.items():
        own, names = groups.pairs[group]
        if has_agency[names]:
            of_own[own] += count
        if failed[own] == PASSES:
            of_list[names] += count
    sums: tuple[dict[Value | None, int], ...] = ({}, {}, {}, {})
    total = 0
    for values, fails, count in zip(groups.owns, failed, of_own, strict=True):
        if not count or fails == SEVERAL:
            continue
        total += count if fails == PASSES else 0
        for place in (0, 1, 2) if fails == PASSES else (fails,):
            of_place, value = sums[place], values[place]
            of_place[value] = of_place.get(value, 0) + count
    for agencies, count in zip(groups.agencies, of_list, strict=True):
        for name in agencies if count else ():
            sums[3][name] = sums[3].get(name, 0) + count
    listed = [[(v, n) for v, n in found.items() if v is not None] for found in sums]
    return total, {
        name: sorted(found, key=lambda item: (-item[1], str(item[0])))
        for name, found in zip(FACETS, listed, strict=True)
    }


def _failed(own: Own, asked: tuple[Value | None, ...]) -> int:
    """Which of the filters on kind, sector and year fails: its place, `PASSES` or `SEVERAL`."""
    failed = [n for n, wanted in enumerate(asked) if wanted is not None and wanted != own[n]]
    return PASSES if not failed else failed[0] if len(failed) == 1 else SEVERAL
