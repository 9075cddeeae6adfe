"""Codes that a whole annex decides: those of strategies by their measures, and those of measures by their strategy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from extract.documents.numbering import han_number
from extract.reading.drafts import Draft
from extract.reading.strategies import parent_code
from extract.reading.vocabulary import TIMEOUT
from extract.records import Signal

_HAN = "一二三四五六七八九十"


def without_repeated(rows: Sequence[Draft], forms: Sequence[Draft]) -> list[Draft]:
    """The measures of tables and of forms; of one that both have, in a list and in a form of its own, the fuller."""
    listed = {draft.code: draft for draft in rows if draft.code}
    pairs = [(listed[form.code], form) for form in forms if form.code in listed]
    left = {id(row if len(row.cells) < len(form.cells) else form) for row, form in pairs}
    return [draft for draft in (*rows, *forms) if id(draft) not in left]


def follow_codes(drafts: Sequence[Draft]) -> None:
    """Puts a measure beside which no strategy is printed under the one that its code names: a cell merged over pages
    may print its words on the second, where 3-1 still stands below strategy 2 on the first."""
    known = {d.strategy.code: d.strategy for d in drafts if d.strategy is not None and d.strategy.code}
    for draft in drafts:
        parent = parent_code(draft.code) if draft.code else None
        if draft.is_filled and parent in known and draft.strategy is not None and draft.strategy.code in known:
            draft.strategy = known[parent]


def name_strategies(drafts: Sequence[Draft]) -> None:
    """Gives strategies the code that their measures share: those printed without one, and those that are only counted,
    策略一 or 1、, over measures T1-1, T1-2. 一 over 1-1 stays 一."""
    groups: dict[tuple[str | None, str], list[Draft]] = {}
    for draft in drafts:
        if (strategy := draft.strategy) is not None:
            groups.setdefault((strategy.code, "" if strategy.code else strategy.title.text), []).append(draft)
    shared = {key: _shared_parent(members) for key, members in groups.items()}
    by_number = {key: parent for key, parent in shared.items() if key[0] is not None and parent is not None}
    follows = _are_counted(by_number)
    nameless = 0
    for (code, title), members in groups.items():
        nameless += code is None
        parent = shared[code, title]
        for draft in members:
            if draft.strategy is not None and (code is None or (follows and parent is not None)):
                draft.strategy.code = parent or str(nameless)


def _shared_parent(drafts: Sequence[Draft]) -> str | None:
    """The code that is the parent of all measures' codes, None where they differ or have none."""
    codes = {parent_code(d.code) for d in drafts if d.code}
    return codes.pop() if len(codes) == 1 else None


def _are_counted(parents: Mapping[tuple[str | None, str], str]) -> bool:
    """Whether strategies are only counted, 一 or 1, where their measures say T1: each has a parent of its own that says
    the same number."""
    return len(set(parents.values())) == len(parents) and all(
        code is not None and _number(code) is not None and _number(code) == _last_number(parent)
        for (code, _), parent in parents.items()
    )


def _number(code: str) -> int | None:
    """The number of a code that is nothing else: 一, （一） and 1 are 1."""
    bare = code.strip("（()）、.")
    return int(bare) if bare.isdecimal() else han_number(bare)


def _last_number(parent: str) -> int | None:
    """The number of a code behind a letter or a word, T1 and 運-1; None for any other, 1 or 1.1."""
    match = regex.fullmatch(rf"[^\W\d{_HAN}]{{1,3}}[-－–—]?(\d+|[{_HAN}]+)", parent, timeout=TIMEOUT)
    return _number(match.group(1)) if match else None


def complete_codes(drafts: Sequence[Draft], signals: list[Signal]) -> None:
    """Codes that only number measures within their strategy, (一) or 1, put behind the strategy's; missing ones
    numbered and signalled."""
    codes = [d.code for d in drafts if d.code]
    is_relative = len(set(codes)) < len(codes) and all(
        regex.fullmatch(r"[（(]?\w{1,3}[）)]?", c, timeout=TIMEOUT) for c in codes
    )
    counts: dict[str, int] = {}
    for draft in drafts:
        strategy = draft.strategy.code if draft.strategy else None
        if draft.code and is_relative and strategy:
            draft.code = f"{strategy}{'' if draft.code[0] in '（(' else '-'}{draft.code}"
        if draft.code is None:
            counts[strategy or ""] = counts.get(strategy or "", 0) + 1
            draft.code = f"{strategy}-{counts[strategy]}" if strategy else str(counts[""])
            name = draft.cells["name"][0][1].text
            signals.append(
                Signal("unread:code", "info", f"措施未印編號，依序編為 {draft.code}", name, context=draft.code)
            )
