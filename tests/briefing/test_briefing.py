"""A briefing says what the knowledge base holds, in three forms, each figure linked to its row."""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser

import pytest
from docx import Document
from markdown_it import MarkdownIt

from kb.briefing import FORMATS, briefing
from kb.briefing.blocks import Briefing, Grid, Heading, Paragraph, Span, grid, line
from tests.audit.conftest import case, claim, emission, report, row

SITE = "http://localhost:9"


@pytest.fixture
def made(conn, found) -> Briefing:
    found(
        report(
            measures=(
                row(
                    "T1-1",
                    targets=("每年 {80 輛|equipment|80 輛|annual}",),
                    results=("{60 輛|equipment|60 輛|2024}",),
                    budget_ntd=2_500_000,
                ),
            ),
            emissions=(emission(2023, "37", "36.2"),),
            claims=(claim("本期共有 {9 項|count|9 項} 推動策略。"),),
            cases=(case("投資 {300 萬元|investment|3000000 NTD}<b>。", "甲 & 乙"),),
        )
    )
    return briefing(conn, "transport-113", SITE)


def written(made: Briefing, form: str) -> bytes:
    out = io.BytesIO()
    FORMATS[form](made, out)
    return out.getvalue()


def test_parts(made):
    headings = [b.text for b in made.blocks if isinstance(b, Heading)]
    assert headings == ["重點", "年度數字", "目標達成情形", "檢核發現", "亮點案例"]


def test_every_link_leads_to_a_row(made, conn):
    spans = [
        s
        for b in made.blocks
        for cell in ([c for r in b.rows for c in r] if isinstance(b, Grid) else [getattr(b, "line", ())])
        for s in (cell if isinstance(cell, tuple) else ())
        if isinstance(s, Span) and s.address
    ]
    tables = {s.address.removeprefix(f"{SITE}/kb/").partition("/")[0] for s in spans}
    assert tables >= {"quantities", "emissions", "measures", "findings", "cases"}
    for table in tables:
        assert conn.execute(f"select count(*) from {table}").fetchone()[0]  # noqa: S608 - tables of our own


def test_figures_of_the_year(made):
    cells = ["".join(s.text for s in c) for b in made.blocks if isinstance(b, Grid) for r in b.rows for c in r]
    for told in ("250 萬元，1 項措施", "每年80輛", "60輛", "75%", "36.2", "-0.8", "300 萬元"):
        assert told in cells


def test_in_short(made):
    said = ["".join(s.text for s in b.line) for b in made.blocks[:4] if isinstance(b, Paragraph)]
    assert said == [
        "112 年排放量 36.2 百萬公噸 CO2e，低於目標值 37（-2.2%）。",
        "可與成果比較的目標 1 個，達成或在進度內 0 個（0%），未達或落後 1 個；另有 0 個無從比較。",
        "以報告自身各表重算，有 1 處數字兜不攏，詳「檢核發現」。",
    ]


def test_each_rule_is_told_once_before_any_is_told_twice(conn, found):
    claims = tuple(claim(f"第{n}類共有 {{{n} 項|count|{n} 項}} 推動策略。", n) for n in (7, 8))
    found(report(measures=(row("T1-1"),), claims=(*claims, claim("共計 {4 單位|count|4 單位} 執行。", 60))))
    blocks = briefing(conn, "transport-113").blocks
    told = [r for b in blocks if isinstance(b, Grid) and b.header[0] == "程度" for r in b.rows]
    assert ["單位" in r[1][0].text for r in told][:3] == [False, True, False]


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.links.append(dict(attributes)["href"])
        if tag not in ("meta",):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_html_is_well_formed_and_escaped(made):
    text = written(made, "html").decode()
    parser = Links()
    parser.feed(text)
    assert parser.open == []
    assert parser.links
    assert all(link.startswith(SITE) for link in parser.links)
    assert "甲 &amp; 乙" in text
    assert 'lang="zh-Hant-TW"' in text
    assert "http" not in text.replace(SITE, "")


def test_word_document(made):
    data = written(made, "docx")
    assert zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    document = Document(io.BytesIO(data))
    assert len(document.tables) == sum(isinstance(b, Grid) for b in made.blocks)
    links = [r for r in document.part.rels.values() if "hyperlink" in r.reltype]
    assert links
    assert all(r.target_ref.startswith(SITE) for r in links)
    assert document.tables[0].rows[0].cells[0].text == "項目"


def test_markdown_reads_back(made):
    html = MarkdownIt().enable("table").render(written(made, "md").decode())
    assert html.count("<table>") == sum(isinstance(b, Grid) for b in made.blocks)
    assert "甲 &amp; 乙" in html


def test_markdown_keeps_what_looks_like_markup():
    odd = Briefing("a*b", "", (Paragraph(line("1_2_3 <b> [x]")), grid(("h|h",), [("c|c",)])))
    html = MarkdownIt().enable("table").render(written(odd, "md").decode())
    assert "1_2_3 &lt;b&gt; [x]" in html
    assert "<td>c|c</td>" in html


def test_a_report_with_nothing_in_it(conn, found):
    found(report())
    assert [b.text for b in briefing(conn, "transport-113").blocks if isinstance(b, Heading)] == ["年度數字"]
