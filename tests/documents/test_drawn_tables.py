"""Tables as pages draw them: ruled, half ruled, without a rule; each trap on pages of its own."""

from __future__ import annotations

import pytest

from extract.documents.model import SUBSCRIPT
from tests.documents.drawing import (
    HEADER,
    PADDING,
    ROWS,
    XS,
    Sheet,
    cells,
    document,
    only_table,
    open_columns,
    shapes,
    tables,
)


def test_a_ruled_table() -> None:
    sheet = Sheet()
    sheet.table(XS, (100, 130, 160, 190, 220), [HEADER, *ROWS])
    assert cells(only_table(sheet)) == [HEADER, *ROWS]


def test_text_around_a_table_stays_outside() -> None:
    sheet = Sheet()
    sheet.write(50, 80, "本部門措施如下，另詳附件所列各項說明文字內容。")
    sheet.table(XS, (100, 130, 160), [HEADER, ROWS[0]])
    sheet.write(50, 190, "以上由各主辦機關按季填報並於年度終了後彙整。")
    assert shapes(sheet) == [
        ("paragraph", "本部門措施如下，另詳附件所列各項說明文字內容。"),
        ("table", [HEADER, ROWS[0]]),
        ("paragraph", "以上由各主辦機關按季填報並於年度終了後彙整。"),
    ]


def test_a_wrapped_cell_is_one_text() -> None:
    sheet = Sheet()
    sheet.table((50, 105, 300), (100, 130, 180), [["措施", "內容"], ["1.1 電動\n公車", "補助"]])
    assert cells(only_table(sheet))[1] == ["1.1 電動公車", "補助"]


def test_a_number_broken_in_a_narrow_cell_is_one_number() -> None:
    sheet = Sheet()
    sheet.table((50, 150, 192), (100, 130, 180), [["措施", "經費"], ["1.1 公車", "12,345,\n678"]], 12)
    assert cells(only_table(sheet))[1] == ["1.1 公車", "12,345,678"]


def test_a_subscript_stays_in_its_cell_and_its_place() -> None:
    sheet = Sheet()
    sheet.table((50, 250, 500), (100, 125, 150), [["目標", "成果"], ["", ""]])
    x = sheet.write(53, 140, "減碳 90 萬公噸CO")
    x = sheet.write(x, 142.4, "2", 7.8)
    sheet.write(x, 140, "e")
    sheet.write(253, 140, "2 案")
    table = only_table(sheet)
    assert cells(table)[1] == ["減碳 90 萬公噸CO2e", "2 案"]
    assert table.rows[0].cells[0].text.styles[-2] == SUBSCRIPT


@pytest.mark.parametrize("has_header", [True, False], ids=["header repeated", "header printed once"])
def test_a_row_cut_by_the_page_break(has_header: bool) -> None:
    first, second = Sheet(), Sheet()
    first.table(
        XS, (700, 730, 755, 780), [HEADER, ROWS[0], ["1.2 軌道運輸", "興建輕軌路線，並擴充既有\n", "鐵道局", "12 億元"]]
    )
    rest = [["", "車站之月台。", "", ""], ROWS[2]]
    second.table(XS, (60, 90, 120, 150) if has_header else (60, 90, 120), [HEADER, *rest] if has_header else rest)
    table = only_table(first, second)
    assert cells(table) == [
        HEADER,
        ROWS[0],
        ["1.2 軌道運輸", "興建輕軌路線，並擴充既有車站之月台。", "鐵道局", "12 億元"],
        ROWS[2],
    ]
    assert [grid.page for grid in table.raw] == [1, 2]
    place = document(first, second).origins.place(table.rows[1].cells[1].text)
    assert [box.page for box in place.boxes] == [1, 2]


def test_a_cut_row_on_a_page_without_a_top_rule() -> None:
    """Programs leave out the border of a cell where the page cuts it; its text stands above the first rule."""
    first, second = Sheet(), Sheet()
    first.table(
        XS, (700, 730, 755, 780), [HEADER, ROWS[0], ["1.2 軌道運輸", "興建輕軌路線，並擴充既有\n", "鐵道局", "12 億元"]]
    )
    for x in XS:
        second.rule(x, 60, x, 130)
    for y in (85, 130):
        second.rule(XS[0], y, XS[-1], y)
    second.cell(XS[1], 60, "車站之月台。")
    for x, text in zip(XS, ROWS[2], strict=False):
        second.cell(x, 85, text)
    assert cells(only_table(first, second))[2:] == [
        ["1.2 軌道運輸", "興建輕軌路線，並擴充既有車站之月台。", "鐵道局", "12 億元"],
        ROWS[2],
    ]


