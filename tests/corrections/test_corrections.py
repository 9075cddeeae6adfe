"""Corrections: written by people, applied at each ingest, reported where they no longer fit."""

import json
from contextlib import closing
from pathlib import Path

import pytest

from kb import database
from kb.corrections import Correction, CorrectionsBroken, add, load
from kb.corrections.values import CORRECTABLE, column_of, is_same, value_of, words_of
from kb.errors import KbError
from tests.kb.conftest import db, kb, write  # noqa: F401  # fixtures

ID = "transport-113"
KEY = f"{ID}/T1-1"
HEADER = "table,key,column,read value,right value,reason,who,date\n"


def rows(path, sql, *parameters):
    with closing(database.connect(path)) as conn:
        return conn.execute(sql, parameters).fetchall()


def correct(kb, *arguments):  # noqa: F811
    return kb("correct", *arguments, "--reason", "第 34 頁所印", "--who", "王小明")


def again(kb):  # noqa: F811
    return kb("ingest", "report.pdf")


@pytest.mark.usefixtures("db")
def test_a_number_is_put_right_at_the_next_ingest(kb, db):  # noqa: F811
    assert correct(kb, "measures", KEY, "budget_ntd", "30,601,000").exit_code == 0
    assert rows(db, "select budget_ntd from measures where id = ?", KEY) == [(20601000.0,)]
    assert "replaced" in again(kb).stdout
    assert rows(db, "select budget_ntd from measures where id = ?", KEY) == [(30601000.0,)]
    columns = "table_name, row_id, column_name, read_value, right_value, reason, who, is_applied"
    said = ("measures", KEY, "budget_ntd", "20601000", "30,601,000", "第 34 頁所印", "王小明", 1)
    assert rows(db, f"select {columns} from corrections") == [said]  # noqa: S608
    assert "unchanged" in again(kb).stdout


def test_the_search_finds_the_corrected_words(kb, db):  # noqa: F811
    assert correct(kb, "measures", KEY, "name", "汰換老舊公車為氫能公車").exit_code == 0
    again(kb)
    assert KEY in kb("search", "氫能公車").stdout
    assert rows(db, "select name from measures where id = ?", KEY) == [("汰換老舊公車為氫能公車",)]


def test_a_list_changes_its_links(kb, db):  # noqa: F811
    assert correct(kb, "measures", KEY, "lead_agencies", "交通部公路局、交通部").exit_code == 0
    assert correct(kb, "measures", KEY, "funding", "公務預算").exit_code == 0
    again(kb)
    links = "select agency_id, position, printed from measure_agencies where measure_id = ? and role = ? order by 2"
    assert rows(db, links, KEY, "lead") == [("交通部公路局", 1, "交通部公路局"), ("交通部", 2, "交通部")]
    assert rows(db, links, KEY, "co") == [("交通部鐵道局", 1, "鐵道局")]
    assert rows(db, "select is_known from agencies where id = '交通部公路局'") == [(0,)]
    ((agencies,),) = rows(db, "select agencies from measures where id = ?", KEY)
    assert json.loads(agencies) == ["交通部公路局", "交通部", "交通部鐵道局"]
    assert rows(db, "select source from measure_funding where measure_id = ?", KEY) == [("公務預算",)]


@pytest.mark.usefixtures("db")
def test_a_corrected_agency_of_the_past_leads_to_todays(kb, db):  # noqa: F811
    assert correct(kb, "measures", KEY, "lead_agencies", "內政部營建署").exit_code == 0
    again(kb)
    assert rows(db, "select successor from agencies where id = '內政部營建署'") == [("內政部國土管理署",)]
    ((agencies,),) = rows(db, "select agencies from measures where id = ?", KEY)
    assert json.loads(agencies) == ["內政部國土管理署", "交通部鐵道局"]


def test_nothing_is_a_value_too(kb, db):  # noqa: F811
    assert correct(kb, "measures", KEY, "budget_note", "").exit_code == 0
    again(kb)
    assert rows(db, "select budget_note from measures where id = ?", KEY) == [(None,)]


def test_correcting_again_keeps_what_was_read(kb, db):  # noqa: F811
    for value in ("112-114", "111-114"):
        assert correct(kb, "measures", KEY, "period", value).exit_code == 0
        again(kb)
    assert rows(db, "select read_value, right_value from corrections") == [("110-114", "111-114")]
    assert rows(db, "select period from measures where id = ?", KEY) == [("111-114",)]


def line(**changed):
    said = {
        "table": "measures",
        "key": "T1-1",
        "column": "period",
        "read value": "110-114",
        "right value": "112-114",
        "reason": "第 34 頁",
        "who": "王小明",
        "date": "2026-03-31",
    }
    return ",".join((said | changed).values()) + "\n"


