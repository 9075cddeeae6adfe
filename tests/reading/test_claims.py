"""Headline figures outside annex one, the cases and the comments."""

from extract.reading import claims
from extract.reading.outline import build
from tests.reading.documents import document

REPORT = (
    "# 某部門行動方案 113 年成果報告\n\n## 壹、摘要\n\n"
    "本方案共有 5 項策略、12 項措施。推動平順。113 年減碳 3 萬公噸。\n\n"
    "表 3、成果摘要\n\n主軸\t說明\n運具\t<ol><li>1.汰換 80 輛。</li><li>2.補助 9 家客運。</li></ol>\n\n"
    "## 貳、亮點成果\n\n### 1.客運業\n\n節電 7 萬度。\n\n## 附件一、執行情形\n\n"
    "推動策略\t推動措施\t主辦機關\t預期效益\t執行成果\n1.1 甲\t1.1.1 乙\t交通部\t輔導 5 家\t輔導 6 家\n\n"
    "## 附件二、委員意見回復對照表\n\n編號\t委員意見\t回復\n王委員（會上意見）\n1\t減碳 9 公噸？\t減碳 8 公噸。\n"
)


def test_sentences_and_items_that_state_a_figure() -> None:
    read = document(REPORT)
    found, _ = claims.read(read, report_year=2024)
    assert [claim.text for claim in found] == [
        "本方案共有 5 項策略、12 項措施。",
        "113 年減碳 3 萬公噸。",
        "1.汰換 80 輛。",
        "2.補助 9 家客運。",
    ]
    sections = build(read).sections
    assert {sections[claim.section].heading for claim in found if claim.section is not None} == {"摘要"}


def test_figures_and_places() -> None:
    found, _ = claims.read(document(REPORT), report_year=2024)
    assert [(str(q.value), q.unit) for claim in found for q in claim.quantities] == [
        ("5", "項"),
        ("12", "項"),
        ("3", "萬公噸"),
        ("80", "輛"),
        ("9", "家"),
    ]
    for claim in found:
        assert REPORT[claim.place.char_start : claim.place.char_end] == claim.text


def claimed(table: str) -> list[tuple[str, str | None, str]]:
    """Value, canonical unit and kind of what a table claims."""
    found, _ = claims.read(document(f"# 某部門 113 年成果報告\n\n## 壹、摘要\n\n{table}\n"), report_year=2024)
    return [(str(q.value), q.canonical_unit, q.kind) for claim in found for q in claim.quantities]


def test_a_figure_alone_in_its_cell_is_about_what_its_column_says() -> None:
    table = "表 1、各策略成果\n\n策略\t113 年減量(CO2e)\t回收量\n1 源頭減量\t5 萬公噸\t7 公噸"
    assert claimed(table) == [("5", "tCO2e", "emission_reduction"), ("7", "t", "physical")]


def test_parts_of_a_whole_are_about_what_the_caption_says() -> None:
    assert claimed("表 1、各排放源排放量\n\n排放源\t112 年\n廢棄物掩埋\t671 千公噸") == [("671", "tCO2e", "emission")]
    assert claimed("表 1、回收情形\n\n品項\t112 年\n廢紙\t671 千公噸") == [("671", "t", "physical")]


def test_a_table_that_sums_up_strategies_is_not_annex_one() -> None:
    table = "策略\t主辦機關\t措施數\t減碳量\t重點成果\nA 公車\t公路局\t5 項\t3 公噸\t汰換 80 輛"
    assert [value for value, _, _ in claimed(table)] == ["5", "3", "80"]
