"""A table of cases: for each rule a report that holds together, one that does not, and words of what is then said."""

from __future__ import annotations

from typing import Any

import pytest

from kb.audit.rules import RULES
from tests.audit.conftest import (
    BUREAU,
    case,
    claim,
    comment,
    emission,
    figure,
    indicator,
    item,
    report,
    row,
    section,
    table,
)

MARITIME = type(BUREAU)("交通部航港局", "航港局", "交通部", "交通部航港局")
TWO = (row("T1-1"), row("T1-2", category="調適"))
ENDED = row("T1-3", status="ended", end_year=2022, period="110-111", name="機車定期檢驗補助", plan="補助檢驗站")
CASE_KWH = "每年節電 {10 萬度|energy_saving|100000 kWh|annual}"


def summary(*items: str) -> dict[str, Any]:
    """Claims that stand in one table, under a headline of 30 萬公噸."""
    claims = tuple(claim(marked, at) for at, marked in enumerate(items, 100))
    head = claim("113 年總減碳量為 {30 萬公噸|emission_reduction|300000 tCO2e|2024}。", 5)
    return {"claims": (head, *claims), "tables": (table((("項目", "成果"), ("一", "二")), start=100, end=200),)}


def carbon(amount: str) -> str:
    """A reduction in 萬公噸."""
    return f"減碳 {{{amount} 萬公噸|emission_reduction|{float(amount) * 1e4} tCO2e}}。"


ITEMS = tuple(f"{n}.第{n}類：{carbon('10')}" for n in "123")

CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {
    "counts:strategies": (
        {"measures": TWO, "claims": (claim("本期共有 {1 項|count|1 項} 推動策略。"),)},
        {"measures": TWO, "claims": (claim("本期共有 {3 項|count|3 項} 推動策略。"),)},
        "附件一實有 1 項",
    ),
    "counts:measures": (
        {"measures": TWO, "claims": (claim("本期計有 {2 項|count|2 項} 措施。"),)},
        {"measures": TWO, "claims": (claim("本期計有 {5 項|count|5 項} 措施。"),)},
        "附件一實有 2 項",
    ),
    "counts:categories": (
        {"measures": TWO, "claims": (claim("其中實質減量有 {1 項|count|1 項} ，調適有 {1 項|count|1 項}。"),)},
        {"measures": TWO, "claims": (claim("其中實質減量有 {2 項|count|2 項} ，調適有 {1 項|count|1 項}。"),)},
        "減緩類措施數：文中稱 2 項，附件一實有 1 項",
    ),
    "counts:all_met": (
        {"measures": TWO, "claims": (claim("{2 項|count|2 項} 措施均已達成年度目標。"),)},
        {"measures": (*TWO, ENDED), "claims": (claim("{3 項|count|3 項} 措施均已達成年度目標。"),)},
        "1 項期程在報告年度前已結束",
    ),
    "counts:agencies": (
        {"measures": TWO, "claims": (claim("共計 {1 單位|count|1 單位} 執行。"),)},
        {"measures": TWO, "claims": (claim("共計 {4 單位|count|4 單位} 執行。"),)},
        "文中稱 4 個單位",
    ),
    "counts:title_page": (
        {"measures": TWO},
        {"measures": (*TWO, row("T1-3", lead_agencies=(MARITIME,)))},
        "附件一主辦機關未列於題名頁主辦、協辦機關：交通部航港局(T1-3)",
    ),
    "counts:no_agency": (
        {"measures": tuple(row(f"T1-{n}") for n in range(6))},
        {"measures": (*(row(f"T1-{n}") for n in range(5)), row("T1-9", lead_agencies=()))},
        "T1-9",
    ),
    "counts:no_funding": (
        {"measures": tuple(row(f"T1-{n}") for n in range(6))},
        {"measures": (*(row(f"T1-{n}") for n in range(5)), row("T1-9", funding_sources=()))},
        "經費來源欄空白",
    ),
    "counts:ended_in_total": (
        {"measures": TWO,
         "claims": (claim("共計 {2 項|count|2 項}措施減碳 {3 萬公噸|emission_reduction|30000 tCO2e|2024}。"),)},
        {"measures": (*TWO, ENDED),
         "claims": (claim("共計 {3 項|count|3 項}措施減碳 {3 萬公噸|emission_reduction|30000 tCO2e|2024}。"),)},
        "其中 1 項(T1-3)已結束",
    ),
    "sums:sub_items": (
        {"measures": (row("T1-1", results=(
            item("1", "113 年辦理 {5 場|events|5 場次|2024}："), item("1.1", "北部 {2 場|events|2 場次|2024}"),
            item("1.2", "南部 {3 場|events|3 場次|2024}"),
        )),)},
        {"measures": (row("T1-1", results=(
            item("1", "113 年辦理 {6 場|events|6 場次|2024}："), item("1.1", "北部 {2 場|events|2 場次|2024}"),
            item("1.2", "南部 {3 場|events|3 場次|2024}"),
        )),)},
        "2 + 3 = 5 場，總數卻為 6 場",
    ),
    "sums:brackets": (
        {"claims": (claim("共 {9 輛|equipment|9 輛}(甲 {4 輛|equipment|4 輛}、乙 {5 輛|equipment|5 輛})。"),)},
        {"claims": (claim("共 {9 輛|equipment|9 輛}(甲 {4 輛|equipment|4 輛}、乙 {6 輛|equipment|6 輛})。"),)},
        "4 + 6 = 10 輛",
    ),
    "sums:list_total": (
        {"claims": (claim("分別為公路 {4 項|count|4 項}、鐵道 {3 項|count|3 項}，共計 {7 項|count|7 項}。"),)},
        {"claims": (claim("分別為公路 {4 項|count|4 項}、鐵道 {3 項|count|3 項}，共計 {8 項|count|8 項}。"),)},
        "4 + 3 = 7 項，文中共計 8 項",
    ),
    "sums:components": (
        {"claims": (claim("總量 {9 萬公噸|emission|90000 tCO2e}，其中公路占 {5 萬公噸|emission|50000 tCO2e}，"
                          "航空占 {4 萬公噸|emission|40000 tCO2e}。"),)},
        {"claims": (claim("總量 {9 萬公噸|emission|90000 tCO2e}，其中公路占 {7 萬公噸|emission|70000 tCO2e}，"
                          "航空占 {4 萬公噸|emission|40000 tCO2e}。"),)},
        "大於總數 9 萬公噸",
    ),
    "sums:years": (
        {"measures": (row("T1-1", results=("113 年汰換 {30 輛|equipment|30 輛|2024}，累計 "
                                           "{90 輛|equipment|90 輛|cumulative|2021-2024}。",)),)},
        {"measures": (row("T1-1", results=("113 年汰換 {95 輛|equipment|95 輛|2024}，累計 "
                                           "{90 輛|equipment|90 輛|cumulative|2021-2024}。",)),)},
        "當年 95 輛 大於累計 90 輛",
    ),
    "sums:product": (
        {"cases": (case("減量為 0.23*6500 噸=1500 噸。"),)},
        {"cases": (case("減量為 0.33*6500 噸=1500 噸。"),)},
        "0.33 × 6500 = 2,145",
    ),
    "sums:annex_headline": (
        summary() | {"measures": tuple(row(f"T1-{n}", results=(carbon("10"),)) for n in range(3))},
        summary() | {"measures": tuple(row(f"T1-{n}", results=(carbon("15"),)) for n in range(3))},
        "合計 45 萬公噸",
    ),
    "sums:table_headline": (summary(*ITEMS), summary(*ITEMS[:2], f"3.第3類：{carbon('25')}"), "差 15 萬公噸"),
    "sums:item_annex": (
        summary(f"1.電動公車充電場站：輔導 {{12 家|organisations|12 家}} 客運業者，{carbon('4')}", *ITEMS[:2])
        | {"measures": (row("T1-1", results=(f"輔導 {{12 家|organisations|12 家}} 客運業者，{carbon('4')}",)),)},
        summary(f"1.電動公車充電場站：輔導 {{12 家|organisations|12 家}} 客運業者，{carbon('9')}", *ITEMS[:2])
        | {"measures": (row("T1-1", results=(f"輔導 {{12 家|organisations|12 家}} 客運業者，{carbon('4')}",)),)},
        "附件一同措施當年減碳卻為 4 萬公噸",
    ),
    "sums:item_below_measure": (
        summary(f"1.電動公車充電場站建置：{carbon('9')}", *ITEMS[:2])
        | {"measures": (row("T1-1", results=(carbon("9"),)),)},
        summary(f"1.電動公車充電場站建置：{carbon('2')}", *ITEMS[:2])
        | {"measures": (row("T1-1", results=(carbon("9"),)),)},
        "小於附件一最相近的單一措施 T1-1",
    ),
    "sums:item_unfound": (
        summary(f"1.充電場站：{{24 家|organisations|24 家}}，{carbon('9')}", *ITEMS[:2])
        | {"measures": (row("T1-1", results=("輔導 {24 家|organisations|24 家}",)),)},
        summary(f"1.充電場站：{{25 家|organisations|25 家}}，{carbon('9')}", *ITEMS[:2])
        | {"measures": (row("T1-1", results=("輔導 {24 家|organisations|24 家}",)),)},
        "25 家 無法由附件一",
    ),
    "sums:case_table": (
        {"cases": (case("甲案 {1005 噸|emission_reduction|1005 tCO2e}，乙案 {2004 噸|emission_reduction|2004 tCO2e}"),),
         "tables": (table((("案", "減量"),), number=None, end=50),),
         "measures": (row("T1-1", results=("減碳 {0.301 萬公噸|emission_reduction|3010 tCO2e}",)),)},
        {"cases": (case("甲案 {1005 噸|emission_reduction|1005 tCO2e}，乙案 {2004 噸|emission_reduction|2004 tCO2e}"),),
         "tables": (table((("案", "減量"),), number=None, end=50),),
         "measures": (row("T1-1", results=("減碳 {0.299 萬公噸|emission_reduction|2990 tCO2e}",)),)},
        "= 3,009",
    ),
    "budget:rate": (
        {"claims": (claim("編列 {10.0 億元|budget|1000000000 NTD}，實際執行經費 {9.5 億元|budget|950000000 NTD}，"
                          "執行率為 {95 %|rate|95 %}。"),)},
        {"claims": (claim("編列 {10.0 億元|budget|1000000000 NTD}，實際執行經費 {9.5 億元|budget|950000000 NTD}，"
                          "執行率為 {98 %|rate|98 %}。"),)},
        "= 95.0%，文中卻稱執行率 98 %",
    ),
    "budget:totals": (
        {"claims": (claim("整體編列 {3.0 億元|budget|300000000 NTD}。"),),
         "measures": (row("T1-1", budget_ntd=300_000_000),)},
        {"claims": (claim("整體編列 {3.3 億元|budget|330000000 NTD}。"),),
         "measures": (row("T1-1", budget_ntd=300_000_000),)},
        "合計 3.00 億元 ≠ 文中編列 3.3 億元",
    ),
    "budget:shares": (
        {"claims": (claim("共編列 {4 億元|budget|400000000 NTD}，以公路局占比 {75 %|rate|75 %} 最高。"),),
         "measures": (row("T1-1", budget_ntd=300_000_000),
                      row("T1-2", budget_ntd=100_000_000, lead_agencies=(MARITIME,)))},
        {"claims": (claim("共編列 {4 億元|budget|400000000 NTD}，以公路局占比 {60 %|rate|60 %} 最高。"),),
         "measures": (row("T1-1", budget_ntd=300_000_000),
                      row("T1-2", budget_ntd=100_000_000, lead_agencies=(MARITIME,)))},
        "= 75.0%",
    ),
    "budget:unexplained_rate": (
        {"measures": (row("T1-1", budget_ntd=100, execution_rate="0.5", budget_note="廠商延遲交車"),)},
        {"measures": (row("T1-1", budget_ntd=100, execution_rate="0.5"),)},
        "經費執行率 50%",
    ),
    "emissions:cumulative": (
        {"emissions": (emission(2021, "30.1", "31.2", ("30.1", "31.2")), emission(2022, "29", "30", ("59.1", "61.2")))},
        {"emissions": (emission(2021, "30.1", "31.2", ("30.1", "31.2")), emission(2022, "29", "30", ("59.1", "63.2")))},
        "超出四捨五入範圍",
    ),
    "emissions:prose": (
        {"emissions": (emission(2023, "37", "36.25"),),
         "claims": (claim("112 年排放量為 {36.3 百萬公噸|emission|36300000 tCO2e|2023}。"),)},
        {"emissions": (emission(2023, "37", "36.25"),),
         "claims": (claim("112 年排放量為 {36.9 百萬公噸|emission|36900000 tCO2e|2023}。"),)},
        "112 年排放量有兩個數字",
    ),
    "emissions:met": (
        {"emissions": (emission(2023, "37", "36.2"),),
         "claims": (claim("112 年排放 {36.2 百萬公噸|emission|36200000 tCO2e|2023}，符合目標。"),)},
        {"emissions": (emission(2023, "35", "36.2"),),
         "claims": (claim("112 年排放 {36.2 百萬公噸|emission|36200000 tCO2e|2023}，符合目標。"),)},
        "高於目標值 35",
    ),
    "emissions:over_target": (
        {"emissions": (emission(2023, "37", "36.2"),)},
        {"emissions": (emission(2023, "35", "36.2"),)},
        "該年未達目標",
    ),
    "emissions:trend": (
        {"emissions": tuple(emission(2020 + n, "40", str(38 - n)) for n in range(4)),
         "claims": (claim("排放量自 110 年起已連續 3 年下降。"),)},
        {"emissions": tuple(emission(2020 + n, "40", v) for n, v in enumerate(("38", "37", "37.5", "36"))),
         "claims": (claim("排放量自 110 年起已連續 3 年下降。"),)},
        "只見 2 次下降",
    ),
    "change:percent": (
        {"cases": (case("耗電由 {200 度|physical|200 kWh}降至 {150 度|physical|150 kWh}，節能率 "
                        "{25 %|saving_rate|25 %}。"),)},
        {"cases": (case("耗電由 {200 度|physical|200 kWh}降至 {150 度|physical|150 kWh}，節能率 "
                        "{33 %|saving_rate|33 %}。"),)},
        "= 25%，文中卻稱 33 %",
    ),
    "change:difference": (
        {"cases": (case("耗電由 {200 度|physical|200 kWh}降至 {150 度|physical|150 kWh}，年省 "
                        "{50 度|energy_saving|50 kWh}。"),)},
        {"cases": (case("耗電由 {200 度|physical|200 kWh}降至 {150 度|physical|150 kWh}，年省 "
                        "{80 度|energy_saving|80 kWh}。"),)},
        "相差 50 度",
    ),
    "twice:one_number_two_counts": (
        {"claims": (claim("{12 場|events|12 場次}，{640 人次|participants|640 人次}參加。"),
                    claim("訓練 {12 場|events|12 場次}，{640 人次|participants|640 人次}。"))},
        {"claims": (claim("{12 場|events|12 場次}，{640 人次|participants|640 人次}參加。"),
                    claim("訓練 {15 場|events|15 場次}，{640 人次|participants|640 人次}。"))},
        "一處對應 12 場，另一處對應 15 場",
    ),
    "twice:noun_differs": (
        {"claims": (claim("輔導 {45 家|organisations|45 家}企業節能診斷。"),
                    claim("完成 {45 家|organisations|45 家}工廠節能診斷。"))},
        {"claims": (claim("輔導 {45 家|organisations|45 家}學校節能診斷。"),
                    claim("完成 {45 家|organisations|45 家}工廠節能診斷。"))},
        "所計對象不同",
    ),
    "twice:counter_differs": (
        {"claims": (claim("電動公車充電場站建置完成 {31 家|organisations|31 家}客運業者訪視。"),),
         "measures": (row("T1-1", results=("完成 {31 家|organisations|31 家}客運業者訪視。",)),)},
        {"claims": (claim("電動公車充電場站建置完成 {31 場次|events|31 場次}客運業者訪視。"),),
         "measures": (row("T1-1", results=("完成 {31 家|organisations|31 家}客運業者訪視。",)),)},
        "量詞不同",
    ),
    "twice:ended": (
        {"measures": (*TWO, ENDED), "claims": (claim("汰換公車 {31 輛|equipment|31 輛}。"),)},
        {"measures": (*TWO, ENDED), "claims": (claim("辦理機車定期檢驗 {31 場|events|31 場次}。"),)},
        "期程至 111 年",
    ),
    "twice:number_two_units": (
        {"cases": (case("年節電 {85 萬度|energy_saving|850000 kWh}，節省 {210 萬元|cost_saving|2100000 NTD}。"),)},
        {"cases": (case("年節電 {85 萬度|energy_saving|850000 kWh}，節省 {85 萬元|cost_saving|850000 NTD}。"),)},
        "同一數字兩種單位",
    ),
    "twice:level_differs": (
        {"cases": (case("目前良率約 80%。改善後節電。良率由 80% 起算。"),)},
        {"cases": (case("目前良率約 80%。改善後節電。良率由 75% 起算。"),)},
        "良率有兩個數字",
    ),
    "twice:value_differs": (
        {"measures": (row("T1-1", name="鐵路轉乘優惠", results=("辦理 {18 場|events|18 場次|2024}轉乘優惠宣導。",)),),
         "cases": (case("辦理 {18 場|events|18 場次|2024}轉乘優惠宣導。", "鐵路轉乘優惠"),)},
        {"measures": (row("T1-1", name="鐵路轉乘優惠", results=("辦理 {18 場|events|18 場次|2024}轉乘優惠宣導。",)),),
         "cases": (case("辦理 {16 場|events|16 場次|2024}轉乘優惠宣導。", "鐵路轉乘優惠"),)},
        "附件一 T1-1",
    ),
    "twice:prose_differs": (
        {"claims": (claim("完成汰換老舊柴油公車為電動公車 {120 輛|equipment|120 輛|2024}。"),
                    claim("113 年完成汰換老舊柴油公車為電動公車 {120 輛|equipment|120 輛|2024}。"))},
        {"claims": (claim("完成汰換老舊柴油公車為電動公車 {120 輛|equipment|120 輛|2024}。"),
                    claim("113 年完成汰換老舊柴油公車為電動公車 {130 輛|equipment|130 輛|2024}。"))},
        "同一項目兩個數字",
    ),
    "twice:comparator": (
        {"comments": (comment("已有 140 個公會加入。"), comment("共 140 個公會。"))},
        {"comments": (comment("已有 140 個公會加入。"), comment("共逾 140 個公會。"))},
        "精確程度不同",
    ),
    "twice:digits": (
        {"cases": (case("可減碳 {4950 噸|emission_reduction|4950 tCO2e}。"),),
         "measures": (row("T1-1", results=("減碳 {4950 噸|emission_reduction|4950 tCO2e}",)),)},
        {"cases": (case("可減碳 {4950.4 噸|emission_reduction|4950.4 tCO2e}。"),),
         "measures": (row("T1-1", results=("減碳 {4950 噸|emission_reduction|4950 tCO2e}",)),)},
        "差 0.4 噸",
    ),
    "twice:counter_changes": (
        {"measures": (row("T1-1", results=("輔導客運業者 {28 家|organisations|28 家|2024}。",
                                           "累計輔導客運業者 {80 家|organisations|80 家|cumulative|2021-2024}。")),)},
        {"measures": (row("T1-1", results=("輔導客運業者 {28 家|organisations|28 家|2024}。",
                                           "累計輔導客運業者 {80 家次|organisations|80 家次|cumulative}。")),)},
        "量詞不同",
    ),
    "twice:bound": (
        {"cases": (case("節省 100 萬元以上。\n節省費用：100 萬元以上"),)},
        {"cases": (case("節省 100 萬元以上。\n節省費用：100 萬元"),)},
        "精確程度不同：「100萬元以上」與「100萬元」",
    ),
    "twice:per_year": (
        {"cases": (case("每年減碳 1,200 噸。\n減碳量：1,200 噸/年"),)},
        {"cases": (case("可減碳 1,200 噸。\n減碳量：1,200 噸/年"),)},
        "一處為每年、一處未載期間：「1,200噸」與「1,200噸/年」",
    ),
    "twice:unit_form": (
        {"cases": (case("投資 3,400 萬元。\n投資金額：3,400 萬元"),)},
        {"cases": (case("投資 3,400 萬元。\n投資金額：3,400 萬"),)},
        "「3,400萬元」與「3,400萬」",
    ),
    "twice:clause_differs": (
        {"cases": (case("車隊採用回生煞車裝置降低耗電。\n車隊採用回生煞車裝置降低耗電"),)},
        {"cases": (case("車隊採用回生煞車裝置降低耗電。\n車隊採用回生制動裝置降低耗電"),)},
        "「回生煞車裝置」與「回生制動裝置」",
    ),
    "twice:spelling": (
        {"cases": (case("回收蒸汽。\n蒸汽供應"), case("回收蒸氣。", "另一案"))},
        {"cases": (case("回收蒸汽供暖。\n蒸氣供應"),)},
        "一物兩名：「回收蒸汽供暖",
    ),
    "twice:two_programmes": (
        {"measures": (row("T1-1", name="電動大客車示範計畫"), row("T1-2", name="運具電動化推廣計畫")),
         "cases": (case("電動大客車示範計畫補助車輛。\n計畫名稱：電動大客車示範計畫"),)},
        {"measures": (row("T1-1", name="電動大客車示範計畫"), row("T1-2", name="運具電動化推廣計畫")),
         "cases": (case("電動大客車示範計畫補助車輛。\n計畫名稱：運具電動化推廣計畫"),)},
        "屬附件一兩項不同措施",
    ),
    "case:payback": (
        {"cases": (case("投資 {300 萬元|investment|3000000 NTD}，年省 {100 萬元|cost_saving|1000000 NTD}，"
                        "{3 年|payback_period|3 yr}回收。"),)},
        {"cases": (case("投資 {300 萬元|investment|3000000 NTD}，年省 {100 萬元|cost_saving|1000000 NTD}，"
                        "{5 年|payback_period|5 yr}回收。"),)},
        "= 3.00 年，文中稱 5 年",
    ),
    "case:price_per_kwh": (
        {"cases": (case(f"{CASE_KWH}，節省 {{32 萬元|cost_saving|320000 NTD}}。"),)},
        {"cases": (case(f"{CASE_KWH}，節省 {{320 萬元|cost_saving|3200000 NTD}}。"),)},
        "每度 32 元",
    ),
    "case:grid_factor": (
        {"emissions": (emission(2023, "37", "36"),),
         "cases": (case(f"{CASE_KWH}，減碳 {{49 噸|emission_reduction|49 tCO2e}}。"),)},
        {"emissions": (emission(2023, "37", "36"),),
         "cases": (case(f"{CASE_KWH}，減碳 {{62 噸|emission_reduction|62 tCO2e}}。"),)},
        "每度 0.62 公斤",
    ),
    "case:factor_before_after": (
        {"cases": (case("用電 {20 萬度|physical|200000 kWh}→{10 萬度|physical|100000 kWh}，排放 "
                        "{98 噸|emission|98 tCO2e}→{49 噸|emission|49 tCO2e}。"),)},
        {"cases": (case("用電 {20 萬度|physical|200000 kWh}→{10 萬度|physical|100000 kWh}，排放 "
                        "{98 噸|emission|98 tCO2e}→{25 噸|emission|25 tCO2e}。"),)},
        "前後係數不一",
    ),
    "case:rate_of_base": (
        {"cases": (case(f"年用電量 {{40 萬度|physical|400000 kWh}}，{CASE_KWH}，節能率 {{25 %|saving_rate|25 %}}。"),)},
        {"cases": (case(f"年用電量 {{40 萬度|physical|400000 kWh}}，{CASE_KWH}，節能率 {{35 %|saving_rate|35 %}}。"),)},
        "= 25%，不在文中節能率 35 %",
    ),
    "case:money_parts": (
        {"cases": (case("總經費 {90 萬元|budget|900000 NTD}(政府款 {50 萬元|subsidy|500000 NTD}/自籌款 "
                        "{40 萬元|budget|400000 NTD})"),)},
        {"cases": (case("總經費 {99 萬元|budget|990000 NTD}(政府款 {50 萬元|subsidy|500000 NTD}/自籌款 "
                        "{40 萬元|budget|400000 NTD})"),)},
        "與總經費 99 萬元 不符",
    ),
    "case:savings_parts": (
        {"cases": (case("共省 {60 萬元|cost_saving|600000 NTD}。" + "".join(
            f"第{n}項省 {{20 萬元|cost_saving|200000 NTD}}。" for n in "123")),)},
        {"cases": (case("共省 {80 萬元|cost_saving|800000 NTD}。" + "".join(
            f"第{n}項省 {{20 萬元|cost_saving|200000 NTD}}。" for n in "123")),)},
        "全案卻為 80 萬元",
    ),
    "case:payback_unfounded": (
        {"cases": (case("投資 {300 萬元|investment|3000000 NTD}，年省 {100 萬元|cost_saving|1000000 NTD}，"
                        "{3 年|payback_period|3 yr}回收。"),)},
        {"cases": (case("投資 {300 萬元|investment|3000000 NTD}，{3 年|payback_period|3 yr}回收。"),)},
        "未載每年節省金額",
    ),
    "case:more_than_all": (
        {"cases": (case("排放由 {90 噸|emission|90 tCO2e}降至 {30 噸|emission|30 tCO2e}，減碳 "
                        "{60 噸|emission_reduction|60 tCO2e}。"),)},
        {"cases": (case("排放由 {90 噸|emission|90 tCO2e}降至 {30 噸|emission|30 tCO2e}，減碳 "
                        "{95 噸|emission_reduction|95 tCO2e}。"),)},
        "減碳 95 噸 大於改善前排放 90 噸",
    ),
    "case:factors_vary": (
        {"emissions": (emission(2023, "37", "36"),),
         "cases": tuple(case(f"{CASE_KWH}，減碳 {{49.1 噸|emission_reduction|49.1 tCO2e}}。", t) for t in "甲乙")},
        {"emissions": (emission(2023, "37", "36"),),
         "cases": (case("節電 {10.00 萬度|energy_saving|100000 kWh}，"
                        "減碳 {49.1 噸|emission_reduction|49.1 tCO2e}。", "甲"),
                   case("節電 {10.00 萬度|energy_saving|100000 kWh}，"
                        "減碳 {51.2 噸|emission_reduction|51.2 tCO2e}。", "乙"))},
        "甲 49.1 噸 ÷ 10 萬度 = 0.491",
    ),
    "case:prices_vary": (
        {"cases": tuple(case(f"{CASE_KWH}，節省 {{32 萬元|cost_saving|320000 NTD}}。", t) for t in "甲乙")},
        {"cases": (case(f"{CASE_KWH}，節省 {{32 萬元|cost_saving|320000 NTD}}。", "甲"),
                   case(f"{CASE_KWH}，節省 {{60 萬元|cost_saving|600000 NTD}}。", "乙"))},
        "乙 60 萬元 ÷ 10 萬度 = 6",
    ),
    "units:person_or_visit": (
        {"comments": (comment("參訓人次達 640 人次。"),)},
        {"comments": (comment("參訓人次達 640 人。"),)},
        "名為人次，單位卻為人",
    ),
    "units:exact_over": (
        {"comments": (comment("輔導超過 2,300 家。"),)},
        {"comments": (comment("輔導超過 2,347 家。"),)},
        "與精確到個位的數字並用",
    ),
    "units:rate_in_amount": (
        {"cases": (case("節電率可達 12%。"),)},
        {"cases": (case("節電率可達 12 萬度。"),)},
        "單位應為 %",
    ),
    "units:cumulative_per_year": (
        {"measures": (row("T1-1", results=("累計減碳 {5 萬公噸|emission_reduction|50000 tCO2e|cumulative}。",)),)},
        {"measures": (row("T1-1", results=("累計減碳 {5 萬公噸|emission_reduction|50000 tCO2e|cumulative}/年。",)),)},
        "累計值卻以每年為單位",
    ),
    "units:not_carbon_as_carbon": (
        {"cases": (case("蒸汽整合量 {9 萬公噸|physical|90000 t}。"),)},
        {"cases": (case("蒸汽整合量 {9 萬公噸 CO2e|physical|90000 tCO2e}。"),)},
        "蒸汽是實物量",
    ),
    "units:no_mass": (
        {"cases": (case("減碳 {900 噸CO2e|emission_reduction|900 tCO2e}。"),)},
        {"cases": (case("減碳 {900 CO2e|emission_reduction|900 tCO2e}。"),)},
        "缺質量單位",
    ),
    "units:oil_equivalent": (
        {"measures": (row("T1-1", targets=("年節能 {80 公秉油當量|energy_saving|80 kLOE}",),
                          results=("節能 {90 公秉油當量|energy_saving|90 kLOE}",)),)},
        {"measures": (row("T1-1", targets=("年節能 {80 公秉油當量|energy_saving|80 kLOE}",),
                          results=("節能 {90 公噸油當量|energy_saving|90 toe}",)),)},
        "成果約 100 公秉油當量",
    ),
    "units:loose_and_bound": (
        {"cases": (case("節省約 300 萬元。節省 25~40%。"),)},
        {"cases": (case("節省約 300 萬元以上。"),)},
        "「約」與「以上」並用",
    ),
    "units:counter": (
        {"comments": (comment("邀集 20 位專家。"),)},
        {"comments": (comment("邀集 20 家專家。"),)},
        "量詞「家」",
    ),
    "units:year_and_sum": (
        {"measures": (row("T1-1", results=("截至 113 年累計設置 40 站，110-113 年累計補助 9 家。",)),)},
        {"measures": (row("T1-1", results=("113 年累計設置 40 站。",)),)},
        "單一年度與「累計」並用",
    ),
    "units:every_year_twice": (
        {"measures": (row("T1-1", results=("每年減碳 {5 噸|emission_reduction|5 tCO2e|annual}。",)),)},
        {"measures": (row("T1-1", results=("每年減碳 {5 噸|emission_reduction|5 tCO2e|annual}/年。",)),)},
        "重複",
    ),
    "targets:short": (
        {"measures": (row("T1-1", targets=("每年 {80 輛|equipment|80 輛|annual}",),
                          results=("{80 輛|equipment|80 輛|2024}",)),)},
        {"measures": (row("T1-1", targets=("每年 {80 輛|equipment|80 輛|annual}",),
                          results=("{60 輛|equipment|60 輛|2024}",)),)},
        "T1-1 未達目標",
    ),
    "targets:far_exceeded": (
        {"measures": (row("T1-1", targets=("每年 {80 輛|equipment|80 輛|annual}",),
                          results=("{90 輛|equipment|90 輛|2024}",)),)},
        {"measures": (row("T1-1", targets=("每年 {80 輛|equipment|80 輛|annual}",),
                          results=("{240 輛|equipment|240 輛|2024}",)),)},
        "300.0%",
    ),
    "targets:year_over_period": (
        {"measures": (row("T1-1", targets=("累計 {80 輛|equipment|80 輛|cumulative}",),
                          results=("{30 輛|equipment|30 輛|2024}",)),)},
        {"measures": (row("T1-1", targets=("累計 {80 輛|equipment|80 輛|cumulative}",),
                          results=("{90 輛|equipment|90 輛|2024}",)),)},
        "已達全程累計目標",
    ),
    "targets:expected_as_result": (
        {"measures": (row("T1-1", results=(carbon("3"),)),)},
        {"measures": (row("T1-1", results=("達成預期" + carbon("3"),)),)},
        "卻與「達成、完成」並稱",
    ),
    "targets:category": (
        {"measures": (row("T1-1", results=(carbon("3"),)), row("T1-2", category="能力建構"))},
        {"measures": (row("T1-1", results=(carbon("3"),)), row("T1-2", category="能力建構", results=(carbon("2"),)))},
        "1 項能力建構類措施列有減碳量：T1-2 2 萬公噸",
    ),
    "targets:copied": (
        {"measures": (row("T1-1", targets=("節電率 {2 %|saving_rate|2 %|>=}以上",),
                          results=("節電率 {2.3 %|saving_rate|2.3 %}",)),)},
        {"measures": (row("T1-1", targets=("節電率 {2 %|saving_rate|2 %|>=}以上",),
                          results=("節電率 {2 %|saving_rate|2 %|>=}以上",)),)},
        "與目標逐字相同",
    ),
    "targets:period": (
        {"measures": TWO},
        {"measures": (*TWO, row("T1-4", end_year=2023, period="110-112"))},
        "期程只到 112 年",
    ),
    "targets:indicator_year": (
        {"indicators": (indicator("113 年 30%", "113 年 31%"),), "comments": (comment("已達成 113 年評量指標。"),)},
        {"indicators": (indicator("112 年 30%", "112 年 31%"),), "comments": (comment("已達成 113 年評量指標。"),)},
        "評量指標表只有 112 年之值，無 113 年",
    ),
    "targets:only_cumulative": (
        {"measures": (row("T1-1", targets=("每年汰換 {80 輛|equipment|80 輛|annual}",),
                          results=("汰換 {90 輛|equipment|90 輛|2024}，累計 {330 輛|equipment|330 輛|cumulative}",)),)},
        {"measures": (row("T1-1", targets=("每年汰換 {80 輛|equipment|80 輛|annual}",),
                          results=("累計汰換 {330 輛|equipment|330 輛|cumulative|2021-2024}",)),)},
        "成果只有累計值",
    ),
    "targets:no_answer": (
        {"measures": (row("T1-1", targets=("每年 {80 輛|equipment|80 輛|annual}",),
                          results=("{80 輛|equipment|80 輛|2024}",)),)},
        {"measures": (row("T1-1", targets=("每年 {80 輛|equipment|80 輛|annual}",), results=("辦理中",)),)},
        "成果未見與「80 輛」同類的數值",
    ),
    "wording:unmasked": (
        {"cases": (case("某食品廠改善。"), case("某紡織業者改善。"), case("某量販業回收。"))},
        {"cases": (case("某食品廠改善。"), case("某紡織業者改善。"), case("於家樂福門市回收。"))},
        "「家樂福」為未隱去的公司名稱",
    ),
    "wording:captions": (
        {"figures": (figure("1", "歷年排放"), figure("2", "能源結構"))},
        {"figures": (figure("1", "歷年排放"), figure(None, "圖 1 能源結構"))},
        "圖 1 有兩個",
    ),
    "wording:references": (
        {"figures": (figure("1", "歷年排放"),), "sections": (section("排放如圖 1 所示。"),)},
        {"figures": (figure("1", "歷年排放"),), "sections": (section("排放如圖 4 所示。"),)},
        "報告內沒有圖 4",
    ),
    "wording:name_variants": (
        {"sections": (section("依「運輸部門能源消費統計」辦理，並參「國家溫室氣體排放清冊」。"),)},
        {"sections": (section("依「運輸部門能源消費統計」辦理，並參「運輸部門能源消費量統計」。"),)},
        "名稱寫法不一",
    ),
    "wording:abbreviation": (
        {"sections": (section("導入能源管理系統(EMS)。已建置能源管理系統(EMS)。EMS(能源管理系統)運轉中。"),)},
        {"sections": (section("導入車隊管理系統(FMS)。FMS(車隊調度管理系統)運轉中。"),)},
        "FMS 有兩個中文名稱：「車隊管理系統」與「車隊調度管理系統」",
    ),
    "wording:brackets": (
        {"measures": (row("T1-1", name="公車汰換(電動)補助"),)},
        {"measures": (row("T1-1", name="公車汰換(電動)補助)"),)},
        "括號不成對：「公車汰換(電動)補助)」",
    ),
    "wording:listed_twice": (
        {"sections": (section("配置電表、溫度計、照度計及流量計等。"),)},
        {"sections": (section("配置設備如溫度計、照度計、露點計、溫度計、流量計等。"),)},
        "列舉中「溫度計」出現兩次",
    ),
    "wording:agency_form": (
        {"measures": tuple(row(f"T1-{n}") for n in range(5))},
        {"measures": (*(row(f"T1-{n}") for n in range(5)),
                      row("T1-9", lead_agencies=(type(BUREAU)("交通部航港局", "航港局", "交通部", "航港局"),)))},
        "機關「航港局」(T1-9)未寫明所屬部會",
    ),
    "wording:slips": (
        {"comments": (comment("會同業者及公會等辦理。"),), "measures": (row("T1-1", plan="提供輔導。"),)},
        {"comments": (comment("會同業者及等公會辦理。"),)},
        "「及等」連用",
    ),
    "wording:no_money_unit": (
        {"comments": (comment("促成投資 3,400 萬元，經費 2 億、3 億元。"),)},
        {"comments": (comment("促成投資 3,400 萬。"),)},
        "缺金額單位「元」",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", CASES)
def test_a_report_that_holds_together(found, rule):
    holds, _, _ = CASES[rule]
    assert [f.message for f in found(report(**holds)) if f.rule == rule] == []


@pytest.mark.parametrize("rule", CASES)
def test_a_report_that_does_not(found, rule):
    _, breaks, words = CASES[rule]
    messages = [f.message for f in found(report(**breaks)) if f.rule == rule]
    assert [m for m in messages if words in m], messages


def test_every_rule_has_a_case():
    assert {r.name for r in RULES} == set(CASES)


def test_every_rule_says_what_it_checks_and_what_it_lets_pass():
    assert [r.name for r in RULES if not r.summary.endswith("。") or len(r.tolerance) < 5] == []


def test_a_report_without_anything(found):
    assert found(report()) == []
