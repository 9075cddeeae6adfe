"""Search in Chinese for Datasette's own boxes: its pages and JSON API ask through the SQL function `escape_fts`."""

from __future__ import annotations

import sqlite3

from datasette import hookimpl
from markupsafe import Markup, escape

from kb.highlight import Marked, mark, passage
from kb.search import match_expression


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Put ours in the place of Datasette's `escape_fts`, which it registers first.

    `highlight_html(text, query)` and `passage_html(text, query)` give escaped HTML with `<mark>` around what was found.
    """
    conn.create_function("escape_fts", 1, _expression, deterministic=True)
    conn.create_function("highlight_html", 2, highlight_html, deterministic=True)
    conn.create_function("passage_html", 2, passage_html, deterministic=True)


def _expression(query: object) -> str:
    return match_expression("" if query is None else str(query))


def highlight_html(text: str | None, query: str | None) -> str:
    """The whole text as safe HTML."""
    return _html(mark(text or "", query or ""))


def passage_html(text: str | None, query: str | None) -> str:
    """The part of the text that shows the words, as safe HTML."""
    return _html(passage(text or "", query or ""))


def _html(marked: Marked) -> str:
    return "".join(Markup("<mark>{}</mark>").format(t) if is_hit else escape(t) for t, is_hit in marked.pieces())
