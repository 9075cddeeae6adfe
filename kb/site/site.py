"""What the parts of one served site share: where its database is, what it may do, its pictures and its charts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datasette.app import Datasette

from kb import originals
from kb.site.charts import Charts
from kb.site.finding import GroupsKept
from kb.site.pictures import Pictures

Row = Mapping[str, Any]


@dataclass(slots=True)
class State:
    """Of one site. `is_public`: strangers may come; `may_download`: they may take the whole database."""

    db: Path
    is_public: bool = False
    may_download: bool = False
    pictures: Pictures = field(default_factory=Pictures)
    charts: Charts = field(default_factory=Charts)
    groups: GroupsKept = field(default_factory=GroupsKept)

    def version(self) -> tuple[int, int]:
        """Of the database file: another one after each swap."""
        found = self.db.stat()
        return found.st_ino, found.st_mtime_ns

    def original(self, report: Row) -> Path | None:
        """The file that a report was read from, None where none was kept."""
        path = originals.path(self.db, str(report["sha256"]), str(report["media_type"]))
        return path if path.exists() else None


class Site(Datasette):  # type: ignore[misc]
    """Datasette that knows its state."""

    def __init__(self, state: State, **settings: Any) -> None:
        self.state = state
        super().__init__(**settings)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request for one of our pages: what stood in its path (still encoded), its query string, the site, and the
    address that it was asked under (`http://127.0.0.1:8001`)."""

    path: Mapping[str, str]
    query: Any
    state: State
    base: str = ""

    def text(self, name: str) -> str:
        """A value of the query string, empty without."""
        return self.query.get(name) or ""

    def number(self, name: str) -> int | None:
        """A value of the query string as a whole number, None where it is none."""
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


class NotThere(Exception):
    """What an address asks for is not in the database; a sentence that says what."""


Builder = Callable[[sqlite3.Connection, Asked], dict[str, Any] | None]
"""Makes what a template needs, None where there is no such page; raises `NotThere` where it can say what is missing.
Runs in a thread, on one connection."""


def rows(conn: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    """All rows as dictionaries."""
    cursor = conn.execute(sql, values)
    names = [d[0] for d in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def row(conn: sqlite3.Connection, sql: str, *values: object) -> dict[str, Any] | None:
    """The first row as a dictionary, None without."""
    found = rows(conn, sql, *values)
    return found[0] if found else None
