"""What a request may not ask: the full-text engine's own query language, which answers Chinese words with nothing and a
stray quotation mark with an error page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[App], App]:
    """Take `_searchmode` out of every query string, so that words are words."""

    def wrap(app: App) -> App:
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

    return wrap
