"""Reads one of Taiwan's climate-action progress reports into typed records.

    report = extract.read("report.pdf")

`extract.read`, `extract.read_tables` and the record types of `extract.records` are all that the rooms behind use.
"""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from extract.records import Report, TableRecord

__all__ = ["Report", "read", "read_tables"]


def read(path: str | PathLike[str], *, password: str | None = None) -> Report:
    """The report in a PDF or text file, every record with its place.

    Raises the errors of `extract.errors`: each names the file, the page where one is known, and what to try.
    """
    from extract.documents import read_document  # noqa: PLC0415 - readers load when the first file is read
    from extract.reading import read_report  # noqa: PLC0415

    return read_report(read_document(Path(path), password=password))


def read_tables(path: str | PathLike[str], *, password: str | None = None) -> tuple[TableRecord, ...]:
    """Every table of any PDF or text file, joined over its pages, with its caption where one is printed.

    Raises the errors of `extract.errors` but `NotAReport`: the file need not be one.
    """
    from extract.documents import read_document  # noqa: PLC0415 - as above
    from extract.reading.captions import read as read_captions  # noqa: PLC0415

    tables, _, _ = read_captions(read_document(Path(path), password=password))
    return tables
