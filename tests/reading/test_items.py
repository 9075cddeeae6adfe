"""The items of a cell: kinds of numbers, nesting, and numbers that open nothing."""

from __future__ import annotations

import pytest

from extract.documents.model import PlacedText
from extract.reading.items import read_items


def items(cell: str) -> list[tuple[str | None, str]]:
    return [(item.ordinal, item.text.text) for item in read_items(PlacedText.plain(cell))]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("", []),
        ("補助 30 輛", [(None, "補助 30 輛")]),
        ("1.補助 30 輛。\n2.設站 5 處。", [("1", "補助 30 輛。"), ("2", "設站 5 處。")]),
        ("1、補助\n2、設站", [("1", "補助"), ("2", "設站")]),
        ("１．補助\n２．設站", [("1", "補助"), ("2", "設站")]),
        ("(1)補助\n(2)設站", [("1", "補助"), ("2", "設站")]),
        ("①補助②設站", [("1", "補助"), ("2", "設站")]),
        ("① 補助\n② 設站", [("1", "補助"), ("2", "設站")]),
        ("一、補助\n二、設站", [("1", "補助"), ("2", "設站")]),
        ("1.補助。2.設站。", [("1", "補助。"), ("2", "設站。")]),
        ("1. 補助 2. 設站", [("1", "補助"), ("2", "設站")]),
        (
            "1.補助：\n(1)公車 5 輛\n(2)機車 9 輛\n2.設站",
            [("1", "補助："), ("1.1", "公車 5 輛"), ("1.2", "機車 9 輛"), ("2", "設站")],
        ),
        (
            "一、補助\n1.公車\n2.機車\n二、設站\n1.快充",
            [("1", "補助"), ("1.1", "公車"), ("1.2", "機車"), ("2", "設站"), ("2.1", "快充")],
        ),
        ("113 年辦理：\n1.補助\n2.設站", [(None, "113 年辦理："), ("1", "補助"), ("2", "設站")]),
        ("1.113 年補助 8 輛\n2.113 年設站", [("1", "113 年補助 8 輛"), ("2", "113 年設站")]),
        ("１．110年補助 8 輛。", [("1", "110年補助 8 輛。")]),
        (
            "1.研發：\n(1)光電：\nA. 完成驗證\nB. 建置場域\n(2)氫能",
            [("1", "研發："), ("1.1", "光電："), ("1.1.1", "完成驗證"), ("1.1.2", "建置場域"), ("1.2", "氫能")],
        ),
        ("1.補助\n3.設站", [("1", "補助"), ("3", "設站")]),
    ],
)
def test_the_items_of_a_cell(cell: str, expected: list[tuple[str | None, str]]) -> None:
    assert items(cell) == expected


@pytest.mark.parametrize(
    "cell",
    [
        "減碳 1.8 萬公噸，投資 2.4 億元",
        "節電率 1.5%。2.5 年回收",
        "依第三條(1)款辦理",
        "110-113 年累計 12 案",
        "較 110 年減少 3. 此後持平",
        "2.5 萬公噸",
        "113.5.1 公告",
        "流程如圖中②所示",
        "A. 甲公司完成汰換",
    ],
)
def test_a_number_that_opens_nothing(cell: str) -> None:
    assert items(cell) == [(None, cell)]


def test_words_that_govern_the_items_under_them() -> None:
    read = read_items(PlacedText.plain("110-113 年累計：\n1.補助：\n(1)公車 5 輛\n2.設站 3 處"))
    assert [(item.ordinal, item.lead) for item in read] == [
        (None, ()),
        ("1", ("110-113 年累計：",)),
        ("1.1", ("110-113 年累計：", "補助：")),
        ("2", ("110-113 年累計：",)),
    ]


def test_an_item_knows_where_it_stands() -> None:
    text = "1.補助\n2.設站"
    cell = PlacedText(text, tuple(range(100, 100 + len(text))), bytes(len(text)))
    assert [item.text.origins for item in read_items(cell)] == [(102, 103), (107, 108)]


def test_no_word_is_lost_but_the_numbers() -> None:
    cell = "總說\n1.甲\n(1)乙 (2)丙\n2.丁 3.戊"
    assert "".join(text for _, text in items(cell)).replace(" ", "") == "總說甲乙丙丁戊"
