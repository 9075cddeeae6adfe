"""The search page: the same hits as `kb search`, facets against SQL, its order, and its answer as data."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner

from kb import search
from kb.cli import main
from kb.site import finding
from kb.text import fold, spellings
from tests.site.conftest import ask
from tests.site.page import Page

QUERIES = Path(__file__).parents[1].joinpath("kb", "queries.txt").read_text(encoding="utf-8").splitlines()
WORDS = ("水泥", "節能", "碳", "CO2e", "ISO 50001", "rPET", "产业", "台灣", "ＣＯ２", "1,463", "能源 輔導", '"113 年"')


def scan(db: Path, query: str) -> set[str]:
    """Keys of the passages that a substring scan of the folded texts finds."""
    found = set()
    for key, *texts in ask(db, "select row_id, title, text from passages"):
        folded = [fold(text) for text in texts]
        if all(any(s in text for s in spellings(term) for text in folded) for term in search.terms(query)):
            found.add(key)
    return found


def hits(site, query: str, **filters: object) -> tuple[int, list[str]]:
    """Total, and the keys of all hits, page after page."""
    told, keys, page = None, [], 1
    while told is None or (len(keys) < told["total"] and page <= 50):
        told = site.get("/search.json?" + urlencode({"q": query, "page": page, **filters})).json()
        keys += [hit["id"] for hit in told["hits"]]
        page += 1
    return told["total"], keys


@pytest.mark.parametrize("query", [*QUERIES, *WORDS])
def test_recall_and_precision_are_one(edition, edition_site, query):
    total, keys = hits(edition_site, query)
    expected = scan(edition, query) if search.terms(query) else set()
    assert (total, set(keys)) == (len(expected), expected)
    assert len(keys) == len(set(keys))


def test_some_queries_find_something(edition):
    assert sum(bool(scan(edition, query)) for query in [*QUERIES, *WORDS]) > 40


@pytest.mark.parametrize("query", ["水泥", "節能", "CO2e"])
def test_the_order_is_that_of_kb_search(edition, edition_site, query):
    done = CliRunner().invoke(main, ["search", query, "--db", str(edition), "--limit", "20", "--json"])
    assert [hit["id"] for hit in edition_site.get(f"/search.json?q={quote(query)}").json()["hits"]] == [
        hit["row_id"] for hit in json.loads(done.output)
    ]


def test_titles_come_first(edition_site):
    for query in ("節能", "輔導", "能源"):
        found = edition_site.get(f"/search.json?q={quote(query)}").json()["hits"]
        titled = [fold(query) in fold(hit["title"]) for hit in found]
        assert titled == sorted(titled, reverse=True), query
        assert titled[0]


FACET_SQL = {
    "kind": "select kind, count(*) from found group by 1",
    "sector": "select sector, count(*) from found where sector is not null group by 1",
    "year": "select year, count(*) from found where year is not null group by 1",
    "agency": "select value, count(*) from found, json_each(found.agencies) group by 1",
}
COLUMNS = {"kind": "kind = ?", "sector": "sector = ?", "year": "year = ?"}
AGENCY = "exists (select 1 from json_each(agencies) where value = ?)"


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"kind": "results"},
        {"sector": "運輸", "year": 2024},
        {"agency": "交通部"},
        {"kind": "measures", "sector": "能源", "agency": "交通部鐵道局"},
        {"kind": "nothing"},
    ],
)
def test_facets_against_sql(many, many_site, filters):
    told = many_site.get("/search.json?" + urlencode({"q": "汰換", **filters})).json()
    keys = scan(many, "汰換")
    with closing(sqlite3.connect(many)) as conn:
        for name, sql in FACET_SQL.items():
            # A facet counts what passes all filters but its own.
            others = {n: v for n, v in filters.items() if n != name}
            where = " and ".join([COLUMNS.get(n, AGENCY) for n in others] or ["1"])
            conn.execute("drop table if exists temp.found")
            marks = ", ".join("?" * len(keys))
            conn.execute(
                f"create temp table found as select * from passages where row_id in ({marks}) and {where}",  # noqa: S608
                (*keys, *others.values()),
            )
            counted = {f["value"]: f["count"] for f in told["facets"][name]}
            assert counted == dict(conn.execute(sql).fetchall()), name
    total, found = hits(many_site, "汰換", **filters)
    assert total == told["total"] == len(found)


def test_the_page_marks_words_and_links_hits(edition_site):
    html = edition_site.get(f"/search?q={quote('水泥')}").text
    assert "<mark>水泥</mark>" in html
    page = Page(html)
    told = edition_site.get(f"/search.json?q={quote('水泥')}").json()
    assert [hit["href"] for hit in told["hits"]] == [
        link for link in page.links if link in {hit["href"] for hit in told["hits"]}
    ]
    facets = [link for link in page.links if link.startswith("/search?q=") and "kind=" in link]
    assert len(facets) == len(told["facets"]["kind"])


def test_long_and_empty_queries(edition_site):
    long = edition_site.get("/search?q=" + quote("節能" * 60))
    assert "僅以前 64 字" in long.text
    for nothing in ("", " ", '"', "\u202e"):
        answer = edition_site.get("/search?q=" + quote(nothing))
        assert answer.status_code == 200
        assert "輸入要找的詞" in answer.text
    assert edition_site.get("/search?q=%E7%A2%B3&page=99999&year=abc&kind=%27").status_code == 200


def test_groups_follow_the_file(edition, many):
    kept = finding.GroupsKept()
    with closing(sqlite3.connect(edition)) as first, closing(sqlite3.connect(many)) as second:
        of_first = kept.get(first, "a")
        assert len(of_first.of) == first.execute("select max(id) + 1 from passages").fetchone()[0]
        assert kept.get(second, "b") is kept.get(second, "b")
        assert kept.get(first, "a") is of_first
        assert {sector for _, sector, _ in kept.get(second, "b").owns} == {"運輸", "能源"}
