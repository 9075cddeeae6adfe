"""Annex one: strategies and measures, row by row, by the meaning of the columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.documents.model import EMPTY, Block, Document, Heading, Paragraph, PlacedText, Row, Table
from extract.language.agency_naming import Naming
from extract.notes import NO_NOTES, Notes
from extract.reading.agency_brackets import columns_that_help
from extract.reading.columns import Columns, read_columns
from extract.reading.draft_codes import complete_codes, follow_codes, name_strategies, without_repeated
from extract.reading.drafts import (
    AGENCIES,
    Draft,
    all_cells,
    fill_blanks,
    header_signals,
    own_cells,
    split_code,
    texts_apart,
    together,
    unit_of,
)
from extract.reading.forms import read_forms
from extract.reading.header_meaning import holds_plan_too
from extract.reading.measure_row import MeasureCells, read_measure
from extract.reading.money_columns import take_own_year
from extract.reading.name_and_plan import split_name_and_plan
from extract.reading.strategies import (
    StrategyText,
    has_filled_strategy,
    is_total,
    parent_code,
    strategy_above,
    strategy_alone,
    strategy_in,
    strategy_of,
)
from extract.records import Measure, Signal, Strategy

TOTAL_WITHIN = 3
"""Cells of a row among which 小計 or 合計 says that it holds sums and no measure."""
NEARBY = 4
"""A table's title, unit or strategy stands at most this many blocks above it."""


@dataclass(frozen=True, slots=True)
class AnnexTable:
    """A table of measures with the meaning of its columns and the words that stand above it."""

    table: Table
    columns: Columns
    above: tuple[PlacedText, ...]


@dataclass(slots=True)
class AnnexReading:
    """What annex one holds. `tables` are those it was read from."""

    strategies: list[Strategy] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def annex_tables(blocks: Sequence[Block], notes: Notes = NO_NOTES) -> list[AnnexTable]:
    """The tables of measures of a document, in order, as far as the notes let them be."""
    found: list[AnnexTable] = []
    for index, block in enumerate(blocks):
        if not isinstance(block, Table) or not block.header:
            continue
        if not notes.may_be_annex(next((grid.page for grid in block.raw), None)):
            continue
        columns = read_columns(block, notes.columns)
        if columns.is_annex():
            above = [
                b.text
                for b in blocks[max(0, index - NEARBY) : index]
                if isinstance(b, Heading | Paragraph) and len(b.text) < 120
            ]
            found.append(AnnexTable(block, columns, tuple(above)))
    return found


def read_annex(
    document: Document, report_year: int | None, notes: Notes = NO_NOTES, naming: Naming | None = None
) -> AnnexReading:
    """Strategies and measures of a document. `report_year` is Gregorian and decides what has ended; `naming` how
    agencies are called, by the year alone where it is not given."""
    reading = AnnexReading()
    drafts: list[Draft] = []
    for annex in annex_tables(document.blocks, notes):
        reading.tables.append(annex.table)
        drafts.extend(_gather(annex, document, reading.signals))
        rows = [row for row in annex.table.rows if not row.is_band]
        filled = {c.index for c in annex.columns.columns if any(row.cells[c.index].text for row in rows)}
        reading.signals.extend(header_signals(c for c in annex.columns.columns if c.field or c.index in filled))
    forms, tables = read_forms(document.blocks, notes)
    reading.tables.extend(tables)
    labels = {label.header: label for draft in forms for label in draft.columns.columns}
    reading.signals.extend(header_signals(labels.values()))
    drafts = without_repeated(drafts, forms)
    follow_codes(drafts)
    name_strategies(drafts)
    complete_codes(drafts, reading.signals)
    _collect(drafts, document, report_year, naming or Naming(report_year), reading)
    return reading


