"""Page numbers, running heads and the 目錄: known, and kept out of the text."""

from __future__ import annotations

import pytest

from extract.documents.furniture import LEADER, PAGE_LABEL
from extract.documents.model import Document
from tests.documents.drawing import Sheet, document, shape

PROSE = "運輸部門於本年度持續辦理各項減量措施並按季追蹤其執行成效與經費支用情形"


def page(label: str | None, *, head: str | None = None, lines: int = 3) -> Sheet:
    """Some prose with a page label below and a running head above."""
    sheet = Sheet()
    if head is not None:
        sheet.write(72, 40, head, 9)
    for number in range(lines):
        sheet.write(72, 150 + 20 * number, PROSE)
    if label is not None:
        sheet.write(290, 810, label, 10)
    return sheet


def furniture(read: Document) -> list[str]:
    return [line.text for line in read.furniture]


def test_a_page_number_is_the_label_and_not_the_text() -> None:
    read = document(page("1"), page("2"))
    assert [p.label for p in read.pages] == ["1", "2"]
    assert furniture(read) == ["1", "2"]
    assert all(shape(block)[0] == "paragraph" for block in read.blocks)
    assert not any(c in str(shape(block)[1]) for block in read.blocks for c in "12")


def test_labels_differ_from_the_pages_of_the_file() -> None:
    read = document(page(None), page("i"), page("- 1 -"), page("第 2 頁"), page("附-3"))
    assert [(p.number, p.label) for p in read.pages] == [(1, None), (2, "i"), (3, "1"), (4, "2"), (5, "附-3")]


def test_a_running_head_comes_again_at_its_spot() -> None:
    read = document(*(page(str(n), head="運輸部門成果報告") for n in range(1, 5)))
    assert furniture(read).count("運輸部門成果報告") == 4
    assert not any("成果報告" in str(shape(block)[1]) for block in read.blocks)


def test_a_head_that_counts_the_pages_is_still_one() -> None:
    read = document(*(page(None, head=f"運輸部門 P.{n}") for n in range(1, 5)))
    assert furniture(read) == [f"運輸部門 P.{n}" for n in range(1, 5)]


def test_a_line_on_two_pages_is_no_running_head() -> None:
    read = document(page("1", head="壹、現況"), page("2", head="壹、現況"), page("3"))
    assert furniture(read) == ["1", "2", "3"]


def test_the_head_of_a_short_chapter_stands_where_those_of_the_others_do() -> None:
    heads = ["運輸部門成果報告"] * 4 + ["附錄B", "附錄B"]
    assert furniture(document(*(page(None, head=head) for head in heads))) == heads


def test_a_line_where_few_pages_have_a_head_is_text() -> None:
    heads = ["運輸部門成果報告"] * 3 + ["壹、現況", "貳、對策", "參、檢討", "肆、附件"]
    assert furniture(document(*(page(None, head=head) for head in heads))) == heads[:3]


def test_a_number_in_the_middle_of_the_page_is_text() -> None:
    sheet = page("7")
    sheet.write(72, 400, "113")
    read = document(sheet, page("8"))
    assert ("paragraph", "113") in [shape(block) for block in read.blocks]


def test_the_contents_are_kept_apart() -> None:
    contents = Sheet()
    contents.write(270, 100, "目 錄", 16)
    for number, (line, at) in enumerate([("壹、前言", "1"), ("貳、執行情形", "3"), ("參、檢討", "12")]):
        contents.write(72, 140 + 20 * number, f"{line}{'.' * 40}{at}")
    contents.write(290, 810, "i", 10)
    body = Sheet()
    body.write(72, 100, "壹、前言", 16)
    body.write(72, 140, PROSE)
    read = document(contents, body)
    assert [line.text.rstrip("0123456789").rstrip(".") for line in read.contents] == [
        "目 錄",
        "壹、前言",
        "貳、執行情形",
        "參、檢討",
    ]
    assert [shape(block) for block in read.blocks] == [("heading", "壹、前言"), ("paragraph", PROSE)]


