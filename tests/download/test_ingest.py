"""`kb ingest https://…`: from the address to the knowledge base."""

import hashlib
import json
from pathlib import Path

import pytest

from tests.download.server import serving
from tests.kb.conftest import kb, write  # noqa: F401  # fixtures


@pytest.fixture
def body(write):  # noqa: F811
    """A file that stands for a report."""
    return write("sent.pdf").read_bytes() + b"\n"


@pytest.fixture(autouse=True)
def _pdf_end(monkeypatch):
    # Files that stand for reports are no real PDFs.
    monkeypatch.setattr("kb.download.partial.PDF_END", b"")


def test_an_address_becomes_a_report(kb, body):  # noqa: F811
    disposition = "attachment; filename*=UTF-8''%E9%81%8B%E8%BC%B8%E5%A0%B1%E5%91%8A.pdf"

    def behave(request):
        if request.path == "/latest":
            request.answer(302, location="/download?id=7")
        else:
            request.answer(body=body, content_type="application/pdf", content_disposition=disposition)

    with serving(behave) as server:
        done = kb("ingest", f"{server.url}/latest")
    assert done.exit_code == 0, done.output
    assert "transport-113" in done.stdout
    path = Path("downloads") / "運輸報告.pdf"
    assert path.read_bytes() == body
    source = json.loads(path.with_name(path.name + ".source.json").read_text(encoding="utf-8"))
    assert source["url"] == f"{server.url}/latest"
    assert source["sha256"] == hashlib.sha256(body).hexdigest()
    kept = Path("kb.db.files") / f"{source['sha256']}.pdf"
    assert kept.read_bytes() == body


def test_an_address_that_fails_leaves_the_others_be(kb, write):  # noqa: F811
    other = write("other.pdf", roc_year=112)
    with serving(lambda r: r.answer(404)) as server:
        done = kb("ingest", f"{server.url}/gone.pdf", other)
    assert done.exit_code == 1
    assert "gone.pdf: the server answers 404" in done.output
    assert "transport-112" in done.stdout


@pytest.mark.usefixtures("body")
def test_an_address_that_fails_alone_makes_no_database(kb):  # noqa: F811
    with serving(lambda r: r.answer(body=b"<html>", content_type="text/html")) as server:
        done = kb("ingest", f"{server.url}/page")
    assert done.exit_code == 1
    assert "gives a web page" in done.output
    assert not Path("kb.db").exists()


def test_a_path_that_is_not_there_is_a_usage_error(kb):  # noqa: F811
    assert kb("ingest", "missing.pdf").exit_code == 2
