"""How an agency was called in which years, and which of its names a printed form means in a report of a year.

A name ends in a year, in which both it and the next one are in use: a report on that year keeps the form that it
prints. A unit's full name changes with its own name and with that of its ministry.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

NEVER = 10_000
"""The year in which today's names end."""


@dataclass(frozen=True, slots=True)
class Former:
    """A former name with its short form and other forms, and the year in which it ended. Without any form it says
    that there was no such agency before the year."""

    forms: tuple[str, ...]
    until: int

    @property
    def short_name(self) -> str:
        """The second form, or the name itself."""
        return self.forms[1] if len(self.forms) > 1 else self.forms[0]


@dataclass(frozen=True, slots=True)
class Stage:
    """The full name of an agency from one year to another. `own` and `above` are the places of its own name and of its
    ministry's stage among the names of both, by which forms find it."""

    name: str
    short_name: str
    ministry: str | None
    since: int
    until: int
    own: int
    above: int | None = None


def read_former(cell: str) -> tuple[Former, ...]:
    """The former names of a cell, `name=short form=other form@year|…`. Raises `ValueError` where a year is none."""
    parts = [part.rpartition("@") for part in cell.split("|") if part]
    return tuple(Former(tuple(f for f in forms.split("=") if f), int(year)) for forms, _, year in parts)


def stages_of(
    name: str, short_name: str, former: Sequence[Former], ministry: Sequence[Stage] | None = None
) -> tuple[Stage, ...]:
    """All stages, today's last. `name` is without the ministry where `ministry` has the stages of one."""
    own = [
        Stage(f.forms[0], f.short_name, None, _before(former, f.until), f.until, place)
        for place, f in enumerate(former)
        if f.forms
    ]
    own.append(Stage(name, short_name, None, _before(former, NEVER), NEVER, len(former)))
    if ministry is None:
        return tuple(own)
    found = [
        Stage(m.name + s.name, s.short_name, m.name, max(s.since, m.since), min(s.until, m.until), s.own, place)
        for s in own
        for place, m in enumerate(ministry)
        if max(s.since, m.since) < min(s.until, m.until)
    ]
    return tuple(sorted(found, key=lambda stage: stage.until))


def _before(former: Iterable[Former], year: int) -> int:
    """The last year before this one in which a name ended; 0 where none did."""
    return max((f.until for f in former if f.until < year), default=0)


def choose(
    stages: Sequence[Stage],
    named: Sequence[Stage],
    firm: Sequence[Stage],
    year: int | None,
    listed: Container[str | None] = (),
) -> Stage:
    """The stage that a form means in a report on `year`, today's where the year is not known. `named` are those that it
    may mean, `firm` those of them that are printed in full, be it by the ministry before it. Of several that are still
    to end it is the one that is `listed` on the title page, itself or its ministry, or else the first to end.

    In the year in which a name ends, a firm one stays and a form that the former agency has alone means it; what both
    have means the new one. A name that ended before goes on to what was there in the year, or to today's where that was
    several.
    """
    if year is None:
        return stages[-1]
    kept = [s for s in firm if s.until == year]
    lasting = sorted((s for s in named if s.until > year), key=lambda s: (not _is_in(s, listed), s.until))
    if found := [*kept, *lasting, *(s for s in named if s.until == year)]:
        return found[0]
    later = [s for s in stages if s.until > year]
    first = [s for s in later if s.until == min(x.until for x in later)]
    return first[0] if len(first) == 1 else stages[-1]


def _is_in(stage: Stage, listed: Container[str | None]) -> bool:
    return stage.name in listed or (stage.ministry is not None and stage.ministry in listed)
