"""Heading numbers in every style that the papers use."""

import pytest

from extract.documents.numbering import Numbering, han_number, read_numbering, starts_item


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("壹、總論", Numbering("壹、", "formal", (1,), 2)),
        ("一、辦理概況", Numbering("一、", "han", (1,), 2)),
        ("十二、其他", Numbering("十二、", "han", (12,), 3)),
        ("(三)推動情形", Numbering("(三)", "han-bracket", (3,), 3)),
        ("（廿一） 推動情形", Numbering("（廿一）", "han-bracket", (21,), 5)),
        ("2.綠色運具", Numbering("2.", "arabic", (2,), 2)),
        ("２、綠色運具", Numbering("２、", "arabic", (2,), 2)),
        ("(4) 客運業", Numbering("(4)", "arabic-bracket", (4,), 4)),
        ("4) 客運業", Numbering("4)", "arabic-bracket", (4,), 3)),
        ("⑫尾端", Numbering("⑫", "circled", (12,), 1)),
        ("第三章 措施", Numbering("第三章", "chapter", (3,), 4)),
        ("第2節、措施", Numbering("第2節、", "division", (2,), 4)),
        ("附件二、對照表", Numbering("附件二、", "annex", (2,), 4)),
        ("3.3.2.1 農機", Numbering("3.3.2.1", "decimal", (3, 3, 2, 1), 8)),
        ("3.1.2 公共運輸", Numbering("3.1.2", "decimal", (3, 1, 2), 6)),
        ("B.乾燥段", Numbering("B.", "letter", (2,), 2)),
        ("Ⅳ、附論", Numbering("Ⅳ、", "roman", (4,), 2)),
    ],
)
def test_a_number_is_read_with_style_value_and_length(line: str, expected: Numbering) -> None:
    assert expected == read_numbering(line)


def test_a_team_called_1_plus_n_keeps_its_name() -> None:
    line = "3.1+N 團隊"
    numbering = read_numbering(line)
    assert numbering is not None
    assert (numbering.printed, line[numbering.length :]) == ("3.", "1+N 團隊")


@pytest.mark.parametrize(
    "line", ["113 年辦理", "110-114 年", "1.5 萬公噸", "2.3 度", "第三期", "第三部門", "一般說明", "參加者"]
)
def test_years_amounts_and_words_are_no_numbers(line: str) -> None:
    assert read_numbering(line) is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("一一三", 113), ("一百一十三", 113), ("十", 10), ("二十", 20), ("一○九", 109), ("參", 3), ("某", None)],
)
def test_chinese_numerals(words: str, value: int | None) -> None:
    assert value == han_number(words)


def test_heavenly_stems() -> None:
    numbers = [read_numbering(line) for line in ("甲、總說", "(乙)措施", "附件丙、意見", "甲方應提供")]
    assert [(n.style, n.parts) if n else None for n in numbers] == [
        ("stem", (1,)),
        ("stem", (2,)),
        ("annex", (3,)),
        None,
    ]


@pytest.mark.parametrize(
    ("line", "expected"), [("1. 一", True), ("（1）一", True), ("①一", True), ("1.1.1 一", False), ("一般", False)]
)
def test_items_start_with_a_mark(line: str, expected: bool) -> None:
    assert expected is starts_item(line)
