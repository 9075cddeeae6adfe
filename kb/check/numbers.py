"""Numbers of annex one: money, shares, years, and whether every printed digit became something."""

from __future__ import annotations

import math
import statistics
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from kb.check.cells import doubts_of_cell
from kb.check.model import Doubt, Fault, Share
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Row, Stored

DIGITS = regex.compile(r"\d[\d,.]*")
WHOLE_NUMBER = regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
FAR = 2.5
"""Powers of ten between a budget and the report's median from which the unit may be wrong: the budgets of one sector
lie within three powers of ten around it."""
RATES = (0.05, 2.0)
"""Rates of execution outside are rare; one over 2 is mostly an amount."""
NAMES = regex.compile(
    r"(?<!\d)(?:民國)?(?:1[0-4]\d|20\d\d|\d{2})(?=\s*年)|(?:1[0-4]\d|20\d\d)(?=\s*[-~–—－至、/]\s*(?:1[0-4]\d|20\d\d))"
    r"|(?<=(?:1[0-4]\d|20\d\d)\s*年?度?\s*[-~–—－至、/]\s*)(?:1[0-4]\d|20\d\d|\d{2})"
    r"|\d{1,2}(?=\s*[月日])|(?<=第\s*)\d+(?=\s*[期次屆條款項點號季])"
    r"|(?<=[A-Za-z][A-Za-z.\-_ ]{0,12})\d[\d.\-]*|\d+(?=[A-Za-z]{1,3}(?![A-Za-z²³]))|\d+(?=\s*[號期])"
)
"""Digits that are years, dates, ordinals, or parts of names and codes such as ISO 50001 and CO2."""


def check_numbers(stored: Stored) -> Iterator[Doubt]:
    """Doubts about the numbers of measures."""
    yield from _budgets(stored)
    yield from _periods(stored)
    yield from _left_over(stored)


def _budgets(stored: Stored) -> Iterator[Doubt]:
    amounts = [m["budget_ntd"] for m in stored["measures"] if m["budget_ntd"]]
    median = statistics.median(amounts) if amounts else None
    for measure in stored["measures"]:
        cell = unicodedata.normalize("NFKC", (measure["printed"] or {}).get("budget", ""))
        fault = _fault_of_budget(cell, measure)
        if fault is None and median and measure["budget_ntd"]:
            power = abs(math.log10(measure["budget_ntd"] / median))
            if power > FAR:
                fault = Fault("odd:budget", f"經費與中位數相差 10 的 {power:.1f} 次方，單位可能有誤", 0.4)
        if fault:
            yield from doubts_of_cell(stored, measure, "budget", fault)
        elif measure["budget_ntd"] is None and measure["execution_rate"] is not None:
            reason = "有執行率而無經費"
            yield Doubt("empty:field", "measures", measure["id"], "budget_ntd", reason, 0.4, "", measure["page"])
        rate = measure["execution_rate"]
        if rate is None and DIGITS.search(folded((measure["printed"] or {}).get("rate")), timeout=TIMEOUT):
            fault = Fault("unread:rate", "執行率欄有數字，未讀出執行率", 0.2)
            yield from doubts_of_cell(stored, measure, "rate", fault)
            yield Doubt(
                fault.rule,
                "measures",
                measure["id"],
                "budget_note",
                fault.reason,
                0.3,
                str(measure["budget_note"] or ""),
                measure["page"],
            )
        if rate is not None and not RATES[0] <= rate <= RATES[1]:
            yield from doubts_of_cell(stored, measure, "rate", Fault("odd:rate", f"執行率 {rate:.0%} 不尋常", 0.4))


