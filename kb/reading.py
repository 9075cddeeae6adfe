"""Files to reports, in processes of their own: a file that kills its reader takes nothing else with it."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from extract.records import Report


@dataclass(frozen=True, slots=True)
class Reading:
    """What became of one file: a report, or one sentence why not. `trace` is the traceback behind the sentence."""

    path: Path
    report: Report | None
    sentence: str
    seconds: float
    trace: str = ""


def read(path: Path, password: str | None) -> Reading:
    """Read one file, in whatever process this runs. Errors that the reading knows become their sentence."""
    import extract  # noqa: PLC0415 - loads the readers, which the process that writes never needs
    from extract.errors import ExtractError  # noqa: PLC0415

    start = time.perf_counter()
    try:
        report = extract.read(path, password=password)
    except (ExtractError, OSError) as error:
        return Reading(path, None, str(error), time.perf_counter() - start, traceback.format_exc())
    return Reading(path, report, "", time.perf_counter() - start)


class Readers:
    """A pool of `jobs` reading processes. They start with the first `submit` and read while the caller goes on."""

    def __init__(self, jobs: int, password: str | None) -> None:
        self.jobs, self.password = jobs, password
        self.pool = _pool(jobs)

    def submit(self, paths: Sequence[Path]) -> Iterator[Reading]:
        """Start reading now; gives the readings in the order of the paths, those that killed their process last."""
        futures = [(path, self.pool.submit(read, path, self.password)) for path in paths]
        return self._results(futures)

    def _results(self, futures: list[tuple[Path, Future[Reading]]]) -> Iterator[Reading]:
        lost = []
        for path, future in futures:
            error = future.exception()
            if isinstance(error, BrokenProcessPool):
                lost.append(path)
            else:
                yield future.result() if error is None else _fault(path, error)
        if lost:
            # One of these killed its process and took the rest of the pool with it: each alone now.
            self.pool = _pool(self.jobs)
            for path in lost:
                with _pool(1) as alone:
                    future = alone.submit(read, path, self.password)
                    error = future.exception()
                    yield future.result() if error is None else _fault(path, error)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if kind is not None:
            for child in multiprocessing.active_children():
                child.terminate()
        self.pool.shutdown(cancel_futures=True)


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, initializer=_leave_interrupts_to_parent)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _fault(path: Path, error: BaseException) -> Reading:
    trace = "".join(traceback.format_exception(error))
    if isinstance(error, BrokenProcessPool):
        sentence = f"{path.name}: its reading ended without an answer (out of memory?); check the file, or give it more"
    else:
        sentence = (
            f"{path.name}: a fault of the program ({type(error).__name__}: {error}); "
            "--debug shows where, please report it with the file"
        )
    return Reading(path, None, sentence, 0.0, trace)
