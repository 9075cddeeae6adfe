"""What a report decides about the names in it: its year, and the agencies that lead it.

A unit printed without its ministry, 畜牧處, is one of the leading ministry where the vocabulary has it there, or where
the title page itself names it in full.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

import regex

from extract.language.agency_vocabulary import LONGEST_FORM, Entry, fold, vocabulary
from extract.records import Agency

_ENDS_NAME = regex.compile(r"\P{Han}|等|[及與和暨]|[主協合會][辦責政同助力]|共同|配合")
"""What may follow a name at once."""
_HAN = regex.compile(r"\p{Han}")
_JOINS = frozenset("及與和暨")
_ENDS_LINE = frozenset("部署局司處所會館場心辦關位責政助")
"""The last characters of agencies and marks of roles, behind which a space or the end of a line parts names."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The Gregorian year that a report is on, None where it is not known, and the agencies of its title page."""

    year: int | None = None
    leads: tuple[Agency, ...] = ()
    co: tuple[Agency, ...] = ()

    @property
    def listed(self) -> frozenset[str | None]:
        """Full names of the title page's agencies and of their ministries."""
        return frozenset(name for a in (*self.leads, *self.co) for name in (a.name, a.ministry))

    def find(
        self,
        text: str,
        start: int,
        ministry: str | None = None,
        *,
        gaps: Collection[int] = (),
        in_brackets: bool = False,
    ) -> tuple[Entry, int] | None:
        """The longest name at `start` of a folded text, with its end; `ministry` is the one named before it, by its
        name today. In brackets a unit is that ministry's, or known by itself. `gaps` are the places at which white
        space was dropped."""
        found = vocabulary().find(text, start, ministry)
        ministries = _ministries(self.leads)
        is_led = ministry in (None, *ministries)
        if found is not None or not ministries or (in_brackets and not is_led):
            return found
        before = text[start - 1 : start]
        is_apart = not _HAN.match(before) or before in _JOINS or (start in gaps and before in _ENDS_LINE and is_led)
        if not is_apart or (not is_led and str(ministry).endswith("政府")):
            return None  # the rest of another name, or a unit of 屏東縣政府
        for end in range(min(len(text), start + LONGEST_FORM), start + 1, -1):
            if end == len(text) or end in gaps or _ENDS_NAME.match(text, end):
                beside = None if is_led else ministry
                if (entry := vocabulary().unit_of(text[start:end], ministries, beside)) is not None:
                    return entry, end
        return None

    def agency(self, entry: Entry, printed: str, within: str | None = None) -> Agency:
        """The record of an agency that the words name; `within` is the ministry before it, by its name then."""
        return vocabulary().agency(entry, printed, self.year, within, self.listed)

    def led(self, agency: Agency) -> Agency:
        """An agency that nobody knows as the lead agency of which it is the name without its ministry, or as it is."""
        full = [a for a in self.leads if a.ministry is not None and a.name == a.ministry + agency.name]
        if agency.is_known or agency.ministry is not None or len(full) != 1:
            return agency
        (lead,) = full
        return Agency(lead.name, lead.short_name, lead.ministry, agency.printed, lead.is_known, lead.successor)


@lru_cache(maxsize=64)
def _ministries(leads: tuple[Agency, ...]) -> tuple[str, ...]:
    """The ministries that lead, by their names today; an office that leads stands for its ministry."""
    entries = [vocabulary().by_name.get(fold(a.successor or a.name)) for a in leads]
    return tuple(dict.fromkeys(e.ministry or e.name for e in entries if e is not None))
