"""What a header of annex one means: its field, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import regex

from extract.reading.vocabulary import TIMEOUT, folded, vocabulary

_IGNORED = regex.compile(
    r"民國|(?<!\d)1[0-4]\d(?:[-~–－至]1?[0-4]?\d{2})?年?度?|(?<!\d)20\d\d(?:[-~–－至]20\d\d)?年?度?"
    r"|[(（]?(?:單位[:：])?(?:新[臺台]幣)?(?:兆|億|[十百千]?萬|[仟千百])?元(?!素)[)）]?|\d+|[%％]|NT\$"
)
_PERCENT = regex.compile(r"[(\[](?:單位:?)?[%％][)\]]|[%％]$")
"""The unit of a column of rates."""


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
    bare = bare_header(regex.sub(r"[(（][^()（）]*[)）]", "", folded_roles(header), timeout=TIMEOUT))
    field, certainty = _meaning(bare)
    if field is None:
        field, certainty = _meaning(bare_header(folded_roles(header)))
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
    parts = regex.split(r"[/／、及與和|\s]", bare_header(folded(header)), timeout=TIMEOUT)
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


def bare_header(header: str) -> str:
    """A header without years, units, brackets and signs."""
    words = _IGNORED.sub("", header, timeout=TIMEOUT)
    bare: str = regex.sub(r"[()（）\[\]【】「」:：.。*＊·‧]", "", words, timeout=TIMEOUT)
    return bare.strip("/／、-")


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
