"""Where annex one says which strategy a measure belongs to."""

from __future__ import annotations

import pytest

from extract.documents.model import PlacedText
from extract.reading.annex import AnnexReading, read_annex
from extract.reading.strategies import is_total, parent_code, strategy_of
from tests.documents.drawing import Sheet
from tests.documents.drawing import document as drawn
from tests.reading.documents import document, rules

HEADER = ["推動措施", "內容", "主辦機關", "推動期程", "預期效益", "執行成果", "經費(萬元)"]
XS = (30.0, 150.0, 250.0, 330.0, 410.0, 560.0, 720.0, 800.0)


def measure(name: str) -> list[str]:
    return [name, "補助", "公路局", "110-114", "補助 80 輛", "補助 90 輛", "500"]


def alone(words: str) -> list[str]:
    return [words, *[""] * 6]


def typed(*rows: list[str]) -> AnnexReading:
    return read_annex(document("\n".join(["# 附件一", "", *("\t".join(row) for row in rows), ""])), 2024)


def strategies(reading: AnnexReading) -> list[tuple[str, str]]:
    return [(s.code, s.title) for s in reading.strategies]


def owners(reading: AnnexReading) -> list[tuple[str, str | None]]:
    return [(m.code, m.strategy_code) for m in reading.measures]


@pytest.mark.parametrize(
    ("printed", "code", "title"),
    [
        ("1.1 綠運輸", "1.1", "綠運輸"),
        ("T2 綠運輸", "T2", "綠運輸"),
        ("策略2、綠運輸（續）", "2", "綠運輸"),
        ("策略一：綠運輸", "一", "綠運輸"),
        ("推動策略1 綠運輸", "1", "綠運輸"),
        ("推動策略1.1 綠運輸", "1.1", "綠運輸"),
        ("策略A、綠運輸", "A", "綠運輸"),
        ("面向二、綠運輸", "二", "綠運輸"),
        ("綠運輸策略", None, "綠運輸策略"),
        ("1\n綠運輸", "1", "綠運輸"),
        ("3綠運輸", "3", "綠運輸"),
        ("3 項綠運輸計畫", None, "3 項綠運輸計畫"),
    ],
)
def test_a_strategy_as_printed(printed: str, code: str | None, title: str) -> None:
    found = strategy_of(PlacedText.plain(printed))
    assert (found.code, found.title.text) == (code, title)


def test_bands_with_letters_in_their_codes_in_a_text_that_pads_them() -> None:
    reading = typed(HEADER, alone("T1 綠運輸"), measure("T1-1 公車"), alone("T2 低碳車隊"), measure("T2-1 貨車"))
    assert strategies(reading) == [("T1", "綠運輸"), ("T2", "低碳車隊")]
    assert owners(reading) == [("T1-1", "T1"), ("T2-1", "T2")]


def test_counted_strategies_have_the_code_that_their_measures_share() -> None:
    reading = typed(
        HEADER, alone("策略一、綠運輸"), measure("T1-1 公車"), alone("策略二、低碳車隊"), measure("T2-1 貨車")
    )
    assert strategies(reading) == [("T1", "綠運輸"), ("T2", "低碳車隊")]
    assert owners(reading) == [("T1-1", "T1"), ("T2-1", "T2")]


@pytest.mark.parametrize("codes", [("1-1", "2-1"), ("T2-1", "T1-1"), ("T1-1", "T1-2"), ("M7", "M8")])
def test_counted_strategies_whose_measures_say_nothing_else(codes: tuple[str, str]) -> None:
    """The same number, another one, one code for both strategies, or none: what is printed stays."""
    first, second = (measure(f"{code} 公車") for code in codes)
    reading = typed(HEADER, alone("策略一、綠運輸"), first, alone("策略二、低碳車隊"), second)
    assert strategies(reading) == [("一", "綠運輸"), ("二", "低碳車隊")]


