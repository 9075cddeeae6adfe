"""The 113 report of the manufacturing sector: slips that were found by reading it, told by codes and numbers alone."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

import extract
from kb import schema, search, store
from kb.rows import as_rows

SOURCE = Path(__file__).parents[3] / "shared" / "reports" / "manufacturing-113.md"

KNOWN = {
    "counts:categories": ("21", "20"),
    "counts:all_met": ("47", "11 項期程"),
    "counts:agencies": ("9 個單位", "8 個機關"),
    "counts:no_agency": ("1.4.3",),
    "sums:table_headline": ("191.73", "180"),
    "sums:annex_headline": ("294.46", "217.1"),
    "sums:item_annex": ("31.6", "1.58"),
    "sums:item_below_measure": ("19.2", "134.24"),
    "sums:case_table": ("529,759", "52.9"),
    "budget:totals": ("29.44", "28.3", "31.18"),
    "emissions:prose": ("141.37", "141.7"),
    "emissions:trend": ("157.7(110)→147.4(111)→141.7(112)",),
    "change:percent": ("5.53%", "11.3"),
    "twice:one_number_two_counts": ("5,523", "151", "148"),
    "twice:number_two_units": ("175萬度", "175萬元"),
    "twice:counter_differs": ("28 廠次", "28 家"),
    "twice:noun_differs": ("30 家產業園區", "30 家工廠"),
    "twice:value_differs": ("22案", "28場"),
    "twice:level_differs": ("80-90%", "80%"),
    "case:grid_factor": ("0.597",),
    "case:factor_before_after": ("0.499", "0.25"),
    "case:rate_of_base": ("24.3%", "25–40"),
    "case:price_per_kwh": ("13.9 元",),
    "units:rate_in_amount": ("19萬度",),
    "units:cumulative_per_year": ("490 萬公噸 CO2e/年",),
    "units:not_carbon_as_carbon": ("9.5 萬公噸 CO2e", "2.3"),
    "units:no_mass": ("24,300CO2e",),
    "units:oil_equivalent": ("1.1.4", "800", "1,478.4"),
    "units:loose_and_bound": ("近500萬元以上",),
    "targets:short": ("30.8", "31.5"),
    "wording:captions": ("圖 1 有兩個",),
}


@pytest.fixture(scope="module")
def told() -> list[tuple[str, str, str]]:
    """Rule, severity and message of every finding."""
    if not SOURCE.exists():
        pytest.skip(f"{SOURCE.name} is not beside the project")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        schema.create(conn)
        search.create_index(conn)
        store.replace_report(conn, as_rows(extract.read(SOURCE), "manufacturing-113", "1"))
        return conn.execute("select rule, severity, message from findings").fetchall()


@pytest.mark.parametrize("rule", KNOWN)
def test_known_slip_is_found(told, rule):
    messages = [message for name, _, message in told if name == rule]
    assert [m for m in messages if all(word in m for word in KNOWN[rule])], messages


def test_errors_are_few(told):
    """An error is said only where the arithmetic is certain."""
    assert sum(severity == "error" for _, severity, _ in told) <= 20
