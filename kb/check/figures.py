"""Figures whose meaning is easily mistaken: what a counter counts, words of two kinds in one clause, years compared."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import regex

from kb.check.model import Doubt, Fault
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Row, Stored

UNSURE = 0.5
"""Certainty of a likeliest reading among two."""
BEFORE, AFTER = 30, 12
"""Characters of its clause that are looked through before and behind a figure."""
BREAK = regex.compile(r"[，,。；;：:\n]")
BOUND = regex.compile(r"\s*(?:以\s*[上下]|[餘多])")
RANK = regex.compile(r"[級等層歲](?:以上|以下)")
TAIL = regex.compile(r"[次級]")
"""What follows a unit that is longer than it was read: 艘次 as 艘."""
MOST_PERCENT = {"saving_rate": 100, "rate": 200}
"""Percent that a share seldom exceeds."""
PLAIN_RATES = ("kgCO2e/kWh", "tCO2e/kWh")
EACH = regex.compile(r"每[^年月季日]|上限|單[位一]")
FAR = 9.0
"""Times by which a result is never above its target, or below: a digit or a unit was lost."""


@cache
def words() -> Mapping[str, Mapping[str, list[str]]]:
    """The tables of `words.toml`."""
    with files("kb.check").joinpath("words.toml").open("rb") as file:
        told: dict[str, Any] = tomllib.load(file)
    return told


@cache
def _rivals() -> Mapping[str, regex.Pattern[str]]:
    return {kind: regex.compile("|".join(map(regex.escape, told))) for kind, told in words()["rivals"].items()}


@cache
def _compared() -> regex.Pattern[str]:
    return regex.compile("|".join(words()["compared"]["words"]))


def check_figures(stored: Stored) -> Iterator[Doubt]:
    """Doubts about the figures of measures and cases."""
    texts = {row["id"]: str(row["text"]) for table in ("targets", "results") for row in stored[table]}
    kinds: dict[str, set[str]] = defaultdict(set)
    for figure in stored["quantities"]:
        kinds[figure["unit"]].add(figure["kind"])
    for figure in stored["quantities"]:
        owner = figure["target_id"] or figure["result_id"]
        if owner in texts:
            faults = _faults(figure, texts[owner], kinds[figure["unit"]])
        elif figure["case_id"]:
            faults = _faults_by_quote(figure, kinds[figure["unit"]])
        else:
            continue
        for column, fault in faults:
            yield _doubt(figure, column, fault)
    yield from _far_from_target(stored)


def _doubt(figure: Row, column: str, fault: Fault) -> Doubt:
    return Doubt(
        fault.rule,
        "quantities",
        figure["id"],
        column,
        fault.reason,
        fault.certainty,
        str(figure["quote"])[:120],
        figure["page"],
    )


def _faults(figure: Row, text: str, kinds: set[str]) -> Iterator[tuple[str, Fault]]:
    """Columns of a figure that may be read wrong, each with what speaks against it."""
    start, end = figure["text_start"] or 0, figure["text_end"] or 0
    before = BREAK.split(text[max(0, start - BEFORE) : start], timeout=TIMEOUT)[-1]
    behind = BREAK.split(text[end : end + AFTER], timeout=TIMEOUT)[0]
    yield from _kind(figure, folded(before + "|" + behind), kinds)
    yield from _scope(figure, folded(before))
    yield from _comparator(figure, behind)
    yield from _unit(figure, text, start, end)


def _faults_by_quote(figure: Row, kinds: set[str]) -> Iterator[tuple[str, Fault]]:
    """As `_faults` for a figure of a case, which keeps no place in the case's text: only its quote is looked at."""
    yield from _kind(figure, folded(figure["quote"]), kinds)
    yield from _scope(figure, "")
    yield from _unit(figure, "", 0, 0)


