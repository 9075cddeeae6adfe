"""Row and item numbers in the styles of all ministries, and what only looks like one."""

from __future__ import annotations

import pytest

from extract.documents.codes import leading_code, without_code


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        ("1.1.1 電動公車", "1.1.1", "電動公車"),
        ("1-1-1電動公車", "1-1-1", "電動公車"),
        ("1.1.10.低碳農機", "1.1.10", "低碳農機"),
        ("T1-1 公路客運", "T1-1", "公路客運"),
        ("A.1.2、漁業", "A.1.2", "漁業"),
        ("M3 沼氣", "M3", "沼氣"),
        ("H2.1 綠建築", "H2.1", "綠建築"),
        ("能-1-2 再生能源", "能-1-2", "再生能源"),
        ("住商-2：建築", "住商-2", "建築"),
        ("一、(一)1 造林", "一、(一)1", "造林"),
        ("一(二)造林", "一(二)", "造林"),
        ("二-3 造林", "二-3", "造林"),
        ("二、循環農業", "二、", "循環農業"),
        ("（三）循環農業", "（三）", "循環農業"),
        ("(3) 循環農業", "(3)", "循環農業"),
        ("7.廢棄物", "7", "廢棄物"),
        ("12", "12", ""),
        ("１.１ 電動公車", "１.１", "電動公車"),
        ("1 . 1 . 2 公車", "1.1.2", "公車"),
        ("壹、總說", "壹、", "總說"),
    ],
)
def test_a_number_in_front_of_words(cell: str, code: str, words: str) -> None:
    assert (leading_code(cell), cell[without_code(cell) :]) == (code, words)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "電動公車",
        "113 年補助",
        "1.5 億元",
        "30%",
        "1,200 輛",
        "3 座充電站",
        "CO2 減量",
        "PM2.5 改善",
        "110-113 年累計",
        "12.5%",
        "SF6 回收",
        "HFC-32 冷媒",
        "2.5 萬公噸",
        "1.2 元",
    ],
)
def test_words_without_a_number_in_front(cell: str) -> None:
    assert (leading_code(cell), without_code(cell)) == (None, 0)
