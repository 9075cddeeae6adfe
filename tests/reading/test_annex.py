"""Annex one as other ministries set it: whole measures from whole documents, drawn or typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.reading import read_report
from extract.reading.annex import AnnexReading, read_annex
from extract.reading.measure_row import split_marks, status_of
from extract.records import Measure
from tests.documents.drawing import Sheet
from tests.documents.drawing import document as drawn
from tests.reading.documents import document, rules

XS = (30.0, 130.0, 230.0, 320.0, 400.0, 560.0, 720.0, 800.0)
HEADER = ["推動策略", "推動措施", "主(協)辦機關", "推動期程", "預期效益", "執行成果", "經費(萬元)"]


def typed(*rows: list[str], above: str = "附件一") -> AnnexReading:
    """From a text file: a heading, then a table with a tab between cells."""
    return read_annex(document("\n".join([f"# {above}", "", *("\t".join(row) for row in rows), ""])), 2024)


def brief(measure: Measure) -> tuple[object, ...]:
    """What most cases are about."""
    return (
        measure.code,
        measure.name,
        measure.strategy_code,
        [a.name for a in measure.lead_agencies],
        [a.name for a in measure.co_agencies],
        (measure.start_year, measure.end_year),
        [(item.ordinal, item.text) for item in measure.targets],
        [(item.ordinal, item.text) for item in measure.results],
        measure.budget_ntd,
    )


def test_two_measures_of_a_ruled_page_and_one_cut_by_its_end() -> None:
    """A strategy merged over three measures and two pages; the second measure's result goes on overleaf."""
    first, second = Sheet(right=842, height=595), Sheet(right=842, height=595)
    first.table(
        XS,
        (420, 450, 490, 530),
        [
            HEADER,
            [
                "1.1 公共運輸",
                "1.1.1 電動公車",
                "公路局",
                "110-114",
                "1.補助 80 輛。\n2.設站 5 處。",
                "1.補助 90 輛。\n2.設站 4 處。",
                "500",
            ],
            [None, "1.1.2 輕軌", "鐵道局", "112", "興建 2 線", "完成 2 線，並辦理說明會\n", "1,200"],
        ],
    )
    second.table(
        XS,
        (60, 90, 120, 150),
        [HEADER, ["", "", "", "", "", "6 場次", ""], [None, "1.1.3 步道", "國土署", "113", "8 公里", "9 公里", "30"]],
    )
    reading = read_annex(drawn(first, second), 2024)
    assert [brief(m) for m in reading.measures] == [
        (
            "1.1.1",
            "電動公車",
            "1.1",
            ["交通部公路局"],
            [],
            (2021, 2025),
            [("1", "補助 80 輛。"), ("2", "設站 5 處。")],
            [("1", "補助 90 輛。"), ("2", "設站 4 處。")],
            Decimal(5_000_000),
        ),
        (
            "1.1.2",
            "輕軌",
            "1.1",
            ["交通部鐵道局"],
            [],
            (2023, 2023),
            [(None, "興建 2 線")],
            [(None, "完成 2 線，並辦理說明會6 場次")],
            Decimal(12_000_000),
        ),
        (
            "1.1.3",
            "步道",
            "1.1",
            ["內政部國土管理署"],
            [],
            (2024, 2024),
            [(None, "8 公里")],
            [(None, "9 公里")],
            Decimal(300_000),
        ),
    ]
    assert [(s.code, s.title) for s in reading.strategies] == [("1.1", "公共運輸")]
    assert [box.page for box in reading.measures[1].places["result"].boxes] == [1, 2]
    assert [box.page for box in reading.measures[1].place.boxes] == [1, 2]


def test_codes_of_their_own_column_and_letters_in_them() -> None:
    reading = typed(
        ["策略", "措施編號", "措施名稱", "權責機關", "期程", "預期目標", "辦理情形"],
        ["T1 公共運輸", "T1-1", "電動公車", "公路局", "110-114", "80 輛", "90 輛"],
        ["T1 公共運輸", "T1-2", "CO2 捕捉示範", "鐵道局", "110-114", "2 線", "1 線"],
    )
    assert [(m.code, m.name, m.strategy_code) for m in reading.measures] == [
        ("T1-1", "電動公車", "T1"),
        ("T1-2", "CO2 捕捉示範", "T1"),
    ]


