"""What a visitor sees where something went wrong, in place of Datasette's own, which prints a screen of traceback for
every mistyped address and shows strangers what broke."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.plugins import pm
from datasette.utils.asgi import Base400, Response
from datasette.views.base import DatasetteError

from kb.site.site import Site

DATASETTES = "datasette.handle_exception"
LOG = logging.getLogger("kb.site")


def take_over() -> None:
    """Let nobody else answer for a fault."""
    if pm.get_plugin(DATASETTES) is not None:
        pm.unregister(name=DATASETTES)


@hookimpl  # type: ignore[untyped-decorator]
def handle_exception(datasette: Site, request: Any, exception: Exception) -> Callable[[], Awaitable[Any]]:
    """A page, or JSON for who asked for JSON. A fault of the program is logged with its trace; strangers are told no
    more than that it is one."""

    async def answer() -> Any:
        if isinstance(exception, DatasetteError):
            status, words = exception.status, str(exception.message)
        elif isinstance(exception, Base400):
            status, words = exception.status, str(exception.args[0] if exception.args else "")
        else:
            status, words = 500, str(exception)
            LOG.error("%s", request.path, exc_info=exception)
            if datasette.state.is_public:
                words = "程式發生錯誤，已記錄。"
        if request.path.endswith(".json"):
            return Response.json({"ok": False, "error": words, "status": status}, status=status)
        context = {"status": status, "error": words, "request": request}
        template = datasette.jinja_env.get_template("error.html")
        return Response.html(await template.render_async(context), status=status)

    return answer
