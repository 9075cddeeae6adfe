"""`kb ingest` of a report as a fresh process, everything included, beside bare pdfplumber; and once more, unchanged."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.process import Done, fastest, peak_mb, python, timed
from bench.ratio import Ratio

ROUNDS = 5
BASE = "bare pdfplumber"


def measure(sample: Path) -> Iterator[Ratio]:
    """Wall time against pdfplumber's, processor time, peak memory, time of a second ingest."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)

        def ingest(db: Path) -> list[str]:
            return python("-m", "kb", "ingest", sample, "--db", db, "--id", "bench-113")

        numbers = iter(range(1, 1000))

        def new() -> Done:
            return timed(ingest(folder / f"{next(numbers)}.db"))

        def bare() -> Done:
            return timed(python("-m", "bench.bare", sample))

        def again() -> Done:
            return timed(ingest(folder / "1.db"))

        read, base, second = fastest([new, bare, again], ROUNDS)
        peak = peak_mb(ingest(folder / "peak.db"))
    yield Ratio("ingest", read.seconds, base.seconds, "s", BASE, 1.3, f"fastest of {ROUNDS}")
    yield Ratio("ingest, processor time", read.cpu_seconds, base.cpu_seconds, "s", BASE, 1.4, "all processes together")
    yield Ratio("ingest, peak memory", peak, 400, "MB", "400 MB", 1, "all processes together")
    yield Ratio("second ingest", second.seconds, 1, "s", "1 s", 1, f"fastest of {ROUNDS}")
