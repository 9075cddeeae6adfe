"""A command as a fresh process: how long it takes, and how much memory it and its children hold at once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import psutil

TIMEOUT = 600
"""Seconds for one command."""

SAMPLED_EVERY = 0.02
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Done:
    """A command that ended well. `cpu_seconds` are those of the command and its children."""

    seconds: float
    cpu_seconds: float
    output: str


def python(*arguments: object) -> list[str]:
    """A command of this Python."""
    return [sys.executable, *map(str, arguments)]


def timed(command: Sequence[str]) -> Done:
    """Run it, start of the interpreter and all imports included. Raises `CalledProcessError`, `TimeoutExpired`."""
    before, begin = _children_cpu(), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT, check=True)  # noqa: S603
    return Done(time.perf_counter() - begin, _children_cpu() - before, done.stdout)


def _children_cpu() -> float:
    times = psutil.Process().cpu_times()
    return float(times.children_user + times.children_system)


def fastest(runs: Sequence[Callable[[], Done]], rounds: int) -> list[Done]:
    """The fastest of `rounds` runs of each, in turns, so that a busy moment of the machine meets all of them."""
    found = [[run() for run in runs] for _ in range(rounds)]
    return [min(column, key=lambda done: done.seconds) for column in zip(*found, strict=True)]


def peak_mb(command: Sequence[str]) -> float:
    """The most resident memory that the command and its children held at one moment, in MB of 10^6 bytes.

    Pages that two processes share count twice. Looking costs time, so this is a run of its own.
    """
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as started:  # noqa: S603
        root, end = psutil.Process(started.pid), time.monotonic() + TIMEOUT
        while started.poll() is None:
            if time.monotonic() > end:
                started.kill()
                raise subprocess.TimeoutExpired(command, TIMEOUT)
            held = 0
            with suppress(psutil.NoSuchProcess):  # it ended between two looks
                held = sum(process.memory_info().rss for process in (root, *root.children(recursive=True)))
            peak = max(peak, held)
            time.sleep(SAMPLED_EVERY)
    if started.returncode:
        raise subprocess.CalledProcessError(started.returncode, command)
    return peak / 1e6
