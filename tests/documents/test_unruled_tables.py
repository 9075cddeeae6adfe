"""Tables without verticals, and with few rules or none between their rows: columns and rows from the white."""

from __future__ import annotations

import pytest

from extract.documents.model import Table
from tests.documents.drawing import Sheet, cells, document, tables

XS = (50.0, 110.0, 250.0, 390.0, 470.0, 545.0)
HEADER = ["措施", "內容", "成果", "機關", "經費"]
FIRST = ["1.1.1\n公車", "補助業者汰換車輛並\n設置充電樁", "汰換 90 輛", "公路局", "500"]
SECOND = ["1.1.2\n輕軌", "興建路線", "完成 2 線，另辦說\n明會", "鐵道局", "1,200"]
THIRD = ["1.2.1\n步道", "改善通學步道", "完成 3 處", "國土署", "300"]


def whole(row: list[str]) -> list[str]:
    """A row on one line each; where its lines break is not what these tests are about."""
    return [text.replace("\n", "") for text in row]


def read(table: Table) -> list[list[str]]:
    """All rows, header first, without line breaks."""
    return [whole(row) for row in cells(table)]


def write(sheet: Sheet, top: float, row: list[str], xs: tuple[float, ...] = XS, size: float = 12.0) -> None:
    for x, text in zip(xs, row, strict=False):
        sheet.cell(x, top, text, size)


def rule(sheet: Sheet, *ys: float) -> None:
    for y in ys:
        sheet.rule(XS[0], y, XS[-1], y)


def only(*sheets: Sheet) -> Table:
    (table,) = tables(document(*sheets))
    return table


@pytest.mark.parametrize(
    "codes",
    [
        ("住-\n1-1", "住-\n1-2"),
        ("一\n(一)", "一\n(二)"),
        ("一、\n(一)\n1", "一、\n(一)\n2"),
        ("1.\n1", "1.\n2"),
    ],
    ids=["at a dash", "before a bracket", "over three lines", "at a point"],
)
def test_codes_that_wrap_begin_their_rows(codes: tuple[str, str]) -> None:
    sheet = Sheet()
    rule(sheet, 100, 125, 225)
    write(sheet, 100, HEADER)
    for top, code, row in ((125, codes[0], FIRST), (175, codes[1], SECOND)):
        write(sheet, top, [code, *row[1:]])
    assert read(only(sheet))[1:] == [whole([codes[0], *FIRST[1:]]), whole([codes[1], *SECOND[1:]])]


def test_the_page_number_below_a_table_that_goes_on_overleaf() -> None:
    first, second = Sheet(), Sheet()
    rule(first, 700, 725)
    write(first, 700, HEADER)
    write(first, 725, FIRST)
    first.write(295, 800, "1")
    rule(second, 60, 85, 130)
    write(second, 60, HEADER)
    write(second, 85, SECOND)
    assert read(only(first, second)) == [HEADER, whole(FIRST), whole(SECOND)]


@pytest.mark.parametrize("number", ["", "13"], ids=["a title alone", "a title and the number"])
def test_the_foot_of_the_page_below_a_table_that_goes_on_overleaf(number: str) -> None:
    """The title at the foot runs over two columns, its number stands in the last one."""
    first, second = Sheet(), Sheet()
    rule(first, 700, 725, 765)
    write(first, 700, HEADER)
    write(first, 725, FIRST)
    first.write(53, 786, "運輸部門一一四年成果報告", 8)
    first.write(530, 786, number, 8)
    rule(second, 60, 85, 130)
    write(second, 60, HEADER)
    write(second, 85, SECOND)
    assert read(only(first, second)) == [HEADER, whole(FIRST), whole(SECOND)]


def test_figures_and_dashes_in_several_columns_are_no_page_number() -> None:
    """The Latin signs of a row stand a little higher than its words, and read - 115 - by themselves."""
    sheet = Sheet()
    rule(sheet, 100, 125)
    write(sheet, 100, HEADER)
    write(sheet, 125, FIRST)
    for x, text in ((XS[2], "—"), (XS[3], "115"), (XS[4], "—")):
        sheet.write(x + 3, 187, text, 12)
    for x, text in ((XS[0], "1.1.2"), (XS[1], "興建")):
        sheet.write(x + 3, 191, text, 12)
    rule(sheet, 760)
    assert read(only(sheet))[2] == ["1.1.2", "興建", "—", "115", "—"]


def test_a_band_that_ends_a_page() -> None:
    first, second = Sheet(), Sheet()
    rule(first, 700, 725)
    write(first, 700, HEADER)
    write(first, 725, FIRST)
    first.cell(XS[0], 765, "1.2 人本環境的推動方向")
    rule(second, 60, 85, 115)
    write(second, 60, HEADER)
    write(second, 85, THIRD)
    table = only(first, second)
    assert [row.is_band for row in table.rows] == [False, True, False]
    assert table.rows[1].cells[0].text.text == "1.2 人本環境的推動方向"


