"""Headings on shaded bars, and frames side by side: boxes that are no tables."""

from __future__ import annotations

from tests.documents.drawing import Sheet, shapes

XS = (72.0, 200.0, 520.0)
ROWS = (("項目", "內容"), ("產業別", "鋼鐵業"), ("減碳量", "3 公噸"))
FULL = "運輸部門持續推動公共運輸與運具電動化，並強化需求管理，其辦理情形分述如下各節"


def bar(sheet: Sheet, top: float, text: str, height: float = 28.0) -> None:
    sheet.lattice((XS[0], XS[-1]), (top, top + height))
    sheet.write(80, top + 19, text)


def rules_only(sheet: Sheet, top: float) -> None:
    """A table with level rules alone."""
    for number, row in enumerate(ROWS):
        sheet.rule(XS[0], top + 25 * number, XS[-1], top + 25 * number)
        for x, text in zip(XS, row, strict=False):
            sheet.write(x + 6, top + 25 * number + 17, text)
    sheet.rule(XS[0], top + 75, XS[-1], top + 75)


def test_a_bar_right_above_a_ruled_table() -> None:
    sheet = Sheet()
    bar(sheet, 100, "案例 1 加熱爐改善")
    sheet.table(XS, (133.0, 158.0, 183.0, 208.0), ROWS)
    assert [kind for kind, _ in shapes(sheet)] == ["paragraph", "table"]
    assert shapes(sheet)[1] == ("table", [list(row) for row in ROWS])


def test_a_bar_with_prose_below_a_table_with_level_rules() -> None:
    sheet = Sheet()
    rules_only(sheet, 80)
    bar(sheet, 190, "案例 2 空車媒合")
    sheet.write(72, 245, FULL)
    sheet.write(72, 265, "說明之。")
    assert shapes(sheet) == [
        ("table", [list(row) for row in ROWS]),
        ("paragraph", "案例 2 空車媒合"),
        ("paragraph", FULL + "說明之。"),
    ]


def test_frames_side_by_side_are_read_one_by_one() -> None:
    sheet = Sheet()
    sheet.write(72, 80, FULL)
    sheet.write(72, 100, "說明之。")
    for x, figure, name in ((72, "3 公噸", "減碳量"), (230, "892 公秉", "節省柴油"), (388, "6.2 年", "投資回收")):
        sheet.lattice((x, x + 140), (120, 180))
        sheet.write(x + 40, 145, figure, 16)
        sheet.write(x + 40, 170, name, 10)
    assert shapes(sheet)[1:] == [
        ("paragraph", "3 公噸\n減碳量"),
        ("paragraph", "892 公秉\n節省柴油"),
        ("paragraph", "6.2 年\n投資回收"),
    ]


def test_a_bar_with_a_strip_of_colour_at_its_side() -> None:
    sheet = Sheet()
    bar(sheet, 100, "第二節　經費執行情形")
    sheet.rule(XS[0] + 4, 100, XS[0] + 4, 128)
    sheet.write(72, 155, FULL)
    sheet.write(72, 175, "說明之。")
    assert shapes(sheet) == [("heading", "第二節 經費執行情形"), ("paragraph", FULL + "說明之。")]
