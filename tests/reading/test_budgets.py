"""Budget cells: amounts, rates, notes, under headers with and without a unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.reading.budgets import Budget, read_budget

WAN, QIAN = Decimal(10_000), Decimal(1_000)


def budget(
    amount: int | str | None, rate: str | None = None, note: str | None = None, *, unknown: bool = False
) -> Budget:
    return Budget(None if amount is None else Decimal(amount), None if rate is None else Decimal(rate), note, unknown)


@pytest.mark.parametrize(
    ("cell", "factor", "expected"),
    [
        ("2,060.1", WAN, budget(20_601_000)),
        ("２，０６０", WAN, budget(20_600_000)),
        ("35 億元", WAN, budget(3_500_000_000)),
        ("35 億元", None, budget(3_500_000_000)),
        ("1億2,340萬元", None, budget(123_400_000)),
        ("新臺幣 880 千元", None, budget(880_000)),
        ("45000 元", WAN, budget(45_000)),
        ("252、140", WAN, budget(3_920_000)),
        ("252 萬元、140 萬元", None, budget(3_920_000)),
        ("252、140 萬元", None, budget(3_920_000)),
        ("1,200\n(98.5%)", QIAN, budget(1_200_000, "0.985")),
        ("1,200／100%", QIAN, budget(1_200_000, "1")),
        ("1,200 執行率：85%", QIAN, budget(1_200_000, "0.85")),
        ("編列：1億2,500萬元\n執行：1億2,180萬元\n執行率：97.4%", None, budget(125_000_000, "0.974")),
        ("預算數：500 決算數：480（96%） 工程展延", WAN, budget(5_000_000, "0.96", "工程展延")),
        ("5,340萬元（10 0%）", None, budget(53_400_000, "1")),
        ("500 98%", WAN, budget(5_000_000, "0.98")),
        ("51,200（中小企業署）、3,600（產業發展署）", WAN, budget(548_000_000)),
        ("500（含設備費）", WAN, budget(5_000_000, None, "含設備費")),
        ("執行：480", WAN, budget(4_800_000, None, "執行")),
        ("500\n含第二預備金", WAN, budget(5_000_000, None, "含第二預備金")),
        ("-", WAN, budget(None)),
        ("", WAN, budget(None)),
        ("無", WAN, budget(None)),
        ("0", WAN, budget(0)),
        ("併入例行業務辦理", WAN, budget(None, None, "併入例行業務辦理")),
        ("300", None, budget(None, unknown=True)),
    ],
)
def test_an_amount(cell: str, factor: Decimal | None, expected: Budget) -> None:
    assert read_budget(cell, factor) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("98.5%", budget(None, "0.985")),
        ("98.5％", budget(None, "0.985")),
        ("98.5", budget(None, "0.985")),
        ("0.97", budget(None, "0.97")),
        ("1", budget(None, "1")),
        ("100", budget(None, "1")),
        ("-", budget(None)),
        ("102%", budget(None, "1.02")),
        ("尚未結算", budget(None, None, "尚未結算")),
        ("91.4 車輛交貨延後", budget(None, "0.914", "車輛交貨延後")),
        ("91.4\n車輛交貨延後", budget(None, "0.914", "車輛交貨延後")),
        ("91.4（車輛交貨延後）", budget(None, "0.914", "車輛交貨延後")),
        ("61.7 2 案展延", budget(None, "0.617", "2 案展延")),
        ("61.7\n(2 案展延)", budget(None, "0.617", "2 案展延")),
        ("112 年度起併入例行業務", budget(None, None, "112 年度起併入例行業務")),
        ("3 案辦理中", budget(None, None, "3 案辦理中")),
    ],
)
def test_a_column_of_rates_alone(cell: str, expected: Budget) -> None:
    assert read_budget(cell, None, has_amount=False) == expected


@pytest.mark.parametrize(
    ("cell", "rate", "is_guess"),
    [("98.5", "0.985", False), ("1.3", "0.013", False), ("0.97", "0.97", True), ("1", "1", True), ("0", "0", False)],
)
def test_a_column_of_rates_whose_header_says_percent(cell: str, rate: str, *, is_guess: bool) -> None:
    read = read_budget(cell, None, has_amount=False, is_percent=True)
    assert (read.rate, read.is_rate_guessed) == (Decimal(rate), is_guess)
