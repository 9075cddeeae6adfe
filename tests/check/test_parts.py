"""Doubts about parts outside annex one: cases, comments, headings, roles of agencies, running titles, missing parts."""

from dataclasses import replace

import pytest

from extract.records import Agency, Box, Case, Comment, Place, Section, Signal, TableRecord
from tests.check.reports import CODES, doubts, emission_rows, named, quality, report, row
from tests.kb.conftest import ONE_PAGE

BUS = Agency("交通部公路局", "公路局", "交通部", "公路局")


def on(page):
    return Place((Box(page, 50, 50, 500, 700),))


def case(title, text, *path):
    return Case(title, (*path, title), None, None, None, None, None, text, ONE_PAGE)


def comment(number, reviewer="王委員小明", meeting="會上意見", text="請說明汰換進度。", reply="已補充說明。"):
    return Comment(reviewer, meeting, number, text, reply, ONE_PAGE)


STORY = "某客運公司汰換車輛，並於調度站設置充電設備，訓練駕駛與維修人員。" * 4


def test_a_case_that_swallowed_the_annex():
    text = STORY + "\n".join(f"{code} {row(code).name}" for code in CODES)
    found = report(cases=(case("公車", STORY, "亮點成果"), case("軌道", text, "亮點成果")))
    assert named(doubts(found, "glued:case")) == {("case/2", "text"), ("", None)}


def test_a_case_that_is_much_longer_than_the_others():
    cases = (*(case(f"案例{n}", STORY, "亮點成果") for n in "甲乙丙"), case("案例丁", STORY * 9, "亮點成果"))
    assert ("case/4", "text") in named(doubts(report(cases=cases), "long:case"))


def test_a_case_that_holds_the_next_heading():
    sections = (Section("公車", "(一)", 3, None, STORY, ONE_PAGE),)
    found = report(cases=(case("公車", f"{STORY}\n(二)軌道運輸節能", "亮點成果"),), sections=sections)
    assert ("case/1", "text") in named(doubts(found, "glued:case"))
    listed = report(cases=(case("公車", f"{STORY}\n(二)汰換月台照明。", "亮點成果"),), sections=sections)
    assert not doubts(listed, "glued:case")


def test_a_heading_under_the_highlights_that_is_no_case():
    sections = (
        Section("亮點成果", "三、", 2, None, "", ONE_PAGE),
        Section("公車", "(一)", 3, 0, STORY, ONE_PAGE),
        Section("軌道", "(二)", 3, 0, STORY, ONE_PAGE),
    )
    found = report(cases=(case("公車", STORY, "亮點成果"),), sections=sections)
    assert [d.printed for d in doubts(found, "lost:case")] == ["軌道"]


def test_a_picture_in_a_case():
    signals = (Signal("unread:picture", "info", "案例中有圖片", "", "公車", ONE_PAGE),)
    found = report(cases=(case("公車", STORY, "亮點成果"),), signals=signals)
    assert named(doubts(found, "unread:picture")) == {("case/1", "text")}


def test_headings_that_leave_one_out():
    sections = (
        Section("亮點成果", "一、", 2, None, "", ONE_PAGE),
        Section("公車", "(一)", 3, 0, STORY, ONE_PAGE),
        Section("軌道", "(三)", 3, 0, STORY, ONE_PAGE),
    )
    found = report(cases=(case("公車", STORY, "亮點成果"),), sections=sections)
    assert {(d.table, d.key) for d in doubts(found, "gap:heading")} == {
        ("sections", "transport-113/section/3"),
        ("cases", None),
        ("cases", "transport-113/case/1"),
    }


@pytest.mark.parametrize(
    "odd",
    [
        comment("2", text="1.請說明甲。2.請說明乙。"),
        comment(None),
        comment("2", meeting=None),
        comment("2", text="，並說明汰換進度。"),
        comment("2", text="請說明汰換"),
        comment("2", reviewer="見)"),
        comment("2", reviewer="汰換進度表"),
    ],
    ids=["two in one", "no number", "no round", "cut start", "cut end", "no name", "another name"],
)
def test_comments_unlike_the_others(odd):
    if odd.number == "2" and odd.comment.startswith("1."):
        odd = replace(odd, number=None)
    rows = [comment(str(number), reviewer="李教授大華") for number in range(1, 9)]
    assert ("comment/9", "comment") in named(doubts(report(comments=(*rows, odd)), "odd:comment"))
    assert not doubts(report(comments=tuple(rows)), "odd:comment")


def test_two_rounds_that_were_read_as_one():
    rows = tuple(comment(number, meeting=None) for number in ("1", "2", "1"))
    found = named(doubts(report(comments=rows), "twice:comment"))
    assert {("comment/1", "round"), ("comment/3", "comment"), ("", None)} <= found
    told_apart = (comment("1"), comment("2"), comment("1", meeting="書面意見"))
    assert not doubts(report(comments=told_apart), "twice:comment")


