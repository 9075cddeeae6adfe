"""Hostile files of other projects' test suites: each is read or refused with one sentence, in bounded time and memory.

Time is the processor's, of the command and its readers together, since the clock runs on while a busy machine does
something else; a file that waits for ever meets `PATIENCE`.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
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


@dataclass(frozen=True, slots=True)
class Ended:
    """How one `kb ingest` ended: exit code (negative: killed), processor seconds, peak KiB of its largest process."""

    code: int
    seconds: float
    peak: int
    stdout: str
    stderr: str


def ingest(path: Path, folder: Path) -> Ended:
    command = [
        sys.executable,
        "-m",
        "kb",
        "ingest",
        str(path),
        "--db",
        str(folder / f"{path.name}.db"),
        "--id",
        "energy-113",
    ]
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=err)
        timer = threading.Timer(PATIENCE, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        seconds = usage.ru_utime + usage.ru_stime
        return Ended(process.returncode, seconds, usage.ru_maxrss, out.read(), err.read())


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
