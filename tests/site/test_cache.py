"""Answers from memory: the same ones, for the same file, host and address alone."""

from __future__ import annotations

import asyncio
import gzip
import shutil
from pathlib import Path

import pytest

from kb.site import cache
from kb.site.cache import Answer, Cache, cached
from kb.site.site import State


def request(app, *, path="/x", query=b"", method="GET", **headers):
    """Status, headers, body of one request."""
    sent = []

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query,
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()],
    }
    asyncio.run(app(scope, None, send))
    start = sent[0]
    return start["status"], dict(start["headers"]), b"".join(m.get("body", b"") for m in sent[1:])


class App:
    """Counts what it is asked; answers with its address and host."""

    def __init__(self, status=200, kind=b"text/html; charset=utf-8", size=2000, more=()):
        self.asked, self.status, self.kind, self.size, self.more = 0, status, kind, size, more

    async def __call__(self, scope, _receive, send):
        self.asked += 1
        body = (scope["path"] + str(dict(scope["headers"]).get(b"host"))).encode().ljust(self.size, b".")
        headers = [(b"content-type", self.kind), *self.more]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        half = len(body) // 2
        await send({"type": "http.response.body", "body": body[:half], "more_body": True})
        await send({"type": "http.response.body", "body": body[half:]})


@pytest.fixture
def state(tmp_path):
    db = tmp_path / "kb.db"
    db.write_bytes(b"1")
    return State(db)


def test_the_second_time_from_memory(state):
    app = App()
    kept = cached(state, Cache(), app)
    first, second = request(kept, host="a"), request(kept, host="a")
    assert first == second
    assert (app.asked, first[0], len(first[2])) == (1, 200, 2000)
    assert first[1][b"cache-control"] == b"no-cache"


def test_address_host_query_and_file_are_apart(state, tmp_path):
    app = App()
    kept = cached(state, Cache(), app)
    bodies = [
        request(kept, host="a")[2],
        request(kept, host="b")[2],
        request(kept, host="a", path="/y")[2],
        request(kept, host="a", query=b"p=1")[2],
    ]
    assert app.asked == 4
    assert bodies[0] != bodies[1]
    new = tmp_path / "new"
    new.write_bytes(b"2")
    new.replace(state.db)
    request(kept, host="a")
    assert app.asked == 5


def test_packed_and_unchanged(state):
    app = App()
    kept = cached(state, Cache(), app)
    plain = request(kept)
    packed = request(kept, accept_encoding="br, gzip")
    assert packed[1][b"content-encoding"] == b"gzip"
    assert gzip.decompress(packed[2]) == plain[2]
    assert len(packed[2]) == int(packed[1][b"content-length"])
    tag = plain[1][b"etag"].decode()
    assert request(kept, if_none_match=tag)[::2] == (304, b"")
    assert request(kept, if_none_match='W/"else"')[0] == 200
    assert request(kept, method="HEAD")[::2] == (200, b"")
    assert app.asked == 1


def test_pictures_are_kept_as_they_are(state):
    app = App(kind=b"image/png", more=[(b"cache-control", b"public, max-age=9")])
    kept = cached(state, Cache(), app)
    request(kept)
    status, headers, body = request(kept, accept_encoding="gzip")
    assert (app.asked, status, len(body)) == (1, 200, app.size)
    assert b"content-encoding" not in headers
    assert headers[b"cache-control"] == b"public, max-age=9"


@pytest.mark.parametrize(
    "app",
    [
        App(status=404),
        App(status=500),
        App(kind=b"application/octet-stream"),
        App(more=[(b"set-cookie", b"a=b")]),
        App(size=cache.MOST_OF_ONE + 10),
    ],
)
def test_what_is_not_kept(state, app):
    kept = cached(state, Cache(), app)
    first, second = request(kept), request(kept)
    assert first == second
    assert app.asked == 2
    assert len(first[2]) == app.size


@pytest.mark.parametrize("headers", [{"authorization": "x"}, {"cookie": "ds_actor=x"}])
def test_who_is_signed_in_asks_anew(state, headers):
    app = App()
    kept = cached(state, Cache(), app)
    request(kept, **headers)
    request(kept, **headers)
    assert app.asked == 2


def test_writing_methods_pass(state):
    app = App()
    kept = cached(state, Cache(), app)
    for _ in range(2):
        request(kept, method="POST")
    assert app.asked == 2


def test_it_holds_no_more_than_it_may(monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", 1000)
    kept = Cache()
    for number in range(10):
        kept.put((number,), Answer((), b"x" * 300, None, b""))
        kept.get((0,))
    assert [n for n in range(10) if kept.get((n,))] == [0, 8, 9]
    kept.put((9,), Answer((), b"x" * 900, None, b""))
    assert [n for n in range(10) if kept.get((n,))] == [9]


def test_a_new_file_shows_at_once(sites, many, edition, tmp_path):
    db = Path(shutil.copy(many, tmp_path / "kb.db"))
    site = sites(db)
    assert "4 份年度成果報告" in site.get("/").text
    shutil.copy(edition, tmp_path / "new.db")
    (tmp_path / "new.db").replace(db)
    assert "1 份年度成果報告" in site.get("/").text
    assert site.get("/search.json?q=公車").json()["total"] != site.get("/search.json?q=水泥").json()["total"] > 0
