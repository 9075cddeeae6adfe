"""`kb.search` beside a bare query to the same FTS5 index, over one report and over many."""

from __future__ import annotations

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from bench.process import python, timed
from bench.ratio import Ratio
from kb import database, search

WORDS = (
    "碳",
    "水泥",
    "節能",
    "輔導",
    "經濟部",
    "CO2e",
    "ISO 50001",
    "113 年",
    "汰換設備",
    "節電 補助",
    "温室气体",
    "查無此詞",
)
COPIES = 200
ROUNDS = 25
SHOWN = 20
REPORT = "bench-113"
BARE = f"select rowid from passages_fts where passages_fts match ? order by bm25(passages_fts) limit {SHOWN}"  # noqa: S608


def measure(sample: Path) -> Iterator[Ratio]:
    """Milliseconds for all words together, the median of the rounds."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        db = Path(folder) / "kb.db"
        timed(python("-m", "kb", "ingest", sample, "--db", db, "--id", REPORT))
        yield _compared(db, "search, one report")
        _multiply(db)
        yield _compared(db, f"search, {COPIES} reports")
        yield _compared(db, f"search, one of {COPIES} reports", f"{REPORT}-{COPIES // 2}")


def _compared(db: Path, name: str, report_id: str | None = None) -> Ratio:
    """The bare query knows no reports: it asks for the words alone."""
    with closing(database.connect_for_search(db)) as conn:
        expressions = [search.match_expression(word) for word in WORDS]

        def ours() -> None:
            for word in WORDS:
                search.search(conn, word, report_id=report_id, limit=SHOWN)

        def bare() -> None:
            for expression in expressions:
                conn.execute(BARE, (expression,)).fetchall()

        ours()  # the file into memory
        pairs = [(_ms(ours), _ms(bare)) for _ in range(ROUNDS)]
    mine, base = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Ratio(name, mine, base, "ms", "bare FTS5, no texts", 2, f"{len(WORDS)} queries")


def _ms(call: Callable[[], None]) -> float:
    begin = time.perf_counter()
    call()
    return (time.perf_counter() - begin) * 1000


def _multiply(db: Path) -> None:
    """Every passage as often as if there were so many reports, each under a report of its own."""
    with closing(sqlite3.connect(db)) as conn:
        columns = [name for _, name, *_ in conn.execute("pragma table_info(passages)") if name != "id"]
        (last,) = conn.execute("select max(id) from passages").fetchone()
        listed = ", ".join(columns)
        copied = ", ".join("report_id || '-' || n" if name == "report_id" else name for name in columns)
        conn.execute(
            f"with copies(n) as (select 1 union all select n + 1 from copies where n < {COPIES - 1}) "  # noqa: S608
            f"insert into passages (id, {listed}) select id + n * {last}, {copied} from passages, copies"
        )
        search.rebuild_index(conn)
        conn.commit()
