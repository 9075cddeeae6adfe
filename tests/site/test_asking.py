"""What the site shows can be asked for: conditions in its own words, on pages and in files; what is none of ours is
ignored or refused, never an empty table."""

from __future__ import annotations

import csv
import html
import io
import re
import sqlite3
from contextlib import closing
from decimal import Decimal
from urllib.parse import parse_qsl, quote, urlencode

import openpyxl
import pytest

from kb import schema
from kb.site import amounts, asking, listing, wording
from kb.site.asking import TRACKING, understood
from kb.site.readers import NotUnderstood
from tests.site.conftest import HOSTILE, ask
from tests.site.page import Page, changed_copy


def shown(site, address):
    """Number of rows that a page counts, and its chips; redirects are followed."""
    answer = site.get(address)
    if answer.status_code == 302:
        answer = site.get(answer.headers["location"])
    assert answer.status_code == 200, (address, Page(answer.text).text)
    count = re.search(r'<p class="count"><b>([\d,]+)</b>', answer.text)[1]
    chips = re.findall(r'<li><a href="[^"]*">([^<]*)<span aria-hidden', answer.text)
    return int(count.replace(",", "")), [html.unescape(chip) for chip in chips]


AS_SHOWN = [
    ("measures", "year", "exact", "113", "year = 2024", "報告年度：113 年"),
    ("measures", "year", "contains", "113 年", "year = 2024", "報告年度：113 年"),
    ("measures", "year", "gte", "民國 113 年", "year >= 2024", "報告年度 ≥ 113 年"),
    ("measures", "year", "exact", "2024", "year = 2024", "報告年度：113 年"),
    ("reports", "roc_year", "exact", "113 年", "roc_year = 113", "報告年度：113"),
    ("measures", "status", "exact", "推動中", "status = 'active'", "狀態：推動中"),
    ("measures", "status", "contains", "推動", "status = 'active'", "狀態：推動中"),
    ("measures", "status", "not", "推動中", "status <> 'active'", "狀態 ≠ 推動中"),
    (
        *("measures", "agencies", "exact", "經濟部能源署", "agencies like '%\"經濟部能源署\"%'"),
        "主辦與協辦機關 含 經濟部能源署",
    ),
    (
        *("measures", "agencies", "not", "經濟部能源署", "agencies not like '%\"經濟部能源署\"%'"),
        "主辦與協辦機關 不含 經濟部能源署",
    ),
    ("measures", "agencies", "contains", "能源署", "agencies like '%能源署%'", "主辦與協辦機關 含 能源署"),
    ("measures", "budget_ntd", "gte", "1億", "budget_ntd >= 1e8", "經費 ≥ 1 億元"),
    ("measures", "budget_ntd", "lt", "4,205.1 萬元", "budget_ntd < 42051000", "經費 < 4,205.1 萬元"),
    ("measures", "budget_ntd", "exact", "2,060.1 萬元", "budget_ntd = 20601000", "經費：2,060.1 萬元"),
    ("measures", "budget_ntd", "exact", "未載明", "budget_ntd is null", "經費 未載明"),
    ("measures", "is_new", "exact", "是", "is_new = 1", "是否新增：是"),
    ("measures", "is_new", "contains", "否", "is_new = 0", "是否新增：否"),
    ("measures", "execution_rate", "gt", "100%", "execution_rate > 1", "經費執行率 > 100%"),
    ("measures", "execution_rate", "gte", "0.95", "execution_rate >= 0.95", "經費執行率 ≥ 95%"),
    ("measures", "page", "gte", "第 9 頁", "page >= 9", "起始頁 ≥ 9"),
    ("measures", "name", "contains", "低碳", "name like '%低碳%'", "措施名稱 含 低碳"),
    ("quantities", "kind", "exact", "減碳量", "kind = 'emission_reduction'", "數值種類：減碳量"),
    (
        *("quantities", "kind", "contains", "金額", "kind in ('investment', 'subsidy')"),
        "數值種類 為其中之一 投資金額、補助金額",
    ),
    ("quantities", "scope", "exact", "未載明", "scope = 'unspecified'", "範圍：未載明"),
    ("quantities", "comparator", "exact", "約", "comparator = '~'", "比較符號：約"),
    ("quantities", "canonical_unit", "exact", "公噸 CO₂e", "canonical_unit = 'tCO2e'", "標準單位：公噸 CO₂e"),
    ("quantities", "canonical_unit", "exact", "公斤CO2e/千元", "canonical_unit = 'kgCO2e/千元'", None),
    ("quantities", "canonical_value", "gte", "1 萬", "canonical_value >= 10000", "換算值 ≥ 10,000"),
    ("quantities", "report_id", "exact", "製造 113", "1", "報告：製造 113"),
    ("quantities", "measure_id", "contains", "低碳生產", "measure_id = 'manufacturing-113/1.1.1'", None),
    ("quantities", "measure_id", "exact", "manufacturing-113/1.1.1", "measure_id = 'manufacturing-113/1.1.1'", None),
    ("findings", "severity", "exact", "警示", "severity = 'warning'", "嚴重度：警示"),
    ("achievements", "status", "exact", "達成", "status = 'met'", "達成狀態：達成"),
    ("achievements", "ratio", "gte", "120%", "ratio >= 1.2", "達成比率 ≥ 120%"),
    ("case_metrics", "investment_ntd", "gte", "1,000 萬", "investment_ntd >= 1e7", "投資金額 ≥ 1,000 萬元"),
    ("case_metrics", "saving_rate_pct", "gte", "10%", "saving_rate_pct >= 10", "節能率 ≥ 10%"),
    ("case_metrics", "kwh_saved", "gte", "100 萬度", "kwh_saved >= 1e6", "節電量 ≥ 1,000,000 度"),
    ("emissions", "actual", "gte", "131 百萬公噸 CO₂e", "actual >= 131", "當年實際排放 ≥ 131 百萬公噸 CO₂e"),
    ("passages", "kind", "exact", "推動措施", "kind = 'measures'", "所在資料表：推動措施"),
    ("ingests", "outcome", "exact", "新增", "outcome = 'added'", "結果：新增"),
]