def test_a_reviewer_without_comments():
    section = Section("林教授志誠（會前書面意見）", None, 2, None, "", ONE_PAGE)
    found = report(comments=(comment("1"),), sections=(section,))
    assert [d.reason for d in doubts(found, "gap:comment")] == ["沒有讀到林教授志誠的意見"]


def test_roles_of_agencies():
    rows = [row(code) for code in CODES]
    rows[1] = replace(rows[1], lead_agencies=(*rows[1].lead_agencies, BUS))
    rail = rows[0].lead_agencies
    found = report(rows, lead_agencies=rail, co_agencies=(BUS,))
    assert named(doubts(found, "odd:role")) == {("T1-2", "lead_agencies"), ("T1-2", "co_agencies")}
    rows[1] = replace(rows[1], lead_agencies=(), co_agencies=(BUS,))
    assert named(doubts(report(rows), "odd:role")) == {("T1-2", "lead_agencies"), ("T1-2", "co_agencies")}


def test_a_header_over_two_roles_of_which_one_was_read():
    rows = [row(code) for code in CODES]
    rows[1] = replace(rows[1], lead_agencies=(*rows[1].lead_agencies, BUS))
    table = TableRecord(
        None, None, None, (), (("編號", "權責機關(主辦)", "權責機關(協辦)"), ("T9", "甲", "乙")), 1, ONE_PAGE
    )
    found = report(rows, lead_agencies=(*rows[0].lead_agencies, BUS), tables=(table,))
    assert ("T1-2", "co_agencies") in named(doubts(found, "odd:role"))


@pytest.mark.parametrize(
    ("field", "words", "is_doubted"),
    [
        ("plan", "逐站盤點第二期運輸部門溫室設備並訂定汰換順序。", True),
        ("plan", "依據第二期運輸部門溫室氣體減量行動方案盤點設備。", False),
        ("plan", "盤點設備，達到溫室氣體減量目的。", False),
        ("funding", "公務預算13", True),
        ("agencies", "交通部鐵道局", False),
    ],
)
def test_running_titles_and_page_numbers_in_cells(field, words, is_doubted):
    rows = [row(code) for code in CODES]
    rows[1] = row("T1-2", cells={field: words})
    found = doubts(report(rows, title="第二期運輸部門溫室氣體減量行動方案 113 年成果報告"), "furniture")
    assert bool(found) is is_doubted


def test_a_report_without_measures_says_so():
    section = Section("113 年運輸部門行動方案執行情形", "附件一、", 1, None, "", ONE_PAGE)
    found = quality(report((), sections=(section,)))
    (doubt,) = [d for d in found.doubts if d.rule == "unread:table" and d.table == "measures"]
    assert (doubt.key, doubt.column) == (None, None)
    assert doubt.reason.startswith("沒有讀到推動措施")
    assert "parts" in {bound.name for bound in found.broken}


def test_pages_of_the_annex_without_a_measure():
    rows = [replace(row(code), place=on(page)) for code, page in zip(CODES, (10, 10, 11, 13, 13, 14), strict=True)]
    sections = (
        Section("行動方案執行情形", "附件一、", 1, None, "", on(10)),
        Section("委員意見", "附件二、", 1, None, "", on(17)),
    )
    sections = tuple(replace(s, heading=f"{s.number}{s.heading}") for s in sections)
    assert [d.page for d in doubts(report(rows, sections=sections), "lost:page")] == [12, 15, 16]


@pytest.mark.parametrize(
    ("labels", "lost"),
    [(("110年", "111年", "112年"), {"emission/2021"}), (("94年", "111年", "112年"), set())],
)
def test_years_that_the_table_of_emissions_prints(labels, lost):
    cells = (("年度", "排放量"), *((label, "36") for label in labels))
    table = TableRecord("1", "運輸部門排放量", None, (), cells, 1, ONE_PAGE)
    found = report(emissions=emission_rows(2022, 2023), tables=(table,))
    assert {key for key, _ in named(doubts(found, "gap:year"))} == lost


def test_results_of_years_to_come():
    assert ("emission/2025", "actual") in named(doubts(report(emissions=emission_rows(2024, 2025)), "odd:future"))


def test_two_measures_with_one_code():
    rows = [row(code) for code in CODES]
    rows[2] = replace(rows[2], code="T1-2#2")
    found = named(doubts(report(rows), "twice:code"))
    assert {("T1-2#2", "name"), ("T1-2#2", "budget_ntd"), ("T1-2#2", "code")} <= found


def test_strategies_that_share_their_measures():
    rows = [replace(row(code), strategy_code="四") for code in CODES]
    found = named(doubts(report(rows), "odd:strategy"))
    assert found == {(code, "strategy_id") for code in CODES}