def test_chinese_codes_of_two_levels() -> None:
    reading = typed(
        ["推動策略", "推動措施", "主辦機關", "期程", "預期效益", "執行成果"],
        ["一、健康農業", "一、(一)1 合理施肥", "農糧署", "110-114", "推廣 5 萬公頃", "推廣 6 萬公頃"],
        ["一、健康農業", "一、(一)2 有機農業", "農糧署", "110-114", "2 萬公頃", "1.9 萬公頃"],
    )
    assert [(m.code, m.name) for m in reading.measures] == [("一、(一)1", "合理施肥"), ("一、(一)2", "有機農業")]


def test_strategies_as_bands() -> None:
    sheet = Sheet(right=842, height=595)
    xs = (30.0, 200.0, 330.0, 430.0, 600.0, 800.0)
    header = ["推動措施", "主辦機關", "期程", "預期效益", "執行成果"]
    sheet.table(xs, (60, 90), [header])
    for top, band, row in [
        (90, "策略一、發展公共運輸系統", ["1-1 電動公車", "公路局", "110-114", "80 輛", "90 輛"]),
        (150, "策略二、推廣低碳運具車輛", ["2-1 電動機車", "公路局", "110-114", "30 輛", "40 輛"]),
    ]:
        for x in (xs[0], xs[-1]):
            sheet.rule(x, top, x, top + 30)
        sheet.rule(xs[0], top, xs[-1], top)
        sheet.cell(xs[0], top, band)
        sheet.table(xs, (top + 30, top + 60), [row])
    reading = read_annex(drawn(sheet), 2024)
    assert [(s.code, s.title) for s in reading.strategies] == [("一", "發展公共運輸系統"), ("二", "推廣低碳運具車輛")]
    assert [(m.code, m.name, m.strategy_code) for m in reading.measures] == [
        ("1-1", "電動公車", "一"),
        ("2-1", "電動機車", "二"),
    ]


def test_lead_and_co_agencies_in_columns_of_their_own() -> None:
    reading = typed(
        ["推動措施", "主辦機關", "協辦機關", "期程", "預期效益", "執行成果"],
        ["1.1 電動公車", "公路局", "環境部、能源署", "110-114", "80 輛", "90 輛"],
    )
    (measure,) = reading.measures
    assert [a.name for a in measure.lead_agencies] == ["交通部公路局"]
    assert [a.name for a in measure.co_agencies] == ["環境部", "經濟部能源署"]


def test_the_unit_of_money_stands_above_the_table() -> None:
    header = ["推動措施", "主辦機關", "期程", "預期效益", "執行成果", "經費"]
    row = ["1.1 電動公車", "公路局", "110-114", "80 輛", "90 輛", "500"]
    with_unit = typed(header, row, above="單位：新臺幣千元")
    assert [m.budget_ntd for m in with_unit.measures] == [Decimal(500_000)]
    without = typed(header, row)
    assert [m.budget_ntd for m in without.measures] == [None]
    assert "unread:unit" in rules(without.signals)


def test_a_column_without_a_meaning_is_kept_and_signalled() -> None:
    reading = typed(
        ["推動措施", "主辦機關", "期程", "預期效益", "執行成果", "聯絡窗口"],
        ["1.1 電動公車", "公路局", "110-114", "80 輛", "90 輛", "綜合組"],
    )
    assert dict(reading.measures[0].extra) == {"聯絡窗口": "綜合組"}
    assert [(s.rule, s.printed) for s in reading.signals if s.rule == "unread:header"] == [
        ("unread:header", "聯絡窗口")
    ]


def test_measures_without_a_code_are_numbered_and_signalled() -> None:
    reading = typed(
        ["推動措施", "主辦機關", "期程", "預期效益", "執行成果"],
        ["電動公車", "公路局", "110-114", "80 輛", "90 輛"],
        ["輕軌路網", "鐵道局", "110-114", "2 線", "1 線"],
    )
    assert [(m.code, m.name) for m in reading.measures] == [("1", "電動公車"), ("2", "輕軌路網")]
    assert rules(reading.signals).count("unread:code") == 2


