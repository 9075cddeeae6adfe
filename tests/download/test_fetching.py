"""Downloads from a server that stalls, cuts off and lies."""

import hashlib
import json
from dataclasses import replace

import pytest

from kb.download import DownloadFailed, Limits, fetch
from tests.download.server import ETAG, PDF, leftovers, serving

QUICK = Limits(silence=0.4, whole=20.0, tries=4, pause=0.0)


def get(server, folder, path="/report.pdf", limits=QUICK):
    return fetch(f"{server.url}{path}", folder, limits, sleep=lambda _: None)


def test_a_file_is_kept_with_its_source(tmp_path):
    with serving(lambda r: r.pdf()) as server:
        path = get(server, tmp_path / "new" / "folder")
    assert path.name == "report.pdf"
    assert path.read_bytes() == PDF
    source = json.loads(path.with_name("report.pdf.source.json").read_text(encoding="utf-8"))
    assert source.pop("fetched_at").endswith("+00:00")
    assert source == {
        "name": "report.pdf",
        "url": f"{server.url}/report.pdf",
        "sha256": hashlib.sha256(PDF).hexdigest(),
        "bytes": len(PDF),
        "etag": ETAG,
        "last_modified": None,
    }
    assert leftovers(path.parent) == []


def test_a_file_that_did_not_change_is_not_sent_again(tmp_path):
    def behave(request):
        if request.asked("If-None-Match") == ETAG:
            request.answer(304)
        else:
            request.pdf()

    with serving(behave) as server:
        first, second = get(server, tmp_path), get(server, tmp_path)
    assert first == second
    assert [r.asked("If-None-Match") for r in server.requests] == [None, ETAG]


def test_a_file_that_was_changed_here_is_fetched_again(tmp_path):
    with serving(lambda r: r.pdf()) as server:
        get(server, tmp_path).write_bytes(b"%PDF- changed %%EOF")
        assert get(server, tmp_path).read_bytes() == PDF
    assert server.requests[1].asked("If-None-Match") is None
    assert len([p for p in tmp_path.iterdir() if p.suffix == ".pdf"]) == 2


def test_another_file_of_the_same_name_does_not_overwrite(tmp_path):
    other = PDF.replace(b"%PDF-1.7", b"%PDF-1.6")
    with serving(lambda r: r.answer(body=PDF if r.path == "/a/x.pdf" else other)) as server:
        paths = [get(server, tmp_path, path) for path in ("/a/x.pdf", "/b/x.pdf")]
    assert [p.read_bytes() for p in paths] == [PDF, other]
    assert paths[1].name == f"x-{hashlib.sha256(other).hexdigest()[:8]}.pdf"


def test_redirects_are_followed(tmp_path):
    def behave(request):
        if request.path == "/report.pdf":
            request.answer(302, location="/second?id=1")
        elif request.path == "/second?id=1":
            request.answer(301, body=b"moved", location="files/113.pdf")
        else:
            request.pdf()

    with serving(behave) as server:
        assert get(server, tmp_path).name == "113.pdf"


@pytest.mark.parametrize(
    ("location", "says"),
    [
        ("/report.pdf", "redirects without end"),
        ("ftp://127.0.0.1/x.pdf", "not encrypted"),
        ("http://127.0.0.1:x/", "Invalid URL in location"),
    ],
)
def test_redirects_that_lead_nowhere(tmp_path, location, says):
    with serving(lambda r: r.answer(302, location=location)) as server, pytest.raises(DownloadFailed, match=says):
        get(server, tmp_path)


def test_a_broken_connection_goes_on_from_the_last_byte(tmp_path):
    def behave(request):
        start = request.first_byte()
        if request.number < 4:
            request.pdf(start, start + 90_000)
            request.cut()
        else:
            request.pdf(start)

    with serving(behave) as server:
        assert get(server, tmp_path).read_bytes() == PDF
    asked = [r.first_byte() for r in server.requests]
    assert asked[0] == 0
    assert asked == sorted(asked)
    assert asked[-1] > 90_000
    assert {r.asked("If-Range") for r in server.requests[1:]} == {ETAG}


def test_a_later_run_goes_on_too(tmp_path):
    def behave(request):
        start = request.first_byte()
        request.pdf(start, None if start else 90_000)
        if not start:
            request.cut()

    with serving(behave) as server:
        with pytest.raises(DownloadFailed, match="the connection broke"):
            get(server, tmp_path, limits=replace(QUICK, tries=1))
        assert get(server, tmp_path).read_bytes() == PDF
    assert server.requests[1].first_byte() > 0
    assert leftovers(tmp_path) == []


def test_a_server_that_stalls_is_asked_again(tmp_path):
    def behave(request):
        start = request.first_byte()
        if request.number == 1:
            request.pdf(0, 1000)
            request.stall()
        else:
            request.pdf(start)

    with serving(behave) as server:
        assert get(server, tmp_path).read_bytes() == PDF


def test_a_server_that_always_stalls_is_given_up(tmp_path):
    with serving(lambda r: r.stall()) as server, pytest.raises(DownloadFailed, match=r"nothing came for 0\.2 seconds"):
        get(server, tmp_path, limits=replace(QUICK, silence=0.2, tries=2))
    assert len(server.requests) == 2


def test_a_trickle_ends_with_the_time_for_the_whole(tmp_path):
    def behave(request):
        request.pdf(0, 1)
        for at in range(1, 200):
            request.handler.wfile.write(PDF[at : at + 1])
            request.release.wait(0.05)

    limits = replace(QUICK, whole=0.5)
    with serving(behave) as server, pytest.raises(DownloadFailed, match=r"not whole within 0\.5 seconds"):
        get(server, tmp_path, limits=limits)
    assert len(server.requests) == 1


