"""A download on its way: the file that grows, the mark of the version it belongs to, and what it is in the end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import regex

from kb.download.keeping import Origin, keep
from kb.errors import KbError

MAGIC, MAGIC_WITHIN = b"%PDF-", 1024
PDF_END, END_WITHIN = b"%%EOF", 4096
"""A PDF ends so, but for a few bytes that some writers put behind; one without was cut off."""
TEXT_TYPES = ("text/plain", "text/markdown")


class DownloadFailed(KbError):
    """The address gave no report; says why, and what to try."""


class TryAgain(Exception):
    """The download broke off in a way that another try may mend."""


@dataclass(slots=True)
class Partial:
    """What there is so far: the file, and the server's mark of the version that it belongs to, which stands beside the
    file for the next run."""

    path: Path
    last_modified: str | None = None
    name: str = "report"
    media_type: str = ""
    have: int = 0

    @property
    def mark(self) -> str | None:
        """The mark of the version, None where the server gave none and nothing can go on."""
        return self.mark_path.read_text(encoding="utf-8") if self.mark_path.exists() else None

    @mark.setter
    def mark(self, mark: str | None) -> None:
        if mark is None:
            self.mark_path.unlink(missing_ok=True)
        else:
            self.mark_path.write_text(mark, encoding="utf-8")

    @property
    def mark_path(self) -> Path:
        """The file with the mark."""
        return self.path.with_suffix(".mark")

    def discard(self) -> None:
        """Remove what there is."""
        self.path.unlink(missing_ok=True)
        self.mark = None


def finish(partial: Partial, folder: Path, url: str) -> Path:
    """The file at its place. Raises `DownloadFailed` where it is neither PDF nor text, `TryAgain` where it lacks its
    end."""
    data = partial.path.read_bytes()
    head = data[:MAGIC_WITHIN]
    is_pdf = MAGIC in head
    is_page = bool(regex.search(rb"(?i)<!doctype html|<html|<head", head))
    is_text = partial.media_type in TEXT_TYPES or partial.name.lower().endswith((".md", ".txt"))
    problem = None
    if not head.strip():
        problem = "gives an empty file"
    elif is_pdf and PDF_END not in data[-END_WITHIN:]:
        partial.discard()
        raise TryAgain("it gives a PDF without its end")
    elif not is_pdf and (is_page or not is_text):
        problem = f"gives {'a web page' if is_page else partial.media_type or 'something'}, no PDF or text"
    if problem is not None:
        partial.discard()
        raise DownloadFailed(f"{url}: {problem}; save the file by hand and give its path")
    if is_pdf and not partial.name.lower().endswith(".pdf"):
        partial.name = f"{partial.name}.pdf"
    etag = partial.mark if partial.mark != partial.last_modified else None
    path = keep(partial.path, folder, partial.name, Origin(url, etag, partial.last_modified))
    partial.discard()
    return path
