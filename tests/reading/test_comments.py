"""Committee comments in every shape that the reports use."""

import pytest

from extract.reading import comments
from extract.reading.reviewers import Heading, read_heading
from tests.reading.documents import document, rules

Row = tuple[str, str | None, str | None, str, str]


def read(text: str) -> list[Row]:
    found, _ = comments.read(document(text))
    return [(c.reviewer, c.round, c.number, c.comment, c.reply) for c in found]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("王教授某（會前書面意見）", Heading("王教授某", "會前書面意見")),
        ("王教授某（會前書面意見）/無會上意見", Heading("王教授某", "會前書面意見")),
        ("王教授某（會前書面意見／會上無意見）", Heading("王教授某", "會前書面意見")),
        ("一、王教授某：", Heading("王教授某", None)),
        ("委員：王某某", Heading("王某某", None)),
        ("王委員會上意見", Heading("王委員", "會上意見")),
        ("二、會上意見", Heading(None, "會上意見")),
        ("環境部（書面意見）", Heading("環境部", "書面意見")),
        ("附件二、委員意見回復對照表", None),
        ("本報告內容完整", None),
    ],
)
def test_who_speaks(line: str, expected: Heading | None) -> None:
    assert read_heading(line) == expected


def test_bands_over_the_rows() -> None:
    text = (
        "編號\t委員意見\t部門回復內容\n王教授甲（會前書面意見）\n1\t問一\t答一\n2\t問二\t答二\n"
        "王教授甲（會上意見）\n1\t問三\t答三\n李委員乙（會前書面意見）/無會上意見\n1\t問四\t答四\n"
    )
    assert read(text) == [
        ("王教授甲", "會前書面意見", "1", "問一", "答一"),
        ("王教授甲", "會前書面意見", "2", "問二", "答二"),
        ("王教授甲", "會上意見", "1", "問三", "答三"),
        ("李委員乙", "會前書面意見", "1", "問四", "答四"),
    ]


def test_a_reviewer_column_with_merged_cells() -> None:
    text = (
        "<table><tr><th>委員姓名</th><th>委員意見</th><th>回應說明</th></tr>"
        "<tr><td rowspan='2'>王甲<br>（書面意見）</td><td>一、問一</td><td>一、答一</td></tr>"
        "<tr><td>二、問二</td><td>二、答二</td></tr><tr><td>李乙</td><td>問三</td><td>答三</td></tr></table>"
    )
    assert read(text) == [
        ("王甲", "書面意見", "1", "問一", "答一"),
        ("王甲", "書面意見", "2", "問二", "答二"),
        ("李乙", None, None, "問三", "答三"),
    ]


def test_one_cell_with_several_comments_and_their_replies() -> None:
    text = "委員\t意見內容\t辦理情形\n王甲\t<p>1. 問一</p><p>2. 問二</p>\t<p>1. 答一</p><p>2. 答二</p>\n"
    assert read(text) == [("王甲", None, "1", "問一", "答一"), ("王甲", None, "2", "問二", "答二")]


def test_a_reply_in_items_to_one_comment_stays_whole() -> None:
    text = "編號\t委員意見\t回覆\n王委員（會上意見）\n1\t問\t<ol><li>1. 甲</li><li>2. 乙</li></ol>\n"
    assert read(text) == [("王委員", "會上意見", "1", "問", "1. 甲\n2. 乙")]


def test_one_table_for_each_reviewer_under_headings() -> None:
    text = (
        "# 附件、專家委員意見回覆\n\n## 一、會前書面意見\n\n### （一）王委員甲\n\n項次\t意見\t回覆\n1.\t問一\t答一\n\n"
        "### （二）李教授乙\n\n項次\t意見\t回覆\n1.\t問二\t答二\n\n"
        "## 二、會上意見\n\n### （一）王委員甲\n\n項次\t意見\t回覆\n1.\t問三\t答三\n"
    )
    assert read(text) == [
        ("王委員甲", "會前書面意見", "1", "問一", "答一"),
        ("李教授乙", "會前書面意見", "1", "問二", "答二"),
        ("王委員甲", "會上意見", "1", "問三", "答三"),
    ]


def test_cells_cut_by_a_page_break_are_whole() -> None:
    text = "編號\t委員意見\t回覆\n王委員（會上意見）\n1\t前半\t答\n\n編號\t委員意見\t回覆\n\t後半\t覆\n2\t問\t答\n"
    assert read(text) == [
        ("王委員", "會上意見", "1", "前半後半", "答覆"),
        ("王委員", "會上意見", "2", "問", "答"),
    ]


def test_a_comment_of_nobody_is_signalled() -> None:
    _, signals = comments.read(document("委員意見\t回覆\n請補充說明\t已補充\n"))
    assert rules(signals) == ["unread:reviewer"]


def test_a_column_that_nothing_tells_is_signalled() -> None:
    _, signals = comments.read(document("編號\t委員意見\t回覆\t某某\n王委員（會上意見）\n1\t問\t答\t5\n"))
    assert rules(signals) == ["unread:header"]


def test_other_tables_are_none() -> None:
    assert not read("推動措施\t執行情形說明\n甲\t乙\n")
    assert not read("項目\t說明\n甲\t乙\n")
