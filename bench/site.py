"""The site beside plain Datasette on the same data, 200 times one report: CPU of a page, pages from the cache, memory.

Both serve on the loopback, each in a process of its own. Every address is asked under a new name, so that no answer
comes from a cache, except where the cache is what is measured. Requests a second are measured where wrk is installed.
"""

from __future__ import annotations

import socket
import sqlite3
import statistics
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import click
import psutil

from bench import load
from bench.multiply import multiply
from bench.process import python, timed
from bench.ratio import Ratio
from bench.search import BARE, WORDS
from kb import search
from kb.site.cite import path as page_of

COPIES = 200
REPORT = "bench-113"
TURNS = 12
MOST_MB = 300
HOT = 1000
"""Requests a second, at least."""

FACETED = "_facet=sector&_facet=year&_facet=category&_facet=status&_facet_array=agencies&_facet_array=funding"
KINDS = "_facet=kind&_facet=canonical_unit&_facet=scope&_facet=sector&_facet=year"
SECTOR = f"sector={quote('運輸')}"
A_MEASURE = page_of("measures", f"{REPORT}/1.1.1")
PAGES = {
    # name: ours (with its facets), plain Datasette's with the same ones, the most that ours may cost of it
    "table": ("/kb/measures?", f"/kb/measures?_sort=sort_key&{FACETED}&", 1),
    "table of a sector": (f"/kb/measures?{SECTOR}&", f"/kb/measures?{SECTOR}&_sort=sort_key&{FACETED}&", 1.5),
    # Ours adds up as well.
    "figures": ("/kb/quantities?", f"/kb/quantities?_sort=sort_key&{KINDS}&", 2),
    # Plain Datasette finds nothing in the index: it scans one column instead.
    "table's search": ("/kb/measures?_search=CO2e&", f"/kb/measures?target__contains=CO2e&{FACETED}&", 2),
    # Plain Datasette shows the one row; ours its targets, results, figures, crops, neighbours and years.
    "measure with crops": (f"{A_MEASURE}?", f"{A_MEASURE}?", 4),
}

SEARCHES = {
    "search page with facets": ("/search", ""),
    "search page of a sector": ("/search", f"{SECTOR}&"),
    "search with facets as JSON": ("/search.json", ""),
}

HOT_PAGES = {
    "first page": "/",
    "table": "/kb/measures",
    "table of a sector": f"/kb/measures?{SECTOR}",
    "search": f"/search?q={quote('節能')}",
    "measure with crops": A_MEASURE,
}