@pytest.mark.parametrize(("table", "column", "operator", "value", "where", "chip"), AS_SHOWN)
def test_what_is_shown_can_be_asked_for(edition, edition_site, table, column, operator, value, where, chip):
    """By the form, and in an address for a page and for files."""
    ((count,),) = ask(edition, f"select count(*) from {table} where {where}")  # noqa: S608
    form = {"_filter_column": column, "_filter_op": operator, "_filter_value": value}
    address = urlencode({column if operator == "exact" else f"{column}__{operator}": value})
    for asked in (f"/kb/{table}?{urlencode(form)}", f"/kb/{table}?{address}"):
        found, chips = shown(edition_site, asked)
        assert found == count, asked
        assert chip is None or chips == [chip]
    assert len(edition_site.get(f"/kb/{table}.json?{address}&_shape=array").json()) == count
    assert edition_site.get(f"/kb/{table}.json?{address}").json()["filtered_table_rows_count"] == count
    csv_file = io.StringIO(edition_site.get(f"/kb/{table}.csv?{address}").content.decode("utf-8-sig"), newline="")
    assert len(list(csv.DictReader(csv_file))) == count


def test_some_of_them_find_something_and_not_all(edition):
    found = [
        ask(edition, f"select count(*) < (select count(*) from {table}) and count(*) > 0 from {table} where {where}")  # noqa: S608
        for table, _, _, _, where, _ in AS_SHOWN
    ]
    assert sum(bool(is_part) for ((is_part,),) in found) > 30


def test_files_have_the_rows_of_the_page(edition, edition_site):
    address = "?" + urlencode({"status": "推動中", "budget_ntd__gte": "1 億", "utm_source": "line"})
    expected = {key for (key,) in ask(edition, "select id from measures where status = 'active' and budget_ntd >= 1e8")}
    assert expected
    sheet = openpyxl.load_workbook(io.BytesIO(edition_site.get("/kb/measures.xlsx" + address).content)).worksheets[0]
    assert {row[0].value for row in sheet.iter_rows(min_row=2)} == expected
    assert {
        row["id"] for row in edition_site.get(f"/kb/measures.json{address}&_shape=objects").json()["rows"]
    } == expected


@pytest.mark.parametrize("table", schema.tables())
def test_every_value_can_be_asked_for_as_it_is_shown(edition, many, table):
    """A value in words, put into an address, gives the rows that hold it."""
    tried = 0
    for db in (edition, many):
        with closing(sqlite3.connect(db)) as conn:
            for column in schema.tables()[table].columns:
                if column.type == "json" or column.name == "column_name":
                    continue
                sql = f'select distinct "{column.name}" from {table} where "{column.name}" <> \'\' limit 9'  # noqa: S608
                for (value,) in conn.execute(sql).fetchall():
                    words = wording.in_words(table, column.name, value)
                    if not words.strip() or words != words.strip() or HOSTILE in words:
                        continue
                    pairs = understood(conn, schema.tables()[table], [(column.name, words)])
                    assert understood(conn, schema.tables()[table], pairs) == pairs, (column.name, words)
                    ((name, asked),) = pairs
                    held = asked.split(",") if name.endswith("__in") else [asked]
                    is_same = [Decimal(h) == Decimal(str(value)) if _is_number(value) else h == value for h in held]
                    assert any(is_same), (column.name, value, words, pairs)
                    tried += 1
    assert tried > 0 or table == "corrections"


