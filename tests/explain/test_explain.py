"""`kb explain`: a sentence, or the one behind a row's key, span by span."""

from contextlib import closing
from typing import get_args

import pytest

import extract
from extract.language.explaining import REASONS
from extract.language.sheet import Reason
from kb import database
from kb.errors import NothingToDo
from kb.explaining import passage
from tests.kb.conftest import db, kb, write  # noqa: F401  # fixtures

KEY = "transport-113/T1-1"


def test_a_sentence(kb):  # noqa: F811
    shown = kb("explain", "113 年汰換 96 輛，累計減碳約 5 萬公噸 CO2e（ISO 14064）。", "--year", "2024").stdout
    assert "96 輛 → 96 輛" in shown
    assert "50000 tCO2e, emission_reduction" in shown
    assert "part of a code or formula" in shown
    assert "cumulative" in shown


def test_words_without_numbers(kb):  # noqa: F811
    assert "no number and no time word" in kb("explain", "持續推動各項措施。").stdout


def test_square_brackets_are_words(kb):  # noqa: F811
    assert "[bold]" in kb("explain", "[bold]汰換 96 輛").stdout


@pytest.mark.parametrize("tail", ["result/1", "result/1/q1"])
@pytest.mark.usefixtures("db")
def test_the_sentence_of_a_row(kb, tail):  # noqa: F811
    shown = kb("explain", f"{KEY}/{tail}").stdout
    assert "台北市最多" in shown
    assert "96 輛" in shown


@pytest.mark.parametrize(
    ("key", "register", "topic"),
    [
        (f"{KEY}/target/1/q1", "item", "汰換老舊公車為電動公車"),
        ("transport-113/case/1/q2", "case", "某客運公司"),
        ("transport-113/case/1", "case", "某客運公司"),
        ("transport-113/claim/1/q1", "claim", "目的"),
    ],
)
def test_what_surrounds_a_text(db, key, register, topic):  # noqa: F811
    with closing(database.connect(db)) as conn:
        found = passage(conn, key)
    assert (found.register, found.topic, found.year, found.lead) == (register, topic, 2024, ())


def test_preambles_and_parent_items_govern():
    with closing(database.sqlite3.connect(":memory:")) as conn:
        conn.executescript(
            """
            create table quantities (id, target_id, result_id, case_id, claim_id);
            create table measures (id, year, name);
            create table targets (id, measure_id, position, ordinal, text);
            create table results (id, measure_id, position, ordinal, text);
            insert into measures values ('m', 2024, '車站');
            insert into results values ('m/r/1', 'm', 1, null, '113 年辦理：'), ('m/r/2', 'm', 2, '1', '累計成果：'),
              ('m/r/3', 'm', 3, '1.1', '改善 5 站'), ('m/r/4', 'm', 4, '2', '改善 6 站');
            """
        )
        assert passage(conn, "m/r/3").lead == ("113 年辦理：", "累計成果：")
        assert passage(conn, "m/r/4").lead == ("113 年辦理：",)


@pytest.mark.usefixtures("db")
def test_a_key_that_nothing_has(kb):  # noqa: F811
    missing = kb("explain", f"{KEY}/result/9")
    assert missing.exit_code == 1
    assert "kb search finds keys" in missing.output


def test_a_key_in_no_database(db):  # noqa: F811
    with closing(database.connect(db)) as conn, pytest.raises(NothingToDo, match="transport-999/x"):
        passage(conn, "transport-999/x")


def test_the_public_face():
    spans = extract.explain("每年汰換 80 輛", topic="公車")
    assert [(s.printed, s.what) for s in spans] == [("每年", "time"), ("80 輛", "figure")]


def test_every_reason_is_said_in_words():
    assert set(REASONS) == set(get_args(Reason))
    for text in ("上午 9 時至 12 時辦理。", "6 噸級貨車。"):
        assert {s.what for s in extract.explain(text)} <= {"no figure", "time"}
