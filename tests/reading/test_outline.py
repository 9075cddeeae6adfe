"""Headings become a tree by their numbers, whatever their size says."""

from dataclasses import replace

import pytest

from extract.documents.model import Heading, Paragraph
from extract.reading.outline import build
from tests.reading.documents import document


def tree(text: str) -> list[tuple[int, str | None, str]]:
    return [(s.level, s.number, s.heading) for s in build(document(text)).sections]


def test_official_numbers_nest_though_the_marks_are_wrong() -> None:
    text = (
        "# 報告\n\n## 壹、甲\n\n## 一、乙\n\n### (一)丙\n\n## 1.丁\n\n"
        "# (1)戊\n\n## (2)己\n\n#### 2.庚\n\n## (二)辛\n\n## 貳、壬\n"
    )
    assert tree(text) == [
        (1, "壹、", "甲"),
        (2, "一、", "乙"),
        (3, "(一)", "丙"),
        (4, "1.", "丁"),
        (5, "(1)", "戊"),
        (5, "(2)", "己"),
        (4, "2.", "庚"),
        (3, "(二)", "辛"),
        (1, "貳、", "壬"),
    ]


@pytest.mark.parametrize(
    ("headings", "levels"),
    [
        (["第一章 甲", "一、乙", "(一)丙", "第二章 丁"], [1, 2, 3, 1]),
        (["第一章 甲", "第一節 乙", "一、丙", "第二節 丁"], [1, 2, 3, 2]),
        (["1. 甲", "1.1 乙", "1.1.1 丙", "1.2 丁", "2. 戊", "2.1 己"], [1, 2, 3, 2, 1, 2]),
        (["1 甲", "1.1 乙", "1.1.1 丙", "2 丁"], [1, 2, 3, 1]),
        (["第三章 甲", "3.1 乙", "一、丙", "二、丁", "3.2 戊", "一、己"], [1, 2, 3, 3, 2, 3]),
        (["3.3 甲", "3.3.2 乙", "3.3.2.1 丙", "3.3.3 丁"], [1, 2, 3, 2]),
        (["壹、甲", "(一)乙", "1.丙", "貳、丁", "一、戊", "(一)己"], [1, 2, 3, 1, 2, 3]),
        (["參、甲", "三、乙", "(一)丙", "附件一、丁", "附件二、戊"], [1, 2, 3, 1, 1]),
        (["第三章 甲", "3.1 乙", "附表1 丙", "附表2 丁", "一、戊"], [1, 2, 1, 1, 2]),
        (["第三章 甲", "3.1 乙", "附錄：丙", "一、丁"], [1, 2, 1, 2]),
        (["壹　甲", "一　乙段", "（一）丙", "二 丁段", "貳 戊", "一　己段"], [1, 2, 3, 2, 1, 2]),
    ],
)
def test_other_ways_of_numbering(headings: list[str], levels: list[int]) -> None:
    text = "\n\n".join(f"## {h}\n\n本文一段。" for h in headings)
    assert levels == [level for level, _, _ in tree(text)]


@pytest.mark.parametrize(
    ("heading", "number", "words"),
    [
        ("肆　亮點案例", "肆", "亮點案例"),
        ("壹　摘　要", "壹", "摘　要"),
        ("十二 經費執行", "十二", "經費執行"),
        ("一　般　說　明", None, "一　般　說　明"),
        ("參　考　文　獻", None, "參　考　文　獻"),
        ("一般說明", None, "一般說明"),
    ],
)
def test_numbers_that_a_blank_parts_from_the_words(heading: str, number: str | None, words: str) -> None:
    assert tree(f"## 壹、甲\n\n文。\n\n## {heading}\n\n文。\n")[1][1:] == (number, words)


def test_slide_titles_stay_under_the_numbered_heading_before_them() -> None:
    text = "## 壹、甲\n\n### 一、乙\n\n本文。\n\n# 效率提升-客運業\n\n## 面臨問題\n\n問題。\n\n### 二、丙\n"
    assert [level for level, _, _ in tree(text)] == [1, 2, 3, 4, 2]


def test_unnumbered_chapters_hold_numbered_headings() -> None:
    assert [level for level, _, _ in tree("# 摘要\n\n## 一、甲\n\n文。\n\n# 附錄\n\n## 一、乙\n\n文。\n")] == [
        1,
        2,
        1,
        2,
    ]


def test_title_page_contents_and_captions_are_no_sections() -> None:
    text = "# 某部門行動方案成果報告\n\n主辦機關：某部\n\n## 目錄\n\n壹、甲 1\n\n## 壹、甲\n\n#### 表 1、某表\n\n文。\n"
    assert tree(text) == [(1, "壹、", "甲")]


def test_the_caption_of_a_table_in_a_chapter_is_no_section() -> None:
    assert [heading for _, _, heading in tree("## 壹、甲\n\n### 附表1 某表\n\n文。\n\n## 貳、乙\n")] == ["甲", "乙"]


def test_a_line_over_the_measures_behind_the_last_chapter_is_an_annex() -> None:
    measures = "策略\t措施\t主辦機關\t期程\t目標\t執行成果\n甲\t乙\t某局\t110-114\t輔導 9 家\t輔導 8 家\n"
    other = "名稱\t數量\n甲\t1\n"
    text = f"## 壹、甲\n\n文。\n\n### 一、乙\n\n附表1、某表\n\n{other}\n附表2、執行情形表\n\n單位：萬元\n\n{measures}"
    read = document(text)
    lines = (Paragraph(b.text) if isinstance(b, Heading) and b.text.text.startswith("附表") else b for b in read.blocks)
    sections = build(replace(read, blocks=tuple(lines))).sections
    assert [(s.level, s.heading) for s in sections] == [(1, "甲"), (2, "乙"), (1, "執行情形表")]


def test_a_line_of_the_title_page_that_closes_a_bracket_is_no_section() -> None:
    text = "# 某部門行動方案成果報告\n\n## 協辦機關：某部（某局、\n\n## 某署）、某會\n\n## 第一章 甲\n\n文。\n"
    assert tree(text) == [(1, "第一章", "甲")]


def test_a_heading_that_goes_on_after_a_page_break_is_one() -> None:
    assert len(tree("## 附件一、對照表\n\n文一。\n\n## 附件一、對照表（續）\n\n文二。\n")) == 1


def test_a_section_has_the_text_under_it_and_a_place() -> None:
    text = "## 壹、甲\n\n第一段。\n\n第二段。\n\n### 一、乙\n\n第三段。\n"
    first, second = build(document(text)).sections
    assert (first.text, second.text, second.parent) == ("第一段。\n第二段。", "第三段。", 0)
    assert text[first.place.char_start : first.place.char_end] == "壹、甲\n\n第一段。\n\n第二段。"