def test_a_band_in_cells_that_nobody_merged() -> None:
    """A ruled page whose bands are rows like others, only empty behind the first cell; one of them has no code."""
    sheet = Sheet(right=842, height=595)
    rows = [HEADER, alone("1.1 綠運輸"), measure("1.1.1 公車"), alone("低碳車隊的推動"), measure("1.2.1 貨車")]
    sheet.table(XS, (60, 100, 130, 170, 200, 240), rows)
    reading = read_annex(drawn(sheet), 2024)
    assert strategies(reading) == [("1.1", "綠運輸"), ("1.2", "低碳車隊的推動")]
    assert owners(reading) == [("1.1.1", "1.1"), ("1.2.1", "1.2")]


def test_a_measure_with_nothing_but_its_name_stays_a_measure() -> None:
    reading = typed(HEADER, measure("1.1.1 公車"), ["1.1.2 輕軌", "", "", "", "", "－", ""], measure("1.1.3 步道"))
    assert [m.code for m in reading.measures] == ["1.1.1", "1.1.2", "1.1.3"]


def test_one_table_a_strategy_below_its_heading() -> None:
    lines = ["# 附件一、執行情形"]
    for number, words in ((1, "綠運輸"), (2, "低碳車隊")):
        lines += ["", f"推動策略 {number}、{words}", "", "\t".join(HEADER), "\t".join(measure(f"{number}.1 公車"))]
    reading = read_annex(document("\n".join([*lines, ""])), 2024)
    assert strategies(reading) == [("1", "綠運輸"), ("2", "低碳車隊")]
    assert owners(reading) == [("1.1", "1"), ("2.1", "2")]


def test_the_heading_of_a_chapter_is_no_strategy() -> None:
    lines = ["# 附件一", "", "三、各項措施辦理情形", "", "\t".join(HEADER), "\t".join(measure("1.1.1 公車")), ""]
    reading = read_annex(document("\n".join(lines)), 2024)
    assert (strategies(reading), owners(reading)) == ([], [("1.1.1", "1.1")])


@pytest.mark.parametrize("words", ["小計", "合 計", "總計：", "策略一小計", "本部門合計(萬元)"])
def test_a_row_of_sums_is_no_measure(words: str) -> None:
    assert is_total(words)
    reading = typed(HEADER, measure("1.1.1 公車"), [words, "", "", "", "", "", "500"], measure("1.1.2 輕軌"))
    assert [m.code for m in reading.measures] == ["1.1.1", "1.1.2"]


def test_words_about_totals_are_names() -> None:
    assert not is_total("車輛總量管制")


@pytest.mark.parametrize(("code", "parent"), [("1.1.1", "1.1"), ("T1-1", "T1"), ("一(一)", "一"), ("3", None)])
def test_the_code_above(code: str, parent: str | None) -> None:
    assert parent_code(code) == parent


def test_a_lead_left_blank_in_a_text_is_merged_with_the_one_above() -> None:
    header = ["推動措施", "權責機關(主辦)", "權責機關(協辦)", "推動期程", "預期效益", "執行成果"]
    rows = [["1.1 公車", "公路局", "", "110", "甲", "乙"], ["1.2 輕軌", "", "鐵道局", "110", "丙", "丁"]]
    reading = typed(header, *rows)
    assert [[a.name for a in m.lead_agencies] for m in reading.measures] == [["交通部公路局"]] * 2
    assert [[a.name for a in m.co_agencies] for m in reading.measures] == [[], ["交通部鐵道局"]]
    assert "guess:merged-cell" in rules(reading.signals)


def test_a_merged_cell_whose_words_stand_on_its_second_page() -> None:
    header = ["推動策略", *HEADER]
    rows = [
        header,
        ["1 運具", *measure("1-1 公車")],
        ["", *measure("2-1 自行車")],
        ["2 路網", *measure("2-2 步道")],
        ["", *measure("2-3 人行道")],
    ]
    assert owners(typed(*rows)) == [("1-1", "1"), ("2-1", "2"), ("2-2", "2"), ("2-3", "2")]