class TestHeadersOfTwoLevels:
    XS = (50.0, 150.0, 290.0, 370.0, 450.0, 545.0)

    def sheet(self, lower: float) -> Sheet:
        """措施, 成果, 辦理機關等 over 主辦 and 協辦, 經費; the lower headings begin at `lower`."""
        sheet = Sheet()
        for x, text in ((50, "措施"), (150, "成果"), (450, "經費")):
            sheet.cell(x, 112, text)
        sheet.write(340, 117, "辦理機關等", 12)
        sheet.write(318, lower + 15, "主辦", 12)
        sheet.write(398, lower + 15, "協辦", 12)
        return sheet

    def test_the_rule_below_the_header_stands_under_the_lower_headings_alone(self) -> None:
        sheet = self.sheet(122)
        for y in (100, 230):
            sheet.rule(50, y, 545, y)
        sheet.rule(290, 142, 450, 142)
        rows = [["1.1.1 公車", "汰換 90 輛", "公路局", "環境部", "500"], ["1.1.2 輕軌", "2 線", "鐵道局", "－", "70"]]
        for top, row in zip((145, 185), rows, strict=True):
            write(sheet, top, row, self.XS)
        table = only(sheet)
        assert [[c.text.text for c in row.cells] for row in table.header] == [
            ["措施", "成果", "辦理機關等", "辦理機關等", "經費"],
            ["措施", "成果", "主辦", "協辦", "經費"],
        ]
        assert read(table)[2:] == rows

    def test_a_rule_under_the_group_is_not_the_end_of_the_header(self) -> None:
        sheet = self.sheet(122)
        for y in (100, 142, 172, 202):
            sheet.rule(50, y, 545, y)
        sheet.rule(290, 121, 450, 121)
        rows = [["1.1.1 公車", "汰換 90 輛", "公路局", "環境部", "500"], ["1.1.2 輕軌", "2 線", "鐵道局", "－", "70"]]
        for top, row in zip((145, 175), rows, strict=True):
            write(sheet, top, row, self.XS)
        assert read(only(sheet))[2:] == rows


def test_an_empty_column_below_its_own_heading() -> None:
    sheet = Sheet()
    xs = (50.0, 110.0, 250.0, 390.0, 430.0, 470.0)
    header = ["措施", "內容", "成果", "備註", "經費"]
    rule(sheet, 100, 125, 225)
    write(sheet, 100, header, xs)
    for top, row in ((125, FIRST), (175, SECOND)):
        write(sheet, top, [*row[:3], "", "500"], xs)
    assert read(only(sheet)) == [header, [*whole(FIRST)[:3], "", "500"], [*whole(SECOND)[:3], "", "500"]]


def test_rules_that_begin_beside_a_merged_cell_below_a_shaded_header() -> None:
    sheet = Sheet()
    sheet.lattice(XS, (100, 125))
    sheet.rule(XS[1], 165, XS[-1], 165)
    rule(sheet, 210)
    write(sheet, 100, ["策略", *HEADER[1:]])
    write(sheet, 125, ["綠運輸", *FIRST[1:]])
    write(sheet, 165, ["", *SECOND[1:]])
    assert read(only(sheet))[1:] == [["綠運輸", *whole(FIRST)[1:]], ["綠運輸", *whole(SECOND)[1:]]]


def test_the_rest_of_a_cut_row_above_the_first_number_of_a_page() -> None:
    first, second = Sheet(), Sheet()
    rule(first, 700, 725)
    write(first, 700, HEADER)
    write(first, 725, ["1.1.1\n公車", "補助業者汰換車輛並\n設置充電樁", "汰換 90 輛", "公路局", "500"])
    rule(second, 60, 85, 230)
    write(second, 60, HEADER)
    second.cell(XS[1], 85, "及候車亭。")
    write(second, 105, SECOND)
    write(second, 165, THIRD)
    assert read(only(first, second))[1:] == [
        ["1.1.1公車", "補助業者汰換車輛並設置充電樁及候車亭。", *FIRST[2:]],
        whole(SECOND),
        whole(THIRD),
    ]


def test_a_single_rule_between_two_rows_on_a_page_without_header() -> None:
    first, second = Sheet(), Sheet()
    rule(first, 650, 675, 720)
    write(first, 650, HEADER)
    write(first, 675, FIRST)
    write(first, 720, ["1.1.2\n輕軌", "興建路線", "完成 2 線，另辦說", "鐵道局", "1,200"])
    second.cell(XS[2], 50, "明會")
    rule(second, 75)
    write(second, 75, THIRD)
    assert read(only(first, second))[1:] == [whole(FIRST), whole(SECOND), whole(THIRD)]


