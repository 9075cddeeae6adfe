"""Cards of one form below one another, each under a heading of its own."""

from __future__ import annotations

from tests.documents.drawing import Sheet, shapes

XS = (72.0, 160.0, 520.0)


def card(sheet: Sheet, top: float, *rows: tuple[str, str]) -> None:
    ys = [top + 22 * number for number in range(len(rows) + 1)]
    sheet.table(XS, ys, rows)


def test_cards_under_headings_between_the_same_sides() -> None:
    sheet = Sheet()
    sheet.write(72, 90, "(1) 加熱爐改善")
    card(sheet, 100, ("項目", "內容"), ("產業別", "鋼鐵業"), ("減碳量", "3 公噸"))
    sheet.write(72, 182, "(2) 染整機改善")
    card(sheet, 188, ("項目", "內容"), ("產業別", "紡織業"), ("減碳量", "5 公噸"))
    assert shapes(sheet) == [
        ("heading", "(1) 加熱爐改善"),
        ("table", [["項目", "內容"], ["產業別", "鋼鐵業"], ["減碳量", "3 公噸"]]),
        ("heading", "(2) 染整機改善"),
        ("table", [["項目", "內容"], ["產業別", "紡織業"], ["減碳量", "5 公噸"]]),
    ]


def test_bands_over_rows_of_other_labels_stay_in_one_table() -> None:
    sheet = Sheet()
    sheet.write(72, 90, "(1) 措施一覽")
    card(sheet, 100, ("項目", "內容"), ("公車", "汰換"), ("軌道", "興建"))
    sheet.write(72, 182, "(2) 能源")
    card(sheet, 188, ("光電", "設置"), ("風電", "設置"))
    assert [kind for kind, _ in shapes(sheet)] == ["heading", "table"]
