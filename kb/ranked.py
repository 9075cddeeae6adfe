"""The order of hits: rows with the words in their title first, then by how much of the passage the words are (bm25).

Working out a score costs several times what finding a row costs, and many searches have more rows with the words in
their title than one page shows. So it is asked first whether there are as many; then those alone are scored: a page of
20 among 15,000 hits takes half the time. The order is the same either way.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, fields, replace
from operator import itemgetter


@dataclass(frozen=True, slots=True)
class Filters:
    """What hits must have beside the words; None for anything. `agency` is a full name, also a former one."""

    report_id: str | None = None
    kind: str | None = None
    sector: str | None = None
    year: int | None = None
    agency: str | None = None

    def by_names_today(self, conn: sqlite3.Connection) -> Filters:
        """The same with the successor of an agency that has one: passages have the names of today."""
        if self.agency is None:
            return self
        found = conn.execute("select successor from agencies where id = ? and successor is not null", (self.agency,))
        (agency,) = found.fetchone() or (self.agency,)
        return replace(self, agency=agency)


FILTERED = tuple(f.name for f in fields(Filters))
PASSES = {name: f"p.{name} = :{name}" for name in FILTERED} | {
    # Most lists do not hold the name as it is written in one, and need not be taken apart.
    "agency": "instr(p.agencies, :agency_written) "
    "and exists (select 1 from json_each(p.agencies) where value = :agency)",
}
"""The condition that each filter puts on a passage."""
WITHIN = """passages_fts.rowid between (select min(id) from passages where report_id = :report_id)
  and (select max(id) from passages where report_id = :report_id)"""
"""The passages of a report have numbers that are not far apart: the full-text index need not be read beyond them."""


def values(wanted: str, filters: Filters) -> dict[str, object]:
    """What the statements here are asked with; `wanted` is an expression for FTS5's `match`."""
    asked: dict[str, object] = {"wanted": wanted, "titled": f"{{title}} : ({wanted})"}
    asked |= {name: value for name in FILTERED if (value := getattr(filters, name)) is not None}
    if filters.agency is not None:
        asked["agency_written"] = json.dumps(filters.agency, ensure_ascii=False)
    return asked


def _narrowed(filters: Filters) -> str:
    """What follows on `where passages_fts match …`: the filters that are set, none that are not. SQLite uses an index
    for `year = :year`, and none for `:year is null or year = :year`.

    What many passages pass is listed once; within a report, and for agencies, which no index has, each hit is looked
    up. The plus keeps SQLite from asking the full-text index once for each row of the list: 2.2 s instead of 0.07 s.
    """
    told = [name for name in FILTERED if getattr(filters, name) is not None]
    listed = [name for name in told if filters.report_id is None and name != "agency"]
    looked_up = [name for name in told if name not in listed]
    narrowed = f" and {WITHIN}" if filters.report_id is not None else ""
    if listed:
        narrowed += f" and +rowid in (select id from passages p where {_passes(listed)})"  # noqa: S608 - constants alone
    if looked_up:
        narrowed += f" and exists (select 1 from passages p where p.id = passages_fts.rowid and {_passes(looked_up)})"  # noqa: S608
    return narrowed


def _passes(names: list[str]) -> str:
    return " and ".join(PASSES[name] for name in names)


SCORE = "bm25(passages_fts, 4.0, 1.0)"


def page(
    conn: sqlite3.Connection, wanted: str, filters: Filters, limit: int, offset: int
) -> list[tuple[str, str, str, int | None, str, str]]:
    """Kind, key, report, page, title and text of the passages on a page of `limit`, behind `offset` others."""
    narrowed = _narrowed(filters)
    found = conn.execute(
        f"""
        with
          known as materialized (
            select rowid as id from passages_fts where passages_fts match :titled{narrowed} limit :limit + :offset),
          titles as materialized (select count(*) = :limit + :offset as are_enough from known),
          found as materialized (
            select rowid as id, (select are_enough from titles) or rowid in (select id from known) as is_titled,
              {SCORE} as score
            from passages_fts where passages_fts match :wanted{narrowed} and (
              not (select are_enough from titles)
              or +rowid in (select rowid from passages_fts where passages_fts match :titled))
            order by is_titled desc, score, rowid limit :limit offset :offset)
        select not is_titled, score, id, kind, row_id, report_id, page, title, text
        from found cross join passages using (id)
        """,  # noqa: S608
        values(wanted, filters) | {"limit": limit, "offset": offset},
    ).fetchall()
    # Sorting the few rows here costs less than a second sorting there, texts and all.
    return [tuple(row)[3:] for row in sorted(found, key=itemgetter(0, 1, 2))]


def count(conn: sqlite3.Connection, wanted: str, filters: Filters) -> int:
    """How many passages there are on all pages."""
    sql = f"select count(*) from passages_fts where passages_fts match :wanted{_narrowed(filters)}"  # noqa: S608
    return int(conn.execute(sql, values(wanted, filters)).fetchone()[0])


def everything(filters: Filters) -> str:
    """The statement, to be asked with `values`, that gives the passages of all pages, whole and in the same order."""
    return f"""
select p.* from (
  select rowid as id, {SCORE} as score,
    rowid in (select rowid from passages_fts where passages_fts match :titled) as is_titled
  from passages_fts where passages_fts match :wanted{_narrowed(filters)}
) found join passages p on p.id = found.id
order by found.is_titled desc, found.score, found.id
"""  # noqa: S608