def test_a_code_printed_twice_loses_no_measure() -> None:
    reading = typed(
        ["推動措施", "主辦機關", "期程", "預期效益", "執行成果"],
        ["1.1 電動公車", "公路局", "110-114", "80 輛", "90 輛"],
        ["1.1 輕軌路網", "鐵道局", "110-114", "2 線", "1 線"],
    )
    assert [(m.code, m.name) for m in reading.measures] == [("1.1", "電動公車"), ("1.1#2", "輕軌路網")]
    assert "unread:code" in rules(reading.signals)


def test_a_total_is_no_measure() -> None:
    reading = typed(
        ["推動措施", "主辦機關", "期程", "預期效益", "執行成果", "經費(萬元)"],
        ["1.1 電動公車", "公路局", "110-114", "80 輛", "90 輛", "500"],
        ["合計", "", "", "", "", "500"],
    )
    assert [m.code for m in reading.measures] == ["1.1"]


def test_a_period_without_years_is_signalled() -> None:
    reading = typed(
        ["推動措施", "主辦機關", "期程", "預期效益", "執行成果"],
        ["1.1 電動公車", "公路局", "中長期", "80 輛", "90 輛"],
    )
    (measure,) = reading.measures
    assert (measure.period, measure.start_year, measure.end_year) == ("中長期", None, None)
    assert [(s.printed, s.context) for s in reading.signals if s.rule == "unread:period"] == [("中長期", "1.1")]


def test_a_blank_cell_is_nothing() -> None:
    reading = typed(
        ["推動措施", "類別", "主辦機關", "期程", "預期效益", "執行成果", "經費(萬元)", "經費來源"],
        ["1.1 電動公車(新增)", "-", "公路局", "110-114", "80 輛", "-", "-", "無"],
    )
    (measure,) = reading.measures
    assert (measure.is_new, measure.marks, measure.category) == (True, ("新增",), None)
    assert (measure.budget_ntd, measure.execution_rate, measure.funding_sources) == (None, None, ())


def test_a_table_of_indicators_is_no_annex() -> None:
    assert typed(["評量指標", "目標", "結果"], ["運量", "12 億人次", "13 億人次"]) == AnnexReading()


@pytest.mark.parametrize(
    ("printed", "name", "marks"),
    [
        ("電動公車(新增)", "電動公車", ("新增",)),
        ("電動公車（新增）（調整）", "電動公車", ("新增", "調整")),
        ("電動公車【113年新增】", "電動公車", ("113年新增",)),
        ("電動公車(市區)", "電動公車(市區)", ()),
        ("＊電動公車", "電動公車", ()),
        ("電動 公車", "電動公車", ()),
        ("EV bus 推廣", "EV bus 推廣", ()),
    ],
)
def test_marks_behind_a_name(printed: str, name: str, marks: tuple[str, ...]) -> None:
    assert split_marks(printed) == (name, marks)


@pytest.mark.parametrize(
    ("result", "end_year", "status"),
    [
        ("本措施僅執行至 112 年", 2025, "ended"),
        ("已於112年執行完畢", 2023, "ended"),
        ("期程至 113 年止", 2025, "active"),
        ("完成 9 案", 2023, "active"),
        ("-", 2023, "ended"),
        ("-", 2025, "active"),
        ("已結案", 2023, "ended"),
        ("", None, "active"),
    ],
)
def test_what_has_ended(result: str, end_year: int | None, status: str) -> None:
    assert status_of(result, end_year, 2024) == status


def test_name_and_plan_in_one_cell_and_targets_in_two_columns() -> None:
    header = ["措施代碼", "措施名稱及內容", "主協辦機關", "期程", "115-119年目標", "115年度目標", "115年執行情形"]
    first = [
        "E1-1",
        "推動小水力發電 盤點圳路並協助併網。",
        "能源署",
        "115-119",
        "1.累計 20 處。<br>2.減碳 3 萬公噸。",
        "完成 4 處。",
    ]
    second = ["E1-2", "**推廣地熱**辦理探勘補助。", "能源署", "115-119", "每年 2 口。", "－"]
    read = typed(header, [*first, "115 年完成 5 處。"], [*second, "115 年完成 2 口。"])
    assert [(m.name, m.plan) for m in read.measures] == [
        ("推動小水力發電", "盤點圳路並協助併網。"),
        ("推廣地熱", "辦理探勘補助。"),
    ]
    assert [[(i.ordinal, i.text) for i in m.targets] for m in read.measures] == [
        [("1", "累計 20 處。"), ("2", "減碳 3 萬公噸。"), (None, "完成 4 處。")],
        [(None, "每年 2 口。")],
    ]


