"""Cells of annex one that do not look as the other cells of their column do, or hold another measure's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import regex

from kb.check.model import Doubt, Fault
from kb.check.printed import TIMEOUT, code_pattern, folded, kind_of_cell
from kb.check.stored import Row, Stored

ALWAYS = 0.8
"""Share of the measures that have a field from which one without it looks unread."""
FEW = 5
"""Measures under which nothing is said about what is usual."""
_DOUBLED = regex.compile(r"(\p{Han}{3,})\1")
VERBAL = ("words", "agencies", "text")
MARKS = frozenset({"(新增)", "(調整)", "(修正)", "(解除列管)", "(已完成)"})
MONEY = ("budget", "executed", "rate")
"""Columns whose cells may say anything as long as there is a number."""
NAMELIKE = ("name", "category", "funding", "agencies", "lead", "co", "period")
"""Columns that never hold a sentence."""
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name",),
    "plan": ("plan",),
    "category": ("category",),
    "agencies": ("lead_agencies", "co_agencies"),
    "lead": ("lead_agencies",),
    "co": ("co_agencies",),
    "period": ("start_year", "end_year"),
    "start": ("start_year",),
    "end": ("end_year",),
    "target": ("target",),
    "result": ("result",),
    "budget": ("budget_ntd", "execution_rate", "budget_note"),
    "executed": ("budget_ntd",),
    "rate": ("execution_rate",),
    "money_note": ("budget_note",),
    "funding": ("funding",),
}
"""Meaning of a printed column -> columns of `measures` that are read from it."""


def doubts_of_cell(stored: Stored, measure: Row, field: str, fault: Fault) -> Iterator[Doubt]:
    """A doubt for every column that was read from a printed cell, and for the items of a target or result."""
    printed = str(measure["printed"].get(field, ""))[:120] if measure["printed"] else ""
    for column in COLUMNS.get(field, ()):
        yield Doubt(
            fault.rule, "measures", measure["id"], column, fault.reason, fault.certainty, printed, measure["page"]
        )
    if field in ("target", "result"):
        for item in stored.items(measure, f"{field}s"):
            words = item["text"][:120]
            yield Doubt(fault.rule, f"{field}s", item["id"], "text", fault.reason, fault.certainty, words, item["page"])


def doubts_of_row(stored: Stored, measure: Row, fault: Fault) -> Iterator[Doubt]:
    """A doubt for everything that was read from a measure's row, its figures too."""
    for field in measure["printed"] or {}:
        yield from doubts_of_cell(stored, measure, field, fault)
    printed, page = measure["code"], measure["page"]
    for column in ("code", "strategy_id", "status", "is_new"):
        yield Doubt(fault.rule, "measures", measure["id"], column, fault.reason, fault.certainty, printed, page)
    for figure in stored["quantities"]:
        if figure["measure_id"] == measure["id"]:
            quote = figure["quote"]
            yield Doubt(fault.rule, "quantities", figure["id"], "value", fault.reason, fault.certainty, quote, page)


def check_cells(stored: Stored) -> Iterator[Doubt]:
    """Doubts about single cells of annex one."""
    fields = _fields(stored)
    yield from _empty(stored, fields)
    yield from _odd(stored, fields)
    yield from _word_lists(stored)
    yield from _doubled(stored)
    yield from _marks_within(stored)
    yield from _others_codes(stored)


def _fields(stored: Stored) -> Counter[str]:
    """How many measures have each printed column."""
    return Counter(field for m in stored["measures"] for field in (m["printed"] or {}))


def _empty(stored: Stored, fields: Counter[str]) -> Iterator[Doubt]:
    count = len(stored["measures"])
    for measure in stored["measures"]:
        printed: Mapping[str, Any] = measure["printed"] or {}
        for field, found in fields.items():
            if field not in printed and count >= FEW and found >= ALWAYS * count:
                reason = "此欄空白，其他措施多有內容"
                yield from doubts_of_cell(stored, measure, field, Fault("empty:field", reason, 0.4))
        if not measure["name"]:
            yield from doubts_of_cell(stored, measure, "name", Fault("empty:field", "沒有措施名稱", 0.1))
        has_agency = {"agencies", "lead"} & set(printed)
        if has_agency and not measure["lead_agencies"]:
            yield from doubts_of_cell(stored, measure, has_agency.pop(), Fault("empty:field", "沒有讀出主辦機關", 0.2))