def _is_number(value):
    return isinstance(value, (int, float))


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("measures?status=下雪", "「下雪」不是「狀態」的值；可填：推動中、期程已結束"),
        ("measures?status__contains=下雪", "可填：推動中"),
        ("measures?year=去年", "「報告年度」要填一個年度，例如 113 或 2024"),
        ("measures?year=0", "要填一個年度"),
        ("measures?budget_ntd__gte=很多", "「經費」要填金額，例如 1.5 億"),
        ("measures?execution_rate__gte=95", "「經費執行率」要填百分比，例如 95%"),
        ("measures?is_new=也許", "只有是、否兩種"),
        ("measures?page=首頁", "「起始頁」要填數字"),
        ("measures?agencies__in=經濟部能源署", "是清單"),
        ("measures?status__arraycontains=active", "不是清單"),
        ("quantities?value__gte=1億", "改用「換算值」"),
        ("quantities?kind=推動措施", "可填：減碳量"),
        ("quantities?measure_id__contains=沒有這種事", "沒有名稱含「沒有這種事」的推動措施"),
        ("quantities?result_id__contains=1", "請寫得更完整"),
        ("measure_links?relation=長大", "可填：相同、更名"),
        ("measures?_filter_column=&_filter_op=contains&_filter_value=x", "請先選欄位"),
        ("measures?foo=1", "沒有這一欄：foo"),
        ("measures?foo__gte=1", "沒有這一欄：foo"),
        ("measures?_srot=code", "沒有這個參數：_srot"),
        ("measures?name__looks=x", "沒有這種條件：name__looks"),
        ("measures?_facet=foo", "沒有這一欄：foo"),
    ],
)
def test_what_is_not_understood_is_said(edition_site, address, words):
    """On the page, and alike as JSON and for files."""
    table, _, query = address.partition("?")
    query = urlencode(parse_qsl(query, keep_blank_values=True))
    answer = edition_site.get(f"/kb/{table}?{query}")
    assert answer.status_code == 400
    page = Page(answer.text)
    assert words in page.text
    assert "錯誤 400" in page.text
    assert f"/kb/{table}" in page.links
    for form in ("json", "csv", "xlsx", "parquet"):
        answer = edition_site.get(f"/kb/{table}.{form}?{query}")
        assert answer.status_code == 400, form
        told = answer.json()["error"] if form == "json" else Page(answer.text).text
        assert words in told, form
    assert edition_site.get(f"/kb/{table}.json?_shape=array&{query}").status_code == 400


@pytest.mark.parametrize(
    "hung_on", ["fbclid=abc", "utm_source=line&utm_medium=x", "gclid=1", "igshid=x", "mc_cid=1&mc_eid=2", "_ga=1.2"]
)
def test_what_newsletters_hang_on_a_link_is_ignored(edition, edition_site, hung_on):
    ((every, active),) = ask(edition, "select count(*), sum(status = 'active') from measures")
    assert shown(edition_site, f"/kb/measures?{hung_on}") == (every, [])
    assert shown(edition_site, f"/kb/measures?status=active&{hung_on}") == (active, ["狀態：推動中"])
    assert edition_site.get(f"/kb/measures.json?{hung_on}").json()["filtered_table_rows_count"] == every
    assert edition_site.get(f"/kb/measures.csv?{hung_on}").status_code == 200
    links = Page(edition_site.get(f"/kb/measures?{hung_on}").text).links
    assert not [link for link in links if hung_on.partition("=")[0] in link]


def test_no_column_is_taken_for_tracking():
    assert [n for t in schema.tables().values() for n in t.names if TRACKING.fullmatch(n)] == []


def test_parameters_of_our_own_links_are_known(edition_site):
    """Whatever a page of a table leads to is understood."""
    for table in schema.tables():
        page = Page(edition_site.get(f"/kb/{table}").text)
        for link in page.links:
            path, _, query = link.partition("?")
            if query and path in ("", f"/kb/{table}"):
                with closing(sqlite3.connect(edition_site.site.state.db)) as conn:
                    understood(conn, schema.tables()[table], parse_qsl(query, keep_blank_values=True))


