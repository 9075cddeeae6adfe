"""Tables that have level rules and no uprights."""

from __future__ import annotations

from tests.documents.drawing import (
    HEADER,
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


def test_rules_between_all_rows() -> None:
    sheet = Sheet()
    for y in (100, 130, 160, 190, 220):
        sheet.rule(XS[0], y, XS[-1], y)
    open_columns(sheet, [100, 130, 160, 190], [HEADER, *ROWS])
    assert cells(only_table(sheet)) == [HEADER, *ROWS]


def test_a_table_of_three_lines() -> None:
    """Above, below the header, at the end; rows told apart by their numbers."""
    sheet = Sheet()
    for y in (100, 125, 215):
        sheet.rule(XS[0], y, XS[-1], y)
    open_columns(sheet, [100, 125, 155, 185], [HEADER, *ROWS])
    assert cells(only_table(sheet)) == [HEADER, *ROWS]


def test_figures_of_three_lines() -> None:
    sheet = Sheet()
    rows = [
        ["年度", "目標", "實際", "差額"],
        ["110", "36.1", "35.8", "0.3"],
        ["111", "35.2", "34.9", "0.3"],
        ["112", "34.0", "33.6", "0.4"],
    ]
    for y in (100, 122, 180):
        sheet.rule(XS[0], y, XS[-1], y)
    open_columns(sheet, [102, 122, 140, 158], rows)
    assert cells(only_table(sheet)) == rows


def test_a_cell_of_several_lines_is_one_row() -> None:
    sheet = Sheet()
    for y in (100, 125, 165, 190):
        sheet.rule(XS[0], y, XS[-1], y)
    rows = [HEADER, ["1.1 電動公車", "補助客運業者汰換柴油大客\n車並設置充電樁", "公路局", "500 萬元"], ROWS[1]]
    open_columns(sheet, [100, 125, 165], rows)
    assert cells(only_table(sheet))[1] == [
        "1.1 電動公車",
        "補助客運業者汰換柴油大客車並設置充電樁",
        "公路局",
        "500 萬元",
    ]


def test_a_row_cut_by_the_page_break() -> None:
    first, second = Sheet(), Sheet()
    for y in (680, 705, 735, 775):
        first.rule(XS[0], y, XS[-1], y)
    open_columns(
        first,
        [680, 705, 735],
        [HEADER, ROWS[0], ["1.2 軌道運輸", "興建輕軌路線，並擴充既有\n", "鐵道局", "12 億元"]],
    )
    for y in (60, 85, 110, 140):
        second.rule(XS[0], y, XS[-1], y)
    open_columns(second, [60, 85, 110], [HEADER, ["", "車站之月台。", "", ""], ROWS[2]])
    assert cells(only_table(first, second))[2:] == [
        ["1.2 軌道運輸", "興建輕軌路線，並擴充既有車站之月台。", "鐵道局", "12 億元"],
        ROWS[2],
    ]


def test_a_shaded_header_over_level_rules() -> None:
    """The header's cells are filled rectangles with sides; below it rules lie between the rows alone."""
    sheet = Sheet()
    sheet.lattice(XS, (100, 130))
    for y in (160, 190, 220):
        sheet.rule(XS[0], y, XS[-1], y)
    open_columns(sheet, [100, 130, 160, 190], [HEADER, *ROWS])
    assert cells(only_table(sheet)) == [HEADER, *ROWS]


def test_prose_between_two_tables_is_no_row() -> None:
    sheet = Sheet()
    for y in (100, 125, 155, 400, 425, 455):
        sheet.rule(XS[0], y, XS[-1], y)
    open_columns(sheet, [100, 125], [HEADER, ROWS[0]])
    for number in range(4):
        sheet.write(XS[0], 260 + 20 * number, "各機關按季填報辦理情形並由幕僚單位彙整後提送會議討論確認公布周知各界")
    open_columns(sheet, [400, 425], [HEADER, ROWS[1]])
    assert [kind for kind, _ in shapes(sheet)] == ["table", "paragraph", "table"]
    assert [cells(t) for t in tables(document(sheet))] == [[HEADER, ROWS[0]], [HEADER, ROWS[1]]]


def test_two_rules_with_prose_between_them_are_no_table() -> None:
    sheet = Sheet()
    sheet.rule(50, 100, 545, 100)
    sheet.rule(50, 200, 545, 200)
    for number in range(4):
        sheet.write(50, 120 + 20 * number, "各機關按季填報辦理情形並由幕僚單位彙整後提送會議討論確認公布周知各界")
    assert tables(document(sheet)) == []
