"""What stands before every page: what may be asked at all, headers that protect the reader, and a cache.

In order, outermost first: `guarded` refuses, `cached` answers what it has, `plain_words` takes the full-text engine's
own query language out of the address, `in_stored_words` puts conditions into the words of the database, then Datasette.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl

from kb.site.asking import in_stored_words
from kb.site.cache import Cache, cached
from kb.site.cite import NAME
from kb.site.site import Site, State

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
Headers = Iterable[tuple[bytes, bytes]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""No page needs more: no inline script or style, nothing from elsewhere."""
PROTECTION: Headers = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-frame-options", b"DENY"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
LONGEST_QUERY, MOST_PARAMETERS = 2000, 40
"""Of an address on a public site. The longest that our pages make has 400 characters."""
OURS = ("/-/page/", "/-/static/", "/static/", "/-/search")
"""Paths under `/-/` that strangers may ask for; the others tell of the machine."""


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Site) -> Callable[[App], App]:
    """All of it around Datasette."""
    state = datasette.state
    cache = Cache()

    def wrap(app: App) -> App:
        return guarded(state, cached(state, cache, plain_words(in_stored_words(datasette, app))))

    return wrap


def guarded(state: State, app: App) -> App:
    """Refuse what a public site does not answer; put the protecting headers on every answer."""

    async def guard(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_protected(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                given = [h for h in message.get("headers", []) if h[0].lower() not in _PROTECTED]
                message = {**message, "headers": [*given, *PROTECTION]}
            await send(message)

        refusal = _refusal(state, scope) if state.is_public else None
        if refusal is None:
            await app(scope, receive, send_protected)
        else:
            await answer(send_protected, *refusal)

    return guard


_PROTECTED = {name for name, _ in PROTECTION}


def _refusal(state: State, scope: Scope) -> tuple[int, str] | None:
    """Status and sentence for what is not answered, None for what is."""
    if scope["method"] not in ("GET", "HEAD"):
        return 405, "本站僅供閱讀"
    path: str = scope["path"]
    if path.startswith("/-/") and not path.startswith(OURS):
        return 404, "查無此頁"
    if path == f"/{NAME}.db" and not state.may_download:
        return 403, "本站未開放下載整個資料庫"
    query: bytes = scope.get("query_string", b"")
    if len(query) > LONGEST_QUERY or query.count(b"&") >= MOST_PARAMETERS:
        return 414, "查詢條件過長"
    return None


async def answer(send: Any, status: int, sentence: str) -> None:
    """One sentence as a whole answer."""
    body = sentence.encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def plain_words(app: App) -> App:
    """Take `_searchmode` out of every address: the engine's own language answers Chinese words with nothing, and a
    stray quotation mark with an error page."""

    async def without_raw_search(scope: Scope, receive: Any, send: Any) -> None:
        if b"_searchmode" in scope.get("query_string", b""):
            kept = [
                (name, value)
                for name, value in parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
                if name != "_searchmode"
            ]
            scope = {**scope, "query_string": urlencode(kept).encode("latin-1")}
        await app(scope, receive, send)

    return without_raw_search
