"""The words around a figure, and the cues of kinds.toml in them.

The words are laid out with a mark in the figure's place, from near to far; of all cues the nearest counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from extract.language.fold import SCRIPTS, fold
from extract.language.lexicon import TIMEOUT, table
from extract.language.sheet import Sheet

SPOT = "▮"
BEFORE, AFTER, SENTENCE = 40, 16, 90
"""Characters looked through before and behind a figure, and backwards in its sentence."""
FIRST = regex.compile(r"(?:約|逾|計|共|達|新台幣|新臺幣|NT\$)*")
"""Before a figure that begins its sentence."""
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


def _expand(cue: str) -> str:
    return cue.format(**table("kinds")["lists"]) if "{" in cue else cue


@cache
def find_cues(section: str, key: str, *, behind: bool = False) -> Cues | None:
    """The cues for a dimension (rules), a counter (counters) or a unit's readings (degrees); None if there are none.

    `behind` leaves out those that say nothing from behind the figure (`before = true`).
    """
    cues: list[Cue] = []
    for entry in table("kinds")[section]:
        if section != "degrees" and key not in entry["dimension" if section == "rules" else "unit"]:
            continue
        if behind and entry.get("before", False):
            continue
        kind = entry["canonical"] if section == "degrees" else entry["kind"]
        cues += [Cue(kind, entry.get("carbon", False), c) for c in entry["cues"]]
    if not cues:
        return None
    listed = "|".join(f"(?P<c{number}>{_expand(cue.rule)})" for number, cue in enumerate(cues))
    return Cues(regex.compile(listed, regex.POSIX), tuple(cues))


def squeeze(folded: str) -> str:
    """A folded text as the cues see it: no spaces, scripts as digits."""
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
    clause = interval(sheet.clauses.clauses, figure.start)
    sentence = interval(sheet.clauses.sentences, figure.start)
    end = max(figure.end, figure.unit.end)
    following = sheet.figures[index + 1].start if index + 1 < len(sheet.figures) else len(folded)
    before_end = max((f.end for f in sheet.figures[max(0, index - 1) : index]), default=0)
    after = folded[end : max(end, min(following, clause[1], end + AFTER))]
    if following < clause[1]:
        after = after.split("、", 1)[0]  # what stands behind it is of the next figure: 節電 8 萬度、節水 3 公噸
    behind = squeeze(_own_bracket(after))
    begin = max(clause[0], before_end, figure.start - BEFORE)
    near = squeeze(folded[begin : figure.start])
    yield "near", _head(sheet, index, near) + near + SPOT + behind
    yield "clause", squeeze(folded[max(clause[0], figure.start - SENTENCE) : figure.start]) + SPOT + behind
    yield "sentence", squeeze(folded[max(sentence[0], figure.start - SENTENCE) : figure.start]) + SPOT
    leads: list[tuple[Place, str]] = [
        ("lead", squeeze(fold(lead)[-SENTENCE:]) + SPOT) for lead in reversed(sheet.setting.lead)
    ]
    is_first = FIRST.fullmatch(squeeze(folded[sentence[0] : figure.start]), timeout=TIMEOUT) is not None
    if is_first:
        yield from leads  # 投資金額 beside 2,860萬元，其中補助1,000萬元
    yield "behind", SPOT + squeeze(folded[end : max(end, min(sentence[1], end + BEFORE))])
    if not is_first:
        yield from leads
    if sheet.setting.topic:
        yield "topic", squeeze(fold(sheet.setting.topic)[:SENTENCE]) + SPOT


def _own_bracket(behind: str) -> str:
    """The words behind a figure without a bracket that stays open up to the next one, which explains that figure:
    420 萬元(補助 280 萬元)."""
    at = behind.rfind("(")
    return behind[:at] if at >= 0 and ")" not in behind[at:] else behind


def interval(intervals: Sequence[tuple[int, int]], at: int) -> tuple[int, int]:
    """The clause or sentence in which an offset lies."""
    low, high = 0, len(intervals)
    while low + 1 < high:
        middle = (low + high) // 2
        if intervals[middle][0] <= at:
            low = middle
        else:
            high = middle
    return intervals[low]


@cache
def _list_rules() -> tuple[regex.Pattern[str], regex.Pattern[str], regex.Pattern[str]]:
    rules = table("kinds")["list"]
    less = table("kinds")["lists"]["less"]
    return regex.compile(rules["joint"]), regex.compile(rules["verbs"]), regex.compile(less)


def _head(sheet: Sheet, index: int, words: str) -> str:
    """The 減少 or 節省 before a list whose later member has these words before it, empty if there is none."""
    joint, verbs, less = _list_rules()
    if index == 0 or joint.match(words, timeout=TIMEOUT) is None or verbs.search(words, timeout=TIMEOUT):
        return ""
    begin = interval(sheet.clauses.clauses, sheet.figures[index].start)[0]
    found = less.findall(
        squeeze(sheet.folded[max(begin, sheet.figures[index].start - SENTENCE) : sheet.figures[index].start]),
        timeout=TIMEOUT,
    )
    return "節省" if found else ""
