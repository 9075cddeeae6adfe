"""Files to take away: all rows under the filters of the page, typed, cited, and harmless."""

from __future__ import annotations

import csv
import io
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pyarrow.parquet as pq
import pytest

from kb import schema
from kb.search import rebuild_index
from kb.site import taking, writing
from kb.site.cite import path
from kb.site.writing import Order, TooMuch
from tests.site.conftest import FORMULA, HOSTILE, ask
from tests.site.page import Page


def csv_rows(answer):
    """Rows of a CSV as dictionaries; it begins with the mark that tells Excel the encoding."""
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def sheet(answer):
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]


@pytest.mark.parametrize(
    ("filters", "where"),
    [
        ("", "1"),
        (f"?sector={quote('運輸')}&year=2023", "sector = '運輸' and year = 2023"),
        (f"?agencies__arraycontains={quote('交通部鐵道局')}", "agencies like '%\"交通部鐵道局\"%'"),
        ("?_sort_desc=code&_size=1&_next=x&_nofacet=1", "1 order by code desc"),
        ("?budget_ntd__gt=1&_search=" + quote("離岸"), "sector = '能源'"),
    ],
)
def test_csv_has_the_rows_of_the_page_and_more(many, many_site, filters, where):
    expected = [key for (key,) in ask(many, f"select id from measures where {where}")]  # noqa: S608
    found = [row["id"] for row in csv_rows(many_site.get(f"/kb/measures.csv{filters}"))]
    assert (found if "order" in where else sorted(found)) == (expected if "order" in where else sorted(expected))


@pytest.mark.parametrize("table", schema.tables())
def test_every_table_can_be_taken(many, tmp_path, table):
    ((count,),) = ask(many, f"select count(*) from {table}")  # noqa: S608
    for form in ("csv", "parquet"):
        out = tmp_path / form
        writing.write(many, Order(table, f"select * from {table}", {}, form), "http://x", out)  # noqa: S608
        if form == "parquet":
            cited = pq.read_table(out).column("citation").to_pylist()
        else:
            with out.open(encoding="utf-8-sig", newline="") as file:
                cited = [row["citation"] for row in csv.DictReader(file)]
        assert len(cited) == count
        assert all("http://x/kb/" in line for line in cited)


