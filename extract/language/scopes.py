"""Which time word governs which figure (SCHEMA.md, scope and years).

The nearest before a figure in its sentence governs it, with its own years alone. A word in brackets governs inside them alone; a
period in brackets right after a number is that number's own. A preamble that ends in ： governs what stands under it. 累計 takes
the years of the span that it repeats, and the end year of a single year in its own clause.
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
SHARES = ("share", "points")
MAX_DEPTH = 32
"""Brackets within brackets that are told apart; a deeper one changes nothing."""


@dataclass(slots=True)
class State:
    """What governs at one spot: the governor, and what the clause has said so far.

    `repeats` is True while the governor is a span whose years a further 累計 takes over. `years` wait to be given out one by one
    (112、113 年各 5、6 家), from `years_at` on.
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
class Event:
    """Something met on the way through a text."""

    at: int
    order: int
    what: Literal["sentence", "clause", "open", "close", "time", "figure"]
    time: TimeWord | None = None
    figure: int = -1


def govern(sheet: Sheet) -> list[Governor]:
    """The governor of each figure of the sheet."""
    state = State()
    for lead in sheet.setting.lead:
        folded = fold(lead)
        times = find_times(folded, sheet.setting.report_year)
        _, state = _run(folded, find_clauses(folded), times, (), replace(state, years=(), own=False))
    governors, _ = _run(sheet.folded, sheet.clauses, sheet.times, sheet.figures, state)
    return governors


def _run(
    folded: str, clauses: Clauses, times: Sequence[TimeWord], figures: Sequence[Figure], start: State
) -> tuple[list[Governor], State]:
    """Walk through a text; the governors of its figures, and what governs at its end."""
    governors: list[Governor] = []
    carried, state, stack = start, replace(start), list[State]()
    for event in sorted(_events(folded, clauses, times, figures), key=lambda e: (e.at, e.order)):
        match event.what:
            case "sentence":
                carried = _carried(folded, event.at, state, carried, start)
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
            case "time" if event.time is not None:
                _apply(state, event.time)
            case "figure":
                governors.append(_governor(folded, figures, event.figure, times, state, clauses))
                state.new_clause()
            case _:
                pass
    return governors, stack[0] if stack else state


def _events(folded: str, clauses: Clauses, times: Sequence[TimeWord], figures: Sequence[Figure]) -> Iterator[Event]:
    for begin, _ in clauses.sentences[1:]:
        yield Event(begin, 0, "sentence")
    for begin, _ in clauses.clauses[1:]:
        yield Event(begin, 1, "clause")
    for match in regex.finditer(r"[(\[{【〔〈)\]}】〕〉]", folded, timeout=TIMEOUT):
        yield Event(match.start(), 2, "open" if match[0] in OPENING else "close")
    for time in times:
        yield Event(time.start, 3, "time", time)
    for index, figure in enumerate(figures):
        yield Event(figure.start, 4, "figure", figure=index)


def _carried(folded: str, at: int, state: State, carried: State, start: State) -> State:
    """What governs the sentence that begins here, from the preamble above it if there is one."""
    before = folded[max(0, at - 120) : at].rstrip()
    if before.endswith((":", "：")):
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
    first = word.years[0] if word.years else None
    match word.form:
        case "year":
            if state.cumulative:
                state.governor = Governor("cumulative", None, first, True, "累計 with a single year")
            else:
                state.governor = Governor("year", first, first, False, "a year")
            state.year, state.repeats = first, False
        case "span" | "years":
            state.governor = Governor("cumulative", first, word.years[-1], state.cumulative, "a span of years")
            state.repeats = True
        case "until":
            state.governor = Governor("cumulative", None, first, state.cumulative, "until")
            state.repeats = True
        case "since":
            scope: Literal["cumulative", "unspecified"] = "cumulative" if state.cumulative else "unspecified"
            state.governor = Governor(scope, first, None, state.cumulative, "since a year")
            state.since, state.repeats = first, False
        case "cumulative":
            if state.year is not None:
                state.governor = Governor("cumulative", None, state.year, True, "累計 with a single year")
            elif state.repeats:
                state.governor = replace(state.governor, counted=True)
            elif state.since is not None:
                state.governor = Governor("cumulative", state.since, None, True, "累計 since a year")
            else:
                state.governor = Governor("cumulative", None, None, True, "累計")
            state.cumulative = True
        case "annual":
            state.governor, state.repeats = Governor("annual", rule="每年"), False
        case "own":
            state.own = True
        case "none":
            return
    if word.form in ("span", "years"):
        state.years = tuple(range(word.years[0], word.years[-1] + 1)) if word.form == "span" else word.years
        state.years_at, state.given = word.end, 0
    elif word.form != "own":
        state.years = ()


def _governor(
    folded: str, figures: Sequence[Figure], index: int, times: Sequence[TimeWord], state: State, clauses: Clauses
) -> Governor:
    figure = figures[index]
    governor = _own_bracket(folded, figures, index, times) or state.governor
    if state.own:
        state.own = False
        return Governor("annual", rule="年…率, a name")
    if governor is state.governor and len(state.years) > 1:
        governor = _respective(folded, figures, index, state, clauses) or governor
    if figure.unit.annual and not (governor.scope == "cumulative" and governor.counted):
        return Governor("annual", rule="/年")
    if figure.unit.dimension in SHARES and governor.scope == "cumulative":
        if governor.rule == "until":
            return Governor("year", governor.end_year, governor.end_year, rule="a share until a year")
        return Governor("unspecified", rule="a share is never cumulative")
    return governor


def _own_bracket(folded: str, figures: Sequence[Figure], index: int, times: Sequence[TimeWord]) -> Governor | None:
    """The period in brackets right after a figure, 28 案(112 年執行至 114 年)."""
    match = OWN_BRACKET.match(folded, figures[index].end, timeout=TIMEOUT)
    if match is None:
        return None
    begin, end = match.span(1)
    following = figures[index + 1].start if index + 1 < len(figures) else len(folded)
    if begin <= following < end:
        return None
    inside = State()
    first = bisect_left(times, begin, key=lambda t: t.start)
    for time in times[first : first + 8]:
        if time.end <= end:
            _apply(inside, time)
    return None if inside.governor is UNGOVERNED else inside.governor


def _respective(folded: str, figures: Sequence[Figure], index: int, state: State, clauses: Clauses) -> Governor | None:
    """One year for one figure: 112、113 年各 5、6 家. With 各 and fewer figures than years, each is a yearly amount."""
    figure = figures[index]
    if state.given == 0:
        between = folded[state.years_at : figure.start]
        if len(between) > 40 or RESPECTIVE.search(between, timeout=TIMEOUT) is None:
            state.years = ()
            return None
        clause = bisect_left(clauses.clauses, (figure.start + 1, 0)) - 1
        end = clauses.clauses[clause][1]
        if sum(f.start < end for f in figures[index : index + 12]) < len(state.years):
            state.years = ()
            return Governor("annual", rule="各 over several years") if "各" in between else None
    year = state.years[state.given % len(state.years)]
    state.given += 1
    return Governor("year", year, year, rule="one year each")