def _fault_of_budget(cell: str, measure: Row) -> Fault | None:
    """Rule, reason and certainty where the printed numbers of a budget cell and what was read do not match."""
    note = folded(measure["budget_note"])
    if regex.search(r"\d%|^[\d,.]+(?:[億萬千仟]?元)?$|；[\d,.]+$", note, timeout=TIMEOUT):
        return Fault("left:number", "經費附註中仍有數字", 0.2)
    numbers = [n.group().rstrip(",.") for n in DIGITS.finditer(cell, timeout=TIMEOUT)]
    if not numbers:
        return None
    is_broken = regex.search(r"\d[,.]\s+\d", cell, timeout=TIMEOUT)
    if is_broken or any(not WHOLE_NUMBER.fullmatch(n) for n in numbers):
        return Fault("odd:number", "經費欄的數字斷開或不完整", 0.3)
    if measure["budget_ntd"] is None and not (len(numbers) == 1 and measure["execution_rate"] is not None):
        return Fault("unread:budget", "經費欄有數字，未讀出金額", 0.2)
    shares = len(regex.findall(r"\d\s*%", cell, timeout=TIMEOUT))
    if shares and measure["execution_rate"] is None:
        return Fault("unread:rate", "經費欄有百分比，未讀出執行率", 0.2)
    if shares > 1 or len(numbers) - shares > 1:
        return Fault("odd:amounts", "經費欄有多個數字，取用方式不確定", 0.5)
    return None


def _periods(stored: Stored) -> Iterator[Doubt]:
    for measure in stored["measures"]:
        printed = measure["printed"] or {}
        words = folded(printed.get("period"))
        numbers = regex.findall(r"\d+", words, timeout=TIMEOUT)
        start, end = measure["start_year"], measure["end_year"]
        fault = None
        if start is not None and end is not None and start > end:
            fault = "起始年晚於結束年"
        elif words and numbers and start is None and end is None:
            fault = "期程欄有數字，未讀出年份"
        elif len([n for n in numbers if len(n) >= 3]) > 2:
            fault = "期程欄有兩個以上的期間"
        elif any(year is not None and not 2005 <= year <= 2060 for year in (start, end)):
            fault = "年份不合理"
        if fault:
            yield from doubts_of_cell(stored, measure, "period", Fault("odd:period", fault, 0.3))


@dataclass(frozen=True, slots=True)
class _Digits:
    """Digits of a text: all of them, and those runs that nothing accounts for."""

    whole: int
    left: tuple[str, ...]


def _accounted(text: str, spans: list[tuple[int, int]]) -> _Digits:
    """The digits of an item's text; `spans` are where its figures stand."""
    spans = [*spans, *(m.span() for m in NAMES.finditer(text, timeout=TIMEOUT))]
    left = []
    whole = 0
    for match in DIGITS.finditer(text, timeout=TIMEOUT):
        whole += sum(c.isdigit() for c in match.group())
        if not any(start < match.end() and match.start() < end for start, end in spans):
            left.append(match.group())
    return _Digits(whole, tuple(left))


def _item_digits(stored: Stored, side: str, item: Row) -> _Digits:
    figures = stored.quantities(f"{side}_id", item["id"])
    return _accounted(item["text"], [(q["text_start"] or 0, q["text_end"] or 0) for q in figures])


def _left_over(stored: Stored) -> Iterator[Doubt]:
    """Numbers of targets and results that are no figure, no year, no code: something was not understood."""
    for side in ("target", "result"):
        for item in stored[f"{side}s"]:
            left = _item_digits(stored, side, item).left
            if left:
                yield Doubt(
                    "left:number",
                    f"{side}s",
                    item["id"],
                    "quantities",
                    f"數字 {'、'.join(left)} 不是已讀出的數值、年份或編號",
                    0.4,
                    item["text"][:120],
                    item["page"],
                )


def digits_accounted(stored: Stored) -> Share:
    """Share of the digits of annex one that became something: a figure, a year, a date, a code, an item number, an
    amount."""
    whole = left = 0
    for side in ("target", "result"):
        for item in stored[f"{side}s"]:
            digits = _item_digits(stored, side, item)
            whole += digits.whole
            left += sum(c.isdigit() for run in digits.left for c in run)
    for measure in stored["measures"]:
        printed = measure["printed"] or {}
        for field in ("target", "result"):
            # Item marks: what the cell has over its items.
            cell = sum(c.isdigit() for c in printed.get(field, ""))
            items = sum(c.isdigit() for item in stored.items(measure, f"{field}s") for c in item["text"])
            whole += max(0, cell - items)
        for field, is_read in (
            ("budget", measure["budget_ntd"] is not None or measure["execution_rate"] is not None),
            ("rate", measure["execution_rate"] is not None),
            ("period", measure["start_year"] is not None),
        ):
            digits = sum(c.isdigit() for c in printed.get(field, ""))
            whole += digits
            left += 0 if is_read else digits
    return Share("digits", whole - left, whole)