def measure(sample: Path) -> Iterator[Ratio]:
    """CPU of pages as ratios; requests a second and memory as parts of what they may be."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        db = Path(folder) / "kb.db"
        timed(python("-m", "kb", "ingest", sample, "--db", db, "--id", REPORT))
        multiply(db, REPORT, COPIES)
        port, plain_port = _free_port(), _free_port()
        serve = python("-m", "kb", "serve", "--public", "--db", db, "--port", port)
        settings = ["--setting", "suggest_facets", "off", "--setting", "default_page_size", "50"]
        plain = python("-m", "bench.plain", "serve", db, "--port", plain_port, *settings)
        with _served(serve, port) as ours, _served(plain, plain_port) as theirs:
            for name, (own, other, bound) in PAGES.items():
                mine, base = _cpu(ours, port, own), _cpu(theirs, plain_port, other)
                yield Ratio(f"site, {name}", mine, base, "ms CPU", "plain Datasette", bound, f"{COPIES} reports")
            yield from _searches(db, ours, port)
            yield _picture(db, ours, port)
            if load.is_possible():
                for name, (own, other, bound) in PAGES.items():
                    yield _cold(name, (port, plain_port), (own, other), bound)
                for name, address in (HOT_PAGES | {"picture of a page": _a_picture(db)}).items():
                    yield _hot(name, port, address)
            else:
                click.echo(load.ABSENT, err=True)
            held = ours.memory_info().rss / 1e6
            yield Ratio("site, memory after all this", held, MOST_MB, "MB", "the most it may hold", 1)
            yield Ratio("site, memory at its peak", _peak_mb(ours), MOST_MB, "MB", "the most it may hold", 1)


def _searches(db: Path, server: psutil.Process, port: int) -> Iterator[Ratio]:
    """Whole answers to searches, facets and all, beside the bare queries alone."""
    with closing(sqlite3.connect(db)) as conn:
        expressions = [search.match_expression(word) for word in WORDS]
        times = []
        for _ in range(TURNS):
            begin = time.process_time()
            for expression in expressions:
                conn.execute(BARE, (expression,)).fetchall()
            times.append((time.process_time() - begin) * 1000)
    base = statistics.median(times)
    for name, (address, more) in SEARCHES.items():
        cost = sum(_cpu(server, port, f"{address}?q={quote(word)}&{more}") for word in WORDS)
        yield Ratio(f"site, {name}", cost, base, "ms CPU", "bare FTS5, no web", 2, f"{len(WORDS)} queries")


def _a_picture(db: Path) -> str:
    with closing(sqlite3.connect(db)) as conn:
        (sha256,) = conn.execute("select sha256 from reports where id = ?", (REPORT,)).fetchone()
    return f"/-/page/{sha256}/3.png"


def _picture(db: Path, server: psutil.Process, port: int) -> Ratio:
    """Pictures of pages that were not drawn before."""
    with closing(sqlite3.connect(db)) as conn:
        sha256, pages = conn.execute("select sha256, page_count from reports where id = ?", (REPORT,)).fetchone()
    before, count = _used(server), min(pages, 12)
    for page in range(1, count + 1):
        _get(port, f"/-/page/{sha256}/{page}.png")
    cost = (_used(server) - before) * 1000 / count
    return Ratio("site, picture of a page", cost, 100, "ms CPU", "what SITE.md measured", 1, f"{count} pages")


def _hot(name: str, port: int, address: str) -> Ratio:
    """One address again and again, from the cache."""
    _get(port, address)
    stood = load.load(port, address)
    return Ratio(f"site, hot {name}", 1000 / stood.rate, 1000 / HOT, "ms", f"{HOT:,} requests/s", 1, str(stood))


def _cold(name: str, ports: tuple[int, int], addresses: tuple[str, str], bound: float) -> Ratio:
    """A page under a new address each time, beside plain Datasette's."""
    mine, base = (load.load(port, at.rstrip("?&"), anew=True) for port, at in zip(ports, addresses, strict=True))
    return Ratio(
        f"site, {name} anew", 1000 / mine.rate, 1000 / base.rate, "ms", f"plain Datasette, {base}", bound, str(mine)
    )


def _cpu(server: psutil.Process, port: int, address: str) -> float:
    """Milliseconds of CPU that an answer costs, on average, the first one aside. Each has an address of its own."""
    _get(port, f"{address}_ttl=0")
    before = _used(server)
    for turn in range(TURNS):
        _get(port, f"{address}_ttl={turn + 1}")
    return (_used(server) - before) * 1000 / TURNS


def _used(server: psutil.Process) -> float:
    times = server.cpu_times()
    return float(times.user + times.system)


def _peak_mb(server: psutil.Process) -> float:
    """The most that the server ever held, as Linux remembers it."""
    status = Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(peak) * 1024 / 1e6


def _get(port: int, address: str) -> bytes:
    """Raises `HTTPError` for anything but an answer."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=60) as answer:
        body: bytes = answer.read()
    return body


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        port: int = sock.getsockname()[1]
    return port


@contextmanager
def _served(command: list[str], port: int) -> Iterator[psutil.Process]:
    """A server that answers, ended at the end."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as started:  # noqa: S603
        try:
            end = time.monotonic() + 60
            while True:
                try:
                    _get(port, "/")
                    break
                except OSError:
                    if time.monotonic() > end or started.poll() is not None:
                        raise
                    time.sleep(0.2)
            yield psutil.Process(started.pid)
        finally:
            started.terminate()
            started.wait(timeout=30)
