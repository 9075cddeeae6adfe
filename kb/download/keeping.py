"""Downloaded files in their folder: `NAME` with `NAME.source.json`, which says where it came from and what its hash is.

A file that was kept is never overwritten: another one of the same name gets the first digits of its hash into its name.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

ENDING = ".source.json"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a kept file came from. `etag` and `last_modified` are the server's words, for asking whether it changed."""

    name: str
    url: str
    sha256: str
    bytes: int
    fetched_at: str
    etag: str | None = None
    last_modified: str | None = None


def digest(path: Path) -> str:
    """The file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class Origin:
    """An address, and the server's words for the version that it gave."""

    url: str
    etag: str | None
    last_modified: str | None


def keep(part: Path, folder: Path, name: str, origin: Origin) -> Path:
    """Move a whole download to its name and write its source beside it; gives the file."""
    sha256 = digest(part)
    path = _free(folder, name, sha256)
    source = Source(
        path.name,
        origin.url,
        sha256,
        part.stat().st_size,
        datetime.now(UTC).isoformat(timespec="seconds"),
        origin.etag,
        origin.last_modified,
    )
    part.replace(path)
    beside = path.with_name(path.name + ENDING)
    beside.write_text(json.dumps(asdict(source), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _free(folder: Path, name: str, sha256: str) -> Path:
    path = folder / name
    if path.exists() and digest(path) != sha256:
        return folder / f"{path.stem}-{sha256[:8]}{path.suffix}"
    return path


def kept(folder: Path, url: str) -> Source | None:
    """The source of the file last fetched from the address, where the file is still there and still what it was."""
    found = [source for path in folder.glob(f"*{ENDING}") if (source := _read(path)) and source.url == url]
    found.sort(key=lambda source: source.fetched_at)
    if not found:
        return None
    source = found[-1]
    path = folder / source.name
    return source if path.is_file() and digest(path) == source.sha256 else None


def _read(path: Path) -> Source | None:
    """A source file as written; None for one that was not written here."""
    try:
        return Source(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError):
        return None
