"""`kb compare` at the terminal."""

from __future__ import annotations

import json

import pytest

from kb import database
from tests.compare.conftest import PROGRAMME, emission


@pytest.fixture
def db(conn, put, tmp_path):
    """Two years as a file: a measure is gone, one has a new name, an emission is stated anew."""
    later = {c: t for c, t in PROGRAMME.items() if c != "T2-3"}
    later["T1-2"] = later["T1-2"] | {"name": "共享自行車租賃站增設"}
    put(112, PROGRAMME, (emission(2022, "37.1"),))
    put(113, later, (emission(2022, "37.4"),))
    path = tmp_path / "kb.db"
    conn.execute("vacuum into ?", (str(path),))
    database.connect(path).close()
    return path


def test_shown(kb, db):
    shown = kb("compare", "transport-112", "transport-113", "--db", db)
    assert shown.exit_code == 0
    assert "renamed" in shown.stdout
    assert "公共自行車租賃系統擴充 > 共享自行車租賃站增設" in shown.stdout
    assert "4 same, 1 renamed, 1 gone; 1 changed, 1 restated" in shown.stdout


def test_as_json(kb, db):
    told = json.loads(kb("compare", "transport-112", "transport-113", "--db", db, "--json").stdout)
    assert (told["from"], told["to"]) == ("transport-112", "transport-113")
    (gone,) = [link for link in told["links"] if link["relation"] == "gone"]
    assert (gone["from"], gone["to"]) == ("transport-112/T2-3", None)
    assert [r["was"] for r in told["restated"]] == ["37.1"]


def test_no_such_report(kb, db):
    assert "transport-113" in kb("compare", "transport-112", "water-1", "--db", db).output
