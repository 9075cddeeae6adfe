"""What was set is read back: random reports as text and as PDF, and by name those that once failed."""

import collections
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.engines import ENGINES, Engine, is_available
from corpus.style import Ruling
from tests.roundtrip.generate import report_of
from tests.roundtrip.reading import read_back, told, wrong
from tests.roundtrip.reports import Generated, Plan
from tests.roundtrip.wording import SECTORS

CASES: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["cases"]
RULED: tuple[Ruling, ...] = ("grid", "hairline", "double", "open")
ROUND_TRIPS = settings(
    max_examples=150,
    deadline=None,  # the first report of a font takes much longer than the next ones
    derandomize=True,  # the same reports on every machine; `pytest --hypothesis-seed` has no part in it
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
LEAST = 0.99
"""Least share of right fields over the reports of one engine or ruling, where the reading has to guess some."""


def reports(plan: Plan) -> st.SearchStrategy[Generated]:
    """Reports of all sectors and years. The arguments shown for a failing one go into cases.toml."""
    seeds = st.integers(0, 2**32 - 1)
    return st.builds(report_of, seeds, st.sampled_from(SECTORS), st.integers(110, 116), st.just(plan))


@ROUND_TRIPS
@given(report=reports(Plan()))
def test_text_reads_back(report: Generated, tmp_path: Path) -> None:
    fields = read_back(report, tmp_path, "md")
    assert not wrong(fields), told(fields)


@pytest.mark.skipif(
    not is_available("weasyprint"), reason="WeasyPrint or libpango is missing: apt-get install libpangoft2-1.0-0"
)
@ROUND_TRIPS
@given(report=reports(Plan(measures=3, annex_alone=True, rulings=RULED)))
def test_ruled_annex_reads_back(report: Generated, tmp_path: Path) -> None:
    fields = read_back(report, tmp_path, "weasyprint", annex_alone=True)
    assert not wrong(fields), told(fields)


@pytest.mark.parametrize("case", CASES, ids=[c["name"] for c in CASES])
def test_once_failed(case: dict[str, Any], tmp_path: Path) -> None:
    kind, alone = case["kind"], case.get("annex_alone", False)
    if kind in ENGINES and not is_available(kind):
        pytest.skip(f"{kind} is not installed here")
    plan = Plan(measures=3, annex_alone=True) if alone else Plan()
    if "rulings" in case:
        plan = replace(plan, rulings=tuple(case["rulings"]))
    report = report_of(case["seed"], case.get("sector"), case.get("year"), plan)
    fields = read_back(report, tmp_path, kind, annex_alone=alone)
    if "unread" in case:
        assert wrong(fields), "read without fault now: drop `unread` in cases.toml"
    else:
        assert not wrong(fields), told(fields)


def shares(seeds: range, kind: str, plan: Plan, folder: Path) -> dict[str, float]:
    """Right fields among all, for each area, over the seeds' reports."""
    all_fields: collections.Counter[str] = collections.Counter()
    right: collections.Counter[str] = collections.Counter()
    for seed in seeds:
        for field in read_back(report_of(seed, plan=plan), folder, kind, annex_alone=plan.annex_alone):
            all_fields[field.area] += 1
            right[field.area] += field.is_right
    return {area: right[area] / all_fields[area] for area in all_fields}


@pytest.mark.skipif(
    not is_available("weasyprint"), reason="WeasyPrint or libpango is missing: apt-get install libpangoft2-1.0-0"
)
@pytest.mark.parametrize("ruling", ["horizontal", "three-line"])
def test_unruled_annex_reads_well(ruling: Ruling, tmp_path: Path) -> None:
    plan = Plan(measures=3, annex_alone=True, rulings=(ruling,))
    found = shares(range(1000, 1025), "weasyprint", plan, tmp_path)
    assert {area: share for area, share in found.items() if share < LEAST} == {}


@pytest.mark.parametrize("engine", ENGINES)
def test_whole_reports_of_each_engine_read_well(engine: Engine, tmp_path: Path) -> None:
    if not is_available(engine):
        pytest.skip(f"{engine} is not installed here")
    found = shares(range(2000, 2008), engine, Plan(), tmp_path)
    assert {area: share for area, share in found.items() if share < LEAST} == {}
