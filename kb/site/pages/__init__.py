"""Our own pages, each a function that gathers what its template shows, and the routes to them."""

from __future__ import annotations

from dataclasses import dataclass

from kb.site.cite import NAME
from kb.site.pages import about, check, downloads, home, quality, record, search
from kb.site.site import Builder


@dataclass(frozen=True, slots=True)
class Page:
    """A route (a regular expression over the path), the template, and what fills it."""

    route: str
    template: str
    build: Builder


PAGES = (
    Page(r"^/$", "home.html", home.page),
    Page(r"^/search$", "search.html", search.page),
    Page(r"^/check$", "check.html", check.page),
    Page(r"^/quality/(?P<report>[^/.]+)$", "quality.html", quality.page),
    Page(r"^/downloads$", "downloads.html", downloads.page),
    Page(r"^/about$", "about.html", about.page),
    # A row's own page, whatever the table. Its key holds no dot: `.json` goes to Datasette.
    Page(rf"^/{NAME}/(?P<table>[a-z_]+)/(?P<key>[^/.]+)$", "record.html", record.page),
)
