"""Writing a file so that it is there whole or not at all; and a packed one to the standard output."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from kb.errors import KbError


def write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Let `write` fill a file beside `path`, then put it in its place. Raises `KbError` where the disk refuses."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as stream:
            write(stream)
        part.replace(path)
    except OSError as error:
        raise KbError(f"{path}: cannot be written ({error.strerror}); give another --out") from error
    finally:
        part.unlink(missing_ok=True)


def write_out(out: Path | None, write: Callable[[IO[bytes]], object], *, is_packed: bool) -> None:
    """Let `write` fill the file `out`, or the standard output where there is none; there a packed one is made whole
    before: what packs a file goes back in it, which a pipe does not allow, and must not meet one that nobody reads any
    more. Raises `KbError` as `write_whole` does."""
    if out is not None:
        write_whole(out, write)
    elif is_packed:
        with tempfile.TemporaryFile() as whole:
            write(whole)
            whole.seek(0)
            shutil.copyfileobj(whole, sys.stdout.buffer)
    else:
        write(sys.stdout.buffer)
