"""Two knowledge bases to serve: the project's own edition with its pages, and reports of hostile text in many years."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extract.records import Place, Report
from kb import database, store
from kb.rows import as_rows
from kb.site.app import build
from tests.kb.conftest import make_report, measure
from tests.machine import ROOT

EDITION = ROOT / "corpus" / "manufacturing-113-abridged.pdf"

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}javascript:alert(1)\u202e=1+1"
"""In front of every text of the hostile report; begins a cell as a tag, holds jinja, a link and a turn of direction."""
FORMULA = '=HYPERLINK("http://x.invalid","y")'


def hostile(value: Any, name: str = "") -> Any:
    """The same records with hostile words in front of every text that comes off a page."""
    kept = {"kind", "scope", "comparator", "rule", "severity", "status", "canonical_unit", "strategy_code", "code"}
    if isinstance(value, (Decimal, bool, int, float, Place)) or value is None or name in kept:
        return value
    if isinstance(value, str):
        return f"{FORMULA if name == 'name' else HOSTILE}{value}"
    if isinstance(value, tuple):
        return tuple(hostile(v, name) for v in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: hostile(getattr(value, f.name), f.name) for f in fields(value)}
        return replace(value, **changed)
    return {HOSTILE + key: hostile(v) for key, v in value.items()} if name == "extra" else value


def hostile_report() -> Report:
    """Of the year 114."""
    plain = make_report(roc_year=114, codes=("T1-1",))
    bad: Report = hostile(plain)
    return replace(
        bad,
        sector=plain.sector,
        media_type=plain.media_type,
        sha256=plain.sha256,
        published=plain.published,
        page_labels=plain.page_labels,
    )


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The abridged edition as `kb ingest` reads it."""
    db = tmp_path_factory.mktemp("edition") / "kb.db"
    # In a process of its own: what reads a file may take so much memory, that of the tests counted in.
    command = [sys.executable, "-m", "kb", "ingest", str(EDITION), "--db", str(db)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return db


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Small reports made by hand: two sectors, three years, one of them hostile; their files are not kept."""
    db = tmp_path_factory.mktemp("many") / "kb.db"
    reports = {
        "transport-112": make_report(roc_year=112, codes=("T1-1", "T1-2", "T1-3")),
        "transport-113": make_report(roc_year=113),
        "transport-114": hostile_report(),
        "energy-113": replace(
            make_report(sector="能源", codes=("E-1",)), measures=(measure("E-1", name="推動離岸風電", category="調適"),)
        ),
    }
    draft = database.Draft(db)
    for key, report in reports.items():
        store.replace_report(draft.conn, as_rows(report, key, "test"))
    draft.publish()
    return db


class InProcess:
    """A site that is asked within this process."""

    def __init__(self, db: Path, **options: bool) -> None:
        self.site = build(db, **options)

    def get(self, path: str, **headers: str) -> Any:
        """GET, or what `method` says."""
        method = headers.pop("method", "GET")

        async def ask() -> Any:
            await self.site.invoke_startup()
            return await self.site.client.request(method, path, headers=headers)

        return asyncio.run(ask())

    def close(self) -> None:
        """Let the files go."""
        for held in self.site.databases.values():
            held.close()
        self.site.executor.shutdown()


@pytest.fixture(scope="module")
def sites() -> Iterator[Callable[..., InProcess]]:
    """Make sites; they are closed at the end."""
    made: list[InProcess] = []

    def make(db: Path, **options: bool) -> InProcess:
        made.append(InProcess(db, **options))
        return made[-1]

    yield make
    for site in made:
        site.close()


@pytest.fixture(scope="module")
def edition_site(sites: Callable[..., InProcess], edition: Path) -> InProcess:
    """Over the edition, for one's own use."""
    return sites(edition)


@pytest.fixture(scope="module")
def many_site(sites: Callable[..., InProcess], many: Path) -> InProcess:
    """Over the reports made by hand."""
    return sites(many)


@contextmanager
def served(db: Path, *options: str) -> Iterator[str]:
    """The address of a `kb serve` of its own, ended at the end."""
    command = ["timeout", "900", sys.executable, "-m", "kb", "serve", "--db", str(db), "--port", "0", *options]
    with subprocess.Popen(
        command, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip().rstrip("/")
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(timeout=30)


def ask(db: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Rows of a query to the file itself."""
    with closing(sqlite3.connect(db)) as conn:
        return conn.execute(sql, values).fetchall()
