"""Headline figures: sentences and table cells that state one, outside annex one, the cases and the comments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extract.documents.model import Document, Paragraph, PlacedText, Table
from extract.language import Setting
from extract.reading.captions import NEAR, caption_of
from extract.reading.case_sections import highlights
from extract.reading.columns import ESSENTIAL, read_columns
from extract.reading.form_cells import is_form
from extract.reading.headers import headers, words_of
from extract.reading.measured import cells, measure, measure_cell, sentences
from extract.reading.outline import Outline, build
from extract.reading.reviewers import TITLE
from extract.reading.vocabulary import folded
from extract.records import Claim, Signal

LEAST_COLUMNS = 5
"""Columns of a table of measures; one with fewer sums them up."""
_FIGURE = regex.compile(
    r"(?:約|逾|達|計)?[(（]?[-+]?\d[\d,]*(?:\.\d+)?[)）]?\s*[^\s\d，、。；：()（）]{0,12}(?:\s?CO2e?)?"
)
"""A cell of one figure with its unit."""


def read(
    document: Document, *, outline: Outline | None = None, report_year: int | None = None
) -> tuple[tuple[Claim, ...], list[Signal]]:
    """The claims in order; `report_year` is Gregorian."""
    outline = outline or build(document)
    signals: list[Signal] = []
    reader = _Reader(document, outline, report_year, signals)
    closed = _closed_sections(document, outline)
    claims: list[Claim] = []
    for index, (block, section) in enumerate(zip(document.blocks, outline.section_of, strict=True)):
        if section is None or closed & set(outline.path(section)):
            continue
        if isinstance(block, Table):
            if not _holds_own_records(block):
                claims.extend(reader.of_table(block, section, _caption_above(document, index)))
        elif isinstance(block, Paragraph) and caption_of(block) is None:
            claims.extend(reader.of_text(block.text, section))
    return tuple(claims), signals


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads claims from the texts of one document; `signals` takes what of them was not understood."""

    document: Document
    outline: Outline
    report_year: int | None
    signals: list[Signal]

    def setting(self, section: int, labels: tuple[str, ...], lead: tuple[str, ...] = ()) -> Setting:
        topic = " ".join((self.outline.sections[section].heading, *labels))
        return Setting(report_year=self.report_year, lead=lead, topic=topic, register="claim")

    def of_text(self, text: PlacedText, section: int, labels: tuple[str, ...] = ()) -> Iterator[Claim]:
        """The sentences of a text that state a figure."""
        for sentence in sentences(text):
            if quantities := measure(self.document, sentence, self.setting(section, labels), self.signals):
                yield Claim(section, sentence.text, self.document.origins.place(sentence), quantities)

    def of_table(self, table: Table, section: int, caption: str) -> Iterator[Claim]:
        """The cells of a table that state a figure, a cell's sentences one by one. What a cell of a figure alone is
        about is said by its column, and then by the caption where the row is one of several sources or measures."""
        named = [folded(header) for header in headers(table)]
        is_share_of_caption = bool(named) and any(word in named[0] for word in words_of("claims")["parts"])
        for text, labels, unit in cells(table):
            if unit or _FIGURE.fullmatch(text.text.strip()):
                lead = (caption if is_share_of_caption else "", labels[0] if labels else "")
                setting = self.setting(section, labels, tuple(filter(None, lead)))
                if quantities := measure_cell(self.document, text, unit, setting, self.signals):
                    yield Claim(section, text.text, self.document.origins.place(text), quantities)
            else:
                yield from self.of_text(text, section, labels)


def _caption_above(document: Document, index: int) -> str:
    """The caption of a table, right above it but for a line that gives the unit; empty where it has none."""
    for block in reversed(document.blocks[max(0, index - NEAR) : index]):
        if (caption := caption_of(block)) is not None:
            return caption.words
    return ""


def _closed_sections(document: Document, outline: Outline) -> set[int]:
    """Sections whose figures are other records': the cases, the comments, and annexes with annex one's table."""
    closed = set(highlights(outline))
    for index, section in enumerate(outline.sections):
        if "委員" in section.heading and TITLE.search(section.heading):
            closed.add(index)
    for block, section_at in zip(document.blocks, outline.section_of, strict=True):
        if isinstance(block, Table) and section_at is not None and is_annex_one(block):
            top = outline.path(section_at)
            closed.update(s for s in top if (outline.sections[s].number or "").startswith("附"))
    return closed


def is_annex_one(table: Table) -> bool:
    """Whether a table lists measures, under headers or as forms: with what was aimed at beside what was done."""
    if is_form(table):
        return True
    columns = read_columns(table)
    is_both = columns.fields >= ESSENTIAL and bool(columns.fields & {"name", "strategy"})
    return table.width >= LEAST_COLUMNS and (is_both or columns.is_annex())


def _holds_own_records(table: Table) -> bool:
    """Whether a table is annex one, the comments or the emissions: records of their own."""
    said = "".join(folded(h) for h in headers(table))
    is_comments = any(w in said for w in ("意見", "提問")) and any(
        w in said for w in ("回", "答", "辦理", "說明", "處理")
    )
    is_emissions = any(w in said for w in words_of("emissions")["grid_factor"])
    return is_annex_one(table) or is_comments or is_emissions