def test_a_field_left_empty_is_no_condition(edition, edition_site):
    ((every, without),) = ask(edition, "select count(*), sum(plan is null) from measures")
    assert shown(edition_site, "/kb/measures?sector=&status=") == (every, [])
    assert shown(edition_site, "/kb/measures?plan__isnull") == (without, ["具體計畫 未載明"])


def test_a_facet_knows_a_value_that_was_asked_for_in_words(edition_site):
    chosen = re.search(r'class="chosen"[^>]*><span class="name">|class="chosen".*?</a>', _page(edition_site), re.DOTALL)
    assert chosen


def _page(site):
    return site.get("/kb/measures?" + urlencode({"status": "推動中"})).text


def test_words_that_no_program_encoded_are_read(edition_site):
    """curl sends them as they are."""
    scope = {"type": "http", "path": "/kb/measures", "query_string": "status=推動中".encode()}
    asked = []

    async def app(scope, _receive, _send):
        asked.append(scope["query_string"])

    import asyncio

    async def run():
        await edition_site.site.invoke_startup()
        await asking.in_stored_words(edition_site.site, app)(scope, None, None)

    asyncio.run(run())
    assert asked == [b"status=active"]


def test_a_former_name_of_an_agency_is_the_same_agency(many, sites, tmp_path):

    ((name, count),) = ask(
        many, "select value, count(*) from measures, json_each(agencies) group by 1 order by 2 desc, 1 limit 1"
    )
    copy = changed_copy(
        many,
        tmp_path,
        "insert into agencies (id, name, short_name, is_known, successor) "  # noqa: S608
        f"values ('舊名局', '舊名局', '舊名局', 1, '{name}')",
    )
    assert shown(sites(copy), "/kb/measures?agencies=" + quote("舊名局"))[0] == count


def test_the_search_page_understands_them_too(edition_site):
    stored = edition_site.get("/search.json?" + urlencode({"q": "碳", "kind": "measures", "year": 2024})).json()
    words = edition_site.get("/search.json?" + urlencode({"q": "碳", "kind": "推動措施", "year": "113"})).json()
    assert words == stored
    assert stored["total"] > 0


@pytest.mark.parametrize(
    ("words", "ntd"),
    [
        ("1億", 10**8),
        ("4.2051 億元", 420_510_000),
        ("2,060.1 萬元", 20_601_000),
        ("1億2,000萬", 120_000_000),
        ("1 億 2 千萬元", 120_000_000),
        ("5千萬", 50_000_000),
        ("新臺幣 980 元", 980),
        ("NT$3,000", 3000),
        ("１２３", 123),
        ("-5", -5),
        ("0", 0),
        ("1,5", None),
        ("億", None),
        ("1億x", None),
        ("30 頁", None),
        ("", None),
    ],
)
def test_money_is_read(words, ntd):
    assert amounts.money(words) == (None if ntd is None else Decimal(ntd))


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("113", 2024),
        ("民國113年度", 2024),
        ("113 年", 2024),
        ("2024", 2024),
        ("西元 2024 年", 2024),
        ("0", None),
        ("110-114", None),
        ("99999", None),
    ],
)
def test_years_are_read(words, year):
    assert amounts.gregorian(words) == year


def test_numbers_go_into_addresses_without_exponents():
    assert amounts.written(Decimal("1E+8")) == "100000000"
    assert amounts.written(Decimal("0.9500")) == "0.95"
    assert amounts.written(Decimal("0.0")) == "0"


def test_several_values_in_words(edition):
    with closing(sqlite3.connect(edition)) as conn:
        told = understood(
            conn, schema.tables()["quantities"], [("kind__in", "減碳量,投資金額"), ("year__in", "112,113")]
        )
        assert told == [("kind__in", "emission_reduction,investment"), ("year__in", "2023,2024")]
        with pytest.raises(NotUnderstood):
            understood(conn, schema.tables()["quantities"], [("kind__in", "[x")])
    told = listing.filters_in_words("quantities", "kind__in=emission_reduction,investment")
    assert [words for words, _ in told] == ["數值種類 為其中之一 減碳量、投資金額"]
    many_ids = ",".join(f"x-1/{n}" for n in range(9))
    assert listing.filters_in_words("quantities", f"measure_id__in={many_ids}")[0][0].endswith("x-1/4 等 9 項")


def test_relations_in_words(many):
    with closing(sqlite3.connect(many)) as conn:
        table = schema.tables()["measure_links"]
        assert understood(conn, table, [("relation", "更名、移位")]) == [("relation", "renamed+moved")]
        assert understood(conn, table, [("relation__contains", "更名")]) == [("relation__contains", "renamed")]
        assert understood(conn, table, [("relation", "renamed+moved")]) == [("relation", "renamed+moved")]
