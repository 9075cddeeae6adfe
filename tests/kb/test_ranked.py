"""Pages of hits against the whole list: the same rows in the same order, however many of them have the words in their
title, under every filter."""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator

import pytest

from kb import ranked, schema, search
from kb.ranked import Filters
from tests.kb.test_search import WORDS

REPORTS = {"a-113": ("運輸", 2024), "b-113": ("能源", 2024), "b-112": ("能源", 2023)}
AGENCIES = ("交通部", "經濟部", '"某"署', "經濟部能源署")


@pytest.fixture(scope="module")
def conn() -> Iterator[sqlite3.Connection]:
    """600 passages of three reports; a few words stand in most titles, others in none."""
    dice = random.Random(4)  # noqa: S311 - the same rows each time
    conn = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(conn)
    search.create_index(conn)
    rows = []
    for number in range(1, 601):
        # Numbers of one report mostly stand together, as after an ingest, but not all of them.
        report = list(REPORTS)[number // 201] if number % 50 else dice.choice(list(REPORTS))
        rows.append(
            {
                "id": number,
                "kind": dice.choice(("results", "measures")),
                "row_id": str(number),
                "report_id": report,
                "sector": REPORTS[report][0],
                "year": REPORTS[report][1],
                "agencies": json.dumps(dice.sample(AGENCIES, dice.randint(0, 2)), ensure_ascii=False),
                "title": "".join(dice.choices(WORDS[:6], k=dice.randint(0, 2))),
                "text": "".join(dice.choices(WORDS, k=dice.randint(3, 30))),
            }
        )
    columns = ", ".join(rows[0])
    marks = ", ".join(f":{name}" for name in rows[0])
    conn.executemany(f"insert into passages ({columns}) values ({marks})", rows)  # noqa: S608
    search.add(conn, {"passages": rows})
    yield conn
    conn.close()


FILTERS = [
    Filters(),
    Filters(report_id="b-113"),
    Filters(report_id="b-113", kind="measures", agency="經濟部"),
    Filters(report_id="nothing"),
    Filters(kind="results"),
    Filters(sector="能源", year=2024),
    Filters(agency="經濟部"),
    Filters(agency='"某"署'),
    Filters(agency="能源署"),
    Filters(kind="measures", sector="運輸", agency="交通部"),
]


@pytest.mark.parametrize("filters", FILTERS, ids=str)
@pytest.mark.parametrize("query", ["不存在", "碳", *WORDS[:3], *WORDS[6:9], f"{WORDS[0]} {WORDS[1]}"])
def test_pages_are_parts_of_the_whole_list(conn, query, filters):
    wanted = search.match_expression(query)
    whole = conn.execute(
        f"select row_id from ({ranked.everything(filters)})",  # noqa: S608
        ranked.values(wanted, filters),
    ).fetchall()
    for limit, offset in ((20, 0), (20, 20), (20, 980), (1, 0), (7, 13), (1000, 0)):
        page = ranked.page(conn, wanted, filters, limit, offset)
        assert [(key,) for _, key, *_ in page] == whole[offset : offset + limit], (limit, offset)
    assert ranked.count(conn, wanted, filters) == len(whole)


def test_filters_hold_for_every_hit(conn):
    wanted = search.match_expression(WORDS[0])
    every = {key for _, key, *_ in ranked.page(conn, wanted, Filters(), 1000, 0)}
    for filters in FILTERS:
        passing = {
            key
            for key, agencies, *values in conn.execute(
                "select row_id, agencies, report_id, kind, sector, year from passages"
            )
            if all(
                asked in (None, value)
                for asked, value in zip(
                    (filters.report_id, filters.kind, filters.sector, filters.year), values, strict=True
                )
            )
            and filters.agency in (None, *json.loads(agencies))
        }
        assert {key for _, key, *_ in ranked.page(conn, wanted, filters, 1000, 0)} == every & passing, filters


def test_there_are_words_in_many_titles_in_few_and_in_none(conn):
    found = {
        word: conn.execute(
            "select count(*) from passages_fts where passages_fts match :titled",
            ranked.values(search.match_expression(word), Filters()),
        ).fetchone()[0]
        for word in ("碳", *WORDS[:3], *WORDS[6:9], f"{WORDS[0]} {WORDS[1]}")
    }
    assert max(found.values()) > 40
    assert any(0 < count < 20 for count in found.values())
    assert 0 in found.values()
