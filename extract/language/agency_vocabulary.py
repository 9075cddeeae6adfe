"""The agencies that reports name, with every form in which they are written.

`agencies.csv`: official name today, short form, ministry, other forms (aliases), former names with their forms and
the year of change. A form is taken only where it means one agency; `綜合規劃司` needs its ministry beside it.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.language.agency_successions import Former, Stage, choose, read_former, stages_of
from extract.records import Agency

LONGEST_FORM = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """One agency of the vocabulary by its name today, with its former names."""

    name: str
    short_name: str
    ministry: str | None
    aliases: tuple[str, ...]
    former: tuple[Former, ...]

    @property
    def bare_name(self) -> str:
        """The official name without its ministry."""
        return self.name.removeprefix(self.ministry or "")

    @property
    def own_forms(self) -> tuple[tuple[str, int], ...]:
        """Every folded form without ministry, with the place of its name: the former ones in order, then today's."""
        today = [(form, len(self.former)) for form in (self.bare_name, self.short_name, *self.aliases)]
        former = [(form, place) for place, f in enumerate(self.former) for form in f.forms]
        return tuple((fold(form), place) for form, place in (*today, *former))

    def agency(self, printed: str) -> Agency:
        """The record for a place where the words name this agency, by its name today."""
        return Agency(self.name, self.short_name, self.ministry, printed)


def fold(text: str) -> str:
    """One character for each character: half width, 臺 for 台, so that offsets stay."""
    folded = []
    for char in text:
        narrow = unicodedata.normalize("NFKC", char)
        folded.append(narrow if len(narrow) == 1 else char)
    return "".join(folded).replace("台", "臺")


