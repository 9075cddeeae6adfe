"""What the headers of annex one mean, in the wording of one ministry or another."""

from __future__ import annotations

import pytest

from extract.documents.model import Cell, PlacedText, Row, Table
from extract.reading.columns import Column, read_columns
from extract.reading.header_meaning import meaning


def table(header: list[list[str]], *rows: list[str]) -> Table:
    def placed(row: list[str]) -> Row:
        return Row(tuple(Cell(PlacedText.plain(text)) for text in row))

    return Table(tuple(placed(row) for row in header), tuple(placed(row) for row in rows))


def fields(*header: list[str], rows: tuple[list[str], ...] = ()) -> list[str | None]:
    return [column.field for column in read_columns(table(list(header), *rows)).columns]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("推動策略", "strategy"),
        ("推動\n策略", "strategy"),
        ("推動措施(編號及名稱)", "name"),
        ("具體措施名稱", "name"),
        ("措施編號", "code"),
        ("項次", "number"),
        ("具體計畫內容", "plan"),
        ("元素類別", "category"),
        ("主(協)辦機關", "agencies"),
        ("主/協辦機關", "agencies"),
        ("主辦（協辦）機關", "agencies"),
        ("主辦機關", "lead"),
        ("協辦機關", "co"),
        ("權責單位", "agencies"),
        ("預期效益/目標", "target"),
        ("113年度預期目標", "target"),
        ("113 年度執行情形", "result"),
        ("110-113年執行成果", "result"),
        ("推動期程", "period"),
        ("起訖年度", "period"),
        ("經費(萬元)", "budget"),
        ("經費執行情形（千元）", "budget"),
        ("經費來源", "funding"),
        ("預算執行率(%)", "rate"),
        ("決算數", "executed"),
        ("備註", "remarks"),
        ("推動年期", "period"),
        ("計畫重點", "plan"),
        ("執行成效", "result"),
        ("預定成果", "target"),
        ("元素", "category"),
        ("113 年經費 執行率(%)", "rate"),
        ("113年經費（千元）執行率（%）", "budget"),
        ("Ｎｏ．", None),
        ("聯絡窗口", None),
        ("", None),
    ],
)
def test_the_meaning_of_a_header(header: str, field: str | None) -> None:
    assert meaning(header)[0] == field


def test_an_exact_word_is_surer_than_a_part() -> None:
    exact, part = meaning("執行成果")[1], meaning("本年度之執行成果摘錄")[1]
    assert exact == 1.0
    assert 0 < part < exact


def test_a_second_column_of_money_that_names_a_rate_holds_rates() -> None:
    header = ["推動措施", "主辦機關", "執行成果", "113年經費 預算數(千元)", "113年經費 執行率"]
    assert fields(header)[-2:] == ["budget", "rate"]


def test_money_that_was_spent_stands_in_for_a_budget_that_no_column_has() -> None:
    header = ["推動措施", "主辦機關", "執行成果", "目標達成率", "執行數(萬元)", "執行率"]
    assert fields(header) == ["name", "lead", "result", "state", "budget", "rate"]
    assert fields(["推動措施", "執行成果", "預算數", "執行數"]) == ["name", "result", "budget", "executed"]


def test_columns_are_found_wherever_they_stand() -> None:
    order = ["經費來源", "執行情形", "推動期程", "預期效益", "主辦機關", "推動措施", "項次"]
    assert fields(order) == ["funding", "result", "period", "target", "lead", "name", "number"]


def test_two_levels_are_read_from_the_lowest_up() -> None:
    assert fields(
        ["推動措施", "113年度", "113年度", "經費", "經費"],
        ["推動措施", "目標", "成果", "預算數", "執行率"],
    ) == ["name", "target", "result", "budget", "rate"]


def test_a_level_that_says_little_leaves_it_to_the_one_above() -> None:
    assert fields(["推動措施", "執行情形"], ["推動措施", "說明"]) == ["name", "result"]


