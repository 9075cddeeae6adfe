"""Reads one of Taiwan's climate-action progress reports into typed records.

    report = extract.read("report.pdf")

`extract.read`, `extract.read_tables`, `extract.explain` and the record types of `extract.records` are all that the
rooms behind use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from extract.notes import Notes
from extract.records import Report, Span, TableRecord

if TYPE_CHECKING:
    from extract.documents.model import Document

__all__ = ["Notes", "Report", "explain", "find_notes", "read", "read_tables", "successor"]


def read(path: str | PathLike[str], *, password: str | None = None, notes: Notes | None = None) -> Report:
    """The report in a PDF or text file, every record with its place; `notes` are what a person says about the file.

    Raises the errors of `extract.errors`: each names the file, the page where one is known, and what to try.
    """
    from extract.documents import read_document  # noqa: PLC0415 - readers load when the first file is read

    with _in_time(Path(path)):
        document = read_document(Path(path), password=password)
        return _load_reading()(document, notes or Notes())


@contextmanager
def _in_time(path: Path) -> Iterator[None]:
    """Turns a pattern that ran out of time over some text of a file into the error that names the file."""
    from extract.errors import Unreadable  # noqa: PLC0415 - as above

    try:
        yield
    except TimeoutError as error:
        fact = "a text in it takes longer to read than any cell or paragraph should"
        raise Unreadable(path.name, fact, "look for thousands of blanks or signs in one place, or split it") from error


def _load_reading() -> Callable[[Document, Notes], Report]:
    """The reading room with its language pipeline, whose libraries take a second to load."""
    from extract.language.pipeline import pipeline  # noqa: PLC0415
    from extract.reading import read_report  # noqa: PLC0415

    pipeline()
    return read_report


def read_tables(path: str | PathLike[str], *, password: str | None = None) -> tuple[TableRecord, ...]:
    """Every table of any PDF or text file, joined over its pages, with its caption where one is printed.

    Raises the errors of `extract.errors` but `NotAReport`: the file need not be one.
    """
    from extract.documents import read_document  # noqa: PLC0415 - as above
    from extract.reading.captions import read as read_captions  # noqa: PLC0415

    with _in_time(Path(path)):
        tables, _, _ = read_captions(read_document(Path(path), password=password))
        return tables


def explain(
    text: str,
    *,
    report_year: int | None = None,
    lead: tuple[str, ...] = (),
    topic: str = "",
    register: Literal["item", "case", "claim"] = "item",
) -> tuple[Span, ...]:
    """How each number and time word of a text is read, in order.

    `report_year` is Gregorian, `lead` the preambles that govern the text, outermost first, `topic` what it is about;
    `register` says what kind of text it is.
    """
    from extract.language import Setting  # noqa: PLC0415 - as above
    from extract.language import explain as spans  # noqa: PLC0415

    return tuple(spans(text, Setting(report_year, lead, topic, register)))


def successor(agency: str) -> str | None:
    """The full name today of an agency that was once called so in full; None where it is not one of the past."""
    from extract.language.agency_vocabulary import vocabulary  # noqa: PLC0415 - as above

    return vocabulary().successor(agency)


def find_notes(folder: str | PathLike[str], path: str | PathLike[str]) -> Notes | None:
    """The layout notes in a folder that are about a file. Raises `extract.errors.NotesBroken`."""
    if next(Path(folder).glob("*.toml"), None) is None:
        return None
    from extract.notes import find  # noqa: PLC0415 - as above
    from extract.reading.vocabulary import vocabulary  # noqa: PLC0415

    return find(Path(folder), Path(path), frozenset(vocabulary()["fields"]))
