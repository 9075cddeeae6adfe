"""Input that cannot become a report: one sentence that names the file, the page where one is known, and what to try."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from kb.cli import main
from tests.torture.bombs import pdf

CORPUS = Path(__file__).parents[2] / "corpus"
REPORT = CORPUS / "manufacturing-113-abridged.pdf"
PICTURE = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x7f EI Q"


def ingest(path: Path, db: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["ingest", str(path), "--db", str(db), *options])


def encrypted(path: Path) -> None:
    canvas = Canvas(str(path), encrypt=StandardEncryption("sesame", strength=128))
    canvas.drawString(72, 720, "nothing to see")
    canvas.save()


def without_pages(path: Path) -> None:
    data = pdf(b"").replace(b"/Kids [3 0 R] /Count 1", b"/Kids [     ] /Count 0")
    path.write_bytes(data.replace(b"/Type /Page /Parent", b"/Type /Sign /Parent"))


CASES: list[tuple[str, Callable[[Path], object], str]] = [
    (
        "encrypted.pdf",
        encrypted,
        "encrypted.pdf: the file is encrypted and asks for a password; give the right one with",
    ),
    ("torn.pdf", lambda p: p.write_bytes(b"%PDF-1.7\n" + REPORT.read_bytes()[40_000:41_000]), "torn.pdf: the PDF "),
    ("pageless.pdf", without_pages, "pageless.pdf: the PDF has no pages; download it again"),
    ("empty.pdf", lambda p: p.write_bytes(b""), "empty.pdf: the file is empty; download it again"),
    ("blank.txt", lambda p: p.write_text("\n \n"), "blank.txt: the file is empty; download it again"),
    ("white.pdf", lambda p: p.write_bytes(pdf(b"")), "white.pdf: no text on any page; check that it is the right file"),
    (
        "scan.pdf",
        lambda p: p.write_bytes(pdf(PICTURE)),
        "scan.pdf, page 1: the pages are pictures without text (a scan); run OCR",
    ),
    ("letter.pdf", lambda p: p.write_text("Dear reader,"), "letter.pdf: not a PDF, whatever its name says; open it"),
    ("zip.md", lambda p: p.write_bytes(b"PK\x03\x04\x00\x00" + bytes(range(256)) * 4), "zip.md: "),
    (
        "essay.md",
        lambda p: p.write_text("# 城市的樹\n\n行道樹使夏天涼爽。\n"),
        "essay.md: neither a title of a 成果報告 nor",
    ),
]


@pytest.mark.parametrize(("name", "make", "sentence"), CASES, ids=[name for name, _, _ in CASES])
def test_a_file_that_is_no_report(tmp_path: Path, name: str, make: Callable[[Path], object], sentence: str) -> None:
    path, db = tmp_path / name, tmp_path / "kb.db"
    make(path)
    result = ingest(path, db)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"failed: {sentence}")
    assert "; " in result.stderr
    assert result.stderr.count("\n") == 1
    assert "fault of the program" not in result.stderr
    with sqlite3.connect(db) as conn:
        assert conn.execute("select source_name, outcome from ingests").fetchall() == [(name, "failed")]
        assert conn.execute("select count(*) from reports").fetchone() == (0,)
    conn.close()


def test_a_wrong_password(tmp_path: Path) -> None:
    path = tmp_path / "encrypted.pdf"
    encrypted(path)
    result = ingest(path, tmp_path / "kb.db", "--password", "open")
    assert "encrypted.pdf: the password is wrong; give the right one with --password" in result.stderr


def test_the_right_password_opens(tmp_path: Path) -> None:
    path = tmp_path / "encrypted.pdf"
    encrypted(path)
    result = ingest(path, tmp_path / "kb.db", "--password", "sesame")
    assert "neither a title of a 成果報告" in result.stderr


def test_a_report_cut_in_the_middle_is_refused_or_told_to_be_damaged(tmp_path: Path) -> None:
    """Half a file has no cross-reference table; what is salvaged of it must not pass for the whole."""
    path = tmp_path / "half.pdf"
    data = REPORT.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    result = ingest(path, tmp_path / "kb.db")
    assert result.exit_code == 1
    assert result.stderr.startswith("failed: half.pdf")


def test_a_folder_with_nothing_to_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "notes.docx").write_bytes(b"PK")
    result = ingest(folder, tmp_path / "kb.db")
    assert result.exit_code == 1
    assert "in: no .pdf, .md, .txt file in this folder" in result.stderr


def test_a_bad_file_stops_no_good_one(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\nnothing")
    (folder / "b.md").write_bytes((CORPUS / "manufacturing-113-abridged.md").read_bytes())
    result = ingest(folder, tmp_path / "kb.db")
    assert result.exit_code == 1
    assert "failed: a.pdf" in result.stderr
    assert "added" in result.stdout


def test_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "essay.md"
    path.write_text("# 城市的樹\n")
    result = ingest(path, tmp_path / "nowhere/kb.db")
    assert result.exit_code == 1
    assert "kb.db: cannot be written" in result.stderr


def test_a_second_writer(tmp_path: Path) -> None:
    path, db = tmp_path / "essay.md", tmp_path / "kb.db"
    path.write_text("# 城市的樹\n")
    with Path(f"{db}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = ingest(path, db)
    assert result.exit_code == 1
    assert "another kb ingest is writing it; wait until it is done" in result.stderr