@pytest.mark.parametrize(
    ("header", "lead", "co"),
    [
        ("主(協)辦機關", ["交通部"], ["交通部公路局", "環境部"]),
        ("主、協辦機關", ["交通部"], ["交通部公路局", "環境部"]),
        ("權責機關", ["交通部公路局"], ["環境部"]),
    ],
)
def test_brackets_under_a_header_of_both_roles_hold_those_that_help(
    header: str, lead: list[str], co: list[str]
) -> None:
    rows = [
        "1-1 公車",
        "1-1-1 路網重整",
        "交通部<br>（公路局、環境部）",
        "110-114",
        "每年 5 條。",
        "113 年 6 條。",
        "20",
    ]
    (measure,) = typed([*HEADER[:2], header, *HEADER[3:]], rows).measures
    assert ([a.name for a in measure.lead_agencies], [a.name for a in measure.co_agencies]) == (lead, co)


def test_units_without_a_ministry_belong_to_the_one_that_leads_the_report() -> None:
    text = "\n".join(
        [
            "第二期農業部門溫室氣體減量行動方案 110 年成果報告",
            "主辦機關：行政院農業委員會",
            "",
            "# 附件一",
            "",
            "\t".join(HEADER),
            "\t".join(
                ["1-1 畜牧", "1-1-1 沼氣利用", "畜牧處(環保署)", "110-114", "每年 5 場。", "110 年 6 場。", "20"]
            ),
            "\t".join(["1-1 畜牧", "1-1-2 堆肥", "農糧署、企劃處", "110-114", "每年 5 場。", "110 年 6 場。", "20"]),
            "",
        ]
    )
    first, second = read_report(document(text)).measures
    assert [a.name for a in first.lead_agencies] == ["行政院農業委員會畜牧處"]
    assert [a.name for a in first.co_agencies] == ["行政院環境保護署"]
    assert [a.name for a in second.lead_agencies] == ["行政院農業委員會農糧署", "行政院農業委員會企劃處"]


def test_a_year_that_the_annex_alone_tells_names_the_title_page_too() -> None:
    text = "\n".join(
        [
            "第二期農業部門溫室氣體減量行動方案成果報告",
            "主辦機關：農委會",
            "",
            "# 附件一、110 年執行情形",
            "",
            "\t".join(HEADER),
            "\t".join(["1-1 畜牧", "1-1-1 沼氣利用", "漁業署", "110-114", "每年 5 場。", "110 年 6 場。", "20"]),
            "",
        ]
    )
    report = read_report(document(text))
    assert [a.name for a in report.lead_agencies] == ["行政院農業委員會"]
    assert [a.name for a in report.measures[0].lead_agencies] == ["行政院農業委員會漁業署"]


SUBROWS = [
    ["編號", "措施名稱", "權責單位", "期程", "執行情形", "", "", "經費", ""],
    ["", "", "", "", "KPI", "達成值／辦理情形", "燈號", "年度經費(百萬元)", "執行率（％）"],
]


def test_a_row_for_each_target_with_its_result_beside_it() -> None:
    reading = typed(
        *SUBROWS,
        ["T1-1", "電動公車", "公路局", "110-114", "(1) 補助 80 輛。", "(1) 補助 90 輛。", "●", "5.5", "91.4 交貨延後"],
        ["", "", "", "", "(2) 設站 5 處。", "(2) 設站 4 處。", "▲", "", ""],
        ["T1-2", "輕軌", "鐵道局", "110-114", "興建 2 線。", "完成 2 線。", "●", "3", "100"],
        ["", "", "", "", "年運量 8 萬人次。", "年運量 9 萬人次。", "●", "", ""],
    )
    first, second = reading.measures
    assert brief(first)[3:] == (
        ["交通部公路局"],
        [],
        (2021, 2025),
        [("1", "補助 80 輛。"), ("2", "設站 5 處。")],
        [("1", "補助 90 輛。"), ("2", "設站 4 處。")],
        Decimal(5_500_000),
    )
    assert (first.execution_rate, first.budget_note) == (Decimal("0.914"), "交貨延後")
    assert first.extra == {"執行情形 燈號": "●\n▲"}
    assert [item.text for item in second.targets] == ["興建 2 線。", "年運量 8 萬人次。"]
    assert [item.text for item in second.results] == ["完成 2 線。", "年運量 9 萬人次。"]


