"""Case studies with their figures.

A figure that the slide or the bullets of a case tell again is not a second one; where prose and slide
disagree, both stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extract.documents.model import Block, Document, Figure, Heading, Paragraph, PlacedText, Table
from extract.language import Setting
from extract.reading.captions import caption_of
from extract.reading.case_blocks import blocks_by_section
from extract.reading.case_sections import CaseSection, case_sections, facet_of, highlights, is_highlights
from extract.reading.case_story import industry_of, names_industry, story_of, strategy_of, title_of
from extract.reading.measured import cells, measure_cell
from extract.reading.missed import announced
from extract.reading.outline import Outline, build
from extract.reading.vocabulary import TIMEOUT
from extract.records import Case, Quantity, Signal

SHORT_LINE, SHORT_BOX = 16, 40
"""Characters of a line, and of all lines, in a box of a slide that says one thing on several lines."""

_FIGURE = regex.compile(r"(?<![\d,.])\d[\d,]*(?:\.\d+)?+(?!\s*(?:年|[-－–~～至]|個?月))\s*(?:[%％]|\p{Han})")
"""A figure with its unit; 113年 and 110-113年 may head a column."""
_WEAK_KINDS = frozenset({"physical", "count", "rate"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text of a case. `is_told` is True for prose, False for slides, bullets and tables; `lead` governs it;
    `unit` is its column's."""

    text: PlacedText
    is_told: bool
    lead: tuple[str, ...] = ()
    unit: str = ""
    is_cell: bool = False


def read(
    document: Document, *, outline: Outline | None = None, report_year: int | None = None
) -> tuple[tuple[Case, ...], list[Signal]]:
    """The cases in order; `report_year` is Gregorian."""
    outline = outline or build(document)
    blocks = blocks_by_section(document, outline, highlights(outline))
    found = case_sections(outline, blocks)
    signals = [] if found else announced(document, is_highlights, "unread:cases", "亮點案例")
    figures = _Figures(document, report_year, signals)
    return tuple(_case(outline, case, blocks, figures) for case in found), signals


def _case(outline: Outline, case: CaseSection, blocks: dict[int, list[Block]], figures: _Figures) -> Case:
    headings = [outline.sections[s].heading for s in case.path]
    title = title_of(headings[-1])
    path = (*headings[:-1], title)
    pieces = [piece for s in case.inside for piece in _pieces(outline, case, s, blocks.get(s, []))]
    prose = [piece.text.text for piece in pieces if piece.is_told]
    parts = [(outline.sections[s].heading, outline.sections[s].text) for s in case.inside[1:]]
    parts += [part for piece in pieces if not piece.is_told and (part := _part_in_cell(piece)) is not None]
    slides = [outline.sections[s].heading for s in case.inside[1:]]
    slides += [piece.text.text for piece in pieces if not piece.is_told and len(piece.text) < SHORT_BOX]
    story = story_of(prose, parts)
    texts = [block.text for s in case.inside for block in blocks.get(s, []) if isinstance(block, Heading)]
    return Case(
        title=title,
        path=path,
        industry=_industry_in_card(pieces) or industry_of(title, "".join(prose), slides),
        strategy=strategy_of(path, "".join(prose)),
        problem=story.problem,
        approach=story.approach,
        outcome=story.outcome,
        text="\n".join(piece.text.text for piece in pieces),
        place=figures.document.origins.place(*texts, *(piece.text for piece in pieces)),
        quantities=tuple(figures.of(pieces, " ".join(path[1:]))),
    )


def _pieces(outline: Outline, case: CaseSection, section: int, blocks: list[Block]) -> Iterator[_Piece]:
    """The texts of one section of a case, its headings, captions and empty pictures left out."""
    heading = outline.sections[section]
    is_slide = section != case.section and heading.number is None
    lead = (heading.heading,) if section != case.section else ()
    for block in blocks:
        if isinstance(block, Table):
            for text, labels, unit in cells(_upright(block)):
                yield _Piece(text, is_told=False, lead=labels, unit=unit, is_cell=True)
        elif isinstance(block, Figure):
            for line in block.text.lines():
                yield _Piece(line, is_told=False)
        elif isinstance(block, Paragraph) and caption_of(block) is None:
            is_told = not is_slide and "。" in block.text.text and "\n" not in block.text.text
            for text in _lines(block.text):
                yield _Piece(text, is_told=is_told, lead=lead)


def _industry_in_card(pieces: list[_Piece]) -> str | None:
    """The industry in the cell beside 行業別."""
    named = (piece.text.text for piece in pieces if piece.is_cell and piece.lead and names_industry(piece.lead[-1]))
    return next((" ".join(words.split()) for words in named), None)


def _part_in_cell(piece: _Piece) -> tuple[str, str] | None:
    """The part of the story that a slide's box or cell tells under its own first line or column header."""
    opening, _, rest = piece.text.text.partition("\n")
    if rest and facet_of(opening) is not None:
        return opening, rest
    if not piece.is_cell or facet_of(piece.text.text) is not None:
        return None
    label = next((word for word in reversed(piece.lead) if facet_of(word) is not None), None)
    return (label, piece.text.text) if label is not None else None


def _upright(table: Table) -> Table:
    """A table whose first column names the parts of the story, from the first row on, has no header; nor has one with
    a figure or a sentence in its first row."""
    rows = (*table.header, *table.rows)
    beside = [cell.text.text.strip() for cell in rows[0].cells[1:]] if rows and not rows[0].is_band else []
    if any(text.endswith("。") or _FIGURE.search(text, timeout=TIMEOUT) for text in beside):
        return Table((), rows, table.raw, table.joins)
    told = [bool(row.cells) and facet_of(row.cells[0].text.text) is not None for row in rows]
    if len(rows) > 1 and told[0] and sum(told) * 2 > len(rows):
        return Table((), rows, table.raw, table.joins)
    return table


def _lines(text: PlacedText) -> Iterator[PlacedText]:
    """The lines of a paragraph; a slide's box of a few short lines around one figure is one text."""
    lines = list(text.lines())
    figures = sum(any(map(str.isdigit, line.text)) for line in lines)
    if len(text) <= SHORT_BOX and figures <= 1 and all(len(line) <= SHORT_LINE for line in lines):
        yield text.strip()
        return
    yield from lines


@dataclass(frozen=True, slots=True)
class _Figures:
    """Reads the figures of cases; `signals` takes what of them was not understood."""

    document: Document
    report_year: int | None
    signals: list[Signal]

    def of(self, pieces: list[_Piece], topic: str) -> Iterator[Quantity]:
        """The figures of a case about a topic, each once. Prose comes first, whatever the order on the page."""
        seen: set[tuple[object, ...]] = set()
        values: set[tuple[Decimal, str]] = set()
        for piece in sorted(pieces, key=lambda p: not p.is_told):
            setting = Setting(report_year=self.report_year, lead=piece.lead, topic=topic, register="case")
            for quantity in measure_cell(self.document, piece.text, piece.unit, setting, self.signals):
                value = quantity.value if quantity.canonical_value is None else quantity.canonical_value
                value = value.normalize()
                value = value if piece.is_told else abs(value)  # -19.6% on a tile is 減少 19.6% in the text
                unit = quantity.canonical_unit or quantity.unit
                key = (quantity.kind, value, quantity.value_high, unit)
                exact = (*key, quantity.comparator)
                is_again = exact in seen if piece.is_told else key in seen
                if is_again or (not piece.is_told and quantity.kind in _WEAK_KINDS and (value, unit) in values):
                    continue
                seen.update({key, exact})
                values.add((value, unit))
                yield quantity
