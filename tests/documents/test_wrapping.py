"""Lines to one text: which breaks are the writer's."""

from __future__ import annotations

import pytest

from extract.documents.lines import make_lines
from extract.documents.model import PlacedText
from extract.documents.pdf_objects import PlacedGlyph
from extract.documents.wrapping import Frame, join_lines, soft_join
from tests.documents.drawing import Sheet, width

SIZE = 12.0


def joined(*printed: str, room: float, lefts: tuple[float, ...] = ()) -> str:
    """The lines, each from the left edge (or its own of `lefts`), in a frame of so many points."""
    sheet = Sheet()
    for number, text in enumerate(printed):
        left = lefts[number] if lefts else 0.0
        sheet.write(50 + left, 100 + 16 * number, text, SIZE)
    lines = make_lines([PlacedGlyph(glyph, number) for number, glyph in enumerate(sheet.glyphs)])
    return join_lines(lines, Frame(50, 50 + room)).text


def test_no_lines() -> None:
    assert join_lines([], Frame(0, 1)).text == ""


def test_a_full_line_of_chinese_wraps_without_a_space() -> None:
    assert joined("推動市區公車全", "面電動化", room=84) == "推動市區公車全面電動化"


def test_latin_words_are_parted() -> None:
    assert joined("採 building energy", "management 系統", room=110) == "採 building energy management 系統"


def test_a_word_cut_at_its_hyphen_or_slash_is_one() -> None:
    assert joined("導入 low-", "carbon 製程", room=50) == "導入 low-carbon 製程"
    assert joined("碳強度 kg/", "kWh 計算", room=60) == "碳強度 kg/kWh 計算"


def test_a_line_with_room_left_was_broken_by_the_writer() -> None:
    assert joined("補助要點公告", "補助要點修正", room=120) == "補助要點公告\n補助要點修正"


def test_a_sign_clings_to_the_word_before_it() -> None:
    """One character would still have fitted, but not with the full stop behind it."""
    assert joined("完成輔導八十三", "家。", room=96) == "完成輔導八十三家。"


def test_items_keep_their_lines() -> None:
    assert joined("1.補助電動車。", "2.設置充電樁。", room=84) == "1.補助電動車。\n2.設置充電樁。"
    assert joined("1.補助電動機車輛", "數逐年增加", "2.設置充電樁", room=96, lefts=(0, 12, 0)) == (
        "1.補助電動機車輛數逐年增加\n2.設置充電樁"
    )


def test_a_bracketed_number_inside_a_sentence_opens_nothing() -> None:
    assert joined("依第七條第一項", "(1)款規定辦理", room=84) == "依第七條第一項(1)款規定辦理"


def test_a_number_longer_than_its_narrow_cell_is_one_number() -> None:
    assert joined("1,234,", "567", room=36) == "1,234,567"
    assert joined("123456", "789", room=36) == "123456789"


def test_a_figure_cut_inside_a_group_of_three_is_one_even_where_its_line_has_room() -> None:
    assert joined("1,250,00", "0、86,400", room=60) == "1,250,000、86,400"
    assert joined("1,250,", "000 千元", room=60) == "1,250,000 千元"
    assert joined("1,250", "000 千元", room=60) != "1,250000 千元"


def test_a_figure_in_whole_groups_is_over_at_the_end_of_its_line() -> None:
    """A rate below it is a figure of its own, however narrow the cell."""
    assert joined("637,300", "103%", room=42) == "637,300 103%"
    assert joined("12,34", "5", room=30) == "12,345"


def test_an_amount_with_decimals_over_its_rate() -> None:
    assert joined("2,140.5", "93%", room=42) == "2,140.5\n93%"


def test_a_rate_cut_at_its_point_is_one_rate() -> None:
    assert joined("98.", "5%", room=24) == "98.5%"
    assert joined("98", ".", "5", "%", room=12) == "98.5%"


def test_a_full_width_figure_that_wraps_is_one_figure() -> None:
    assert joined("效率已達２", "５．４％", room=96) == "效率已達２５．４％"
    assert joined("１２０", "３４０", room=96) == "１２０\n３４０"


def test_centred_lines_are_judged_by_their_width() -> None:
    printed = ("溫室氣體減量推動", "辦公室")
    room = width(printed[0], SIZE)
    assert joined(*printed, room=room, lefts=(0, (room - width(printed[1], SIZE)) / 2)) == "".join(printed)


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("公路", "總局", "公路總局"),
        ("年減", "3.5 萬", "年減3.5 萬"),
        ("EV", "bus", "EV bus"),
        ("約 30", "%", "約 30%"),
        ("(", "a)", "(a)"),
        ("", "總局", "總局"),
        ("公路", "", "公路"),
        ("ESCO ", " 節能", "ESCO節能"),
    ],
)
def test_two_parts_of_a_line(before: str, after: str, whole: str) -> None:
    assert soft_join(PlacedText.plain(before), PlacedText.plain(after)).text == whole
