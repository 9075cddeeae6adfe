"""`kb ingest` as a person meets it: what is added, replaced, skipped, left out, and what is said about the rest."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kb import database, text
from kb.errors import DatabaseUnusable
from kb.ingest import Run


def rows(db: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(db)) as conn:
        return conn.execute(sql).fetchall()


def log(db: Path) -> list[tuple[object, ...]]:
    return rows(db, "select source_name, report_id, outcome from ingests order by id")


def test_a_report_is_added_and_skipped_and_replaced(write, kb):
    first = kb("ingest", write("a.pdf"))
    assert first.exit_code == 0
    assert "added" in first.stdout
    before = Path("kb.db").stat()
    again = kb("ingest", "a.pdf")
    assert again.exit_code == 0
    assert "unchanged" in again.stdout
    assert Path("kb.db").stat() == before
    write("a.pdf", name="換了名稱")
    assert "replaced" in kb("ingest", "a.pdf").stdout
    assert rows(Path("kb.db"), "select distinct id, name from measures") == [
        ("transport-113/T1-1", "換了名稱"),
        ("transport-113/T1-2", "換了名稱"),
    ]
    assert log(Path("kb.db")) == [("a.pdf", "transport-113", "added"), ("a.pdf", "transport-113", "replaced")]


def test_other_rules_read_the_same_file_again(write, kb, monkeypatch):
    kb("ingest", write("a.pdf"))
    monkeypatch.setattr("kb.ingest.extractor_version", lambda: "0.0.0+other")
    assert "replaced" in kb("ingest", "a.pdf").stdout
    assert rows(Path("kb.db"), "select extractor_version from reports") == [("0.0.0+other",)]


def test_a_folder_is_read_in_order_and_failures_stop_nothing(write, kb):
    write("in/b/transport.pdf")
    write("in/a.pdf", fault="locked")
    write("in/c.PDF", sector="住商")
    write("in/d.pdf", fault="bug")
    write("in/e.docx")
    result = kb("ingest", "in", "--jobs", "2")
    assert result.exit_code == 1
    assert log(Path("kb.db")) == [
        ("a.pdf", None, "failed"),
        ("transport.pdf", "transport-113", "added"),
        ("c.PDF", "buildings-113", "added"),
        ("d.pdf", None, "failed"),
    ]
    assert "a.pdf: it is encrypted; give its password with --password" in result.stderr
    assert "d.pdf: a fault of the program (IndexError: list index out of range)" in result.stderr
    assert "Traceback" not in result.output


def test_debug_shows_where(write, kb):
    result = kb("ingest", write("a.pdf", fault="bug"), "--debug")
    assert "Traceback" in result.stderr
    assert "fake_read" in result.stderr


def test_a_password_is_handed_on(write, kb):
    assert kb("ingest", write("a.pdf", fault="locked"), "--password", "open").exit_code == 0


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_kills_its_reader_takes_nothing_with_it(write, kb, jobs):
    write("in/a.pdf")
    write("in/b.pdf", fault="crash")
    write("in/c.pdf", roc_year=112)
    result = kb("ingest", "in", "--jobs", jobs)
    assert result.exit_code == 1
    assert "b.pdf: its reading ended without an answer" in result.stderr
    assert rows(Path("kb.db"), "select id from reports order by id") == [("transport-112",), ("transport-113",)]


def test_of_a_pdf_and_a_text_the_pdf_is_taken(write, kb):
    write("in/a.md")
    write("in/z.pdf")
    first = kb("ingest", "in")
    assert first.exit_code == 0
    assert "left out: transport-113 was read from z.pdf" in first.stdout
    assert rows(Path("kb.db"), "select source_name from reports") == [("z.pdf",)]
    before = Path("kb.db").stat()
    again = kb("ingest", "in")
    assert "left out" in again.stdout
    assert Path("kb.db").stat() == before
    assert "replaced" in kb("ingest", "in/a.md").stdout
    assert rows(Path("kb.db"), "select source_name from reports") == [("a.md",)]
    assert "replaced" in kb("ingest", "in").stdout
    assert rows(Path("kb.db"), "select source_name from reports") == [("z.pdf",)]


def test_two_pdfs_of_one_report_are_for_a_person_to_decide(write, kb):
    write("in/a.pdf")
    write("in/b.pdf", name="另一版")
    result = kb("ingest", "in")
    assert result.exit_code == 1
    assert "b.pdf: is transport-113 like a.pdf, which was read in this run" in result.stderr
    assert rows(Path("kb.db"), "select source_name from reports") == [("a.pdf",)]


def test_a_copy_of_a_file_is_no_second_report(write, kb):
    write("in/a.pdf")
    write("in/b.pdf")
    result = kb("ingest", "in")
    assert result.exit_code == 0
    assert "left out: the same file as a.pdf" in result.stdout


def test_a_folder_that_holds_the_database_too(write, kb):
    """The copies that the database keeps of what it read are no files to read."""
    write("in/a.pdf")
    assert kb("ingest", "in", "--db", "in/kb.db").exit_code == 0
    write("in/a.pdf", name="更新版")
    result = kb("ingest", "in", "--db", "in/kb.db")
    assert (result.exit_code, "replaced" in result.stdout) == (0, True)
    assert rows(Path("in/kb.db"), "select count(*) from reports") == [(1,)]


def test_a_file_without_a_title_page_needs_an_id(write, kb):
    path = write("annex.pdf", sector=None, roc_year=None)
    without = kb("ingest", path)
    assert without.exit_code == 1
    assert "annex.pdf: its sector (none printed) and year cannot be told from the text" in without.stderr
    assert "--id manufacturing-113" in without.stderr
    assert kb("ingest", path, "--id", "energy-114").exit_code == 0
    assert rows(Path("kb.db"), "select id, sector, year from reports") == [("energy-114", "能源", 2025)]
    assert "unchanged" in kb("ingest", path, "--id", "energy-114").stdout
    assert "added" in kb("ingest", path, "--id", "energy-115").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ingest"], "Missing argument"),
        (["ingest", "nowhere.pdf"], "'nowhere.pdf' does not exist"),
        (["ingest", "a.pdf", "b.pdf", "--id", "energy-114"], "--id names one report"),
        (["ingest", "a.pdf", "--jobs", "0"], "not in the range"),
        (["ingest", "a.pdf", "--unknown"], "No such option"),
    ],
)
def test_wrong_usage_is_exit_code_2(write, kb, arguments, sentence):
    write("a.pdf")
    write("b.pdf")
    result = kb(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert not Path("kb.db").exists()


def test_an_id_that_could_not_stand_in_a_link(write, kb):
    result = kb("ingest", write("a.pdf"), "--id", "../etc")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: --id ../etc: use small letters, digits and hyphens, for example manufacturing-113\n"
    )


def test_an_empty_folder(write, kb):
    write("in/report.docx")
    result = kb("ingest", "in")
    assert result.exit_code == 1
    assert "in: no .pdf, .md, .txt file in this folder" in result.stderr


def test_a_file_that_is_no_database(write, kb):
    Path("kb.db").write_bytes(b"this is a letter, not a database" * 100)
    result = kb("ingest", write("a.pdf"))
    assert result.exit_code == 1
    assert "kb.db: cannot be read as a SQLite database (file is not a database); give another --db" in result.stderr
    assert Path("kb.db").read_bytes().startswith(b"this is a letter")


def test_somebody_elses_database(write, kb):
    with closing(sqlite3.connect("kb.db")) as conn:
        conn.execute("create table about (key text, value text)")
        conn.commit()
    result = kb("ingest", write("a.pdf"))
    assert result.exit_code == 1
    assert "kb.db: is no knowledge base" in result.stderr
    assert rows(Path("kb.db"), "select name from sqlite_master") == [("about",)]


@pytest.mark.parametrize("command", [["ingest", "report.pdf"], ["status"], ["search", "公車"], ["export", "measures"]])
def test_a_database_of_another_schema(db, kb, command):
    with closing(sqlite3.connect(db)) as conn:
        conn.execute("update about set value = '0' where key = 'schema_version'")
        conn.commit()
    result = kb(*command)
    assert result.exit_code == 1
    assert "kb.db: was made by another version (0)" in result.stderr


@pytest.mark.parametrize("command", [["status"], ["search", "公車"], ["export", "measures"], ["serve"]])
def test_no_database_yet(write, kb, command):
    write("a.pdf")
    result = kb(*command)
    assert result.exit_code == 1
    assert "kb.db: the database does not exist; make one with: kb ingest" in result.stderr


def test_places_that_cannot_be_written(write, kb):
    path = write("a.pdf")
    Path("folder").mkdir()
    assert "is a folder; give the path of a file as --db" in kb("ingest", path, "--db", "folder").stderr
    assert "cannot be written (No such file or directory)" in kb("ingest", path, "--db", "no/such.db").stderr


def test_a_write_protected_database(db, kb, write, monkeypatch):
    monkeypatch.setattr(os, "access", lambda path, mode: not (path == db and mode == os.W_OK))
    result = kb("ingest", write("b.pdf", roc_year=112))
    assert result.exit_code == 1
    assert "cannot be written (no permission)" in result.stderr


def test_a_full_disk_leaves_the_old_database(db, kb, write, monkeypatch):
    before = db.read_bytes()

    def full(*_: object) -> bool:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("kb.store.replace_report", full)
    result = kb("ingest", write("b.pdf", roc_year=112))
    assert result.exit_code == 1
    assert "cannot be written (database or disk is full); it is as it was before" in result.stderr
    assert db.read_bytes() == before
    assert not Path("kb.db.new").exists()


def test_a_second_writer_waits_its_turn(db, kb, write):
    path = write("b.pdf", roc_year=112)
    with Path("kb.db.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = kb("ingest", path)
    assert result.exit_code == 1
    assert "another kb ingest is writing it; wait until it is done" in result.stderr
    assert kb("ingest", path).exit_code == 0
    assert len(rows(db, "select id from reports")) == 2


@pytest.mark.usefixtures("db")
def test_what_a_dead_run_left_is_removed(kb, write):
    Path("kb.db.new").write_bytes(b"half a database")
    assert kb("ingest", write("b.pdf", roc_year=112)).exit_code == 0
    assert not Path("kb.db.new").exists()


def test_a_run_that_is_killed_leaves_the_old_database(db, write):
    """Killed between the writing and the swap."""
    write("b.pdf", roc_year=112)
    before = db.read_bytes()
    program = (
        "import os, signal\n"
        "from pathlib import Path\n"
        "from kb import database\n"
        "from kb.ingest import Run\n"
        "from tests.kb.conftest import fake_read\n"
        "import extract\n"
        "extract.read = fake_read\n"
        "database.Draft.publish = lambda self: os.kill(os.getpid(), signal.SIGKILL)\n"
        "Run(Path('kb.db')).run([Path('b.pdf')], print)\n"
    )
    root = Path(__file__).parents[2]
    killed = subprocess.run(
        [sys.executable, "-c", program],
        cwd=db.parent,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert Path("kb.db.new").exists()
    assert db.read_bytes() == before


def test_an_interrupt_keeps_what_was_done(write):
    write("in/a.pdf")
    write("in/b.pdf", roc_year=112)

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Run(Path("kb.db")).run([Path("in")], interrupt)
    assert rows(Path("kb.db"), "select id from reports") == [("transport-113",)]


def test_an_index_of_another_folding_is_refused_and_made_anew(db, kb, write, monkeypatch):
    monkeypatch.setattr(text, "VERSION", "2")
    refused = kb("search", "公車")
    assert refused.exit_code == 1
    assert "its search index was made by another version of the program (1, now 2)" in refused.stderr
    with pytest.raises(DatabaseUnusable):
        database.connect_for_search(db)
    monkeypatch.setattr("kb.search.VERSION", "2")
    assert kb("ingest", write("b.pdf", roc_year=112)).exit_code == 0
    assert "transport-113/T1-1" in kb("search", "公車").stdout


def test_a_symbolic_link_stays_one(db, kb, write):
    Path("link.db").symlink_to(db)
    assert kb("ingest", write("b.pdf", roc_year=112), "--db", "link.db").exit_code == 0
    assert Path("link.db").is_symlink()
    assert len(rows(db, "select id from reports")) == 2


def test_starting_the_command_loads_nothing_heavy(tmp_path):
    """An import that is not needed yet costs every run of every command."""
    root = Path(__file__).parents[2]
    program = "import sys, kb.cli\nimport kb.commands.ingest\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    heavy = {"datasette", "numpy", "pyarrow", "xlsxwriter", "spacy", "pdfplumber", "sqlite_utils", "opencc"}
    assert heavy & set(done.stdout.split()) == set()
