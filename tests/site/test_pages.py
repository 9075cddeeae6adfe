"""Every page of every kind answers, says what it should, and leads nowhere that is not there."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kb import schema
from kb.site import labels
from kb.site.cite import page_path, path
from kb.site.listing import listed
from kb.site.pages import PAGES
from tests.site.conftest import HOSTILE, ask

OURS = ("/", "/search", "/search?q=節能", "/check", "/downloads", "/about", "/kb")
ROWS = [t.name for t in schema.tables().values() if not t.is_view and len(t.keys) == 1]
"""Compound keys are walked where citations are followed (test_taking)."""


class Page(HTMLParser):
    """Links, inline code, images, headings and words of a page."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links, self.inline, self.handlers, self.words, self.ids = [], [], [], [], []
        self._in: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self._in.append(tag)
        if tag == "a":
            self.links.append(told.get("href") or "")
        if (tag == "script" and "src" not in told) or tag == "style" or "style" in told:
            self.inline.append(tag)
        self.handlers += [name for name in told if name.startswith("on")]
        if "id" in told:
            self.ids.append(told["id"])

    def handle_endtag(self, tag):
        if tag in self._in:
            while self._in.pop() != tag:
                pass

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


def test_every_page_has_a_route_that_is_tested():
    assert {p.route for p in PAGES if "(?P" not in p.route} == {rf"^{o}$" for o in OURS if "?" not in o and o != "/kb"}


@pytest.mark.parametrize("address", OURS)
def test_pages(edition_site, many_site, address):
    for site in (edition_site, many_site):
        answer = site.get(address)
        assert answer.status_code == 200
        page = Page(answer.text)
        assert not page.inline
        assert not page.handlers
        assert '<html lang="zh-Hant-TW">' in answer.text
        assert len(page.ids) == len(set(page.ids))


@pytest.mark.parametrize("table", ROWS)
def test_a_row_of_every_table(edition, many, edition_site, many_site, table):
    key = schema.tables()[table].keys[0]
    for db, site in ((edition, edition_site), (many, many_site)):
        for (value,) in ask(db, f"select {key} from {table} order by random() limit 3"):  # noqa: S608
            answer = site.get(path(table, value))
            assert answer.status_code == 200, value
            page = Page(answer.text)
            assert not page.inline
            assert labels.table(table) in page.text
            data = site.get(path(table, value) + ".json?_shape=objects").json()
            assert str(data["rows"][0][key]) == str(value)


@pytest.mark.parametrize("table", schema.tables())
def test_the_page_of_every_table(many_site, table):
    answer = many_site.get(f"/kb/{table}")
    assert answer.status_code == 200
    page = Page(answer.text)
    assert not page.inline
    assert labels.table(table) in page.text
    assert {c.name for c in listed(table)} <= set(schema.tables()[table].names)


def test_links_lead_somewhere(many_site):
    """From a page of each kind, one step. Files to take away are tested where they are made."""
    starts = ["/", "/search?q=公車", "/kb/measures", "/kb/cases", "/kb/quantities", "/check", "/about"]
    starts += [path("measures", "transport-113/T1-1"), path("agencies", "交通部"), path("reports", "transport-113")]
    seen = set()
    for start in starts:
        for link in Page(many_site.get(start).text).links:
            address = link.partition("#")[0]
            if address.startswith("?"):
                address = start.partition("?")[0] + address
            if not address or address in seen or re.search(r"\.(xlsx|csv|parquet)", address):
                continue
            assert address.startswith("/"), link
            seen.add(address)
            assert many_site.get(address).status_code == 200, f"{start} -> {link}"
    assert len(seen) > 100


def test_what_is_not_there(many_site):
    for address in (
        "/nothing",
        "/kb/nothing",
        "/kb/nothing/x",
        path("measures", "transport-113/none"),
        "/-/page/x/1.png",
    ):
        answer = many_site.get(address)
        assert answer.status_code == 404, address
        assert "查無此頁" in answer.text
    assert many_site.get("/kb/nothing.json").json()["ok"] is False


def test_home_counts(many_site, many):
    page = Page(many_site.get("/").text)
    latest = "select id from reports r where year = (select max(year) from reports x where x.sector = r.sector)"
    ((measures,),) = ask(many, f"select count(*) from measures where report_id in ({latest})")  # noqa: S608
    assert f"推動措施{measures}推動中" in page.text
    assert page.links.count(path("reports", "transport-112")) == 1
    assert {"112 年", "113 年", "114 年"} <= set(re.findall(r"\d{3} 年", page.text))


