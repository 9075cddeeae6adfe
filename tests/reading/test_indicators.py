"""The 評量指標 table."""

from extract.reading import indicators
from tests.reading.documents import document, rules


def read(text: str, report_year: int | None = None) -> list[tuple[str, str | None, str | None]]:
    found, _ = indicators.read(document(text), report_year=report_year)
    return [(i.name, i.target, i.result) for i in found]


def test_rows_as_text() -> None:
    text = (
        "## 評量指標\n\n評量或目標\t目標\t目前執行成果\n"
        "公共運輸量\t114 年 12 億人次\t113 年 11 億人次\n電動機車\t114 年達 5%\t—\n"
    )
    assert read(text) == [("公共運輸量", "114 年 12 億人次", "113 年 11 億人次"), ("電動機車", "114 年達 5%", None)]


def test_the_section_says_what_a_plain_table_is_about() -> None:
    text = "## 二、評量指標達成情形\n\n項次\t項目\t年度目標\t執行情形\t備註\n1\t節電\t3%\t4%\t無\n"
    assert read(text) == [("節電", "3%", "4%")]


def test_of_several_target_columns_the_report_years_is_read_and_the_others_signalled() -> None:
    text = "## 評量指標\n\n評量指標\t112年目標\t113年目標\t113年執行成果\n造林\t1 公頃\t2 公頃\t3 公頃\n"
    assert read(text, report_year=113) == [("造林", "2 公頃", "3 公頃")]
    _, signals = indicators.read(document(text), report_year=113)
    assert rules(signals) == ["unread:header"]


def test_indicators_beside_one_another() -> None:
    text = (
        "## 評量指標\n\n評量指標\t部門排放量\t造林面積\n"
        "目標\t110 年 5,335 千公噸\t110 年 600 公頃\n執行結果\t110 年 5,301 千公噸\t—\n"
    )
    assert read(text) == [
        ("部門排放量", "110 年 5,335 千公噸", "110 年 5,301 千公噸"),
        ("造林面積", "110 年 600 公頃", None),
    ]


def test_tables_of_measures_or_emissions_are_none() -> None:
    assert not read("## 評量指標\n\n推動措施\t目標\t執行成果\n甲\t1 家\t2 家\n")
    assert not read("## 排放情形\n\n年度\t目標值\t實際值\n110\t1\t2\n")


def test_a_place() -> None:
    text = "## 評量指標\n\n評量指標\t目標\t成果\n造林\t1 公頃\t3 公頃\n"
    ((indicator,), _) = indicators.read(document(text))
    assert text[indicator.place.char_start : indicator.place.char_end] == "造林\t1 公頃\t3 公頃"


def test_a_header_that_only_annex_one_is_known_by() -> None:
    text = "## 評量指標\n\n項次\t評量指標\t目標值\t111年辦理結果\t主責機關\n1\t建築標章\t每年 8 件\t9 件\t營建署\n"
    assert read(text) == [("建築標章", "每年 8 件", "9 件")]


def test_a_row_of_one_cell_without_a_name_is_a_line_that_wraps() -> None:
    text = (
        "表 2、評量指標達成情形\n\n評量指標\t目標\t達成情形\n部門排放量\t低於 77 百萬公噸\t49 百萬公噸 CO2e\n"
        "\tCO2e\t\n人均用電\t減少 7%\t已減少 8%\n"
    )
    found, _ = indicators.read(document(text))
    assert [(i.name, i.target, i.result) for i in found] == [
        ("部門排放量", "低於 77 百萬公噸CO2e", "49 百萬公噸 CO2e"),
        ("人均用電", "減少 7%", "已減少 8%"),
    ]
