"""The cells of one measure become its record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

import regex

from extract.documents.model import EMPTY, Document, PlacedText
from extract.language import Setting, read_text
from extract.language.agencies import resolve
from extract.language.agency_naming import Naming
from extract.reading.budgets import Budget, read_budget
from extract.reading.check_boxes import ticked
from extract.reading.header_meaning import names_both_roles
from extract.reading.items import read_items
from extract.reading.periods import gregorian, read_period
from extract.reading.raised_marks import without_marks
from extract.reading.vocabulary import TIMEOUT, folded, is_blank, vocabulary
from extract.records import Agency, Item, Measure, Place, Role, Signal

Status = Literal["active", "ended"]

_LAST_BRACKETS = regex.compile(r"[（(【\[]\s*([^（）()【】\[\]]{1,14})\s*[）)】\]]\s*$")
_YEAR = r"(?:民國)?\s*(?P<year>1[0-4]\d|20\d\d)\s*年?"


@dataclass(frozen=True, slots=True)
class MeasureCells:
    """What the table gives for one measure: texts by field (a field that is not understood under `?` and its
    header), and the factor from the budget column's unit to NT$, None where no unit is printed. `apart` has targets and
    results column by column, where a field has several. `helped` are the fields whose columns put those that help into
    brackets."""

    code: str
    strategy_code: str | None
    fields: Mapping[str, PlacedText]
    headers: Mapping[str, str]
    money_factor: Decimal | None
    apart: Mapping[str, tuple[PlacedText, ...]] = field(default_factory=dict)
    helped: frozenset[str] = frozenset()


def read_measure(
    cells: MeasureCells, document: Document, report_year: int | None, naming: Naming
) -> tuple[Measure, list[Signal]]:
    """The record of one measure, and what of it was not understood."""
    signals: list[Signal] = []
    place = document.origins.place
    fields = cells.fields
    name, marks = split_marks(fields.get("name", EMPTY).text)
    category, ticked_marks = _category(fields.get("category", EMPTY).text)
    marks = (*marks, *ticked_marks)
    lead, co = _agencies(cells, naming, signals, place(fields.get("agencies", EMPTY), fields.get("lead", EMPTY)))
    period, start, end = _period(cells)
    target, result = fields.get("target", EMPTY), fields.get("result", EMPTY)
    budget = _budget(cells, signals, place(fields.get("budget", EMPTY)))
    if period and start is None and not is_blank(period):
        signals.append(
            Signal(
                "unread:period", "warning", f"期程「{period}」讀不出年份", period, cells.code, place(fields["period"])
            )
        )
    measure = Measure(
        code=cells.code,
        name=name,
        strategy_code=cells.strategy_code,
        is_new=any(_is_new(mark) for mark in marks),
        marks=marks,
        plan=_one_line(fields.get("plan", EMPTY)),
        category=category,
        lead_agencies=lead,
        co_agencies=co,
        period=period,
        start_year=start,
        end_year=end,
        status=status_of(result.text, end, report_year, marks),
        target=target.text.strip() or None,
        result=result.text.strip() or None,
        targets=_items("target", document, cells, report_year, signals),
        results=_items("result", document, cells, report_year, signals),
        budget_ntd=budget.amount_ntd,
        execution_rate=budget.rate,
        budget_note=budget.note,
        funding_sources=_funding(fields.get("funding", EMPTY)),
        place=place(*fields.values()),
        places={key: place(text) for key, text in fields.items() if text and not key.startswith("?")},
        extra={
            cells.headers.get(key, key).strip(): text.text.strip()
            for key, text in fields.items()
            if key.startswith("?") or key in {"remarks", "executed", "state"}
        },
        printed={key: text.text.strip() for key, text in fields.items() if text and not key.startswith("?")},
    )
    return measure, signals


def split_marks(printed: str) -> tuple[str, tuple[str, ...]]:
    """A name and the marks in brackets behind it, 推動低碳生產(新增)（調整） -> name, (新增, 調整). Only the words
    of the vocabulary are marks: other brackets belong to the name."""
    words: dict[str, list[str]] = vocabulary()["marks"]
    known = [folded(w) for w in (*words["new"], *words["other"])]
    name = " ".join(printed.split("\n")).strip()
    marks: list[str] = []
    while match := _LAST_BRACKETS.search(name, timeout=TIMEOUT):
        mark = folded(match.group(1))
        bare = regex.sub(r"^\d{2,4}年?度?|(?:措施|計畫|項目)$", "", mark, timeout=TIMEOUT)
        if not any(word in (bare, mark) for word in known):
            break
        marks.insert(0, mark)
        name = name[: match.start()].rstrip()
    star = regex.match(r"[*＊★☆◎※]\s*", name, timeout=TIMEOUT)
    if star:
        name = name[star.end() :]
    return _without_inner_spaces(name), tuple(marks)


def _category(printed: str) -> tuple[str | None, tuple[str, ...]]:
    """The category, and the marks that stand among the ticked words: ■新增 □延續 ■減緩."""
    if is_blank(printed):
        return None, ()
    words = ticked(printed)
    if words is None:
        return "".join(printed.split()), ()
    known = {folded(word) for kind in ("new", "other") for word in vocabulary()["marks"][kind]}
    marks = tuple(word for word in words if folded(word) in known)
    return "、".join(word for word in words if word not in marks) or None, marks


def _without_inner_spaces(name: str) -> str:
    joined: str = regex.sub(r"(?<=\p{Han})\s+(?=\p{Han})", "", name, timeout=TIMEOUT)
    return joined


def _is_new(mark: str) -> bool:
    return any(folded(word) in mark for word in vocabulary()["marks"]["new"])


def _one_line(text: PlacedText) -> str | None:
    """A plan's whole text; real line breaks are kept. None where blank."""
    return None if is_blank(text.text) else text.text.strip()