def test_a_running_head_begins_no_table() -> None:
    """Its two ends stand in two columns of the table that goes on; the rule under it is as wide as the table."""
    pages = [Sheet(), Sheet(), Sheet()]
    for number, sheet in enumerate(pages, start=1):
        sheet.write(50, 40, "運輸部門成果報告", 9)
        sheet.write(500, 40, f"p. {number}/3", 9)
        sheet.rule(XS[0], 46, XS[-1], 46)
    rule(pages[0], 500, 525, 565)
    write(pages[0], 500, HEADER)
    write(pages[0], 525, FIRST)
    rule(pages[1], 100, 125, 165, 215)
    write(pages[1], 100, HEADER)
    write(pages[1], 125, SECOND)
    write(pages[1], 165, THIRD)
    pages[2].write(50, 120, "結語")
    found = tables(document(*pages))
    assert [read(table) for table in found] == [[HEADER, whole(FIRST), whole(SECOND), whole(THIRD)]]


@pytest.mark.parametrize("is_drawn", [True, False], ids=["under the heading of a group", "below the header alone"])
def test_rules_of_a_header_that_leave_out_a_merged_heading(is_drawn: bool) -> None:
    """The rule begins beside the heading over both rows of the header, and is nearly as long as the table."""
    sheet = Sheet()
    xs = (50.0, 100.0, 250.0, 400.0)
    for y in (100, 200):
        sheet.rule(50, y, 545, y)
    if is_drawn:
        sheet.rule(100, 122, 545, 122)
    sheet.rule(50 if is_drawn else 100, 144, 545, 144)
    sheet.write(180, 116, "各年排放量（百萬公噸）與目標")
    sheet.write(56, 128, "年度")
    for x, text in zip(xs[1:], ("目標值", "實際值", "校正值"), strict=True):
        sheet.write(x + 30, 138, text)
    for number, row in enumerate((("110", "5.1", "4.9", "4.8"), ("111", "5.0", "-", "-"))):
        for x, text in zip(xs, row, strict=True):
            sheet.write(x + 30 if x > 50 else 56, 160 + 20 * number, text)
    (table,) = tables(document(sheet))
    assert [row for row in cells(table) if row[0] in {"110", "111"}] == [
        ["110", "5.1", "4.9", "4.8"],
        ["111", "5.0", "-", "-"],
    ]


def test_a_wrapped_cell_beside_a_label_of_one_line_is_no_row() -> None:
    sheet = Sheet()
    xs = (72.0, 200.0, 340.0, 520.0)
    for y in (100, 122, 262):
        sheet.rule(xs[0], y, xs[-1], y)
    lines = {
        116: ("指標", "目標", "結果"),
        140: ("部門排放量", "低於 5,252 千公噸", "5,083 千公噸（推估、校"),
        154: ("", "CO2e", "正後 5 項）"),
        180: ("造林面積", "2,680 公頃", "1,702 公頃"),
        206: ("再利用頭數", "250 萬頭", "268 萬頭"),
        232: ("再利用率", "85%", "86.3%"),
    }
    for baseline, row in lines.items():
        for x, text in zip(xs, row, strict=False):
            sheet.write(x + 4, baseline, text, 11)
    (table,) = tables(document(sheet))
    assert [row[0] for row in cells(table)] == ["指標", "部門排放量", "造林面積", "再利用頭數", "再利用率"]


def test_a_header_that_ends_its_page_over_one_row_set_at_the_left() -> None:
    """The headings are centred, so that the texts below begin on the left of the white between them."""
    sheet = Sheet()
    xs = (50.0, 150.0, 340.0, 545.0)
    for y in (700, 722):
        sheet.rule(xs[0], y, xs[-1], y)
    for x, text in zip((85, 250, 430), ("指標", "目標值", "執行成果"), strict=True):
        sheet.write(x, 715, text)
    for x, text in zip(xs, ("部門排放量", "111 年低於 42 百萬公噸", "111 年 38 百萬公噸"), strict=False):
        sheet.write(x + 4, 737, text)
    (table,) = tables(document(sheet))
    assert cells(table)[1] == ["部門排放量", "111 年低於 42 百萬公噸", "111 年 38 百萬公噸"]


def test_a_heading_between_two_rules_is_no_table() -> None:
    """The rule under the running head, and that of the heading itself."""
    sheet = Sheet()
    rule(sheet, 70, 104)
    sheet.write(XS[0], 94, "第六章　檢討與精進作法", 16)
    sheet.write(XS[0] + 24, 130, "首年整體進度符合預期，惟部分措施仍有改善空間。")
    assert not tables(document(sheet))
