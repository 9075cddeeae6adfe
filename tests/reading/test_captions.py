"""Tables and figures with captions, sources and notes."""

import pytest

from extract.documents.model import PlacedText
from extract.reading import captions
from extract.reading.caption_lines import CaptionLine, read_caption
from extract.reading.outline import build
from tests.reading.documents import document, rules


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("表 1、歷年統計", CaptionLine("table", "1", "歷年統計")),
        ("表1 歷年統計", CaptionLine("table", "1", "歷年統計")),
        ("表 2-1：歷年統計", CaptionLine("table", "2-1", "歷年統計")),
        ("表 3.2. 歷年統計", CaptionLine("table", "3.2", "歷年統計")),
        ("圖一、路徑圖", CaptionLine("figure", "一", "路徑圖")),
        ("圖 12 路徑圖", CaptionLine("figure", "12", "路徑圖")),
        ("【圖 3】路徑圖", CaptionLine("figure", "3", "路徑圖")),
        ("圖、某案示意", CaptionLine("figure", None, "某案示意")),
        ("圖 3 顯示排放逐年下降", None),
        ("表 2 為各年數值", CaptionLine("table", "2", "為各年數值")),
        ("表 1、本表所列為各年數值。", None),
        ("表示意見", None),
        ("圖書館改善", None),
    ],
)
def test_what_is_a_caption(line: str, expected: CaptionLine | None) -> None:
    assert expected == read_caption(PlacedText.plain(line))


def test_a_table_with_caption_unit_source_and_notes() -> None:
    (table,), figures, signals = captions.read(
        document(
            "表 1、某統計\n\n單位：公噸\n\n年度\t值\n110\t1\n111\t2\n\n"
            "資料來源：某署。\n\n註 1：試算。\n\n註 2：暫定。\n\n本文一段。\n"
        )
    )
    assert (table.number, table.caption, table.source) == ("1", "某統計", "某署。")
    assert table.notes == ("單位：公噸", "註 1：試算。", "註 2：暫定。")
    assert table.cells == (("年度", "值"), ("110", "1"), ("111", "2"))
    assert (table.header_rows, figures, signals) == (1, (), [])


def test_a_table_without_caption_is_a_record_too() -> None:
    (table,), _, _ = captions.read(
        document("本文一段，說明下列各項的辦理情形與後續規劃方向，並請各單位據以推動。\n\n甲\t乙\n1\t2\n")
    )
    assert (table.number, table.caption) == (None, None)


def test_a_caption_is_not_given_to_two_tables() -> None:
    tables, _, _ = captions.read(document("表 1、甲\n\n年\t值\n1\t2\n\n註：某。\n\n名\t量\t單位\n1\t2\t3\n"))
    assert [t.number for t in tables] == ["1", None]


def test_figures_under_their_pictures_with_sources() -> None:
    _, figures, _ = captions.read(document("![](a.png)\n\n圖 1、路徑\n\n資料來源：某所。\n\n本文。\n\n圖 2、占比\n"))
    assert [(f.number, f.caption, f.source) for f in figures] == [("1", "路徑", "某所。"), ("2", "占比", None)]


def test_a_case_that_counts_its_own_pictures_keeps_its_words_without_a_number() -> None:
    _, figures, _ = captions.read(document("圖 1、路徑\n\n本文。\n\n圖1、某案示意圖\n\n圖、另一案\n"))
    assert [(f.number, f.caption) for f in figures] == [("1", "路徑"), (None, "圖1、某案示意圖"), (None, "另一案")]


def test_a_caption_without_its_table_is_signalled() -> None:
    _, _, signals = captions.read(
        document("表 4、某統計\n\n本文一段，表格在此不見了，而說明文字仍然留在原來的地方。\n")
    )
    assert rules(signals) == ["unread:table"]


@pytest.mark.parametrize(("before", "numbers"), [("", ["1", None]), ("## 附件一、對照\n\n文。\n\n", ["1", "一"])])
def test_an_annex_that_is_called_a_table_is_no_caption(before: str, numbers: list[str | None]) -> None:
    text = document(
        "## 壹、甲\n\n文。\n\n## 貳、乙\n\n表 1、某統計\n\n年度\t值\n110\t1\n\n本文一段。\n\n"
        f"{before}## 附表一、執行情形\n\n名稱\t數量\n丙\t1\n"
    )
    tables, _, signals = captions.read(text, outline=build(text))
    assert ([table.number for table in tables], signals) == (numbers, [])