def written(*lines):
    path = Path("corrections") / f"{ID}.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"read value": "109-114"}, "現在讀出的值為「110-114」"),
        ({"read value": "109-114", "right value": "110-114"}, "已與更正值相同"),
        ({"key": "T9-9"}, "沒有這一列"),
        ({"column": "strategy_id", "read value": f"{ID}/T1", "right value": f"{ID}/T9"}, "沒有策略"),
    ],
)
def test_one_that_does_not_fit_is_reported_not_applied(kb, db, changed, says):  # noqa: F811
    written(line(**changed))
    assert again(kb).exit_code == 0
    assert rows(db, "select period, strategy_id from measures where id = ?", KEY) == [("110-114", f"{ID}/T1")]
    ((message, evidence),) = rows(db, "select message, evidence from findings where rule = 'correction:unfit'")
    assert says in message
    assert json.loads(evidence)[0]["column"] == changed.get("column", "period")
    assert rows(db, "select is_applied from corrections") == [(0,)]
    signals = json.loads(kb("check", ID, "--json").stdout)["signals"]
    assert [s["column"] for s in signals if s["rule"] == "correction:unfit"] == [changed.get("column", "period")]


def test_the_check_trusts_what_a_person_said(kb, db):  # noqa: F811
    def doubts():
        return {(s["key"], s["column"]) for s in json.loads(kb("check", ID, "--json").stdout)["signals"]}

    assert (KEY, "lead_agencies") in doubts()
    written(line(column="lead_agencies", **{"read value": "交通部、某某推動辦公室", "right value": "交通部"}))
    again(kb)
    assert rows(db, "select is_applied from corrections") == [(1,)]
    assert (KEY, "lead_agencies") not in doubts()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("表,列\n", "line 1: the columns must be"),
        (HEADER + line(table="measure"), "line 2: measure is no table"),
        (HEADER + line() + line(column="id"), "line 3: id is no column of measures"),
        (HEADER + line(column="budget_ntd", **{"right value": "many"}), "line 2: many is no number"),
        (HEADER + line(who=""), "line 2: who may not be empty"),
        (HEADER + line(date="115/3/31"), "line 2: 115/3/31 is no date"),
        (HEADER + "measures,T1-1,period\n", "line 2: 8 cells are needed"),
        (HEADER + line().strip() + ",more\n", "line 2: 8 cells are needed"),
        (HEADER + 'measures,T1-1,"period\n', "mend the quotation marks"),
    ],
)
def test_a_broken_file_fails_with_its_line_and_changes_nothing(kb, db, content, says):  # noqa: F811
    path = Path("corrections") / f"{ID}.csv"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    failed = again(kb)
    assert failed.exit_code == 1
    assert says in failed.output
    assert path.name in failed.output
    assert rows(db, "select period from measures where id = ?", KEY) == [("110-114",)]


def test_a_file_in_another_encoding(tmp_path):
    (tmp_path / "a-1.csv").write_bytes("更正".encode("big5"))
    with pytest.raises(CorrectionsBroken, match="UTF-8"):
        load(tmp_path, "a-1")


@pytest.mark.parametrize(
    "arguments",
    [
        ("measures", f"{ID}/T9-9", "name", "甲"),
        ("measure", KEY, "name", "甲"),
        ("measures", KEY, "report_id", "甲"),
        ("measures", KEY, "budget_ntd", "甲"),
        ("measures", KEY, "budget_ntd", "nan"),
        ("measures", KEY, "is_new", "7"),
        ("measures", KEY, "status", "進行中"),
        ("measures", KEY, "start_year", "113"),
        ("measures", KEY, "execution_rate", "95"),
    ],
)
@pytest.mark.usefixtures("db")
def test_a_correction_that_makes_no_sense_is_not_written(kb, arguments):  # noqa: F811
    assert correct(kb, *arguments).exit_code == 1
    assert not Path("corrections").exists() or not list(Path("corrections").iterdir())


def test_a_written_file_reads_back(tmp_path):
    text = '逗號,引號"與\n換行'
    given = Correction("targets", f"{ID}/T1-1/target/1", "text", text, f"{text}。", "理由", "王小明", "2026-03-31")
    add(tmp_path, ID, given)
    assert load(tmp_path, ID) == [given]


@pytest.mark.parametrize("table", CORRECTABLE)
def test_no_key_and_no_place_can_be_corrected(table):
    for column in ("id", "report_id", "page", "boxes"):
        with pytest.raises(KbError, match=f"{column} is no column"):
            column_of(table, column)


@pytest.mark.parametrize(
    ("table", "column", "words", "value"),
    [
        ("measures", "budget_ntd", "1,234.5", 1234.5),
        ("measures", "start_year", "2021", 2021),
        ("measures", "is_new", "0", 0),
        ("measures", "funding", "石油基金、公務預算", '["石油基金","公務預算"]'),
        ("measures", "funding", "公務預算、公務預算", '["公務預算"]'),
        ("measures", "funding", "", "[]"),
        ("measures", "execution_rate", "1.04", 1.04),
        ("measures", "status", "ended", "ended"),
        ("measures", "category", "", None),
        ("measures", "name", "甲", "甲"),
    ],
)
def test_values_and_words(table, column, words, value):
    found = value_of(column_of(table, column), words)
    assert found == value
    assert is_same(column_of(table, column), words, value)
    assert value_of(column_of(table, column), words_of(value)) == value
