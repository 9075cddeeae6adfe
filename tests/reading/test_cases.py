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


MEASURES = "策略\t措施\t主辦機關\t期程\t目標\t執行成果\n甲\t乙\t某局\t110-114\t輔導 9 家\t輔導 8 家"
ENDS = [
    f"## 附表1 推動措施一覽表\n\n{MEASURES}",
    "附件一、各措施執行情形\n\n輔導 9 家，節電 7 萬度。",
    "附錄二　說明\n\n| 項目 | 數值 |\n|---|---|\n| 節電 | 9 萬度 |",
    "第五章　結語\n\n預計輔導 9 家。",
    "## 附錄：名詞說明\n\n輔導 9 家。",
    "編號\t委員意見\t回復\n王委員（書面意見）\n1\t輔導 9 家\t輔導 8 家\n\n### 一、會上意見\n\n輔導 7 家。",
    MEASURES,
]


@pytest.mark.parametrize("end", ENDS)
def test_the_last_case_ends_where_the_chapter_does(end: str) -> None:
    (case,) = read(f"# 第四章　成果\n\n## 4.1 亮點案例\n\n### 4.1.1 旅館業\n\n節電 12 萬度。\n\n{end}\n")
    assert case.path == ("亮點案例", "旅館業")
    assert figures(case) == [("energy_saving", "12", "萬度")]


def test_a_table_of_measures_before_the_cases_does_not_end_them() -> None:
    text = f"# 參、成果\n\n## 一、亮點案例\n\n{MEASURES}\n\n### (一)旅館業\n\n節電 12 萬度。\n"
    assert paths(text) == [("亮點案例", "旅館業")]


def test_a_slide_set_as_a_table_of_one_row() -> None:
    text = (
        "## 亮點成果\n\n### 1.旅館業\n\n本案節電 12 萬度。\n\n<table><tr><td>面臨問題<br>●主機老舊</td>"
        "<td>解決方案<br>●汰換主機 3 台</td><td>成效<br>●節電 12 萬度/年</td></tr></table>\n"
    )
    (case,) = read(text)
    assert figures(case) == [("energy_saving", "12", "萬度"), ("equipment", "3", "台")]
    assert (case.problem, case.approach) == ("●主機老舊", "●汰換主機 3 台")


@pytest.mark.parametrize(
    "titles",
    [
        ("### 【案例一】某飯店", "### 【案例二】某工廠"),
        ("### 亮點1－某飯店", "### 亮點2－某工廠"),
        ("案例一：某飯店", "案例二：某工廠"),
        ("**示範案例 1** 某飯店", "**示範案例 2** 某工廠"),
    ],
)
def test_titles_that_count_the_cases(titles: tuple[str, str]) -> None:
    first, second = titles
    text = (
        f"## 三、推動亮點\n\n{first}\n\n節電 12 萬度。\n\n{second}\n\n節電 3 萬度。\n\n## 四、其他\n\n節電 9 萬度。\n"
    )
    assert paths(text) == [("推動亮點", "某飯店"), ("推動亮點", "某工廠")]
    assert [figures(case)[0][1] for case in read(text)] == ["12", "3"]


def test_a_chapter_whose_parts_are_counted_cases() -> None:
    text = (
        "# 第四章 減碳典範\n\n## 4.1 典範案例一 某飯店\n\n節電 12 萬度。\n\n## 4.2 典範案例二 某工廠\n\n節電 3 萬度。\n"
    )
    assert paths(text) == [("減碳典範", "某飯店"), ("減碳典範", "某工廠")]


def test_a_card_of_parts() -> None:
    text = (
        "## 亮點案例\n\n### (一)某飯店\n\n<table><tr><td>改善前</td><td>用電 40 萬度</td></tr>"
        "<tr><td>改善後</td><td>汰換主機 3 台</td></tr><tr><td>成效</td><td>節電 12 萬度</td></tr></table>\n"
    )
    (case,) = read(text)
    assert (case.problem, case.approach, case.outcome) == ("用電 40 萬度", "汰換主機 3 台", "節電 12 萬度")
    assert [value for _, value, _ in figures(case)] == ["40", "3", "12"]


def test_a_card_of_parts_with_the_money_among_them() -> None:
    text = (
        "## 亮點案例\n\n### (一)某飯店\n\n面臨問題\t主機老舊，效率 0.9 kW/RT\n改善作法\t汰換主機 3 台\n"
        "投入經費\t投資 200 萬元\n其他\t無\n改善成效\t節電 12 萬度\n"
    )
    (case,) = read(text)
    assert [value for _, value, _ in figures(case)] == ["0.9", "3", "200", "12"]


def test_a_card_under_groups_whose_numbers_a_blank_parts() -> None:
    text = (
        "## 肆　特色亮點案例\n\n### 一　服務業\n\n#### （一）某飯店主機汰換\n\n項目\t內容\n行業別\t住宿業\n"
        "改善前概況\t用電 40 萬度。\n導入作法\t汰換主機 3 台。\n節能效益\t節電 12 萬度。\n投資回收\t約 4 年。\n\n"
        "#### （二）某商場\n\n節電 3 萬度。\n\n### 二　農業\n\n#### （一）某農場\n\n節電 2 萬度。\n"
    )
    assert paths(text) == [
        ("特色亮點案例", "服務業", "某飯店主機汰換"),
        ("特色亮點案例", "服務業", "某商場"),
        ("特色亮點案例", "農業", "某農場"),
    ]
    case = read(text)[0]
    assert (case.industry, case.problem, case.approach) == ("住宿業", "用電 40 萬度。", "汰換主機 3 台。")
    assert [(kind, value) for kind, value, _ in figures(case)][2:] == [("energy_saving", "12"), ("payback_period", "4")]


def test_a_card_without_a_header() -> None:
    text = (
        "## 亮點案例\n\n### (一)再生粒料應用\n\n某市於道路採用再生粒料。\n\n"
        "工程概要\t路段長 3.6 公里，占級配料 45%。\n品質驗證\t抽樣 12 批次。\n"
    )
    (case,) = read(text)
    assert [value for _, value, _ in figures(case)] == ["3.6", "45", "12"]


def test_a_tile_with_several_figures_is_read_line_by_line() -> None:
    text = "## 亮點案例\n\n### (一)綠生活圈\n\n<p>節電 14 萬度\n垃圾減運 95 公噸\n減碳 118 公噸</p>\n"
    (case,) = read(text)
    assert [kind for kind, _, _ in figures(case)] == ["energy_saving", "physical", "emission_reduction"]


def test_a_figure_with_a_sign_tells_again_what_the_text_says() -> None:
    text = "## 亮點案例\n\n### (一)智慧號誌\n\n停等次數減少 19.6%。\n\n- -19.6%\n"
    (case,) = read(text)
    assert [value for _, value, _ in figures(case)] == ["19.6"]
