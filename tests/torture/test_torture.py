"""Hostile files of other projects' test suites: each is read or refused with one sentence, in bounded time and memory.

Time is the processor's, of the command and its readers together, since the clock runs on while a busy machine does
something else; a file that waits for ever meets `PATIENCE`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT.parent / "shared/real/torture"
FILES = sorted(FOLDER.glob("*.pdf")) if FOLDER.is_dir() else []

SECONDS = 20.0
KIBIBYTES = 1 << 20
PATIENCE = 100.0
LAUNCHER = """
import json, os, sys, threading
child = os.posix_spawn(sys.executable, [sys.executable, *sys.argv[2:]], os.environ)
threading.Timer(float(sys.argv[1]), os.kill, (child, 9)).start()
_, status, used = os.wait4(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime, used.ru_maxrss]), flush=True)
os._exit(0)
"""
"""A small process between the tests and the command: a process's peak begins with that of the one that starts it, and
the tests are large. It prints exit code, processor seconds and peak KiB below all that the command prints."""


@dataclass(frozen=True, slots=True)
class Ended:
    """How one `kb ingest` ended: exit code (negative: killed), processor seconds, peak KiB of its largest process."""

    code: int
    seconds: float
    peak: int
    stdout: str
    stderr: str


def ingest(path: Path, folder: Path) -> Ended:
    database = folder / f"{path.name}.db"
    command = ["-m", "kb", "ingest", str(path), "--db", str(database), "--id", "energy-113"]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        launcher = [sys.executable, "-c", LAUNCHER, str(PATIENCE), *command]
        subprocess.run(launcher, cwd=ROOT, stdout=out, stderr=err, check=True)
        out.seek(0)
        err.seek(0)
        *printed, measured = out.read().splitlines(keepends=True)
        code, seconds, peak = json.loads(measured)
        return Ended(code, seconds, peak, "".join(printed), err.read())


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Ended]]:
    folder = tmp_path_factory.mktemp("torture")
    with ThreadPoolExecutor(2) as pool:
        yield dict(zip([p.name for p in FILES], pool.map(lambda p: ingest(p, folder), FILES), strict=True))


def test_the_files_are_here() -> None:
    if not FILES:
        if os.environ.get("KB_REQUIRE_ALL") == "1":
            pytest.fail(f"the hostile files are not here: {FOLDER}")
        pytest.skip(f"the hostile files are not here: {FOLDER}")
    assert len(FILES) >= 70


@pytest.mark.parametrize("name", [p.name for p in FILES])
def test_a_hostile_file_is_read_or_refused(ended: dict[str, Ended], name: str) -> None:
    run = ended[name]
    assert run.code in (0, 1), run.stderr
    assert run.seconds < SECONDS
    assert run.peak < KIBIBYTES
    if run.code == 0:
        assert run.stderr == ""
        return
    sentence = run.stderr.strip()
    assert sentence.startswith(f"failed: {name}")
    assert "\n" not in sentence
    assert "; " in sentence
    for fault in ("Traceback", "fault of the program", "ended without an answer", "and stopped"):
        assert fault not in run.stderr