def test_citations_lead_to_their_rows(many, many_site, tmp_path):
    for table in schema.tables():
        writing.write(many, Order(table, f"select * from {table} limit 2", {}, "json"), "", tmp_path / table)  # noqa: S608
        for row in json.loads((tmp_path / table).read_text(encoding="utf-8")):
            address = "/kb/" + row["citation"].rpartition("/kb/")[2]
            assert many_site.get(address).status_code == 200, row


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_forms_over_the_web(many_site, form):
    answer = many_site.get(f"/kb/report_agencies.{form}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, taking.MEDIA_TYPES[form])
    assert f'filename="report_agencies.{form}"' in answer.headers["content-disposition"]


def test_xlsx_is_typed_cited_and_frozen(edition, edition_site):
    answer = edition_site.get("/kb/measures.xlsx?budget_ntd__notnull=1")
    assert 'filename="measures.xlsx"' in answer.headers["content-disposition"]
    found = sheet(answer)
    names = [cell.value for cell in found[1]]
    assert found.freeze_panes == "A2"
    for line, (key, budget, year, page) in enumerate(
        ask(edition, "select id, budget_ntd, year, page from measures where budget_ntd is not null order by sort_key"),
        2,
    ):
        row = dict(zip(names, (cell.value for cell in found[line]), strict=True))
        assert (row["id"], row["budget_ntd"], row["year"]) == (key, budget, year)
        assert row["citation"].endswith(f"，第 {page} 頁，http://localhost{path('measures', key)}")
    assert {type(row[names.index("budget_ntd")].value) for row in found.iter_rows(min_row=2)} <= {int, float}


def test_search_can_be_taken(edition_site):
    told = edition_site.get(f"/search.json?q={quote('水泥')}").json()
    rows = csv_rows(edition_site.get(f"/search.csv?q={quote('水泥')}"))
    assert [row["row_id"] for row in rows][:20] == [hit["id"] for hit in told["hits"]]
    assert len(rows) == told["total"]
    assert rows[0]["citation"].endswith(told["hits"][0]["href"])
    fewer = csv_rows(edition_site.get(f"/search.csv?q={quote('水泥')}&kind=results"))
    assert {row["kind"] for row in fewer} == {"results"}
    assert csv_rows(edition_site.get("/search.csv?q=")) == []


def test_hostile_cells(many_site):
    rows = csv_rows(many_site.get("/kb/measures.csv?report_id=transport-114"))
    assert rows[0]["name"].startswith("'" + FORMULA)
    assert rows[0]["plan"].startswith(HOSTILE)
    assert rows[0]["budget_ntd"] == "20601000.0"
    found = sheet(many_site.get("/kb/measures.xlsx?report_id=transport-114"))
    names = [cell.value for cell in found[1]]
    cell = found[2][names.index("name")]
    assert (cell.data_type, cell.value.startswith(FORMULA), cell.hyperlink) == ("s", True, None)
    search = csv_rows(many_site.get("/search.csv?q=HYPERLINK"))
    assert search
    for row in [*rows, *search]:
        assert not [value for value in row.values() if value.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_bad_address_says_so(many_site):
    for address in ("/kb/measures.csv?_col=nothing", "/kb/measures.xlsx?_sort=nothing"):
        answer = many_site.get(address)
        assert answer.status_code in (400, 500), address
        assert "錯誤" in answer.text
    assert many_site.get("/kb/nothing.csv").status_code == 404


def test_the_statement_of_a_page_is_known(many_site):
    """Datasette tells it; ours takes the limit off its end. Should it tell it otherwise, this fails."""
    told = many_site.get("/kb/measures.json?_size=0&_nofacet=1&year__gt=2000").json()
    assert told["query"]["sql"].endswith(" limit 1")
    assert told["query"]["params"] == {"p0": 2000}


def test_a_file_is_made_once_and_kept_for_its_database(many, sites, monkeypatch):
    made = []
    write = taking._written
    monkeypatch.setattr(taking, "_written", lambda *a: (made.append(a[1].form), write(*a))[1])
    site = sites(many)
    for _ in range(2):
        assert site.get("/kb/agencies.csv?_sort=name").status_code == 200
    assert made == ["csv"]


def test_too_many_rows_for_a_sheet(many, monkeypatch, tmp_path):
    monkeypatch.setattr(writing, "EXCEL_ROWS", 3)
    with pytest.raises(TooMuch, match="超過 XLSX 的上限"):
        writing.write(many, Order("measures", "select * from measures", {}, "xlsx"), "", tmp_path / "x.xlsx")
    writing.write(many, Order("measures", "select * from measures", {}, "csv"), "", tmp_path / "x.csv")


MORE = 1700
"""Rows: more than Datasette gives on a page of any size."""


@pytest.fixture(scope="module")
def large(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition with so many claims, and passages that have 碳 in them."""
    db = Path(shutil.copy(edition, tmp_path_factory.mktemp("large") / "kb.db"))
    numbers = f"with recursive n(i) as (select 1 union all select i + 1 from n where i < {MORE}) "  # noqa: S608
    with closing(sqlite3.connect(db)) as conn, conn:
        conn.execute(
            "insert into claims (id, report_id, position, text, sort_key, page) "  # noqa: S608
            f"{numbers} select 'manufacturing-113/extra/' || i, 'manufacturing-113', 1000 + i, '減碳' || i, "
            "'manufacturing-113/9' || i, 1 from n"
        )
        conn.execute(
            "insert into passages (kind, row_id, report_id, sector, year, agencies, page, title, text) "  # noqa: S608
            f"{numbers} select 'results', (select id from results limit 1), 'manufacturing-113', '製造', 2024, '[]', "
            "1, '', '減碳 ' || i from n"
        )
        rebuild_index(conn)
    return db


@pytest.fixture(scope="module")
def large_site(sites, large):
    return sites(large)


@pytest.mark.parametrize(
    ("page", "link"),
    [
        ("/kb/claims", "/kb/claims.json"),
        ("/kb/claims?text__contains=減碳", "/kb/claims.json"),
        ("/kb/claims?_sort_desc=position&_next=x,manufacturing-113%2F1", "/kb/claims.json"),
        ("/downloads", "/kb/claims.json"),
        ("/search?q=碳", "/search.json"),
        ("/search?q=碳&kind=results&page=2", "/search.json"),
    ],
)
def test_json_to_take_away_is_whole(large_site, page, link):
    """The link on the page gives what the CSV beside it has: all rows, in order, each cited."""
    address, query = page.partition("?")[::2]
    html = large_site.get(f"{address}?{quote(query, safe='=&%,_')}" if query else address).text
    (href,) = [a for a in Page(html).links if a.partition("?")[0] == link]
    answer = large_site.get(href)
    assert answer.headers["content-type"] == taking.MEDIA_TYPES["json"]
    assert "attachment" in answer.headers["content-disposition"]
    rows, cited = answer.json(), csv_rows(large_site.get(href.replace(".json", ".csv")))
    assert len(rows) > MORE
    key = "id" if "/claims" in link else "row_id"
    assert [row[key] for row in rows] == [row[key] for row in cited]
    assert [row["citation"] for row in rows] == [row["citation"] for row in cited]
    assert list(rows[0]) == list(cited[0])
    assert all("/kb/" in row["citation"] for row in rows)


def test_json_of_a_table_is_counted_by_the_database(edition, edition_site):
    for table in schema.tables():
        ((count,),) = ask(edition, f"select count(*) from {table}")  # noqa: S608
        assert len(edition_site.get(f"/kb/{table}.json?_shape=array").json()) == count, table


def test_json_in_pages_says_that_there_is_more(large_site):
    """For programs: Datasette's own shapes, and a list of a named size, are a page with the address of the next."""
    told = large_site.get("/kb/claims.json?_shape=objects&_size=max").json()
    assert (len(told["rows"]), told["truncated"], bool(told["next_url"])) == (1000, False, True)
    few = large_site.get("/kb/claims.json?_shape=array&_size=5")
    assert len(few.json()) == 5
    assert 'rel="next"' in few.headers["link"]
    assert large_site.get("/search.json?q=" + quote("碳")).json()["page_size"] == 20
    assert large_site.get("/kb/nothing.json?_shape=array").status_code == 404


def test_lists_in_json_are_lists(edition_site):
    row = edition_site.get("/kb/measures.json?_shape=array").json()[0]
    assert isinstance(row["agencies"], list)
    assert isinstance(row["budget_ntd"], float)
