"""Which time word governs which figure (SCHEMA.md, scope and years).

The nearest before a figure in its sentence governs it, with its own years alone. A word in brackets governs inside
them alone; a period in brackets right after a number is that number's own. A preamble that ends in ： governs what
stands under it. 累計 takes the years of the span that it repeats, and the end year of a single year in its own clause.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import regex

from extract.language.clauses import OPENING, find_clauses
from extract.language.fold import fold
from extract.language.lexicon import TIMEOUT
from extract.language.periods import find_times
from extract.language.sheet import UNGOVERNED, Clauses, Figure, Governor, Sheet, TimeWord

OWN_BRACKET = regex.compile(r"\s?(?:以上|以下)?(?:/年)?[^\s，,。；;：:()0-9]{0,8}+\s?\(([^()]{1,40}+)\)")
RESPECTIVE = regex.compile(r"分別|各別|依序|各")
LIST_MARK = regex.compile(r"\s*(?:\(?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[.、)](?![0-9])|[①-⑳●•◆■※])")
BRACKET = regex.compile(r"[(\[{【〔〈)\]}】〕〉]")
SHARES = ("share", "points")
MAX_DEPTH = 32
"""Brackets within brackets that are told apart; a deeper one changes nothing."""


@dataclass(slots=True)
class State:
    """What governs at one spot: the governor, and what the clause has said so far.

    `repeats` is True while the governor is a span whose years a further 累計 takes over. `years` wait to be given out
    one by one (112、113 年各 5、6 家) to figures behind `years_at`; `given` counts them.
    """

    governor: Governor = UNGOVERNED
    repeats: bool = False
    year: int | None = None
    since: int | None = None
    cumulative: bool = False
    years: tuple[int, ...] = ()
    years_at: int = 0
    given: int = 0
    own: bool = False

    def new_clause(self) -> None:
        """Forget what the last clause said; its governor goes on."""
        self.year, self.since, self.cumulative = None, None, False


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with what was found in it."""

    folded: str
    clauses: Clauses
    times: Sequence[TimeWord] = ()
    figures: Sequence[Figure] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something met on the way through a passage; `index` is that of its time word or figure."""

    at: int
    order: int
    what: Literal["sentence", "clause", "open", "close", "time", "figure"]
    index: int = -1


def govern(sheet: Sheet) -> list[Governor]:
    """The governor of each figure of the sheet."""
    if not sheet.figures:
        return []
    state = State()
    for lead in sheet.setting.lead:
        folded = fold(lead)
        times = find_times(folded, sheet.setting.report_year)
        _, state = _walk(Passage(folded, find_clauses(folded), times), replace(state, years=(), own=False))
    governors, _ = _walk(Passage(sheet.folded, sheet.clauses, sheet.times, sheet.figures), state)
    return governors


def _walk(passage: Passage, start: State) -> tuple[list[Governor], State]:
    """Through a passage from left to right: the governors of its figures, and what governs at its end."""
    governors: list[Governor] = []
    carried, state, stack = start, replace(start), list[State]()
    for event in sorted(_events(passage), key=lambda e: (e.at, e.order)):
        match event.what:
            case "sentence":
                carried = _carried(passage.folded, event.at, state, carried, start)
                state, stack = replace(carried), []
                state.new_clause()
            case "clause":
                state.new_clause()
            case "open":
                if len(stack) < MAX_DEPTH:
                    stack.append(replace(state))
                state.new_clause()
            case "close":
                state = stack.pop() if stack else state
            case "time":
                _apply(state, passage.times[event.index])
            case "figure":
                governors.append(_governor(passage, event.index, state))
                state.new_clause()
    return governors, stack[0] if stack else state


def _events(passage: Passage) -> Iterator[Event]:
    for begin, _ in passage.clauses.sentences[1:]:
        yield Event(begin, 0, "sentence")
    for begin, _ in passage.clauses.clauses[1:]:
        yield Event(begin, 1, "clause")
    for match in BRACKET.finditer(passage.folded, timeout=TIMEOUT):
        yield Event(match.start(), 2, "open" if match[0] in OPENING else "close")
    for index, time in enumerate(passage.times):
        yield Event(time.start, 3, "time", index)
    for index, figure in enumerate(passage.figures):
        yield Event(figure.start, 4, "figure", index)


def _carried(folded: str, at: int, state: State, carried: State, start: State) -> State:
    """What governs the sentence that begins here, from the preamble above it if there is one."""
    before = folded[max(0, at - 120) : at - 1].rstrip()
    if before.endswith(":"):
        return replace(state)
    line = before[max(before.rfind(c) for c in "。\n") + 1 :]
    for colon in regex.finditer(":", line, timeout=TIMEOUT):
        if LIST_MARK.match(line, colon.end(), timeout=TIMEOUT):
            return replace(state)  # 113 年成果：(1)… 。(2)…
    if carried is not start and (folded[at - 1 : at] == "\n" or LIST_MARK.match(folded, at, timeout=TIMEOUT)):
        return carried
    return start


def _apply(state: State, word: TimeWord) -> None:
    """Let a time word govern from here on."""
    if word.form == "none":
        return
    if word.form == "own":
        state.own = True
        return
    state.years = ()
    if word.form == "annual":
        state.governor, state.repeats = Governor("annual", rule="a yearly amount"), False
    elif word.form == "cumulative":
        state.governor, state.cumulative = _sum(state), True
    elif word.form in ("span", "years"):
        first, last = word.years[0], word.years[-1]
        state.governor = Governor("cumulative", first, last, state.cumulative, "a span of years")
        state.repeats, state.years_at, state.given = True, word.end, 0
        state.years = tuple(range(first, last + 1)) if word.form == "span" else word.years
    elif word.form == "until":
        state.governor = Governor("cumulative", None, word.years[0], state.cumulative, "until")
        state.repeats = True
    elif word.form == "since":
        scope: Literal["cumulative", "unspecified"] = "cumulative" if state.cumulative else "unspecified"
        state.governor = Governor(scope, word.years[0], None, state.cumulative, "since a year")
        state.since, state.repeats = word.years[0], False
    else:
        year = word.years[0]
        single = Governor("year", year, year, rule="a year")
        state.governor = Governor("cumulative", None, year, True, "累計 with a year") if state.cumulative else single
        state.year, state.repeats = year, False


def _sum(state: State) -> Governor:
    """What 累計 says here, with the years that it takes over."""
    if state.year is not None:
        return Governor("cumulative", None, state.year, True, "累計 with a year")
    if state.repeats:
        return replace(state.governor, counted=True)
    if state.since is not None:
        return Governor("cumulative", state.since, None, True, "累計 since a year")
    return Governor("cumulative", None, None, True, "累計")


def _governor(passage: Passage, index: int, state: State) -> Governor:
    unit = passage.figures[index].unit
    if state.own:
        state.own = False
        return Governor("annual", rule="年…率, a name")
    governor = _own_bracket(passage, index)
    if governor is None:
        governor = (len(state.years) > 1 and _respective(passage, index, state)) or state.governor
    if unit.annual and not (governor.scope == "cumulative" and governor.counted):
        return Governor("annual", rule="/年")
    if unit.dimension in SHARES and governor.scope == "cumulative":
        if governor.rule == "until":
            return Governor("year", governor.end_year, governor.end_year, rule="a share until a year")
        return Governor("unspecified", rule="a share is never cumulative")
    return governor


def _own_bracket(passage: Passage, index: int) -> Governor | None:
    """The period in brackets right after a figure, 16 案(111 年執行至 113 年)."""
    figures, times = passage.figures, passage.times
    match = OWN_BRACKET.match(passage.folded, figures[index].end, timeout=TIMEOUT)
    if match is None:
        return None
    begin, end = match.span(1)
    if index + 1 < len(figures) and begin <= figures[index + 1].start < end:
        return None
    inside = State()
    first = bisect_left(times, begin, key=lambda t: t.start)
    for time in times[first : first + 8]:
        if time.end <= end:
            _apply(inside, time)
    return None if inside.governor is UNGOVERNED else inside.governor


def _respective(passage: Passage, index: int, state: State) -> Governor | None:
    """One year for one figure: 112、113 年各 5、6 家. With 各 and fewer figures than years, each is a yearly amount."""
    figures = passage.figures
    start = figures[index].start
    if state.given == 0:
        between = passage.folded[state.years_at : start]
        clauses = passage.clauses.clauses
        end = clauses[bisect_left(clauses, (start + 1, 0)) - 1][1]
        is_each = len(between) <= 40 and RESPECTIVE.search(between, timeout=TIMEOUT) is not None
        if not is_each or sum(f.start < end for f in figures[index : index + 12]) < len(state.years):
            state.years = ()
            return Governor("annual", rule="各 over several years") if is_each and "各" in between else None
    year = state.years[state.given % len(state.years)]
    state.given += 1
    return Governor("year", year, year, rule="one year each")
