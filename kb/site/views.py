"""Our own pages as Datasette's routes."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Response

from kb.site.cite import NAME
from kb.site.pages import PAGES, Page
from kb.site.site import Asked, Site

View = Callable[..., Awaitable[Any]]

TIME_LIMIT_MS = 4000
"""Of one page's questions to the database together, each. A page that takes longer is an error page."""


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, View]]:
    """Every page, and the pictures of reports' pages."""
    return [(page.route, _view(page)) for page in PAGES]


def _view(page: Page) -> View:
    async def view(request: Any, datasette: Site) -> Any:
        asked = Asked(
            request.url_vars,
            request.args,
            datasette.state,
            f"{request.scheme}://{request.host}",
        )

        def gather(conn: sqlite3.Connection) -> dict[str, Any] | None:
            with sqlite_timelimit(conn, TIME_LIMIT_MS):
                return page.build(conn, asked)

        context = await datasette.get_database(NAME).execute_fn(gather)
        if context is None:
            raise NotFound("查無此頁")
        template = context.get("template", page.template)
        return Response.html(await datasette.render_template(template, {"asked": asked, **context}, request=request))

    return view
