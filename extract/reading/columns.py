"""Which column of annex one holds which field: decided by what its header means, never by where it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extract.documents.model import Table
from extract.reading.vocabulary import TIMEOUT, folded, is_blank, vocabulary

ESSENTIAL = frozenset({"target", "result"})
"""A table without any of these is not annex one."""
SUPPORTING = frozenset({"agencies", "lead", "co", "period", "start", "budget", "rate", "category", "plan", "funding"})
"""A table of measures has at least two of these beside what was promised and done."""

AMOUNT_SPENT = 0.4
"""How sure it is that a lone column of what was spent holds the amount that others call the budget."""

_BRACKETS = regex.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]")
_IGNORED = regex.compile(
    r"民國|(?<!\d)1[0-4]\d(?:[-~–－至]1?[0-4]?\d{2})?年?度?|(?<!\d)20\d\d(?:[-~–－至]20\d\d)?年?度?"
    r"|[(（]?(?:單位[:：])?(?:新[臺台]幣)?(?:兆|億|[十百千]?萬|[仟千百])?元(?!素)[)）]?|\d+|[%％]|NT\$"
)


_PERCENT = regex.compile(r"[(\[](?:單位:?)?[%％][)\]]|[%％]$")
"""The unit of a column of rates."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field, None where the header is not understood; the printed header, all levels joined."""

    index: int
    field: str | None
    header: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of an annex table."""

    columns: tuple[Column, ...]

    def of(self, field: str) -> list[int]:
        """Indexes of the columns with a field, left to right."""
        return [c.index for c in self.columns if c.field == field]

    def first(self, field: str) -> int | None:
        """The first column with a field."""
        return next(iter(self.of(field)), None)

    def header(self, index: int) -> str:
        """The printed header of a column."""
        return next((c.header for c in self.columns if c.index == index), "")

    @property
    def fields(self) -> frozenset[str]:
        """All fields that the table has."""
        return frozenset(c.field for c in self.columns if c.field)

    def is_annex(self) -> bool:
        """Whether the columns are those of a table of measures."""
        fields = self.fields
        named = bool(fields & {"name", "code", "strategy"})
        return named and bool(fields & ESSENTIAL) and len(fields & SUPPORTING) >= 2


@cache
def _words() -> tuple[tuple[str, str], ...]:
    """(word, field), longest first and, among equals, by precedence."""
    order: list[str] = vocabulary()["precedence"]["order"]
    fields: dict[str, list[str]] = vocabulary()["fields"]
    pairs = [(folded(word), field) for field, words in fields.items() for word in words]
    known = {word for word, _ in pairs}
    composed: dict[str, list[list[list[str]]]] = vocabulary()["composed"]
    for field, products in composed.items():
        pairs += [(a + b, field) for first, last in products for a in first for b in last if a + b not in known]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), order.index(pair[1]))))


def meaning(header: str) -> tuple[str | None, float]:
    """The field that a header names, and how sure that is (1 an exact word, less where words are part of a longer one).

    What stands in brackets explains the rest, 推動措施(編號及名稱), and speaks only where the rest says nothing.
    """
    bare = _bare(regex.sub(r"[(（][^()（）]*[)）]", "", folded_roles(header), timeout=TIMEOUT))
    field, certainty = _meaning(bare)
    if field is None:
        field, certainty = _meaning(_bare(folded_roles(header)))
    if field == "agencies":
        field = _role(folded_roles(header)) or field
    elif field == "budget" and _PERCENT.search(folded(header), timeout=TIMEOUT) and not _names_money(header):
        field = "rate"
    return field, certainty


def _names_money(header: str) -> bool:
    """Whether a header gives a unit of money."""
    return any(unit in folded(header) for unit in vocabulary()["units"])


def _role(header: str) -> str | None:
    """lead or co where a header over agencies names one of the roles, wherever it stands, as in 權責機關(主辦)."""
    roles: dict[str, list[str]] = vocabulary()["roles"]
    if "主協辦" in header:
        return None
    named = [field for field, words in roles.items() if any(word in header for word in words)]
    return named[0] if len(named) == 1 else None


def _meaning(bare: str) -> tuple[str | None, float]:
    if not bare:
        return None, 0.0
    order: list[str] = vocabulary()["precedence"]["order"]
    exact = [field for word, field in _words() if word == bare]
    if exact:
        return min(exact, key=order.index), 1.0
    parts = [p for p in regex.split(r"[/／、及與和|]", bare, timeout=TIMEOUT) if p]
    named = [field for part in parts for word, field in _words() if word == part]
    if named:
        return "agencies" if {"lead", "co"} <= {*named} else min(named, key=order.index), 0.95
    # The longest word wins; at its end rather than in its middle, since a heading's head stands last in Chinese.
    found = [(len(word) + (0.5 if bare.endswith(word) else 0.0), field) for word, field in _words() if word in bare]
    found = [f for f in found if f[0] >= 2]
    if not found:
        return None, 0.0
    best = max(score for score, _ in found)
    return min((field for score, field in found if score == best), key=order.index), min(0.9, best / len(bare))


def holds_plan_too(header: str) -> bool:
    """Whether a header names both a measure's name and what is planned: 措施名稱及內容."""
    parts = regex.split(r"[/／、及與和|\s]", _bare(folded(header)), timeout=TIMEOUT)
    named = {field for part in parts for word, field in _words() if word == part}
    return named == {"name", "plan"}


