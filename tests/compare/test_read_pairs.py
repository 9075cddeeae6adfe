"""Two reports that are read from text: what only looks changed is not told, what changed is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import extract
from kb import store
from kb.compare import compare
from kb.rows import as_rows


@dataclass(frozen=True)
class Printed:
    """A measure as its row prints it; `budget` in NT$."""

    name: str
    plan: str
    agency: str
    target: str
    budget: int
    period: str = "110-114"


PUMPS = Printed("高效率馬達汰換補助", "補助工廠汰換老舊馬達及泵浦", "能源署", "每年補助汰換 300 台。", 24_000_000)
BOILERS = Printed(
    "工業鍋爐改用天然氣", "協助業者鋪設管線並更換燃燒機", "產業發展署", "累計改善 90 座鍋爐。", 15_500_000
)
COURSES = Printed("節能人員培訓課程", "委託技專校院開設在職班", "產業發展署", "每年培訓 400 人次。", 3_200_000)
WASTE = Printed("製程廢熱回收示範", "選定示範廠建置回收系統並公開數據", "產業技術司", "全程完成示範 6 案。", 40_000_000)
PROGRAMME = (PUMPS, BOILERS, COURSES, WASTE)


def text(year: int, measures: tuple[Printed, ...], unit: str, per_unit: int) -> str:
    """A short report: title page, heading, annex one in one strategy."""
    head = f"編號\t措施名稱\t具體計畫\t主辦機關\t期程\t預期效益\t{year}年執行成果\t經費({unit})\t經費來源"
    rows = [
        "\t".join(
            (
                f"1.{n}",
                m.name,
                m.plan,
                m.agency,
                m.period,
                m.target,
                "持續辦理中。",
                f"{m.budget / per_unit:,.10g}",
                "公務預算",
            )
        )
        for n, m in enumerate(measures, 1)
    ]
    return "\n".join(
        [
            "# 第二期製造部門溫室氣體減量行動方案",
            f"# {year}年成果報告",
            "主辦機關：經濟部",
            f"中華民國 {year + 1} 年 9 月",
            "",
            f"# 附件一、{year} 年製造部門行動方案執行情形",
            "",
            head,
            *rows,
            "",
        ]
    )


@pytest.fixture
def read(conn: sqlite3.Connection, tmp_path: Path) -> Callable[..., str]:
    """Read a report of these measures and store it; gives its id."""

    def read_report(year: int, measures: tuple[Printed, ...], unit: str = "千元", per_unit: int = 1000) -> str:
        path = tmp_path / f"{year}.md"
        path.write_text(text(year, measures, unit, per_unit), encoding="utf-8")
        report_id = f"manufacturing-{year}"
        store.replace_report(conn, as_rows(extract.read(path), report_id, "1"))
        return report_id

    return read_report


def told(conn, first, second):
    """Code > code -> relation and the fields that changed."""
    found = compare(conn, first, second)
    return {
        (link.earlier and link.earlier.code, link.later and link.later.code): (
            link.relation,
            [c["field"] for c in found.changes(link)],
        )
        for link in found.links
    }


SAME = {(f"1.{n}", f"1.{n}"): ("same", []) for n in range(1, 5)}


def renewed(measure: Printed, **changed: object) -> Printed:
    return Printed(**{**measure.__dict__, **changed})


def test_an_agency_that_got_a_new_name_and_money_in_another_unit_are_no_change(conn, read):
    before = tuple(
        renewed(m, agency=m.agency.replace("能源署", "能源局").replace("產業發展署", "工業局")) for m in PROGRAMME
    )
    assert told(conn, read(111, before), read(113, PROGRAMME, "萬元", 10_000)) == SAME


def test_each_year_has_its_names_and_a_new_office_is_a_change(conn, read):
    before = tuple(renewed(m, agency="工業局") for m in PROGRAMME)
    after = (*(renewed(m, agency="產業發展署") for m in PROGRAMME[:3]), renewed(PROGRAMME[3], agency="能源署"))
    first, second = read(110, before), read(113, after)
    assert told(conn, first, second) == SAME | {("1.4", "1.4"): ("same", ["lead_agencies"])}
    links = conn.execute("select distinct agency_id from measure_agencies order by 1").fetchall()
    assert links == [("經濟部工業局",), ("經濟部產業發展署",), ("經濟部能源署",)]


def test_codes_that_an_inserted_measure_shifts(conn, read):
    more = Printed("設備用電監測補助", "補助裝設電表並上傳資料", "能源署", "每年補助 50 家。", 9_000_000)
    found = told(conn, read(112, PROGRAMME), read(113, (PUMPS, more, *PROGRAMME[1:])))
    moved = {(f"1.{n}", f"1.{n + 1}"): ("moved", ["code"]) for n in range(2, 5)}
    assert found == {("1.1", "1.1"): ("same", []), (None, "1.2"): ("new", []), **moved}


CHANGED = {
    "a target that was raised": (renewed(PUMPS, target="每年補助汰換 450 台。"), ("same", ["target"])),
    "another name for the same": (renewed(PUMPS, name="馬達與泵浦效率提升補助"), ("renamed", ["name"])),
    "money that did change": (renewed(PUMPS, budget=25_000_000), ("same", ["budget_ntd"])),
    "another agency": (renewed(PUMPS, agency="產業園區管理局"), ("same", ["lead_agencies"])),
    "a longer period": (renewed(PUMPS, period="110-115"), ("same", ["period"])),
}


@pytest.mark.parametrize("what", CHANGED)
def test_one_change(conn, read, what):
    now, expected = CHANGED[what]
    found = told(conn, read(112, PROGRAMME), read(113, (now, *PROGRAMME[1:]), "萬元", 10_000))
    assert found == SAME | {("1.1", "1.1"): expected}


def test_renamed_and_moved(conn, read):
    now = (*PROGRAMME[1:], renewed(PUMPS, name="馬達與泵浦效率提升補助"))
    found = told(conn, read(112, PROGRAMME), read(113, now))
    assert found[("1.1", "1.4")] == ("renamed+moved", ["code", "name"])
    assert [relation for relation, _ in found.values()].count("moved") == 3


def test_two_measures_become_one_and_one_becomes_two(conn, read):
    one = Printed(
        "高效率馬達汰換補助及工業鍋爐改用天然氣",
        "補助工廠汰換老舊馬達及泵浦，協助業者鋪設管線並更換燃燒機",
        "能源署",
        "每年補助汰換 300 台，累計改善 90 座鍋爐。",
        39_500_000,
    )
    merged = told(conn, read(112, PROGRAMME), read(113, (one, COURSES, WASTE)))
    into_one = {pair: relation for pair, (relation, _) in merged.items() if pair[1] == "1.1"}
    assert set(into_one) == {("1.1", "1.1"), ("1.2", "1.1")}
    assert all("merged" in relation for relation in into_one.values())
    split = told(conn, read(112, (one, COURSES, WASTE)), read(113, PROGRAMME))
    of_one = {pair: relation for pair, (relation, _) in split.items() if pair[0] == "1.1"}
    assert set(of_one) == {("1.1", "1.1"), ("1.1", "1.2")}
    assert all("split" in relation for relation in of_one.values())