def test_a_file_that_changed_meanwhile_is_fetched_anew(tmp_path):
    other = PDF.replace(b"%PDF-1.7", b"%PDF-1.6")

    def behave(request):
        if request.number == 1:
            request.pdf(0, 90_000)
            request.cut()
        else:
            # If-Range names the old edition, so the answer is the whole new one.
            request.answer(200, other, etag='"edition-2"')

    with serving(behave) as server:
        assert get(server, tmp_path).read_bytes() == other


@pytest.mark.parametrize("content_range", ["bytes 5-99/100", "bytes */100", "nonsense", ""])
def test_a_part_that_was_not_asked_for_is_thrown_away(tmp_path, content_range):
    def behave(request):
        if request.number == 1:
            request.pdf(0, 90_000)
            request.cut()
        elif request.number == 2:
            request.answer(206, b"wrong bytes", content_range=content_range, etag=ETAG)
        else:
            request.pdf(request.first_byte())

    with serving(behave) as server:
        assert get(server, tmp_path).read_bytes() == PDF
    assert server.requests[2].first_byte() == 0


def test_a_range_behind_the_end_starts_anew(tmp_path):
    def behave(request):
        if request.number == 1:
            request.pdf(0, 90_000)
            request.cut()
        elif request.first_byte():
            request.answer(416)
        else:
            request.pdf()

    with serving(behave) as server:
        assert get(server, tmp_path).read_bytes() == PDF


def test_a_server_that_knows_no_ranges(tmp_path):
    def behave(request):
        request.pdf(0, 90_000 if request.number == 1 else None)
        if request.number == 1:
            request.cut()

    with serving(behave) as server:
        assert get(server, tmp_path).read_bytes() == PDF


def test_a_length_that_is_too_large_is_no_whole_file(tmp_path):
    def behave(request):
        request.pdf(content_length=str(len(PDF) + 50), etag="")
        request.cut()

    with serving(behave) as server, pytest.raises(DownloadFailed, match="the connection broke"):
        get(server, tmp_path)
    assert len(server.requests) == QUICK.tries
    assert not list(tmp_path.glob("*.pdf"))


def test_a_length_that_is_too_small_is_no_whole_file(tmp_path):
    with (
        serving(lambda r: r.pdf(content_length="90000")) as server,
        pytest.raises(DownloadFailed, match="without its end"),
    ):
        get(server, tmp_path)
    assert not list(tmp_path.glob("*.pdf"))


@pytest.mark.parametrize("length", [str(10**12), ""])
def test_too_large_a_file(tmp_path, length):
    def behave(request):
        request.answer(body=PDF, content_length=length, connection="close")
        request.handler.close_connection = True

    limits = replace(QUICK, most_bytes=1000)
    with serving(behave) as server, pytest.raises(DownloadFailed, match="1,000"):
        get(server, tmp_path, limits=limits)
    assert len(server.requests) == 1
    assert leftovers(tmp_path) == []


@pytest.mark.parametrize(
    ("body", "media_type", "says"),
    [
        (b"<!DOCTYPE html><html><body>please log in</body></html>", "text/html", "a web page"),
        (b"<html>not found</html>", "application/pdf", "a web page"),
        (b"PK\x03\x04 zip", "application/zip", "application/zip, no PDF"),
        (b"", "application/pdf", "an empty file"),
    ],
)
def test_what_is_no_report(tmp_path, body, media_type, says):
    server_ = serving(lambda r: r.answer(body=body, content_type=media_type))
    with server_ as server, pytest.raises(DownloadFailed, match=says):
        get(server, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_an_answer_that_says_no_is_final(tmp_path, status):
    with serving(lambda r: r.answer(status)) as server, pytest.raises(DownloadFailed, match=str(status)):
        get(server, tmp_path)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_answer_that_says_later_is_tried_again(tmp_path, status):
    pauses = []
    with serving(lambda r: r.answer(status) if r.number < 3 else r.pdf()) as server:
        path = fetch(f"{server.url}/report.pdf", tmp_path, replace(QUICK, pause=1.0), sleep=pauses.append)
    assert path.read_bytes() == PDF
    assert pauses == [1.0, 2.0]


def test_packed_content_that_nobody_asked_for(tmp_path):
    server_ = serving(lambda r: r.answer(body=b"\x1f\x8b", content_encoding="gzip"))
    with server_ as server, pytest.raises(DownloadFailed, match="packed"):
        get(server, tmp_path)
    assert server.requests[0].asked("Accept-Encoding") == "identity"


def test_nobody_listens(tmp_path):
    with serving(lambda r: r.pdf()) as server:
        pass
    with pytest.raises(DownloadFailed, match="the connection broke"):
        get(server, tmp_path)


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://x/y.pdf", "https://", "http://127.0.0.1:x/", "report.pdf"]
)
def test_what_is_no_address(tmp_path, url):
    with pytest.raises(DownloadFailed, match="no address"):
        fetch(url, tmp_path)


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DownloadFailed, match="cannot be made"):
        fetch("https://example.org/x.pdf", tmp_path / "file" / "folder")


def test_text_is_kept_as_text(tmp_path):
    body = "# 成果報告\n".encode()
    with serving(lambda r: r.answer(body=body, content_type="text/markdown; charset=utf-8")) as server:
        path = get(server, tmp_path, "/report")
    assert (path.name, path.read_bytes()) == ("report.md", body)
