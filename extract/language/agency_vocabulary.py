"""The agencies that reports name, with every form in which they are written.

`agencies.csv`: official name today, short form, ministry, other forms (aliases), former names with the year
of change. A form is taken only where it means one agency; `綜合規劃司` needs its ministry beside it.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from extract.records import Agency

LONGEST_FORM = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """One agency of the vocabulary; `former` pairs a former name with the year in which it ended."""

    name: str
    short_name: str
    ministry: str | None
    aliases: tuple[str, ...]
    former: tuple[tuple[str, int], ...]

    @property
    def bare_name(self) -> str:
        """The official name without its ministry."""
        return self.name.removeprefix(self.ministry or "")

    def agency(self, printed: str) -> Agency:
        """The record for a place where the words name this agency."""
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
        self._forms: dict[str, set[str]] = defaultdict(set)
        self._units: dict[tuple[str, str], str] = {}
        for entry in self.entries:
            for form, ministry in self._written(entry):
                if ministry is not None:
                    self._units.setdefault((ministry, form), fold(entry.name))
                if ministry is None or not _is_general(form):
                    self._forms[form].add(fold(entry.name))

    def _written(self, entry: Entry) -> Iterator[tuple[str, str | None]]:
        """Every folded form of an agency; with a ministry where it stands alone for a unit of that ministry."""
        own = [entry.bare_name, entry.short_name, *entry.aliases, *(name for name, _ in entry.former)]
        own = [fold(form) for form in own]
        if entry.ministry is None:
            yield from ((form, None) for form in own)
            if entry.name.endswith(("部", "委員會", "總處")) or entry.name.startswith("行政院"):
                yield from (("行政院" + form, None) for form in own if not form.startswith("行政院"))
            return
        yield fold(entry.name), None
        parent = self.by_name[fold(entry.ministry)]
        above = [parent.name, parent.short_name, *parent.aliases, *(name for name, _ in parent.former)]
        above.append("行政院" + parent.name)
        for form in own:
            yield form, fold(entry.ministry)
            yield from ((fold(prefix) + form, None) for prefix in above)

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
        former = [part.split("@") for part in row["former"].split("|") if part]
        yield Entry(
            row["name"],
            row["short_name"] or row["name"],
            row["ministry"] or None,
            tuple(part for part in row["aliases"].split("|") if part),
            tuple((name, int(year)) for name, year in former),
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
