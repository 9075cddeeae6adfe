"""Measures of one sector in two years, paired by content; codes move and names change, so neither decides alone.

Nearest first, one to one. Then what is left of the earlier year and lives on in the wording of a measure that is
paired already was *merged* into it; what is left of the later year and came out of one was *split* off it. The rest is
*gone* or *new*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kb.audit.facts import Measure
from kb.audit.texts import bigrams
from kb.text import fold

WEIGHTS = {"name": 0.55, "plan": 0.2, "target": 0.2}
AGENCY, CODE = 0.05, 0.1
"""What the same lead agencies and the same code add to the nearness of the words."""
NEAR = 0.45
"""From here on two measures are one: unlike names of like programmes stay below, renamed programmes above."""
LIVES_ON, OWN = 0.6, 4
"""Share of a measure's own pairs of characters (`OWN` at least) that must be found in the wording of another one."""
TEXTS = ("name", "plan", "target")


@dataclass(frozen=True)
class Worded:
    """A measure with the pairs of characters of its texts; digits aside, for they change every year."""

    measure: Measure

    @cached_property
    def pairs(self) -> dict[str, frozenset[str]]:
        """Text -> its pairs of neighbouring characters."""
        return {t: bigrams("".join(c for c in plain(self.measure.row[t]) if not c.isdigit())) for t in TEXTS}

    @cached_property
    def every(self) -> frozenset[str]:
        """Pairs of all texts."""
        return frozenset().union(*self.pairs.values())


def plain(text: str | None) -> str:
    """A text without what carries no meaning: white space, width, case, 台 for 臺, punctuation."""
    return "".join(c for c in fold(text or "") if c.isalnum())


@dataclass(frozen=True, slots=True)
class Link:
    """A measure of the earlier report with one of the later; None where there is none. `confidence` is 0-1."""

    earlier: Measure | None
    later: Measure | None
    relation: str
    confidence: float


def dice(a: frozenset[str], b: frozenset[str]) -> float | None:
    """Likeness of two sets, 0-1; None where both are empty."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else None


def nearness(a: Worded, b: Worded) -> float:
    """How much two measures are one, 0-1."""
    told = {t: dice(a.pairs[t], b.pairs[t]) for t in TEXTS}
    weight = sum(WEIGHTS[t] for t, value in told.items() if value is not None)
    words: float = sum(WEIGHTS[t] * value for t, value in told.items() if value is not None) / weight if weight else 0.0
    share = 1 - AGENCY - CODE
    same_agency = a.measure.agencies_today("lead_agencies") == b.measure.agencies_today("lead_agencies")
    same_code = plain(a.measure.code) == plain(b.measure.code)
    if plain(a.measure.row["name"]) == plain(b.measure.row["name"]):
        words = max(words, 0.9)
    return words * share + AGENCY * same_agency + CODE * same_code


def paired(earlier: Sequence[Measure], later: Sequence[Measure]) -> list[Link]:
    """All measures of both reports in links, in the order of the later report, then what is gone."""
    left, right = [Worded(m) for m in earlier], [Worded(m) for m in later]
    scores = sorted(
        ((nearness(a, b), i, j) for i, a in enumerate(left) for j, b in enumerate(right)),
        key=lambda s: (-s[0], abs(s[1] - s[2])),
    )
    partner: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for score, i, j in scores:
        if score >= NEAR and i not in taken and j not in partner:
            partner[j] = (i, score)
            taken.add(i)
    by_left = {i: j for j, (i, _) in partner.items()}
    merged = _absorbed(left, right, set(range(len(left))) - taken, {j: i for j, (i, _) in partner.items()})
    split = _absorbed(right, left, set(range(len(right))) - set(partner), by_left)
    links = []
    for j, b in enumerate(right):
        if j in partner:
            i, score = partner[j]
            extra = [*(["merged"] if j in merged.values() else []), *(["split"] if i in split.values() else [])]
            links.append(Link(left[i].measure, b.measure, _relation(left[i], b, extra), round(min(score, 1.0), 3)))
        elif j in split:
            source = left[split[j]]
            links.append(Link(source.measure, b.measure, _relation(source, b, ["split"]), 0.7))
        else:
            links.append(Link(None, b.measure, "new", _loneliness(b, left)))
    for i, a in enumerate(left):
        if i in merged:
            links.append(Link(a.measure, right[merged[i]].measure, _relation(a, right[merged[i]], ["merged"]), 0.7))
        elif i not in taken:
            links.append(Link(a.measure, None, "gone", _loneliness(a, right)))
    return links


def _absorbed(
    ones: Sequence[Worded], others: Sequence[Worded], rest: Iterable[int], partner: dict[int, int]
) -> dict[int, int]:
    """Index of a measure without partner -> index of the paired one of the other year whose wording has its own words,
    which that one's partner lacks."""
    found = {}
    for i in sorted(rest):
        best, best_share = None, LIVES_ON
        for j, k in partner.items():
            shares = [_lives_on(ones[i].pairs[t], ones[k].every, others[j].every) for t in TEXTS]
            share = max(shares)
            if share >= best_share:
                best, best_share = j, share
        if best is not None:
            found[i] = best
    return found


def _lives_on(own: frozenset[str], partner: frozenset[str], other: frozenset[str]) -> float:
    """Share of the pairs that the partner lacks which are in the other's wording."""
    special = own - partner
    return len(special & other) / len(special) if len(special) >= OWN else 0.0


def _relation(a: Worded, b: Worded, extra: list[str]) -> str:
    parts = []
    if plain(a.measure.row["name"]) != plain(b.measure.row["name"]):
        parts.append("renamed")
    if plain(a.measure.code) != plain(b.measure.code):
        parts.append("moved")
    return "+".join([*parts, *extra]) or "same"


def _loneliness(one: Worded, others: Sequence[Worded]) -> float:
    """How sure it is that nothing answers: 1 where nothing is near, less the nearer the nearest is."""
    return round(1 - max((nearness(one, other) for other in others), default=0.0), 3)
