"""Years of a 期程 cell in every form that ministries print."""

from __future__ import annotations

import pytest

from extract.reading.periods import gregorian, read_period


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        ("110-114", (2021, 2025)),
        ("110–114 年", (2021, 2025)),
        ("110~114", (2021, 2025)),
        ("110年至114年", (2021, 2025)),
        ("110 年 - 114 年", (2021, 2025)),
        ("民國110年1月1日至114年12月31日", (2021, 2025)),
        ("110.01-112.12", (2021, 2023)),
        ("110/1~112/12", (2021, 2023)),
        ("１１０－１１４", (2021, 2025)),
        ("110\n|\n114", (2021, 2025)),
        ("112", (2023, 2023)),
        ("112 年度", (2023, 2023)),
        ("2021-2025", (2021, 2025)),
        ("99-104", (2010, 2015)),
        ("一一〇年至一一四年", (2021, 2025)),
        ("民國一百一十年至一百十四年", (2021, 2025)),
        ("113 年起", (2024, None)),
        ("110年起持續辦理", (2021, None)),
        ("114-110", (2021, 2025)),
        ("持續辦理", (None, None)),
        ("-", (None, None)),
        ("", (None, None)),
        ("第 3 期", (None, None)),
    ],
)
def test_first_and_last_year(cell: str, years: tuple[int | None, int | None]) -> None:
    assert read_period(cell) == years


def test_both_calendars() -> None:
    assert [gregorian(year) for year in (113, 99, 2024)] == [2024, 2010, 2024]
