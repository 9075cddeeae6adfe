"""The files that reports were read from, kept beside the database: `kb.db.files/<sha256>.pdf`.

They are named by their content, so a copy is never changed and one that is there need not be written again. The site
shows their pages; without them it says in words where something stands.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from string import hexdigits

SUFFIXES = {"application/pdf": ".pdf"}
"""By media type; everything else is text."""
FOLDER = ".files"
"""Behind the name of the database."""
DIGITS = 64
"""Of a SHA-256 in hexadecimal."""


def folder(db: Path) -> Path:
    """Where the originals of a database are."""
    db = db.resolve()
    return db.with_name(db.name + FOLDER)


def path(db: Path, sha256: str, media_type: str) -> Path:
    """Where the original with that digest is, whether it is there or not."""
    return folder(db) / (sha256 + SUFFIXES.get(media_type, ".txt"))


def is_kept(path: Path) -> bool:
    """Whether a file is such a copy, of whatever database."""
    digest = path.stem
    is_digest = len(digest) == DIGITS and all(c in hexdigits for c in digest)
    return is_digest and path.parent.name.endswith(FOLDER)


def keep(db: Path, source: Path, sha256: str, media_type: str) -> Path:
    """Copy the file to its place, whole or not at all. Raises `OSError` where the disk refuses."""
    kept = path(db, sha256, media_type)
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        part = kept.with_name(kept.name + ".part")
        try:
            shutil.copyfile(source, part)
            part.replace(kept)
        finally:
            part.unlink(missing_ok=True)
    return kept
