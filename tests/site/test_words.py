"""Numbers, labels, marked figures, columns: what stands on a page in words."""

from __future__ import annotations

import csv
import json
import re
from importlib import resources
from pathlib import Path

import pytest
from markupsafe import Markup

from kb import schema
from kb.site import cells, labels, listing, numbers, templating, wording
from kb.site.beside import metric
from kb.site.charts import Charts, Drawn, emission_chart, render
from kb.site.facets import may_be_added
from kb.site.marking import pieces
from kb.site.pages.measure import Item, pairs
from kb.site.text import fullwidth, shown


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (None, ""),
        (0, "0 元"),
        (980.0, "980 元"),
        (20601000.0, "2,060.1 萬元"),
        (2.83e9, "28.3 億元"),
        (-5e8, "-5 億元"),
    ],
)
def test_money(number, written):
    assert numbers.money(number) == written.replace(" 元", "元")


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (None, ""),
        (0, "0元"),
        (980.0, "980元"),
        (20601000.0, "2,060.1 萬元"),
        (420510000.0, "4.2051 億元"),
        (420513001.0, "4.20513001 億元"),
        (2.83e9, "28.3 億元"),
        (-5e8, "-5 億元"),
    ],
)
def test_money_to_the_last_digit(number, written):
    assert numbers.ntd(number) == written


def test_decimals_of_a_column():
    assert numbers.decimals([131.0, None, 144.0]) == 0
    assert numbers.decimals([131.0, 74.26, 8.1]) == 2
    assert numbers.decimals([1e-9, 1e20]) == numbers.MOST_DECIMALS
    assert numbers.decimals([]) == 0
    assert numbers.fixed(131.0, 1) == "131.0"
    assert numbers.fixed(1131.0, 2) == "1,131.00"
    assert numbers.fixed(None, 2) == ""


@pytest.mark.parametrize(("number", "written"), [(1463.0, "1,463"), (0.4744, "0.474"), (100.0, "100"), (None, "")])
def test_plain(number, written):
    assert numbers.plain(number) == written


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (2021, 2025, "110–114 年"),
        (2024, 2024, "113 年"),
        (2022, None, "111 年起"),
        (None, 2024, "至 113 年"),
        (None, None, ""),
    ],
)
def test_years(start, end, written):
    assert numbers.years(start, end) == written


def quantity(text: str, number: str, value: float, unit: str, **more: object) -> dict[str, object]:
    start = text.index(number)
    found = {"text_start": start, "text_end": start + len(number), "value": value, "value_high": None, "unit": unit}
    return found | {"comparator": "=", "canonical_value": value, "canonical_unit": unit, "kind": "count"} | more


def test_figures_are_marked_where_they_stand():
    text = "每年輔導 80 家，累計 1,463 家，約 25%。"
    found = pieces(
        text,
        [quantity(text, "1,463 家", 1463, "家"), quantity(text, "25%", 25, "%"), quantity(text, "80 家", 80, "家")],
    )
    assert [(p.text, p.quantity is not None) for p in found] == [
        ("每年輔導 ", False),
        ("80 家", True),
        ("，累計 ", False),
        ("1,463 家", True),
        ("，約 ", False),
        ("25%", True),
        ("。", False),
    ]
    assert "".join(p.text for p in found) == text


def test_offsets_of_another_text_are_not_taken():
    """The figures of a case count in its parts: they are looked for, and left unmarked where they are not found."""
    text = "投資 900 萬元後，節省 1,900 萬元。"
    lost = quantity("x 900 萬元", "900 萬元", 900, "萬元")
    assert [p.text for p in pieces(text, [lost]) if p.quantity] == ["900 萬元"]
    again = quantity("x 900 萬元", "900 萬元", 900, "萬元")
    assert [p.text for p in pieces(text, [lost, again]) if p.quantity] == ["900 萬元"]
    assert [p.text for p in pieces("別的文字", [lost]) if p.quantity] == []


def test_meaning_of_a_figure():
    q = quantity("250 萬公噸", "250 萬公噸", 250, "萬公噸 CO2e", canonical_value=2.5e6, canonical_unit="tCO2e")
    q |= {"kind": "emission_reduction", "scope": "cumulative", "start_year": 2021, "end_year": 2024, "comparator": "~"}
    assert numbers.meaning(q) == "約 250 萬公噸 CO2e · = 2,500,000 公噸 CO₂e · 減碳量 · 累計 · 110–113 年"


def item(ordinal: str | None) -> Item:
    return Item({"ordinal": ordinal, "text": "x"}, [], [])


