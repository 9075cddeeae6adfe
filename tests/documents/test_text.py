"""Text files as documents: headings, paragraphs, tables, markup, origins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents.markup import inline
from extract.documents.model import (
    BOLD,
    SUBSCRIPT,
    SUPERSCRIPT,
    Document,
    Figure,
    Heading,
    Paragraph,
    PlacedText,
    Table,
)
from extract.documents.text import read_text
from extract.errors import Broken


def document(text: str) -> Document:
    return read_text("sample.md", text.encode())


def shape(read: Document) -> list[tuple[str, str]]:
    """Kind and text of each block; a table by its rows joined with | and /."""
    shown: list[tuple[str, str]] = []
    for block in read.blocks:
        if isinstance(block, Table):
            rows = ["|".join(c.text.text for c in row.cells) for row in (*block.header, *block.rows)]
            shown.append(("table", "/".join(rows)))
        elif isinstance(block, Figure):
            shown.append(("figure", ""))
        else:
            shown.append((type(block).__name__.lower(), block.text.text))
    return shown


def texts_of(read: Document) -> list[PlacedText]:
    """Every text of the blocks in reading order."""
    texts: list[PlacedText] = []
    for block in read.blocks:
        texts.extend(block.texts() if isinstance(block, Table) else [block.text])
    return texts


def plain(raw: str) -> str:
    return inline(raw, 0, len(raw)).text


class TestMarkup:
    def test_subscripts_keep_their_style(self) -> None:
        text = inline("CO<sub>2</sub>e", 0, 15)
        assert text.text == "CO2e"
        assert list(text.styles) == [0, 0, SUBSCRIPT, 0]

    def test_the_blanks_that_converters_put_around_subscripts_go(self) -> None:
        assert plain("5 萬公噸 CO <sub>2</sub> e") == "5 萬公噸 CO2e"
        assert plain("減少 CO<sub>2</sub> 排放") == "減少 CO2 排放"

    def test_a_raised_footnote_can_be_told_from_the_value(self) -> None:
        raw = "(8.8 <sup>註 2</sup> )"
        text = inline(raw, 0, len(raw))
        assert text.text == "(8.8註 2)"
        assert text.without_superscripts().text == "(8.8)"
        assert all(style == SUPERSCRIPT for style in text.styles[4:7])

    def test_items_stand_on_lines_of_their_own(self) -> None:
        assert plain("<ol> <li>1.甲</li> <li>2.乙</li> </ol>") == "1.甲\n2.乙"

    def test_a_list_without_printed_numbers_shows_them(self) -> None:
        assert plain("<ol start='3'><li>甲</li><li>乙</li></ol>") == "3. 甲\n4. 乙"
        assert plain("<ul><li>甲</li><li>乙</li></ul>") == "甲\n乙"

    def test_paragraphs_and_breaks_are_lines(self) -> None:
        assert plain("<p>甲</p> <p>乙<br/>丙</p>") == "甲\n乙\n丙"

    def test_bold_is_a_style(self) -> None:
        text = inline("**粗**細", 0, 6)
        assert (text.text, list(text.styles)) == ("粗細", [BOLD, 0])

    @pytest.mark.parametrize(
        ("raw", "expected"),
        [
            (r"水溫 $\geq 85^{\circ}\text{C}$ 時", "水溫 ≥85°C 時"),
            (r"$25 \sim 40\%$", "25~40%"),
            (r"$\tfrac{1}{2}$ 萬輛", "1/2 萬輛"),
            (r"$\sqrt{3} \quad \mathrm{CO_2e}$", r"\sqrt3CO2e"),
            ("3\\*4 &lt; 13 &amp; 5", "3*4 < 13 & 5"),
            ("低於 <5% 者 a<b>c", "低於 <5% 者 ac"),
            ("NT$100 與 $200", "NT$100 與 $200"),
            ("見[手冊](https://example.org/a)", "見手冊"),
        ],
    )
    def test_signs(self, raw: str, expected: str) -> None:
        assert expected == plain(raw)


class TestBlocks:
    def test_headings_paragraphs_and_lists(self) -> None:
        read = document("# 報告\n\n## 壹、摘要\n\n第一段文字\n接續同段。\n\n- 甲\n- 乙\n\n電力  \n不穩\n")
        assert shape(read) == [
            ("heading", "報告"),
            ("heading", "壹、摘要"),
            ("paragraph", "第一段文字接續同段。"),
            ("paragraph", "甲\n乙"),
            ("paragraph", "電力\n不穩"),
        ]

    def test_a_bare_numbered_line_is_a_heading_and_a_numbered_sentence_is_not(self) -> None:
        read = document("# 報告\n\n(7)客運業\n\n(1) 本案完成後每年可省電費。\n\n4.空調改善\n")
        assert [kind for kind, _ in shape(read)] == ["heading", "heading", "paragraph", "heading"]

    def test_plain_text_without_marks_has_headings_too(self) -> None:
        read = document("壹、摘要\n一、概況\n本期共辦理三項。\n二、結果\n已完成。\n")
        assert [kind for kind, _ in shape(read)] == ["heading", "heading", "paragraph", "heading", "paragraph"]

    def test_the_contents_are_kept_apart(self) -> None:
        read = document("## 目錄\n\n壹、摘要.....\t1\n一、概況 ……… 2\n附件一 表 3\n\n## 壹、摘要\n\n本文。\n")
        assert [text for _, text in shape(read)] == ["目錄", "壹、摘要", "本文。"]
        assert len(read.contents) == 3

    def test_a_list_of_figures_without_page_numbers(self) -> None:
        read = document("## 圖目錄\n\n圖1　歷年排放量\n圖2　裝置容量\n\n## 壹、摘要\n\n圖1　歷年排放量\n\n本文。\n")
        assert [text for _, text in shape(read)] == ["圖目錄", "壹、摘要", "圖1　歷年排放量", "本文。"]

    def test_page_numbers_are_furniture(self) -> None:
        read = document("一段。\n\n- 12 -\n\n第 3 頁，共 9 頁\n\n二段。\n")
        assert [text for _, text in shape(read)] == ["一段。", "二段。"]
        assert len(read.furniture) == 2

    def test_a_picture_is_a_figure(self) -> None:
        assert shape(document("![](a.png)\n\n圖 1、某圖\n")) == [("figure", ""), ("paragraph", "圖 1、某圖")]


class TestTables:
    def test_tabs_part_cells_and_fragments_with_one_header_are_one_table(self) -> None:
        read = document("項目\t值\n甲\t1\n乙\t2\n\n項目\t值\n丙\t3\n")
        assert shape(read) == [("table", "項目|值/甲|1/乙|2/丙|3")]
        (table,) = read.blocks
        assert isinstance(table, Table)
        assert len(table.raw) == 2

    def test_a_row_cut_by_the_page_is_whole_again(self) -> None:
        read = document("編號\t內容\n1\t前半\n2\t上\n\n編號\t內容\n\t下\n3\t完\n")
        assert shape(read) == [("table", "編號|內容/1|前半/2|上下/3|完")]

    def test_a_page_with_nothing_but_the_rest_of_a_cell_belongs_to_the_table(self) -> None:
        rest = "並完成" + "各車站之月臺改善及" * 12 + "驗收。"
        pages = (
            "編號\t名稱\t成果\n1\t鐵道\t施工，\n",
            f"編號\t名稱\t成果\n\t\t{rest}\n",
            "編號\t名稱\t成果\n2\t公路\t通車。\n",
        )
        assert shape(document("\n".join(pages))) == [("table", f"編號|名稱|成果/1|鐵道|施工，{rest}/2|公路|通車。")]

    def test_another_header_begins_another_table(self) -> None:
        read = document("項目\t值\n甲\t1\n\n名稱\t單位\t數量\n乙\t家\t2\n")
        assert shape(read) == [("table", "項目|值/甲|1"), ("table", "名稱|單位|數量/乙|家|2")]

    def test_a_numbered_heading_after_a_repeated_header_is_a_band_and_no_rest_of_a_row(self) -> None:
        head = "編號\t措施\t成果\n"
        text = f"{head}A1-1\t補助\t30 輛\n\n{head}策略 A2：設站\t\t\nA2-1\t充電站\t5 處\n"
        (table,) = document(text).blocks
        assert isinstance(table, Table)
        assert [row.is_band for row in table.rows] == [False, True, False]

    def test_a_line_without_tabs_between_rows_is_a_band(self) -> None:
        read = document("編號\t問\t答\n王委員（書面意見）\n1\t甲\t乙\n")
        (table,) = read.blocks
        assert isinstance(table, Table)
        assert [row.is_band for row in table.rows] == [True, False]

    def test_notes_under_a_table_are_prose(self) -> None:
        read = document("表 1、某表\n項目\t值\n甲\t1\n資料來源：某署。\n")
        assert [kind for kind, _ in shape(read)] == ["paragraph", "table", "paragraph"]

    def test_two_header_rows_that_complete_each_other_are_tied(self) -> None:
        (table,) = document("年度\t當年\t\t累計\n\t目標\t實際\t目標\n110\t1\t2\t3\n111\t4\t5\t6\n").blocks
        assert isinstance(table, Table)
        assert [[c.text.text for c in row.cells] for row in table.header] == [
            ["年度", "當年", "當年", "累計"],
            ["年度", "目標", "實際", "目標"],
        ]

    def test_pipe_tables(self) -> None:
        assert shape(document("| 項目 | 值 |\n|---|:-:|\n| 甲 | 1 |\n| 乙 \\| 丙 | 2 |\n")) == [
            ("table", "項目|值/甲|1/乙 | 丙|2")
        ]

    def test_html_tables_with_spans(self) -> None:
        (table,) = document(
            "<table><tr><th rowspan=2>策略</th><th colspan='2'>值</th></tr><tr><th>a</th><th>b</th></tr>"
            '<tr><td rowspan="2">甲</td><td>1</td><td>2</td></tr>\n<tr><td>3</td><td>4</td></tr></table>'
        ).blocks
        assert isinstance(table, Table)
        assert len(table.header) == 2
        assert [[c.text.text for c in row.cells] for row in table.rows] == [["甲", "1", "2"], ["甲", "3", "4"]]
        assert table.rows[1].cells[0].source == "down"

    def test_a_table_inside_a_cell_is_text_of_the_cell(self) -> None:
        (table,) = document(
            "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙<table><tr><td>丁</td></tr></table></td><td>戊</td></tr></table>"
        ).blocks
        assert isinstance(table, Table)
        assert [c.text.text for c in table.rows[0].cells] == ["丙\n丁", "戊"]


class TestFiles:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp950", "utf-16"])
    def test_encodings_of_taiwan(self, encoding: str) -> None:
        read = read_text("a.txt", "壹、摘要\n\n排放係數為 0.5。\n".encode(encoding))
        assert shape(read) == [("heading", "壹、摘要"), ("paragraph", "排放係數為 0.5。")]

    @pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", b"\xff\xff\xff\x81\x00"])
    def test_what_is_no_text_is_said_to_be_none(self, data: bytes) -> None:
        with pytest.raises(Broken, match=r"^a\.txt: .*UTF-8"):
            read_text("a.txt", data)

    def test_every_character_knows_its_offset(self) -> None:
        text = "# 標題\n\n甲 **乙** CO<sub>2</sub>e\n\n項目\t值\n丙\t1\n"
        for placed in texts_of(document(text)):
            for char, origin in zip(placed.text, placed.origins, strict=True):
                assert origin < 0 or text[origin] == char

    def test_a_place_covers_its_words(self) -> None:
        text = "前言。\n\n排放量為 5 萬公噸。\n"
        read = document(text)
        block = read.blocks[1]
        assert isinstance(block, Paragraph)
        place = read.origins.place(block.text[5:9])
        assert text[place.char_start : place.char_end] == block.text.text[5:9].strip()


@given(st.text(alphabet="#|\t\n *_-<>/&;$\\{}^[]()!.。、壹一(1)甲乙p表圖年sub table td tr li", max_size=300))
def test_any_text_is_read(text: str) -> None:
    read = document(text)
    assert all(len(t.text) == len(t.origins) for t in texts_of(read))
    assert all(isinstance(b, Heading | Paragraph | Table | Figure) for b in read.blocks)


def test_a_row_of_tabs_alone_parts_no_table() -> None:
    header = "編號\t措施\t主辦\t經費\n"
    text = f"{header}1\t甲\t乙\t丙\n\n{header}\t\t\t\n策略二　改善\t\t\t\n2\t丁\t戊\t己\n"
    (table,) = [block for block in document(text).blocks if isinstance(block, Table)]
    rows = [(row.is_band, row.cells[0].text.text) for row in table.rows]
    assert rows == [(False, "1"), (True, "策略二　改善"), (False, "2")]
