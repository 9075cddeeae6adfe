"""Annex one as its pages show it, against what was read from it: cells and rows that came nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from kb.check.cells import FEW, doubts_of_cell
from kb.check.form_labels import labels_of
from kb.check.model import Doubt, Fault, Share
from kb.check.printed import TIMEOUT, code_pattern, folded
from kb.check.stored import Row, Stored

HEADED = {"target": ("目標", "效益", "指標值"), "result": ("成果", "成效", "辦理情形", "執行情形", "達成情形")}
"""Columns of texts -> words of a header that promise one."""


def annex_tables(stored: Stored) -> list[Row]:
    """The tables from which the measures were read: those whose cells hold names of measures."""
    names = [folded(m["name"]) for m in stored["measures"] if len(folded(m["name"])) > 3]
    found = []
    for table in stored["tables"]:
        cells = {folded(cell) for row in table["cells"] for cell in row}
        if sum(any(name in cell for cell in cells) for name in names) * 2 >= max(
            1, min(len(names), len(table["cells"]))
        ):
            found.append(table)
    return found


def _read_words(stored: Stored) -> str:
    """All words of annex one that came into a record."""
    parts = [folded(s["code"]) + folded(s["title"]) for s in stored["strategies"]]
    for measure in stored["measures"]:
        printed = {field: folded(words) for field, words in (measure["printed"] or {}).items()}
        parts += [folded(measure["code"]), folded(measure["name"]), *printed.values()]
        parts.append(printed.get("name", "") + printed.get("plan", ""))  # one cell may hold both
        parts += [folded(words) for words in (measure["extra"] or {}).values()]
    return "\0".join(parts)


def check_raw(stored: Stored) -> Iterator[Doubt]:
    """Doubts about cells of the printed grids, and codes of measures in the running text, that no record holds."""
    read, tables = _read_words(stored), annex_tables(stored)
    labels = labels_of(tables, stored)
    for table in tables:
        header = labels | {folded(cell) for row in table["cells"][: table["header_rows"]] for cell in row}
        for row in table["cells"][table["header_rows"] :]:
            for cell in row:
                words = folded(cell)
                if len(words) > 1 and words not in read and words not in header and not _is_known(words, read):
                    yield Doubt(
                        "left:cell",
                        "measures",
                        None,
                        None,
                        "附件表格中有一格未進入任何欄位",
                        0.3,
                        cell[:120],
                        table["page"],
                    )
    yield from _codes_in_prose(stored)
    yield from _absent_columns(stored)


def _absent_columns(stored: Stored) -> Iterator[Doubt]:
    """Targets that no measure has though a header names them, or results: they may stand in the other column."""
    measures = stored["measures"]
    if len(measures) < FEW:
        return
    headers = "".join(
        folded(cell) for table in annex_tables(stored) for row in table["cells"][: table["header_rows"]] for cell in row
    )
    for field, words in HEADED.items():
        if any(field in (m["printed"] or {}) for m in measures) or not any(word in headers for word in words):
            continue
        reason = f"表頭有「{words[0]}」，但各措施都沒有讀到此欄，可能與他欄混在一起"
        for measure in measures:
            for side in HEADED:
                yield from doubts_of_cell(stored, measure, side, Fault("absent:column", reason, 0.25))


def _is_known(words: str, read: str) -> bool:
    """Whether a cell is a name behind its code, or a title behind the word 策略: pieces that are read apart."""
    return any(words[at:] in read and len(words) - at > 3 for at in range(1, min(12, len(words))))


def _codes_in_prose(stored: Stored) -> Iterator[Doubt]:
    """A line of the running text that begins with the code of a measure that was not read: a row that no table has."""
    pattern = code_pattern(m["code"] for m in stored["measures"])
    if pattern is None:
        return
    known = {folded(m["code"]) for m in stored["measures"]}
    parents = {folded(s["code"]) for s in stored["strategies"]}
    for section in stored["sections"]:
        for line in (section["text"] or "").split("\n"):
            match = pattern.match(folded(line), timeout=TIMEOUT)
            code = match.group() if match else ""
            if code and code not in known and any(code.startswith(parent) for parent in parents):
                yield Doubt(
                    "lost:row",
                    "measures",
                    f"{stored.report_id}/{code}",
                    None,
                    f"編號 {code} 出現在表格外的文字中",
                    0.1,
                    line[:120],
                    section["page"],
                )


def cells_accounted(stored: Stored) -> Share:
    """Share of the annex's printed cells whose words came into a record."""
    read, tables = _read_words(stored), annex_tables(stored)
    labels = labels_of(tables, stored)
    whole = left = 0
    for table in tables:
        for row in table["cells"][table["header_rows"] :]:
            for cell in row:
                words = folded(cell)
                if len(words) > 1 and (words in read or words not in labels):
                    whole += 1
                    left += words not in read and not _is_known(words, read)
    return Share("cells", whole - left, whole)
