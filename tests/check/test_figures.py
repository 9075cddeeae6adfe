"""Doubts about the meaning of figures: each with a sentence that is easily mistaken and one that is not."""

from dataclasses import replace

import pytest

from extract.records import Item
from kb.check.figures import words
from tests.check.reports import CODES, doubts, named, report, row
from tests.kb.conftest import ONE_PAGE, quantity


def result_with(text, printed, unit, kind, **more):
    """A report whose second measure has this result with one figure."""
    number = printed.removesuffix(unit).strip()
    at = text.index(printed)
    canonical = more.pop("canonical_unit", unit)
    figure = quantity(
        number.replace(",", ""), unit, number.replace(",", ""), canonical, kind, start=at, end=at + len(printed)
    )
    figure = replace(figure, quote=text, **more)
    rows = [row(code) for code in CODES]
    rows[1] = row("T1-2", result=text, results=(Item(None, text, ONE_PAGE, (figure,)),), cells={"result": text})
    return report(rows)


@pytest.mark.parametrize(
    ("text", "printed", "unit", "kind", "is_doubted"),
    [
        ("於月台裝設感測器 42 套。", "42 套", "套", "count", True),
        ("於月台裝設感測器 42 套。", "42 套", "套", "equipment", False),
        ("核發證書 42 張。", "42 張", "張", "count", False),
        ("抑低逸散約 20 公噸 CO2e。", "20 公噸 CO2e", "公噸 CO2e", "emission", True),
        ("核撥補助經費 3 億元。", "3 億元", "億元", "budget", True),
        ("編列經費 3 億元。", "3 億元", "億元", "budget", False),
        ("營運據點節能比率 3 %。", "3 %", "%", "rate", True),
        ("旅客滿意比率 3 %。", "3 %", "%", "rate", False),
    ],
)
def test_kinds(text, printed, unit, kind, is_doubted):
    found = named(doubts(result_with(text, printed, unit, kind), "unsure:kind"))
    assert (("T1-2/result/1/q1", "kind") in found) is is_doubted


@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [
        ("較上年增加 42 張。", True),
        ("較前一年成長 42 張。", True),
        ("每年減碳並核發 42 張。", False),
        ("113 年核發 42 張。", False),
    ],
)
def test_figures_that_are_compared_with_another_year(text, is_doubted):
    given = result_with(text, "42 張", "張", "count", scope="year", start_year=2024, end_year=2024)
    found = named(doubts(given, "unsure:scope"))
    assert (("T1-2/result/1/q1", "start_year") in found) is is_doubted


@pytest.mark.parametrize(
    ("text", "comparator", "is_doubted"),
    [
        ("核發 42 張以 上。", "=", True),
        ("核發 42 張以上。", ">=", False),
        ("其中 42 張銀級以上。", ">=", True),
    ],
)
def test_comparators(text, comparator, is_doubted):
    found = doubts(result_with(text, "42 張", "張", "count", comparator=comparator), "unsure:comparator")
    assert bool(found) is is_doubted


@pytest.mark.parametrize(
    ("text", "printed", "unit", "canonical", "is_doubted"),
    [
        ("靠泊船舶 42 艘次。", "42 艘", "艘", "艘", True),
        ("油耗每公升 42 公里/公升。", "42 公里/公升", "公里/公升", "公里/公升", True),
        ("電力排放係數 0.4 kgCO2e/kWh。", "0.4 kgCO2e/kWh", "kgCO2e/kWh", "kgCO2e/kWh", False),
        ("核發 42 張。", "42 張", "張", "張", False),
    ],
)
def test_units(text, printed, unit, canonical, is_doubted):
    given = result_with(text, printed, unit, "physical", canonical_unit=canonical)
    assert bool(doubts(given, "unsure:unit")) is is_doubted


def test_a_number_behind_another():
    assert named(doubts(result_with("核發 1, 042 張。", "042 張", "張", "count"), "odd:number"))


def test_a_share_without_its_point():
    assert named(doubts(result_with("節電率 415 %。", "415 %", "%", "saving_rate"), "odd:share"))
    assert not doubts(result_with("節電率 41.5 %。", "41.5 %", "%", "saving_rate"), "odd:share")


def test_the_word_lists_are_about_kinds_that_exist():
    kinds = {*words()["rivals"]}
    assert kinds <= {
        *("emission_reduction", "emission", "energy_saving", "fuel_saving", "investment", "subsidy", "budget"),
        *("cost_saving", "output_value", "payback_period", "saving_rate", "rate", "physical", "count"),
    }


def test_an_item_is_doubted_with_the_unit_of_its_figure():
    found = named(doubts(result_with("靠泊船舶 42 艘次。", "42 艘", "艘", "count"), "unsure:unit"))
    assert ("T1-2/result/1", "quantities") in found


@pytest.mark.parametrize(
    ("text", "is_doubted"),
    [("每件包裹排放 42 公斤。", True), ("每年排放 42 公斤。", False), ("每輛減少 42 公斤。", True)],
)
def test_an_amount_for_each_of_many(text, is_doubted):
    given = result_with(text, "42 公斤", "公斤", "physical", canonical_unit="t")
    assert bool([d for d in doubts(given, "unsure:unit") if "每單位" in d.reason]) is is_doubted


def test_a_unit_that_few_reports_test():
    given = result_with("供水 42 立方公尺。", "42 立方公尺", "立方公尺", "physical", canonical_unit="m3")
    assert ("T1-2/result/1/q1", "canonical_unit") in named(doubts(given, "unsure:unit"))


@pytest.mark.parametrize(("text", "is_doubted"), [("減少備品 42 公噸。", True), ("減碳 42 公噸。", False)])
def test_a_tonne_of_which_nothing_says_that_it_is_carbon(text, is_doubted):
    given = result_with(text, "42 公噸", "公噸", "emission_reduction", canonical_unit="tCO2e")
    assert (("T1-2/result/1/q1", "canonical_unit") in named(doubts(given, "unsure:unit"))) is is_doubted


def test_a_scope_that_an_earlier_clause_gives():
    given = result_with("累計輔導業者，核發 42 張。", "42 張", "張", "count")
    assert ("T1-2/result/1/q1", "scope") in named(doubts(given, "unsure:scope"))
