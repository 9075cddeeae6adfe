"""What looks like a slip and is none: each was once reported, and each would cost the reader's trust."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from extract.records import Place
from tests.audit.conftest import BUREAU, case, claim, comment, emission, item, report, row, section, table

TWO = (row("T1-1"), row("T1-2"))
GONE = row("T1-3", status="ended", end_year=2022, period="110-111", name="機車定期檢驗補助", plan="補助檢驗站")
STATE_FIRM = type(BUREAU)("臺灣港務股份有限公司", "港務公司", "交通部", "港務公司")
MONEY = tuple(row(f"T1-{n}", budget_ntd=101_000_000, execution_rate="0.98") for n in range(1, 4))

HOLDS: dict[str, tuple[str, dict[str, Any]]] = {
    "the rest met their targets": (
        "counts:all_met",
        {"measures": (*TWO, GONE),
         "claims": (claim("共 {3 項|count|3 項}措施，扣除屆期者，其餘 {2 項|count|2 項}措施均達成目標。"),)},
    ),
    "as many measures as are active": (
        "counts:measures",
        {"measures": (*TWO, GONE), "claims": (claim("113 年計有 {2 項|count|2 項}措施。"),)},
    ),
    "a few of all measures at the head of a clause": (
        "counts:measures",
        {"measures": tuple(row(f"T1-{n}") for n in range(9)),
         "claims": (claim("受疫情影響，{2 項|count|2 項}措施執行率未達九成。"),)},
    ),
    "what parts leave of a hundred": (
        "sums:list_total",
        {"claims": (claim("公路占 {95.8 %|rate|95.8 %}、軌道 {2.3 %|rate|2.3 %}，"
                          "水運及航空合計 {1.9 %|rate|1.9 %}。"),)},
    ),
    "the rest in tonnes": (
        "sums:list_total",
        {"claims": (claim("水稻 {1236 公噸|emission|1236 tCO2e}、畜禽 {604 公噸|emission|604 tCO2e}，"
                          "其餘共計 {43 公噸|emission|43 tCO2e}。"),)},
    ),
    "two parts in one item": (
        "sums:sub_items",
        {"measures": (row("T1-1", results=(
            item("1", "完成造林 {816 公頃|physical|8160000 m2}，其中："),
            item("1.1", "國有林 {327 公頃|physical|3270000 m2}"),
            item("1.2", "私有林 {389 公頃|physical|3890000 m2}、海岸林 {100 公頃|physical|1000000 m2}"),
        )),)},
    ),
    "payback on what is earned and saved, less what was given": (
        "case:payback",
        {"cases": (case("投資 {500 萬元|investment|5000000 NTD}，補助 {100 萬元|subsidy|1000000 NTD}，"
                        "售電 {60 萬元|output_value|600000 NTD}，年省 {40 萬元|cost_saving|400000 NTD}，"
                        "{4 年|payback_period|4 yr}回收。"),)},
    ),
    "a heading that was read as a measure": (
        "counts:measures",
        {"measures": (*TWO, row("T2", plan=None, target=None, result=None)),
         "claims": (claim("本期計有 {2 項|count|2 項}措施。"),)},
    ),
    "one strategy where the column was not read": (
        "counts:strategies",
        {"measures": tuple(row(f"T{n}-1") for n in range(9)), "claims": (claim("共有 {6 項|count|6 項}推動策略。"),)},
    ),
    "a state company that the title page leaves to its ministry": (
        "counts:title_page",
        {"measures": (*TWO, row("T1-3", lead_agencies=(STATE_FIRM,)))},
    ),
    "rates that are printed in whole per cent": (
        "budget:totals",
        {"measures": MONEY, "claims": (claim("實際執行經費 {2.96 億元|budget|296000000 NTD}。"),)},
    ),
    "what was not spent": (
        "budget:totals",
        {"measures": MONEY, "claims": (claim("編列 {3.03 億元|budget|303000000 NTD}，"
                                             "未支用款 {0.06 億元|budget|6000000 NTD}。"),)},
    ),
    "what one agency spent": (
        "budget:totals",
        {"measures": MONEY, "claims": (
            claim("編列 {3.03 億元|budget|303000000 NTD}。"),
            claim("公路局實際執行 {1.01 億元|budget|101000000 NTD}。"),
        )},
    ),
    "a total of which some items tell their part": (
        "sums:table_headline",
        {"claims": (claim("113 年總減碳量為 {30 萬公噸|emission_reduction|300000 tCO2e|2024}。", 5),
                    *(claim(f"{n}.減碳 {{5 萬公噸|emission_reduction|50000 tCO2e}}。", 100 + n) for n in range(3)),
                    claim("4.第四類：輔導 {9 家|organisations|9 家}。", 104)),
         "tables": (table((("項目", "成果"), ("一", "二")), start=100, end=200),)},
    ),
    "a rate of another thing in the same sentence": (
        "change:percent",
        {"claims": (claim("柴油車由 {820 輛|equipment|820 輛}降至 {740 輛|equipment|740 輛}，"
                          "空氣污染物濃度則減少 {31 %|rate|31 %}。"),)},
    ),
    "carbon of one parcel beside that of the fleet": (
        "case:more_than_all",
        {"cases": (case("減碳 {620 噸|emission_reduction|620 tCO2e}，"
                        "每件貨物排放由 {0.5 公斤|emission|0.0005 tCO2e}降至 "
                        "{0.3 公斤|emission|0.0003 tCO2e}。"),)},
    ),
    "carbon of one parcel and the difference": (
        "change:difference",
        {"cases": (case("減碳 {620 噸|emission_reduction|620 tCO2e}，"
                        "每件貨物排放由 {0.5 公斤|emission|0.0005 tCO2e}降至 "
                        "{0.3 公斤|emission|0.0003 tCO2e}。"),)},
    ),
    "a factor that was announced for an earlier year": (
        "case:grid_factor",
        {"emissions": (emission(2023, "37", "36", grid_factor=Decimal("0.42")),),
         "cases": (case("節電 {10.0 萬度|energy_saving|100000 kWh}，減碳 {50.2 噸|emission_reduction|50.2 tCO2e}。"),)},
    ),
    "money of one household": (
        "case:price_per_kwh",
        {"cases": (case("公共用電年節電 {20 萬度|energy_saving|200000 kWh}，"
                        "每戶每月省 {420 元|cost_saving|420 NTD}。"),)},
    ),
    "courses with people, then meetings": (
        "twice:one_number_two_counts",
        {"claims": (claim("開設 {134 班|events|134 場次}，培訓 {5480 人次|participants|5480 人次}。"),
                    claim("培訓 {5480 人次|participants|5480 人次}，召開產業會議 {29 場次|events|29 場次}。"))},
    ),
    "people of two kinds of events added": (
        "twice:one_number_two_counts",
        {"claims": (claim("研討會 {9 場|events|9 場次}、工作坊 {6 班|events|6 場次}，"
                          "培訓 {684 人次|participants|684 人次}。"),
                    claim("辦理 {15 場|events|15 場次}，{684 人次|participants|684 人次}。"))},
    ),
    "another list's events before the people": (
        "twice:one_number_two_counts",
        {"claims": (claim("辦理課程 {23 場|events|23 場次}、淨零人才培訓 {684 人次|participants|684 人次}。"),
                    claim("{15 場|events|15 場次}，{684 人次|participants|684 人次}。"))},
    ),
    "two kinds that add up to the count of both": (
        "twice:prose_differs",
        {"claims": (claim("113 年核定補助運具及充電設備 {68 台|equipment|68 台|2024}。"),),
         "measures": (row("T1-1", results=("113 年核定補助運具 {39 台|equipment|39 台|2024}、"
                                           "充電設備 {29 台|equipment|29 台|2024}。",)),)},
    ),
    "a category beside one measure of it": (
        "twice:prose_differs",
        {"claims": (claim("113 年電動公車充電場站建置貢獻減碳量 {9 萬公噸|emission_reduction|90000 tCO2e|2024}。"),),
         "measures": (row("T1-1", results=("113 年減碳 {6 萬公噸|emission_reduction|60000 tCO2e|2024}。",)),)},
    ),
    "what a plant can work off in a year": (
        "units:cumulative_per_year",
        {"measures": (row("T1-1", results=("累計新增處理量能 {9 萬公噸|physical|90000 t|cumulative}/年。",)),)},
    ),
    "a yearly reduction behind a cumulative count": (
        "units:cumulative_per_year",
        {"measures": (row("T1-1", results=("累計設置 {30 處|count|30 處|cumulative}；"
                                           "減碳 {2 萬公噸|emission_reduction|20000 tCO2e|cumulative}/年。",)),)},
    ),
    "one year below its target and the next above": (
        "emissions:met",
        {"emissions": (emission(2022, "37", "36"), emission(2023, "35", "36.2")),
         "claims": (claim("111 年排放 {36 百萬公噸|emission|36000000 tCO2e|2022}，低於目標值；"
                          "112 年排放 {36.2 百萬公噸|emission|36200000 tCO2e|2023}，較目標值高出 3%。"),)},
    ),
    "a target for the end of a later year": (
        "units:year_and_sum",
        {"measures": (row("T1-1", targets=("114 年累計設置 40 站。",), results=("113 年底累計設置 31 站。",)),)},
    ),
    "an annex that numbers its own tables": (
        "wording:captions",
        {"tables": tuple(table((("甲", "乙"),), number="1", start=at, end=at + 5) for at in (0, 900)),
         "sections": (replace(section("本文"), heading="附件一", place=Place(char_start=800, char_end=999)),)},
    ),
    "the name of a plan with the word plan behind it": (
        "wording:name_variants",
        {"sections": (section("依「公共運輸場站用電效率」及「公共運輸場站用電效率管理計畫」辦理。"),)},
    ),
    "a list whose last item has the unit": (
        "wording:no_money_unit",
        {"comments": (comment("投資分別為 1,200 萬、1,300 萬元。"),)},
    ),
    "the same amount of two things": (
        "twice:bound",
        {"cases": (case("投資約 300 萬元。節省 300 萬度。\n補助 120 萬元。"),)},
    ),
    "amounts that are yearly in both places": (
        "twice:per_year",
        {"cases": (case("每年可節電 1,200 度。\n節電量：1,200 度/年"),)},
    ),
    "one system introduced and built": (
        "wording:abbreviation",
        {"sections": (section("導入能源管理系統(EMS)。"), section("建置能源管理系統(EMS)。"))},
    ),
    "doubled characters across two words": (
        "wording:slips",
        {"measures": (row("T1-1", name="推動動力電池回收", plan="系統統計及設備備援，輔導店家。"),)},
    ),
    "agencies in short form throughout": (
        "wording:agency_form",
        {"measures": tuple(
            row(f"T1-{n}", lead_agencies=(type(BUREAU)("交通部航港局", "航港局", "交通部", "航港局"),)) for n in "123"
        )},
    ),
    "an indicator of the year before, told as such": (
        "targets:indicator_year",
        {"comments": (comment("已達成 113 年評量指標。"),)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", HOLDS)
def test_it_is_not_reported(found, what):
    rule, records = HOLDS[what]
    assert [f.message for f in found(report(**records)) if f.rule == rule] == []
