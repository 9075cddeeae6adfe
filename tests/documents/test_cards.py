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


def test_a_card_on_the_next_page_is_another_table() -> None:
    first, second = Sheet(), Sheet()
    card(first, 600, ("項目", "內容"), ("產業別", "鋼鐵業"), ("減碳量", "3 公噸"))
    first.write(72, 700, "本案並取得獎項。")
    second.write(72, 90, "(二) 染整機改善")
    card(second, 100, ("項目", "內容"), ("產業別", "紡織業"), ("減碳量", "5 公噸"))
    assert [kind for kind, _ in shapes(first, second)] == ["table", "paragraph", "heading", "table"]


def test_a_table_with_its_header_again_below_a_note_is_one() -> None:
    first, second = Sheet(), Sheet()
    card(first, 600, ("指標", "結果"), ("接管戶數", "3 戶"))
    first.write(72, 700, "註 1：以清冊為準。")
    card(second, 100, ("指標", "結果"), ("回收率", "5%"))
    tables = [content for kind, content in shapes(first, second) if kind == "table"]
    assert tables == [[["指標", "結果"], ["接管戶數", "3 戶"], ["回收率", "5%"]]]


def test_prose_between_two_tables_headed_alike_parts_them() -> None:
    first, second = Sheet(), Sheet()
    card(first, 560, ("指標", "結果"), ("接管戶數", "3 戶"))
    for line in range(3):
        first.write(72, 650 + 20 * line, "運輸部門持續推動公共運輸與運具電動化，並強化需求管理，其辦理情形分述如下各節")
    card(second, 100, ("指標", "結果"), ("回收率", "5%"))
    assert [kind for kind, _ in shapes(first, second)] == ["table", "paragraph", "table"]


def test_cards_whose_titles_are_numbered_behind_a_word() -> None:
    sheet = Sheet()
    sheet.write(72, 80, "一、北部地區", 14)
    for number, top in enumerate((110, 230), 1):
        sheet.write(72, top, f"案例 {number} 沼氣利用")
        sheet.table(
            (72, 160, 520), (top + 6, top + 30, top + 60), [["執行單位", f"第 {number} 區"], ["成效", "發電 3 萬度"]]
        )
    assert shapes(sheet) == [
        ("heading", "一、北部地區"),
        ("paragraph", "案例 1 沼氣利用"),
        ("table", [["執行單位", "第 1 區"], ["成效", "發電 3 萬度"]]),
        ("paragraph", "案例 2 沼氣利用"),
        ("table", [["執行單位", "第 2 區"], ["成效", "發電 3 萬度"]]),
    ]