def _kind(figure: Row, clause: str, kinds: set[str]) -> Iterator[tuple[str, Fault]]:
    kind, unit = figure["kind"], folded(figure["unit"])
    bare = unit.lstrip("萬億千百")
    if kind == "count" and (bare in words()["counters"]["unsure"] or len(kinds - {"count"}) > 0):
        others = "、".join(sorted(kinds - {"count"})) or "設備、家數或場次"
        yield "kind", Fault("unsure:kind", f"「{unit}」視為件數（count），也可能是{others}", UNSURE)
    elif kind == "emission":
        yield "kind", Fault("unsure:kind", "視為排放量，也可能是減量", UNSURE)
    elif kind in _rivals() and (match := _rivals()[kind].search(clause, timeout=TIMEOUT)):
        yield "kind", Fault("unsure:kind", f"視為 {kind}，但同一句有「{match.group()}」", UNSURE)


def _scope(figure: Row, before: str) -> Iterator[tuple[str, Fault]]:
    if match := _compared().search(before, timeout=TIMEOUT):
        fault = Fault("unsure:scope", f"「{match.group()}」之後的數值，所屬年度不確定", UNSURE)
        for column in ("scope", "start_year", "end_year"):
            yield column, fault
    elif figure["scope"] == "unspecified" and any(word in before for word in ("累計", "累積", "每年", "年度")):
        yield "scope", Fault("unsure:scope", "同一句有時間詞，未讀出範圍", UNSURE)


def _comparator(figure: Row, behind: str) -> Iterator[tuple[str, Fault]]:
    if figure["comparator"] == "=" and (match := BOUND.match(behind, timeout=TIMEOUT)):
        yield "comparator", Fault("unsure:comparator", f"數值後有「{folded(match.group())}」，讀為等於", 0.3)
    elif figure["comparator"] in (">=", "<=") and RANK.search(folded(behind), timeout=TIMEOUT):
        yield "comparator", Fault("unsure:comparator", "「以上」可能屬於等級而非數值", UNSURE)


def _unit(figure: Row, text: str, start: int, end: int) -> Iterator[tuple[str, Fault]]:
    fault = None
    if figure["canonical_value"] is None:
        fault = Fault("unsure:unit", f"單位「{figure['unit']}」無法換算", 0.4)
    elif TAIL.match(text, end, timeout=TIMEOUT):
        fault = Fault("unsure:unit", f"單位可能是「{figure['unit']}{text[end]}」", 0.4)
    elif "/" in str(figure["canonical_unit"] or "") and figure["canonical_unit"] not in PLAIN_RATES:
        fault = Fault("unsure:unit", f"複合單位「{figure['unit']}」的換算不確定", UNSURE)
    elif regex.search(r"\d[,.]?\s*$", text[max(0, start - 3) : start], timeout=TIMEOUT):
        fault = Fault("odd:number", "數字前還有數字，可能斷開", 0.3)
    elif (most := MOST_PERCENT.get(figure["kind"])) and figure["unit"] in ("%", "％") and figure["value"] > most:
        fault = Fault("odd:share", f"{figure['value']:g}% 不尋常，小數點可能遺失", 0.4)
    if fault is not None:
        for column in ("value", "unit", "canonical_value", "canonical_unit"):
            yield column, fault


def _far_from_target(stored: Stored) -> Iterator[Doubt]:
    """A target and the result that answers it, so far apart that one of them lost a digit or its unit."""
    figures = {figure["id"]: figure for figure in stored["quantities"]}
    for pair in stored["achievements"]:
        ratio = pair["ratio"]
        target = figures.get(pair["target_quantity_id"])
        if ratio is None or target is None or 1 / FAR <= ratio <= FAR or _is_each(target):
            continue
        fault = Fault("odd:ratio", f"成果為目標的 {ratio:.3g} 倍，數值或單位可能有誤", 0.4)
        for key in (pair["target_quantity_id"], pair["result_quantity_id"]):
            for column in ("value", "canonical_value", "unit") if key in figures else ():
                yield _doubt(figures[key], column, fault)


def _is_each(target: Row) -> bool:
    """Whether a target is an amount for each of many, or a limit: 每輛補助上限 3 萬元."""
    return target["comparator"] == "<=" or bool(EACH.search(folded(target["quote"]), timeout=TIMEOUT))
