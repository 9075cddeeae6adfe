"""Whole rows compared: what the store makes of each record."""

import json
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from extract.records import Place, Report
from kb import schema, search
from kb.row_sink import place_json, placed
from kb.rows import as_rows
from kb.store import replace_report
from tests.kb.conftest import ONE_PAGE, make_report, measure, quantity

ID = "transport-113"


@pytest.fixture
def conn():
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.row_factory = sqlite3.Row
    schema.create(conn)
    search.create_index(conn)
    conn.execute("pragma foreign_keys = on")
    yield conn
    conn.close()


def store(conn: sqlite3.Connection, report: Report, report_id: str = ID) -> bool:
    return replace_report(conn, as_rows(report, report_id, "1+x"))


def one(conn: sqlite3.Connection, sql: str, *parameters: object) -> dict[str, object]:
    (row,) = conn.execute(sql, parameters).fetchall()
    return dict(row)


def dump(conn: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: sorted(map(tuple, conn.execute(f"select rowid, * from {name}")), key=repr)  # noqa: S608
        for name, table in schema.tables().items()
        if not table.is_view
    }


def test_measure(conn):
    store(conn, make_report())
    assert one(conn, "select * from measures where code = 'T1-1'") == {
        "id": "transport-113/T1-1",
        "report_id": ID,
        "strategy_id": "transport-113/T1",
        "position": 1,
        "code": "T1-1",
        "name": "汰換老舊公車為電動公車",
        "is_new": 1,
        "marks": '["新增"]',
        "plan": "公共運輸計畫",
        "category": "減緩",
        "period": "110-114",
        "start_year": 2021,
        "end_year": 2025,
        "status": "active",
        "target": "1.每年汰換 80 輛。2.減碳 5 萬公噸。",
        "result": "113 年汰換 96 輛,台北市最多。",
        "budget_ntd": 20601000.0,
        "execution_rate": 0.95,
        "budget_note": "含地方配合款",
        "sector": "運輸",
        "year": 2024,
        "strategy_title": "T1 發展綠色運輸",
        "agencies": '["交通部","某某推動辦公室","交通部鐵道局"]',
        "lead_agencies": '["交通部","某某推動辦公室"]',
        "co_agencies": '["交通部鐵道局"]',
        "funding": '["公務預算","空氣污染防制基金"]',
        "sort_key": "transport-113/000001",
        "extra": '{"備註":"=SUM(A1)"}',
        "printed": '{"budget":"2,060.1萬元\\n95%"}',
        "places": '{"name":{"boxes":[[3,10.0,20.0,30.0,40.0]]},"budget":{"char_start":120,"char_end":180}}',
        "page": 34,
        "boxes": "[[34,56.7,400.12,300.0,780.0],[35,56.7,60.0,300.0,120.5]]",
        "char_start": None,
        "char_end": None,
    }


def test_links_items_and_figures(conn):
    store(conn, make_report(codes=("T1-1",)))
    key = "transport-113/T1-1"
    links = conn.execute("select agency_id, role, position, printed from measure_agencies order by role desc, position")
    assert [tuple(r) for r in links] == [
        ("交通部", "lead", 1, "交通部"),
        ("某某推動辦公室", "lead", 2, "某某推動辦公室"),
        ("交通部鐵道局", "co", 1, "鐵道局"),
    ]
    assert [tuple(r) for r in conn.execute("select * from measure_funding order by position")] == [
        (key, "公務預算", 1),
        (key, "空氣污染防制基金", 2),
    ]
    targets = conn.execute("select id, position, ordinal, text, page from targets order by position")
    assert [tuple(r) for r in targets] == [
        (f"{key}/target/1", 1, "1", "每年汰換 80 輛。", 3),
        (f"{key}/target/2", 2, "2", "減碳 5 萬公噸 CO2e。", 3),
    ]
    figure = one(conn, "select * from quantities where result_id is not null")
    assert {k: v for k, v in figure.items() if v is not None} == {
        "id": f"{key}/result/1/q1",
        "report_id": ID,
        "measure_id": key,
        "result_id": f"{key}/result/1",
        "sector": "運輸",
        "year": 2024,
        "position": 1,
        "value": 96.0,
        "unit": "輛",
        "canonical_value": 96.0,
        "canonical_unit": "輛",
        "kind": "count",
        "scope": "unspecified",
        "start_year": 2024,
        "end_year": 2024,
        "comparator": "=",
        "quote": "96 輛",
        "text_start": 0,
        "text_end": 2,
        "sort_key": "transport-113/000002",
        "page": 3,
        "boxes": "[[3,10.0,20.0,30.0,40.0]]",
    }


