"""The 評量指標 table: each indicator with its target and what was reached, as text."""

from __future__ import annotations

from collections.abc import Sequence

from extract.documents.model import Cell, Document, PlacedText, Row, Table
from extract.documents.wrapping import soft_join
from extract.reading.captions import caption_of
from extract.reading.dates import roc_years
from extract.reading.header_meaning import meaning
from extract.reading.headers import best_match, headers, words_of
from extract.reading.missed import announced
from extract.reading.outline import Outline, build
from extract.reading.vocabulary import folded, is_blank
from extract.records import Indicator, Signal

FIELDS = ("name", "result", "target", "ignored")
SURE = 0.9
"""How certain the meaning of a header of annex one must be."""
NARROWEST, WIDEST = 3, 8
"""Columns; annex one has more."""
NEAR = 3
"""Blocks above a table that may hold its caption."""


def read(
    document: Document, *, outline: Outline | None = None, report_year: int | None = None
) -> tuple[tuple[Indicator, ...], list[Signal]]:
    """The rows of the indicator tables in order; `report_year` (ROC) decides between the targets of several years."""
    outline = outline or build(document)
    found: list[Indicator] = []
    signals: list[Signal] = []
    for at, block in enumerate(document.blocks):
        for table in (block, _turned(block)) if isinstance(block, Table) else ():
            if columns := _columns(document, outline, at, table):
                chosen = _choose(table, columns, report_year)
                _signal_others(document, table, columns, chosen, signals)
                found.extend(_rows(document, table, chosen))
                break
    if not found:
        signals += announced(document, lambda heading: "評量指標" in heading, "unread:indicators", "評量指標")
    return tuple(found), signals


def _turned(table: Table) -> Table:
    """The table with a row for each of its columns, where its indicators stand beside one another."""
    rows = [row.cells for row in (*table.header, *table.rows) if not row.is_band]
    columns = [Row(tuple(row[i] if i < len(row) else Cell() for row in rows)) for i in range(table.width)]
    if any(column.cells and roc_years(column.cells[0].text.text) for column in columns):
        return Table((), ())  # years beside one another are no indicators
    return Table(tuple(columns[:1]), tuple(columns[1:]), table.raw, table.joins)


def _columns(document: Document, outline: Outline, at: int, table: Table) -> list[str | None] | None:
    """Each column's field, or None where the table is no indicator table."""
    if not NARROWEST <= table.width <= WIDEST or not table.header:
        return None
    words = words_of("indicators")
    printed = headers(table)
    said = folded("".join(printed))
    if any(word in said for word in words["foreign"]):
        return None
    columns = [m[0] if (m := best_match(h, words, FIELDS)) else _as_in_annex(h) for h in printed]
    if not {"name", "target", "result"} <= set(columns):
        return None
    about = [block_words(document, i) for i in range(max(0, at - NEAR), at)]
    about += [outline.sections[s].heading for s in outline.path(outline.section_of[at])]
    named = " ".join([*about, said])
    return columns if any(word in named for word in words["topic"]) else None


def _as_in_annex(header: str) -> str | None:
    """What a header means over the measures, where it is one that indicators have too."""
    field, certainty = meaning(header)
    return field if field in FIELDS and certainty >= SURE else None


def block_words(document: Document, at: int) -> str:
    """The words of a caption, nothing for any other block."""
    caption = caption_of(document.blocks[at])
    return caption.words if caption is not None else ""


def _choose(table: Table, columns: Sequence[str | None], report_year: int | None) -> dict[str, int]:
    """One column for each field: of several the one for the report year, else the first."""
    printed = headers(table)
    chosen: dict[str, int] = {}
    for field in ("name", "target", "result"):
        options = [i for i, name in enumerate(columns) if name == field]
        of_year = [i for i in options if report_year is not None and report_year in roc_years(printed[i])]
        chosen[field] = (of_year or options)[0]
    return chosen


def _signal_others(
    document: Document, table: Table, columns: Sequence[str | None], chosen: dict[str, int], signals: list[Signal]
) -> None:
    """Says which columns no field holds."""
    for i, header in enumerate(headers(table)):
        if i not in chosen.values() and columns[i] != "ignored":
            place = document.origins.place(*(row.cells[i].text for row in table.header if i < len(row.cells)))
            message = f"評量指標表的欄位「{header}」未讀取"
            signals.append(Signal("unread:header", "warning", message, header, "indicators", place))


def _rows(document: Document, table: Table, chosen: dict[str, int]) -> list[Indicator]:
    """The indicators of a table. A row with one cell alone, without a name, is a line that wraps."""
    texts: list[list[PlacedText]] = []
    for row in table.rows:
        if row.is_band or max(chosen.values()) >= len(row.cells):
            continue
        own = [_text(row, chosen[field]) for field in ("name", "target", "result")]
        is_wrap = not own[0] and sum(map(bool, own)) == 1 and sum(bool(cell.text) for cell in row.cells) == 1
        if is_wrap and texts:
            texts[-1] = [soft_join(above, text) if text else above for above, text in zip(texts[-1], own, strict=True)]
        elif not is_blank(own[0].text) and not all(is_blank(text.text) for text in own[1:]):
            texts.append(own)
    return [
        Indicator(
            name=name.text,
            target=None if is_blank(target.text) else target.text,
            result=None if is_blank(result.text) else result.text,
            place=document.origins.place(name, target, result),
        )
        for name, target, result in texts
    ]


def _text(row: Row, column: int) -> PlacedText:
    return row.cells[column].text.without_superscripts().strip()
