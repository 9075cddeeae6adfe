"""Figures of the same years that two reports state differently, and series over all of them."""

from __future__ import annotations

import json

from extract.records import Item
from kb.compare import compare
from kb.compare.links import timeline
from kb.compare.series import emissions, national
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
    series = [(p.year, p.report_id, p.actual, p.is_restated) for p in emissions(conn, "運輸")]
    assert series == [
        (2022, first, 37.1, False),
        (2022, second, 37.1, False),
        (2023, first, 36.4, False),
        (2023, second, 36.9, True),
        (2024, second, 36.0, False),
    ]
    assert [(r["year"], r["sum"], r["is_whole"]) for r in national(conn)] == [
        (2022, 37.1, True),
        (2023, 36.9, True),
        (2024, 36.0, True),
    ]


def test_figures_side_by_side(conn, put):
    first, second = put(112, with_results(90, 250, 2023)), put(113, with_results(110, 360, 2024))
    told = json.loads(json.dumps(compare(conn, first, second).as_json()))
    beside = [(f["from"]["value"], f["to"]["value"]) for f in told["links"][0]["figures"]]
    assert beside == [(90, 110), (250, 360)]


def test_a_measure_over_the_years(conn, put):
    moved = {"T9-9": PROGRAMME["T1-1"]}
    put(112, PROGRAMME)
    put(113, PROGRAMME)
    put(114, moved)
    assert [r["code"] for r in timeline(conn, "transport-112/T1-1")] == ["T1-1", "T1-1", "T9-9"]