def test_a_footer_below_a_cut_row_is_none_of_it() -> None:
    """No rule closes the row at the page's end, but the verticals stop there: what stands below is the page's."""
    sheet = Sheet()
    sheet.table(XS, (700, 730, 760), [HEADER, ROWS[0]])
    for x in XS:
        sheet.rule(x, 760, x, 790)
    for x, text in zip(XS, ["1.2 軌道運輸", "興建輕軌路線，並擴充既", "鐵道局", "12 億元"], strict=False):
        sheet.cell(x, 762, text)
    sheet.write(50, 803, "第二期運輸部門溫室氣體減量行動方案一一四年成果報告", 8)
    sheet.write(530, 803, "13", 8)
    assert cells(only_table(sheet))[2] == ["1.2 軌道運輸", "興建輕軌路線，並擴充既", "鐵道局", "12 億元"]


def test_a_row_code_cut_by_the_page_break() -> None:
    """The code's last part and the name's end stand on the next page."""
    xs = (50.0, 122.0, 400.0)
    first, second = Sheet(), Sheet()
    first.table(xs, (700, 730, 755, 780), [["推動措施", "內容"], ["1.1.1 公車", "補助"], ["1.1.2 軌道", "興建"]])
    second.table(xs, (60, 90, 120, 150), [["推動措施", "內容"], ["運輸建設", "路線。"], ["1.1.3 步道", "鋪設"]])
    assert [row[0] for row in cells(only_table(first, second))] == [
        "推動措施",
        "1.1.1 公車",
        "1.1.2 軌道運輸建設",
        "1.1.3 步道",
    ]


def test_a_merged_strategy_goes_on_over_the_break() -> None:
    xs = (50.0, 120.0, 300.0, 500.0)
    first, second = Sheet(), Sheet()
    header = ["策略", "推動措施", "內容"]
    first.table(xs, (700, 730, 755, 780), [header, ["1.公運", "1.1 公車", "補助"], [None, "1.2 軌道", "興建"]])
    second.table(
        xs,
        (60, 90, 115, 140, 165),
        [header, ["", "1.3 步道", "鋪設"], [None, "1.4 單車", "設站"], ["2.車輛", "2.1 機車", "汰換"]],
    )
    assert [row[:2] for row in cells(only_table(first, second))] == [
        ["策略", "推動措施"],
        ["1.公運", "1.1 公車"],
        ["1.公運", "1.2 軌道"],
        ["1.公運", "1.3 步道"],
        ["1.公運", "1.4 單車"],
        ["2.車輛", "2.1 機車"],
    ]


def test_a_header_of_two_levels() -> None:
    sheet = Sheet()
    xs, ys = (50.0, 150.0, 250.0, 350.0), (100.0, 125.0, 150.0, 175.0)
    for x in (50, 150, 350):
        sheet.rule(x, 100, x, 175)
    sheet.rule(250, 125, 250, 175)
    for y in (100, 150, 175):
        sheet.rule(50, y, 350, y)
    sheet.rule(150, 125, 350, 125)
    sheet.cell(xs[0], ys[0], "推動措施")
    sheet.cell(xs[1], ys[0], "經費執行情形")
    sheet.cell(xs[1], ys[1], "預算數")
    sheet.cell(xs[2], ys[1], "執行率")
    for x, text in zip(xs, ["1.1 公車", "500 萬元", "98%"], strict=False):
        sheet.cell(x, ys[2], text)
    table = only_table(sheet)
    assert len(table.header) == 2
    assert cells(table) == [
        ["推動措施", "經費執行情形", "經費執行情形"],
        ["推動措施", "預算數", "執行率"],
        ["1.1 公車", "500 萬元", "98%"],
    ]


def test_a_band_across_a_ruled_table() -> None:
    sheet = Sheet()
    sheet.table(XS, (100, 130), [HEADER])
    for x in (XS[0], XS[-1]):
        sheet.rule(x, 130, x, 155)
    sheet.cell(XS[0], 130, "策略一、發展公共運輸系統")
    sheet.table(XS, (155, 185, 215), ROWS[:2])
    table = only_table(sheet)
    assert [row.is_band for row in table.rows] == [True, False, False]
    assert cells(table)[1][0] == "策略一、發展公共運輸系統"
    assert cells(table)[2:] == ROWS[:2]


def test_a_frame_around_a_text_is_no_table() -> None:
    sheet = Sheet()
    sheet.lattice((50, 545), (100, 160))
    sheet.write(56, 120, "電動車補助至年底止。")
    assert tables(document(sheet)) == []


def test_two_tables_that_only_follow_one_another_are_not_one() -> None:
    first, second = Sheet(), Sheet()
    first.table(XS, (600, 630, 660), [HEADER, ROWS[0]])
    second.table((50, 200, 545), (400, 430, 460), [["指標", "結果"], ["運量", "12 億人次"]])
    assert [cells(t) for t in tables(document(first, second))] == [
        [HEADER, ROWS[0]],
        [["指標", "結果"], ["運量", "12 億人次"]],
    ]


