"""Tables whose only verticals are the sides of shaded rows: the shading draws a box, the rules below it do not."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.documents.drawing import HEADER, XS, Sheet, cells, document, shapes, tables

ROWS = [
    ["1.1 電動公車", "補助客運業者汰換車輛", "公路局", "500 萬元"],
    ["1.2 軌道運輸", "興建輕軌路線", "鐵道局", "12 億元"],
    ["2.1 人行環境", "改善通學步道", "國土署", "3 億元"],
]


def shade(sheet: Sheet, top: float, bottom: float) -> None:
    """A filled rectangle over the whole width: two level edges and two upright ones."""
    for y in (top, bottom):
        sheet.rule(XS[0], y, XS[-1], y)
    for x in (XS[0], XS[-1]):
        sheet.rule(x, top, x, bottom)


def write(sheet: Sheet, top: float, row: list[str]) -> None:
    for x, text in zip(XS, row, strict=False):
        sheet.cell(x, top, text)


@pytest.mark.parametrize("closing", [[220], [170, 195, 245]], ids=["a rule at the end", "a rule below each row"])
def test_shaded_bands_among_level_rules(closing: list[float]) -> None:
    sheet = Sheet()
    sheet.rule(XS[0], 100, XS[-1], 100)
    for y in closing if len(closing) > 1 else [245, 170, 195]:
        sheet.rule(XS[0], y, XS[-1], y)
    for top, text in ((125, "1 綠運輸的推動方向"), (195, "2 人本環境的推動方向")):
        shade(sheet, top, top + 22)
        sheet.cell(XS[0], top, text)
    for top, row in ((100, HEADER), (147, ROWS[0]), (171, ROWS[1]), (217, ROWS[2])):
        write(sheet, top, row)
    (table,) = tables(document(sheet))
    assert [row.is_band for row in table.rows] == [True, False, False, True, False]
    assert [row.cells[0].text.text for row in table.rows if row.is_band] == [
        "1 綠運輸的推動方向",
        "2 人本環境的推動方向",
    ]
    assert [row for row in cells(table) if len(set(row)) > 1] == [HEADER, *ROWS]


def test_a_shaded_header_over_three_lines() -> None:
    sheet = Sheet()
    shade(sheet, 100, 125)
    for y in (155, 185, 215):
        sheet.rule(XS[0], y, XS[-1], y)
    for top, row in zip((100, 125, 155, 185), [HEADER, *ROWS], strict=True):
        write(sheet, top, row)
    (table,) = tables(document(sheet))
    assert cells(table) == [HEADER, *ROWS]


def test_a_shaded_band_right_below_a_header_shaded_cell_by_cell() -> None:
    """The two hang together; the rows below have level rules alone."""
    sheet = Sheet()
    for left, right in pairwise(XS):
        for y in (100, 125):
            sheet.rule(left, y, right, y)
        for x in (left, right):
            sheet.rule(x, 100, x, 125)
    shade(sheet, 125, 147)
    sheet.cell(XS[0], 125, "1 綠運輸的推動方向")
    for y in (172, 197, 222):
        sheet.rule(XS[0], y, XS[-1], y)
    for top, row in ((100, HEADER), (147, ROWS[0]), (172, ROWS[1]), (197, ROWS[2])):
        write(sheet, top, row)
    (table,) = tables(document(sheet))
    assert [row.is_band for row in table.rows] == [True, False, False, False]
    assert [row for row in cells(table) if len(set(row)) > 1] == [HEADER, *ROWS]


def dots(sheet: Sheet, x0: float, y0: float, x1: float, y1: float) -> None:
    """A dotted line: squares of 0.75 points, each with its four edges."""
    length = max(x1 - x0, y1 - y0)
    for number in range(int(length / 1.5)):
        x, y = (x0 + 1.5 * number, y0) if y0 == y1 else (x0, y0 + 1.5 * number)
        for at in (y, y + 0.75):
            sheet.rule(x, at, x + 0.75, at)
        for at in (x, x + 0.75):
            sheet.rule(at, y, at, y + 0.75)


def test_dotted_rules() -> None:
    sheet = Sheet()
    tops = (100, 125, 150, 175, 200)
    for y in tops:
        dots(sheet, XS[0], y, XS[-1], y)
    for x in XS:
        dots(sheet, x, tops[0], x, tops[-1])
    for top, row in zip(tops, [HEADER, *ROWS], strict=False):
        write(sheet, top, row)
    (table,) = tables(document(sheet))
    assert cells(table) == [HEADER, *ROWS]


def test_dots_far_apart_are_no_rule() -> None:
    sheet = Sheet()
    for number in range(60):
        sheet.rule(50 + 8 * number, 100, 51 + 8 * number, 100)
    sheet.write(50, 95, "項目")
    sheet.write(50, 120, "內容")
    assert not tables(document(sheet))


def test_stripes_without_any_rule_and_the_text_between_narrower_stripes() -> None:
    sheet = Sheet()
    for top, row in zip((100, 125, 150, 175), [HEADER, *ROWS], strict=True):
        write(sheet, top, row)
    shade(sheet, 100, 125)
    shade(sheet, 150, 175)
    sheet.write(80, 230, "另一節的標題", 14)
    for top in (250, 300):
        for y in (top, top + 25):
            sheet.rule(90, y, 500, y)
        for x in (90, 500):
            sheet.rule(x, top, x, top + 25)
    for number, top in enumerate((250, 275, 300)):
        sheet.cell(90, top, f"{number}")
        sheet.cell(300, top, "王委員的意見")
    first, second = tables(document(sheet))
    assert cells(first) == [HEADER, *ROWS]
    assert [row[0] for row in cells(second)] == ["0", "1", "2"]


def test_every_second_row_shaded() -> None:
    sheet = Sheet()
    for y in (100, 125, 217):
        sheet.rule(XS[0], y, XS[-1], y)
    shade(sheet, 155, 185)
    for top, row in zip((100, 125, 155, 187), [HEADER, *ROWS], strict=True):
        write(sheet, top, row)
    (table,) = tables(document(sheet))
    assert cells(table) == [HEADER, *ROWS]


def test_a_box_around_a_text_between_lines_of_its_width_is_no_table() -> None:
    sheet = Sheet()
    sheet.rule(XS[0], 60, XS[-1], 60)
    shade(sheet, 100, 180)
    for number in range(3):
        sheet.write(56, 120 + 20 * number, "電動公車補助自民國一百一十年起逐年擴大並納入偏鄉路線與通學專車辦理")
    sheet.rule(XS[0], 780, XS[-1], 780)
    assert tables(document(sheet)) == []


def test_lines_of_two_texts_side_by_side_are_no_rows_of_figures() -> None:
    """Lines share their baselines and hold figures, but they are sentences."""
    sheet = Sheet()
    sheet.lattice((50, 280, 545), (100, 125, 215))
    for x, lines in (
        (50, ["意見", "公車汰換請說明 114 年", "之規劃並估算經費，", "另補列輛數。"]),
        (280, ["回復", "將於 114 年汰換 500 輛，", "其後每年 600 輛，至 116", "年全數完成。"]),
    ):
        for number, text in enumerate(lines):
            sheet.cell(x, 102 + 25 * number, text)
    (table,) = tables(document(sheet))
    assert len(table.rows) == 1


@pytest.mark.parametrize("count", [1, 2])
def test_frames_around_a_title_and_a_list_are_no_tables(count: int) -> None:
    """The title in the middle begins where the list has ended; a heading and a paragraph follow."""
    sheet = Sheet()
    for top in [100, 300][:count]:
        shade(sheet, top, top + 60)
        sheet.write(260, top + 14, "社區節能績效")
        for number, line in enumerate(("● 節電 31 萬度", "● 節費 110 萬元")):
            sheet.write(56, top + 32 + 16 * number, line)
        sheet.write(50, top + 100, "伍、檢討與作法", 16)
        sheet.write(74, top + 130, "進度落後之 3 項措施，分別為整建維護納入節能改善、商業服務業設備汰換補")
        sheet.write(50, top + 148, "助等。")
    assert not tables(document(sheet))


def test_cells_merged_over_rows_beside_rules_that_begin_inside_the_first_column() -> None:
    """The header has one cell over two columns; below it only the rules between the rows tell them apart."""
    sheet = Sheet()
    xs, inner = (50.0, 250.0, 400.0, 545.0), 130.0
    sheet.lattice(xs, (100, 125))
    for x, text in zip(xs, ("項目", "110 年", "111 年"), strict=False):
        sheet.cell(x, 100, text)
    for number, (group, name, *figures) in enumerate(
        [
            ("當年度", "目標值", "5", "4"),
            ("", "實際值", "6", "5"),
            ("累計", "目標值", "5", "9"),
            ("", "實際值", "6", "11"),
        ]
    ):
        top = 125 + 25 * number
        sheet.rule(xs[0] if number in {2, 4} else inner, top, xs[-1], top)
        for x, text in zip((xs[0], inner, *xs[1:]), (group, name, *figures), strict=False):
            sheet.cell(x, top + (12 if x == xs[0] else 0), text)
    sheet.rule(xs[0], 225, xs[-1], 225)
    (table,) = tables(document(sheet))
    assert cells(table)[1:] == [
        ["當年度", "目標值", "5", "4"],
        ["當年度", "實際值", "6", "5"],
        ["累計", "目標值", "5", "9"],
        ["累計", "實際值", "6", "11"],
    ]


def test_a_line_under_a_running_head_that_a_table_touches_is_no_part_of_it() -> None:
    sheet = Sheet()
    sheet.rule(400, 67.5, 551, 67.5)
    sheet.table(XS, (68.5, 95, 120), [HEADER, ROWS[0]])
    (table,) = tables(document(sheet))
    assert cells(table) == [HEADER, ROWS[0]]


def test_a_line_under_a_running_head_that_the_rest_of_a_table_touches_is_no_part_of_it() -> None:
    first, second = Sheet(), Sheet()
    first.table(XS, (700, 730, 760), [HEADER, ROWS[0]])
    second.rule(400, 67.5, 551, 67.5)
    second.table(XS, (68.5, 95, 120), [HEADER, ROWS[1]])
    (table,) = tables(document(first, second))
    assert cells(table) == [HEADER, *ROWS[:2]]


def test_cards_with_tiles_in_them_are_no_tables() -> None:
    first, sheet = Sheet(), Sheet()
    first.table(XS, (650, 680, 710, 740), [HEADER, *ROWS[:2]])
    for top in (100.0, 300.0):
        sheet.lattice((50, 545), (top, top + 30))
        sheet.write(60, top + 20, "案例 1　沼氣集中發電")
        sheet.lattice((50, 545), (top + 30, top + 180))
        sheet.table((66, 220, 380, 530), (top + 50, top + 75, top + 100), [["205 度", "93 公噸", "11 家"]] * 2)
        sheet.write(60, top + 130, "緣起該場以往沼氣未獲利用。")
    assert [kind for kind, _ in shapes(first, sheet)] == ["table", *["paragraph", "table", "paragraph"] * 2]


def test_a_short_band_numbered_as_a_longer_one() -> None:
    """The second strategy is no longer than a cell of the first column; its number says what it is."""
    sheet = Sheet()
    for y in (100, 125, 330):
        sheet.rule(XS[0], y, XS[-1], y)
    write(sheet, 100, HEADER)
    lines = [["一、發展綠運輸及推動公共運輸"], ["一(一) 公車", *ROWS[0][1:]], ["一(二) 軌道", *ROWS[1][1:]]]
    lines += [["二、造林"], ["二(一) 撫育", *ROWS[2][1:]]]
    for number, row in enumerate(lines):
        write(sheet, 130 + 34 * number, row)
    (table,) = tables(document(sheet))
    assert [row.cells[0].text.text for row in table.rows if row.is_band] == [lines[0][0], lines[3][0]]
    assert len(table.rows) == 5


def test_a_row_between_two_shaded_ones_is_no_band() -> None:
    """Every second row is shaded cell by cell, as the header is; the one between has no sides."""
    sheet = Sheet()
    for top in (100, 150):
        sheet.lattice(XS, (top, top + 25))
    for y in (175, 200):
        sheet.rule(XS[0], y, XS[-1], y)
    for top, row in zip((100, 125, 150, 175), [HEADER, *ROWS], strict=True):
        write(sheet, top, row)
    (table,) = tables(document(sheet))
    assert cells(table) == [HEADER, *ROWS]


def test_rows_that_have_some_of_their_column_lines_alone() -> None:
    sheet = Sheet()
    sheet.lattice(XS, (100, 125))
    for number, row in enumerate([HEADER, *ROWS]):
        write(sheet, 100 + 25 * number, row)
    for y in (150, 175, 200):
        sheet.rule(XS[0], y, XS[-1], y)
    sheet.rule(XS[2], 125, XS[2], 200)
    (table,) = tables(document(sheet))
    assert cells(table) == [HEADER, *ROWS]
