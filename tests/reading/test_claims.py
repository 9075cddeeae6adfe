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
