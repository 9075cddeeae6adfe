"""Opening the database file: to read, and to write beside it.

A run writes into a copy, `kb.db.new`, and puts it in the place of `kb.db` in one step at the end. Whoever reads,
a running `kb serve` above all, sees the old file whole or the new one whole, and a run that dies leaves the old one.
One run at a time may write: it holds a lock on `kb.db.lock`, which the system gives back also when the run dies.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kb import schema, search, text
from kb.errors import DatabaseBusy, DatabaseUnusable


def connect(path: Path) -> sqlite3.Connection:
    """A read-only connection to a database of this version.

    Raises `DatabaseUnusable` where the file is not there, is no SQLite database, or is none of ours.
    """
    if not path.is_file():
        what = "is a folder" if path.is_dir() else "does not exist"
        raise DatabaseUnusable(f"{path}: the database {what}; make one with: kb ingest REPORT --db {path}")
    conn = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        _check_schema(conn, path)
    except DatabaseUnusable:
        conn.close()
        raise
    return conn


def connect_for_search(path: Path) -> sqlite3.Connection:
    """As `connect`; raises `DatabaseUnusable` also where the index was folded by another version."""
    conn = connect(path)
    stored = _about(conn).get("normaliser_version")
    if stored != text.VERSION:
        conn.close()
        raise DatabaseUnusable(
            f"{path}: its search index was made by another version of the program ({stored}, now {text.VERSION}); "
            "any kb ingest into it makes the index anew"
        )
    return conn


def _check_schema(conn: sqlite3.Connection, path: Path) -> None:
    try:
        names = {name for (name,) in conn.execute("select name from sqlite_master where type = 'table'")}
        stored = _about(conn).get("schema_version") if "about" in names else None
    except sqlite3.DatabaseError as error:
        raise DatabaseUnusable(f"{path}: cannot be read as a SQLite database ({error}); give another --db") from error
    if stored != schema.SCHEMA_VERSION:
        found = "is no knowledge base" if stored is None else f"was made by another version ({stored})"
        raise DatabaseUnusable(
            f"{path}: {found}, this program writes version {schema.SCHEMA_VERSION}; "
            "ingest the reports again into a new file with --db"
        )


def _about(conn: sqlite3.Connection) -> dict[str, str]:
    return dict(conn.execute("select key, value from about"))


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Be the one run that may write this database. Raises `DatabaseBusy` where there is another, `DatabaseUnusable`
    where nothing can be written there."""
    path = path.resolve()
    if path.is_dir():
        raise DatabaseUnusable(f"{path}: is a folder; give the path of a file as --db")
    if path.exists() and not os.access(path, os.W_OK):
        raise DatabaseUnusable(f"{path}: cannot be written (no permission); give another --db")
    try:
        lock = path.with_name(path.name + ".lock").open("a")
    except OSError as error:
        raise DatabaseUnusable(f"{path}: cannot be written ({error.strerror}); give another --db") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DatabaseBusy(f"{path}: another kb ingest is writing it; wait until it is done") from error
        yield


class Draft:
    """The copy that a run writes into. Call only while `locked`; `publish` puts it in the place of the database."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.new = self.path.with_name(self.path.name + ".new")
        self.discard()
        try:
            self.conn = self._open()
        except (sqlite3.Error, OSError) as error:
            self.discard()
            raise DatabaseUnusable(f"{path}: cannot be written ({error}); give another --db") from error

    def _open(self) -> sqlite3.Connection:
        conn = sqlite3.connect(self.new, isolation_level=None)
        # A crash costs the copy alone, so the journal need not survive one.
        conn.execute("pragma journal_mode = memory")
        conn.execute("pragma synchronous = off")
        if self.path.exists():
            with closing(connect(self.path)) as old:
                old.backup(conn)
            if _about(conn).get("normaliser_version") != text.VERSION:
                search.rebuild_index(conn)
        else:
            schema.create(conn)
            search.create_index(conn)
        conn.execute("pragma foreign_keys = on")
        return conn

    def publish(self) -> None:
        """Write everything to disk and swap the files. Raises `DatabaseUnusable` where the disk refuses."""
        try:
            self.conn.execute("pragma optimize")
            self.conn.close()
            with self.new.open("rb") as written:
                os.fsync(written.fileno())
            if self.path.exists():
                shutil.copymode(self.path, self.new)
            self.new.replace(self.path)
        except (sqlite3.Error, OSError) as error:
            self.discard()
            raise DatabaseUnusable(f"{self.path}: cannot be written ({error}); the old file is as it was") from error

    def discard(self) -> None:
        """Remove the copy, also one that an earlier run left."""
        for leftover in (self.new, self.new.with_name(self.new.name + "-journal")):
            leftover.unlink(missing_ok=True)
