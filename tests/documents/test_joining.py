"""Grids of pages to whole tables: one case for each way in which a page cuts or repeats."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extract.documents.joining import join, join_seam
from extract.documents.model import Join, PlacedText, RawGrid, Table
from extract.documents.page_grid import Grid, header_height

HEADER = ["措施", "內容", "機關"]


def grid(
    page: int | None, *rows: Sequence[str | None], spans: dict[tuple[int, int], tuple[int, int]] | None = None
) -> Grid:
    placed = tuple(tuple(None if c is None else PlacedText.plain(c) for c in row) for row in rows)
    return Grid(page, placed, spans or {})


def body(table: Table) -> list[list[str]]:
    return [[cell.text.text for cell in row.cells] for row in table.rows]


def sources(table: Table) -> list[list[str]]:
    return [[cell.source for cell in row.cells] for row in table.rows]


def test_one_page_is_kept_as_it_is() -> None:
    table = join([grid(3, HEADER, ["1.1 公車", "補助", "甲"])])
    assert [[c.text.text for c in row.cells] for row in table.header] == [HEADER]
    assert body(table) == [["1.1 公車", "補助", "甲"]]
    assert table.joins == ()
    assert table.raw == (RawGrid(3, (tuple(HEADER), ("1.1 公車", "補助", "甲"))),)


def test_a_repeated_header_is_dropped() -> None:
    table = join([grid(1, HEADER, ["1.1 公車", "補助", "甲"]), grid(2, HEADER, ["1.2 軌道", "興建", "乙"])])
    assert body(table) == [["1.1 公車", "補助", "甲"], ["1.2 軌道", "興建", "乙"]]
    assert table.joins == (Join("header repeated", 1, None, "", "措施", 2),)
    assert [g.page for g in table.raw] == [1, 2]


def test_a_header_that_is_wrapped_or_clipped_otherwise_is_still_the_header() -> None:
    table = join(
        [grid(1, HEADER, ["1.1 公車", "補助", "甲"]), grid(2, ["措\n施", "內容", "機 關"], ["1.2 軌道", "興建", "乙"])]
    )
    assert [row[0] for row in body(table)] == ["1.1 公車", "1.2 軌道"]


def test_a_row_cut_by_the_break_is_joined_cell_by_cell() -> None:
    table = join(
        [
            grid(1, HEADER, ["1.1 公車", "補助客運業者汰", "甲"], ["1.2 軌道", "興建路", "乙部"]),
            grid(2, HEADER, ["", "線三條。", ""], ["1.3 步行", "鋪設", "丙"]),
        ]
    )
    assert body(table) == [
        ["1.1 公車", "補助客運業者汰", "甲"],
        ["1.2 軌道", "興建路線三條。", "乙部"],
        ["1.3 步行", "鋪設", "丙"],
    ]
    assert Join("row continued", 1, 1, "興建路", "線三條。", 2) in table.joins


def test_a_row_cut_where_no_header_is_repeated() -> None:
    table = join(
        [
            grid(1, HEADER, ["1.1 公車", "補助", "甲"], ["1.2 軌道", "興建路", "乙"]),
            grid(2, ["", "線三條。", ""], ["1.3 步行", "鋪設", "丙"]),
        ]
    )
    assert body(table)[1] == ["1.2 軌道", "興建路線三條。", "乙"]


def test_a_new_row_at_the_top_of_a_page_joins_nothing() -> None:
    table = join(
        [
            grid(1, HEADER, ["1.1 公車", "補助", "甲"], ["1.2 軌道", "興建", "乙"]),
            grid(2, HEADER, ["1.3 步行", "", "丙"]),
        ]
    )
    assert [row[0] for row in body(table)] == ["1.1 公車", "1.2 軌道", "1.3 步行"]


@pytest.mark.parametrize("again", ["1.2", "1.2（續）", "1.2 (續)"])
def test_a_row_code_printed_again_goes_on_its_row(again: str) -> None:
    table = join(
        [
            grid(1, HEADER, ["1.1 公車", "補助", "甲"], ["1.2 軌道", "興建路", "乙"]),
            grid(2, HEADER, [again, "線三條。", ""]),
        ]
    )
    assert body(table)[1] == ["1.2 軌道", "興建路線三條。", "乙"]
    assert len(table.rows) == 2


def test_a_name_that_goes_on_behind_its_code_printed_again() -> None:
    table = join(
        [
            grid(1, HEADER, ["1.1 公車", "補助", "甲"], ["1.2 軌道運", "興建路", "乙"]),
            grid(2, HEADER, ["輸建設", "線三條。", ""]),
        ]
    )
    assert body(table)[1] == ["1.2 軌道運輸建設", "興建路線三條。", "乙"]


def test_a_row_cut_over_three_pages() -> None:
    table = join(
        [
            grid(1, HEADER, ["1.1 公車", "補助", "甲"], ["1.2 軌道", "興", "乙"]),
            grid(2, HEADER, ["", "建路", ""]),
            grid(3, HEADER, ["", "線三條。", ""], ["1.3 步行", "鋪設", "丙"]),
        ]
    )
    assert body(table) == [["1.1 公車", "補助", "甲"], ["1.2 軌道", "興建路線三條。", "乙"], ["1.3 步行", "鋪設", "丙"]]


def test_items_over_the_break_keep_their_lines() -> None:
    table = join(
        [
            grid(1, HEADER, ["1.1 公車", "x", "甲"], ["1.2 軌道", "1.興建。", "乙"]),
            grid(2, HEADER, ["", "2.擴建。", ""]),
        ]
    )
    assert body(table)[1][1] == "1.興建。\n2.擴建。"


def test_a_merged_cell_is_filled_down_also_over_the_break() -> None:
    header = ["策略", "措施", "機關"]
    table = join(
        [
            grid(1, header, ["1.公共運輸", "1.1 公車", "甲"], [None, "1.2 軌道", "乙"], spans={(1, 0): (2, 1)}),
            grid(
                2,
                header,
                ["", "1.3 步行", "丙"],
                [None, "1.4 單車", "丁"],
                ["2.電動車", "2.1 機車", "戊"],
                spans={(1, 0): (2, 1)},
            ),
        ]
    )
    assert [row[0] for row in body(table)] == ["1.公共運輸"] * 4 + ["2.電動車"]
    assert [row[0] for row in sources(table)] == ["own", "down", "down", "down", "own"]


def test_the_rest_of_a_merged_cells_words_goes_back_to_where_it_began() -> None:
    header = ["策略", "措施", "機關"]
    table = join(
        [
            grid(1, header, ["1.發展公", "1.1 公車", "甲"], [None, "1.2 軌道", "乙"], spans={(1, 0): (2, 1)}),
            grid(2, header, ["共運輸", "1.3 步行", "丙"], [None, "1.4 單車", "丁"], spans={(1, 0): (2, 1)}),
        ]
    )
    assert [row[0] for row in body(table)] == ["1.發展公共運輸"] * 4
    assert Join("merged cell continued", 0, 0, "1.發展公", "共運輸", 2) in table.joins


def test_a_merged_cell_printed_again_after_the_break_is_no_second_one() -> None:
    header = ["策略", "措施", "機關"]
    table = join(
        [
            grid(1, header, ["1.公共運輸", "1.1 公車", "甲"], [None, "1.2 軌道", "乙"], spans={(1, 0): (2, 1)}),
            grid(2, header, ["1.公共運輸", "1.3 步行", "丙"], [None, "1.4 單車", "丁"], spans={(1, 0): (2, 1)}),
        ]
    )
    assert [row[0] for row in sources(table)] == ["own", "down", "down", "down"]


def test_a_band_is_one_cell_across_and_ends_what_was_merged() -> None:
    table = join(
        [
            grid(
                1,
                HEADER,
                ["策略一、公共運輸", None, None],
                ["1.1 公車", "補助", "甲"],
                ["策略二、電動車", None, None],
                ["2.1 機車", "汰換", "乙"],
            )
        ]
    )
    assert [row.is_band for row in table.rows] == [True, False, True, False]
    assert [row.cells[0].text.text for row in table.rows if row.is_band] == ["策略一、公共運輸", "策略二、電動車"]
    assert sources(table)[0] == ["own", "across", "across"]


def test_a_band_at_the_top_of_a_page_is_not_the_rest_of_a_row() -> None:
    table = join(
        [
            grid(1, HEADER, ["1.1 公車", "補助", "甲"], ["1.2 軌道", "興建", "乙"]),
            grid(2, HEADER, ["策略二、電動車", None, None], ["2.1 機車", "汰換", "丙"]),
        ]
    )
    assert [row.is_band for row in table.rows] == [False, False, True, False]


def test_a_header_of_two_levels_is_spread_over_its_columns() -> None:
    table = join(
        [
            grid(
                1,
                ["措施", "經費", None],
                [None, "預算數", "執行率"],
                ["1.1 公車", "5", "98%"],
                spans={(0, 0): (2, 1), (0, 1): (1, 2)},
            )
        ]
    )
    assert [[c.text.text for c in row.cells] for row in table.header] == [
        ["措施", "經費", "經費"],
        ["措施", "預算數", "執行率"],
    ]
    assert body(table) == [["1.1 公車", "5", "98%"]]


def test_the_height_of_a_header_is_what_repeats() -> None:
    first = grid(1, ["措施", "經費", "機關"], ["", "萬元", ""], ["1.1 公車", "5", "甲"])
    second = grid(2, ["措施", "經費", "機關"], ["", "萬元", ""], ["1.2 軌道", "7", "乙"])
    assert header_height(first, [second]) == 2
    assert body(join([first, second])) == [["1.1 公車", "5", "甲"], ["1.2 軌道", "7", "乙"]]


def test_a_table_of_figures_without_row_numbers_is_not_glued() -> None:
    header = ["年度", "目標", "實際"]
    table = join(
        [
            grid(1, header, ["110", "36.1", "35.8"], ["111", "35.2", "34.9"]),
            grid(2, header, ["112", "34.0", "33.6"], ["113", "33.1", "-"]),
        ]
    )
    assert [row[0] for row in body(table)] == ["110", "111", "112", "113"]


def test_a_row_without_numbers_is_joined_by_what_its_neighbours_fill() -> None:
    """No row number tells: the name is always there, and is missing in the first row of the page."""
    header = ["計畫", "說明"]
    first = [["公車", "a"], ["軌道", "b"], ["步行", "興建路"]]
    table = join([grid(1, header, *first), grid(2, header, ["", "線三條。"], ["單車", "d"])])
    assert body(table) == [["公車", "a"], ["軌道", "b"], ["步行", "興建路線三條。"], ["單車", "d"]]


def test_lists_inside_cells_do_not_number_rows() -> None:
    """1. opens the list of each cell; the names number nothing, yet are rows of their own."""
    header = ["措施", "成果"]
    table = join(
        [
            grid(1, header, ["公車", "1.補助。"], ["軌道", "1.興建。"]),
            grid(2, header, ["步行", "1.鋪設。"], ["單車", "1.設站。"]),
        ]
    )
    assert [row[0] for row in body(table)] == ["公車", "軌道", "步行", "單車"]


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("補助電動公", "車。", "補助電動公車。"),
        ("1.補助。", "2.設站。", "1.補助。\n2.設站。"),
        ("約 3", "案", "約 3案"),
        ("use of", "steam", "use of steam"),
        ("", "車", "車"),
        ("車", "", "車"),
    ],
)
def test_a_seam(before: str, after: str, whole: str) -> None:
    assert join_seam(PlacedText.plain(before), PlacedText.plain(after)) == PlacedText.plain(whole)


def test_where_every_row_is_numbered_a_text_without_number_goes_on() -> None:
    """The list in the cell beside it goes on with its second item, as a new row might."""
    rows = [[f"{n}、公車", f"{n}、補助"] for n in range(1, 5)]
    table = join([grid(1, ["意見", "回復"], *rows), grid(2, ["汰換比率", "5、另興建"], ["5、軌道", "5、興建"])])
    assert [row[0] for row in body(table)] == ["1、公車", "2、公車", "3、公車", "4、公車汰換比率", "5、軌道"]


def test_amounts_with_a_rate_beside_them_number_no_rows() -> None:
    """8.41 looks like a code, and a blank amount below it would be filled as a merged cell."""
    rows = [["1.1 公車", "8.41 / 87.2%"], ["1.2 軌道", ""], ["1.3 步行", "8.63 / 94%"], ["1.4 自行車", "1.02億元(9%)"]]
    assert [row[1] for row in body(join([grid(1, ["措施", "經費"], *rows)]))][1] == ""


def test_a_code_that_the_page_break_cuts_is_one_code() -> None:
    first = grid(1, ["編號", "措施", "機關"], ["E-3-2", "公車", "甲"], ["E-3-", "減少可燃", "乙"])
    table = join([first, grid(2, ["編號", "措施", "機關"], ["3", "廢棄物", ""], ["E-3-4", "軌道", "甲"])])
    assert body(table) == [["E-3-2", "公車", "甲"], ["E-3-3", "減少可燃廢棄物", "乙"], ["E-3-4", "軌道", "甲"]]


@pytest.mark.parametrize(("above", "below"), [("-", "3"), ("1.", "2."), ("3.5-", "98%")])
def test_what_ends_in_a_sign_and_is_no_code_is_not_joined(above: str, below: str) -> None:
    first = grid(1, HEADER, ["1.1 公車", "補助", above])
    assert len(join([first, grid(2, HEADER, ["1.2 軌道", "興建", below])]).rows) == 2