def test_every_glyph_of_a_cell_lies_in_the_box_of_its_text() -> None:
    sheet = Sheet()
    sheet.table(XS, (100, 130, 180), [HEADER, ["1.1 電動公車", "補助客運業者汰換柴油\n大客車", "公路局", "500 萬元"]])
    read = document(sheet)
    (table,) = tables(read)
    (box,) = read.origins.place(table.rows[0].cells[1].text).boxes
    assert (box.page, box.x0) == (1, XS[1] + PADDING)
    inside = [
        g.text
        for g in sheet.glyphs
        if box.x0 <= g.x0 and g.x1 <= box.x1 and box.top <= g.top and g.bottom <= box.bottom
    ]
    assert "".join(inside) == "補助客運業者汰換柴油大客車"


def test_a_subscript_of_the_line_above_is_none_of_the_table() -> None:
    sheet = Sheet()
    x = sheet.write(440, 97, "萬公噸 CO")
    x = sheet.write(x, 101, "2", 7.8)
    sheet.write(x, 97, "e")
    sheet.table((50, 250, 545), (99, 129, 159), [["年度", "目標"], ["114", "9"]])
    (_, unit), table = shapes(sheet)
    assert (unit, table) == ("萬公噸 CO2e", ("table", [["年度", "目標"], ["114", "9"]]))


@pytest.mark.parametrize("rows", [[HEADER, *ROWS], [ROWS[2]]])
def test_headings_close_below_a_closed_table_are_none_of_it(rows: list[list[str]]) -> None:
    ys = [100 + 24 * n for n in range(len(rows) + 1)]
    sheet = Sheet()
    sheet.table(XS, ys, rows, 10)
    sheet.write(50, ys[-1] + 26, "參、成果", 15)
    sheet.write(55, ys[-1] + 54, "一、亮點成果一、案例", 15.8)  # a column's edge lies between two glyphs
    found = shapes(sheet)
    assert ("table", rows) == found[0]
    assert [words for kind, words in found[1:]] == ["參、成果", "一、亮點成果一、案例"]


def test_a_shaded_header_over_rows_with_bands_that_one_rule_closes() -> None:
    xs = (50, 90, 320, 545)
    sheet = Sheet()
    sheet.table(xs, (100, 126), [["編號", "意見", "回復"]])
    sheet.rule(50, 300, 545, 300)
    for top, texts in (
        (126, ["王教授某某（會上意見）"]),
        (146, ["1", "請補充第一項內容之說明文字及其\n所需之附件。", "已補充於報告之第三章第二節，並\n加列附件。"]),
        (180, ["2", "請補充第二項內容之說明文字及其\n所需之圖表。", "已補充於附件。"]),
        (214, ["李教授某某（會上意見）"]),
        (234, ["1", "請補充第三項內容之說明文字及其\n所需之案例。", "將於次年補充。"]),
    ):
        for x, text in zip(xs, texts, strict=False):
            sheet.cell(x, top, text)
    (table,) = tables(document(sheet))
    assert [row.is_band for row in table.rows] == [True, False, False, True, False]
    assert [row[0] for row in cells(table)[1:]] == ["王教授某某（會上意見）", "1", "2", "李教授某某（會上意見）", "1"]


