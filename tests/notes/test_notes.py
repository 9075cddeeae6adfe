"""Layout notes: what they change in the reading, and every way in which such a file can be wrong."""

import hashlib
import json
from contextlib import closing
from pathlib import Path

import pytest

import extract
from extract.documents import read_document
from extract.errors import NotesBroken
from extract.notes import Notes
from extract.reading.annex import annex_tables
from kb import database
from tests.kb.conftest import kb  # noqa: F401  # fixture

HEADER = ["策略", "措施編號", "措施名稱", "年度目標", "淨零躍升帳", "主辦機關", "推動期程"]
ROW = ["T1 綠色運輸", "T1-1", "車站改善", "每年改善 5 站。", "113 年改善 6 站。", "交通部鐵道局", "110-114"]
TITLE = "# 第二期運輸部門溫室氣體減量行動方案\n\n# 113 年成果報告\n\n中華民國 114 年 11 月\n\n## 附件一\n\n"
NOTE = """reason = "the results stand under the name of a programme"
name = "transport.md"

[columns]
"淨零躍升帳" = "result"
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "transport.md"
    path.write_text(TITLE + "\n".join("\t".join(row) for row in (HEADER, ROW)) + "\n", encoding="utf-8")
    return path


def note(folder, text, name="a.toml"):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_column_gets_the_meaning_that_a_person_gave(file, tmp_path):
    before = extract.read(file).measures[0]
    assert (before.result, before.extra) == (None, {"淨零躍升帳": "113 年改善 6 站。"})
    notes = extract.find_notes(note(tmp_path / "notes", NOTE), file)
    after = extract.read(file, notes=notes)
    assert (after.measures[0].result, after.measures[0].extra) == ("113 年改善 6 站。", {})
    assert after.measures[0].results[0].quantities[0].value == 6
    assert [s.rule for s in after.signals if s.rule == "unread:header"] == []


def test_ingest_reads_by_the_notes_and_again_when_they_change(kb, file):  # noqa: F811
    def results():
        with closing(database.connect(Path("kb.db"))) as conn:
            return conn.execute("select result from measures").fetchall()

    assert kb("ingest", file).exit_code == 0
    assert results() == [(None,)]
    note(Path("corpus/notes"), NOTE)
    assert "replaced" in kb("ingest", file).stdout
    assert results() == [("113 年改善 6 站。",)]
    assert "unchanged" in kb("ingest", file).stdout
    assert json.loads(kb("check", "transport-113", "--json").stdout)["report"] == "transport-113"


def test_broken_notes_fail_the_file_with_their_name(kb, file):  # noqa: F811
    note(Path("corpus/notes"), NOTE.replace('"result"', '"results"'))
    failed = kb("ingest", file)
    assert failed.exit_code == 1
    assert "a.toml: 'results', for the column 淨零躍升帳, is no meaning; use one of" in failed.output


def test_pages_limit_where_annex_one_is():
    document = read_document(Path(__file__).parents[2] / "corpus" / "manufacturing-113-abridged.pdf")
    pages = [table.table.raw[0].page for table in annex_tables(document.blocks)]
    assert pages
    first = pages[0]
    assert first is not None
    assert len(annex_tables(document.blocks, Notes(annex_pages=((first, first),)))) == 1
    assert annex_tables(document.blocks, Notes(annex_pages=((first + 1, first + 99),))) == []


def test_notes_are_found_by_digest_too(file, tmp_path):
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    folder = note(tmp_path / "notes", f'reason = "x"\nsha256 = "{digest}"\n')
    assert extract.find_notes(folder, file) == Notes("x", None, digest)
    assert extract.find_notes(note(tmp_path / "other", 'reason = "x"\nsha256 = "00"\n'), file) is None
    assert extract.find_notes(tmp_path / "missing", file) is None


def test_two_notes_about_one_file(file, tmp_path):
    folder = note(note(tmp_path / "notes", NOTE), NOTE, "b.toml")
    with pytest.raises(NotesBroken, match=r"a\.toml and b\.toml are both about it"):
        extract.find_notes(folder, file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("reason = ", "cannot be read"),
        ('name = "a.pdf"', "give no reason"),
        ('reason = "x"', "do not say which file"),
        ('reason = ""\nname = "a.pdf"', "reason = '' is no text"),
        ('reason = "x"\nname = 5', "name = 5 is no text"),
        ('reason = "x"\nname = "a"\npages = [1, 2]', "notes have no pages; use reason, name"),
        ('reason = "x"\nname = "a"\ncolumns = "result"', "columns is no table"),
        ('reason = "x"\nname = "a"\n[columns]\n"甲" = "outcome"', "'outcome', for the column 甲, is no meaning"),
        ('reason = "x"\nname = "a"\n[annex]\nrows = 3', "annex holds something else than pages"),
        ('reason = "x"\nname = "a"\n[annex]\npages = 3', "pages = 3 are no pages"),
        ('reason = "x"\nname = "a"\n[annex]\npages = [[5, 3]]', r"\[5, 3\] are no pages"),
        ('reason = "x"\nname = "a"\n[annex]\npages = [["5", "9"]]', "are no pages"),
    ],
)
def test_notes_that_cannot_be_understood(tmp_path, file, text, says):
    with pytest.raises(NotesBroken, match=says) as raised:
        extract.find_notes(note(tmp_path / "notes", text), file)
    assert raised.value.name == "a.toml"
