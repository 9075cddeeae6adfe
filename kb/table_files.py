"""The tables of any document as files: JSON, CSV, or XLSX with a sheet for each table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any

import regex

from extract.records import TableRecord
from kb.formats import CUT, EXCEL_CHARACTERS, neutral
from kb.row_sink import boxes

LONGEST_SHEET_NAME = 31
"""What Excel allows, without the characters of `NOT_IN_A_SHEET_NAME`."""
NOT_IN_A_SHEET_NAME = regex.compile(r"[\[\]:*?/\\'\s]+")


def pages_of(table: TableRecord) -> tuple[int, int] | None:
    """First and last page that a table stands on, None in a text source."""
    pages = [box.page for box in table.place.boxes]
    return (min(pages), max(pages)) if pages else None


def write_json(tables: Sequence[TableRecord], out: IO[bytes]) -> None:
    """A list of objects, one a table, with the columns of the knowledge base's `tables`: rows of strings in `cells`,
    the first `header_rows` of them the header; `pages` are the first and last one."""
    found = [_record(number, table) for number, table in enumerate(tables, 1)]
    out.write(json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n")


def _record(number: int, table: TableRecord) -> dict[str, Any]:
    return {
        "position": number,
        "number": table.number,
        "caption": table.caption,
        "source": table.source,
        "notes": table.notes,
        "pages": pages_of(table),
        "boxes": boxes(table.place),
        "header_rows": table.header_rows,
        "joins": table.joins,
        "cells": table.cells,
    }


def write_csv(tables: Sequence[TableRecord], out: IO[bytes]) -> None:
    """UTF-8 with BOM, which tells Excel the encoding; an empty line stands between two tables."""
    text = io.TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    for number, table in enumerate(tables):
        if number:
            writer.writerow(())
        for row in table.cells:
            writer.writerow(neutral(cell) for cell in row)
    text.flush()
    text.detach()


def write_xlsx(tables: Sequence[TableRecord], out: IO[bytes]) -> None:
    """A sheet for each table with its header frozen, behind one that lists them all. Every cell is text, whatever it
    begins with; one longer than a cell can hold ends in `…[cut]`."""
    import xlsxwriter  # noqa: PLC0415 - needed here alone

    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    listed = book.add_worksheet("表格清單")
    for at, words in enumerate(("工作表", "表號", "表名", "起頁", "迄頁", "列數", "欄數")):
        listed.write_string(0, at, words, bold)
    listed.set_column(2, 2, 60)
    for number, table in enumerate(tables, 1):
        name = _sheet_name(number, table)
        pages = pages_of(table)
        width = max(map(len, table.cells), default=0)
        line = (
            name,
            table.number,
            table.caption,
            *(pages or (None, None)),
            len(table.cells) - table.header_rows,
            width,
        )
        for at, value in enumerate(line):
            listed.write(number, at, value)
        sheet = book.add_worksheet(name)
        for row_number, row in enumerate(table.cells):
            for at, cell in enumerate(row):
                whole = cell if len(cell) <= EXCEL_CHARACTERS else cell[: EXCEL_CHARACTERS - len(CUT)] + CUT
                sheet.write_string(row_number, at, whole, bold if row_number < table.header_rows else plain)
        if width:
            sheet.set_column(0, width - 1, max(12, min(60, 160 // width)))
        sheet.freeze_panes(table.header_rows, 0)
    book.close()


def _sheet_name(number: int, table: TableRecord) -> str:
    """The table's position and caption; unlike all others, since positions differ."""
    words: str = NOT_IN_A_SHEET_NAME.sub(" ", f"{number} {table.caption or ''}")
    return words[:LONGEST_SHEET_NAME].strip()


FORMATS: Mapping[str, Callable[[Sequence[TableRecord], IO[bytes]], None]] = {
    "xlsx": write_xlsx,
    "csv": write_csv,
    "json": write_json,
}
