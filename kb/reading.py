"""Files to reports, in processes of their own: a file that kills, hangs or bloats its reader takes nothing with it.

A reader has `SECONDS` for a file and may allocate `MEMORY` bytes. The kernel sees to both: an alarm ends a reader that
loops, also inside a C library, and more memory is refused, so that a bomb of a file ends as one sentence.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.records import Report, TableRecord
from kb.errors import KbError

SECONDS = 120
"""For one file; a report of 200 pages takes ten."""
MEMORY = 1 << 30
"""Bytes that a reader may allocate; a report of 200 pages takes a sixth."""
YOUNG = 50_000
"""New objects after which a reader looks for garbage: nearly all that reading makes is kept until it ends."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file: a report, or one sentence why not. `trace` is the traceback behind the sentence."""

    path: Path
    report: Report | None
    sentence: str
    seconds: float
    trace: str = ""


def read(path: Path, password: str | None, notes_in: Path | None = None) -> Reading:
    """Read one file, by the notes about it in a folder, in whatever process this runs. Errors that the reading knows
    become their sentence."""
    import extract  # noqa: PLC0415 - loads the readers, which the process that writes never needs
    from extract.errors import ExtractError  # noqa: PLC0415

    start = time.perf_counter()
    try:
        notes = extract.find_notes(notes_in, path) if notes_in is not None else None
        told = {} if notes is None else {"notes": notes}
        report = extract.read(path, password=password, **told)
    except (ExtractError, OSError) as error:
        return Reading(path, None, str(error), time.perf_counter() - start, traceback.format_exc())
    return Reading(path, report, "", time.perf_counter() - start)


@dataclass(frozen=True, slots=True)
class _Job:
    """A file in a reader, a pool of one process; `started` is by the monotonic clock."""

    path: Path
    reader: ProcessPoolExecutor
    started: float


class Readers:
    """Up to `jobs` reading processes. They start with the first `submit` and read while the caller goes on."""

    def __init__(self, jobs: int, password: str | None, notes_in: Path | None = None) -> None:
        self.jobs, self.password, self.notes_in = jobs, password, notes_in
        self._idle: list[ProcessPoolExecutor] = []
        self._running: dict[Future[Reading], _Job] = {}
        self._waiting: deque[Path] = deque()

    def submit(self, paths: Sequence[Path]) -> Iterator[Reading]:
        """Start reading now; gives the readings in the order of the paths, which are all different."""
        self._waiting.extend(paths)
        self._start()
        return self._results(paths)

    def _start(self) -> None:
        while self._waiting and len(self._running) < self.jobs:
            path = self._waiting.popleft()
            reader = self._idle.pop() if self._idle else ProcessPoolExecutor(1, initializer=_limit)
            future = reader.submit(_read_in_time, path, self.password, self.notes_in)
            self._running[future] = _Job(path, reader, time.monotonic())

    def _results(self, paths: Sequence[Path]) -> Iterator[Reading]:
        done: dict[Path, Reading] = {}
        for path in paths:
            while path not in done:
                for future in wait(self._running, return_when=FIRST_COMPLETED).done:
                    job = self._running.pop(future)
                    error = future.exception()
                    done[job.path] = future.result() if error is None else _fault(job, error)
                    if isinstance(error, BrokenProcessPool):
                        job.reader.shutdown()
                    else:
                        self._idle.append(job.reader)
                self._start()
            yield done.pop(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if kind is not None:
            for child in multiprocessing.active_children():
                child.terminate()
        for reader in (*self._idle, *(job.reader for job in self._running.values())):
            reader.shutdown(cancel_futures=True)


def read_tables(path: Path, password: str | None) -> tuple[TableRecord, ...]:
    """The tables of one file, read as `Readers` do. Raises `KbError` with the sentence why not."""
    from extract.errors import ExtractError  # noqa: PLC0415 - as in `read`

    start = time.monotonic()
    with ProcessPoolExecutor(1, initializer=_limit) as reader:
        future = reader.submit(_tables_in_time, path, password)
        error = future.exception()
    if isinstance(error, ExtractError):
        raise KbError(str(error)) from error
    if error is not None:
        raise KbError(_sentence(path, error, time.monotonic() - start)) from error
    return future.result()


def _tables_in_time(path: Path, password: str | None) -> tuple[TableRecord, ...]:
    import extract  # noqa: PLC0415 - as in `read`

    signal.alarm(SECONDS)
    try:
        return extract.read_tables(path, password=password)
    finally:
        signal.alarm(0)


def _limit() -> None:
    """Prepare a reading process: interrupts are its parent's, memory is bounded, garbage is seldom looked for."""
    gc.set_threshold(YOUNG)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    # numpy's threads would each reserve memory, on a machine of many cores more than there is to give.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most), most))


def _read_in_time(path: Path, password: str | None, notes_in: Path | None) -> Reading:
    signal.alarm(SECONDS)
    try:
        return read(path, password, notes_in)
    finally:
        signal.alarm(0)


def _fault(job: _Job, error: BaseException) -> Reading:
    """The reading of a file whose reader died, or whose reading raised what it should not."""
    seconds = time.monotonic() - job.started
    trace = "".join(traceback.format_exception(error))
    return Reading(job.path, None, _sentence(job.path, error, seconds), seconds, trace)


def _sentence(path: Path, error: BaseException, seconds: float) -> str:
    """What to tell of a file whose reader died, or whose reading raised what it should not, after so many seconds."""
    if isinstance(error, MemoryError):
        fact = f"reading it takes more than {MEMORY >> 20} MiB of memory; split it, or print it to PDF anew"
    elif isinstance(error, BrokenProcessPool) and seconds >= SECONDS:
        fact = f"not read within {SECONDS} seconds, and stopped; split it, or print it to PDF anew"
    elif isinstance(error, BrokenProcessPool):
        fact = "its reading ended without an answer (out of memory?); split it, or print it to PDF anew"
    else:
        fault = f"{type(error).__name__}: {error}"
        fact = f"a fault of the program ({fault}); --debug shows where, please report it with the file"
    return f"{path.name}: {fact}"
