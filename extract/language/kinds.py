"""What a figure means: emission_reduction, investment, saving_rate… by its unit and the words around it.

The cues are data (kinds.toml); this module lays out the words and takes the nearest cue. Where nothing says what a
figure means the likeliest reading is taken and signalled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

import regex

from extract.language.fold import SCRIPTS, fold
from extract.language.lexicon import TIMEOUT, table
from extract.language.sheet import Figure, Sheet
from extract.records import Signal

SPOT = "▮"
BEFORE, AFTER, SENTENCE = 40, 16, 90
"""Characters looked through before and behind a figure, and backwards in its sentence."""
DEFAULTS = {
    "carbon": "emission_reduction",
    "mass": "physical",
    "electricity": "physical",
    "heat": "physical",
    "energy": "physical",
    "volume": "physical",
}
"""The likeliest meaning where no word says any. Money has none."""
FIXED = {"year": "payback_period", "temperature": "physical", "rate": "physical", "points": "rate"}
"""Dimensions that mean one thing."""
Place = Literal["near", "clause", "sentence", "behind", "lead", "topic"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One line of kinds.toml. `carbon` says whether it makes a bare tonne carbon; `rule` names it for people."""

    kind: str
    carbon: bool
    rule: str


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues for one decision, as one pattern in which the longest at each spot matches; its groups number them."""

    pattern: regex.Pattern[str]
    cues: tuple[Cue, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure turned out to mean, with its canonical unit and factor."""

    kind: str
    rule: str
    canonical: str
    factor: Decimal


def _expand(cue: str) -> str:
    return cue.format(**table("kinds")["lists"]) if "{" in cue else cue


@cache
def _cues(section: str, key: str) -> Cues | None:
    """The cues for a dimension (rules), a counter (counters) or a unit's readings (degrees); None if there are none."""
    cues: list[Cue] = []
    for entry in table("kinds")[section]:
        if section != "degrees" and key not in entry["dimension" if section == "rules" else "unit"]:
            continue
        kind = entry["canonical"] if section == "degrees" else entry["kind"]
        cues += [Cue(kind, entry.get("carbon", False), c) for c in entry["cues"]]
    if not cues:
        return None
    listed = "|".join(f"(?P<c{number}>{_expand(cue.rule)})" for number, cue in enumerate(cues))
    return Cues(regex.compile(listed, regex.POSIX), tuple(cues))


def _squeeze(folded: str) -> str:
    return "".join(folded.replace(SPOT, "").translate(SCRIPTS).split())


def nearest(cues: Cues, words: str) -> Cue | None:
    """The cue that stands nearest to the spot of the figure in these words; of two, the one that says more."""
    spot = words.index(SPOT)
    best: tuple[int, int] | None = None
    name = None
    for match in cues.pattern.finditer(words, overlapped=True, timeout=TIMEOUT):
        start, end = match.span()
        distance = 0 if start <= spot < end else spot - end if end <= spot else start - spot
        if best is None or (distance, start - end) < best:
            best, name = (distance, start - end), match.lastgroup
    return cues.cues[int(name[1:])] if name else None


def windows(sheet: Sheet, index: int) -> Iterator[tuple[Place, str]]:
    """The words around a figure, from near to far, each with the spot in them and the name of the place."""
    folded, figure = sheet.folded, sheet.figures[index]
    clause = _interval(sheet.clauses.clauses, figure.start)
    sentence = _interval(sheet.clauses.sentences, figure.start)
    end = max(figure.end, figure.unit.end)
    following = sheet.figures[index + 1].start if index + 1 < len(sheet.figures) else len(folded)
    before_end = max((f.end for f in sheet.figures[max(0, index - 1) : index]), default=0)
    behind = _squeeze(folded[end : max(end, min(following, clause[1], end + AFTER))])
    begin = max(clause[0], before_end, figure.start - BEFORE)
    yield "near", _squeeze(folded[begin : figure.start]) + SPOT + behind
    yield "clause", _squeeze(folded[max(clause[0], figure.start - SENTENCE) : figure.start]) + SPOT + behind
    yield "sentence", _squeeze(folded[max(sentence[0], figure.start - SENTENCE) : figure.start]) + SPOT
    yield "behind", SPOT + _squeeze(folded[end : max(end, min(sentence[1], end + BEFORE))])
    for lead in reversed(sheet.setting.lead):
        yield "lead", _squeeze(fold(lead)[-SENTENCE:]) + SPOT
    if sheet.setting.topic:
        yield "topic", _squeeze(fold(sheet.setting.topic)[:SENTENCE]) + SPOT


