"""Annex one: strategies and measures, row by row, by the meaning of the columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

import regex

from extract.documents.codes import leading_code, without_code
from extract.documents.model import EMPTY, Block, Document, Heading, Paragraph, PlacedText, Row, Table, concat
from extract.notes import NO_NOTES, Notes
from extract.reading.columns import Columns, read_columns
from extract.reading.measure_row import MeasureCells, read_measure
from extract.reading.vocabulary import TIMEOUT, money_unit
from extract.records import Measure, Signal, Strategy

NEARBY = 4
"""A table's title, unit or strategy stands at most this many blocks above it."""


UNSURE = 0.5
"""Certainty of a header's meaning under which the reading says that it guessed: the known word is less than half of
it."""


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


@dataclass(slots=True)
class _StrategyText:
    """A strategy as printed: code None where it has none; title without code."""

    code: str | None
    title: PlacedText
    whole: PlacedText


@dataclass(slots=True)
class _Draft:
    """The cells of one measure while its rows are gathered."""

    strategy: _StrategyText | None
    code: str | None
    cells: dict[str, list[tuple[int, PlacedText]]]
    columns: Columns
    above: tuple[PlacedText, ...]


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


def read_annex(document: Document, report_year: int | None, notes: Notes = NO_NOTES) -> AnnexReading:
    """Strategies and measures of a document. `report_year` is Gregorian and decides what has ended."""
    reading = AnnexReading()
    drafts: list[_Draft] = []
    for annex in annex_tables(document.blocks, notes):
        reading.tables.append(annex.table)
        drafts.extend(_gather(annex, document, reading.signals))
        for column in annex.columns.columns:
            if column.field is None and any(c.cells[column.index].text for c in annex.table.rows if not c.is_band):
                reading.signals.append(
                    Signal(
                        "unread:header",
                        "warning",
                        f"附件欄位「{column.header}」意義不明，內容保留於其他欄位",
                        column.header,
                    )
                )
            elif column.field is not None and column.certainty < UNSURE:
                message = f"附件欄位「{column.header}」視為 {column.field}，把握 {column.certainty:.0%}"
                reading.signals.append(Signal("guess:header", "info", message, column.header, column.field))
    _name_strategies(drafts)
    _complete_codes(drafts, reading.signals)
    _collect(drafts, document, report_year, reading)
    return reading


def _gather(annex: AnnexTable, document: Document, signals: list[Signal]) -> list[_Draft]:
    """The rows of a table as drafts of measures; a strategy is what the last band, heading or strategy cell said."""
    columns = annex.columns
    drafts: list[_Draft] = []
    strategy = _strategy_above(annex)
    for row in annex.table.rows:
        if row.is_band:
            text = row.cells[0].text.strip()
            if _is_total(text.text):
                continue
            strategy = _strategy_of(text)
            continue
        strategy = _strategy_in(row, columns) or strategy
        code, name = _code_and_name(row, columns)
        own = _own_cells(row, columns)
        if not own or _is_total(name.text):
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
        fields = _all_cells(row, columns)
        signals.extend(_fill_blanks(fields, drafts, annex, code or name.text))
        fields["name"] = [(columns.first("name") or 0, name)]
        drafts.append(_Draft(strategy, code, fields, columns, annex.above))
    return drafts


def _fill_blanks(
    cells: dict[str, list[tuple[int, PlacedText]]], drafts: Sequence[_Draft], annex: AnnexTable, context: str
) -> list[Signal]:
    """Takes over category and period from the measure above where a text source leaves them blank: it prints a cell
    that is merged over measures once, and cannot say so. What every measure has is likelier merged than missing; marked
    all the same."""
    if any(grid.page is not None for grid in annex.table.raw) or not drafts or drafts[-1].columns is not annex.columns:
        return []
    signals: list[Signal] = []
    for key in ("category", "period"):
        above = drafts[-1].cells.get(key)
        if annex.columns.first(key) is not None and key not in cells and above:
            cells[key] = above
            words = above[0][1].text
            signals.append(
                Signal(
                    "guess:merged-cell",
                    "info",
                    f"措施 {context} 此欄空白，視為與上一措施合併之儲存格「{words}」",
                    words,
                    context,
                )
            )
    return signals


