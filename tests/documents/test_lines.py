"""Glyphs to lines: sub- and superscripts, spaces, bold."""

from __future__ import annotations

from extract.documents.lines import Line, make_lines
from extract.documents.model import BOLD, INSERTED, SUBSCRIPT, SUPERSCRIPT
from extract.documents.pdf_objects import PlacedGlyph
from tests.documents.drawing import Sheet


def lines(sheet: Sheet) -> list[Line]:
    return make_lines([PlacedGlyph(glyph, number) for number, glyph in enumerate(sheet.glyphs)])


def texts(sheet: Sheet) -> list[str]:
    return [line.text.text for line in lines(sheet)]


def test_nothing_drawn_is_no_line() -> None:
    assert lines(Sheet()) == []


def test_a_line_knows_its_box_size_and_baseline() -> None:
    sheet = Sheet()
    sheet.write(50, 100, "節電", 10)
    (line,) = lines(sheet)
    assert (line.text.text, line.text.origins) == ("節電", (0, 1))
    assert (line.x0, line.x1, line.size, line.baseline, line.is_bold) == (50, 70, 10, 100, False)
    assert (line.top, line.bottom, line.height) == (91.2, 101.2, 10)


def test_a_subscript_reads_in_order() -> None:
    """The 2 of CO2e stands low; the next line, with figures under it, must not take it."""
    sheet = Sheet()
    x = sheet.write(50, 100, "減量 90 萬公噸CO")
    x = sheet.write(x, 102.5, "2", 7.8)
    sheet.write(x, 100, "e，")
    sheet.write(50, 116, "累計 200 萬公噸。")
    first, second = lines(sheet)
    assert first.text.text == "減量 90 萬公噸CO2e，"
    assert [s for c, s in zip(first.text.text, first.text.styles, strict=True) if c == "2"] == [SUBSCRIPT]
    assert second.text.text == "累計 200 萬公噸。"


def test_a_subscript_as_browsers_set_it_is_hardly_smaller() -> None:
    sheet = Sheet()
    x = sheet.write(50, 100, "減碳 3 公噸 CO", 10)
    x = sheet.write(x, 102.7, "2", 8.33)
    sheet.write(x, 100, "e。", 10)
    assert [line.text.text for line in lines(sheet)] == ["減碳 3 公噸 CO2e。"]


def test_subscripts_nearly_as_large_as_their_line() -> None:
    sheet = Sheet()
    x = sheet.write(50, 100, "排放 3 公噸 CO", 13)
    x = sheet.write(x, 106, "2", 12)
    x = sheet.write(x, 100, "e 與 N", 13)
    x = sheet.write(x, 106, "2", 12)
    sheet.write(x, 100, "O。", 13)
    assert [line.text.text for line in lines(sheet)] == ["排放 3 公噸 CO2e 與 N2O。"]


def test_a_figure_below_another_line_is_no_subscript() -> None:
    sheet = Sheet()
    sheet.write(50, 100, "汰換 CO", 13)
    sheet.write(50 + 65 + 8, 106, "12", 12)
    assert texts(sheet) == ["汰換 CO", "12"]


def test_several_subscripts_of_one_line() -> None:
    sheet = Sheet()
    x = 50.0
    for text, size, drop in [
        ("CH", 12, 0),
        ("4", 7, 2.4),
        ("、N", 12, 0),
        ("2", 7, 2.4),
        ("O、SF", 12, 0),
        ("6", 7, 2.4),
    ]:
        x = sheet.write(x, 100 + drop, text, size)
    assert texts(sheet) == ["CH4、N2O、SF6"]


def test_a_subscript_at_the_end_of_a_line_and_one_at_the_start_of_the_next() -> None:
    sheet = Sheet()
    x = sheet.write(50, 100, "單位：CO")
    sheet.write(x, 102.4, "2", 7.8)
    sheet.write(50, 118.4, "2", 7.8)
    sheet.write(53.9, 116, "為下標")
    assert texts(sheet) == ["單位：CO2", "2為下標"]


def test_a_raised_mark_can_be_taken_off_the_value() -> None:
    sheet = Sheet()
    x = sheet.write(50, 100, "31.5")
    sheet.write(x, 95, "註 1", 7)
    (line,) = lines(sheet)
    assert line.text.text == "31.5註 1"
    assert {s for c, s in zip(line.text.text, line.text.styles, strict=True) if c in "註1" and s} == {SUPERSCRIPT}
    assert line.text.without_superscripts().text.strip() == "31.5"


def test_small_print_of_its_own_is_no_superscript() -> None:
    sheet = Sheet()
    sheet.write(50, 100, "節電量")
    sheet.write(50, 118, "註：以平均值計", 8)
    assert texts(sheet) == ["節電量", "註：以平均值計"]


def test_spaces_that_were_not_printed() -> None:
    sheet = Sheet()
    x = sheet.write(50, 100, "汰換")
    x = sheet.write(x + 3, 100, "120")
    sheet.write(x + 3, 100, "輛")
    (line,) = lines(sheet)
    assert line.text.text == "汰換 120 輛"
    assert [o for c, o in zip(line.text.text, line.text.origins, strict=True) if c == " "] == [INSERTED, INSERTED]


def test_characters_stretched_to_the_margin_are_one_word() -> None:
    sheet = Sheet()
    sheet.write(50, 100, "電動大客車", gap=4)
    assert texts(sheet) == ["電動大客車"]


def test_white_as_wide_as_a_column_parts_words() -> None:
    sheet = Sheet()
    x = sheet.write(50, 100, "主辦")
    sheet.write(x + 30, 100, "協辦")
    assert texts(sheet) == ["主辦 協辦"]


def test_printed_spaces_count_once() -> None:
    sheet = Sheet()
    sheet.write(50, 100, "第  3 期")
    assert texts(sheet) == ["第 3 期"]


def test_full_width_digits_stay_as_printed() -> None:
    sheet = Sheet()
    sheet.write(50, 100, "１２０輛")
    assert texts(sheet) == ["１２０輛"]


def test_two_fonts_of_one_line_whose_baselines_differ_by_rounding() -> None:
    sheet = Sheet()
    x = sheet.write(50, 100, "補助")
    x = sheet.write(x, 100.6, "35", font="Times")
    sheet.write(x, 100, "案")
    assert texts(sheet) == ["補助35案"]


def test_bold_is_told_by_the_font() -> None:
    sheet = Sheet()
    x = sheet.write(50, 100, "目標", font="ABCDEF+MingBold")
    sheet.write(x, 100, "達成")
    sheet.write(50, 120, "成果", font="Kai-Heavy")
    first, second = lines(sheet)
    assert list(first.text.styles) == [BOLD, BOLD, 0, 0]
    assert (first.is_bold, second.is_bold, second.text.is_bold()) == (False, True, True)