def names_both_roles(header: str) -> bool:
    """Whether a header over agencies names those that lead and those that help: 主(協)辦機關."""
    return "主協辦" in folded_roles(header)


def folded_roles(header: str) -> str:
    """A header with 主(協)辦, 主/協辦 and 主辦(協辦) as the one word 主協辦, before brackets are dropped."""
    words = folded(header)
    joined: str = regex.sub(r"主辦?[(/、及與和]{1,2}協辦?[)]?辦?", "主協辦", words, timeout=TIMEOUT)
    return joined


def _bare(header: str) -> str:
    """A header without years, units, brackets and signs."""
    words = _IGNORED.sub("", header, timeout=TIMEOUT)
    bare: str = regex.sub(r"[()（）\[\]【】「」:：.。*＊·‧]", "", words, timeout=TIMEOUT)
    return bare.strip("/／、-")


def read_columns(table: Table, told: Mapping[str, str] | None = None) -> Columns:
    """The columns of a table by their headers; the lowest level of a header speaks first, then all levels together.
    `told` are printed headers whose meaning a person gave: they outdo everything."""
    printed: list[list[str]] = []
    for index in range(table.width):
        levels: list[str] = []
        for row in table.header:
            text = row.cells[index].text.text.strip() if index < len(row.cells) else ""
            if text and text not in levels:
                levels.append(text)
        printed.append(levels)
    readings = [meaning_of_levels(levels) for levels in _with_bracket_levels(printed)]
    columns = _by_content(_distinct(printed, readings), table)
    known = {folded(header): field for header, field in (told or {}).items()}
    return Columns(tuple(_as_told(column, levels, known) for column, levels in zip(columns, printed, strict=True)))


def _with_bracket_levels(headers: Sequence[Sequence[str]]) -> list[list[str]]:
    """Headers that differ in their brackets alone, 經費(預算數) beside 經費(執行率), in two levels each: the words in
    brackets are the lower one."""
    bases = [folded(_BRACKETS.sub("", levels[0], timeout=TIMEOUT)) if len(levels) == 1 else "" for levels in headers]
    found: list[list[str]] = []
    for levels, base in zip(headers, bases, strict=True):
        inner = (
            [words for words in _BRACKETS.findall(levels[0], timeout=TIMEOUT) if _bare(folded(words))] if levels else []
        )
        is_shared = bool(base) and bases.count(base) > 1
        found.append([_BRACKETS.sub("", levels[0], timeout=TIMEOUT), *inner] if is_shared and inner else list(levels))
    return found


