"""All checks of one report, put together and held against the bounds."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping

from kb.check.agencies import check_agencies
from kb.check.bounds import bounds
from kb.check.cases import check_cases
from kb.check.cells import COLUMNS, check_cells, doubts_of_row
from kb.check.codes import check_codes
from kb.check.comments import check_comments
from kb.check.emissions import check_emissions
from kb.check.figures import check_figures
from kb.check.furniture import check_furniture
from kb.check.model import Bound, Count, Doubt, Fault, Quality, Share
from kb.check.numbers import check_numbers, digits_accounted
from kb.check.outline import check_outline
from kb.check.parts import check_parts, parts_read
from kb.check.raw import cells_accounted, check_raw
from kb.check.rows import check_rows
from kb.check.signals import check_signals
from kb.check.stated import check_counts, counts
from kb.check.stored import Stored, load
from kb.check.texts import check_texts

CHECKS: tuple[Callable[[Stored], Iterator[Doubt]], ...] = (
    check_parts,
    check_counts,
    check_codes,
    check_cells,
    check_texts,
    check_numbers,
    check_figures,
    check_emissions,
    check_rows,
    check_comments,
    check_cases,
    check_outline,
    check_furniture,
    check_agencies,
    check_raw,
    check_signals,
)

SERIOUS, SEVERAL, ROW = 0.3, 3, 0.45
"""Certainty of a doubt that counts towards its row, number of such cells that make the row doubtful, certainty of the
rest."""
FIELDS = 16
"""Fields of a measure that the share of doubtful ones is counted over."""


def check(conn: sqlite3.Connection, report_id: str) -> Quality:
    """How well a report was read; what a person corrected is not doubted. Raises `NothingToDo` where there is no such
    report."""
    stored = load(conn, report_id)
    corrected = {(c["table_name"], c["row_id"], c["column_name"]) for c in stored["corrections"] if c["is_applied"]}
    found = [doubt for run in CHECKS for doubt in run(stored)]
    whole = _with_whole_rows(stored, [d for d in found if (d.table, d.key, d.column) not in corrected])
    doubts = distinct(d for d in whole if (d.table, d.key, d.column) not in corrected)
    shares = (
        parts_read(stored),
        digits_accounted(stored),
        cells_accounted(stored),
        _undoubted(stored, doubts),
        *(_of_stated(count) for count in counts(stored) if count.stated is not None),
        _numbered(stored, doubts),
        *_sound_rows(stored, doubts),
    )
    joins = tuple(f"p. {table['page']} {words}" for table in stored["tables"] for words in table["joins"] if words)
    return Quality(report_id, counts(stored), shares, doubts, joins, broken(shares))


def _with_whole_rows(stored: Stored, doubts: list[Doubt]) -> Iterator[Doubt]:
    """The doubts, and for a measure with several cells in serious doubt a doubt about each other one: what mixes up
    three cells of a row, a lost line or a shifted column, seldom leaves the others alone."""
    yield from doubts
    for measure in stored["measures"]:
        own = [d for d in doubts if d.key == measure["id"] and d.column and d.certainty <= SERIOUS]
        cells = {field for field, columns in COLUMNS.items() if any(d.column in columns for d in own)}
        if len(cells & set(measure["printed"] or {})) >= SEVERAL:
            yield from doubts_of_row(stored, measure, Fault("odd:row", "同列多欄可疑", ROW))
        elif any(d.column in ("end_year", "result") for d in own):
            yield Doubt(
                "odd:row", "measures", measure["id"], "status", "狀態依可疑的期程或成果判定", ROW, "", measure["page"]
            )


def distinct(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """One doubt for each value and rule, the least certain first."""
    best: dict[tuple[str, str | None, str | None, str, str], Doubt] = {}
    for doubt in doubts:
        words = doubt.reason + doubt.printed if doubt.key is None else ""
        best.setdefault((doubt.table, doubt.key, doubt.column, doubt.rule, words), doubt)
    return tuple(sorted(best.values(), key=lambda d: (d.certainty, d.table, d.key or "", d.column or "")))


def _of_stated(count: Count) -> Share:
    """The smaller of the number found and the number stated in the larger: one too many is as wrong as one too few."""
    pair = (count.found, count.stated or 0)
    return Share(count.what, min(pair), max(pair))


def _undoubted(stored: Stored, doubts: tuple[Doubt, ...]) -> Share:
    """Share of the measures' fields that nothing speaks against."""
    doubted = {(d.key, d.column) for d in doubts if d.table == "measures" and d.key and d.column}
    whole = FIELDS * len(stored["measures"])
    return Share("fields", max(0, whole - len(doubted)), whole)


def _numbered(stored: Stored, doubts: tuple[Doubt, ...]) -> Share:
    """Share of the measures that their codes let expect."""
    lost = {d.key for d in doubts if d.table == "measures" and d.rule in ("gap:code", "lost:row")}
    found = len(stored["measures"])
    return Share("rows", found, found + len(lost))


def _sound_rows(stored: Stored, doubts: tuple[Doubt, ...]) -> Iterator[Share]:
    """Shares of the rows outside annex one that nothing serious speaks against."""
    for table in ("emissions", "cases", "comments"):
        doubted = {d.key for d in doubts if d.table == table and d.key and d.certainty <= SERIOUS}
        keys = {row["id"] for row in stored[table]}
        if keys:
            yield Share(table, len(keys - doubted), len(keys))


def broken(shares: tuple[Share, ...]) -> tuple[Bound, ...]:
    """The bounds that the shares do not reach."""
    values: Mapping[str, float] = {share.name: share.value for share in shares}
    return tuple(b for b in bounds() if values.get(b.name, 1.0) < b.least)