def test_a_note_below_a_table_without_outer_lines_is_none_of_it() -> None:
    sheet = Sheet()
    for y in (100, 130, 160, 190, 220):
        sheet.rule(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        sheet.rule(x, 100, x, 220)
    open_columns(sheet, [100, 130, 160, 190], [HEADER, *ROWS])
    sheet.write(50, 236, "資料來源：", 10)
    sheet.write(152, 236, "某部，歷年統計。", 10)
    sheet.write(332, 236, "某署", 10)
    assert ("table", [HEADER, *ROWS]) == shapes(sheet)[0]


def test_headings_below_the_last_row_on_the_next_page_are_none_of_it() -> None:
    first, second = Sheet(), Sheet()
    first.table(XS, (740, 770, 800), [HEADER, ROWS[0]])
    second.table(XS, (70, 100), [ROWS[1]])
    second.write(XS[0], 122, "第三章 推動策略及措施成果", 15)
    second.write(XS[0], 158, "一、執行亮點", 14)
    second.write(XS[0], 190, "本章說明各項措施之執行亮點，供各界參考。")
    assert shapes(first, second)[1:3] == [("heading", "第三章 推動策略及措施成果"), ("heading", "一、執行亮點")]
    assert cells(only_table(first, second)) == [HEADER, *ROWS[:2]]


def test_a_header_of_two_levels_that_ends_its_page() -> None:
    first, second = Sheet(), Sheet()
    header = [["推動措施", "經費執行情形", "經費執行情形", "主辦機關"], ["", "預算數", "執行率", ""]]
    first.lattice((XS[0], XS[1], XS[3], XS[4]), (700, 725))
    for x, text in zip((XS[0], XS[1], XS[3]), ("推動措施", "經費執行情形", "主辦機關"), strict=True):
        first.cell(x, 700, text)
    first.table(XS, (725, 750), [["", "預算數", "執行率", ""]])
    second.table(XS, (70, 100, 130), [["1.1 公車", "500", "98%", "公路局"], ["1.2 輕軌", "900", "97%", "鐵道局"]])
    table = only_table(first, second)
    assert [[cell.text.text for cell in row.cells] for row in table.header] == header
    assert len(table.rows) == 2


def test_a_band_above_the_first_rule_of_the_next_page() -> None:
    first, second = Sheet(), Sheet()
    first.table(XS, (740, 770, 800), [HEADER, ROWS[0]])
    second.write(XS[0] + PADDING, 82, "2.1 建構智慧與綠色港埠")
    second.table(XS, (90, 120, 150), ROWS[1:])
    table = only_table(first, second)
    assert [(row.is_band, row.cells[0].text.text) for row in table.rows] == [
        (False, ROWS[0][0]),
        (True, "2.1 建構智慧與綠色港埠"),
        (False, ROWS[1][0]),
        (False, ROWS[2][0]),
    ]


def test_a_heading_above_a_header_printed_again_is_no_band() -> None:
    first, second = Sheet(), Sheet()
    first.table(XS, (740, 770, 800), [HEADER, ROWS[0]])
    second.write(XS[0] + PADDING, 82, "2.1 建構智慧與綠色港埠")
    second.table(XS, (90, 120, 150), [HEADER, ROWS[1]])
    assert not any(row.is_band for table in tables(document(first, second)) for row in table.rows)


def test_a_heading_above_a_header_of_two_levels_printed_again_is_no_band() -> None:
    first, second = Sheet(), Sheet()
    for sheet, top in ((first, 700), (second, 90)):
        for at in (top, top + 60, top + 100):
            sheet.rule(XS[0], at, XS[-1], at)
        sheet.rule(XS[2], top + 30, XS[-1], top + 30)
        for at, x in enumerate(XS):
            sheet.rule(x, top + 30 if at == 3 else top, x, top + 100)
        sheet.write(XS[0] + PADDING, top + 35, HEADER[0])
        sheet.write(XS[1] + PADDING, top + 35, HEADER[1])
        sheet.write(XS[2] + PADDING, top + 20, "檢核準則")
        sheet.cell(XS[2], top + 30, HEADER[2])
        sheet.cell(XS[3], top + 30, HEADER[3])
        for x, text in zip(XS, ROWS[0], strict=False):
            sheet.cell(x, top + 60, text)
    second.write(XS[0] + PADDING, 82, "2.1 建構智慧與綠色港埠")
    assert not any(row.is_band for table in tables(document(first, second)) for row in table.rows)


def test_an_empty_cell_in_an_open_corner_of_the_next_page() -> None:
    """A cell merged over the page break has a rule above and no side; the rows beside it end before the page does."""
    first, second = Sheet(), Sheet()
    for sheet, ys, rows in ((first, (700, 730, 760), [HEADER, ROWS[0]]), (second, (70, 100), [["", *ROWS[1][1:]]])):
        sheet.rule(XS[0], ys[0], XS[-1], ys[0])
        for y, row in zip(ys[1:], rows, strict=True):
            sheet.rule(XS[0] if row is HEADER else XS[1], y, XS[-1], y)
        for x in XS[1:-1]:
            sheet.rule(x, ys[0], x, ys[-1])
        open_columns(sheet, list(ys[:-1]), rows)
    (table,) = tables(document(first, second))
    assert cells(table) == [HEADER, ROWS[0], ["", *ROWS[1][1:]]]


def test_a_rule_over_the_first_column_too_where_all_others_begin_beside_it() -> None:
    """A table without outer lines whose first cell is merged over all rows of the page."""
    sheet = Sheet()
    for x in XS[1:-1]:
        sheet.rule(x, 60, x, 190)
    sheet.rule(XS[0], 100, XS[-1], 100)
    sheet.rule(XS[1], 145, XS[-1], 145)
    sheet.cell(XS[0], 100, "1 綠運輸")
    for top, row in ((62, ROWS[0]), (100, ROWS[1]), (145, ROWS[2])):
        for x, text in zip(XS[1:], row[1:], strict=False):
            sheet.cell(x, top, text)
    first = Sheet()
    first.table(XS, (700, 730, 760), [HEADER, ROWS[0]])
    table = only_table(first, sheet)
    assert [cell.text.text for cell in table.rows[-1].cells][:2] == ["1 綠運輸", ROWS[2][1]]
