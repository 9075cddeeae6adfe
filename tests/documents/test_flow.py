"""Lines outside tables to headings and paragraphs, over page breaks too."""

from __future__ import annotations

import pytest

from extract.documents.captions import is_caption
from extract.documents.model import Heading
from tests.documents.drawing import Sheet, document, shapes

FULL = "運輸部門持續推動公共運輸與運具電動化，並強化需求管理，其辦理情形分述如下各節"
"""A line of body text as long as the frame."""


def prose(sheet: Sheet, top: float, *lines: str, indent: float = 0.0, size: float = 12.0) -> None:
    for number, line in enumerate(lines):
        sheet.write(72 + (indent if number == 0 else 0), top + 20 * number, line, size)


def test_wrapped_lines_are_one_paragraph() -> None:
    sheet = Sheet()
    prose(sheet, 100, FULL, FULL, "說明之。")
    assert shapes(sheet) == [("paragraph", FULL + FULL + "說明之。")]


def test_an_indented_line_opens_a_paragraph() -> None:
    sheet = Sheet()
    prose(sheet, 100, FULL[:-2], FULL, "至年底。", indent=24)
    prose(sheet, 160, FULL[:-2], FULL, "至年底。", indent=24)
    whole = FULL[:-2] + FULL + "至年底。"
    assert shapes(sheet) == [("paragraph", whole), ("paragraph", whole)]


def test_a_figure_alone_is_no_heading() -> None:
    sheet = Sheet()
    prose(sheet, 100, FULL, "說明之。")
    sheet.write(72, 180, "1.5")
    sheet.write(72, 260, "149.1", 18)
    assert [kind for kind, _ in shapes(sheet)] == ["paragraph"] * 3


def test_a_larger_line_is_a_heading_and_levels_go_by_size() -> None:
    sheet = Sheet()
    sheet.write(72, 80, "壹、執行情形", 18)
    sheet.write(72, 120, "一、公共運輸", 15)
    prose(sheet, 150, FULL, FULL, "說明之。")
    sheet.write(72, 230, "二、電動車", 15)
    prose(sheet, 260, FULL, FULL, "說明之。")
    read = document(sheet)
    assert [(b.text.text, b.level) for b in read.blocks if isinstance(b, Heading)] == [
        ("壹、執行情形", 1),
        ("一、公共運輸", 2),
        ("二、電動車", 2),
    ]


def test_a_numbered_short_line_in_the_size_of_the_text_is_a_heading() -> None:
    sheet = Sheet()
    prose(sheet, 100, FULL, FULL, "說明之。")
    sheet.write(72, 170, "(一) 公路客運")
    prose(sheet, 200, FULL, FULL, "說明之。")
    assert [kind for kind, _ in shapes(sheet)] == ["paragraph", "heading", "paragraph"]


def test_a_numbered_sentence_is_no_heading() -> None:
    sheet = Sheet()
    prose(sheet, 100, FULL, FULL, "說明之。")
    sheet.write(72, 170, "1.補助電動車五百輛。")
    assert shapes(sheet)[-1] == ("paragraph", "1.補助電動車五百輛。")


def test_a_heading_that_wraps_is_one_heading() -> None:
    sheet = Sheet()
    sheet.write(72, 80, "貳、運輸部門溫室氣體減量行動方案執行狀況及達成情形", 18)
    sheet.write(72, 104, "分析", 18)
    prose(sheet, 140, FULL, FULL, "說明之。")
    assert shapes(sheet)[0] == ("heading", "貳、運輸部門溫室氣體減量行動方案執行狀況及達成情形分析")


def test_a_paragraph_runs_over_the_page_break() -> None:
    first, second = Sheet(), Sheet()
    prose(first, 700, FULL, FULL, FULL)
    prose(second, 100, FULL, FULL, "說明之。")
    read = document(first, second)
    assert shapes(first, second) == [("paragraph", FULL * 5 + "說明之。")]
    (block,) = read.blocks
    assert not isinstance(block, Heading)
    assert [box.page for box in read.origins.place(block.text).boxes] == [1, 2]  # type: ignore[union-attr]


def test_a_sentence_that_ended_does_not_run_over_the_page_break() -> None:
    first, second = Sheet(), Sheet()
    prose(first, 700, FULL, FULL, FULL[:-1] + "。")
    prose(second, 100, FULL, FULL, "說明之。")
    assert [kind for kind, _ in shapes(first, second)] == ["paragraph", "paragraph"]


def test_a_new_item_at_the_top_of_a_page_is_a_paragraph_of_its_own() -> None:
    first, second = Sheet(), Sheet()
    prose(first, 700, FULL, FULL, FULL)
    prose(second, 100, "1." + FULL[:-1], FULL, "說明之。")
    assert [kind for kind, _ in shapes(first, second)] == ["paragraph", "paragraph"]


def test_captions_stand_for_themselves() -> None:
    sheet = Sheet()
    prose(sheet, 100, FULL, FULL, "說明之。")
    for number, line in enumerate(["表 1、歷年運量", "單位：億人次", "資料來源：交通部", "註：初步統計"]):
        sheet.write(72, 160 + 16 * number, line)
    assert [text for _, text in shapes(sheet)][1:] == [
        "表 1、歷年運量",
        "單位：億人次",
        "資料來源：交通部",
        "註：初步統計",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "表1：運量",
        "圖 2-1、車輛數",
        "表 3 運量",
        "附表 1、名單",
        "資料來源:本部",
        "來源：交通部",
        "註1：初估",
        "備註：略",
        "單位：輛",
    ],
)
def test_what_a_caption_looks_like(line: str) -> None:
    assert is_caption(line)


@pytest.mark.parametrize(
    "line", ["表 1 所示", "圖 3 可知", "表 2 為各縣市", "表示同意", "單位主管", "註冊車輛", "來源管制"]
)
def test_what_no_caption_looks_like(line: str) -> None:
    assert not is_caption(line)


def test_questions_and_replies_open_paragraphs() -> None:
    sheet = Sheet()
    prose(
        sheet,
        100,
        "意見 1：" + FULL[:-4],
        "說明之。",
        "回復：" + FULL[:-3],
        "遵照辦理。",
        "意見 2：請補充。",
        "回復：已補充。",
    )
    texts = [text for _, text in shapes(sheet)]
    assert [str(text)[:5] for text in texts] == ["意見 1：", "回復：運輸", "意見 2：", "回復：已補"]


def test_a_numbered_paragraph_cut_in_its_first_line_is_no_heading() -> None:
    first, second = Sheet(), Sheet()
    prose(first, 100, FULL, FULL, "說明之。")
    prose(first, 700, "(四)" + FULL[:-2])
    prose(second, 60, FULL, "說明之。")
    assert shapes(first, second)[1] == ("paragraph", "(四)" + FULL[:-2] + FULL + "說明之。")
