"""An agency that got another name between two reports is one on the site."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from extract.records import Agency
from kb import database, store
from kb.rows import as_rows
from kb.site.cite import path
from tests.kb.conftest import make_report, measure
from tests.site.conftest import ask

NOW = Agency("農業部", "農業部", None, "農業部")
THEN = Agency("行政院農業委員會", "農委會", None, "農委會", successor="農業部")
OFFICE_NOW = Agency("農業部農糧署", "農糧署", "農業部", "農糧署")
OFFICE_THEN = Agency("行政院農業委員會農糧署", "農糧署", "行政院農業委員會", "農糧署", successor="農業部農糧署")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two reports of one sector, one of before the change and one of after it."""
    db = tmp_path_factory.mktemp("agencies") / "kb.db"
    draft = database.Draft(db)
    for year, ministry, office in ((110, THEN, OFFICE_THEN), (113, NOW, OFFICE_NOW)):
        measures = (
            measure("T1-1", lead_agencies=(ministry,), co_agencies=()),
            measure("T1-2", name="稻草去化", lead_agencies=(office,), co_agencies=(ministry,)),
        )
        report = replace(make_report(roc_year=year), measures=measures, lead_agencies=(ministry,), co_agencies=())
        store.replace_report(draft.conn, as_rows(report, f"transport-{year}", "test"))
    draft.publish()
    return db


def test_each_report_keeps_its_name_and_says_todays(both):
    links = "select report_id, agency_id, name, ministry, successor from report_agencies join agencies a on a.id = "
    assert ask(both, links + "agency_id order by 1") == [
        ("transport-110", "行政院農業委員會", "行政院農業委員會", None, "農業部"),
        ("transport-113", "農業部", "農業部", None, None),
    ]
    assert ask(both, "select lead_agencies, agencies from measures where id = 'transport-110/T1-2'") == [
        ('["行政院農業委員會農糧署"]', '["農業部農糧署","農業部"]')
    ]


@pytest.mark.parametrize(("key", "other"), [("農業部", "行政院農業委員會"), ("行政院農業委員會", "農業部")])
def test_the_page_of_either_name_has_the_measures_of_all_years(sites, both, key, other):
    html = sites(both).get(path("agencies", key)).text
    assert all(path("measures", f"transport-{year}/{code}") in html for year in (110, 113) for code in ("T1-1", "T1-2"))
    assert path("agencies", other) in html
    assert html.count(path("agencies", "農業部農糧署")) == 1
    assert f"agencies__arraycontains={quote('農業部')}" in html


def test_a_facet_and_a_search_count_all_years(sites, both):
    site = sites(both)
    rows = site.get("/kb/measures.json?_facet_list=agencies&_shape=objects").json()
    counted = {f["value"]: f["count"] for f in rows["facet_results"]["agencies"]["results"]}
    assert counted == {"農業部": 4, "農業部農糧署": 2}
    for name in ("農業部", "行政院農業委員會"):
        found = site.get(f"/search.json?q={quote('稻草')}&agency={quote(name)}").json()
        assert {hit["id"] for hit in found["hits"]} >= {"transport-110/T1-2", "transport-113/T1-2"}, name
        assert found["total"] == len(found["hits"])


def test_the_first_page_counts_an_agency_once(sites, both):
    html = sites(both).get("/").text
    assert path("agencies", "行政院農業委員會") not in html
    assert path("agencies", "農業部") in html
