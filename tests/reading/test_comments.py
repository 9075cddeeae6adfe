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
        ("第一次會議", Heading(None, "第一次會議")),
        ("二、112年第2次專家諮詢會議（112年9月8日）", Heading(None, "112年第2次專家諮詢會議")),
        ("王委員某（第二次審查會議）", Heading("王委員某", "第二次審查會議")),
        ("環境部（書面意見）", Heading("環境部", "書面意見")),
        ("國發會", Heading("國發會", None)),
        ("甲、王教授某（會前書面意見）", Heading("王教授某", "會前書面意見")),
        ("某基金會（林研究員某）（會上意見）", Heading("某基金會（林研究員某）", "會上意見")),
        ("會前書面意見：王教授某", Heading("王教授某", "會前書面意見")),
        ("【王建築師某】", Heading("王建築師某", None)),
        ("【王教授某】會前書面意見", Heading("王教授某", "會前書面意見")),
        ("綜合意見", Heading("綜合意見", None)),
        ("各委員書面意見", Heading(None, "書面意見")),
        ("主席：某某", None),
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


def test_rounds_as_bands_over_a_reviewer_column() -> None:
    text = (
        "委員\t意見\t回復\n一、會前書面意見\n王教授甲\t1.問一\t答一\n\t2.問二\t1.甲。2.乙。\n李局長乙\t1.問三\t答三\n"
        "二、會上意見\n王教授甲\t1.問四\t答四\n"
    )
    assert read(text) == [
        ("王教授甲", "會前書面意見", "1", "問一", "答一"),
        ("王教授甲", "會前書面意見", "2", "問二", "1.甲。2.乙。"),
        ("李局長乙", "會前書面意見", "1", "問三", "答三"),
        ("王教授甲", "會上意見", "1", "問四", "答四"),
    ]


def test_meetings_as_bands_over_a_reviewer_column() -> None:
    text = (
        "委員\t意見\t回應說明\n第一次會議\n王教授甲\t1. 問一\t答一\n\t2. 問二\t答二\n第二次會議\n\n"
        "委員\t意見\t回應說明\n王教授甲\t1. 問三\t答三\n"
    )
    assert read(text) == [
        ("王教授甲", "第一次會議", "1", "問一", "答一"),
        ("王教授甲", "第一次會議", "2", "問二", "答二"),
        ("王教授甲", "第二次會議", "1", "問三", "答三"),
    ]


def test_items_glued_to_years_and_lists_inside_replies() -> None:
    text = (
        "### 王教授甲（會前書面意見）\n\n委員意見\t回復說明\n"
        "1.問一 2.112年問二\t1.113年答一。 2.113年做法：(1)甲；(2)乙。\n"
    )
    assert read(text) == [
        ("王教授甲", "會前書面意見", "1", "問一", "113年答一。"),
        ("王教授甲", "會前書面意見", "2", "112年問二", "113年做法：(1)甲；(2)乙。"),
    ]


def test_rows_cut_line_by_line_are_put_together() -> None:
    text = (
        "### 王教授甲（會上意見）\n\n委員意見\t回復說明\n1.建議納入\t1.已納入\n下一期方案。\t，並選定一廠。\n"
        "2.請加強溝\t2.已公開\n通。\t資料。\n"
    )
    assert read(text) == [
        ("王教授甲", "會上意見", "1", "建議納入下一期方案。", "已納入，並選定一廠。"),
        ("王教授甲", "會上意見", "2", "請加強溝通。", "已公開資料。"),
    ]


def test_a_header_in_other_words_among_the_rows() -> None:
    text = "委員\t書面意見\t機關回應\n王教授甲\t1. 問一\t答一\n委員\t會上意見\t機關回應\n王教授甲\t1. 問二\t答二\n"
    assert read(text) == [("王教授甲", "書面意見", "1", "問一", "答一"), ("王教授甲", "會上意見", "1", "問二", "答二")]


def test_both_rounds_side_by_side() -> None:
    text = "委員\t書面意見\t回復\t會上意見\t回復\n王教授甲\t問一\t答一\t問二\t答二\n李教授乙\t問三\t答三\t無\t－\n"
    assert read(text) == [
        ("王教授甲", "書面意見", None, "問一", "答一"),
        ("李教授乙", "書面意見", None, "問三", "答三"),
        ("王教授甲", "會上意見", None, "問二", "答二"),
    ]


