"""A file becomes a `Document`: pages of headings, paragraphs, tables and figures, each knowing where it stands."""

from __future__ import annotations

from pathlib import Path

from extract.documents.model import Document
from extract.errors import Broken, Unreadable

MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024
"""Bytes from the start within which viewers, and so we, accept the mark of a PDF."""
BIGGEST_TEXT = 30_000_000
"""Bytes of a text file; a report of 400 pages has one million."""


def read_document(path: Path, *, password: str | None = None) -> Document:
    """The document in a file, by what the file is rather than what it is called.

    Raises the errors of `extract.errors`; a missing or unreadable file is `Unreadable`.
    """
    name = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(name, f"cannot be opened ({error.strerror})", "check the path and its permissions") from error
    if not data.strip():
        raise Broken(name, "the file is empty", "download it again")
    if MAGIC in data[:MAGIC_WITHIN]:
        # pdfminer takes a fifth of a second to import, which a text file need not pay.
        from extract.documents.pdf import read_pdf  # noqa: PLC0415

        return read_pdf(name, data, password=password)
    if path.suffix.lower() == ".pdf":
        raise Broken(name, "not a PDF, whatever its name says", "open it to see what it is, or download it again")
    if len(data) > BIGGEST_TEXT:
        raise Broken(name, f"{len(data)} bytes of text are no report", "give the report alone")
    from extract.documents.text import read_text  # noqa: PLC0415

    return read_text(name, data)
