"""The site as one object: Datasette with our parts, our metadata, and one database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kb.site import live, register
from kb.site.cite import NAME
from kb.site.metadata import metadata
from kb.site.site import Site, State

HERE = Path(__file__).parent

SETTINGS: dict[str, Any] = {
    "suggest_facets": False,  # 212 -> 7 ms a page at 9,400 rows
    "default_page_size": 50,
    "max_returned_rows": 1000,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 1000,
    "default_facet_size": 30,
    "default_cache_ttl": 0,
    "num_sql_threads": 3,
}
PUBLIC: dict[str, Any] = {
    "default_allow_sql": False,  # hex(zeroblob(4e8)) took 1.25 GB
    "allow_facet": False,  # beyond the facets that every page has
    "allow_csv_stream": False,
    "sql_time_limit_ms": 1000,
}


def build(db: Path, *, is_public: bool = False, may_download: bool = False) -> Site:
    """The site over one knowledge base, which may be swapped while it is served. Await `invoke_startup()` first.

    A public site answers reading alone: no SQL console, nothing about the machine, and the database as a file only
    where `may_download` says so.
    """
    register()
    settings = SETTINGS | (PUBLIC | {"allow_download": may_download} if is_public else {})
    site = Site(
        State(db.resolve(), is_public, may_download),
        files=[],
        metadata=metadata(NAME),
        settings=settings,
        template_dir=str(HERE / "templates"),
        static_mounts=[("static", str(HERE / "static"))],
    )
    # Datasette adds an empty one where it is given no file.
    site.remove_database("_memory")
    live.add(site, str(db.resolve()), NAME, is_mutable=not is_public)
    return site
