"""Every page of every kind answers, says what it should, and leads nowhere that is not there."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing
from html import unescape

import pytest

from kb import schema
from kb.audit.facts import Facts
from kb.audit.headline import annex
from kb.site import labels, templating
from kb.site.cite import page_path, path
from kb.site.listing import listed
from kb.site.pages import PAGES, home
from tests.site.conftest import HOSTILE, ask
from tests.site.page import Page, changed_copy

OURS = ("/", "/search", "/search?q=節能", "/check", "/compare", "/downloads", "/about", "/kb")
ROWS = [t.name for t in schema.tables().values() if not t.is_view and len(t.keys) == 1]
"""Compound keys are walked where citations are followed (test_taking)."""


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
        keys = [value for (value,) in ask(db, f"select {key} from {table} order by {key}")]  # noqa: S608
        for value in dict.fromkeys(keys[at] for at in (0, len(keys) // 2, -1) if keys):
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


def test_home_adds_reductions_up_as_the_audit_does(many, edition):
    for db in (many, edition):
        with closing(sqlite3.connect(db)) as conn:
            told = {sector: round(tco2e) for sector, tco2e, _ in conn.execute(home.REDUCTION)}
            facts = [Facts(conn, id_) for (id_,) in conn.execute(home.LATEST).fetchall()]
            assert told == {f.report["sector"]: round(total) for f in facts if (total := annex(f).total)}


def test_home_leads_to_as_many_rows_as_it_says(many_site):
    page = many_site.get("/").text
    linked = re.findall(r'<a href="(/kb/measures\?[^"]*report_id__in[^"]*)">[^<]*?(\d+)(?: 項)?</a>', page)
    assert len(linked) == 4
    for address, count in linked:
        counted = many_site.get(unescape(address).replace("?", ".json?") + "&_size=0").json()
        assert counted["filtered_table_rows_count"] == int(count)


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
    assert f"數值（{figures}）" in page.text
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


def test_cards_show_the_figures_of_their_cases(edition_site, edition):
    """As the comparing table has them."""
    html = edition_site.get("/kb/cases?_size=100").text
    lists = re.findall(r'<ul class="metrics">(.*?)</ul>', html, re.DOTALL)
    figures = [Page(told).text for told in lists]
    ((cases, with_carbon, carbon),) = ask(
        edition,
        "select count(*), sum(reduction_tco2e is not null), max(reduction_tco2e) from case_metrics",
    )
    assert len(figures) == cases
    assert sum("減碳量" in told for told in figures) == with_carbon > 3
    assert f"{carbon:,.0f} 公噸 CO₂e" in " ".join(figures)


def test_agencies_are_counted_where_they_are_listed(many_site, many):
    html = many_site.get("/kb/agencies").text
    for key, lead in ask(many, "select agency_id, count(*) from measure_agencies where role = 'lead' group by 1"):
        (row,) = re.findall(
            rf'<tr><td data-label="機關"><a[^>]*href="{re.escape(path("agencies", key))}".*?</tr>', html
        )
        assert f'data-label="主辦措施">{lead}<' in row


def test_a_ministry_shows_the_offices_under_it(many, sites, tmp_path):
    copy = changed_copy(
        many,
        tmp_path,
        "insert or replace into agencies (id, name, short_name, ministry, is_known) "
        "values ('交通部', '交通部', '交通部', null, 1)",
    )
    ((office, lead),) = ask(
        copy,
        "select a.id, sum(role = 'lead') from agencies a join measure_agencies l on l.agency_id = a.id "
        "where a.ministry = '交通部' group by 1 order by 2 desc limit 1",
    )
    page = Page(sites(copy).get(path("agencies", "交通部")).text)
    assert path("agencies", office) in page.links
    assert f"{office}{lead or '–'}" in "".join(page.text.split())


def test_sections_of_a_text_file_can_be_read(many, sites, tmp_path):
    copy = changed_copy(
        many,
        tmp_path,
        "update reports set page_count = null, media_type = 'text/markdown' where id = 'transport-113'",
        "update sections set page = null, boxes = '[]' where report_id = 'transport-113'",
    )
    ((position, text),) = ask(
        copy, "select position, text from sections where report_id = 'transport-113' and text <> '' limit 1"
    )
    page = Page(sites(copy).get(f"{path('reports', 'transport-113')}?section={position}").text)
    assert " ".join(text.split()) in page.text
    assert "沒有頁面圖像" in page.text


def test_a_page_says_what_it_goes_on_with(edition_site, edition):
    ((page, heading),) = ask(
        edition,
        "select s.page + 1, s.heading from sections s where not exists "
        "(select 1 from sections x where x.page = s.page + 1) and s.page < "
        "(select max(page) from sections) order by s.position desc limit 1",
    )
    told = Page(edition_site.get(page_path("manufacturing-113", page)).text)
    assert "前頁接續" in told.text
    assert heading in told.text.partition("前頁接續")[2]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/kb//measures", 404, "不在收錄範圍"),
        ("/compare?from=a&to=transport-113", 404, "沒有收錄報告「a」"),
        ("/compare?from=a&to=b", 404, "沒有收錄報告「a」、「b」"),
        ("/compare?from=transport-112&to=transport-114", 404, "僅比較同一部門前後相鄰的兩份報告"),
        ("/compare?from=transport-112", 404, "網址須載明要比較的兩份報告"),
        ("/quality/nosuch", 404, "沒有收錄報告「nosuch」"),
        ("/kb/measures/nosuch", 404, "「推動措施」沒有這一筆：nosuch"),
        ("/-/permissions", 403, "此頁僅供管理者使用"),
        ("/kb.db", 403, "此處不提供下載整個資料庫"),
        ("/-/allow-debug", 404, "不在收錄範圍"),
        ("/-/messages", 404, "不在收錄範圍"),
        ("/-/patterns", 404, "不在收錄範圍"),
        ("/kb/measures?_sort=nope", 400, "不能依這一欄排序：nope"),
        ("/kb/measures?_sort=code&_sort_desc=code", 400, "不能同時"),
        ("/kb?sql=select+nope+from+measures", 400, "沒有這一欄：nope"),
        ("/kb/measures?_size=x", 400, "每頁筆數有誤"),
        ("/nothing", 404, "不在收錄範圍"),
        ("/kb/nothing", 404, "沒有這張資料表"),
        ("/kb?sql=select+*+from+nope", 400, "沒有這張資料表：nope"),
        ("/kb?sql=delete+from+measures", 400, "僅能執行 SELECT 查詢"),
    ],
)
def test_faults_are_told_in_chinese(many_site, address, status, words):
    answer = many_site.get(address)
    assert answer.status_code == status
    page = Page(answer.text)
    assert words in page.text
    title = "查無此頁" if status == 404 else f"錯誤 {status}"
    # The page of queries keeps its name and the query.
    assert page.text.partition(" - ")[0] in (title, *["SQL"] * ("sql=" in address))
    assert page.text.count("查無此頁") == 2 * (status == 404)
    assert 'action="/search"' in answer.text
    assert not re.search(r"[a-z]{4,} [a-z]{4,}", page.text.partition("select")[0])


RAW = re.compile(
    r"\b(emission_reduction|energy_saving|cost_saving|output_value|payback_period|cumulative|unspecified|annual"
    r"|not_comparable|on_course|no_figure|renamed|moved|merged|(?:targets|counts|sums|units|twice|unread):[a-z_-]+"
    r"|sort_key|None|null|NaN)\b"
)


def test_no_code_of_the_database_is_shown(edition, many, edition_site, many_site):
    """Kinds, scopes, statuses, relations and rules are told in Chinese; the dictionary of columns aside."""
    for db, site in ((edition, edition_site), (many, many_site)):
        addresses = [
            "/",
            "/search?q=節能",
            "/check",
            "/compare",
            *(f"/kb/{t}" for t in schema.tables() if t != "about"),
        ]
        for table in ROWS:
            (key,) = schema.tables()[table].keys
            found = ask(db, f"select {key} from {table} where {key} not like '%-114%' limit 3")  # noqa: S608
            addresses += [path(table, value) for (value,) in found]
        for address in addresses:
            html = re.sub(r"<(script|code|option)\b.*?</\1>", "", site.get(address).text, flags=re.DOTALL)
            page = Page(html)
            assert RAW.findall(page.text) == [], address


def test_search_where_others_have_theirs(edition_site):
    """The address of datasette-search-all, on the page and as JSON."""
    answer = edition_site.get("/-/search?q=節能")
    assert answer.status_code == 302
    assert answer.headers["location"] == "/search?q=%E7%AF%80%E8%83%BD"
    ours, theirs = (edition_site.get(f"{at}?q=節能").json() for at in ("/search.json", "/-/search.json"))
    assert ours == theirs
    assert ours["total"] > 10


def test_counts_of_the_first_page_lead_to_their_tables(edition_site, edition):
    page = Page(edition_site.get("/").text)
    for kind, count in ask(edition, "select kind, count(*) from passages group by 1"):
        assert f"/kb/{kind}" in page.links
        assert f"{labels.value('kind', kind)} {count:,}" in page.text


def test_emissions_of_a_table_have_as_many_decimals(many, sites, tmp_path):
    """131.0 is printed so beside 74.26: on lists, also of one year alone, on the report's page, and on a row's own."""
    copy = changed_copy(
        many,
        tmp_path,
        "update emissions set target = 131, actual = 144, cumulative_target = 1131 where report_id = 'transport-113'",
        "insert into emissions (id, report_id, sector, year, actual, is_estimate) "
        "values ('transport-113/emission/2025', 'transport-113', '運輸', 2025, 74.26, 0)",
        "update emissions set target = 12, actual = 13, corrected = null, cumulative_target = null, "
        "cumulative_actual = null, cumulative_corrected = null where report_id = 'energy-113'",
    )
    site = sites(copy)
    key = "transport-113/emission/2024"
    for address in (
        "/kb/emissions",
        "/kb/emissions?report_id=transport-113&year=113",
        path("reports", "transport-113"),
        path("emissions", key),
        "/compare?from=transport-112&to=transport-113",
    ):
        text = Page(site.get(address).text).text
        assert "131.00" in text, address
        assert "144.00" in text, address
    assert "1,131.00" in Page(site.get("/kb/emissions").text).text
    other = site.get("/kb/emissions?report_id=energy-113").text
    assert re.search(r"<div>12</div>", other)


def test_names_of_columns_with_two_levels(edition_site):
    """Yearly and cumulative targets are told apart where a row is a card; see test_browser."""
    html = edition_site.get(path("tables", "manufacturing-113/table/1")).text
    names = re.findall(r'<td data-label="([^"]*)"', html)[:8]
    assert len(set(names)) == 8
    assert names[1] == "110-114 年溫室氣體排放值 目標值"
    assert names[5] == "110-114 年累計排放值 目標值"
    assert names[0] == "年度"


def test_notes_of_a_table_have_one_mark(edition_site):
    page = Page(edition_site.get(path("tables", "manufacturing-113/table/1")).text)
    assert "註：註" not in page.text
    assert "註 2：113 年為推估值" in page.text
    assert templating.note("無") == "註：無"
    assert templating.note("註：無") == "註：無"


def test_where_rows_stand_is_told_for_texts_too(edition_site):
    assert "由文字檔讀入者為字元範圍" in Page(edition_site.get("/about").text).text


def test_a_page_of_hits_that_is_not_there(edition_site):
    answer = edition_site.get("/search?q=碳&page=9999")
    page = Page(answer.text)
    last = -(-edition_site.get("/search.json?q=碳").json()["total"] // 20)
    assert f"沒有第 9,999 頁，最後一頁是第 {last} 頁" in page.text
    assert "找不到" not in page.text
    (link,) = [a for a in page.links if a.endswith(f"page={last}")]
    assert '<ol class="hits"' in edition_site.get(link).text


def test_conditions_are_cleared_where_there_are_some(edition_site):
    nothing = Page(edition_site.get("/search?q=查無此詞").text)
    assert "清除條件" not in nothing.text
    filtered = Page(edition_site.get("/search?q=碳&sector=x").text)
    assert "清除條件" in filtered.text
    assert "/search?q=%E7%A2%B3" in filtered.links
    assert "左側" not in nothing.text + filtered.text