def test_numbers_that_count_reviewers() -> None:
    text = (
        "<table><tr><th>項次</th><th>委員</th><th>意見</th><th>回應說明</th></tr><tr><td>1</td><td>王教授甲</td>"
        "<td>1.問一<br>2.問二</td><td>1.答一<br>2.答二</td></tr>"
        "<tr><td>2</td><td>環境部</td><td>1.問三</td><td>1.答三</td></tr></table>"
    )
    assert read(text) == [
        ("王教授甲", None, "1", "問一", "答一"),
        ("王教授甲", None, "2", "問二", "答二"),
        ("環境部", None, "1", "問三", "答三"),
    ]


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("敬悉，感謝指教。", ["敬悉，感謝指教。", "敬悉，感謝指教。", "敬悉，感謝指教。"]),
        ("感謝委員。<br>1.答一<br>2.答二<br>3.答三", ["感謝委員。\n答一", "答二", "答三"]),
        ("1、2.答一二<br>3.答三", ["答一二", "答一二", "答三"]),
        ("一、答一<br>二、答二<br>三、答三", ["答一", "答二", "答三"]),
        ("1.答一<br>3.答三", ["答一", "", "答三"]),
    ],
)
def test_replies_to_several_comments_in_one_cell(reply: str, expected: list[str]) -> None:
    text = (
        "<table><tr><th>委員</th><th>意見</th><th>回應</th></tr>"
        f"<tr><td>王甲</td><td>1.問一<br>2.問二<br>3.問三</td><td>{reply}</td></tr></table>"
    )
    assert [row[4] for row in read(text)] == expected


def test_tables_whose_header_is_printed_once() -> None:
    text = (
        "# 附件二、委員意見及回復\n\n### 王教授甲（書面意見）\n\n編號\t意見\t回復\n1\t問一\t答一\n\n"
        "### 李教授乙（書面意見）\n\n1\t問二\t答二\n2\t問三\t答三\n"
    )
    assert read(text) == [
        ("王教授甲", "書面意見", "1", "問一", "答一"),
        ("李教授乙", "書面意見", "1", "問二", "答二"),
        ("李教授乙", "書面意見", "2", "問三", "答三"),
    ]


def test_one_comment_that_two_agencies_answer() -> None:
    text = (
        "<table><tr><th>編號</th><th>委員意見</th><th>回復單位</th><th>回復內容</th></tr>"
        "<tr><td colspan='4'>王教授甲（會上意見）</td></tr><tr><td rowspan='2'>1</td><td rowspan='2'>問</td>"
        "<td>甲局</td><td>答一。</td></tr><tr><td>乙局</td><td>答二。</td></tr></table>"
    )
    assert read(text) == [("王教授甲", "會上意見", "1", "問", "答一。\n答二。")]


def test_the_reviewer_in_the_comment_itself() -> None:
    text = "項次\t意見\t回復\n1\t王教授甲：問一\t答一\n2\t問二（李委員乙）\t答二\n"
    assert read(text) == [("王教授甲", None, "1", "問一", "答一"), ("李委員乙", None, "2", "問二", "答二")]


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        (
            "【意見】問一。<br>【回復】1. 甲。<br>2. 乙。",
            "【意見】問二。 【回復】答二。",
            "【意見】問三。<br>【回復】答三。",
        ),
        ("意見：問一。<br>回應：1. 甲。<br>2. 乙。", "意見：問二。 回應：答二。", "意見：問三。<br><br>回應：答三。"),
        ("問一。<br>答：1. 甲。<br>2. 乙。", "問二。<br>答：答二。", "問三。<br>答：答三。"),
    ],
)
def test_replies_below_the_comments_in_the_same_cells(first: str, second: str, third: str) -> None:
    row = "<tr><td>{}</td><td>{}</td></tr>"
    band = "<tr><td colspan='2'>{}</td></tr>"
    text = (
        "<table><tr><th>項次</th><th>委員意見及回復說明</th></tr>"
        f"{band.format('王教授甲（會前書面意見）')}{row.format(1, first)}{row.format(2, second)}</table>\n\n"
        f"<table><tr><th>項次</th><th>委員意見及回復說明</th></tr>{row.format('', '又答。')}"
        f"{band.format('王教授甲（會上意見）')}{row.format(1, third)}</table>"
    )
    assert read(text) == [
        ("王教授甲", "會前書面意見", "1", "問一。", "1. 甲。\n2. 乙。"),
        ("王教授甲", "會前書面意見", "2", "問二。", "答二。又答。"),
        ("王教授甲", "會上意見", "1", "問三。", "答三。"),
    ]


def test_several_comments_with_their_replies_in_one_cell_of_a_reviewer() -> None:
    text = (
        "# 附件二、委員意見及回復\n\n<table><tr><th>委員</th><th>內容</th></tr>"
        "<tr><td>王教授甲</td><td>意見1：問一。<br>回復1：答一。<br>意見2：問二。<br>回復2：答二。</td></tr>"
        "<tr><td>李局長乙</td><td>1.【意見】問三。【回復】答三。</td></tr></table>"
    )
    assert read(text) == [
        ("王教授甲", None, "1", "問一。", "答一。"),
        ("王教授甲", None, "2", "問二。", "答二。"),
        ("李局長乙", None, "1", "問三。", "答三。"),
    ]