def test_every_table_of_a_report_is_filled(conn):
    store(conn, make_report())
    others = {"corrections", "measure_links", "ingests"}
    empty = {name for name in schema.tables() if not conn.execute(f"select 1 from {name}").fetchone()}  # noqa: S608
    assert empty == others


def test_records_outside_the_annex(conn):
    store(conn, make_report())
    assert one(conn, "select id, title, sector, phase, roc_year, year, published, page_labels from reports") == {
        "id": ID,
        "title": "運輸部門成果報告",
        "sector": "運輸",
        "phase": 2,
        "roc_year": 113,
        "year": 2024,
        "published": "2025-11",
        "page_labels": '[null,"1"]',
    }
    assert one(conn, "select id, year, target, grid_factor, actual, corrected, is_estimate from emissions") == {
        "id": "transport-113/emission/2024",
        "year": 2024,
        "target": 35.1,
        "grid_factor": 0.474,
        "actual": 36.2,
        "corrected": None,
        "is_estimate": 0,
    }
    section = one(conn, "select id, parent_id, number, heading from sections where level = 2")
    assert section == {
        "id": f"{ID}/section/2",
        "parent_id": f"{ID}/section/1",
        "number": "一",
        "heading": "目的",
    }
    assert one(conn, "select section_id from claims")["section_id"] == section["id"]
    assert json.loads(str(one(conn, "select cells from tables")["cells"])) == [["年", "值"], ["113", "36.2"]]
    assert one(conn, "select path from cases")["path"] == "亮點成果 › 電動大客車 › 某客運公司"
    assert one(conn, "select is_known, ministry from agencies where id = '某某推動辦公室'") == {
        "is_known": 0,
        "ministry": None,
    }


def test_case_metrics_takes_the_largest_amount_and_names_what_has_several(conn):
    store(conn, make_report())
    row = one(conn, "select * from case_metrics")
    assert {k: v for k, v in row.items() if v is not None} == {
        "case_id": f"{ID}/case/1",
        "report_id": ID,
        "sector": "運輸",
        "year": 2024,
        "title": "某客運公司",
        "industry": "客運業",
        "strategy": "能源轉換",
        "investment_ntd": 9000000.0,
        "self_funded_ntd": 1280000.0,
        "payback_years": 3.0,
        "several": "investment_ntd",
    }


def test_case_metrics_prefers_figures_of_the_year_to_sums_over_years_and_to_those_of_years_before(conn):
    case = make_report().cases[0]
    told = (
        quantity("32", "億元", "3200000000", "NTD", "investment", scope="cumulative", start_year=2009, end_year=2024),
        quantity("1.3", "億元", "130000000", "NTD", "investment", scope="year", start_year=2024, end_year=2024),
        quantity("10766", "億元", "1076600000000", "NTD", "output_value", scope="year", start_year=2022, end_year=2022),
        quantity("2000", "萬元", "20000000", "NTD", "output_value"),
    )
    store(conn, replace(make_report(), cases=(replace(case, quantities=told),)))
    row = one(conn, "select investment_ntd, output_value_ntd, several from case_metrics")
    assert row == {
        "investment_ntd": 130000000.0,
        "output_value_ntd": 20000000.0,
        "several": "investment_ntd, output_value_ntd",
    }


def test_places_of_text_sources_are_offsets():
    place = Place(char_start=5, char_end=9)
    assert placed(place) == {"page": None, "boxes": None, "char_start": 5, "char_end": 9}
    assert place_json(place) == {"char_start": 5, "char_end": 9}
    assert place_json(ONE_PAGE) == {"boxes": [[3, 10.0, 20.0, 30.0, 40.0]]}


def test_reingest_gives_the_same_keys_and_numbers(conn):
    assert store(conn, make_report()) is False
    first = dump(conn)
    assert store(conn, make_report()) is True
    assert dump(conn) == first


def test_a_new_row_takes_no_number_of_an_old_one(conn):
    store(conn, make_report(codes=("A", "B")))
    before = dict(conn.execute("select row_id, id from passages").fetchall())
    store(conn, make_report(codes=("X", "A", "B")))
    after = dict(conn.execute("select row_id, id from passages").fetchall())
    assert {k: after[k] for k in before} == before
    assert not {after[k] for k in after.keys() - before.keys()} & set(before.values())


