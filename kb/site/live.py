"""A served database whose file may be swapped for a new one at any time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.database import Database, connections


class LiveDatabase(Database):  # type: ignore[misc]
    """Datasette's database, except that each thread looks at the file before it asks.

    `kb ingest` puts a whole new file in the place of the old one. A connection goes on reading the file that it opened:
    right for the query that runs, wrong for the next one. So a thread whose file is gone opens the new one.
    """

    async def execute_fn(self, fn: Callable[[Any], Any]) -> Any:
        """Run `fn(connection)` in a thread, on a connection to the file that is there now."""

        def on_present_file(conn: Any) -> Any:
            opened, key = getattr(connections, f"{self.name} file", None), self._file()
            if opened is not None and opened != key:
                fresh = self.connect()
                self.ds._prepare_connection(fresh, self.name)
                setattr(connections, self.name, fresh)
                self._all_file_connections.remove(conn)
                conn.close()
                conn = fresh
            setattr(connections, f"{self.name} file", key)
            return fn(conn)

        return await super().execute_fn(on_present_file)

    def _file(self) -> tuple[int, int]:
        found = Path(self.path).stat()
        return found.st_ino, found.st_mtime_ns


def opened(name: str) -> object:
    """Tells the file that this thread's connection reads from any other."""
    return getattr(connections, f"{name} file", None)


def add(ds: Datasette, path: str, name: str, *, is_mutable: bool) -> None:
    """Serve the file under a name that does not hang on its own. An immutable one is read without locks: right, since
    a file that was put in place is never written again."""
    ds.add_database(LiveDatabase(ds, path=path, is_mutable=is_mutable), name=name)