def test_comments_in_lines() -> None:
    text = (
        "# 附件二、委員意見及回復\n\n## 一、王教授甲\n\n意見一：問一。\n\n回復一：答一。\n\n意見二：問二。\n\n"
        "回復二：答二。\n\n## 二、某某局\n\n意見：問三。\n\n回復：答三。\n\n又答。\n"
    )
    assert read(text) == [
        ("王教授甲", None, "1", "問一。", "答一。"),
        ("王教授甲", None, "2", "問二。", "答二。"),
        ("某某局", None, None, "問三。", "答三。\n又答。"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "numbers"),
    [
        ("Q1：問一\n\nA1：答一", "Q2：問二\n\nA2：1. 甲。\n\n2. 乙。", ["1", "2"]),
        ("Q1. 問一\n\nQ2. 問二", "A1. 答一\n\nA2. 1. 甲。\n\n2. 乙。", ["1", "2"]),
        ("問一：問一\n\n答：答一", "問二：問二\n\n答：1. 甲。\n\n2. 乙。", ["1", "2"]),
        ("【意見】問一\n\n【回應】答一", "【意見】問二\n\n【回應】1. 甲。\n\n2. 乙。", [None, None]),
    ],
)
def test_questions_and_answers_under_rounds_and_reviewers(first: str, second: str, numbers: list[str | None]) -> None:
    text = (
        f"# 附錄貳　審查意見回應\n\n## 一、書面審查意見\n\n### （一）王教授甲\n\n{first}\n\n{second}\n\n"
        "## 二、會議審查意見\n\n### （一）某某署\n\nQ3：問三\n\nA3：答三\n"
    )
    assert read(text) == [
        ("王教授甲", "書面審查意見", numbers[0], "問一", "答一"),
        ("王教授甲", "書面審查意見", numbers[1], "問二", "1. 甲。\n2. 乙。"),
        ("某某署", "會議審查意見", "3", "問三", "答三"),
    ]


def test_comments_on_cards() -> None:
    line = "<tr><td>{}</td><td>{{}}</td></tr>"
    card = f"<table>{line.format('委員')}{line.format('意見')}{line.format('回復')}</table>"
    cards = [card.format("王甲", "問一", "答一"), card.format("李乙", "1.問二<br>2.問三", "1.答二<br>2.答三")]
    assert read("# 附件二、委員意見及回復\n\n" + "\n\n".join(cards)) == [
        ("王甲", None, None, "問一", "答一"),
        ("李乙", None, "1", "問二", "答二"),
        ("李乙", None, "2", "問三", "答三"),
    ]


def test_a_topic_across_a_table_that_names_reviewers_is_signalled() -> None:
    found, signals = comments.read(document("項次\t委員\t意見\t回復\n一、排放量部分\n1\t王教授甲\t問\t答\n"))
    assert [c.reviewer for c in found] == ["王教授甲"]
    assert rules(signals) == ["unread:row"]


def test_a_name_cut_inside_its_bracket_is_one() -> None:
    text = "委員\t編號\t意見\t回復\n王教授甲（會上意\t1\t問一\t答一\n見）\t2\t問二\t答二\n李局長乙\t1\t問三\t答三\n"
    assert read(text) == [
        ("王教授甲", "會上意見", "1", "問一", "答一"),
        ("王教授甲", "會上意見", "2", "問二", "答二"),
        ("李局長乙", None, "1", "問三", "答三"),
    ]


def test_a_name_cut_before_its_bracket_is_one() -> None:
    text = "委員\t編號\t意見\t回復\n王教授甲\t1\t問一\t答一\n（會上意見）\t2\t問二\t答二\n李局長乙\t1\t問三\t答三\n"
    assert read(text) == [
        ("王教授甲", "會上意見", "1", "問一", "答一"),
        ("王教授甲", "會上意見", "2", "問二", "答二"),
        ("李局長乙", None, "1", "問三", "答三"),
    ]


def test_comments_in_lines_numbered_before_their_label() -> None:
    text = (
        "# 附件二、委員意見及辦理情形\n\n## 一、會前書面意見\n\n### (一)王教授甲\n\n"
        "1.委員意見：問一。\n\n辦理情形：1.答一。\n\n2.建議另案研議。\n\n2.委員意見：問二。\n\n辦理情形：答二。\n"
    )
    assert read(text) == [
        ("王教授甲", "會前書面意見", "1", "問一。", "1.答一。\n2.建議另案研議。"),
        ("王教授甲", "會前書面意見", "2", "問二。", "答二。"),
    ]


def test_a_heading_between_reviewers_names_one_though_nothing_in_it_says_so() -> None:
    text = (
        "# 附件二、委員意見回復說明\n\n## 一、會前書面意見\n\n"
        "### （一）王委員大文\n\n意見 1：請補充。\n\n回　復：已補充。\n\n"
        "### （二）林淑芬\n\n意見 1：請更正。\n\n回　復：已更正。\n"
    )
    assert read(text) == [
        ("王委員大文", "會前書面意見", "1", "請補充。", "已補充。"),
        ("林淑芬", "會前書面意見", "1", "請更正。", "已更正。"),
    ]


def test_headings_of_topics_name_nobody() -> None:
    text = (
        "# 附件二、委員意見回復說明\n\n## 一、排放量\n\n意見 1：請補充。\n\n回復：已補充。\n\n"
        "## 二、經費\n\n意見 2：請更正。\n\n回復：已更正。\n"
    )
    assert [(row[0], row[2]) for row in read(text)] == [("", "1"), ("", "2")]