def _agencies(
    cells: MeasureCells, naming: Naming, signals: list[Signal], place: Place
) -> tuple[tuple[Agency, ...], tuple[Agency, ...]]:
    lead: list[Agency] = []
    co: list[Agency] = []
    for key, role in (("agencies", "lead"), ("lead", "lead"), ("co", "co")):
        text = cells.fields.get(key, EMPTY)
        if is_blank(text.text):
            continue
        helps = key in cells.helped or names_both_roles(cells.headers.get(key, ""))
        in_brackets: Role | None = "co" if helps else None
        found = resolve(without_marks(text), "co" if role == "co" else "lead", in_brackets, naming)
        lead += [a for a in found.lead if a.name not in {x.name for x in lead}]
        co += [a for a in found.co if a.name not in {x.name for x in co}]
        signals += [Signal(s.rule, s.severity, s.message, s.printed, cells.code, place) for s in found.signals]
    leads = {a.name for a in lead}
    return tuple(lead), tuple(a for a in co if a.name not in leads)


def _period(cells: MeasureCells) -> tuple[str | None, int | None, int | None]:
    text = cells.fields.get("period", EMPTY)
    start_text, end_text = cells.fields.get("start", EMPTY), cells.fields.get("end", EMPTY)
    if start_text or end_text:
        start, _ = read_period(without_marks(start_text))
        _, end = read_period(without_marks(end_text))
        return "-".join(t.text.strip() for t in (start_text, end_text) if t), start, end
    if is_blank(text.text):
        return None, None, None
    printed = "".join(text.text.split())
    start, end = read_period(without_marks(text))
    return printed, start, end


def status_of(result: str, end_year: int | None, report_year: int | None, marks: tuple[str, ...] = ()) -> Status:
    """`ended` where the result says that the period ran out before the report year: by a year before it, or by words
    alone where the period itself ended before."""
    rules = vocabulary()["ended"]
    words = folded(result)
    is_short = len(words) < 60
    for pattern in rules["patterns"]:
        if not is_short:
            break
        match = regex.search(pattern.replace("{year}", _YEAR), words, timeout=TIMEOUT)
        if match and report_year is not None and gregorian(int(match["year"])) < report_year:
            return "ended"
    if end_year is None or report_year is None or end_year >= report_year:
        return "active"
    says_so = is_blank(result) or (is_short and any(w in words for w in rules["words"]))
    return "ended" if says_so or any(m in {"解除列管", "已完成", "結案"} for m in marks) else "active"


def _budget(cells: MeasureCells, signals: list[Signal], place: Place) -> Budget:
    """Amount, rate and note of the budget columns; a rate column of its own, and notes of both, are put together."""
    amount = read_budget(without_marks(cells.fields.get("budget", EMPTY)), cells.money_factor)
    if amount.is_unit_unknown:
        printed = cells.fields["budget"].text.strip()
        signals.append(
            Signal("unread:unit", "warning", f"經費「{printed}」沒有單位，未換算", printed, cells.code, place)
        )
    is_percent = regex.search(r"[%％]", cells.headers.get("rate", ""), timeout=TIMEOUT) is not None
    rate_cell = without_marks(cells.fields.get("rate", EMPTY))
    rate = read_budget(rate_cell, None, has_amount=False, is_percent=is_percent)
    if rate.is_rate_guessed:
        printed = rate_cell.strip()
        message = f"執行率「{printed}」的欄名有百分號，仍視為 {rate.rate:.0%}"
        signals.append(Signal("guess:rate", "info", message, printed, cells.code, place))
    said = "".join(cells.fields.get("money_note", EMPTY).text.split("\n")).strip()
    notes = [n for n in (amount.note, rate.note, None if is_blank(said) else said) if n]
    return Budget(amount.amount_ntd, amount.rate if amount.rate is not None else rate.rate, "；".join(notes) or None)


def _funding(text: PlacedText) -> tuple[str, ...]:
    parts = regex.split(r"[、,，;；/／\n]|(?<=[算金])及", text.text, timeout=TIMEOUT)
    return tuple("".join(p.split()) for p in parts if not is_blank(p))


def _items(
    key: str, document: Document, cells: MeasureCells, report_year: int | None, signals: list[Signal]
) -> tuple[Item, ...]:
    """The items of a field's cells with their figures; what the language did not understand is signalled with the
    measure's code. Of several cells those that are blank hold none."""
    topic = cells.fields.get("name", EMPTY).text
    items: list[Item] = []
    printed = cells.apart.get(key, (cells.fields.get(key, EMPTY),))
    for item in read_items(*[cell for cell in printed if len(printed) == 1 or not is_blank(cell.text)]):
        text = item.text
        reading = read_text(without_marks(text).replace("\n", " "), Setting(report_year, item.lead, topic, "item"))
        place = document.origins.place(text)
        quantities = tuple(replace(q, place=document.origins.place(text[q.start : q.end])) for q in reading.quantities)
        signals += [replace(s, context=cells.code, place=place) for s in reading.signals]
        items.append(Item(item.ordinal, text.text, place, quantities))
    return tuple(items)
