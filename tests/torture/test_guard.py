"""A file that hangs or bloats its reader ends as one sentence, and the files beside it are read."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract.errors import Broken, ExtractError, PasswordNeeded, TooLarge
from tests.torture.bombs import blown_up, many_strokes, nothing_for_long

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus/manufacturing-113-abridged.md"


def ingest(folder: Path, limit: str, *options: str) -> subprocess.CompletedProcess[str]:
    """`kb ingest` of a folder with one `limit` set."""
    return run(limit, "ingest", str(folder), "--db", str(folder / "kb.db"), *options)


def run(limit: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command with one `limit` set, in a fresh process: readers inherit what this one holds."""
    program = f"from kb import cli, reading; reading.{limit}; cli.main({list(arguments)!r})"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=200, check=False
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_file_that_never_ends_is_stopped(tmp_path: Path, jobs: str) -> None:
    (tmp_path / "a.pdf").write_bytes(nothing_for_long(30_000_000))
    (tmp_path / "b.md").write_bytes(CORPUS.read_bytes())
    result = ingest(tmp_path, "SECONDS = 20", "--jobs", jobs)
    assert result.returncode == 1
    assert "a.pdf: not read within 20 seconds, and stopped; split it" in result.stderr
    assert "added" in result.stdout


def test_tables_of_a_file_that_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(nothing_for_long(6_000_000, packed=False))
    result = run("SECONDS = 3", "tables", str(path))
    assert result.returncode == 1
    assert "a.pdf: not read within 3 seconds, and stopped" in result.stderr


def has_processes(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_stopped_file_leaves_no_process_behind(tmp_path: Path) -> None:
    """The process that reads must not go on alone."""
    path = tmp_path / "a.pdf"
    path.write_bytes(nothing_for_long(6_000_000, packed=False))
    program = f"from kb import cli, reading; reading.SECONDS = 6; cli.main(['ingest', {str(path)!r}])"
    command = [sys.executable, "-c", program]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        _, told = process.communicate(timeout=60)
    assert "a.pdf: not read within 6 seconds, and stopped" in told
    end = time.monotonic() + 10
    while has_processes(process.pid) and time.monotonic() < end:
        time.sleep(0.1)
    assert not has_processes(process.pid)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.pdf", blown_up(400), "a.pdf, page 1: takes more memory than there is; split it"),
        ("a.pdf", many_strokes(1_500_000), "memory"),  # refused, or killed: libraries differ
        ("a.txt", b"1\t2\n" * 5_000_000, "a.txt: reading it takes more than 300 MiB of memory; split it"),
    ],
    ids=["unpacks", "strokes", "text"],
)
def test_a_file_that_takes_more_than_the_memory(tmp_path: Path, name: str, data: bytes, sentence: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "b.md").write_bytes(CORPUS.read_bytes())
    result = ingest(tmp_path, "MEMORY = 300 << 20")
    assert result.returncode == 1
    assert sentence in result.stderr
    assert "added" in result.stdout


@pytest.mark.parametrize("kind", [*ExtractError.__subclasses__(), Broken, PasswordNeeded, TooLarge])
@pytest.mark.parametrize("page", [None, 3])
def test_errors_come_whole_out_of_another_process(kind: type[ExtractError], page: int | None) -> None:
    error = kind("甲.pdf", "is torn", "mend it", page=page)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is kind
    assert (again.name, again.fact, again.advice, again.page) == ("甲.pdf", "is torn", "mend it", page)
    assert str(again) == ("甲.pdf" if page is None else "甲.pdf, page 3") + ": is torn; mend it"
