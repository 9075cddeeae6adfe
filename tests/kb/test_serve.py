"""The served site: it starts, it finds, and no request fails while the file is swapped."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from datasette.utils import detect_fts, tilde_encode

from kb import schema, search
from kb.site.app import build
from kb.site.cite import NAME
from kb.site.metadata import FACETS
from kb.site.search import highlight_html, passage_html
from kb.site.text import fullwidth

ROOT = Path(__file__).parents[2]


@contextmanager
def served(db: Path):
    """The address of a `kb serve` of its own, ended at the end."""
    command = [sys.executable, "-m", "kb", "serve", "--db", str(db), "--port", "0"]
    with subprocess.Popen(
        ["timeout", "60", *command], env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip()
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def ask(site, path: str, **query: str):
    """GET inside this process."""

    async def get():
        await site.invoke_startup()
        return await site.client.get(path, params=query)

    return asyncio.run(get())


@pytest.fixture
def site(db):
    site = build(db)
    yield site
    for database in site.databases.values():
        database.close()
    site.executor.shutdown()


def test_kb_serve_answers(db):
    with served(db) as address:
        assert httpx.get(f"{address}{NAME}/measures.json", timeout=20).json()["filtered_table_rows_count"] == 2


@pytest.mark.usefixtures("db")
def test_a_port_in_use(kb):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = kb("serve", "--port", taken.getsockname()[1])
    assert result.exit_code == 1
    assert "cannot listen on 127.0.0.1 port" in result.stderr
    assert "give another --host or --port" in result.stderr


def test_no_request_fails_while_the_file_is_swapped(db, kb, write):
    path = write("b.pdf", roc_year=112)
    other = write("c.pdf", roc_year=111)
    with served(db) as address:

        def count(_: int) -> int:
            """Raises for any answer but 200."""
            answer = httpx.get(f"{address}{NAME}/reports.json?_shape=array", timeout=20)
            return len(answer.raise_for_status().json())

        assert count(0) == 1
        with ThreadPoolExecutor(4) as visitors:
            seen = [visitors.submit(count, n) for n in range(150)]
            assert kb("ingest", path).exit_code == 0
            assert kb("ingest", other).exit_code == 0
            counts = [visit.result() for visit in seen]
        # Every thread of the server has opened the new file by itself.
        assert [count(n) for n in range(12)] == [3] * 12
    assert set(counts) <= {1, 2, 3}


def test_each_search_box_finds_what_a_scan_finds(site, db):
    """Datasette finds the index by a LIKE over its definition, and asks it through `escape_fts`."""
    with closing(sqlite3.connect(db)) as conn:
        detected = {table: detect_fts(conn, table) for table in ("passages", *search.SEARCHABLE)}
    assert set(detected.values()) == {"passages_fts"}
    for query, kind, expected in (
        ("換", "targets", 2),
        ("台北", "results", 2),
        ("臺北", "results", 2),
        ("补充", "comments", 1),
        ("鐵道局", "measures", 2),
        ("CO₂e", "targets", 2),
        ("不存在", "measures", 0),
        ('"', "measures", 0),
        ("AND", "measures", 0),
    ):
        answer = ask(site, f"/{NAME}/{kind}.json", _search=query)
        assert (answer.status_code, answer.json()["filtered_table_rows_count"]) == (200, expected), query


def test_raw_queries_are_words(site):
    raw = ask(site, f"/{NAME}/targets.json", _search="汰換 AND", _searchmode="raw")
    assert (raw.status_code, raw.json()["filtered_table_rows_count"]) == (200, 0)
    assert ask(site, f"/{NAME}/targets.json", _search='"', _searchmode="raw").status_code == 200


def test_facets_of_measures(site):
    answer = ask(site, f"/{NAME}/measures.json").json()
    counts = {name: {r["label"]: r["count"] for r in f["results"]} for name, f in answer["facet_results"].items()}
    assert counts == {
        "sector": {"運輸": 2},
        "year": {2024: 2},
        "category": {"減緩": 2},
        "status": {"active": 2},
        "strategy_title": {"T1 發展綠色運輸": 2},
        "agencies": {"交通部": 2, "交通部鐵道局": 2, "某某推動辦公室": 2},
        "funding": {"公務預算": 2, "空氣污染防制基金": 2},
    }


@pytest.mark.parametrize("table", schema.tables())
def test_every_table_has_a_page(site, table):
    answer = ask(site, f"/{NAME}/{table}")
    assert answer.status_code == 200
    assert fullwidth(schema.tables()[table].zh) in answer.text


def test_facets_name_columns_that_exist():
    for table, facets in FACETS.items():
        names = {next(iter(f.values())) if isinstance(f, dict) else f for f in facets}
        assert names <= set(schema.tables()[table].names)


def test_a_row_has_its_page(site):
    answer = ask(site, f"/{NAME}/measures/{tilde_encode('transport-113/T1-1')}.json", _shape="objects")
    assert (answer.status_code, answer.json()["rows"][0]["code"]) == (200, "T1-1")


def test_marks_are_safe_html():
    assert highlight_html("<script>節能</script>", "節能") == "&lt;script&gt;<mark>節能</mark>&lt;/script&gt;"
    assert passage_html(None, "節能") == ""
    assert highlight_html("節<b>", None) == "節&lt;b&gt;"
