"""Case studies: which headings are cases, their story and figures."""

import pytest

from extract.reading import cases
from extract.reading.case_sections import facet_of, is_highlights
from extract.records import Case
from tests.reading.documents import document


def read(text: str) -> tuple[Case, ...]:
    found, _ = cases.read(document(text), report_year=2024)
    return found


def paths(text: str) -> list[tuple[str, ...]]:
    return [case.path for case in read(text)]


def figures(case: Case) -> list[tuple[str, str, str]]:
    return [(q.kind, str(q.value), q.unit) for q in case.quantities]


def test_one_case_for_each_innermost_heading() -> None:
    text = (
        "## 參、成果\n\n### 三、亮點成果\n\n#### (一)設備汰換\n\n"
        "##### 1.低碳技術\n\n###### (1)客運業\n\n以某客運公司為例。\n\n"
        "###### (2)旅館業\n\n以某旅館為例。\n\n#### (二)生質燃料媒合\n\n本案媒合 3 案。\n\n## 附件一、表\n\n文。\n"
    )
    assert paths(text) == [
        ("亮點成果", "設備汰換", "低碳技術", "客運業"),
        ("亮點成果", "設備汰換", "低碳技術", "旅館業"),
        ("亮點成果", "生質燃料媒合"),
    ]


def test_the_parts_of_one_story_are_no_cases() -> None:
    text = (
        "## 亮點案例\n\n### (一)能源管理示範\n\n某飯店成立三十年，為在地具代表性之業者，客房逾五百間，全年無休。\n\n"
        "#### (1)建立制度\n\n導入系統。\n\n#### (2)擴大效益\n\n節電 5 萬度。\n\n#### 面臨問題\n\n缺乏資料。\n"
    )
    assert paths(text) == [("亮點案例", "能源管理示範")]


def test_slide_titles_and_facets_are_no_cases() -> None:
    text = (
        "## 三、執行亮點\n\n### 1.牧場沼氣\n\n以某牧場為例。\n\n"
        "# 沼氣發電-畜牧業\n\n## 改善前\n\n- 逸散\n\n## 成效\n\n- 發電 8 萬度\n"
    )
    (case,) = read(text)
    assert (case.path, case.outcome) == (("執行亮點", "牧場沼氣"), "發電 8 萬度")


def test_cases_with_unnumbered_headings() -> None:
    text = (
        "## 推動案例\n\n### 案例一：某客運車隊汰換\n\n改善前，車輛老舊。\n\n### 案例二：某農場灌溉\n\n採用省水設備。\n"
    )
    assert paths(text) == [("推動案例", "某客運車隊汰換"), ("推動案例", "某農場灌溉")]


@pytest.mark.parametrize("heading", ["亮點成果", "推動亮點", "成功案例分享", "參、執行亮點", "標竿案例"])
def test_names_of_the_part_with_cases(heading: str) -> None:
    assert is_highlights(heading)


@pytest.mark.parametrize(
    ("heading", "facet"),
    [
        ("面臨問題", "problem"),
        ("解決方案：", "approach"),
        ("■ 亮點成效", "outcome"),
        ("主要產品：", "other"),
        ("客運業", None),
    ],
)
def test_parts_of_a_story_by_their_headings(heading: str, facet: str | None) -> None:
    assert facet_of(heading) == facet


def test_the_story_in_prose() -> None:
    text = (
        "## 亮點成果\n\n### 1.空調系統改善\n\n"
        "以某旅館空調更新為例，改善前，主機老舊耗能。改善後，更換變頻主機並調整排程。"
        "本案投資金額 300 萬元，每年可節電 12 萬度。\n"
    )
    (case,) = read(text)
    assert case.problem == "以某旅館空調更新為例，改善前，主機老舊耗能。"
    assert case.approach == "改善後，更換變頻主機並調整排程。"
    assert case.outcome == "本案投資金額 300 萬元，每年可節電 12 萬度。"
    assert (case.industry, case.strategy) == ("旅館", "製程改善")
    assert figures(case) == [("investment", "300", "萬元"), ("energy_saving", "12", "萬度")]


def test_a_figure_that_the_slide_tells_again_is_one_and_a_different_one_stays() -> None:
    text = (
        "## 亮點成果\n\n### 1.旅館業\n\n本案投資金額約 300 萬元，每年可節電 12 萬度。\n\n# 空調更新-旅館業\n\n"
        "投資金額  \n300 萬元\n\n節省用電  \n13 萬度/年\n"
    )
    (case,) = read(text)
    assert figures(case) == [
        ("investment", "300", "萬元"),
        ("energy_saving", "12", "萬度"),
        ("energy_saving", "13", "萬度"),
    ]


def test_bare_numbers_of_a_table_take_their_columns_unit() -> None:
    text = (
        "## 亮點成果\n\n### 1.旅館業\n\n通過案例如下表。\n\n"
        "專案名稱\t減量額度(tCO<sub>2</sub>e)\n鍋爐汰換\t1,200\n熱泵\t300\n"
    )
    (case,) = read(text)
    assert figures(case) == [("emission_reduction", "1200", "tCO2e"), ("emission_reduction", "300", "tCO2e")]


def test_each_figure_has_its_own_place() -> None:
    text = "## 亮點成果\n\n### 1.旅館業\n\n本案投資金額 300 萬元，每年可節電 12 萬度。\n"
    (case,) = read(text)
    assert [text[q.place.char_start : q.place.char_end] for q in case.quantities] == ["300 萬元", "12 萬度"]


def test_a_report_without_highlights_has_no_cases() -> None:
    assert not read("## 壹、摘要\n\n本期節電 12 萬度。\n")
