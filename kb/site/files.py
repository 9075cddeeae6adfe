"""Routes that give files: the pictures of reports' pages, search as JSON, and what is taken away."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from typing import Any

from datasette import hookimpl
from datasette.utils import sqlite_timelimit, tilde_decode
from datasette.utils.asgi import AsgiFileDownload, NotFound, Response
from datasette.views.table import TableView

from kb import schema
from kb.site import taking
from kb.site.cite import NAME, search_path
from kb.site.pages import search
from kb.site.pictures import PageUnavailable
from kb.site.site import Asked, Site, row
from kb.site.writing import Order, TooMuch

FOREVER = "public, max-age=31536000, immutable"
"""A page's picture has the digest of its file in its address: it never changes."""
FORMS = "|".join(form for form in taking.MEDIA_TYPES if form != "json")
"""JSON has two uses under one address: pages for programs, and the whole to take away."""


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Any]]:
    """In front of Datasette's own: its CSV is mojibake in Excel and runs formulas."""
    return [
        (r"^/-/page/(?P<sha256>[0-9a-f]{64})/(?P<page>[1-9][0-9]{0,4})\.png$", picture),
        (r"^/search\.json$", search_json),
        # Where others look for a search over everything.
        (r"^/-/search\.json$", search_json),
        (r"^/-/search$", search_elsewhere),
        (rf"^/search\.(?P<form>{FORMS})$", take_search),
        (rf"^/{NAME}/(?P<table>[a-z_]+)\.(?P<form>{FORMS})$", take_table),
        (rf"^/(?P<database>{NAME})/(?P<table>[a-z_]+)\.(?P<format>json)$", table_json),
    ]


async def picture(request: Any, datasette: Site) -> Any:
    """A page of a report that is in the database, as PNG."""
    sha256, page = request.url_vars["sha256"], int(request.url_vars["page"])
    state = datasette.state

    def draw(conn: sqlite3.Connection) -> bytes:
        report = row(conn, "select sha256, media_type from reports where sha256 = ?", sha256)
        original = state.original(report) if report else None
        if original is None:
            raise PageUnavailable("查無此頁圖")
        return state.pictures.png(original, page)

    try:
        drawn = await datasette.get_database(NAME).execute_fn(draw)
    except PageUnavailable as error:
        raise NotFound(str(error)) from error
    return AsgiBytes(drawn, "image/png", {"Cache-Control": FOREVER})


class AsgiBytes:
    """Bytes as a whole answer."""

    def __init__(self, body: bytes, content_type: str, headers: dict[str, str]) -> None:
        self.body, self.headers = body, {"Content-Type": content_type, **headers}

    async def asgi_send(self, send: Any) -> None:
        """As Datasette calls an answer."""
        headers = [(n.lower().encode(), v.encode()) for n, v in self.headers.items()]
        headers.append((b"content-length", str(len(self.body)).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


async def search_json(request: Any, datasette: Site) -> Any:
    """The search page as data; all hits where a bare list is asked for."""
    if taking.is_whole(request.args):
        return await _take_search(request, datasette, "json")
    asked = Asked({}, request.args, datasette.state)

    def gather(conn: sqlite3.Connection) -> dict[str, Any]:
        with sqlite_timelimit(conn, 4000):
            return search.as_json(conn, asked)

    found = await datasette.get_database(NAME).execute_fn(gather)
    return Response(json.dumps(found, ensure_ascii=False), content_type="application/json; charset=utf-8")


async def search_elsewhere(request: Any) -> Any:
    """The address of datasette-search-all leads to our own search, which finds the same: the script in its page would
    not run under the site's policy."""
    return Response.redirect(search_path(request.args.get("q") or ""))


async def take_table(request: Any, datasette: Site) -> Any:
    """The rows of a table's page, all of them, under its filters and in its order."""
    return await _take_table(request, datasette, request.url_vars["form"])


async def table_json(request: Any, datasette: Site, send: Any) -> Any:
    """All rows where a bare list is asked for, else Datasette's page of them."""
    if taking.is_whole(request.args):
        return await _take_table(request, datasette, "json")
    return await TableView.as_view(datasette)(request, send)


async def _take_table(request: Any, datasette: Site, form: str) -> Any:
    table = schema.tables().get(tilde_decode(request.url_vars["table"]))
    if table is None:
        raise NotFound("沒有這張資料表。")
    sql, values = await taking.query_of(datasette, table.name, request.query_string)
    return await _taken(request, datasette, Order(table.name, sql, values, form))


async def take_search(request: Any, datasette: Site) -> Any:
    """All hits of a search, in the order of their rank."""
    return await _take_search(request, datasette, request.url_vars["form"])


async def _take_search(request: Any, datasette: Site, form: str) -> Any:
    asked = Asked({}, request.args, datasette.state)
    sql, values = await datasette.get_database(NAME).execute_fn(lambda conn: taking.query_of_search(conn, asked))
    return await _taken(request, datasette, Order("passages", sql, values, form))


async def _taken(request: Any, datasette: Site, order: Order) -> Any:
    base = f"{request.scheme}://{request.host}"
    try:
        path = await asyncio.to_thread(taking.take, datasette.state, order, base)
    except TooMuch as error:
        return Response.text(str(error), status=413)
    except taking.Busy as error:
        return Response.text(str(error), status=503)
    name = f"{order.table}.{order.form}"
    return AsgiFileDownload(str(path), filename=name, content_type=taking.MEDIA_TYPES[order.form])
