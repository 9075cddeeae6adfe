"""Measures while the rows of their table are gathered: cells by field, and what a merged cell leaves blank."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from extract.documents.model import Document, PlacedText, Row
from extract.reading.columns import Columns
from extract.reading.strategies import StrategyText
from extract.reading.vocabulary import money_unit
from extract.records import Signal

AGENCIES = ("agencies", "lead", "co")


@dataclass(slots=True)
class Draft:
    """The cells of one measure by field, each with the number of its column."""

    strategy: StrategyText | None
    code: str | None
    cells: dict[str, list[tuple[int, PlacedText]]]
    columns: Columns
    above: tuple[PlacedText, ...]


def fill_blanks(draft: Draft, before: Draft | None, document: Document) -> list[Signal]:
    """Takes over from the measure above what a merged cell hides, each time with a signal.

    A text source prints a cell that is merged over measures once and cannot say so: category and period, and the lead
    where a co-agency is named alone. On pages a merged cell shows, but not over a page break: a measure that begins a
    page without any agency has those of the one above. What every measure has is likelier merged than missing.
    """
    if before is None or before.columns is not draft.columns:
        return []
    keys: list[str] = []
    if not document.pages:
        keys = ["category", "period", *(["lead"] if "co" in draft.cells else [])]
    elif not any(key in draft.cells for key in AGENCIES) and _begins_page(draft, before, document):
        keys = [key for key in AGENCIES if draft.strategy == before.strategy]
    signals: list[Signal] = []
    context = draft.code or draft.cells["name"][0][1].text
    for key in keys:
        above = before.cells.get(key)
        if draft.columns.first(key) is not None and key not in draft.cells and above:
            draft.cells[key] = above
            words = above[0][1].text
            message = f"措施 {context} 此欄空白，視為與上一措施合併之儲存格「{words}」"
            signals.append(Signal("guess:merged-cell", "info", message, words, context))
    return signals


def _begins_page(draft: Draft, before: Draft, document: Document) -> bool:
    """Whether a measure stands on a later page than all of the one above it."""
    pages = [[box.page for box in document.origins.place(*_texts(d)).boxes] for d in (before, draft)]
    return all(pages) and max(pages[0]) < min(pages[1])


def _texts(draft: Draft) -> list[PlacedText]:
    return [text for key, cells in draft.cells.items() if key not in AGENCIES for _, text in cells]


def unit_of(draft: Draft) -> Decimal | None:
    """The money unit of a measure's table: from the budget header, else from a line such as 單位：千元 above it."""
    for key in ("budget", "executed"):
        for index in draft.columns.of(key):
            found = money_unit(draft.columns.header(index))
            if found:
                return found[1]
    for text in reversed(draft.above):
        if "單位" in text.text and (found := money_unit(text.text)):
            return found[1]
    return None


def own_cells(row: Row, columns: Columns) -> dict[str, list[tuple[int, PlacedText]]]:
    """Cells printed in this row, by field; columns without a field under their header."""
    return _cells(row, columns, lambda source: source == "own")


def all_cells(row: Row, columns: Columns) -> dict[str, list[tuple[int, PlacedText]]]:
    """Cells of a measure's first row; a cell merged over several measures holds for each of them."""
    return _cells(row, columns, lambda source: source != "across")


def _cells(row: Row, columns: Columns, takes: Callable[[str], bool]) -> dict[str, list[tuple[int, PlacedText]]]:
    cells: dict[str, list[tuple[int, PlacedText]]] = {}
    for column in columns.columns:
        cell = row.cells[column.index]
        key = column.field or f"?{column.header}"
        if takes(cell.source) and cell.text and column.field not in {"strategy", "strategy_code"}:
            cells.setdefault(key, []).append((column.index, cell.text))
    return cells
