"""Title pages: broken lines, spaced glyphs, both eras, any arrangement of agencies."""

import pytest

from extract.reading import titlepage
from tests.reading.documents import document, rules


def read(text: str) -> titlepage.TitlePage:
    page, _ = titlepage.read(document(text))
    return page


def test_a_title_broken_over_lines_with_numerals_in_chinese() -> None:
    page = read(
        "第二期運輸部門溫室氣體減量\n\n行動方案\n\n一一二年度成果報告\n\n交通部\n\n中華民國一一三年十月\n\n目錄\n"
    )
    assert (
        page.title,
        page.sector,
        page.phase,
        page.roc_year,
        page.published,
    ) == ("第二期運輸部門溫室氣體減量行動方案一一二年度成果報告", "運輸", 2, 112, "2024-10")
    assert [a.name for a in page.lead_agencies] == ["交通部"]


def test_glyphs_that_are_spaced_out() -> None:
    page = read(
        "# 農 業 部 門\n# 溫 室 氣 體 減 量 行 動 方 案\n# 115 年 度 成 果 報 告\n\n主 辦 機 關 ： 農 業 部\n\n"
        "中 華 民 國 116 年 9 月\n\n# 第一章 摘要\n"
    )
    assert (page.sector, page.roc_year, page.published) == ("農業", 115, "2027-09")
    assert [a.name for a in page.lead_agencies] == ["農業部"]


def test_gregorian_years_and_a_span_that_is_no_year() -> None:
    page = read("第三期（115-119年）住商部門溫室氣體減量行動方案\n\n2027年成果報告\n\n2028年9月\n")
    assert (page.sector, page.phase, page.roc_year, page.published) == ("住商", 3, 116, "2028-09")


def test_agencies_one_on_a_line_with_units_in_brackets() -> None:
    page = read(
        "環境部門溫室氣體減量行動方案 110 年成果報告\n\n"
        "彙整機關：環境部\n主辦機關：內政部（國土管理署、\n建築研究所）\n"
        "協辦機關：\n\n經濟部\n\n農業部\n\n111/09\n"
    )
    assert [a.name for a in page.lead_agencies] == ["環境部", "內政部國土管理署", "內政部建築研究所"]
    assert [a.name for a in page.co_agencies] == ["經濟部", "農業部"]
    assert page.published == "2022-09"


def test_agencies_are_called_as_in_the_year_of_the_report() -> None:
    text = "農業部門溫室氣體減量行動方案 {} 年成果報告\n\n主辦機關：農委會\n協辦機關：環保署、經濟部能源局\n"
    before, after = read(text.format(110)), read(text.format(113))
    assert [a.name for a in before.lead_agencies] == ["行政院農業委員會"]
    assert [a.name for a in before.co_agencies] == ["行政院環境保護署", "經濟部能源局"]
    assert [a.name for a in after.lead_agencies] == ["農業部"]
    assert [a.name for a in after.co_agencies] == ["環境部", "經濟部能源署"]


def test_a_version_mark_is_no_part_of_the_title() -> None:
    assert (
        read("能源部門溫室氣體減量行動方案 111 年成果報告（核定本）\n").title
        == "能源部門溫室氣體減量行動方案 111 年成果報告"
    )


def test_a_notice_between_title_and_agencies_is_passed_over() -> None:
    page = read("製造部門溫室氣體減量行動方案 111 年成果報告\n\n本檔為測試所寫。\n\n主辦機關：經濟部\n\n壹、摘要\n")
    assert [a.name for a in page.lead_agencies] == ["經濟部"]


def test_a_period_named_in_the_text_alone_is_taken_with_a_signal() -> None:
    text = "運輸部門溫室氣體減量行動方案 113 年成果報告\n\n壹、摘要\n\n第二期運輸部門行動方案共計 9 項措施。\n"
    page, signals = titlepage.read(document(text))
    assert page.phase == 2
    assert rules(signals) == ["title:phase"]


def test_a_file_without_a_title_page_says_so() -> None:
    page, signals = titlepage.read(document("推動策略\t推動措施\t主辦機關\n1.1 甲\t1.1.1 乙\t經濟部\n"))
    assert titlepage.TitlePage() == page
    assert rules(signals) == ["unread:title", "unread:sector", "unread:year"]


@pytest.mark.parametrize(
    ("words", "sector"), [("住宅及商業部門", "住商"), ("環境部門", "環境"), ("能源部門", "能源"), ("工業部門", "製造")]
)
def test_sectors_by_their_words(words: str, sector: str) -> None:
    assert sector == read(f"{words}溫室氣體減量行動方案 113 年成果報告\n").sector
