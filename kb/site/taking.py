"""Files to take away: the rows of a page under its filters as CSV for Excel, XLSX, Parquet or JSON, with citations.

A file is written in a process of its own (`kb.site.writing`) and kept on disk until the database changes.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore, Lock
from typing import Any
from urllib.parse import parse_qsl, urlencode

from kb import ranked
from kb.search import match_expression
from kb.site import cite
from kb.site.pages.search import asked_filters
from kb.site.site import Asked, Site, State
from kb.site.writing import TOO_MUCH, Order, TooMuch

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json; charset=utf-8",
}
SECONDS = 120
"""For one file. 70,000 figures take 27 s as XLSX, 6 s as CSV, about as long as JSON, 3 s as Parquet."""
KEPT = 24
"""Files kept at the same time."""
WAITING = 60
"""Seconds that a request waits for its turn; two files are written at the same time."""
NOT_MINE = {"_next", "_size", "_shape", "_labels", "_nl", "_json", "_trace", "_ttl", "_stream", "_dl", "_header"}
"""Parts of an address that are about a page of rows, not about the rows."""


def is_whole(query: Any) -> bool:
    """Whether JSON is asked for as a bare list of all rows (`_shape=array`), not as a page of them.

    A list has no place that says there is more, so it is whole, unless the address names a size. Other shapes are
    Datasette's: pages, each with the address of the next one.
    """
    return query.get("_shape") == "array" and query.get("_size") in (None, "", "max") and not query.get("_nl")


class Busy(Exception):
    """Others are waiting already, or the file took too long."""


async def query_of(datasette: Site, table: str, query_string: str) -> tuple[str, dict[str, Any]]:
    """The statement behind a table's page, without its limit: Datasette is asked for no rows, and says it.

    Raises what Datasette raises on a bad address.
    """
    kept = [p for p in parse_qsl(query_string, keep_blank_values=True) if p[0] not in NOT_MINE]
    more = [("_size", "0"), ("_nocount", "1"), ("_nofacet", "1"), ("_nosuggest", "1")]
    answer = await datasette.client.get(f"/{cite.NAME}/{table}.json?{urlencode([*kept, *more])}")
    told = answer.json()
    if answer.status_code != 200:
        raise datasette_error(told, answer.status_code)
    sql, _, _ = told["query"]["sql"].rpartition(" limit ")
    return sql, told["query"]["params"]


def datasette_error(told: Mapping[str, Any], status: int) -> Exception:
    """As Datasette shows it."""
    from datasette.views.base import DatasetteError  # noqa: PLC0415

    error: Exception = DatasetteError(str(told.get("error", "")), status=status)
    return error


def query_of_search(conn: sqlite3.Connection, asked: Asked) -> tuple[str, dict[str, Any]]:
    """The statement behind a search: its passages in the order of their rank."""
    query, filters = asked.text("q").strip(), asked_filters(asked).by_names_today(conn)
    return ranked.everything(filters), ranked.values(match_expression(query), filters)


class _Kept:
    """Files by what was ordered, the last ones."""

    def __init__(self) -> None:
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._files: OrderedDict[tuple[object, ...], Path] = OrderedDict()
        self._lock, self._number = Lock(), 0

    def get(self, key: tuple[object, ...]) -> Path | None:
        with self._lock:
            return self._files.get(key)

    def new(self) -> Path:
        with self._lock:
            if self._folder is None:
                self._folder = tempfile.TemporaryDirectory(prefix="kb-site-")
            self._number += 1
            return Path(self._folder.name) / str(self._number)

    def put(self, key: tuple[object, ...], path: Path) -> None:
        with self._lock:
            self._files[key] = path
            while len(self._files) > KEPT:
                # A file that is being sent is open: it goes when the sending ends.
                self._files.popitem(last=False)[1].unlink(missing_ok=True)


_kept = _Kept()
_turn = BoundedSemaphore(2)


def take(state: State, order: Order, base: str) -> Path:
    """The written file. Raises `TooMuch` or `Busy`."""
    key = (state.db, state.version(), base, order.table, order.sql, tuple(sorted(order.values.items())), order.form)
    found = _kept.get(key)
    if found is not None:
        return found
    if not _turn.acquire(timeout=WAITING):
        raise Busy("目前下載人數較多，請稍後再試")
    try:
        path = _kept.new()
        _written(state, order, base, path)
        _kept.put(key, path)
        return path
    finally:
        _turn.release()


def _written(state: State, order: Order, base: str, path: Path) -> None:
    told = json.dumps({"db": str(state.db), "base": base, "out": str(path), "order": asdict(order)})
    try:
        done = subprocess.run(
            [sys.executable, "-m", "kb.site.writing"],
            input=told,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Busy("檔案過大，未能及時完成；請縮小範圍，或改用 Parquet") from error
    if done.returncode == TOO_MUCH:
        raise TooMuch(done.stdout.strip())
    if done.returncode != 0:
        raise RuntimeError(f"the file was not written: {done.stderr.strip()[-400:]}")
