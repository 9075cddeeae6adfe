"""What a figure means: emission_reduction, investment, saving_rate… by its unit and the words around it.

The cues are data (kinds.toml); this module lays out the words and takes the nearest cue. Where nothing says what a figure means the
likeliest reading is taken and signalled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from extract.language.fold import SCRIPTS, fold
from extract.language.lexicon import TIMEOUT, table
from extract.language.sheet import Figure, Sheet, UnitForm
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


@dataclass(frozen=True, slots=True)
class Cue:
    """One pattern of kinds.toml. `carbon` says whether it makes a bare tonne carbon; `rule` names it for people."""

    pattern: regex.Pattern[str]
    kind: str
    carbon: bool
    rule: str


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
def _cues(section: str, key: str) -> tuple[Cue, ...]:
    """The cues for a dimension (rules), a counter (counters) or a unit's readings (degrees)."""
    found = []
    for entry in table("kinds")[section]:
        if section != "degrees" and key not in entry["dimension" if section == "rules" else "unit"]:
            continue
        kind = entry["canonical"] if section == "degrees" else entry["kind"]
        found += [Cue(regex.compile(_expand(c)), kind, entry.get("carbon", False), c) for c in entry["cues"]]
    return tuple(found)


def _squeeze(folded: str) -> str:
    return "".join(folded.translate(SCRIPTS).split())


def nearest(cues: Sequence[Cue], words: str) -> Cue | None:
    """The cue that stands nearest to the spot of the figure in these words; of two, the one that says more."""
    spot = words.index(SPOT)
    best: tuple[int, int, Cue] | None = None
    for cue in cues:
        for match in cue.pattern.finditer(words, overlapped=False, timeout=TIMEOUT):
            start, end = match.span()
            distance = 0 if start <= spot < end else spot - end if end <= spot else start - spot
            if best is None or (distance, start - end) < best[:2]:
                best = (distance, start - end, cue)
    return best[2] if best else None


def windows(sheet: Sheet, index: int) -> Iterator[str]:
    """The words around a figure, from near to far, each with the spot."""
    folded, figure = sheet.folded, sheet.figures[index]
    clause = _interval(sheet.clauses.clauses, figure.start)
    sentence = _interval(sheet.clauses.sentences, figure.start)
    end = max(figure.end, figure.unit.end)
    following = sheet.figures[index + 1].start if index + 1 < len(sheet.figures) else len(folded)
    before_end = max((f.end for f in sheet.figures[max(0, index - 1) : index]), default=0)
    behind = _squeeze(folded[end : max(end, min(following, clause[1], end + AFTER))])
    begin = max(clause[0], before_end, figure.start - BEFORE)
    yield _squeeze(folded[begin : figure.start]) + SPOT + behind
    yield _squeeze(folded[max(clause[0], figure.start - SENTENCE) : figure.start]) + SPOT + behind
    yield _squeeze(folded[max(sentence[0], figure.start - SENTENCE) : figure.start]) + SPOT
    yield SPOT + _squeeze(folded[end : max(end, min(sentence[1], end + BEFORE))])
    for lead in reversed(sheet.setting.lead):
        yield _squeeze(fold(lead)[-SENTENCE:]) + SPOT
    if sheet.setting.topic:
        yield _squeeze(fold(sheet.setting.topic)[:SENTENCE]) + SPOT


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
    figure = sheet.figures[index]
    unit = figure.unit
    dimension = unit.dimension
    plain = Meaning(unit.form.kind, "its unit", unit.canonical, unit.factor)
    if dimension == "counter":
        return _counted(sheet, index, plain)
    if dimension == "year":
        return Meaning("payback_period", "年 with 回收", "yr", Decimal(1))
    if dimension == "temperature" or dimension == "rate":
        return Meaning("physical", "a rate" if dimension == "rate" else "its unit", unit.canonical, unit.factor)
    if dimension == "points":
        return Meaning("rate", "its unit", unit.canonical, unit.factor)
    rated = _per(sheet, index)
    if rated is not None:
        return rated
    if unit.form.form == "度":
        reading = _degree(sheet, index)
        if reading == "°C":
            return Meaning("physical", "a degree of heat", "°C", Decimal(1))
        if reading == "m3":
            return Meaning("physical", "度 of water", "m3", Decimal(1))
    if unit.form.kind:
        return plain
    cues = _cues("rules", dimension)
    for depth, words in enumerate(windows(sheet, index)):
        if dimension == "share" and depth in (2, 3, 4):
            continue  # a share is read by its own clause: 節能 elsewhere in the sentence says nothing of it
        cue = nearest(cues, words)
        if cue is not None:
            return _as(figure, cue.kind, cue.rule, carbon=cue.carbon)
    if dimension == "share":
        return Meaning("rate", "any other share", unit.canonical, unit.factor)
    kind = DEFAULTS.get(dimension, "physical")
    sheet.signals.append(
        Signal(
            "unread:kind",
            "warning",
            f"no word says what this is; read as {kind}",
            sheet.text[figure.start : figure.end],
        )
    )
    return _as(figure, kind, "no word says it", carbon=dimension == "carbon")


def _as(figure: Figure, kind: str, rule: str, *, carbon: bool) -> Meaning:
    """The meaning with a bare tonne settled as carbon or goods."""
    unit = figure.unit
    if unit.form.dimension == "mass" and (unit.carbon or carbon):
        return Meaning(kind, rule, "tCO2e", unit.factor)
    return Meaning(kind, rule, unit.canonical, unit.factor)


def _counted(sheet: Sheet, index: int, plain: Meaning) -> Meaning:
    form: UnitForm = sheet.figures[index].unit.form
    cues = _cues("counters", form.form)
    if not cues:
        return plain
    for depth, words in enumerate(windows(sheet, index)):
        if (depth == 0 and form.form == "個") or depth < 4:
            cue = nearest(cues, words)
            if cue is not None:
                return Meaning(cue.kind, cue.rule, plain.canonical, plain.factor)
    return plain if plain.kind else Meaning("count", "anything else counted", plain.canonical, plain.factor)


def _degree(sheet: Sheet, index: int) -> str | None:
    for depth, words in enumerate(windows(sheet, index)):
        if depth > 2:
            break
        cue = nearest(_cues("degrees", "度"), words)
        if cue is not None:
            return cue.kind
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
