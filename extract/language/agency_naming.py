"""What a report decides about the names in it: its year, and the agencies that lead it.

A unit printed without its ministry, 畜牧處, is one of the leading ministry where the vocabulary has it there, or where
the title page itself names it in full.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from extract.language.agency_vocabulary import LONGEST_FORM, Entry, fold, vocabulary
from extract.records import Agency

_ENDS_NAME = regex.compile(r"\P{Han}|等|[及與和暨]|[主協合會][辦責政同助力]|共同|配合")
"""What may follow a name at once."""
_JOINS = frozenset("及與和暨")


@dataclass(frozen=True, slots=True)
class Naming:
    """The Gregorian year that a report is on, None where it is not known, and the lead agencies of its title page."""

    year: int | None = None
    leads: tuple[Agency, ...] = ()

    def find(
        self, text: str, start: int, ministry: str | None = None, *, in_brackets: bool = False
    ) -> tuple[Entry, int] | None:
        """The longest name at `start` of a folded text, with its end; `ministry` is the one named before it, by its
        name today. In brackets a unit is that ministry's, or known by itself."""
        found = vocabulary().find(text, start, ministry)
        ministries = _ministries(self.leads)
        if found is not None or not ministries or (in_brackets and ministry not in (None, *ministries)):
            return found
        if start and regex.match(r"\p{Han}", text[start - 1]) and text[start - 1] not in _JOINS:
            return None
        for end in range(min(len(text), start + LONGEST_FORM), start + 1, -1):
            if end == len(text) or _ENDS_NAME.match(text, end):
                beside = ministry if ministry not in ministries else None
                if (entry := vocabulary().unit_of(text[start:end], ministries, beside)) is not None:
                    return entry, end
        return None

    def agency(self, entry: Entry, printed: str, within: str | None = None) -> Agency:
        """The record of an agency that the words name; `within` is the ministry before it, by its name then."""
        return vocabulary().agency(entry, printed, self.year, within)

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
