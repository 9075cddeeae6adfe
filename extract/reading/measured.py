"""Figures of a placed text, each with its own spot in the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from extract.documents.model import Document, PlacedText, Table
from extract.language import Setting, read_text
from extract.reading.headers import column_levels
from extract.reading.raised_marks import without_marks
from extract.reading.vocabulary import folded
from extract.records import Quantity, Signal

_SENTENCE = regex.compile(r"[^。！？!?\n]*(?:[。！？!?]+[」』）)]*|\n|$)")
_BARE_NUMBER = regex.compile(r"[(（]?[-+]?\d[\d,]*(?:\.\d+)?[)）]?")
_UNIT_ASIDE = regex.compile(r"[(（\[]\s*(?:單位\s*[：:]\s*)?([^()（）\[\]]{1,16})\s*[)）\]]")


def measure(document: Document, text: PlacedText, setting: Setting, signals: list[Signal]) -> tuple[Quantity, ...]:
    """The figures of a text. Line breaks are read as blanks, so that a number and its unit on two lines are one. What
    was not understood goes to `signals`, under the setting's topic."""
    reading = read_text(without_marks(text).replace("\n", " "), setting)
    if reading.signals:
        place = document.origins.place(text)
        signals += [replace(s, context=setting.topic, place=place) for s in reading.signals]
    return tuple(replace(q, place=document.origins.place(text[q.start : q.end])) for q in reading.quantities)


def sentences(text: PlacedText) -> Iterator[PlacedText]:
    """The sentences of a text; a line break ends one as 。 does."""
    for match in _SENTENCE.finditer(text.text):
        sentence = text[match.start() : match.end()].strip()
        if sentence:
            yield sentence


def cells(table: Table) -> Iterator[tuple[PlacedText, tuple[str, ...], str]]:
    """Each body cell printed in its own row with the labels that govern it (header, then what stands to its left)
    and the unit of its column, for bare numbers."""
    levels = column_levels(table.header if table.rows else ())
    for row in table.rows or table.header:  # one row alone, as a slide set as a table is, heads nothing
        for column, cell in enumerate(row.cells):
            if cell.source != "own" or not cell.text:
                continue
            header = " ".join(levels[column]) if column < len(levels) else ""
            left = [
                c.text.text for c in row.cells[:column] if c.text and not _BARE_NUMBER.fullmatch(c.text.text.strip())
            ]
            yield cell.text, (*((header,) if header else ()), *left), column_unit(header)


def column_unit(header: str) -> str:
    """The unit in a header's brackets: `tCO2e` of 減量額度(tCO2e)."""
    asides = _UNIT_ASIDE.findall(header)
    return folded(asides[-1]) if asides else ""


def measure_cell(
    document: Document, text: PlacedText, unit: str, setting: Setting, signals: list[Signal]
) -> tuple[Quantity, ...]:
    """As `measure`, the figures of a table cell; a bare number takes its column's unit."""
    words = without_marks(text).strip()
    if not unit or not _BARE_NUMBER.fullmatch(words):
        return measure(document, text, setting, signals)
    reading = read_text(f"{words.strip('()（）')}{unit}", setting)
    place = document.origins.place(text)
    signals += [replace(s, context=setting.topic, place=place) for s in reading.signals]
    return tuple(
        replace(q, start=0, end=len(text), quote=f"{setting.topic} {words}".strip(), place=place)
        for q in reading.quantities
    )