class Vocabulary:
    """Finds agencies by their forms; `entries` are in the file's order."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self.by_name = {fold(e.name): e for e in self.entries}
        self._stages: dict[str, tuple[Stage, ...]] = {}
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._units: dict[tuple[str, str], str] = {}
        self._named: dict[tuple[str, str], set[Stage]] = defaultdict(set)
        self._holders: dict[str, set[str]] = defaultdict(set)
        for entry in sorted(self.entries, key=lambda e: e.ministry is not None):
            self._stages[entry.name] = self._stages_of(entry)
            for form, ministry, stages in self._written(entry):
                self._named[entry.name, form].update(stages)
                if ministry is not None:
                    self._units.setdefault((ministry, form), fold(entry.name))
                    self._holders[form].add(ministry)
                if ministry is None or not _is_general(form):
                    self._forms[form].add(fold(entry.name))

    def _stages_of(self, entry: Entry) -> tuple[Stage, ...]:
        above = self._stages[entry.ministry] if entry.ministry is not None else None
        return stages_of(entry.bare_name, entry.short_name, entry.former, above)

    def _written(self, entry: Entry) -> Iterator[tuple[str, str | None, list[Stage]]]:
        """Every folded form of an agency with the stages that it names; with a ministry where it stands alone for a
        unit of that ministry."""
        stages = self._stages[entry.name]
        if entry.ministry is None:
            has_prefix = entry.name.endswith(("部", "委員會", "總處")) or entry.name.startswith("行政院")
            for form, own in entry.own_forms:
                named = [s for s in stages if s.own == own]
                yield form, None, named
                if has_prefix and not form.startswith("行政院"):
                    yield "行政院" + form, None, named
            return
        parent = self.by_name[fold(entry.ministry)]
        above = [*parent.own_forms, ("行政院" + fold(parent.name), len(parent.former))]
        places = {place: s.own for place, s in enumerate(self._stages[parent.name])}
        yield fold(entry.name), None, [stages[-1]]
        for form, own in entry.own_forms:
            yield form, fold(entry.ministry), [s for s in stages if s.own == own]
            for prefix, ministry in above:
                under = [s for s in stages if s.above is not None and places[s.above] == ministry]
                if not (both := [s for s in under if s.own == own]):
                    # 農業部林務局: a former name behind its ministry's new one may be either
                    both = [*(under if len(under) == 1 else ()), *(s for s in stages if s.own == own)]
                yield prefix + form, None, both

    def find(self, text: str, start: int, ministry: str | None = None) -> tuple[Entry, int] | None:
        """The longest form at `start` of a folded text, with its end; `ministry` decides between units of one name."""
        for end in range(min(len(text), start + LONGEST_FORM), start + 1, -1):
            form = text[start:end]
            if ministry is not None and (name := self._units.get((fold(ministry), form))):
                return self.by_name[name], end
            if form in self.by_name:
                return self.by_name[form], end
            names = self._forms.get(form, ())
            if len(names) == 1:
                return self.by_name[next(iter(names))], end
        return None

    def unit_of(self, form: str, ministries: Iterable[str], beside: str | None = None) -> Entry | None:
        """The unit with this folded form where one alone of the ministries has it. Behind another ministry, `beside`,
        it must be the only such unit of all."""
        having = [m for m in ministries if (fold(m), form) in self._units]
        if len(having) != 1 or (beside not in (None, having[0]) and len(self._holders[form]) > 1):
            return None
        return self.by_name[self._units[fold(having[0]), form]]

    def agency(
        self,
        entry: Entry,
        printed: str,
        year: int | None = None,
        within: str | None = None,
        listed: frozenset[str | None] = frozenset(),
    ) -> Agency:
        """The record for a place where the words name an agency, by its name in a report on that year; `within` is
        the full name of the ministry printed before it, `listed` are those of the title page."""
        stages, form = self._stages[entry.name], fold(printed)
        named = [s for s in stages if s in self._named.get((entry.name, form), ())]
        firm = [s for s in named if fold(s.name) == form or (within is not None and s.ministry == within)]
        if within is not None and not any(s.ministry == within for s in named):
            under = [s for s in stages if s.ministry == within]
            named += under if len(under) == 1 else []  # 農業部（畜牧處） as 農業部畜牧處
        stage = choose(stages, named, firm, year, listed | {within})
        if stage is stages[-1]:
            return entry.agency(printed)
        return Agency(stage.name, stage.short_name, self._ministry(stage), printed, successor=entry.name)

    def _ministry(self, stage: Stage) -> str | None:
        """The ministry of a former agency; one that stands without a ministry today may have had one in its name."""
        if stage.ministry is not None:
            return stage.ministry
        above = {s.name for m in {e.ministry for e in self.entries if e.ministry} for s in self._stages[m]}
        return max((m for m in above if stage.name.startswith(m) and m != stage.name), key=len, default=None)

    def successor(self, name: str) -> str | None:
        """The full name today of an agency that had this full name; None where it has it still, or never had."""
        former = (e.name for e in self.entries for s in self._stages[e.name][:-1] if s.name == name)
        return next(former, None)

    def stages(self, entry: Entry) -> tuple[Stage, ...]:
        """The names of an agency over the years, today's last."""
        return self._stages[entry.name]

    def forms(self) -> Iterator[tuple[str, Entry]]:
        """Every form that means one agency by itself."""
        for form, names in self._forms.items():
            if len(names) == 1:
                yield form, self.by_name[next(iter(names))]


def _is_general(form: str) -> bool:
    """Whether a unit's form is too short to mean one ministry's alone: 技術處, 農場."""
    return len(form) <= 3 and form.endswith(("處", "場"))


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """The rows of agencies.csv."""
    for row in csv.DictReader(lines):
        yield Entry(
            row["name"],
            row["short_name"] or row["name"],
            row["ministry"] or None,
            tuple(part for part in row["aliases"].split("|") if part),
            read_former(row["former"]),
        )


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the project, read once."""
    with files("extract.language").joinpath("agencies.csv").open(encoding="utf8") as lines:
        return Vocabulary(read_entries(lines))


@cache
def role_words() -> dict[str, str]:
    """What gives the agencies after it a role, by its words: 主辦機關 is `lead`, 協辦 `co`."""
    with files("extract.language").joinpath("agency_roles.csv").open(encoding="utf8") as lines:
        return {row["words"]: row["role"] for row in csv.DictReader(lines)}
