"""What a figure means: emission_reduction, investment, saving_rate… by its unit and the words around it.

The cues are data (kinds.toml), looked up in `cues`. Where nothing says what a
figure means the likeliest reading is taken and signalled.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from extract.language.cues import BEFORE, SPOT, find_cues, interval, nearest, squeeze, windows
from extract.language.lexicon import TIMEOUT, any_of, table
from extract.language.sheet import Figure, Sheet, Unit
from extract.records import Signal

CLAUSE_END = regex.compile("[，,；;。]")
OWN_NAME = regex.compile(rf"\p{{Han}}{{2}}量(?:[約達為逾計共僅近至有]|超過|合計|累計|高達)*{SPOT}")
"""A figure with a name of its own right before it."""
SHORTEST_SUBJECT = 3
"""Characters beside a share that say what it is a share of, 停等次數減少 19.6%; fewer leave it to the topic."""
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


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a figure turned out to mean, with its canonical unit and factor."""

    kind: str
    rule: str
    canonical: str
    factor: Decimal


def mean(sheet: Sheet, index: int) -> Meaning:
    """What the figure means. Signals where nothing says it."""
    unit = sheet.figures[index].unit
    plain = Meaning(unit.form.kind, "its unit", unit.canonical, unit.factor)
    if unit.dimension == "counter":
        return _counted(sheet, index, plain)
    if unit.form.form == "分" and (points := _points(sheet, index)):
        return points
    if unit.dimension in FIXED:
        return Meaning(FIXED[unit.dimension], "its unit", unit.canonical, unit.factor)
    return _per(sheet, index) or _degree(sheet, index) or (plain if plain.kind else _by_words(sheet, index))


def _by_words(sheet: Sheet, index: int) -> Meaning:
    """What the words around the figure say that it means."""
    figure = sheet.figures[index]
    unit, dimension = figure.unit, figure.unit.dimension
    cues = find_cues("rules", dimension)
    is_share = dimension == "share"
    is_named = has_subject = False
    for place, words in windows(sheet, index):
        is_named = is_named or (place == "near" and OWN_NAME.search(words, timeout=TIMEOUT) is not None)
        if is_named and place not in ("near", "clause"):
            break  # 施灌量 1,050 萬公噸，減碳…: the figure has a name of its own
        has_subject = has_subject or (place == "clause" and len(words) - len(SPOT) > SHORTEST_SUBJECT)
        if cues is None or (
            is_share and (place not in ("near", "clause", "topic") or (place == "topic" and has_subject))
        ):
            continue  # a share is read by its own clause: 節能 elsewhere says nothing of it
        cue = nearest(cues, words)
        if cue is not None:
            return _as(figure, cue.kind, cue.rule, carbon=cue.carbon)
    if is_share:
        return Meaning("rate", "any other share", unit.canonical, unit.factor)
    kind = DEFAULTS.get(dimension, "physical")
    message = "沒有字詞說明此數的意義，種類為推測"
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
    form = sheet.figures[index].unit.form.form
    cues = find_cues("counters", form)
    for place, words in windows(sheet, index):
        if cues is None:
            break
        if place in ("lead", "topic"):
            continue
        if place == "behind":
            cue = nearest(cues, CLAUSE_END.split(words, timeout=TIMEOUT)[0])
            cues = find_cues("counters", form, behind=True)
            cue = cue or (nearest(cues, words) if cues else None)
        else:
            cue = nearest(cues, words)
        if cue is not None:
            return Meaning(cue.kind, cue.rule, plain.canonical, plain.factor)
    return plain if plain.kind else Meaning("count", "anything else counted", plain.canonical, plain.factor)


def _points(sheet: Sheet, index: int) -> Meaning | None:
    """滿意度 4.6 分: points of a rating, None where 分 are minutes."""
    cues = find_cues("counters", "分")
    for place, words in windows(sheet, index):
        if cues is not None and place in ("near", "clause") and (cue := nearest(cues, words)):
            return Meaning(cue.kind, cue.rule, "分", Decimal(1))
    return None


def _degree(sheet: Sheet, index: int) -> Meaning | None:
    """度 of heat or of water, where the words say so; None where it is electricity or no 度."""
    cues = find_cues("degrees", "")
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
def _change() -> regex.Pattern[str]:
    return regex.compile(table("kinds")["per"]["change"])


@cache
def _price() -> regex.Pattern[str]:
    return regex.compile(any_of(table("kinds")["per"]["price"]))


def _is_carbon(before: str) -> bool:
    """Whether the words before a bare tonne make it carbon (每公里減碳 0.6 公斤)."""
    cues = find_cues("rules", "mass")
    cue = nearest(cues, before + SPOT) if cues else None
    return cue is not None and cue.carbon


@cache
def _per_pattern() -> regex.Pattern[str]:
    units = table("kinds")["per"]["units"]
    listed = "|".join(sorted(units, key=len, reverse=True))
    return regex.compile(rf"(?<!平均)每({listed})[^，,。；;：:0-9]{{0,24}}$")


def _per(sheet: Sheet, index: int) -> Meaning | None:
    """每噸水泥減少 9 kgCO2e as kgCO2e/t."""
    figure = sheet.figures[index]
    unit = figure.unit
    rules = table("kinds")["per"]
    is_distance = unit.form.form in ("公里", "km")
    if unit.dimension not in rules["dimension"] and unit.dimension not in ("money", "foreign") and not is_distance:
        return None
    begin = interval(sheet.clauses.clauses, figure.start)[0]
    before = squeeze(sheet.folded[max(begin, figure.start - BEFORE) : figure.start])
    if "每" not in before:
        return None
    match = _per_pattern().search(_change().sub("", before, timeout=TIMEOUT), timeout=TIMEOUT)
    if match is None or (is_distance and match[1] not in rules["distance"]):
        return None
    if rules["units"][match[1]] == "h" and unit.dimension not in rules["hourly"]:
        return None
    if unit.dimension in ("money", "foreign"):
        return _priced(unit, rules["units"][match[1]]) if _price().search(before, timeout=TIMEOUT) else None
    if is_distance:
        return Meaning("physical", "a distance per unit", f"{unit.canonical}/{match[1]}", unit.factor)
    above = unit.form.rate or unit.canonical
    name = f"{above}CO2e" if unit.form.dimension == "mass" and (unit.carbon or _is_carbon(before)) else above
    factor = Decimal(1) if unit.form.rate else unit.factor
    return Meaning("physical", "an amount per unit", f"{name}/{rules['units'][match[1]]}", factor)


def _priced(unit: Unit, below: str) -> Meaning:
    """每度電價 3.45 元 as NTD/kWh."""
    return Meaning("physical", "a price per unit", f"{unit.canonical}/{below}", unit.factor)