def _interval(intervals: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    low, high = 0, len(intervals)
    while low + 1 < high:
        middle = (low + high) // 2
        if intervals[middle][0] <= at:
            low = middle
        else:
            high = middle
    return intervals[low]


def mean(sheet: Sheet, index: int) -> Meaning:
    """What the figure means. Signals where nothing says it."""
    unit = sheet.figures[index].unit
    plain = Meaning(unit.form.kind, "its unit", unit.canonical, unit.factor)
    if unit.dimension == "counter":
        return _counted(sheet, index, plain)
    if unit.dimension in FIXED:
        return Meaning(FIXED[unit.dimension], "its unit", unit.canonical, unit.factor)
    return _per(sheet, index) or _degree(sheet, index) or (plain if plain.kind else _by_words(sheet, index))


def _by_words(sheet: Sheet, index: int) -> Meaning:
    """What the words around the figure say that it means."""
    figure = sheet.figures[index]
    unit, dimension = figure.unit, figure.unit.dimension
    cues = _cues("rules", dimension)
    is_share = dimension == "share"
    for place, words in windows(sheet, index):
        if cues is None or (is_share and place not in ("near", "clause", "topic")):
            continue  # a share is read by its own clause: 節能 elsewhere in the sentence says nothing of it
        cue = nearest(cues, words)
        if cue is not None:
            return _as(figure, cue.kind, cue.rule, carbon=cue.carbon)
    if is_share:
        return Meaning("rate", "any other share", unit.canonical, unit.factor)
    kind = DEFAULTS.get(dimension, "physical")
    message = f"沒有字詞說明此數的意義；視為 {kind}"
    sheet.signals.append(Signal("unread:kind", "warning", message, sheet.text[figure.start : figure.end]))
    return _as(figure, kind, "no word says it", carbon=dimension == "carbon")


def _as(figure: Figure, kind: str, rule: str, *, carbon: bool) -> Meaning:
    """The meaning with a bare tonne settled as carbon or goods."""
    unit = figure.unit
    if unit.form.dimension == "mass" and (unit.carbon or carbon):
        return Meaning(kind, rule, "tCO2e", unit.factor)
    return Meaning(kind, rule, unit.canonical, unit.factor)


def _counted(sheet: Sheet, index: int, plain: Meaning) -> Meaning:
    """What a counter counts: by its own kind, or by what stands around it (案, 場, 個)."""
    cues = _cues("counters", sheet.figures[index].unit.form.form)
    for place, words in windows(sheet, index):
        if cues is None or place not in ("near", "clause", "sentence", "behind"):
            break
        cue = nearest(cues, words)
        if cue is not None:
            return Meaning(cue.kind, cue.rule, plain.canonical, plain.factor)
    return plain if plain.kind else Meaning("count", "anything else counted", plain.canonical, plain.factor)


def _degree(sheet: Sheet, index: int) -> Meaning | None:
    """度 of heat or of water, where the words say so; None where it is electricity or no 度."""
    cues = _cues("degrees", "")
    if sheet.figures[index].unit.form.form != "度" or cues is None:
        return None
    for place, words in windows(sheet, index):
        if place not in ("near", "clause", "sentence"):
            return None
        cue = nearest(cues, words)
        if cue is not None:
            return None if cue.kind == "kWh" else Meaning("physical", cue.rule, cue.kind, Decimal(1))
    return None


@cache
def _per_pattern() -> regex.Pattern[str]:
    units = table("kinds")["per"]["units"]
    listed = "|".join(sorted(units, key=len, reverse=True))
    return regex.compile(rf"(?<!平均)每({listed})[^，,。；;：:0-9]{{0,24}}$")


def _per(sheet: Sheet, index: int) -> Meaning | None:
    """每噸產品減少 14.5 kgCO2e as kgCO2e/t."""
    figure = sheet.figures[index]
    unit = figure.unit
    rules = table("kinds")["per"]
    if unit.dimension not in rules["dimension"]:
        return None
    begin = _interval(sheet.clauses.clauses, figure.start)[0]
    before = _squeeze(sheet.folded[max(begin, figure.start - BEFORE) : figure.start])
    match = _per_pattern().search(before, timeout=TIMEOUT)
    if match is None:
        return None
    above = unit.form.rate or unit.canonical
    name = f"{above}CO2e" if unit.carbon and unit.form.dimension == "mass" else above
    factor = Decimal(1) if unit.form.rate else unit.factor
    return Meaning("physical", "an amount per unit", f"{name}/{rules['units'][match[1]]}", factor)
