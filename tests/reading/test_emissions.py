"""Emission tables of every shape: years down or across, units, estimates."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.reading import emissions
from extract.records import NOWHERE, Emission
from tests.documents.drawing import Sheet
from tests.documents.drawing import document as drawn
from tests.reading.documents import document, rules


def year(number: int, **values: str | bool) -> Emission:
    """An expected year; figures as strings."""
    fields: dict[str, Decimal | bool | None] = dict.fromkeys(
        (
            "target", "grid_factor", "actual", "corrected",
            "cumulative_target", "cumulative_actual", "cumulative_corrected",
        )
    )  # fmt: skip
    fields |= {name: value if isinstance(value, bool) else Decimal(value) for name, value in values.items()}
    return Emission(year=number, place=NOWHERE, **({"is_estimate": False} | fields))  # type: ignore[arg-type]


def read(text: str) -> list[Emission]:
    found, _ = emissions.read(document(text))
    return [
        year(
            e.year,
            **{n: v for n in Emission.__slots__ if n not in {"year", "place"} and (v := getattr(e, n)) is not None},
        )
        for e in found
    ]


TWO_LEVELS = (
    "表 1、運輸部門排放統計\n\n單位：百萬公噸 CO<sub>2</sub>e\n\n"
    "年度\t年排放值\t\t\t累計排放值\t\n\t目標值\t電力排放係數(公斤CO2e/度)\t實際值 <sup>註 1</sup>\t目標值\t實際值\n"
    "110 年\t36.5\t0.5\t36.1\t36.5\t36.1\n"
    "111 年\t36.0\t0.49\t(35.2 <sup>註 2</sup>)\t72.5\t(71.3)\n112 年\t35.5\t0.48\t-\t108\t\n"
)


def test_two_levels_with_brackets_for_estimates() -> None:
    assert read(TWO_LEVELS) == [
        year(2021, target="36.5", grid_factor="0.5", actual="36.1", cumulative_target="36.5", cumulative_actual="36.1"),
        year(
            2022,
            target="36.0",
            grid_factor="0.49",
            actual="35.2",
            cumulative_target="72.5",
            cumulative_actual="71.3",
            is_estimate=True,
        ),
        year(2023, target="35.5", grid_factor="0.48", cumulative_target="108"),
    ]


def test_years_across_in_10_000_tonnes_with_stars() -> None:
    text = (
        "表 1 住商部門排放值（萬公噸CO2e）\n\n項目\t110年\t111年\t112年\n"
        "目標值\t4,620\t4,600\t4,580\n實際值\t4,611.5\t4,590*\t－\n"
        "電力排放係數\t0.5\t0.49\t0.48\n達成率\t99%\t99%\t\n\n*：為推估值\n"
    )
    assert read(text) == [
        year(2021, target="46.20", grid_factor="0.5", actual="46.115"),
        year(2022, target="46.00", grid_factor="0.49", actual="45.90", is_estimate=True),
        year(2023, target="45.80", grid_factor="0.48"),
    ]


PIVOTED = [
    year(2021, target="5", actual="4.9", cumulative_target="5", cumulative_actual="4.9"),
    year(2022, target="4.8", actual="4.7", cumulative_target="9.8", is_estimate=True),
]


def test_a_row_for_each_years_target_and_actual_value() -> None:
    text = (
        "表 1、排放情形\n\n單位：百萬公噸\n\n年度\t項目\t排放量\t累計排放量\n110 年\t目標值\t5\t5\n\t實際值\t4.9\t4.9\n"
        "111 年\t目標值\t4.8\t9.8\n\t實際值\t(4.7)\t\n"
    )
    assert read(text) == PIVOTED


def test_years_across_over_target_and_actual_value() -> None:
    text = (
        "表 1、排放情形\n\n單位：百萬公噸\n\n<table><tr><th rowspan=2>項目</th><th colspan=2>110 年</th>"
        "<th colspan=2>111 年</th></tr><tr><th>目標值</th><th>實際值</th><th>目標值</th><th>實際值</th></tr>"
        "<tr><td>排放量</td><td>5</td><td>4.9</td><td>4.8</td><td>(4.7)</td></tr>"
        "<tr><td>累計排放量</td><td>5</td><td>4.9</td><td>9.8</td><td></td></tr></table>\n"
    )
    assert read(text) == PIVOTED


@pytest.mark.parametrize(
    ("unit", "printed", "value"),
    [
        ("百萬公噸", "5.9", "5.9"),
        ("MtCO2e", "5.9", "5.9"),
        ("萬公噸 CO2e", "590", "5.90"),
        ("千公噸", "5,900", "5.900"),
        ("ktCO2e", "5,900", "5.900"),
        ("公噸 CO2e", "5,900,000", "5.900000"),
    ],
)
def test_units(unit: str, printed: str, value: str) -> None:
    text = (
        f"農業部門排放\n\n單位：{unit}\n\n年度\t目標排放量\t實際排放量\n2021\t{printed}\t{printed}\n2022\t{printed}\t\n"
    )
    assert Decimal(value) == read(text)[0].actual


@pytest.mark.parametrize(
    ("label", "cell", "is_estimate"),
    [
        ("113 年", "(5.1)", True),
        ("113 年", "（5.1）", True),
        ("113 年", "5.1（推估）", True),
        ("113 年", "5.1*", True),
        ("113 年", "5.1（估）", True),
        ("113 年（推估）", "5.1", True),
        ("民國113年*", "5.1", True),
        ("113 年", "5.1註2", True),
        ("113 年", "5.1註1", False),
        ("113 年", "5.1", False),
        ("113年(p)", "5.1", True),
        ("113e", "5.1", True),
        ("113 年", "5.1(p)", True),
        ("113 年（實績）", "5.1", False),
        ("113 年（第二期）", "5.1", False),
        ("民國113年(2024)", "5.1", False),
        ("目標年 113 年", "5.1", False),
    ],
)
def test_estimates_by_brackets_words_stars_and_notes(label: str, cell: str, is_estimate: bool) -> None:
    text = (
        "表 1、環境部門排放\n\n單位：百萬公噸\n\n年度\t目標值\t實際值\n112 年\t5\t5\n"
        f"{label}\t5\t{cell}\n\n註 1：含括全部來源。\n\n註 2：為初步估算值。\n"
    )
    found = read(text)[1]
    assert (2024, Decimal("5.1"), is_estimate) == (found.year, found.actual, found.is_estimate)


def test_of_two_grid_factors_the_targets_is_read_and_the_other_signalled() -> None:
    text = (
        "表 1、排放\n\n單位：百萬公噸\n\n年度\t電力排放係數實際值\t電力排放係數目標值\t目標值\t實際值\n"
        "110\t0.51\t0.5\t5\t5\n111\t0.5\t0.49\t5\t5\n"
    )
    found, signals = emissions.read(document(text))
    assert [Decimal("0.5"), Decimal("0.49")] == [e.grid_factor for e in found]
    assert "unread:header" in rules(signals) or found[0].grid_factor == Decimal("0.5")


def test_an_unknown_column_is_signalled() -> None:
    _, signals = emissions.read(
        document("表 1、排放\n\n單位：百萬公噸\n\n年度\t目標值\t實際值\t某某\n110\t5\t5\t7\n111\t5\t5\t8\n")
    )
    assert rules(signals) == ["unread:header"]


def test_without_a_unit_the_prose_tells_it() -> None:
    text = "本部門 110 年排放量為 510 萬公噸。\n\n年度\t排放目標\t實際排放量\n110 年\t520\t510\n111 年\t515\t505\n"
    found, signals = emissions.read(document(text))
    assert ([Decimal("5.10"), Decimal("5.05")], []) == ([e.actual for e in found], rules(signals))


def test_without_any_word_of_a_unit_the_size_decides_and_is_signalled() -> None:
    found, signals = emissions.read(document("年度\t排放目標\t實際排放量\n110 年\t5200\t5100\n111 年\t5150\t5050\n"))
    assert (Decimal("51.00"), ["unread:unit"]) == (found[0].actual, rules(signals))


def test_a_figure_told_otherwise_in_a_second_table_is_signalled() -> None:
    text = "表 1、排放\n\n單位：百萬公噸\n\n年度\t目標值\t實際值\n110\t5\t5\n111\t5\t4\n\n本文。\n\n表 2、排放\n\n單位：百萬公噸\n\n年度\t目標值\t實際值\n110\t5\t6\n111\t5\t4\n"  # noqa: E501
    found, signals = emissions.read(document(text))
    assert (Decimal(5), ["emissions:differ"]) == (found[0].actual, rules(signals))


@pytest.mark.parametrize(
    "text",
    [
        "年度\t補助輛數\t目標輛數\n110\t5\t5\n111\t5\t4\n",
        "評量指標\t目標\t成果\n排放量\t110 年 5 百萬公噸\t110 年 4 百萬公噸\n",
        "甲\t乙\n1\t2\n",
    ],
)
def test_other_tables_are_none(text: str) -> None:
    assert not read(text)


def test_the_place_covers_the_years_cells() -> None:
    found, _ = emissions.read(document(TWO_LEVELS))
    place = found[0].place
    assert TWO_LEVELS[place.char_start : place.char_end].split("\t") == [
        "110 年",
        "36.5",
        "0.5",
        "36.1",
        "36.5",
        "36.1",
    ]


@pytest.mark.parametrize("cell", ["4.9 4.8", "4.94.8", "1,2701,060"])
def test_a_cell_with_two_figures_is_signalled_and_not_read(cell: str) -> None:
    found, signals = emissions.read(
        document(f"表 1、排放\n\n單位：百萬公噸\n\n年度\t目標值\t實際值\n110\t5\t{cell}\n111\t5\t4.7\n")
    )
    assert [e.actual for e in found] == [None, Decimal("4.7")]
    assert rules(signals) == ["unread:value"]


TWO_YEARS = [year(2022, target="5", actual="6"), year(2023, target="4", actual="5", is_estimate=True)]
SUMS = [
    year(2022, target="5", actual="6", cumulative_target="5", cumulative_actual="6"),
    year(2023, target="4", actual="5", cumulative_target="9", cumulative_actual="11"),
]
ACROSS = (
    "<table><tr><td rowspan=2>項目</td><td>實績</td><td>推估</td></tr><tr><td>111年</td><td>112年</td></tr>{}</table>"
)
SERIES = "<tr><td>目標值</td><td>5</td><td>4</td></tr><tr><td>實際值</td><td>6</td><td>5</td></tr>"


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("年度\t目標值\t實際值\t\n\t\t住宅\t合計\n111\t5\t2\t6\n112（推估）\t4\t1\t5", TWO_YEARS),
        (
            "年度\t目標值\t實際值\n111\t5\t6\n112\t4\t5\n\n表 2、排放目標與累計排放量\n\n單位：百萬公噸\n\n"
            "期間\t累計目標值\t累計實際值\n111年\t5\t6\n111至112年\t9\t11",
            SUMS,
        ),
        ("期別\t年度\t目標\t排放量\n第二期\t111\t5\t6\n\t112\t4\t(5)", TWO_YEARS),
        ("項次\t年度\t目標\t實際\n1\t111年\t5\t6\n2\t112年\t4\t5※", TWO_YEARS),
        ("年度\t目標值\t實際值\t推估值\n111\t5\t6\t\n112\t4\t\t5", TWO_YEARS),
        ("年度\t排放量（目標值）\t排放量（實績值）\n111\t5\t6\n112\t4\t(5)", TWO_YEARS),
        ("年度\t目標值\t實際值\t年度\t目標值\t實際值\n111\t5\t6\t112\t4\t(5)", TWO_YEARS),
        ("年度\t目標值\t實際值\n111 年\t500萬公噸\t6,000千公噸\n112 年\t4百萬公噸\t(500萬公噸)", TWO_YEARS),
        ("項目\t111年\t112年（推估）\n目標\t5\t4\n原始值\t6\t5", TWO_YEARS),
        ("年度\t目標值\t實際值\nN-2 年\t5\t6\nN-1 年\t4\t(5)", TWO_YEARS),
        ("年度\t目標值\t實際值\n111 年\t5\t6\n112 年（推估）\t4\t5\n111-112 年（推估）\t9\t11", TWO_YEARS),
        (ACROSS.format(SERIES), TWO_YEARS),
        ("年度\t目標值\t實際值\n111年 112年\t5 4\t6 (5)", TWO_YEARS),
        ("年度\t目標值\t實際值\t年度\t累計目標值\t累計實際值\n111\t5\t6\t111\t5\t6\n112\t4\t5\t112\t9\t11", SUMS),
        ("項目\t111年\t112年\n年排放量\n目標值\t5\t4\n實際值\t6\t5\n累計排放量\n目標值\t5\t9\n實際值\t6\t11", SUMS),
        (
            "年度\t目標值\t實際值\n111\t5\t6\n112\t4\t5\n\n表 2、某部門累計排放量\n\n單位：百萬公噸\n\n"
            "年度\t目標值\t實際值\n111\t5\t6\n112\t9\t11",
            SUMS,
        ),
    ],
)
def test_shapes_of_tables(table: str, expected: list[Emission]) -> None:
    found, _ = emissions.read(document(f"表 1、某部門年度排放量\n\n單位：百萬公噸\n\n{table}\n"), report_year=2024)
    assert [replace(e, place=NOWHERE) for e in found] == expected


def test_one_year_alone_below_a_header_that_says_so() -> None:
    text = "表 1、某部門排放量\n\n單位：MtCO2e\n\n年度\t目標\t實際\n115\t5\t4.8※\n\n※推估值\n"
    assert read(text) == [year(2026, target="5", actual="4.8", is_estimate=True)]


def test_grid_factors_in_a_table_of_their_own() -> None:
    text = (
        "表 1、某部門排放量\n\n單位：百萬公噸\n\n年度\t目標值\t實際值\n111\t5\t6\n112\t4\t5\n\n"
        "表 2、電力排放係數\n\n單位：公斤CO2e/度\n\n年度\t目標\t實際\n111\t0.5\t0.51\n112\t0.49\t0.5\n"
    )
    assert [(e.target, e.grid_factor) for e in read(text)] == [
        (Decimal(5), Decimal("0.5")),
        (Decimal(4), Decimal("0.49")),
    ]


def test_an_estimated_years_target_alone_is_no_estimate() -> None:
    text = "表 1、排放量\n\n單位：百萬公噸\n\n年度\t目標值\t實際值\n111\t5\t6\n112(預估)\t4\t\n"
    assert [e.is_estimate for e in read(text)] == [False, False]


def test_years_in_one_cell_of_a_page_take_the_figures_on_their_lines() -> None:
    sheet = Sheet()
    sheet.write(50, 80, "表 1、某部門排放量（百萬公噸）")
    sheet.table((50, 150, 250, 350), (100, 125, 200), [["年度", "目標值", "實際值"], ["111", "5", "6"]])
    for at, texts in enumerate((("112", "4", ""), ("113", "3", "(4)"))):
        for x, text in zip((53, 153, 253), texts, strict=True):
            sheet.write(x, 160 + 20 * at, text)
    found, _ = emissions.read(drawn(sheet))
    assert [(e.year, e.target, e.actual, e.is_estimate) for e in found] == [
        (2022, 5, 6, False),
        (2023, 4, None, False),
        (2024, 3, 4, True),
    ]


@pytest.mark.parametrize(
    ("cell", "is_estimate"),
    [("5.1 註<sup>2</sup>", True), ("5.1<sup>註</sup>1", False), ("5.1（註2）", True), ("(5.1<sup>註1</sup>)", True)],
)
def test_marks_of_notes_raised_in_part(cell: str, is_estimate: bool) -> None:
    table = f"年度\t目標值\t實際值\n111\t5\t6\n112\t5\t{cell}"
    text = f"表 1、排放量\n\n單位：百萬公噸\n\n{table}\n\n註 1：全部。\n\n註 2：推估值。\n"
    assert read(text)[1] == year(2023, target="5", actual="5.1", is_estimate=is_estimate)


def test_two_rows_a_year_for_the_year_and_the_sum_up_to_it() -> None:
    text = (
        "表 1、環境部門排放\n\n單位：萬公噸\n\n"
        "年別\t區分\t排放目標值\t電力排碳係數目標\t電力係數校正前\t電力係數校正後\n112 年\t當年度\t500\t0.4\t490\t480\n"
        "113 年\t當年度\t400\t0.3\t390*\t380*\n\t累計\t900\t－\t880*\t860*\n\n註：* 為推估值。\n"
    )
    assert read(text) == [
        year(2023, target="5", grid_factor="0.4", actual="4.9", corrected="4.8"),
        year(
            2024, target="4", grid_factor="0.3", actual="3.9", corrected="3.8", is_estimate=True,
            cumulative_target="9", cumulative_actual="8.8", cumulative_corrected="8.6",
        ),
    ]  # fmt: skip


def test_a_caption_that_names_targets_and_factors_is_one_of_both() -> None:
    text = (
        "表 1、住商部門排放目標及電力排放係數\n\n年度\t排放目標（百萬公噸CO2e）\t電力排放係數（公斤CO2e/度）\n"
        "110\t56.3\t0.488\n111\t55.1\t0.479\n"
    )
    assert read(text) == [
        year(2021, target="56.3", grid_factor="0.488"),
        year(2022, target="55.1", grid_factor="0.479"),
    ]


def test_the_value_as_first_counted_beside_the_one_set_right() -> None:
    text = "表 1、排放量\n\n單位：百萬公噸\n\n項目\t111 年\t112 年\n目標\t5\t4\n原始值\t6\t5\n校正值\t5.5\t4.5\n"
    assert read(text) == [
        year(2022, target="5", actual="6", corrected="5.5"),
        year(2023, target="4", actual="5", corrected="4.5"),
    ]


def test_a_heading_of_sums_that_stands_over_one_of_its_columns_alone() -> None:
    rows = (("年度", "", "排放值", "", "累計排放值"), ("", "目標值", "實際值", "目標值", "實際值"))
    rows += (("111", "5", "6", "5", "6"), ("112", "4", "5", "9", "11"))
    table = "\n".join("\t".join(row) for row in rows)
    text = f"表 1、排放量\n\n單位：百萬公噸\n\n{table}\n"
    assert [replace(e, is_estimate=False) for e in read(text)] == [replace(e, is_estimate=False) for e in SUMS]


def test_a_row_that_says_of_each_year_what_its_figures_are() -> None:
    text = (
        "表 1、排放量\n\n單位：百萬公噸\n\n項目\t111 年\t112 年\n目標值\t5\t4\n實際值\t6\t5\n資料屬性\t統計值\t推估值\n"
    )
    assert read(text) == TWO_YEARS
