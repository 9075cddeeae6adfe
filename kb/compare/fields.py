"""What changed in a pair of measures: its fields, and its figures side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kb.achieve.pairing import folded
from kb.audit.facts import Measure
from kb.audit.model import Figure, Row
from kb.audit.texts import clause_around, shared
from kb.compare.pairing import plain

TEXTS = ("code", "name", "strategy_title", "category", "plan", "period", "status", "target")
AGENCIES = ("lead_agencies", "co_agencies")
NUMBERS = ("budget_ntd", "execution_rate")
ALIKE = 0.3
"""Two figures of a pair of measures are of one thing from this share of common words on."""


def changes(earlier: Measure, later: Measure) -> list[Row]:
    """`{field, from, to}` for each field that differs; spaces, width and punctuation aside. The period is told by its
    years where both are known. An agency that got a new name is the same."""
    found: list[Row] = []
    for field in TEXTS:
        before, after = earlier.row[field], later.row[field]
        if field == "period" and _years(earlier) == _years(later) != (None, None):
            continue
        if _folded(field, before) != _folded(field, after):
            found.append({"field": field, "from": before, "to": after})
    for field in (*AGENCIES, "funding"):
        before, after = json.loads(earlier.row[field] or "[]"), json.loads(later.row[field] or "[]")
        told = (earlier.agencies_today(field), later.agencies_today(field)) if field in AGENCIES else (before, after)
        if {plain(a) for a in told[0]} != {plain(a) for a in told[1]}:
            found.append({"field": field, "from": before, "to": after})
    return found + [
        {"field": field, "from": earlier.row[field], "to": later.row[field]}
        for field in NUMBERS
        if earlier.row[field] != later.row[field]
    ]


def _years(measure: Measure) -> tuple[int | None, int | None]:
    return measure.row["start_year"], measure.row["end_year"]


def _folded(field: str, text: str | None) -> str:
    """Numbers keep their points: 2.6 萬 is not 26 萬."""
    if field in {"target", "period", "code"}:
        return "".join(c for c in (text or "").casefold() if not c.isspace() and c not in "，,、。；;．")
    if field == "strategy_title":
        # Its code is part of the measure's own, which is told beside it.
        text = (text or "").partition(" ")[2]
    return plain(text)


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure of the earlier report and the one of the later that says the same thing; None where there is none."""

    side: str
    earlier: Figure | None
    later: Figure | None


def side_by_side(earlier: Measure, later: Measure) -> list[Beside]:
    """Target and result figures of both years, each once, in the order of the later report."""
    found: list[Beside] = []
    for side in ("target", "result"):
        before = [f for f in earlier.figures if f.side == side]
        for after in (f for f in later.figures if f.side == side):
            able = [f for f in before if _is_one_thing(f, after)]
            best = max(able, key=lambda f: _likeness(f, after), default=None)
            if best is not None:
                before.remove(best)
            found.append(Beside(side, best, after))
        found += [Beside(side, f, None) for f in before]
    return found


def _is_one_thing(a: Figure, b: Figure) -> bool:
    same = a.kind == b.kind and a.scope == b.scope and folded(a.canonical_unit) == folded(b.canonical_unit)
    return same and _likeness(a, b) >= ALIKE


def _likeness(a: Figure, b: Figure) -> float:
    return shared("".join(clause_around(a)), "".join(clause_around(b)))