def _gather(annex: AnnexTable, document: Document, signals: list[Signal]) -> list[Draft]:
    """The rows of a table as drafts of measures; a strategy is what the last band, heading or strategy cell said."""
    columns = annex.columns
    drafts: list[Draft] = []
    rows = annex.table.rows
    codes = [code for row in rows if not row.is_band and (code := _code_and_name(row, columns)[0])]
    strategy = strategy_above(columns, annex.above, codes)
    for number, row in enumerate(rows):
        band = row.cells[0].text.strip() if row.is_band else strategy_alone(row, columns, rows[number + 1 :])
        if band is not None:
            strategy = strategy if is_total(band.text) else strategy_of(band)
            continue
        strategy = strategy_in(row, columns) or strategy
        code, name = _code_and_name(row, columns)
        own = own_cells(row, columns)
        if not own or any(is_total(text.text) for text in row.own()[:TOTAL_WITHIN]):
            continue
        if drafts and _belongs_to(drafts[-1], row, columns, code, name):
            for key, cells in own.items():
                drafts[-1].cells.setdefault(key, []).extend(cells)
            continue
        if not name and code is None:
            words = " ".join(t.text for cells in own.values() for _, t in cells)
            signals.append(
                Signal(
                    "unread:row",
                    "warning",
                    "附件中有一列讀不出措施名稱",
                    words[:200],
                    place=document.origins.place(*row.own()),
                )
            )
            continue
        fields = all_cells(row, columns)
        fields["name"] = [(columns.first("name") or 0, name)]
        if (plan := _name_and_plan(row, columns)[1]) and "plan" not in fields:
            fields["plan"] = [(columns.first("name") or 0, plan)]
        draft = Draft(strategy, code, fields, columns, annex.above, is_filled=has_filled_strategy(row, columns))
        signals.extend(fill_blanks(draft, drafts[-1] if drafts else None, document))
        drafts.append(draft)
    return drafts


def _code_and_name(row: Row, columns: Columns) -> tuple[str | None, PlacedText]:
    """The measure's code and name: from columns of their own, or the code before the name."""
    cells = {key: row.cells[i].text for key in ("code", "number") if (i := columns.first(key)) is not None}
    return split_code(cells.get("code", EMPTY), cells.get("number", EMPTY), _name_and_plan(row, columns)[0])


def _name_and_plan(row: Row, columns: Columns) -> tuple[PlacedText, PlacedText]:
    """The words of the name's column, and the plan where that column holds it too."""
    index = columns.first("name")
    if index is None:
        return EMPTY, EMPTY
    cell = row.cells[index].text
    return split_name_and_plan(cell) if holds_plan_too(columns.header(index)) else (cell, EMPTY)


def _belongs_to(draft: Draft, row: Row, columns: Columns, code: str | None, name: PlacedText) -> bool:
    """Whether a row goes on the measure above: its name cell is merged with the one above, or empty with no code."""
    index = columns.first("name")
    if index is None:
        return False
    if row.cells[index].source == "down":
        return True
    return not name and code is None and bool(draft.cells)


def _collect(
    drafts: Sequence[Draft],
    document: Document,
    report_year: int | None,
    naming: Naming,
    reading: AnnexReading,
) -> None:
    strategies: dict[str, StrategyText] = {}
    helped = columns_that_help(drafts, naming)
    for draft in drafts:
        take_own_year(draft, report_year)
        strategy = draft.strategy
        code = strategy.code if strategy else parent_code(draft.code or "")
        if strategy is not None and code is not None:
            known = strategies.setdefault(code, strategy)
            if len(strategy.title) > len(known.title) and strategy.title.text.startswith(known.title.text[:4]):
                strategies[code] = strategy
        unit = unit_of(draft)
        cells = MeasureCells(
            code=draft.code or "",
            strategy_code=code,
            fields={key: together([t for _, t in texts]) for key, texts in draft.cells.items()},
            headers={key: draft.header(key) for key in draft.cells},
            money_factor=unit,
            apart={key: texts_apart(draft, key) for key in ("target", "result") if key in draft.cells},
            helped=frozenset(key for key in AGENCIES if (key, draft.header(key)) in helped),
        )
        measure, signals = read_measure(cells, document, report_year, naming)
        reading.measures.append(measure)
        reading.signals.extend(signals)
    reading.strategies = [
        Strategy(code, s.title.text.replace("\n", ""), document.origins.place(s.whole))
        for code, s in strategies.items()
    ]
    reading.measures = _distinct(reading.measures, reading.signals)


def _distinct(measures: Sequence[Measure], signals: list[Signal]) -> list[Measure]:
    """Measures with a code that is printed twice told apart, so that none is lost."""
    seen: dict[str, int] = {}
    kept: list[Measure] = []
    for measure in measures:
        count = seen.get(measure.code, 0)
        seen[measure.code] = count + 1
        if count:
            signals.append(
                Signal(
                    "unread:code", "warning", f"措施編號 {measure.code} 重複", measure.name, measure.code, measure.place
                )
            )
        kept.append(replace(measure, code=f"{measure.code}#{count + 1}") if count else measure)
    return kept
