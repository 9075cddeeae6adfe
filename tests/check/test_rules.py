"""Each rule of the check: what it doubts, and that it leaves a sound report alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.records import Agency, Comment, Emission, Indicator, Section, Signal, Strategy, TableRecord
from tests.check.reports import CODES, ID, doubts, item, named, quality, report, row
from tests.kb.conftest import ONE_PAGE


def with_one(changed):
    """Six measures, the second of them changed."""
    rows = [row(code) for code in CODES]
    rows[1] = changed
    return report(rows)


def test_a_sound_report_has_no_doubts():
    found = quality(report())
    assert found.doubts == ()
    assert found.is_good
    assert {s.name: s.value for s in found.shares if s.value < 1} == {}


@pytest.mark.parametrize(
    ("codes", "lost"),
    [
        (("T1-1", "T1-3"), {"T1-2"}),
        (("T1-2", "T1-3"), {"T1-1"}),
        (("一、(一)1", "一、(一)3"), {"一、(一)2"}),
        (("1.1.1", "1.1.2", "1.3.1"), set()),
        (("環-1-1", "環-1-4"), {"環-1-2", "環-1-3"}),
    ],
)
def test_a_gap_in_the_codes_of_measures(codes, lost):
    rows = [row(code, strategy_code="1") for code in codes]
    gaps = [d for d in doubts(report(rows), "gap:code") if d.table == "measures"]
    assert named(gaps) == {(code, None) for code in lost}


def test_a_gap_in_the_codes_of_strategies():
    rows = [row("T1-1"), row("T3-1")]
    assert ("T2", None) in named(doubts(report(rows), "gap:code"))


def test_a_measure_under_a_strategy_of_another_code():
    rows = [row(code) for code in CODES[:5]]
    rows[3] = replace(rows[3], strategy_code="T1")
    rows[4] = replace(rows[4], strategy_code="T1")
    found = report(rows, strategies=(Strategy("T1", "綠色運輸", ONE_PAGE),))
    assert named(doubts(found, "odd:strategy")) == {(c, f) for c in ("T2-1", "T2-2") for f in ("strategy_id", "code")}
    assert ("T2", None) in named(doubts(found, "gap:code"))


def test_fewer_measures_than_the_report_says():
    text = Section("前言", "壹", 1, None, "共計 9 項具體措施，其中 2 項新增。", ONE_PAGE)
    found = quality(report(sections=(text,)))
    assert [(d.table, d.key) for d in found.doubts if d.rule == "count:differs"] == [("measures", None)]
    assert [b.name for b in found.broken] == ["measures"]
    assert not found.is_good


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("依運量逐站盤點設備（含電扶梯，訂定汰換順序。", "cut:bracket"),
        ("，訂定汰換順序並補助所需經費。", "cut:start"),
        ("依運量逐站盤點設備、", "cut:end"),
        ("依運量逐站盤點設備並訂定汰換順", "cut:end"),
        ("依運量逐站盤點設備並訂定汰換順序。逐站盤點設備並訂定汰換順序。", "twice:words"),
        ("依運量盤點設備。2.訂定汰換順序。", "cut:items"),
    ],
)
def test_a_text_that_looks_cut(text, rule):
    found = with_one(row("T1-2", plan=text, cells={"plan": text}))
    assert named(doubts(found, rule)) == {("T1-2", "plan")}


@pytest.mark.parametrize("text", ["1)盤點設備；2)汰換設備。", "（一）盤點設備「電扶梯」。", "達成率 98％"])
def test_a_text_that_is_whole(text):
    assert quality(with_one(row("T1-2", plan=text, cells={"plan": text}))).doubts == ()


def test_items_whose_numbers_leave_one_out():
    items = tuple(item("改善車站 5 站。", "5 站", ordinal) for ordinal in ("1", "2", "2.1", "4"))
    target = "1.改善車站 5 站。2.改善車站 5 站。(1)改善車站 5 站。4.改善車站 5 站。"
    found = with_one(row("T1-2", targets=items, target=target, cells={"target": target}))
    assert named(doubts(found, "gap:item")) == {("T1-2/target/4", "text")}


def test_a_text_that_holds_the_neighbours():
    rows = [row(code) for code in CODES]
    plan = "依據各站月臺高度調查結果，分三年補助業者改善無障礙設施與動線。"
    rows[0] = replace(rows[0], plan=plan)
    rows[1] = replace(rows[1], plan=f"逐站汰換照明。{plan}")
    assert named(doubts(report(rows), "twice:neighbour")) == {("T1-2", "plan")}


def test_two_rows_put_together():
    found = with_one(row("T1-2", cells={"name": "中段車站改善T1-3 東段車站改善"}))
    columns = {column for key, column in named(doubts(found, "glued:rows")) if key == "T1-2"}
    assert {"name", "plan", "category", "budget_ntd", "lead_agencies", "target", "result"} <= columns


def test_a_mark_in_the_middle_of_a_name():
    found = with_one(row("T1-2", cells={"name": "中段車站改善（新增）東段車站改善"}))
    assert named(doubts(found, "glued:rows")) == {("T1-2", "name")}


def test_cells_of_another_kind():
    found = with_one(row("T1-2", cells={"agencies": "110-114", "period": "減緩"}))
    columns = named(doubts(found, "odd:cell"))
    assert columns == {("T1-2", c) for c in ("lead_agencies", "co_agencies", "start_year", "end_year")}


def test_several_doubtful_cells_make_the_row_doubtful():
    found = with_one(row("T1-2", cells={"agencies": "110-114", "period": "減緩", "category": "21,500"}))
    assert ("T1-2", "plan") in named(doubts(found, "odd:row"))


def test_a_field_that_all_others_have():
    found = with_one(row("T1-2", cells={"category": ""}, category=None))
    assert named(doubts(found, "empty:field")) == {("T1-2", "category")}


def test_a_column_that_a_header_names_and_no_measure_has():
    rows = [row(code) for code in CODES]
    rows = [
        replace(r, target=None, targets=(), printed={k: v for k, v in r.printed.items() if k != "target"}) for r in rows
    ]
    head = ("推動措施", "年度目標 執行成果")
    grid = (head, *((r.name, f"每年 3 站。{r.result}") for r in rows))
    found = report(rows, tables=(TableRecord("1", "附件", None, (), grid, 1, ONE_PAGE),))
    columns = {column for key, column in named(doubts(found, "absent:column")) if key == "T1-2"}
    assert columns == {"target", "result"}
    assert not doubts(
        report(rows, tables=(TableRecord("1", "附件", None, (), (("推動措施", "說明"), *grid[1:]), 1, ONE_PAGE),)),
        "absent:column",
    )
    assert not doubts(report(tables=(TableRecord("1", "附件", None, (), grid, 1, ONE_PAGE),)), "absent:column")


@pytest.mark.parametrize(("category", "is_odd"), [("減緩別", True), ("減", True), ("能力建構", False)])
def test_a_category_that_is_another_and_more(category, is_odd):
    found = with_one(row("T1-2", cells={"category": category}))
    assert (named(doubts(found, "odd:word")) == {("T1-2", "category")}) is is_odd


def test_words_that_come_twice_in_a_row():
    found = with_one(row("T1-2", cells={"agencies": "交通部鐵道局鐵道局"}))
    assert named(doubts(found, "twice:words")) == {("T1-2", "lead_agencies"), ("T1-2", "co_agencies")}


@pytest.mark.parametrize(
    ("cell", "more", "rule"),
    [
        ("21,\n500\n98%", {}, "odd:number"),
        ("21,500", {"budget_ntd": None, "execution_rate": None}, "unread:budget"),
        ("21,500\n98%", {"execution_rate": None}, "unread:rate"),
        ("21,500\n98%", {"budget_note": "3,200"}, "left:number"),
        ("21,500、3,200\n98%", {}, "odd:amounts"),
        ("21,500\n98%", {"budget_ntd": Decimal(21)}, "odd:budget"),
    ],
)
def test_a_budget_that_was_not_understood(cell, more, rule):
    found = named(doubts(with_one(row("T1-2", cells={"budget": cell}, **more)), rule))
    assert {("T1-2", c) for c in ("budget_ntd", "execution_rate", "budget_note")} == found


def test_a_rate_that_is_none():
    assert ("T1-2", "execution_rate") in named(doubts(with_one(row("T1-2", execution_rate=Decimal(98))), "odd:rate"))


@pytest.mark.parametrize(
    ("period", "years"), [("114-110", (2025, 2021)), ("110-114 112-113", (2021, 2025)), ("110-914", (2021, 2825))]
)
def test_a_period_that_cannot_be(period, years):
    changed = row("T1-2", cells={"period": period}, start_year=years[0], end_year=years[1])
    assert named(doubts(with_one(changed), "odd:period")) == {("T1-2", "start_year"), ("T1-2", "end_year")}


def test_a_number_that_became_nothing():
    text = "113 年 5 月完成 ISO 50001 驗證，另有 37 未明。"
    found = quality(with_one(row("T1-2", results=(item(text),), result=text, cells={"result": text})))
    (doubt,) = [d for d in found.doubts if d.rule == "left:number"]
    assert (doubt.key, doubt.reason) == (f"{ID}/T1-2/result/1", "數字 37 不是已讀出的數值、年份或編號")
    (share,) = [s for s in found.shares if s.name == "digits"]
    assert share.whole - share.part == 2


def test_a_cell_that_came_nowhere():
    cells = [("編號", "措施")] + [(code, row(code).name) for code in CODES] + [("T9-9", "遺漏在表中的一列文字")]
    table = TableRecord("1", "附件", None, (), tuple(cells), 1, ONE_PAGE)
    found = quality(report(tables=(table,)))
    assert {d.printed for d in found.doubts if d.rule == "left:cell"} == {"T9-9", "遺漏在表中的一列文字"}
    (share,) = [s for s in found.shares if s.name == "cells"]
    assert (share.part, share.whole) == (12, 14)


def test_labels_beside_the_values_are_no_cells_left_over():
    forms = [[("措施編號", code), ("措施名稱", row(code).name), ("主辦機關", "交通部鐵道局")] for code in CODES]
    cells = [cell for form in forms for cell in form] + [("主辦機關", "遺漏的一格")]
    table = TableRecord("1", "附件", None, (), tuple(cells), 1, ONE_PAGE)
    found = quality(report(tables=(table,)))
    assert [d.printed for d in found.doubts if d.rule == "left:cell"] == ["遺漏的一格"]
    (share,) = [s for s in found.shares if s.name == "cells"]
    assert share.whole - share.part == 1


def test_a_row_that_stands_in_the_prose():
    text = Section("附件一", "附", 1, None, "本附件說明\nT2-4 外島車站改善 減緩 110-114", ONE_PAGE)
    assert named(doubts(report(sections=(text,)), "lost:row")) == {("T2-4", None)}


def test_what_the_reading_signalled():
    unknown = Agency("鐵路復興辦公室", "鐵路復興辦公室", None, "鐵路復興辦公室", is_known=False)
    rows = [row(code) for code in CODES]
    rows[0] = replace(rows[0], lead_agencies=(unknown,))
    signals = (
        Signal("guess:header", "info", "欄名不確定", "說明欄", "plan", ONE_PAGE),
        Signal("unread:kind", "warning", "不知其種類", "22 站", "T1-2", ONE_PAGE),
        Signal("unread:header", "warning", "欄名不明", "列管層級", "", ONE_PAGE),
        Signal("unread:agency", "warning", "不明機關", "鐵路復興辦公室", "T1-1", ONE_PAGE),
    )
    found = report(rows, signals=signals)
    assert named(doubts(found, "guess:header")) == {("", "plan")}
    assert named(doubts(found, "unread:kind")) == {("T1-2/result/1/q1", "kind"), ("T1-2/target/1/q1", "kind")} & named(
        doubts(found, "unread:kind")
    )
    assert named(doubts(found, "unread:kind"))
    assert named(doubts(found, "unread:header")) == {("", "extra")}
    assert ("T1-1", "lead_agencies") in named(doubts(found, "unknown:agency"))


def emission(year, target, actual, total_target, total_actual, corrected=None):
    values = [None if v is None else Decimal(str(v)) for v in (target, actual, total_target, total_actual, corrected)]
    return Emission(year, values[0], None, values[1], values[4], values[2], values[3], None, False, ONE_PAGE)


SOUND = [emission(2021, 38, 37, 38, 37), emission(2022, 37, 36, 75, 73), emission(2023, 36, 35, 111, 108)]


def test_sound_emissions():
    assert quality(report(emissions=tuple(SOUND))).doubts == ()


@pytest.mark.parametrize(
    ("at", "row_", "rule", "columns"),
    [
        (1, emission(2022, 37, 36, 75, 83), "odd:sum", {("emission/2022", "actual"), ("emission/2023", "actual")}),
        (1, emission(2022, 37, None, 75, 73), "empty:field", {("emission/2022", "actual")}),
        (1, emission(2022, 370, 36, 75, 73), "odd:jump", {("emission/2022", "target"), ("emission/2023", "target")}),
        (2, emission(2123, 36, 35, 111, 108), "odd:year", {("emission/2123", None)}),
        (2, emission(2023, 36, None, 111, None, 35), "odd:corrected", {("emission/2023", "corrected")}),
        (1, emission(2022, None, None, None, None), "empty:row", {("emission/2022", "target")}),
    ],
)
def test_odd_emissions(at, row_, rule, columns):
    rows = list(SOUND)
    rows[at] = row_
    assert columns <= named(doubts(report(emissions=tuple(rows)), rule))


def test_a_year_left_out():
    assert named(doubts(report(emissions=(SOUND[0], SOUND[2])), "gap:year")) == {("emission/2022", None)}


@pytest.mark.parametrize(
    ("number", "comment", "reply", "rule"),
    [
        ("123", "請說明甲。\n請說明乙。", "已說明甲。\n已說明乙。", "odd:comment"),
        ("序號12", "請說明甲。", "已說明甲。", "odd:comment"),
        ("1", "審查意見\n請說明甲。", "已說明甲。", "odd:comment"),
        ("1", "請說明甲。", "", "odd:comment"),
        ("3", "請說明甲。", "已說明甲。", "gap:comment"),
    ],
)
def test_comments_that_were_put_together_or_lost(number, comment, reply, rule):
    found = report(comments=(Comment("王委員", "會上意見", number, comment, reply, ONE_PAGE),))
    assert ("comment/1", "comment") in named(doubts(found, rule))


def test_indicators_that_were_put_together():
    both = Indicator("電動化比率\n公車搭乘人次", "30%\n12 億人次", "25%\n11 億人次", ONE_PAGE)
    assert ("indicator/1", "name") in named(doubts(report(indicators=(both,)), "odd:indicator"))


@pytest.mark.parametrize(
    ("table", "heading"), [("comments", "委員意見及辦理情形"), ("indicators", "評量指標"), ("emissions", "排放量")]
)
def test_a_table_that_is_announced_and_gave_no_row(table, heading):
    section = Section(heading, "二", 2, None, "如下表。", ONE_PAGE)
    found = report(**{table: (), "sections": (section,)})
    assert table in {d.table for d in doubts(found, "unread:table")}


def test_a_caption_number_left_out():
    tables = tuple(TableRecord(n, "統計", None, (), (("年",),), 1, ONE_PAGE) for n in ("1", "3"))
    assert [d.printed for d in doubts(report(tables=tables), "gap:caption")] == ["2"]


def test_a_cell_with_name_and_plan_came_into_both():
    rows = [row(code, cells={"name": f"{code[-1]}號線車站無障礙與節能設備全面改善"}) for code in CODES]
    whole = [(m.code, f"{m.name}\n{m.plan}") for m in rows]
    table = TableRecord("1", "附件", None, (), (("編號", "措施名稱及內容"), *whole), 1, ONE_PAGE)
    found = quality(report(rows, tables=(table,)))
    assert [d.printed for d in found.doubts if d.rule == "left:cell"] == []


def test_a_field_that_may_stand_under_a_header_nobody_understood():
    rows = [replace(row(code), plan=None, extra={"計畫脈絡": "逐站盤點。"}) for code in CODES]
    rows = [replace(r, printed={k: v for k, v in r.printed.items() if k != "plan"}) for r in rows]
    signal = Signal("unread:header", "warning", "欄名不明", "計畫脈絡", "", ONE_PAGE)
    absent = named(doubts(report(rows, signals=(signal,)), "absent:column"))
    assert absent == {(code, "plan") for code in CODES}
    assert not doubts(report(rows), "absent:column")
    whole = [replace(row(code), extra={"計畫脈絡": "逐站盤點。"}) for code in CODES]
    assert not doubts(report(whole, signals=(signal,)), "absent:column")


def test_a_header_of_another_table_that_was_not_understood():
    signal = Signal("unread:header", "warning", "欄名不明", "列管層級", "comments", ONE_PAGE)
    assert [(d.table, d.key) for d in doubts(report(signals=(signal,)), "unread:header")] == [("comments", None)]


def test_letters_that_tell_of_the_strategy_are_no_other_way_of_counting():
    codes = ("W1-1", "W1-2", "W1-3", "W1-4", "W1-5", "S1-1", "S1-2", "G1-1", "G1-2")
    assert not doubts(report([row(code) for code in codes]), "odd:code")
    assert doubts(report([row(code) for code in (*codes[:6], "Q1-1")]), "odd:code")


def test_a_rate_cell_with_a_number_that_was_not_read():
    changed = row("T1-2", cells={"rate": "61.7 2案"}, execution_rate=None, budget_note="61.7 2案")
    found = named(doubts(with_one(changed), "unread:rate"))
    assert {("T1-2", "execution_rate"), ("T1-2", "budget_note")} <= found
