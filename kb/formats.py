"""The forms in which rows leave: CSV for Excel, JSON, XLSX, Parquet. Each writes a `Selection` to a binary stream."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from typing import IO, Any

from kb.errors import KbError
from kb.export import Selection
from kb.schema import Column

FORMULA_STARTS = tuple("=+-@＝＋－＠\t\r\n")
"""A text cell that begins so is run as a formula by a spreadsheet; full-width signs are by East Asian ones."""

EXCEL_CHARACTERS, EXCEL_ROWS = 32_767, 1_048_576
"""What one cell and one sheet of an XLSX file hold (Excel specifications and limits)."""
CUT = "…[cut]"

WIDTHS = range(8, 61)
"""Of a spreadsheet column, in characters of a Latin digit's width."""
WIDTHS_OF = 1000
"""Rows that a column's width is made for."""


def write_csv(selection: Selection, out: IO[bytes]) -> None:
    """UTF-8 with BOM, which tells Excel the encoding; texts that a spreadsheet would run get a `'` in front."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow(c.name for c in selection.columns)
    for row in selection.rows:
        writer.writerow(neutral(value) for value in row)
    text.flush()
    text.detach()


def neutral(value: object) -> object:
    """The value for a CSV cell: numbers stay numbers, negative ones too; no text begins as a formula does."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def write_json(selection: Selection, out: IO[bytes]) -> None:
    """A list of objects; columns that hold JSON as what they hold."""
    names = [c.name for c in selection.columns]
    nested = {c.name for c in selection.columns if c.type == "json"}
    start = b"["
    for row in selection.rows:
        record = {
            n: json.loads(v) if n in nested and isinstance(v, str) else v for n, v in zip(names, row, strict=True)
        }
        out.write(start + b"\n" + json.dumps(record, ensure_ascii=False).encode())
        start = b","
    out.write(b"[]\n" if start == b"[" else b"\n]\n")


def write_xlsx(selection: Selection, out: IO[bytes]) -> None:
    """One sheet of rows with a frozen header and a filter, one that says what the columns mean. Numbers are
    numbers, all else is text, whatever it begins with. A text longer than a cell can hold ends in `…[cut]`.

    Raises `KbError` where the rows are more than a sheet can hold.
    """
    import xlsxwriter  # noqa: PLC0415 - needed here alone

    if selection.count >= EXCEL_ROWS:
        raise KbError(f"{selection.table}: {selection.count} rows are more than XLSX can hold; use csv or parquet")
    # Rows go to a file as they come: 70,000 figures take 60 MB, not 570.
    settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, settings)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet = book.add_worksheet(selection.table[:31])
    first = list(islice(selection.rows, WIDTHS_OF))
    for at, column in enumerate(selection.columns):
        form = book.add_format({"num_format": _number_format(column)})
        sheet.set_column(at, at, _width(column, [row[at] for row in first]), form)
        sheet.write_string(0, at, column.name, bold)
    line = 0
    for line, row in enumerate(chain(first, selection.rows), 1):
        for at, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(line, at, value if len(value) <= EXCEL_CHARACTERS else _cut(value))
            elif isinstance(value, (int, float)):
                sheet.write_number(line, at, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, line), len(selection.columns) - 1)
    meanings = book.add_worksheet("欄位說明")
    meanings.set_column(0, 2, 40)
    for line, column in enumerate(selection.columns):
        for at, text in enumerate((column.name, column.zh, column.en)):
            meanings.write_string(line, at, text)
    book.close()


def _cut(value: str) -> str:
    return value[: EXCEL_CHARACTERS - len(CUT)] + CUT


def _number_format(column: Column) -> str:
    if column.name == "execution_rate":
        return "0.0%"
    is_money = column.name.endswith("_ntd") or column.name == "kwh_saved"
    return "#,##0" if is_money else "General"


def _width(column: Column, values: list[object]) -> int:
    """Wide enough for the header and nine of ten values; a Chinese character is two wide."""
    wide = sorted(_columns_of(value) for value in values) or [0]
    wanted = max(len(column.name) + 3, wide[len(wide) * 9 // 10 - (len(wide) >= 10)] + 1)
    return min(max(wanted, WIDTHS.start), WIDTHS[-1])


def _columns_of(value: object) -> int:
    text = "" if value is None else str(value)[:80]
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def write_parquet(selection: Selection, out: IO[bytes]) -> None:
    """Typed columns, in batches of a few thousand rows."""
    import pyarrow as pa  # noqa: PLC0415 - needed here alone, 0.2 s
    import pyarrow.parquet as pq  # noqa: PLC0415

    types: Mapping[str, Any] = {
        "serial": pa.int64(),
        "integer": pa.int64(),
        "real": pa.float64(),
        "boolean": pa.bool_(),
    }
    fields = [
        pa.field(c.name, types.get(c.type, pa.string()), metadata={"zh": c.zh, "en": c.en}) for c in selection.columns
    ]
    with pq.ParquetWriter(out, pa.schema(fields), compression="zstd") as writer:
        for batch in _batches(selection.rows):
            arrays = [
                pa.array([_typed(row[at], c) for row in batch], type=fields[at].type)
                for at, c in enumerate(selection.columns)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=pa.schema(fields)))


def _batches(rows: Iterator[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    while batch := list(islice(rows, 5000)):
        yield batch


def _typed(value: object, column: Column) -> object:
    return bool(value) if column.type == "boolean" and value is not None else value


FORMATS: Mapping[str, Callable[[Selection, IO[bytes]], None]] = {
    "csv": write_csv,
    "json": write_json,
    "xlsx": write_xlsx,
    "parquet": write_parquet,
}
BINARY = ("xlsx", "parquet")
"""Not to be shown on a terminal."""