def test_contents_that_run_over_a_page_and_a_list_of_tables() -> None:
    sheets = []
    for title, entries in [
        ("目錄", ["壹、前言", "貳、執行情形", "參、檢討"]),
        (None, ["肆、展望", "伍、附件", "陸、附錄"]),
        ("表目錄", ["表 1 排放", "表 2 指標"]),
    ]:
        sheet = Sheet()
        if title:
            sheet.write(270, 100, title, 16)
        for number, entry in enumerate(entries):
            sheet.write(72, 140 + 20 * number, f"{entry}{'…' * 20}{number + 1}")
        sheets.append(sheet)
    read = document(*sheets, page("1"))
    assert len(read.contents) == 10
    assert len(read.blocks) == len(document(page("1")).blocks)


def test_a_list_of_tables_without_page_numbers() -> None:
    sheet = Sheet()
    sheet.write(270, 100, "目錄", 16)
    for number, line in enumerate(["壹、前言", "貳、執行情形", "參、檢討"]):
        sheet.write(72, 140 + 20 * number, f"{line}{'.' * 40}{number + 1}")
    sheet.write(270, 240, "表目錄", 16)
    for number, line in enumerate(["表 1-1　措施統計", "表 2　排放量"]):
        sheet.write(72, 280 + 20 * number, line)
    read = document(sheet, page("1"))
    assert [line.text for line in read.contents][4:] == ["表目錄", "表 1-1 措施統計", "表 2 排放量"]
    assert len(read.blocks) == len(document(page("1")).blocks)


def test_contents_without_leaders_end_in_numbers() -> None:
    sheet = Sheet()
    sheet.write(270, 100, "目次", 16)
    for number, (line, at) in enumerate([("壹、前言", 1), ("貳、執行情形", 3), ("參、檢討", 12)]):
        sheet.write(72, 140 + 20 * number, line)
        sheet.write(500, 140 + 20 * number, str(at))
    read = document(sheet, page("1"))
    assert len(read.contents) == 4


def test_dots_in_a_sentence_are_no_contents() -> None:
    sheet = page("1")
    sheet.write(72, 300, "推動低碳運輸……等措施 3 項")
    assert document(sheet).contents == ()


@pytest.mark.parametrize("line", ["1", "- 12 -", "第 3 頁", "iv", "附-2", "3-12", "5/60", "第 5 頁／共 60 頁", "～8～"])
def test_what_a_page_label_looks_like(line: str) -> None:
    assert PAGE_LABEL.fullmatch(line)


@pytest.mark.parametrize("line", ["113 年", "12 案", "1.2", "第三頁", "表 1", "12,345"])
def test_what_no_page_label_looks_like(line: str) -> None:
    assert not PAGE_LABEL.fullmatch(line)


@pytest.mark.parametrize("line", ["前言.....1", "前言 ……………… iv", "前言·······附-3", "前言 . . . . . . 12"])
def test_leaders(line: str) -> None:
    assert LEADER.search(line)


def test_a_page_number_inside_the_frame_of_a_cut_row() -> None:
    """Browsers draw the sides of a row that goes on down to the edge of the page, past its number."""
    sheets = []
    for number in (1, 2):
        sheet = Sheet()
        sheet.table((72, 300, 520), (100, 125), [["措施", "成果"]])
        for x in (72, 300, 520):
            sheet.rule(x, 125, x, 830)
        sheet.rule(72, 830, 520, 830)
        sheet.cell(72, 130, f"1.{number} 公車")
        sheet.cell(300, 130, "汰換 90 輛。")
        sheet.write(306, 810, str(number), 10)
        sheets.append(sheet)
    read = document(*sheets)
    assert [page.label for page in read.pages][1] == "2"
    assert "90 輛。2" not in str([shape(block) for block in read.blocks])
