"""Measures while the rows of their table are gathered: cells by field, and what a merged cell leaves blank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.documents.codes import leading_code, without_code
from extract.documents.model import Document, PlacedText, Row, concat
from extract.documents.numbering import read_numbering
from extract.reading.columns import Column, Columns
from extract.reading.strategies import StrategyText, clean_code, on_one_line
from extract.reading.vocabulary import money_unit, vocabulary
from extract.records import Signal

WHOLE_ENDS = ("。", "；", ";")
"""What a cell ends with that no row below goes on."""
DASHES = " \n\u3000-－—–―─‐"
AGENCIES = ("agencies", "lead", "co")

UNSURE = 0.5
"""Certainty of a header's meaning under which the reading says that it guessed: the known word is less than half of
it."""


@dataclass(slots=True)
class Draft:
    """The cells of one measure by field, each with the number of its column; `is_filled` where the strategy is that of
    the merged cell above, and not printed beside the measure itself."""

    strategy: StrategyText | None
    code: str | None
    cells: dict[str, list[tuple[int, PlacedText]]]
    columns: Columns
    above: tuple[PlacedText, ...]
    is_filled: bool = False

    def header(self, key: str) -> str:
        """The printed header of a field's first column; empty where there is none."""
        return self.columns.header(self.cells[key][0][0]) if self.cells.get(key) else ""


def texts_apart(draft: Draft, key: str) -> tuple[PlacedText, ...]:
    """The texts of targets or results that are lists of their own: column by column, as those of the period and of the
    year, and cell by cell where a measure has a row for each target and nothing numbers them."""
    cells = draft.cells[key]
    columns = [[text for at, text in cells if at == index] for index in dict.fromkeys(at for at, _ in cells)]
    apart: list[PlacedText] = []
    for texts in columns:
        apart.extend(texts if _are_whole(texts) else [together(texts)])
    return tuple(apart)


def together(texts: Sequence[PlacedText]) -> PlacedText:
    """The cells of a measure as one text; dashes among others say nothing."""
    return concat([text for text in texts if text.text.strip(DASHES)] or texts, "\n")


def _are_whole(texts: Sequence[PlacedText]) -> bool:
    """Whether the cells below one another are an item each: no number begins one, and each is a sentence to its end."""
    return all(read_numbering(text.text.strip()) is None and text.text.rstrip().endswith(WHOLE_ENDS) for text in texts)


def split_code(code_cell: PlacedText, number_cell: PlacedText, name: PlacedText) -> tuple[str | None, PlacedText]:
    """A measure's code and name: the code from a cell of its own, or before the name. A plain running number is none
    where the name has a code."""
    name = on_one_line(name)
    code: str | None = None
    if code_cell:
        code = clean_code(code_cell.text)
    elif number_cell:
        code = clean_code(number_cell.text)
    at = without_code(name.text)
    inner = clean_code(leading_code(name.text)) if at else None
    if inner and at < len(name.text.rstrip()):
        return (code if code and not code.isdigit() else inner), name[at:].strip()
    return code, name


def header_signals(columns: Iterable[Column]) -> Iterator[Signal]:
    """What of the headers of filled columns was not understood, or guessed."""
    for column in columns:
        if column.field is None:
            message = f"附件欄位「{column.header}」意義不明，內容保留於其他欄位"
            yield Signal("unread:header", "warning", message, column.header)
        elif column.certainty < UNSURE:
            usual = vocabulary()["fields"][column.field][0]
            message = f"附件欄位「{column.header}」視為「{usual}」，把握 {column.certainty:.0%}"
            yield Signal("guess:header", "info", message, column.header, column.field)


def fill_blanks(draft: Draft, before: Draft | None, document: Document) -> list[Signal]:
    """Takes over from the measure above what a merged cell hides, each time with a signal.

    A text source prints a cell that is merged over measures once and cannot say so: category and period, and the lead
    where a co-agency is named alone. On pages a merged cell shows, but not over a page break: a measure that begins a
    page without category, period or any agency has those of the one above. What every measure has is likelier merged
    than missing.
    """
    if before is None or before.columns is not draft.columns:
        return []
    keys: list[str] = []
    if not document.pages:
        keys = ["category", "period", *(["lead"] if "co" in draft.cells else [])]
    elif _has_same_strategy(draft, before) and _begins_page(draft, before, document):
        keys = ["category", "period", *(AGENCIES if not any(key in draft.cells for key in AGENCIES) else ())]
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


def _has_same_strategy(draft: Draft, before: Draft) -> bool:
    """Whether two measures are of one strategy, printed once over both or again beside each."""
    mine, other = draft.strategy, before.strategy
    if mine is None or other is None:
        return mine is other
    return (mine.code, "".join(mine.title.text.split())) == (other.code, "".join(other.title.text.split()))


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
