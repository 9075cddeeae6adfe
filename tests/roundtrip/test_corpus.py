"""The edition that the project ships, and the typesetter that set it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import extract
from corpus import edition
from corpus.annex import AnnexRow, Column, annex_table
from corpus.charts import bar_chart
from corpus.engines import EngineError, is_available, to_pdf
from corpus.html import to_html
from corpus.layout import Block, Cell, Heading, NewPage, Paragraph, Table, lines, plain, runs
from corpus.markdown import TextStyle, to_markdown
from corpus.odf import to_fodt
from corpus.style import Style
from corpus.tables import CommentRow, comment_blocks
from corpus.typeset import main
from tests.roundtrip.compare import compare, fold, number
from tests.roundtrip.reading import told, wrong

CORPUS = Path(edition.__file__).parent
NAME = "manufacturing-113-abridged"
KINDS = {
    "emission_reduction", "emission", "energy_saving", "fuel_saving", "investment", "subsidy", "budget", "cost_saving",
    "output_value", "payback_period", "saving_rate", "rate", "organisations", "events", "participants", "equipment",
    "count", "physical",
}  # fmt: skip


@pytest.fixture(scope="module")
def gold() -> dict[str, Any]:
    read: dict[str, Any] = json.loads((CORPUS / f"{NAME}.gold.json").read_text(encoding="utf-8"))
    return read


def test_text_edition_is_what_the_records_set() -> None:
    blocks = edition.load(CORPUS / f"{NAME}.toml")
    assert (CORPUS / f"{NAME}.md").read_text(encoding="utf-8") == to_markdown(blocks), (
        f"run: python -m corpus.typeset corpus/{NAME}.toml --out corpus --engine libreoffice"
    )


def test_edition_says_on_its_title_page_that_it_is_abridged() -> None:
    first = edition.load(CORPUS / f"{NAME}.toml")[:4]
    assert any(isinstance(b, Paragraph) and b.kind == "notice" and "節錄版" in b.text for b in first)
    assert (CORPUS / f"{NAME}.pdf").stat().st_size < 1_500_000


def test_every_gold_text_stands_in_the_edition(gold: dict[str, Any]) -> None:
    printed = fold((CORPUS / f"{NAME}.toml").read_text(encoding="utf-8")) or ""
    for measure in gold["measures"]:
        for text in (
            measure["name"],
            measure["plan"],
            *(i["text"] for s in ("targets", "results") for i in measure[s]),
        ):
            assert (fold(text) or "") in printed
    for quote in [q["quote"] for q in gold["quantities"]] + [q["quote"] for c in gold["cases"] for q in c["metrics"]]:
        assert (fold(quote) or "") in printed


def test_gold_of_the_edition_is_whole(gold: dict[str, Any]) -> None:
    assert (len(gold["strategies"]), len(gold["measures"])) == (17, 47)
    assert len(gold["cases"]) >= 8
    assert len(gold["comments"]) >= 8
    codes = {m["code"] for m in gold["measures"]}
    items = {(m["code"], s, i["ordinal"]) for m in gold["measures"] for s in ("targets", "results") for i in m[s]}
    for quantity in gold["quantities"]:
        assert quantity["measure"] in codes
        assert (quantity["measure"], quantity["side"] + "s", quantity["ordinal"]) in items
        assert quantity["kind"] in KINDS
        assert quantity["scope"] in {"annual", "year", "cumulative", "unspecified"}


def test_headlines_stand_in_the_edition() -> None:
    printed = fold((CORPUS / f"{NAME}.md").read_text(encoding="utf-8").replace("<sub>2</sub>", "2")) or ""
    headlines = json.loads((CORPUS / f"{NAME}.gold.headline.json").read_text(encoding="utf-8"))
    assert len(headlines) > 40
    for headline in headlines:
        assert (fold(headline["quote"]) or "") in printed


@pytest.mark.parametrize("ending", ["md", "pdf"])
def test_edition_reads_back(ending: str, gold: dict[str, Any]) -> None:
    fields = compare(gold, extract.read(CORPUS / f"{NAME}.{ending}"))
    assert not wrong(fields), told(fields)


@pytest.mark.parametrize("ending", ["md", "pdf"])
def test_headlines_are_read_as_claims(ending: str) -> None:
    report = extract.read(CORPUS / f"{NAME}.{ending}")
    read = {(number(q.canonical_value), fold(q.canonical_unit)) for c in report.claims for q in c.quantities}
    headlines = json.loads((CORPUS / f"{NAME}.gold.headline.json").read_text(encoding="utf-8"))
    missed = [h["claim"] for h in headlines if (number(h["canonical_value"]), fold(h["canonical_unit"])) not in read]
    assert missed == []


def test_runs_lower_digits_of_gases_alone() -> None:
    assert list(runs("CO2e 與 N2O 2 次")) == [("CO", ""), ("2", "sub"), ("e 與 N", ""), ("2", "sub"), ("O 2 次", "")]
    assert list(runs("(1.2<sup>註 1</sup>)")) == [("(1.2", ""), ("註 1", "sup"), (")", "")]
    assert plain("<b>CH4</b>") == "CH4"


def test_a_tag_may_reach_over_a_line() -> None:
    assert list(lines("<b>甲\n乙</b>丙")) == [[("甲", "b")], [("乙", "b"), ("丙", "")]]


def test_slots_leave_room_for_merged_cells() -> None:
    table = Table(((Cell("a", rows=2), Cell("b")), (Cell("c"),)), 0, (1, 1))
    texts = [[cell.text if cell else None for cell in row] for row in table.slots()]
    assert texts == [["a", "b"], [None, "c"]]


def test_a_row_too_wide_is_refused() -> None:
    with pytest.raises(ValueError, match="wider than the 1 columns"):
        Table(((Cell("a"), Cell("b")),), 0, (1,)).slots()


def test_joined_cells_of_an_edition() -> None:
    rows = edition.joined([["甲", "乙", "<"], ["^", "丙", "丁"]], 2)
    assert [[(c.text, c.rows, c.cols) for c in row] for row in rows] == [
        [("甲", 2, 1), ("乙", 1, 2)],
        [("丙", 1, 1), ("丁", 1, 1)],
    ]


ROWS = [
    AnnexRow("1 甲", {"name": "一", "category": "減緩"}),
    AnnexRow("1 甲", {"name": "二", "category": "減緩"}),
    AnnexRow("2 乙", {"name": "三", "category": "減緩"}),
]
COLUMNS = [Column("strategy", "策略", 1), Column("name", "措施", 1), Column("category", "類別", 1, "屬性")]


@pytest.mark.parametrize(
    ("strategy_as", "expected"),
    [
        ("merged", [["1 甲", "一", "減緩"], [None, "二", "減緩"], ["2 乙", "三", "減緩"]]),
        ("repeated", [["1 甲", "一", "減緩"], ["1 甲", "二", "減緩"], ["2 乙", "三", "減緩"]]),
        ("first", [["1 甲", "一", "減緩"], ["", "二", "減緩"], ["2 乙", "三", "減緩"]]),
        ("band", [["<b>1 甲</b>", None], ["一", "減緩"], ["二", "減緩"], ["<b>2 乙</b>", None], ["三", "減緩"]]),
    ],
)
def test_strategies_over_their_measures(strategy_as: Any, expected: list[list[str | None]]) -> None:
    table = annex_table(ROWS, COLUMNS, strategy_as=strategy_as)
    body = [[c.text if c else None for c in row] for row in table.slots()[table.header_rows :]]
    assert body == expected


def test_merged_fields_stay_within_their_strategy() -> None:
    table = annex_table(ROWS, COLUMNS, strategy_as="repeated", merged=frozenset(["category"]))
    assert [c.text if c else None for c in (row[2] for row in table.slots()[2:])] == ["減緩", None, "減緩"]


def test_text_is_cut_as_pages_cut_it() -> None:
    long = "這一格的文字相當長，換頁時會被切成上下兩段，讀的人得把它接回去。"
    rows = tuple((Cell(str(n)), Cell(long)) for n in range(4))
    table = Table(((Cell("號"), Cell("內容")), *rows), 1, (1, 4))
    text = to_markdown([table], TextStyle(rows_a_page=2, cuts_rows=True))
    fragments = text.strip().split("\n\n")
    assert [f.splitlines()[0] for f in fragments] == ["號\t內容"] * len(fragments)
    assert len(fragments) == 2
    above, below = fragments[0].splitlines()[-1].split("\t")[1], fragments[1].splitlines()[1]
    assert below.startswith("\t")
    assert above + below.strip() == long


def test_comments_in_each_layout() -> None:
    rows = [CommentRow("林委員（會上意見）", "1", "問", "答"), CommentRow("周委員（會上意見）", "1", "問", "答")]
    bands = comment_blocks(rows, ("號", "意見", "回復"), comments_as="bands")
    tables = comment_blocks(rows, ("號", "意見", "回復"), comments_as="tables")
    column = comment_blocks(rows, ("委員", "號", "意見", "回復"), comments_as="column")
    assert [type(b) for b in bands] == [Table]
    assert [type(b) for b in tables] == [Heading, Table, Heading, Table]
    assert isinstance(column[0], Table)
    assert column[0].width == 4


def test_html_and_odf_escape_what_is_printed() -> None:
    blocks: list[Block] = [NewPage(), Paragraph("A&B <5% CO2")]
    page = to_html(blocks, Style(), title="x & y")
    assert "A&amp;B &lt;5% CO<sub>2</sub>" in page
    assert "<title>x &amp; y</title>" in page
    assert "A&amp;B &lt;5% CO<text:span" in to_fodt(blocks, Style(), title="x & y")


def test_bar_chart_wants_a_label_for_each_value() -> None:
    with pytest.raises(ValueError, match="one value for each label"):
        bar_chart(["a"], [1.0, 2.0], font="serif")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[report", "not TOML"),
        ("[report]\ntitle = ['x']\nagencies = []\ndate = ''\n", "'sections' is missing"),
        (
            "[report]\ntitle = ['x']\nagencies = []\ndate = ''\n"
            "[[sections]]\nheading = '一、'\nlevel = 1\ntables = ['9']\n",
            "wants table '9'",
        ),
    ],
)
def test_a_wrong_edition_is_told_in_one_sentence(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(edition.EditionError, match=message):
        edition.load(path)
    result = CliRunner().invoke(main, [str(path), "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert message in result.output


@pytest.mark.skipif(
    not is_available("weasyprint"), reason="WeasyPrint or libpango is missing: apt-get install libpangoft2-1.0-0"
)
def test_typeset_writes_both_forms(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [str(CORPUS / f"{NAME}.toml"), "--out", str(tmp_path), "--name", "own"])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "own.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "own.md").read_text(encoding="utf-8").startswith("# 第二期製造部門")


def test_a_missing_engine_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.engines.is_available", lambda _: False)
    with pytest.raises(EngineError, match="chromium is not installed"):
        to_pdf([Paragraph("x")], Style(), title="x", engine="chromium")