def test_a_measure_shows_targets_beside_results(edition_site, edition):
    ((key, code, name),) = ask(
        edition,
        "select m.id, code, name from measures m where exists (select 1 from targets t "
        "join results r using (measure_id) where t.measure_id = m.id and t.ordinal = '1' and r.ordinal = '1') limit 1",
    )
    page = Page(edition_site.get(path("measures", key)).text)
    assert f"{code} {name}" in page.text
    for side in ("targets", "results"):
        for (text,) in ask(edition, f"select text from {side} where measure_id = ?", key):  # noqa: S608
            assert " ".join(text.split()) in page.text
    ((figures,),) = ask(edition, "select count(*) from quantities where measure_id = ?", key)
    assert f"數值 ({figures})" in page.text
    assert sum(i.startswith("q-") for i in page.ids) == figures


def test_years_of_a_measure(many_site, many):
    ((link,),) = ask(
        many, "select relation from measure_links where to_id = 'transport-113/T1-1' and from_id = 'transport-112/T1-1'"
    )
    page = Page(many_site.get(path("measures", "transport-113/T1-1")).text)
    assert path("measures", "transport-112/T1-1") in page.links
    assert labels.relation(link) in page.text


def test_a_report_page_by_page(edition_site, edition):
    report = path("reports", "manufacturing-113")
    ((section, page, heading),) = ask(
        edition, "select position, page, heading from sections where text <> '' and page > 1 limit 1"
    )
    first, of_section, of_page = (
        edition_site.get(a).text for a in (report, f"{report}?section={section}", page_path("manufacturing-113", page))
    )
    ((count,),) = ask(edition, "select count(*) from sections")
    assert len(re.findall(r'<li class="l\d">', first)) == count
    assert heading in of_section
    assert 'class="outline"' in of_section
    assert f"/{page}.png" in of_page
    assert "上一頁" in of_page


def test_a_report_without_its_file(many_site):
    assert "原始檔案未保存" in many_site.get(path("reports", "transport-113") + "?page=3").text
    assert "原始檔案未保存" in many_site.get(path("measures", "transport-113/T1-1")).text


def test_corrections_show(many, sites, tmp_path):
    import shutil
    import sqlite3

    copy = Path(shutil.copy(many, tmp_path / "kb.db"))
    with sqlite3.connect(copy) as conn:
        conn.execute(
            "insert into corrections (id, report_id, position, table_name, row_id, column_name, read_value, "
            "right_value, reason, who, date, is_applied) values ('c', 'transport-113', 1, 'measures', "
            "'transport-113/T1-1', 'name', '舊名', '新名', '字跡不清', '某人', '2026-01-01', 1)"
        )
    conn.close()
    page = Page(sites(copy).get(path("measures", "transport-113/T1-1")).text)
    assert "「措施名稱」經人工更正。印出的文字：舊名；更正為：新名；理由：字跡不清" in page.text


def test_hostile_text_is_text(many_site, many):
    """On every kind of page; the browser is asked as well (test_browser)."""
    addresses = ["/", "/search?q=alert", "/check", "/about", *(f"/kb/{t}" for t in schema.tables())]
    for table in ROWS:
        (key,) = schema.tables()[table].keys
        found = ask(many, f"select {key} from {table} where {key} like 'transport-114%' limit 2")  # noqa: S608
        addresses += [path(table, value) for (value,) in found]
    shown = 0
    for address in addresses:
        html = many_site.get(address).text
        page = Page(html)
        assert not page.inline, address
        assert not page.handlers, address
        assert "\u202e" not in html, address
        assert "49javascript" not in html, address
        assert not [link for link in page.links if not link.startswith(("/", "?", "#"))], address
        shown += "<script>alert(1)</script>{{ 7*7 }}javascript:alert(1)⟨U+202E⟩" in page.text
    assert shown > 20


def test_hostile_text_in_json_is_itself(many_site):
    told = many_site.get("/kb/targets.json?report_id=transport-114&_shape=array").json()
    assert told[0]["text"].startswith(HOSTILE)
    answer = many_site.get("/search.json?q=alert")
    assert answer.headers["content-type"].startswith("application/json")
    assert json.loads(answer.text)["total"] > 0