def test_items_are_paired_by_number():
    def groups(targets, results):
        return [
            ([i.row["ordinal"] for i in p.targets], [i.row["ordinal"] for i in p.results])
            for p in pairs([item(o) for o in targets], [item(o) for o in results])
        ]

    assert groups(["1", "2"], ["1", "1.1", "2"]) == [(["1"], ["1", "1.1"]), (["2"], ["2"])]
    assert groups(["1", "2"], ["2", "3"]) == [(["1"], []), (["2"], ["2"]), ([], ["3"])]
    assert groups(["1", "2"], [None]) == [(["1", "2"], [None])]
    assert groups([], ["1"]) == [([], ["1"])]


def test_every_word_of_the_vocabulary_has_a_chinese_one():
    """Kinds and scopes come from the data of the reading; a new one needs its line in labels.csv."""
    import tomllib

    with resources.files("extract.language").joinpath("kinds.toml").open("rb") as source:
        told = tomllib.load(source)
    kinds = {rule["kind"] for rule in told["rules"]} | {rule["kind"] for rule in told["counters"]}
    assert {k for k in kinds if ("kind", k) not in labels.values()} == set()
    for scope in ("annual", "year", "cumulative", "unspecified"):
        assert labels.value("scope", scope) != scope
    assert labels.relation("renamed+moved") == "更名、移位"
    assert labels.value("kind", None) == "未載明"
    assert labels.value("kind", "new kind") == "new kind"


def test_every_rule_has_chinese_words():
    """Of the audit and of the reading; a new one needs its line in labels.csv."""
    from kb.audit.rules import RULES

    root = Path(__file__).parents[2]
    sources = [p.read_text(encoding="utf-8") for part in ("extract", "kb") for p in (root / part).rglob("*.py")]
    reading = set(re.findall(r'"((?:unread|guess|duplicate|id|title|correction):[a-z-]+)"', "".join(sources)))
    assert len(reading) > 25
    lacking = {r for r in reading | {r.name for r in RULES} if ("rule", r) not in labels.values()}
    assert lacking == set()
    assert labels.rule("sums:of_next_year") == "加總"
    assert labels.rule(None) == "未載明"


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("tCO2e", "公噸 CO₂e"),
        ("公里/L", "公里/公升"),
        ("kgCO2e/kWh", "公斤 CO₂e/度"),
        ("m3/d", "立方公尺/日"),
        ("家次", "家次"),
        (None, "未載明"),
    ],
)
def test_units_in_chinese(stored, written):
    assert labels.unit(stored) == written


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("推動措施(附件一各列)", "推動措施（附件一各列）"),
        ("電力(kgCO2e/kWh)", "電力（kgCO2e/kWh）"),
        ("(推估)", "（推估）"),
        ("T3-1(主辦)的機關", "T3-1（主辦）的機關"),
        ("= 280.0%,期程至 114 年", "= 280.0%，期程至 114 年"),
        ("1.1.1:累計", "1.1.1：累計"),
        ("12:30 (x), 1,234 tCO2e", "12:30 (x), 1,234 tCO2e"),
        ("", ""),
        (None, ""),
    ],
)
def test_own_words_have_chinese_punctuation(given, written):
    assert fullwidth(given) == written
    assert fullwidth(written) == written


