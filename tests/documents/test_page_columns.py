"""Pages set in two columns: read down the left one, then down the right one."""

from __future__ import annotations

from extract.documents.pdf_objects import Picture
from tests.documents.drawing import Sheet, document, shapes, tables

LEFT, RIGHT = 72.0, 320.0
LINE = "公共運輸持續推動，並強化需求管理之"
"""A line of a column, 17 characters."""
FULL = "運輸部門持續推動公共運輸與運具電動化，並強化需求管理，其辦理情形分述如下各節"


def column(sheet: Sheet, x: float, top: float, lines: list[str]) -> None:
    for number, line in enumerate(lines):
        sheet.write(x, top + 20 * number, line)


def test_two_columns_below_a_line_of_the_whole_width() -> None:
    sheet = Sheet()
    sheet.write(72, 80, FULL)
    sheet.write(72, 100, "說明之。")
    column(sheet, LEFT, 140, [LINE] * 6 + ["左完。"])
    column(sheet, RIGHT, 141, [LINE] * 5 + ["右完。"])
    assert shapes(sheet) == [
        ("paragraph", FULL + "說明之。"),
        ("paragraph", LINE * 6 + "左完。"),
        ("paragraph", LINE * 5 + "右完。"),
    ]


def test_lines_side_by_side_on_one_baseline_are_two() -> None:
    sheet = Sheet()
    column(sheet, LEFT, 140, [LINE] * 6 + ["左完。"])
    column(sheet, RIGHT, 140, [LINE] * 6 + ["右完。"])
    assert shapes(sheet) == [("paragraph", LINE * 6 + "左完。"), ("paragraph", LINE * 6 + "右完。")]


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    sheet = Sheet()
    column(sheet, LEFT, 140, [LINE] * 7)
    column(sheet, RIGHT, 140, [LINE] * 6 + ["全完。"])
    assert shapes(sheet) == [("paragraph", LINE * 13 + "全完。")]


def test_a_table_in_a_column_stands_where_it_is_read() -> None:
    sheet = Sheet()
    column(sheet, LEFT, 100, [LINE] * 6 + ["左完。"])
    sheet.table((LEFT, 150.0, 276.0), (250.0, 275.0, 300.0), (("項目", "說明"), ("成效", "節電")))
    column(sheet, RIGHT, 100, [LINE] * 12 + ["右完。"])
    assert [kind for kind, _ in shapes(sheet)] == ["paragraph", "table", "paragraph"]
    assert len(tables(document(sheet))) == 1


def test_two_lists_of_names_are_no_columns() -> None:
    sheet = Sheet()
    column(sheet, LEFT, 140, ["經濟部產業發展署"] * 7)
    column(sheet, RIGHT, 140, ["經濟部能源署"] * 7)
    assert all("產業發展署" in str(text) and "能源署" in str(text) for _, text in shapes(sheet))


BESIDE = "推動公共運輸並強化需求管理"
"""A line beside a picture, 13 characters."""


def beside_a_picture(sheet: Sheet, lines: list[str]) -> None:
    """A picture on the left and lines on the right of it."""
    sheet.write(72, 80, FULL)
    sheet.write(72, 100, "說明之。")
    sheet.pictures.append(Picture(72, 120, 290, 280))
    column(sheet, RIGHT, 135, lines)


def test_text_beside_a_picture_keeps_clear_of_the_caption_below_it() -> None:
    sheet = Sheet()
    beside_a_picture(sheet, [BESIDE] * 8 + ["完。"])
    sheet.write(181 - 42, 295, "電動公車通車典禮")
    sheet.write(72, 335, FULL)
    assert shapes(sheet) == [
        ("paragraph", FULL + "說明之。"),
        ("figure", ""),
        ("paragraph", "電動公車通車典禮"),
        ("paragraph", BESIDE * 8 + "完。"),
        ("paragraph", FULL),
    ]


def test_text_goes_on_below_the_picture_beside_it() -> None:
    sheet = Sheet()
    beside_a_picture(sheet, [BESIDE] * 11 + ["完。"])
    sheet.write(181 - 42, 295, "電動公車通車典禮")
    assert shapes(sheet)[2:] == [("paragraph", "電動公車通車典禮"), ("paragraph", BESIDE * 11 + "完。")]


def test_a_heading_below_a_picture_is_no_caption_of_it() -> None:
    sheet = Sheet()
    beside_a_picture(sheet, [BESIDE] * 5 + ["完。"])
    sheet.write(72, 304, "（二）電動公車", 14)
    sheet.write(72, 330, FULL)
    assert shapes(sheet)[2:] == [("paragraph", BESIDE * 5 + "完。"), ("heading", "（二）電動公車"), ("paragraph", FULL)]
