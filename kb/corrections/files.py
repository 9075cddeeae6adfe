"""The file of a report's corrections, `corrections/REPORT.csv`: a line for each, made by hand or by `kb correct`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kb.corrections.values import column_of, value_of
from kb.errors import KbError
from kb.files import write_whole

HEADER = ("table", "key", "column", "read value", "right value", "reason", "who", "date")
NEEDED = ("table", "key", "column", "reason", "who", "date")
"""Columns that no line may leave empty."""


class CorrectionsBroken(KbError):
    """A file of corrections that cannot be understood; names file and line."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of a file of corrections. `key` is the row's whole key; values are as a person writes them."""

    table: str
    key: str
    column: str
    read: str
    right: str
    reason: str
    who: str
    date: str


def path_of(folder: Path, report_id: str) -> Path:
    """The file that holds a report's corrections."""
    return folder / f"{report_id}.csv"


def load(folder: Path, report_id: str) -> list[Correction]:
    """The corrections of a report in order, none where it has no file. Raises `CorrectionsBroken`."""
    path = path_of(folder, report_id)
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CorrectionsBroken(f"{path}: cannot be read ({error}); save it as CSV in UTF-8") from error
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        if tuple(reader.fieldnames or ()) != HEADER:
            raise CorrectionsBroken(f"{path}, line 1: the columns must be: {', '.join(HEADER)}")
        return [_correction(path, reader.line_num, line, report_id) for line in reader]
    except csv.Error as error:
        raise CorrectionsBroken(f"{path}, line {reader.line_num}: {error}; mend the quotation marks") from error


def _correction(path: Path, line: int, cells: Mapping[str | None, Any], report_id: str) -> Correction:
    where = f"{path}, line {line}"
    if None in cells or any(cells[name] is None for name in HEADER):
        raise CorrectionsBroken(f"{where}: {len(HEADER)} cells are needed, {', '.join(HEADER)}")
    said = {name: str(cells[name]).strip() for name in HEADER}
    lacking = [name for name in NEEDED if not said[name]]
    if lacking:
        raise CorrectionsBroken(f"{where}: {' and '.join(lacking)} may not be empty")
    try:
        date.fromisoformat(said["date"])
    except ValueError as error:
        raise CorrectionsBroken(f"{where}: {said['date']} is no date; write it as 2026-03-31") from error
    key = said["key"]
    if key != report_id and not key.startswith(f"{report_id}/"):
        key = f"{report_id}/{key}"
    correction = Correction(said["table"], key, said["column"], *(said[name] for name in HEADER[3:]))
    try:
        value_of(column_of(correction.table, correction.column), correction.right)
    except KbError as error:
        raise CorrectionsBroken(f"{where}: {error.message}") from error
    return correction


def add(folder: Path, report_id: str, correction: Correction) -> Path:
    """Write a correction to its report's file, in place of an earlier one of the same value; gives the file.

    Raises `KbError` where it makes no sense or the file cannot be written.
    """
    value_of(column_of(correction.table, correction.column), correction.right)
    where = (correction.table, correction.key, correction.column)
    kept = [c for c in load(folder, report_id) if (c.table, c.key, c.column) != where]
    path = path_of(folder, report_id)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KbError(f"{folder}: cannot be made ({error.strerror}); give another --corrections") from error
    data = _as_csv([*kept, correction])
    write_whole(path, lambda stream: stream.write(data))
    return path


def _as_csv(corrections: Sequence[Correction]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER)
    writer.writerows((c.table, c.key, c.column, c.read, c.right, c.reason, c.who, c.date) for c in corrections)
    return text.getvalue().encode("utf-8-sig")
