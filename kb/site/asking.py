"""What an address asks of a table: its conditions understood, what is none of ours ignored or refused.

Datasette compares every unknown parameter with a column that is not there, and shows an empty table: a link out of a
newsletter (`utm_source=…`) found nothing, and so did a mistyped name. In front of it each address is put into the words
of the database, for pages, JSON and files alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import regex
from datasette.filters import Filters
from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import Request

from kb import schema
from kb.site.cite import NAME
from kb.site.conditions import WITHOUT_VALUE, Condition, translated
from kb.site.faults import fault
from kb.site.readers import NotUnderstood
from kb.site.site import Site

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
Pairs = list[tuple[str, str]]

TABLE = regex.compile(rf"/{NAME}/(?P<table>[a-z_]+)(?:\.[a-z]+)?")
TRACKING = regex.compile(
    r"(?:utm|mc|pk|mtm|matomo|piwik|hsa|oly|vero|ga|_hs|__hs)_\w+|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|gad|igshid|igsh"
    r"|msclkid|yclid|twclid|ttclid|li_fat_id|_ga|_gl|_hsenc|_hsmi|_openstat|mkt_tok|ref_src|ref_url|spm|wt_mc|si"
)
"""What newsletters, search engines and social media hang on a link. No column is called so."""
OPERATORS = frozenset(name for name, _, _ in Filters([]).lookups())
SPECIAL = regex.compile(
    r"_(?:(?:no)?col|search(?:mode|_\w+)?|sort(?:_desc|_by_desc)?|next|size|shape|labels?|nl|json(?:_infinity)?|trace|ttl"
    r"|stream|dl|header|extras?|no(?:count|facet|suggest)|where|through|facet(?:_size)?|fts_(?:table|pk)|timelimit"
    r"|facet_(?:list|total|array|date)|filter_(?:column|op|value)(?:_\d+)?)"
)
"""Parameters of Datasette 0.65 and of our facets that are about a table's page."""
FACETS = ("_facet", "_facet_list", "_facet_total", "_facet_array", "_facet_date")
TIME_LIMIT_MS = 1000


def understood(conn: sqlite3.Connection, table: schema.Table, pairs: Iterable[tuple[str, str]]) -> Pairs:
    """The parameters in the words of the database. Raises `NotUnderstood`."""
    asked = [(name, value) for name, value in pairs if not TRACKING.fullmatch(name)]
    if dict(asked).get("_filter_value", "").strip() and not dict(asked).get("_filter_column"):
        raise NotUnderstood("加條件時請先選欄位")
    found: Pairs = []
    for name, value in asked:
        if name in FACETS and value not in table.names and not value.startswith("{"):
            raise NotUnderstood(f"沒有這一欄：{value}")
        if SPECIAL.fullmatch(name):
            found.append((name, value))
        else:
            found += [c.pair for c in _conditions(conn, table, name, value)]
    return found


def _conditions(conn: sqlite3.Connection, table: schema.Table, name: str, value: str) -> list[Condition]:
    column, _, operator = name.rpartition("__") if "__" in name else (name, "", "exact")
    if column not in table.names:
        raise NotUnderstood(f"{'沒有這個參數' if column.startswith('_') else '沒有這一欄'}：{column}")
    if operator not in OPERATORS:
        raise NotUnderstood(f"沒有這種條件：{name}")
    if not value.strip() and operator not in WITHOUT_VALUE:
        # A field of a form that was left empty.
        return []
    return translated(conn, table, Condition(column, operator, value.strip()))


def in_stored_words(datasette: Site, app: App) -> App:
    """Put the address of a table into the words of the database, or say what in it is not understood."""

    async def ask(scope: Scope, receive: Any, send: Any) -> None:
        found = TABLE.fullmatch(scope["path"]) if scope.get("query_string") else None
        table = schema.tables().get(found["table"]) if found else None
        if table is None:
            await app(scope, receive, send)
            return
        told = parse_qsl(_text(scope["query_string"]), keep_blank_values=True)

        def read(conn: sqlite3.Connection) -> Pairs:
            with sqlite_timelimit(conn, TIME_LIMIT_MS):
                return understood(conn, table, told)

        try:
            pairs = await datasette.get_database(NAME).execute_fn(read)
        except NotUnderstood as error:
            response = await fault(datasette, Request(scope, receive), 400, str(error), whole=scope["path"])
            await response.asgi_send(send)
            return
        await app({**scope, "query_string": urlencode(pairs).encode()}, receive, send)

    return ask


def _text(query: bytes) -> str:
    """Some programs send Chinese words as they are, without per cent signs."""
    try:
        return query.decode()
    except UnicodeDecodeError:
        return query.decode("latin-1")
