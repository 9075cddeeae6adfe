"""The files that one run is given, and what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from kb import originals

SUFFIXES = (".pdf", ".md", ".txt")
"""Of the files that are taken from a folder. A file that is named itself is tried whatever it is called."""

What = Literal["added", "replaced", "unchanged", "left out", "failed"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done with one file. `counts` has the number of rows by table where a report was stored."""

    source: str
    what: What
    report_id: str | None = None
    seconds: float = 0.0
    message: str = ""
    trace: str = ""
    sha256: str = ""
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, with its digest."""

    path: Path
    sha256: str

    @property
    def is_pdf(self) -> bool:
        """By its first bytes, as a reader would see it."""
        with self.path.open("rb") as file:
            return b"%PDF-" in file.read(1024)


def collect(paths: Iterable[Path]) -> tuple[list[Source], list[Outcome]]:
    """The files under the paths, folders recursively by name, each once; and the paths that give none. The copies
    that databases keep of their originals are left alone."""
    found: dict[Path, None] = {}
    failed = []
    for path in paths:
        if path.is_dir():
            files = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
            files = [file for file in files if not originals.is_kept(file)]
            if not files:
                wanted = ", ".join(SUFFIXES)
                failed.append(
                    Outcome(path.name or str(path), "failed", message=f"{path}: no {wanted} file in this folder")
                )
            found |= dict.fromkeys(files)
        else:
            found[path] = None
    sources = []
    for path in found:
        try:
            with path.open("rb") as file:
                sources.append(Source(path, hashlib.file_digest(file, "sha256").hexdigest()))
        except OSError as error:
            message = f"{path}: cannot be opened ({error.strerror}); check the file and its permissions"
            failed.append(Outcome(path.name, "failed", message=message))
    return sources, failed
