"""The text of a cell cut into names, marks of roles, brackets and separators."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

import regex

from extract.language.agency_naming import Naming
from extract.language.agency_vocabulary import Entry, fold, role_words
from extract.records import Agency, Role

LONGEST_MARK = 8
DEEPEST = 8
"""Brackets inside brackets; more is no list of agencies."""

_SEPARATORS = "、,;/&+·。"
_OPENING, _CLOSING = "([{【〔〈《", ")]}】〕〉》"
_AND = regex.compile(r"(?<=[部署局司處所會府院館場校心])(?:及|與|和|暨)(?=\p{Han}{2,}[部署局司處所會府院館場校心])")
ENDS_AGENCY = regex.compile(
    r"(?:部|署|局|司|處|所|會|府|院|館|場|校|中心|公司|大學|學院|基金會|協會|公會|學會|聯盟|機構|法人|辦公室|機關|銀行|總隊|廠|事業)$"
)
"""How the name of an agency ends."""


@dataclass(slots=True)
class Token:
    """A piece of the text; an `agency` has its entry and its record, a `role` says which."""

    kind: Literal["agency", "unknown", "separator", "open", "close", "role"]
    printed: str
    entry: Entry | None = None
    agency: Agency | None = None
    role: Role | None = None


def tokens_of(text: str, known: Naming) -> list[Token]:
    """The text cut into names, brackets, separators and marks. White space is dropped first, since line wraps
    cut names; a line break between names still parts them."""
    kept = [i for i, c in enumerate(text) if not c.isspace()]
    printed = "".join(text[i] for i in kept)
    folded = fold(printed)
    broken = {n for n, i in enumerate(kept) if n and "\n" in text[kept[n - 1] + 1 : i]}
    spaced = {n for n, i in enumerate(kept) if n and kept[n - 1] + 1 < i}
    tokens: list[Token] = []
    ministry: str | None = None
    within: str | None = None
    depth = at = 0
    while at < len(folded):
        char = folded[at]
        if at in broken and char not in _OPENING:  # a bracket on a line of its own still stands behind the name above
            tokens.append(Token("separator", "\n"))
        found = known.find(folded, at, ministry, gaps=spaced, in_brackets=depth > 0)
        if char in _SEPARATORS and not found:
            tokens.append(Token("separator", char))
        elif char in _OPENING:
            depth += 1
            tokens.append(Token("open" if depth <= DEEPEST else "separator", char))
        elif char in _CLOSING:
            tokens.append(Token("close" if depth <= DEEPEST else "separator", char))
            depth = max(0, depth - 1)
        elif found:
            entry, end = found
            agency = known.agency(entry, printed[at:end], within)
            tokens.append(Token("agency", printed[at:end], entry, agency))
            ministry, within = entry.ministry or entry.name, agency.ministry or agency.name
            at = end
            continue
        elif mark := _role_mark(folded, at, known, spaced):
            role, end = mark
            word = Token("role", printed[at:end], role=role)
            is_behind = tokens and tokens[-1].kind == "agency" and folded[end : end + 1] in {*_SEPARATORS, ""}
            # 經濟部主辦、環境部協辦: a mark behind the name is as good as one in brackets
            tokens += [Token("open", "("), word, Token("close", ")")] if is_behind and at not in spaced else [word]
            at = end
            continue
        elif tokens and tokens[-1].kind == "unknown":
            tokens[-1].printed += printed[at]
        else:
            tokens.append(Token("unknown", printed[at]))
        at += 1
    return _mended(tokens)


def _role_mark(folded: str, at: int, known: Naming, gaps: Collection[int]) -> tuple[Role, int] | None:
    """A mark such as 主辦機關： at a place, with its end; bare words count where what follows shows that they mark."""
    for length in range(LONGEST_MARK, 0, -1):
        role = role_words().get(folded[at : at + length])
        if role is None:
            continue
        end = at + length
        if folded[end : end + 1] == ":":
            return ("lead" if role == "lead" else "co"), end + 1
        before, after = folded[at - 1 : at] if at else "", folded[end : end + 1]
        opens = at in gaps or not before or before in _OPENING + _CLOSING + _SEPARATORS
        stands_alone = opens and (not after or after in _CLOSING)
        heads_name = opens and (length > 1 or (before != "" and before in _OPENING))
        if stands_alone or (heads_name and known.find(folded, end, gaps=gaps) is not None):
            return ("lead" if role == "lead" else "co"), end
        if length > 1 and role == "co" and known.find(folded, end, gaps=gaps) is not None:
            return "co", end  # 能源署協同產發署
        if length > 1 and (not after or after in _CLOSING + _SEPARATORS):
            return ("lead" if role == "lead" else "co"), end
    return None


def _mended(tokens: list[Token]) -> list[Token]:
    """Unknown words that a line wrap cut in two are one again; words joined by 及 that are two names are parted."""
    mended: list[Token] = []
    for token in tokens:
        if (
            token.kind == "unknown"
            and len(mended) >= 2
            and mended[-1].printed == "\n"
            and mended[-2].kind == "unknown"
            and not ENDS_AGENCY.search(mended[-2].printed)
        ):
            mended.pop()
            mended[-1].printed += token.printed
        else:
            mended.append(token)
    parted: list[Token] = []
    for token in mended:
        pieces = _AND.split(token.printed) if token.kind == "unknown" else [token.printed]
        for number, piece in enumerate(pieces):
            if number:
                parted.append(Token("separator", "及"))
            parted.append(replace(token, printed=piece))
    return parted