def _strategy_above(annex: AnnexTable) -> _StrategyText | None:
    """The strategy that a heading over the table names, for annexes with one table a strategy."""
    if annex.columns.fields & {"strategy"}:
        return None
    for text in reversed(annex.above):
        match = regex.match(r"\s*(?:推動)?策略\s*", text.text, timeout=TIMEOUT)
        if match or (leading_code(text.text) and "附件" not in text.text and len(text) < 80):
            return _strategy_of(text[match.end() :] if match and leading_code(text.text[match.end() :]) else text)
    return None


def _strategy_of(text: PlacedText) -> _StrategyText:
    """A strategy's code and title, the words 策略 or 推動策略 before them dropped."""
    body = text.strip()
    match = regex.match(
        r"(?:推動)?策略\s*(?=[\d一二三四五六七八九十A-Za-z（(]+\s*[、:：.．)）])[：:]?", body.text, timeout=TIMEOUT
    )
    if match:
        body = body[match.end() :].strip()
    at = without_code(body.text)
    code = _clean_code(leading_code(body.text)) if at else None
    if code is None:
        named = regex.match(r"([\d一二三四五六七八九十A-Za-z]{1,3})\s*[：:、.．]\s*", body.text, timeout=TIMEOUT)
        if named:
            code, at = named.group(1), named.end()
    return _StrategyText(code, _joined(body[at:]), text)


def _strategy_in(row: Row, columns: Columns) -> _StrategyText | None:
    """The strategy that a row's own or merged cell names."""
    index = columns.first("strategy")
    if index is None or not row.cells[index].text:
        return None
    strategy = _strategy_of(row.cells[index].text)
    code_column = columns.first("strategy_code")
    if code_column is not None and row.cells[code_column].text:
        strategy.code = _clean_code(row.cells[code_column].text.text) or strategy.code
    return strategy


def _code_and_name(row: Row, columns: Columns) -> tuple[str | None, PlacedText]:
    """The measure's code and name: from columns of their own, or the code before the name."""
    name_column = columns.first("name")
    cell = row.cells[name_column].text if name_column is not None else EMPTY
    name = _joined(cell)
    code: str | None = None
    for key in ("code", "number"):
        index = columns.first(key)
        if index is not None and row.cells[index].text:
            code = _clean_code(row.cells[index].text.text)
            if key == "code" or (code and not code.isdigit()):
                break
    at = without_code(name.text)
    inner = _clean_code(leading_code(name.text)) if at else None
    if inner and at < len(name.text.rstrip()):
        return (code if code and not code.isdigit() else inner), name[at:].strip()
    return code, name


def _clean_code(printed: str | None) -> str | None:
    """A code without white space and closing point or comma: `1.1.1.` is 1.1.1, `一、` is 一."""
    if not printed:
        return None
    code = "".join(printed.split())
    code = code.rstrip(".、．:：")
    if regex.fullmatch(r"[（(][^（）()]{1,3}[）)]", code, timeout=TIMEOUT):
        return code
    return code or None


def _joined(cell: PlacedText) -> PlacedText:
    """A name or title on one line."""
    parts = list(cell.lines())
    if len(parts) < 2:
        return cell.strip()
    return concat(parts)


def _own_cells(row: Row, columns: Columns) -> dict[str, list[tuple[int, PlacedText]]]:
    """Cells printed in this row, by field; columns without a field under their header."""
    return _cells(row, columns, lambda source: source == "own")


def _all_cells(row: Row, columns: Columns) -> dict[str, list[tuple[int, PlacedText]]]:
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