def _odd(stored: Stored, fields: Counter[str]) -> Iterator[Doubt]:
    """Cells of another kind than most of their column: a period among agencies says that columns were mixed up."""
    for field in fields:
        kinds = {
            m["id"]: kind_of_cell(m["printed"][field]) for m in stored["measures"] if field in (m["printed"] or {})
        }
        told = [kind for kind in kinds.values() if kind != "blank"]
        usual, count = Counter(told).most_common(1)[0] if told else ("", 0)
        if len(told) < FEW or count < ALWAYS * len(told):
            continue
        for measure in stored["measures"]:
            kind = kinds.get(measure["id"], usual)
            cell = (measure["printed"] or {}).get(field, "")
            if _clash(field, usual, kind) and not (field in MONEY and _has_digit(cell)):
                reason = f"此欄內容與其他措施的性質不同（{kind}，其他為 {usual}）"
                yield from doubts_of_cell(stored, measure, field, Fault("odd:cell", reason, 0.3))


def _clash(field: str, usual: str, kind: str) -> bool:
    """Whether a cell of one kind cannot stand in a column of another: numbers among words, a sentence among names."""
    if "blank" in (usual, kind) or usual == kind:
        return False
    if field in NAMELIKE and kind == "text":
        return True
    if (usual in VERBAL) != (kind in VERBAL):
        return True
    return usual not in VERBAL or ("text" in (usual, kind) and "agencies" in (usual, kind))


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def _word_lists(stored: Stored) -> Iterator[Doubt]:
    """Categories and sources of funding that are another one of the report with a few characters more, or less: 減緩別
    beside 減緩."""
    for field, column in (("category", "category"), ("funding", "funding")):
        words = {m["id"]: _words(m[column]) for m in stored["measures"]}
        counts = Counter(word for found in words.values() for word in found)
        for measure in stored["measures"]:
            for word in words[measure["id"]]:
                inner = [w for w in counts if w != word and len(w) > 1 and w in word and counts[w] >= counts[word]]
                outer = [w for w in counts if w != word and w.startswith(word) and counts[w] >= counts[word]]
                if inner or outer:
                    reason = f"「{word}」與其他措施的「{(inner + outer)[0]}」只差幾字"
                    yield from doubts_of_cell(stored, measure, field, Fault("odd:word", reason, 0.2))


def _words(value: str | list[str] | None) -> list[str]:
    return [] if value is None else [value] if isinstance(value, str) else value


def _doubled(stored: Stored) -> Iterator[Doubt]:
    """Short cells in which the same words come twice in a row: 漁業署漁業署, from a cell that two pages print."""
    for measure in stored["measures"]:
        for field, words in (measure["printed"] or {}).items():
            if field not in ("plan", "target", "result") and _DOUBLED.search(folded(words), timeout=TIMEOUT):
                yield from doubts_of_cell(stored, measure, field, Fault("twice:words", "同一詞連續出現兩次", 0.2))
    for strategy in stored["strategies"]:
        if _DOUBLED.search(folded(strategy["title"]), timeout=TIMEOUT):
            yield Doubt(
                "twice:words",
                "strategies",
                strategy["id"],
                "title",
                "同一詞連續出現兩次",
                0.2,
                strategy["title"],
                strategy["page"],
            )


def _marks_within(stored: Stored) -> Iterator[Doubt]:
    """A name with a mark in its middle, of the marks that other names have behind them: two names were put together."""
    marks = {f"({folded(mark)})" for m in stored["measures"] for mark in m["marks"] or ()} | MARKS
    for measure in stored["measures"]:
        name = folded(measure["name"])
        if any(mark in name for mark in marks):
            yield from doubts_of_cell(stored, measure, "name", Fault("glued:rows", "名稱中間有註記", 0.2))


def _others_codes(stored: Stored) -> Iterator[Doubt]:
    """Short cells that hold the code of a measure: two rows were put together."""
    pattern = code_pattern(m["code"] for m in stored["measures"])
    if pattern is None:
        return
    for measure in stored["measures"]:
        for field, words in (measure["printed"] or {}).items():
            if field in ("plan", "target", "result"):
                continue
            body = folded(words)
            found = [m.group() for m in pattern.finditer(body, timeout=TIMEOUT)]
            others = [code for code in found if code != measure["code"]]
            if others:
                reason = f"欄中有另一措施的編號 {others[0]}"
                yield from doubts_of_row(stored, measure, Fault("glued:rows", reason, 0.1))
                break