def test_brackets_that_hold_helpers_down_a_column_hold_them_in_each_cell() -> None:
    """A ministry's own unit in its brackets takes its place, but not where the column puts those that help there."""
    header = ["措施名稱", "權責單位", "期程", "預期目標", "辦理情形"]

    def read(*cells: str) -> list[tuple[list[str], list[str]]]:
        rows = [[f"1-{n} 公車", cell, "110-114", "80 輛", "90 輛"] for n, cell in enumerate(cells, start=1)]
        return [
            ([a.name for a in m.lead_agencies], [a.name for a in m.co_agencies]) for m in typed(header, *rows).measures
        ]

    assert read("公路局（環境部）", "能源署（交通部）", "交通部（公路局、能源署）")[2] == (
        ["交通部"],
        ["交通部公路局", "經濟部能源署"],
    )
    assert read("交通部（公路局）", "經濟部（能源署）", "公路局（環境部）")[0] == (["交通部公路局"], [])


@pytest.mark.parametrize(
    ("headers", "cells", "amount", "rate"),
    [
        (["112年經費(千元)", "113年經費(千元)", "114年經費(千元)"], ["100", "250", "300"], 250_000, None),
        (["經費(千元) 113年", "執行率 112年", "執行率 113年"], ["250", "80%", "98%"], 250_000, "0.98"),
        (["全程經費(千元)", "年度經費(千元)"], ["1,000", "250"], 250_000, None),
        (["中央款預算(千元)", "地方款預算(千元)"], ["200", "50"], 250_000, None),
        (["中央預算(千元)", "地方預算(千元)", "預算合計(千元)"], ["200", "50", "250"], 250_000, None),
        (["113年經費(千元)", "114年經費(千元)"], ["", "300"], None, None),
        (["110年經費(千元)", "111年經費(千元)"], ["100", "300"], None, None),
        (["110-114年總經費(千元)", "經費(千元)"], ["1,000", "250"], 250_000, None),
        (["全程經費(千元)", "經費(千元)"], ["1,000", "250"], 250_000, None),
    ],
)
def test_of_several_columns_of_money_the_own_years_counts(
    headers: list[str], cells: list[str], amount: int | None, rate: str | None
) -> None:
    reading = typed(
        ["推動措施", "主辦機關", "期程", "預期效益", "執行成果", *headers],
        ["1.1 電動公車", "公路局", "110-114", "80 輛", "90 輛", *cells],
    )
    (measure,) = reading.measures
    assert (measure.budget_ntd, measure.execution_rate) == (amount, Decimal(rate) if rate else None)
    assert set(measure.extra.values()) <= set(cells)
    assert not set(rules(reading.signals)) & {"unread:header", "unread:unit"}


def test_a_second_column_of_results_that_only_says_how_far_they_are() -> None:
    reading = typed(
        ["推動措施", "主辦機關", "期程", "預期效益", "達成狀況", "執行成果"],
        ["1.1 電動公車", "公路局", "110-114", "80 輛", "超前", "90 輛"],
        ["1.2 輕軌", "鐵道局", "112", "2 線", "已結案", "—"],
    )
    assert [[i.text for i in m.results] for m in reading.measures] == [["90 輛"], ["—"]]
    assert [m.extra for m in reading.measures] == [{"達成狀況": "超前"}, {"達成狀況": "已結案"}]


def test_a_dash_beside_a_further_target_says_nothing() -> None:
    reading = typed(
        ["編號", "措施名稱", "權責單位", "期程", "年度目標", "執行成果"],
        ["1.1", "電動公車", "公路局", "110-114", "1. 補助 80 輛。", "1. 補助 90 輛。"],
        ["", "", "", "", "2. 設站 5 處。", "－"],
    )
    (measure,) = reading.measures
    assert [(i.ordinal, i.text) for i in measure.results] == [("1", "補助 90 輛。")]