def _belongs_to(draft: _Draft, row: Row, columns: Columns, code: str | None, name: PlacedText) -> bool:
    """Whether a row goes on the measure above: its name cell is merged with the one above, or empty with no code."""
    index = columns.first("name")
    if index is None:
        return False
    if row.cells[index].source == "down":
        return True
    return not name and code is None and bool(draft.cells)


def _is_total(text: str) -> bool:
    return bool(regex.match(r"\s*(?:總\s*計|合\s*計|小\s*計)\s*(?:$|[:：(（\d])", text, timeout=TIMEOUT))


def _name_strategies(drafts: Sequence[_Draft]) -> None:
    """Gives a strategy that is printed without a code the part that the codes of its measures share."""
    groups: dict[str, list[_Draft]] = {}
    for draft in drafts:
        if draft.strategy is not None and draft.strategy.code is None:
            groups.setdefault(draft.strategy.title.text, []).append(draft)
    for number, members in enumerate(groups.values(), start=1):
        codes = {_parent(d.code) for d in members if d.code}
        shared = codes.pop() if len(codes) == 1 else None
        for draft in members:
            if draft.strategy is not None:
                draft.strategy.code = shared or str(number)


def _parent(code: str) -> str | None:
    """The code without its last part: 1.1.1 is in 1.1, 一(一) in 一, 一、(一)1 in 一、(一); None for a plain number."""
    match = regex.match(r"(.+?)(?:[-－–—.．‧·]\s*\w{1,3}|[（(]\w{1,3}[）)]|(?<=[）)])\d{1,2})$", code, timeout=TIMEOUT)
    return match.group(1).rstrip("、") if match else None


def _complete_codes(drafts: Sequence[_Draft], signals: list[Signal]) -> None:
    """Codes that only number measures within their strategy, (一) or 1, put behind the strategy's; missing ones
    numbered and signalled."""
    codes = [d.code for d in drafts if d.code]
    is_relative = len(set(codes)) < len(codes) and all(
        regex.fullmatch(r"[（(]?\w{1,3}[）)]?", c, timeout=TIMEOUT) for c in codes
    )
    counts: dict[str, int] = {}
    for draft in drafts:
        strategy = draft.strategy.code if draft.strategy else None
        if draft.code and is_relative and strategy:
            draft.code = f"{strategy}{'' if draft.code[0] in '（(' else '-'}{draft.code}"
        if draft.code is None:
            counts[strategy or ""] = counts.get(strategy or "", 0) + 1
            draft.code = f"{strategy}-{counts[strategy]}" if strategy else str(counts[""])
            name = draft.cells["name"][0][1].text
            signals.append(
                Signal("unread:code", "info", f"措施未印編號，依序編為 {draft.code}", name, context=draft.code)
            )


def _collect(drafts: Sequence[_Draft], document: Document, report_year: int | None, reading: AnnexReading) -> None:
    strategies: dict[str, _StrategyText] = {}
    for draft in drafts:
        strategy = draft.strategy
        code = strategy.code if strategy else _parent(draft.code or "")
        if strategy is not None and code is not None:
            known = strategies.setdefault(code, strategy)
            if len(strategy.title) > len(known.title) and strategy.title.text.startswith(known.title.text[:4]):
                strategies[code] = strategy
        unit = _unit(draft)
        cells = MeasureCells(
            code=draft.code or "",
            strategy_code=code,
            fields={key: concat([t for _, t in texts], "\n") for key, texts in draft.cells.items()},
            headers={key: draft.columns.header(texts[0][0]) for key, texts in draft.cells.items()},
            money_factor=unit,
        )
        measure, signals = read_measure(cells, document, report_year)
        reading.measures.append(measure)
        reading.signals.extend(signals)
    reading.strategies = [
        Strategy(code, s.title.text.replace("\n", ""), document.origins.place(s.whole))
        for code, s in strategies.items()
    ]
    reading.measures = _distinct(reading.measures, reading.signals)


def _unit(draft: _Draft) -> Decimal | None:
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
