"""Our own pages as Datasette's routes."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Response

from kb.site.cite import NAME
from kb.site.faults import NOWHERE
from kb.site.pages import PAGES, Page
from kb.site.site import Asked, NotThere, Site

View = Callable[..., Awaitable[Any]]

TIME_LIMIT_MS = 4000
"""Of one page's questions to the database together, each. A page that takes longer is an error page."""


DEVELOPERS = (r"^/-/allow-debug$", r"^/-/messages$", r"^/-/patterns$")
"""Of Datasette: forms that try out permissions, messages and its own styles, in English."""


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, View]]:
    """Every page; and none where Datasette has pages for who writes plugins."""
    return [(page.route, _view(page)) for page in PAGES] + [(route, _absent) for route in DEVELOPERS]


async def _absent() -> Any:
    raise NotFound(NOWHERE)


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

        try:
            context = await datasette.get_database(NAME).execute_fn(gather)
        except NotThere as error:
            raise NotFound(str(error)) from error
        if context is None:
            raise NotFound(NOWHERE)
        template = context.get("template", page.template)
        return Response.html(await datasette.render_template(template, {"asked": asked, **context}, request=request))

    return view
