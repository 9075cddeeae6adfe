"""Reads one of Taiwan's climate-action progress reports into typed records.

    report = extract.read("report.pdf")

`extract.read` and the record types of `extract.records` are all that the rooms behind use.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from extract.records import Report

__all__ = ["Report", "read"]


def read(path: str | PathLike[str], *, password: str | None = None) -> Report:
    """The report in a PDF or text file, every record with its place.

    Raises the errors of `extract.errors`: each names the file, the page where one is known, and what to try.
    """
    from extract.documents import read_document  # noqa: PLC0415 - readers load when the first file is read
    from extract.reading import read_report  # noqa: PLC0415

    return read_report(read_document(Path(path), password=password))
