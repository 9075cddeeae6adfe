"""What changed: between two years of a sector, and by the hand of a person."""

from __future__ import annotations

import json
import re

from kb.site.cite import path
from tests.site.conftest import ask
from tests.site.page import Page, changed_copy

CORRECTION = (
    "insert into corrections (id, report_id, position, table_name, row_id, column_name, read_value, right_value, "
    "reason, who, date, is_applied) values ('c{n}', 'transport-113', {n}, 'measures', 'transport-113/T1-1', "
    "'{column}', {read}, {right}, '字跡不清', '某人', '2026-01-01', 1)"
)


def test_corrections_show(many, sites, tmp_path):
    """What was read is told as such and as the site writes it, with the words of the report beside it."""
    told = [
        ("name", "'舊名'", "'新名'", "「措施名稱」經人工更正。原讀取值：舊名；更正為：新名；理由：字跡不清"),
        (
            *("budget_ntd", "'420510000'", "'420520000'"),
            "「經費」經人工更正。原讀取值：4.2051 億元；更正為：4.2052 億元；報告印出：「42,051 120%」；理由",
        ),
        ("status", "'active'", "'ended'", "原讀取值：推動中；更正為：期程已結束；理由"),
        ("is_new", "'1'", "'0'", "原讀取值：是；更正為：否；理由"),
        ("execution_rate", "'0.9512'", "null", "原讀取值：95.12%；更正為：（無）；報告印出：「42,051 120%」；理由"),
        ("start_year", "'2021'", "'2022'", "原讀取值：110 年；更正為：111 年；理由"),
    ]
    copy = changed_copy(
        many,
        tmp_path,
        *(CORRECTION.format(n=n, column=c, read=read, right=right) for n, (c, read, right, _) in enumerate(told)),
        "update measures set printed = json_object('budget', '42,051' || char(10) || '120%') "
        "where id = 'transport-113/T1-1'",
    )
    site = sites(copy)
    page = Page(site.get(path("measures", "transport-113/T1-1")).text)
    for *_, words in told:
        assert words in page.text
    assert "印出的文字" not in page.text
    listed_ones = Page(site.get("/kb/corrections").text).text
    for words in ("4.2051 億元", "推動中", "95.12%", "（無）", "經費執行率"):
        assert words in listed_ones
    one = Page(site.get(path("corrections", "c1")).text)
    assert "4.2052 億元" in one.text
    assert "420520000" not in one.text
    assert path("measures", "transport-113/T1-1") in one.links


def test_a_change_of_money_is_seen(many, sites, tmp_path):
    """On the measure's page, in its years, beside the other report; tiles stay short."""
    told = [{"field": "budget_ntd", "from": 420510000.0, "to": 420520000.0}]
    copy = changed_copy(
        many,
        tmp_path,
        f"update measure_links set changes = '{json.dumps(told)}' where to_id = 'transport-113/T1-1'",  # noqa: S608
        "update measures set budget_ntd = 420510000 where id = 'transport-112/T1-1'",
        "update measures set budget_ntd = 420520000 where id = 'transport-113/T1-1'",
    )
    site = sites(copy)
    ((key,),) = ask(copy, "select id from measure_links where to_id = 'transport-113/T1-1'")
    measure = "".join(Page(site.get(path("measures", "transport-113/T1-1")).text).text.split())
    assert "經費4.2052億元" in measure
    assert "4.2051億元→4.2052億元" in measure
    for address in (path("measure_links", key), "/compare?from=transport-112&to=transport-113"):
        assert "4.2051億元4.2052億元" in "".join(Page(site.get(address).text).text.split()), address
    for address in (
        "/kb/measures?report_id=transport-113",
        path("agencies", "交通部"),
        path("strategies", "transport-113/T1"),
    ):
        answer = site.get(address)
        assert answer.status_code != 200 or "4.2052 億元" in Page(answer.text).text, address


def test_two_years_beside_each_other(many_site, many):
    """Each pair of neighbours has its page; every measure of both reports is in one group."""
    pairs = [("transport-112", "transport-113"), ("transport-113", "transport-114")]
    newest = many_site.get("/compare").text
    assert "運輸 113 與 運輸 114" in newest
    for first, second in pairs:
        page = Page(many_site.get(f"/compare?from={first}&to={second}").text)
        told = sum(int(n) for n in re.findall(r"（(\d+)）", page.text.partition("概況")[2].partition("排放量（")[0]))
        links = ask(
            many,
            "select from_id, to_id from measure_links where coalesce(from_id, to_id) like ? || '/%' and id like ?",
            first,
            f"%{second}%",
        ) + ask(
            many,
            "select from_id, to_id from measure_links where from_id is null and id like ?",
            f"{first} > {second}/%",
        )
        assert told == len(links) > 0
        for link in links:
            assert {path("measures", key) for key in link if key} & set(page.links), link
    for address in ("from=transport-112&to=transport-114", "from=transport-113&to=energy-113", "from=x&to=", "to=x"):
        assert many_site.get(f"/compare?{address}").status_code == 404, address


def test_one_report_is_compared_with_nothing(edition_site):
    assert "收錄兩份以上報告時" in edition_site.get("/compare").text


def test_what_changed_is_written_as_the_measure_writes_it(many, sites, tmp_path):
    told = [
        {"field": "budget_ntd", "from": 3610000.0, "to": None},
        {"field": "execution_rate", "from": 0.5, "to": 1.25},
        {"field": "lead_agencies", "from": ["交通部"], "to": ["交通部", "環境部"]},
        {"field": "status", "from": "active", "to": "ended"},
    ]
    copy = changed_copy(
        many,
        tmp_path,
        f"update measure_links set changes = '{json.dumps(told, ensure_ascii=False)}' "  # noqa: S608
        "where from_id = 'transport-112/T1-1' and to_id = 'transport-113/T1-1'",
    )
    site = sites(copy)
    ((key,),) = ask(copy, "select id from measure_links where from_id = 'transport-112/T1-1' and to_id is not null")
    for address in (
        path("measures", "transport-113/T1-1"),
        path("measure_links", key),
        "/compare?from=transport-112&to=transport-113",
    ):
        words = "".join(Page(site.get(address).text).text.split())
        for before, after in (
            ("361萬元", "（無）"),
            ("50%", "125%"),
            ("交通部", "交通部、環境部"),
            ("推動中", "期程已結束"),
        ):
            assert f"{before}→{after}" in words or f"{before}{after}" in words, address
        assert "3610000" not in words


def test_a_measure_that_is_gone_names_the_report_without_it(many_site):
    page = Page(many_site.get(path("measures", "transport-112/T1-3")).text)
    assert "運輸 113 未見此措施 未續列" in page.text
    assert "/compare?from=transport-112&to=transport-113" in page.links
