"""A site for strangers: what it refuses, the headers of every answer, and what a query may cost."""

from __future__ import annotations

import re
from urllib.parse import quote

import httpx
import pytest

from kb.site import front
from kb.site.cite import path
from tests.site.conftest import ask, served


@pytest.fixture(scope="module")
def public(sites, many):
    return sites(many, is_public=True)


@pytest.fixture(scope="module")
def with_download(sites, many):
    return sites(many, is_public=True, may_download=True)


ADDRESSES = (
    "/",
    "/search?q=碳",
    "/kb/measures",
    "/kb/measures.json",
    "/kb/measures.csv",
    "/static/site.css",
    "/nothing",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_is_protected(public, many_site, address):
    for site in (public, many_site):
        for _ in range(2):
            # The second one comes from the cache.
            headers = site.get(address).headers
            assert "default-src 'none'" in headers["content-security-policy"]
            assert "unsafe" not in headers["content-security-policy"]
            assert headers["x-frame-options"] == "DENY"
            assert headers["x-content-type-options"] == "nosniff"
            assert "set-cookie" not in headers


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/kb?sql=select+1", 403),
        ("/kb.json?sql=select+hex(zeroblob(4e8))", 403),
        ("/kb/measures?_where=1%3D1", 403),
        ("/kb/measures?_facet=name", 400),
        ("/kb.db", 403),
        ("/-/plugins.json", 404),
        ("/-/versions.json", 404),
        ("/-/settings", 404),
        ("/-/databases.json", 404),
        ("/-/threads", 404),
        ("/-/allow-debug", 404),
        ("/-/messages", 404),
        ("/-/patterns", 404),
        ("/-/permissions", 404),
        ("/-/metadata.json", 404),
        ("/kb/measures?" + "x" * 2001, 414),
        ("/kb/measures?" + "&".join(f"_x{n}=1" for n in range(60)), 414),
        ("/kb/measures?_size=100000", 400),
    ],
)
def test_what_strangers_may_not(public, many_site, address, status):
    assert public.get(address).status_code == status
    if "sql=select+1" in address:
        assert many_site.get(address).status_code == 200


def test_what_is_not_open_is_said_in_chinese(public):
    answer = public.get("/kb?sql=select+1")
    assert "本站未開放 SQL 查詢" in answer.text
    assert "錯誤 403 - " in answer.text
    assert "execute-sql" not in answer.text
    told = public.get("/kb.json?sql=select+1").json()
    assert (told["status"], told["error"][:11]) == (403, "本站未開放 SQL 查")
    assert public.get("/kb.db").text == "本站未開放下載整個資料庫"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_reading_only(public, method):
    assert public.get("/kb/measures", method=method).status_code == 405


def test_download_by_choice(with_download, many):
    answer = with_download.get("/kb.db")
    assert answer.status_code == 200
    assert answer.content == many.read_bytes()


def test_faults_tell_strangers_nothing(public, many_site, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("secret path /etc/x")

    monkeypatch.setattr("kb.site.pages.about.count", broken)
    told = public.get("/about")
    assert told.status_code == 500
    assert "secret" not in told.text
    assert "程式發生錯誤" in told.text
    assert "secret" in many_site.get("/about?_x=1").text


def test_the_words_of_a_query_are_capped(public):
    many_words = quote(" ".join(f"詞{n}" for n in range(400)))
    assert public.get(f"/search?q={many_words}").status_code == 414
    assert public.get("/kb/measures?_search=" + quote("公車 " * 60)).status_code == 200


def test_the_engines_own_language_is_out(public, many_site):
    for site in (public, many_site):
        raw = site.get("/kb/targets.json?_search=" + quote("title : 汰換") + "&_searchmode=raw").json()
        plain = site.get("/kb/targets.json?_search=" + quote("title : 汰換")).json()
        assert raw["filtered_table_rows_count"] == plain["filtered_table_rows_count"] == 0


def test_pages_need_nothing_from_elsewhere(public, many):
    (key,) = ask(many, "select id from measures where report_id = 'transport-114' limit 1")[0]
    for address in ("/", "/kb/measures", "/kb/cases", path("measures", key), path("reports", "transport-114")):
        html = public.get(address).text
        assert re.findall(r'(?:src|href|action)="(?:https?:)?//[^"]*', html) == [], address


def test_kb_serve_public(many):
    with served(many, "--public") as address:
        assert httpx.get(f"{address}/", timeout=30).status_code == 200
        assert httpx.get(f"{address}/kb?sql=select+1", timeout=30).status_code == 403
        assert httpx.get(f"{address}/kb.db", timeout=30).status_code == 403
        assert httpx.get(f"{address}/-/plugins.json", timeout=30).status_code == 404
    with served(many, "--public", "--download") as address:
        assert httpx.get(f"{address}/kb.db", timeout=30).content == many.read_bytes()


def test_download_needs_public(many):
    from click.testing import CliRunner

    from kb.cli import main

    done = CliRunner().invoke(main, ["serve", "--db", str(many), "--download"])
    assert done.exit_code == 2
    assert "--public" in done.output


def test_every_own_path_is_allowed():
    assert all(prefix.endswith("/") or prefix == "/-/search" for prefix in front.OURS)
