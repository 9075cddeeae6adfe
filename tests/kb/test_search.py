"""Search against a plain substring scan, its order, and what it marks."""

import json
import random
import sqlite3
import string
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import schema, search
from kb.highlight import mark, passage
from kb.text import fold, fold_with_origins, spellings, tokens

HERE = Path(__file__).parent
WORDS = HERE.joinpath("words.txt").read_text(encoding="utf-8").splitlines()
QUERIES = HERE.joinpath("queries.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def corpus():
    """400 passages of words put together at random, with and without spaces between."""
    dice = random.Random(113)  # noqa: S311 - the same corpus each time
    conn = sqlite3.connect(":memory:", isolation_level=None)
    schema.create(conn)
    search.create_index(conn)
    rows = []
    for number in range(1, 401):
        text = dice.choice(["", " ", "\n", ","]).join(dice.choices(WORDS, k=dice.randint(3, 30)))
        title = "".join(dice.choices(WORDS, k=2)) if number % 3 == 0 else ""
        rows.append({"id": number, "title": title, "text": text})
        conn.execute(
            "insert into passages (id, kind, row_id, title, text) values (?, 'results', ?, ?, ?)",
            (number, str(number), title, text),
        )
    search.add(conn, {"passages": rows})
    yield conn, rows
    conn.close()


def scan(rows: list[dict[str, object]], query: str) -> set[str]:
    """What a substring scan of the folded texts finds."""
    found = set()
    for row in rows:
        texts = [fold(str(row[column])) for column in ("title", "text")]
        if all(any(s in text for s in spellings(term) for text in texts) for term in search.terms(query)):
            found.add(str(row["id"]))
    return found


def test_there_are_at_least_60_queries():
    assert len(set(QUERIES)) >= 60


@pytest.mark.parametrize("query", QUERIES)
def test_the_index_finds_what_a_scan_finds(corpus, query):
    conn, rows = corpus
    expected = scan(rows, query)
    assert {hit.row_id for hit in search.search(conn, query, limit=1000)} == expected
    assert search.count(conn, query) == len(expected)


def test_the_queries_are_no_empty_exercise(corpus):
    _, rows = corpus
    assert [q for q in QUERIES if not scan(rows, q)] == ["不存在"]


@given(st.text(alphabet=string.printable + "節能減碳臺台\u200b\u202e\u0301ﬁİ", max_size=200))
def test_no_query_is_an_error(query):
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        conn.execute("create virtual table t using fts5(x)")
        assert conn.execute("select count(*) from t where t match ?", (search.match_expression(query),)).fetchone()


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("CO<sub>2</sub>e", "co2e"),
        ("CO₂e", "co2e"),
        ("5,000 kWh", "5,000kwh"),
        ("台北 臺北", "臺北臺北"),
        ("110–113", "110-113"),
        ("减碳", "減碳"),
        ("１．節能", "1.節能"),
        ("a\u202eb\u200bc\u00ad", "abc"),
        ("Straße Ａ", "strassea"),
        ("降低回收", "降低回收"),
        ("<script>", "<script>"),
    ],
)
def test_folding(printed, folded):
    assert fold(printed) == folded


@given(st.text())
def test_folding_is_the_same_with_origins_and_twice(text):
    folded, origins = fold_with_origins(text)
    assert folded == fold(text)
    assert len(origins) == len(folded)
    assert origins == sorted(origins)
    assert tokens(text).replace(" ", "") == folded


def test_simplified_phrases_find_traditional_ones():
    assert spellings("制造") == ("制造", "製造")
    assert spellings("節能") == ("節能",)


@pytest.mark.usefixtures("db")
def test_titles_and_names_come_first(kb):
    hits = json.loads(kb("search", "電動公車", "--json").stdout)
    assert [(h["kind"], h["row_id"]) for h in hits[:2]] == [
        ("measures", "transport-113/T1-1"),
        ("measures", "transport-113/T1-2"),
    ]
    assert {h["kind"] for h in hits} == {"measures"}


@pytest.mark.usefixtures("db")
def test_every_kind_of_row_is_found(kb):
    words = {
        "strategies": "綠色運輸",
        "measures": "公務預算",
        "targets": "每年汰換",
        "results": "台北市最多",
        "cases": "油料",
        "comments": "補充節能率",
        "indicators": "運具電動化",
        "sections": "緣起",
        "tables": "36.2",
        "figures": "趨勢",
    }
    assert set(words) == set(search.SEARCHABLE)
    for kind, word in words.items():
        found = json.loads(kb("search", word, "--kind", kind, "--json").stdout)
        assert {h["kind"] for h in found} == {kind}, word


@pytest.mark.usefixtures("db")
def test_agencies_find_their_measures(kb):
    for name in ("鐵道局", "交通部鐵道局", "某某推動"):
        hits = json.loads(kb("search", name, "--kind", "measures", "--json").stdout)
        assert [h["row_id"] for h in hits] == ["transport-113/T1-1", "transport-113/T1-2"]


def test_removed_rows_are_not_found(db, kb, write):
    assert kb("ingest", write("report.pdf", codes=[], name="x")).exit_code == 0
    assert kb("search", "電動公車").stdout == "0 found\n"
    with closing(sqlite3.connect(db)) as conn:
        conn.execute("insert into passages_fts (passages_fts) values ('integrity-check')")


def test_rowids_survive_vacuum(db):
    """The index knows rows by their rowid; SQLite promises to keep it for an INTEGER PRIMARY KEY alone."""
    with closing(sqlite3.connect(db)) as conn:
        before = conn.execute("select rowid, id from measures order by 1").fetchall()
        conn.execute("delete from quantities")
        conn.commit()
        conn.execute("vacuum")
        assert conn.execute("select rowid, id from measures order by 1").fetchall() == before


@pytest.mark.usefixtures("db")
def test_output_for_a_person(kb):
    shown = kb("search", "汰換", "台北", "--limit", "1").stdout
    assert shown.splitlines()[0] == "成果各項 transport-113/T1-1/result/1 p. 34 "
    assert "more with --limit" in shown
    none = kb("search", "不存在的詞")
    assert (none.exit_code, none.stdout) == (0, "0 found\n")
    empty = kb("search", " \u200b ")
    assert empty.exit_code == 2
    long = kb("search", "節" * 65)
    assert "only the first 64 characters and 8 words are searched" in long.stderr


def test_marks_stand_on_the_printed_words():
    marked = mark("於CO<sub>2</sub>e減量,台北與臺北", "co2e 臺北")
    assert [text for text, is_hit in marked.pieces() if is_hit] == ["CO<sub>2</sub>e", "台北", "臺北"]
    assert "".join(text for text, _ in marked.pieces()) == marked.text


def test_overlapping_words_are_marked_once():
    assert mark("節能減碳", "節能 能減 碳").pieces() == [("節能減碳", True)]


def test_a_passage_shows_the_words_that_stand_together():
    text = "水泥" + "甲" * 200 + "水泥業節能" + "乙" * 200
    shown = passage(text, "水泥 節能", 40)
    assert shown.text.startswith("…甲")
    assert shown.text.endswith("乙…")
    assert [t for t, is_hit in shown.pieces() if is_hit] == ["水泥", "節能"]
    assert len(shown.text) <= 42


@given(st.text(alphabet="節能碳 a<sub>2台\n", max_size=300), st.text(alphabet="節能碳 a台", max_size=12))
def test_passages_hold_only_what_is_there(text, query):
    shown = passage(text, query, 20)
    assert all(0 <= start < end <= len(shown.text) for start, end in shown.spans)
    assert shown.text.removeprefix("…").removesuffix("…") in text or not text
