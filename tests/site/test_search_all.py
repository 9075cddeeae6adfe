"""One word finds the same rows wherever it is asked: `kb search`, the search page, the box of each table, the JSON API,
and datasette-search-all, which asks each table's JSON from a page of its own."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import regex
from click.testing import CliRunner

from kb import schema
from kb.cli import main
from kb.search import SEARCHABLE
from kb.site.cite import path
from tests.machine import NEEDS, ROOT
from tests.site.conftest import ask
from tests.site.page import Page

WORDS = (
    "節能",
    "台",
    "CO2e",
    "ISO 50001",
    "产业",
    "ＣＯ２",
    "1,463",
    "能源 輔導",
    '"113 年"',
    "減碳\u202e",
    "查無此詞",
)
ASKED = "_shape=objects&_labels=on&_extra=count&_extra=database&_extra=table&_size={size}&_search={words}"
"""What the page of datasette-search-all 1.1.4 asks of each table, with `_size=5`."""
WAITING = "#search-all-results > ul > li:not([style])"
"""On that page a table whose answer has not come."""
SHOWN = regex.compile(r"([\d,]+) results? in kb: (\w+)")
CHROMIUM = shutil.which("chromium")
PLUGIN = "from kb.site.search import prepare_connection\n"


@pytest.fixture(scope="module")
def by_kind(edition: Path) -> Any:
    """Keys of the rows that `kb search` finds, by kind."""

    @cache
    def search(words: str) -> dict[str, set[str]]:
        done = CliRunner().invoke(main, ["search", words, "--db", str(edition), "--limit", "10000", "--json"])
        found: dict[str, set[str]] = {kind: set() for kind in SEARCHABLE}
        for hit in json.loads(done.output):
            found[hit["kind"]].add(hit["row_id"])
        return found

    return search


@pytest.fixture(scope="module")
def plain(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of Datasette without our site: our way of asking is a plugin of one line, datasette-search-all the
    other one."""
    plugins = tmp_path_factory.mktemp("plugins")
    plugins.joinpath("chinese.py").write_text(PLUGIN, encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port = sock.getsockname()[1]
    options = ["--port", str(port), "--plugins-dir", str(plugins)]
    command = ["timeout", "900", sys.executable, "-m", "datasette", "serve", str(edition), *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        try:
            end = time.monotonic() + 60
            while not answers(address):
                assert process.poll() is None
                assert time.monotonic() < end
                time.sleep(0.1)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def answers(address: str) -> bool:
    try:
        return bool(get(address))
    except OSError:
        return False


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 - of this machine
        return str(answer.read().decode())


def keys(told: dict[str, Any], table: str) -> set[str]:
    """Keys of the rows in an answer; `_labels=on` makes an object of what refers to another row."""
    (key,) = schema.tables()[table].keys
    return {row[key]["value"] if isinstance(row[key], dict) else row[key] for row in told["rows"]}


def test_the_words_find_something_in_every_kind(by_kind):
    assert {kind for words in WORDS for kind, found in by_kind(words).items() if found} == set(SEARCHABLE)
    assert sum(any(by_kind(words).values()) for words in WORDS) == len(WORDS) - 1


@pytest.mark.parametrize("words", WORDS)
def test_the_search_page_counts_what_kb_search_finds(edition_site, by_kind, words):
    told = edition_site.get("/search.json?" + urlencode({"q": words})).json()
    counted = {facet["value"]: facet["count"] for facet in told["facets"]["kind"]}
    assert counted == {kind: len(found) for kind, found in by_kind(words).items() if found}


@pytest.mark.parametrize("words", WORDS)
def test_the_json_api_finds_what_kb_search_finds(edition_site, by_kind, words):
    for kind, expected in by_kind(words).items():
        told = edition_site.get(f"/kb/{kind}.json?" + ASKED.format(size="max", words=quote(words))).json()
        assert (kind, told["filtered_table_rows_count"], keys(told, kind)) == (kind, len(expected), expected)
    every = edition_site.get("/kb/passages.json?" + ASKED.format(size="max", words=quote(words))).json()
    assert {row["row_id"] for row in every["rows"]} == set().union(*by_kind(words).values())


@pytest.mark.parametrize("words", WORDS)
def test_the_box_of_a_table_finds_what_kb_search_finds(edition_site, by_kind, words):
    for kind, expected in by_kind(words).items():
        page = Page(edition_site.get(f"/kb/{kind}?" + urlencode({"_search": words, "_size": "max"})).text)
        assert f" {len(expected):,} 筆" in page.text, kind
        links = {path(kind, key) for (key,) in ask(Path(edition_site.site.state.db), f"select id from {kind}")}  # noqa: S608
        assert links & set(page.links) == {path(kind, key) for key in expected}, kind


def test_its_address_on_the_site_leads_to_the_search_page(edition_site):
    """Also where datasette-search-all is installed, as it is here: the script in its page may not run under the site's
    policy."""
    names = [plugin["name"] for plugin in edition_site.get("/-/plugins.json").json()]
    assert "datasette-search-all" in names
    answer = edition_site.get("/-/search?q=" + quote("節能"))
    assert (answer.status_code, answer.headers["location"]) == (302, "/search?q=" + quote("節能"))


@pytest.mark.parametrize("words", WORDS)
def test_datasette_search_all_finds_what_kb_search_finds(plain, by_kind, words):
    html = get(f"{plain}/-/search?" + urlencode({"q": words}))
    tables = json.loads(regex.search(r"var searchable_tables = (\[.*?\]);", html, regex.DOTALL, timeout=5)[1])
    assert {table["table"] for table in tables} == {*SEARCHABLE, "passages"}
    for table in tables:
        told = json.loads(get(f"{plain}{table['url_json']}?" + ASKED.format(size="max", words=quote(words))))
        if table["table"] == "passages":
            assert {row["row_id"] for row in told["rows"]} == set().union(*by_kind(words).values())
        else:
            assert keys(told, table["table"]) == by_kind(words)[table["table"]], table["table"]


@pytest.mark.skipif(CHROMIUM is None, reason=next(n.reason for n in NEEDS if n.name.startswith("chromium")))
def test_the_page_of_datasette_search_all_shows_what_kb_search_finds(plain, by_kind):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        for words in WORDS:
            expected = {kind: len(found) for kind, found in by_kind(words).items() if found}
            page.goto(f"{plain}/-/search?" + urlencode({"q": words}))
            page.wait_for_function(
                "document.querySelectorAll('#search-all-results > ul > li:not([style])').length == 0"
            )
            shown = page.locator("#search-all-results h2").all_inner_texts()
            counted = dict(
                regex.fullmatch(r"([\d,]+) results? in kb: (\w+)", line, timeout=5).group(2, 1) for line in shown
            )
            every = counted.pop("passages", "0")
            assert {kind: int(count.replace(",", "")) for kind, count in counted.items()} == expected, words
            assert int(every.replace(",", "")) == sum(expected.values()), words
        browser.close()
