"""Figures of the same years that two reports state differently."""

from __future__ import annotations

import json

from extract.records import Item
from kb.compare import compare
from tests.compare.conftest import PROGRAMME, emission
from tests.kb.conftest import ONE_PAGE, quantity


def results(year_count: int, total: int, year: int) -> tuple[Item, ...]:
    """A result with the count of the year and the one since 2021."""
    roc = year - 1911
    text = f"{roc} 年汰換 {year_count} 輛,110-{roc} 年累計汰換 {total} 輛。"
    at = (text.index(str(year_count)), text.rindex(str(total)))
    of_year = quantity(
        str(year_count), "輛", str(year_count), "輛", "equipment", scope="year", start_year=year, end_year=year,
        quote=f"汰換 {year_count} 輛", start=at[0], end=at[0] + len(str(year_count)) + 2,
    )  # fmt: skip
    of_all = quantity(
        str(total), "輛", str(total), "輛", "equipment", scope="cumulative", start_year=2021, end_year=year,
        quote=f"累計汰換 {total} 輛", start=at[1], end=at[1] + len(str(total)) + 2,
    )  # fmt: skip
    return (Item("1", text, ONE_PAGE, (of_year, of_all)),)


def with_results(*told: int) -> dict[str, object]:
    return {"T1-1": PROGRAMME["T1-1"] | {"results": results(*told)}}


def test_a_sum_that_goes_on_is_not_restated(conn, put):
    first, second = put(112, with_results(90, 250, 2023)), put(113, with_results(110, 360, 2024))
    assert compare(conn, first, second).restated == []


def test_a_sum_that_does_not_go_on_is(conn, put):
    first, second = put(112, with_results(90, 250, 2023)), put(113, with_results(110, 345, 2024))
    (found,) = compare(conn, first, second).restated
    assert (found.what, found.year, found.was, found.now) == ("T1-1", 2023, "250 輛", "235 輛")


def test_emissions_of_a_year_stated_anew(conn, put):
    first = put(112, {}, (emission(2022, "37.1"), emission(2023, "36.4", is_estimate=True)))
    second = put(113, {}, (emission(2022, "37.1"), emission(2023, "36.9"), emission(2024, "36.0")))
    (found,) = compare(conn, first, second).restated
    assert (found.year, found.was, found.now) == (2023, "36.4", "36.9")
    assert "推估" in found.message


def test_figures_side_by_side(conn, put):
    first, second = put(112, with_results(90, 250, 2023)), put(113, with_results(110, 360, 2024))
    told = json.loads(json.dumps(compare(conn, first, second).as_json()))
    beside = [(f["from"]["value"], f["to"]["value"]) for f in told["links"][0]["figures"]]
    assert beside == [(90, 110), (250, 360)]