def test_templates_have_chinese_punctuation():
    """What stands in them beside Chinese words; codes and expressions aside."""
    beside = re.compile(r"[\u4e00-\u9fff」）] ?[,;:!?(]|[,;:(][\u4e00-\u9fff「]|\)[\u4e00-\u9fff]")
    found = []
    for file in resources.files("kb.site").joinpath("templates").iterdir():
        text = re.sub(r"{%.*?%}|{#.*?#}", " ", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        text = re.sub(r"{{.*?}}", "x", text, flags=re.DOTALL)
        found += [(file.name, text[max(0, m.start() - 20) : m.end() + 20]) for m in beside.finditer(text)]
    told = [t for (_, t) in labels.values().items()] + [c.heading for n in schema.tables() for c in listing.listed(n)]
    assert [t for t in told if beside.search(t)] == []
    assert found == []


@pytest.mark.parametrize(
    ("value", "high", "unit", "canonical", "canonical_unit", "written"),
    [
        (32, 38, "萬公噸", 320_000, "t", "320,000–380,000 公噸"),
        (5.3, None, "萬公噸CO2e", 53_000, "tCO2e", "53,000 公噸 CO₂e"),
        (1541, None, "公噸CO2e", 1541, "tCO2e", ""),
        (20, None, "公里/公升", 20, "公里/L", ""),
        (4.5, None, "成五", 45, "%", "45 %"),
        (0, 3, "萬元", 0, "NTD", "0 元"),
        (3, None, "奇", None, None, ""),
    ],
)
def test_converted(value, high, unit, canonical, canonical_unit, written):
    q = {"value": value, "value_high": high, "unit": unit}
    assert numbers.converted(q | {"canonical_value": canonical, "canonical_unit": canonical_unit}) == written


def test_values_of_facets_in_words():
    for table, column, value, words in (
        ("measures", "year", 2024, "113 年"),
        ("quantities", "canonical_unit", "公里/L", "公里/公升"),
        ("measure_links", "relation", "renamed+moved", "更名、移位"),
        ("findings", "report_id", "transport-113", "運輸 113"),
        ("findings", "rule", "targets:short", "成果未達目標或落後"),
        ("achievements", "status", "met", "達成"),
        ("measures", "status", "ended", "期程已結束"),
        ("measures", "is_new", "1", "是"),
        ("measures", "category", None, "未載明"),
    ):
        assert wording.in_words(table, column, value) == words


def test_only_amounts_are_added_up():
    for unit in ("tCO2e", "NTD", "kWh", "家"):
        assert may_be_added(unit)
    for unit in ("%", "yr", "公里/L", "kgCO2e/kWh", "百分點", None, ""):
        assert not may_be_added(unit)


def test_a_ratio_of_what_is_not_comparable_is_not_shown():
    row = {"ratio": 678000.0, "status": "not_comparable"}
    assert cells.cell("ratio", row, "ratio", "achievements") == ""
    assert "125%" in cells.cell("ratio", {"ratio": 1.25, "status": "met"}, "ratio", "achievements")


def test_levels_of_a_header():
    header = [["年度", "當年", "累計", "累計"], ["年度", "目標值", "目標\n值", ""]]
    assert [templating.levels(header, n) for n in range(5)] == ["年度", "當年 目標值", "累計 目標 值", "累計", ""]
    assert templating.levels([], 0) == ""
    assert len(templating.levels([["長" * 900]], 0)) == templating.LONGEST_LEVEL


def test_words_of_the_cell_that_a_column_was_read_from():
    told = json.dumps({"budget": "42,051\n120%", "name": "x"})
    assert wording.printed(told, "execution_rate") == "42,051 120%"
    assert wording.printed(told, "name") == "x"
    assert wording.printed(told, "plan") == ""
    assert wording.printed(None, "plan") == ""


def test_small_words():
    assert templating.heading("壹、", "摘要") == "壹、摘要"
    assert templating.heading("2.1", "節能") == "2.1 節能"
    assert templating.heading(None, "附件") == "附件"
    assert templating.whole("41200000000.0") == "41200000000"
    assert templating.whole("0.5") == "0.5"
    assert templating.whole("v1.0") == "v1.0"
    assert numbers.moment("2026-11-25T22:06:58+00:00") == "2026-11-25 22:06 UTC"
    assert numbers.moment("昨日") == "昨日"
    assert numbers.nameless("tables", 7) == "表格（第 7 頁）"
    assert metric("kwh_saved", 3_120_000) == "312 萬度"
    assert metric("reduction_tco2e", 1541) == "1,541 公噸 CO₂e"
    assert metric("saving_rate_pct", 28.3) == "28.3%"
    assert metric("payback_years", 2.8) == "2.8 年"
    assert metric("investment_ntd", 42_500_000) == "4,250 萬元"


def test_labels_are_told_once():
    with resources.files("kb.site").joinpath("labels.csv").open(encoding="utf-8") as source:
        lines = [(line["column"], line["value"]) for line in csv.DictReader(source)]
    assert len(lines) == len(set(lines))


def test_columns_of_tables_exist_and_have_forms():
    for name, table in schema.tables().items():
        for column in listing.listed(name):
            assert column.name in table.names, (name, column)
            assert column.form == "row" or column.form in cells.FORMS, (name, column)
    assert set(listing._told()) <= set(schema.tables())


def test_a_figure_that_stands_for_several_says_so():
    row = {"investment_ntd": 130_000_000.0, "kwh_saved": 5.0, "several": "investment_ntd, output_value_ntd"}
    assert "擇一" in cells.cell("money", row, "investment_ntd", "case_metrics")
    assert "擇一" not in cells.cell("number", row, "kwh_saved", "case_metrics")


@pytest.mark.parametrize("form", ["row", *cells.FORMS])
def test_cells_are_safe_and_never_fail(form):
    """Whatever the row holds or lacks."""
    bad = '<img src=x onerror=1>"\u202e'

    class Row(dict):
        def display(self, name):
            return Markup("<a>{}</a>").format(self[name])

    names = [c.name for t in schema.tables().values() for c in t.columns]
    told = dict.fromkeys(names, bad) | {"changes": f'[{{"field": "{bad[:4]}"}}]', "agencies": f'["{bad[:4]}"]'}
    told |= dict.fromkeys(("value", "value_high", "canonical_value", "start_year", "end_year", "year", "page"), 3)
    columns = {"list": ("agencies",), "changes": ("changes",), "number": ("value",)}
    for name in columns.get(form, ("name", "year") if form in ("text", "label", "roc", "page") else ("name",)):
        for row in (Row(told), Row(dict.fromkeys(names)), _Empty()):
            html = cells.cell(form, row, name, "measures")
            assert "<img" not in html
            assert "\u202e" not in html


class _Empty:
    """A row of which an address asked for no column."""

    def __getitem__(self, name: str) -> object:
        raise KeyError(name)

    display = __getitem__


def test_invisible_marks_are_written_out():
    assert shown("a\u202eb\u2066\x00") == "a⟨U+202E⟩b⟨U+2066⟩⟨U+0000⟩"
    assert shown("水泥\n\t ") == "水泥\n\t "
    assert templating.visible(Markup("<b>\u202e</b>")) == Markup("<b>⟨U+202E⟩</b>")
    assert isinstance(templating.visible(Markup("<b>\u202e</b>")), Markup)
    assert templating.visible(7) == 7


def test_filters_in_words():
    told = listing.filters_in_words(
        "measures", "sector=%E9%81%8B%E8%BC%B8&year__gte=2023&status=active&_sort=x&plan__isnull=1"
    )
    assert [words for words, _ in told] == ["部門：運輸", "報告年度 ≥ 112 年", "狀態：推動中", "具體計畫 未載明"]
    assert listing.filters_in_words("measures", "nope=1&sector=x") == [("部門：x", "?nope=1")]
    assert told[0][1] == "?year__gte=2023&status=active&_sort=x&plan__isnull=1"
    assert listing.without_page("_next=5&a=1&_sort=b", _sort="", _sort_desc="c") == "a=1&_sort_desc=c"


LINES = [
    {"year": 2023, "target": 77.1, "actual": 77.6, "corrected": None, "is_estimate": 0},
    {"year": 2024, "target": 76.4, "actual": 75.0, "corrected": None, "is_estimate": 1},
    {"year": 2025, "target": 75.7, "actual": None, "corrected": None, "is_estimate": 0},
]


def test_charts_are_svg_without_anything_active():
    drawn = render({"運輸": emission_chart(LINES)})
    assert drawn.problem == ""
    svg = drawn.svg["運輸"]
    assert svg.startswith("<svg")
    for word in ("目標", "實際", "112", "113"):
        assert word in svg
    assert "校正後" not in svg
    for active in ("<script", "<style", "style=", "onload", "href="):
        assert active not in svg


def test_charts_say_why_there_are_none(monkeypatch):
    monkeypatch.setattr("kb.site.charts.is_possible", lambda: False)
    assert "未安裝繪圖套件" in render({"x": emission_chart(LINES)}).problem
    monkeypatch.undo()
    monkeypatch.setattr("kb.site.charts.SECONDS", 0.01)
    assert "無法繪製" in render({"x": emission_chart(LINES)}).problem
    assert render({}) == Drawn({})


def test_charts_are_made_once_for_a_version(monkeypatch):
    made = []
    monkeypatch.setattr("kb.site.charts.render", lambda specs: (made.append(len(specs)), Drawn({}))[1])
    charts = Charts()
    for version in (1, 1, 2):
        charts.emissions(version, {"運輸": LINES, None: LINES})
    assert made == [2, 2]


def test_a_chart_in_words():
    assert templating.chart_words(LINES) == "113 年推估 75.0，目標 76.4，低於目標 1.4 百萬公噸。"
    assert templating.chart_words(LINES[2:]) == "僅有目標，尚無實際排放量。"


def test_terms_are_those_of_the_reports():
    """校正後 and 電力排放係數, as the reports print them. home.html has a line of its own to mend."""
    told = [c.zh for t in schema.tables().values() for c in t.columns]
    told += [c.heading for name in schema.tables() for c in listing.listed(name)]
    for file in resources.files("kb.site").joinpath("templates").iterdir():
        if file.name != "home.html":
            told.append(file.read_text(encoding="utf-8"))
    assert [text for text in told if "修正後" in text or "排碳係數" in text] == []
    assert {"校正後", "累計校正後"} <= {c.heading for c in listing.listed("emissions")}
    corrected = [line | {"corrected": line["target"]} for line in LINES]
    assert "校正後" in json.dumps(emission_chart(corrected), ensure_ascii=False)
