"""Targets beside results: which figure answers, how far it has come, and why."""

from __future__ import annotations

import pytest

from tests.audit.conftest import item, report, row

# Target, results, what else the measure is; then ratio, status, words of the reason. The report is of 113 (2024),
# a measure's period 110-114, so 80 % of the time is gone.
CASES = {
    "each year, met": (
        "每年 {80 輛|equipment|80 輛|annual}",
        ("{96 輛|equipment|96 輛|2024}",),
        {},
        1.2,
        "met",
        "120.0%",
    ),
    "each year, missed": (
        "每年 {80 輛|equipment|80 輛|annual}",
        ("{60 輛|equipment|60 輛|2024}",),
        {},
        0.75,
        "missed",
        "",
    ),
    "no time word in a result of the year": (
        "每年 {80 輛|equipment|80 輛|annual}",
        ("汰換 {88 輛|equipment|88 輛}",),
        {},
        1.1,
        "met",
        "",
    ),
    "each year, result cumulative": (
        "每年 {10 座|equipment|10 座|annual}",
        ("累計 {36 座|equipment|36 座|cumulative|2021-2024}",),
        {},
        0.9,
        "missed",
        "× 4 年",
    ),
    "whole period, met": (
        "累計 {50 站|count|50 站|cumulative}",
        ("累計 {52 站|count|52 站|cumulative|2021-2024}",),
        {},
        1.04,
        "met",
        "",
    ),
    "whole period, on course": (
        "累計 {50 站|count|50 站|cumulative}",
        ("累計 {40 站|count|40 站|cumulative|2021-2024}",),
        {},
        0.8,
        "on_course",
        "期程已過 80%",
    ),
    "whole period, behind": (
        "累計 {50 站|count|50 站|cumulative}",
        ("累計 {30 站|count|30 站|cumulative|2021-2024}",),
        {},
        0.6,
        "behind",
        "期程已過 80%",
    ),
    "whole period is over": (
        "累計 {50 站|count|50 站|cumulative}",
        ("累計 {49 站|count|49 站|cumulative|2021-2024}",),
        {"end_year": 2024},
        0.98,
        "missed",
        "期程已過 100%",
    ),
    "a span of its own": (
        "113-114 年累計 {20 家|organisations|20 家|cumulative|2024-2025}",
        ("{11 家|organisations|11 家|2024}",),
        {},
        0.55,
        "on_course",
        "期程已過 50%",
    ),
    "whole period, the year alone": (
        "累計 {50 站|count|50 站|cumulative}",
        ("{10 站|count|10 站|2024}",),
        {},
        0.2,
        "not_comparable",
        "只有當年值",
    ),
    "counters are folded": (
        "累計 {60 廠次|organisations|60 廠次|cumulative}",
        ("累計 {66 家|organisations|66 家|cumulative|2021-2024}",),
        {},
        1.1,
        "met",
        "",
    ),
    "another unit": (
        "每年節能 {80 公秉油當量|energy_saving|80 kLOE|annual}",
        ("節能 {90 公噸油當量|energy_saving|90 toe|2024}",),
        {},
        None,
        "not_comparable",
        "單位不同",
    ),
    "nothing answers": (
        "每年 {80 輛|equipment|80 輛|annual}",
        ("減碳 {5 噸|emission_reduction|5 tCO2e}",),
        {},
        None,
        "no_figure",
        "未見",
    ),
    "ended": ("每年 {80 輛|equipment|80 輛|annual}", ("-",), {"status": "ended"}, None, "no_figure", "結束"),
    "of a later year": (
        "114 年 {46 案|organisations|46 案|2025}",
        ("{46 案|organisations|46 案|2024}",),
        {},
        None,
        "not_comparable",
        "尚未屆期",
    ),
    "a level due later": (
        "114 年再利用率達 {81.8 %|rate|81.8 %|2025}",
        ("113 年再利用率達 {81.7 %|rate|81.7 %|2024}",),
        {},
        0.9988,
        "on_course",
        "114 年屆期",
    ),
    "an upper limit kept": (
        "每年不超過 {90 噸|emission|90 tCO2e|annual|<=}",
        ("{80 噸|emission|80 tCO2e|2024}",),
        {},
        0.8889,
        "met",
        "上限",
    ),
    "an upper limit broken": (
        "每年不超過 {90 噸|emission|90 tCO2e|annual|<=}",
        ("{99 噸|emission|99 tCO2e|2024}",),
        {},
        1.1,
        "missed",
        "上限",
    ),
    "parts in several items add up": (
        "每年減碳 {5000 噸|emission_reduction|5000 tCO2e|annual}",
        ("減碳 {960 噸|emission_reduction|960 tCO2e}", "減碳 {4950 噸|emission_reduction|4950 tCO2e}"),
        {},
        1.182,
        "met",
        "合計",
    ),
    "kinds of one list add up": (
        "每年輔導運輸業者 {15 家|organisations|15 家|annual}完成盤查",
        (
            "輔導客運業 {9 家|organisations|9 家|2024}、貨運業 {8 家|organisations|8 家|2024}，"
            "累計 {40 家|organisations|40 家|cumulative}",
        ),
        {},
        1.1333,
        "met",
        "9 家 + 8 家(合計)",
    ),
    "another deed in the same list": (
        "申請專利 {20 件|count|20 件|cumulative}",
        ("申請專利 {5 件|count|5 件|cumulative|2021-2024}、獲證 {4 件|count|4 件|cumulative|2021-2024}",),
        {},
        0.25,
        "behind",
        "5 件 ÷",
    ),
    "the target told again beside the result": (
        "累計汰換 {900 輛|equipment|900 輛|cumulative}",
        (
            "113 年底累計汰換 {630 輛|equipment|630 輛|cumulative|2021-2024}，為全程目標 "
            "{900 輛|equipment|900 輛|cumulative}之七成",
        ),
        {},
        0.7,
        "behind",
        "630 輛",
    ),
    "what a level has risen from": (
        "電動化比率達 {30 %|rate|30 %|2024}",
        ("電動化比率由 {12 %|rate|12 %}提高至 {31 %|rate|31 %}",),
        {},
        1.0333,
        "met",
        "31 %",
    ),
    "a subsidy for one piece": (
        "每輛補助上限 {60 萬元|subsidy|600000 NTD|<=}",
        ("核撥補助 {4 億元|subsidy|400000000 NTD|2024}",),
        {},
        None,
        "no_figure",
        "未見",
    ),
    "what comes once it runs": (
        "每年發電 {16 萬度|physical|160000 kWh|annual}",
        ("113 年發電 {9 萬度|physical|90000 kWh|2024}", "商轉後每年可增加發電 {3 萬度|physical|30000 kWh|annual}"),
        {},
        0.5625,
        "missed",
        "9 萬度",
    ),
    "so far, told in another item": (
        "全程補助汰換柴油公車 {130 輛|equipment|130 輛|cumulative}",
        (
            "113 年補助汰換柴油公車 {38 輛|equipment|38 輛|2024}",
            "截至 113 年底已補助 {118 輛|equipment|118 輛|cumulative}",
        ),
        {},
        0.9077,
        "on_course",
        "118 輛",
    ),
    "nine tenths in words": (
        "每年滿意度 {85 %|rate|85 %|annual}",
        ("滿意度達 {9.2 成二|rate|92 %}",),
        {},
        1.0824,
        "met",
        "92 %",
    ),
    "the only length of an item": (
        "全程完成自行車道 {48 公里|physical|48 km|cumulative}",
        ("累計優化 {51 公里|physical|51 km|cumulative|2021-2024}",),
        {},
        1.0625,
        "met",
        "51 公里",
    ),
    "zero is no target to divide by": (
        "每年 {0 輛|equipment|0 輛|annual}",
        ("{5 輛|equipment|5 輛|2024}",),
        {},
        None,
        "not_comparable",
        "目標為 0",
    ),
    "zero is a result": (
        "每年 {5 輛|equipment|5 輛|annual}",
        ("{0 輛|equipment|0 輛|2024}",),
        {},
        0,
        "missed",
        "0.0%",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_one_target(conn, found, name):
    target, results, more, ratio, status, words = CASES[name]
    found(report(measures=(row("T1-1", targets=(target,), results=results, **more),)))
    (told,) = conn.execute("select ratio, status, reason from achievements").fetchall()
    assert told[:2] == (ratio, status)
    assert words in told[2]


def test_the_item_of_the_same_words_answers(conn, found):
    """The second item's cumulative figure says what it counts only in the clause before it."""
    targets = (
        "累計輔導 {20 家|organisations|20 家|cumulative}業者盤查足跡",
        "累計輔導 {10 家|organisations|10 家|cumulative}業者分析物料",
    )
    results = (
        "113 年輔導 {6 家|organisations|6 家|2024}業者盤查足跡；累計 {26 家|organisations|26 家|cumulative|2021-2024}",
        "113 年輔導 {2 家|organisations|2 家|2024}業者分析物料；累計 {9 家|organisations|9 家|cumulative|2021-2024}",
    )
    found(report(measures=(row("T1-1", targets=targets, results=results),)))
    answers = conn.execute(
        "select t.value, r.value, a.status from achievements a join quantities t on t.id = a.target_quantity_id "
        "join quantities r on r.id = a.result_quantity_id order by t.id"
    ).fetchall()
    assert answers == [(20, 26, "met"), (10, 9, "on_course")]


def test_two_figures_of_one_item_are_answered_by_their_names(conn, found):
    """Fast and slow chargers in one target, each told at several places."""
    targets = ("設置快充 {100 槍|count|100 槍|cumulative}、慢充 {500 槍|count|500 槍|cumulative}",)
    results = (
        item(None, "布建情形如下："),
        item("1", "服務區快充 {18 槍|count|18 槍|cumulative}、慢充 {94 槍|count|94 槍|cumulative}"),
        item("2", "停車場快充 {90 槍|count|90 槍|cumulative}、慢充 {430 槍|count|430 槍|cumulative}"),
    )
    found(report(measures=(row("T1-1", targets=targets, results=results),)))
    assert conn.execute("select ratio, status from achievements order by id").fetchall() == [
        (1.08, "met"),
        (1.048, "met"),
    ]


def test_every_target_figure_has_a_row(conn, found):
    targets = (
        "每年 {80 輛|equipment|80 輛|annual}、{5 場|events|5 場次|annual}",
        "減碳 {5 噸|emission_reduction|5 tCO2e}",
    )
    found(report(measures=(row("T1-1", targets=targets), row("T1-2", targets=targets, status="ended"))))
    rows = conn.execute("select target_quantity_id, measure_id, id from achievements").fetchall()
    assert len(rows) == 6
    assert all(i == f"{target}/achieved" and target.startswith(measure) for target, measure, i in rows)