def test_replacing_leaves_other_reports_alone_and_drops_agencies_without_links(conn):
    store(conn, make_report(), "transport-112")
    store(conn, make_report())
    others = {
        n: [r for r in rows if "transport-112" in repr(r)] for n, rows in dump(conn).items() if n != "measure_links"
    }
    store(conn, make_report(codes=()))
    assert {
        n: [r for r in rows if "transport-112" in repr(r)] for n, rows in dump(conn).items() if n != "measure_links"
    } == others
    store(conn, make_report(codes=()), "transport-112")
    for report_id in (ID, "transport-112"):
        conn.execute("delete from report_agencies where report_id = ? and agency_id = '某某推動辦公室'", (report_id,))
    store(conn, make_report(codes=()))
    assert conn.execute("select count(*) from agencies").fetchone()[0] == 3


def test_duplicate_codes_are_kept_and_told(conn):
    store(conn, make_report(codes=("A", "A", "A~2")))
    keys = [r[0] for r in conn.execute("select id from measures order by position")]
    assert keys == [f"{ID}/A", f"{ID}/A~2", f"{ID}/A~2~2"]
    told = conn.execute("select printed, context from findings where rule = 'duplicate:code' order by position")
    assert [tuple(r) for r in told] == [("A", "measures"), ("A~2", "measures")]


def test_a_strategy_that_is_not_listed_is_told():
    report = make_report(codes=())
    lost = measure("T9-1", strategy_code="T9")
    rows = as_rows(_with_measures(report, lost), ID, "1")
    assert rows["measures"][0]["strategy_id"] is None
    assert [f["rule"] for f in rows["findings"]] == ["unread:header", "unread:strategy"]


def _with_measures(report: Report, *measures: object) -> Report:
    from dataclasses import replace

    return replace(report, measures=measures)


def test_sector_and_year_come_from_the_id_where_the_file_is_silent():
    (row,) = as_rows(make_report(sector=None, roc_year=None), "buildings-114", "1")["reports"]
    assert (row["sector"], row["roc_year"], row["year"]) == ("住商", 114, 2025)


def test_an_id_that_disagrees_with_the_title_page_is_told():
    rows = as_rows(make_report(), "buildings-114", "1")
    assert (rows["reports"][0]["sector"], rows["reports"][0]["roc_year"]) == ("運輸", 113)
    assert [(f["rule"], f["context"]) for f in rows["findings"]][1:] == [
        ("id:disagrees", "sector"),
        ("id:disagrees", "year"),
    ]


def test_a_report_that_does_not_fit_leaves_the_database_as_it_was(conn):
    store(conn, make_report())
    before = dump(conn)
    rows = as_rows(make_report(name="另一個名稱"), ID, "1")
    rows["targets"][0]["measure_id"] = "transport-113/nowhere"
    with pytest.raises(sqlite3.IntegrityError):
        replace_report(conn, rows)
    assert dump(conn) == before
    assert not conn.in_transaction


def test_types_are_enforced(conn):
    with pytest.raises(sqlite3.IntegrityError):
        conn.execute("insert into emissions (id, year) values ('x', '一一三')")


def test_schema_file_is_sound():
    """Each reference names a table above it, each column has both meanings, no name twice."""
    seen: set[str] = set()
    for table in schema.tables().values():
        assert len(set(table.names)) == len(table.names)
        assert table.zh
        assert table.en
        for column in table.columns:
            assert column.zh
            assert column.en
            assert column.references in {None, *seen, table.name}
        seen.add(table.name)


@pytest.mark.skipif(not Path("../shared/tools/score.py").exists(), reason="needs ../shared/tools/score.py")
def test_columns_that_the_score_reads_are_there():
    source = Path("../shared/tools/score.py").read_text(encoding="utf-8")
    named = {name for name in schema.tables() if f'"{name}"' in source}
    assert {"measures", "quantities", "cases", "comments", "emissions", "claims"} <= named
    # `select m.*, s.code as strategy` and `select q.*, t.ordinal`: no column of ours may hide theirs.
    assert "strategy" not in schema.tables()["measures"].names
    assert not {"measure", "ordinal"} & set(schema.tables()["quantities"].names)