def _as_told(column: Column, levels: Sequence[str], told: Mapping[str, str]) -> Column:
    """The column with the meaning that a person gave its whole header or the lowest level of it."""
    field = told.get(folded(column.header)) or told.get(folded(levels[-1]) if levels else "")
    return Column(column.index, field, column.header, 1.0) if field else column


def meaning_of_levels(levels: Sequence[str]) -> tuple[str | None, float]:
    """The field that a header in levels names, top first: the lowest speaks, those above where it says little."""
    if not levels:
        return None, 0.0
    field, certainty = meaning(levels[-1])
    if len(levels) == 1:
        return field, certainty
    above, above_certainty = meaning(" ".join(levels[:-1]))
    if field in {"lead", "co", "start", "end", "executed", "rate", "funding"} or above is None:
        return field, certainty
    if field is None:
        return above, above_certainty * 0.9
    # 經費 over 目標 … is rare; 113年度 over 目標 has no meaning above; 執行情形 over 說明 or 內容 means the result,
    # 主辦 over 機關 the lead.
    is_weak = field in {"remarks", "number"} or (field, above) in {
        ("agencies", "lead"),
        ("agencies", "co"),
        ("plan", "target"),
        ("plan", "result"),
    }
    return (above, above_certainty) if is_weak and above != field else (field, certainty)


def _distinct(headers: Sequence[Sequence[str]], readings: Sequence[tuple[str | None, float]]) -> list[Column]:
    """Columns with each field given once where it can stand but once; the less certain claimant takes its second
    meaning."""
    second: dict[str, str] = vocabulary()["second"]
    fields = [field for field, _ in readings]
    for field in ("strategy", "name", "plan", "category", "number", "code"):
        claimants = [i for i, f in enumerate(fields) if f == field]
        if len(claimants) < 2:
            continue
        keep = max(claimants, key=lambda i: (readings[i][1], -i))
        for index in claimants:
            if index != keep:
                other = second.get(field)
                fields[index] = other if other and other not in fields else None
    if "name" not in fields:
        fields = [
            "name" if f == "plan" and holds_plan_too(" ".join(h)) else f for h, f in zip(headers, fields, strict=True)
        ]
    if "name" not in fields and "plan" in fields and "strategy" in fields:
        fields[fields.index("plan")] = "name"
    return [
        Column(i, field, " ".join(levels), certainty)
        for i, (levels, field, (_, certainty)) in enumerate(zip(headers, fields, readings, strict=True))
    ]


def _by_content(columns: Sequence[Column], table: Table) -> Iterator[Column]:
    """Columns whose cells contradict their header, set right: 經費執行率 may head amounts with rates or rates alone,
    編號 may stand over the names."""
    budgets = [column.header for column in columns if column.field == "budget"]
    for column in columns:
        cells = [
            words
            for row in table.rows
            if not row.is_band
            and row.cells[column.index].source == "own"
            and (words := " ".join(unicodedata.normalize("NFKC", row.cells[column.index].text.text).split()))
        ]
        filled = [words for words in cells if not is_blank(words)]
        field, certainty = column.field, column.certainty
        if (
            field == "budget"
            and filled
            and all(regex.fullmatch(r"[(]?\d{1,3}(?:\.\d+)?\s?%[)]?", c, timeout=TIMEOUT) for c in filled)
        ) or (field == "budget" and "執行率" in folded(column.header) and any("率" not in b for b in budgets)):
            field = "rate"
        elif field == "executed" and not budgets:
            field, certainty = "budget", AMOUNT_SPENT
        elif field == "code" and filled and sum(len(c) for c in filled) > 12 * len(filled):
            field = "name" if all(c.field != "name" for c in columns) else None
        if field != column.field:
            certainty = min(certainty, 0.8)
        yield Column(column.index, field, column.header, certainty)
