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
from kb.site import labels

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
PER = regex.compile(r"每(?:一?[件輛人戶台臺座場家棟張頭隻趟班]|公[噸里頃斤升秉]|平方公尺|單位|延人公里|噸)")
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
        told = list(faults)
        for column, fault in told:
            yield _doubt(figure, column, fault)
        yield from _of_owner(figure, [fault for column, fault in told if column in ("value", "canonical_unit")])
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


def _of_owner(figure: Row, faults: list[Fault]) -> Iterator[Doubt]:
    """The item or case whose figures are in doubt with this one: the right one is missing from it."""
    owners = (("targets", "target_id"), ("results", "result_id"), ("cases", "case_id"))
    for table, column in owners:
        for fault in faults[:1] if figure[column] else ():
            quote, page = str(figure["quote"])[:120], figure["page"]
            yield Doubt(fault.rule, table, figure[column], "quantities", fault.reason, fault.certainty, quote, page)


def _faults(figure: Row, text: str, kinds: set[str]) -> Iterator[tuple[str, Fault]]:
    """Columns of a figure that may be read wrong, each with what speaks against it."""
    start, end = figure["text_start"] or 0, figure["text_end"] or 0
    before = BREAK.split(text[max(0, start - BEFORE) : start], timeout=TIMEOUT)[-1]
    behind = BREAK.split(text[end : end + AFTER], timeout=TIMEOUT)[0]
    yield from _kind(figure, folded(before + "|" + behind), kinds)
    yield from _scope(figure, folded(before), folded(text[:start].rsplit("。", 1)[-1]))
    yield from _comparator(figure, behind)
    yield from _unit(figure, text, start, end)
    yield from _each(figure, folded(before))


def _faults_by_quote(figure: Row, kinds: set[str]) -> Iterator[tuple[str, Fault]]:
    """As `_faults` for a figure of a case, which keeps no place in the case's text: only its quote is looked at."""
    yield from _kind(figure, folded(figure["quote"]), kinds)
    yield from _unit(figure, "", 0, 0)
    yield from _each(figure, folded(figure["quote"]))


def _kind(figure: Row, clause: str, kinds: set[str]) -> Iterator[tuple[str, Fault]]:
    kind, unit = figure["kind"], folded(figure["unit"])
    bare = unit.lstrip("萬億千百")
    reason = None
    if kind == "count" and (bare in words()["counters"]["unsure"] or len(kinds - {"count"}) > 0):
        others = "、".join(labels.value("kind", other) for other in sorted(kinds - {"count"})) or "設備、家數或場次"
        reason = f"「{unit}」視為件數，也可能是{others}"
    elif kind == "emission":
        reason = "視為排放量，也可能是減碳量"
    elif kind in _rivals() and (match := _rivals()[kind].search(clause, timeout=TIMEOUT)):
        reason = f"視為{labels.value('kind', kind)}，但同一句有「{match.group()}」"
    elif (proofs := words()["proofs"].get(kind)) and not any(word in clause + unit for word in proofs):
        reason = f"視為{labels.value('kind', kind)}，但同一句沒有字詞說明"
    if reason is not None:
        yield "kind", Fault("unsure:kind", reason, UNSURE)
        # A bare tonne is carbon or goods by its kind.
        if figure["canonical_unit"] in ("tCO2e", "t") and "C" not in unit:
            yield "canonical_unit", Fault("unsure:unit", reason, UNSURE)


def _scope(figure: Row, before: str, sentence: str) -> Iterator[tuple[str, Fault]]:
    if match := _compared().search(before, timeout=TIMEOUT):
        fault = Fault("unsure:scope", f"「{match.group()}」之後的數值，所屬年度不確定", UNSURE)
        for column in ("scope", "start_year", "end_year"):
            yield column, fault
    elif figure["scope"] == "unspecified" and (
        any(word in before for word in ("每年", "年度")) or any(word in sentence for word in ("累計", "累積"))
    ):
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
    elif not _is_settled(figure):
        fault = Fault("unsure:unit", f"「{figure['unit']}」換算為 {figure['canonical_unit']}，少有先例", UNSURE)
    elif regex.search(r"\d[,.]?\s*$", text[max(0, start - 3) : start], timeout=TIMEOUT):
        fault = Fault("odd:number", "數字前還有數字，可能斷開", 0.3)
    elif (most := MOST_PERCENT.get(figure["kind"])) and figure["unit"] in ("%", "％") and figure["value"] > most:
        fault = Fault("odd:share", f"{figure['value']:g}% 不尋常，小數點可能遺失", 0.4)
    if fault is not None:
        for column in ("value", "unit", "canonical_value", "canonical_unit"):
            yield column, fault


def _each(figure: Row, before: str) -> Iterator[tuple[str, Fault]]:
    """An amount for each of many, 每件 0.4 公斤, that was read as a whole one."""
    match = PER.search(before, timeout=TIMEOUT)
    if match is not None and figure["canonical_unit"] in ("tCO2e", "t", "kWh", "kL", "kLOE"):
        fault = Fault("unsure:unit", f"「{match.group()}」的數值，可能是每單位的量", UNSURE)
        for column in ("value", "canonical_value", "canonical_unit", "kind"):
            yield column, fault


def _is_settled(figure: Row) -> bool:
    """Whether a canonical unit is one of those agreed upon, or the counter itself."""
    unit = str(figure["canonical_unit"] or "")
    return unit in words()["units"]["settled"] or ("/" not in unit and unit in folded(figure["unit"]))


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
