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


NOWHERE = "網址有誤，或該筆資料不在收錄範圍。"
INTERRUPTED = "SQL Interrupted"
SAID = (
    ("Cannot sort table by", "不能依這一欄排序："),
    ("Cannot use _sort and _sort_desc", "不能同時由小到大與由大到小排序。"),
    ("Cannot search by that column", "不能在這一欄搜尋。"),
    ("Database not found", NOWHERE),
    ("Table not found", "沒有這張資料表。"),
    ("Record not found", "沒有這筆資料。"),
    ("Row not found", "沒有這筆資料。"),
    ("_size must be", "每頁筆數有誤，須為 1 至 1000 的整數。"),
    ("_where= is not allowed", "本站未開放自訂條件。"),
    ("_facet= is not allowed", "本站未開放自訂分組。"),
    ("no such column:", "沒有這一欄："),
    ("no such table:", "沒有這張資料表："),
    ("Statement must be a SELECT", "僅能執行 SELECT 查詢。"),
    ("Forbidden", "本站未開放此項功能。"),
    ("execute-sql", "本站未開放 SQL 查詢。請在資料表頁加條件、搜尋，或從「取用」下載整張資料表。"),
    ("Permission denied", "此頁僅供管理者使用。"),
    ("Invalid token", "此頁僅供管理者使用。"),
    ("Root token has already been used", "此頁僅供管理者使用。"),
    ("You do not have permission", "本站未開放此項資料。"),
    (
        "Database download is forbidden",
        "此處不提供下載整個資料庫：檔案就在啟動時 --db 所指之處。整張資料表請見「取用」。",
    ),
    ("404", NOWHERE),
    ("CSV streaming is disabled", "本站未開放此項功能；請用頁尾的下載連結。"),
)
"""How what Datasette says begins, and what is said instead; behind a colon its own last words stay."""


def in_chinese(words: str) -> str:
    """The sentence that a reader can act on; an SQL engine's own words, which have no other, as they are."""
    for english, chinese in SAID:
        if words.startswith(english):
            return chinese + words[len(english) :].strip(" :") if chinese.endswith("：") else chinese
    return words


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
            # Without a status of its own Datasette says 500, also for what is wrong with the address alone.
            status, words = (400 if exception.status == 500 else exception.status), str(exception.message)
            if exception.title == INTERRUPTED:
                words = "查詢逾時，請縮小範圍。"
        elif isinstance(exception, Base400):
            status, words = exception.status, str(exception.args[0] if exception.args else "")
        else:
            status, words = 500, str(exception)
            LOG.error("%s", request.path, exc_info=exception)
            if datasette.state.is_public:
                words = "程式發生錯誤，已記錄。"
        return await fault(datasette, request, status, words)

    return answer


@hookimpl  # type: ignore[untyped-decorator]
def forbidden(datasette: Site, request: Any, message: str) -> Callable[[], Awaitable[Any]]:
    """Datasette has a page of its own for it, in English and without a status for the template."""

    async def answer() -> Any:
        return await fault(datasette, request, 403, message)

    return answer


async def fault(datasette: Site, request: Any, status: int, words: str, whole: str = "") -> Any:
    """The answer that says what is wrong. `whole` is the address of a table whose conditions were not understood."""
    words = in_chinese(words)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": words, "status": status}, status=status)
    context = {"status": status, "error": words, "request": request, "whole": whole.partition(".")[0]}
    context["has_search"] = status == 404
    template = datasette.jinja_env.get_template("error.html")
    return Response.html(await template.render_async(context), status=status)
