"""The table `measure_links`: each report of a sector with the next one that is there."""

from __future__ import annotations

import sqlite3
from itertools import pairwise

from kb.audit.facts import Facts
from kb.audit.model import Row
from kb.compare.fields import changes
from kb.compare.pairing import Link, paired
from kb.row_sink import as_json


def neighbours(conn: sqlite3.Connection, report_id: str) -> list[tuple[str, str]]:
    """Pairs of reports, earlier and later, that this one makes with those of its sector before and behind it."""
    cursor = conn.execute(
        "select id from reports where sector = (select sector from reports where id = ?) and year is not null "
        "order by year, id",
        (report_id,),
    )
    ids = [i for (i,) in cursor]
    return [pair for pair in pairwise(ids) if report_id in pair]


def _unlink(conn: sqlite3.Connection, earlier: str, later: str) -> None:
    """Delete the links of two reports, also those that say new or gone."""
    of = "select id from measures where report_id = ?"
    conn.execute(
        f"delete from measure_links where to_id in ({of}) and (from_id is null or from_id in ({of}))"  # noqa: S608
        f" or from_id in ({of}) and to_id is null",
        (later, earlier, earlier),
    )


def as_rows(conn: sqlite3.Connection, report_id: str) -> list[Row]:
    """Rows of the links with both neighbours. Deletes those that were there, and those that go over this report."""
    pairs = neighbours(conn, report_id)
    if len(pairs) == 2:
        _unlink(conn, pairs[0][0], pairs[1][1])
    rows: list[Row] = []
    for earlier, later in pairs:
        _unlink(conn, earlier, later)
        before, after = Facts(conn, earlier).measures, Facts(conn, later).measures
        if before and after:
            # A report without an annex says nothing of what is gone or new.
            rows.extend(_row(link, earlier, later) for link in paired(before, after))
    return rows


def _row(link: Link, earlier: str, later: str) -> Row:
    from_id, to_id = link.earlier and link.earlier.row["id"], link.later and link.later.row["id"]
    told = changes(link.earlier, link.later) if link.earlier and link.later else []
    return {
        "id": f"{from_id or earlier} > {to_id or later}",
        "from_id": from_id,
        "to_id": to_id,
        "relation": link.relation,
        "confidence": link.confidence,
        "changes": as_json(told),
    }