def test_two_claims_to_one_field() -> None:
    """措施 and 措施內容 may both be read as the name: the second is what it is about."""
    assert fields(["推動策略", "推動措施", "措施項目", "預期目標"]) == ["strategy", "name", "plan", "target"]


def test_a_plan_is_the_name_where_there_is_no_other() -> None:
    assert fields(["推動策略", "具體計畫", "預期目標"]) == ["strategy", "name", "target"]


def test_a_budget_column_of_rates_is_a_rate() -> None:
    assert fields(["推動措施", "經費執行率"], rows=(["公車", "98%"], ["軌道", "85.5%"])) == ["name", "rate"]
    assert fields(["推動措施", "經費執行率"], rows=(["公車", "500 萬元（98%）"],)) == ["name", "budget"]


def test_numbers_that_are_names() -> None:
    rows = (["1.1.1 推動市區公車全面汰換為電動車輛", "500 輛"], ["1.1.2 擴大公共運輸定期票使用範圍", "30 萬人"])
    assert fields(["措施編號", "預期目標"], rows=rows) == ["name", "target"]


def test_the_printed_header_is_kept() -> None:
    (column,) = read_columns(table([["經費"], ["預算數(千元)"]])).columns
    assert column == Column(0, "budget", "經費 預算數(千元)", 1.0)


@pytest.mark.parametrize(
    ("header", "is_annex"),
    [
        (["推動措施", "主辦機關", "推動期程", "預期效益", "執行成果"], True),
        (["策略", "具體措施", "權責機關", "預期目標", "經費(萬元)"], True),
        (["評量指標", "預期目標", "執行成果"], False),
        (["年度", "目標", "實際"], False),
        (["委員意見", "辦理情形", "權責機關"], False),
    ],
)
def test_which_table_is_the_annex(header: list[str], *, is_annex: bool) -> None:
    assert read_columns(table([header])).is_annex() == is_annex


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("權責機關(主辦)", "lead"),
        ("權責機關（協辦）", "co"),
        ("主辦權責單位", "lead"),
        ("權責單位－協辦", "co"),
        ("機關(主)", "lead"),
        ("機關(協)", "co"),
        ("執行機關（主／協辦）", "agencies"),
        ("機關(主辦、協辦)", "agencies"),
        ("主責單位/協辦單位", "agencies"),
        ("權責機關", "agencies"),
    ],
)
def test_the_role_in_a_header_over_agencies(header: str, field: str) -> None:
    assert meaning(header)[0] == field


@pytest.mark.parametrize(
    "header",
    [
        [["權責機關(主辦)", "權責機關(協辦)", "經費(預算數)", "經費(執行數)", "經費(執行率)"]],
        [["權責機關", "權責機關", "經費", "經費", "經費"], ["主辦", "協辦", "預算數", "執行數", "執行率"]],
        [["主辦", "協辦", "經費", "經費", "經費"], ["機關", "機關", "預算數(千元)", "決算數(千元)", "執行率(%)"]],
        [["機關", "機關", "113年經費", "113年經費", "113年經費"], ["主", "協", "(預算數)", "(執行數)", "(執行率)"]],
    ],
    ids=["in brackets", "two levels", "role above", "short words"],
)
def test_roles_and_kinds_of_money_in_pairs_of_columns(header: list[list[str]]) -> None:
    assert fields(*header) == ["lead", "co", "budget", "executed", "rate"]


def test_one_column_of_amount_and_rate_is_about_the_amount() -> None:
    assert fields(["推動措施", "經費(執行率)", "成果"], rows=(["甲", "500 (98%)", "完成"],))[1] == "budget"


def test_contents_below_a_promise_are_no_plan() -> None:
    assert fields(["推動措施", "預期效益", "執行成果"], ["推動措施", "內容", "內容"]) == ["name", "target", "result"]
