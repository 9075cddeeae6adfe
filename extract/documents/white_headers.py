"""The header of a table without verticals: where it ends, what in it stands over several columns, whether it is the one
of the page before."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from extract.documents.gutters import WideLine, white_strips
from extract.documents.page_text import MOST, PageText
from extract.documents.rulings import TOLERANCE, Ruling, Rulings

TALLEST_HEADER = 150.0
"""Height in points that a header stays under."""


def header_end(rulings: Rulings, text: PageText) -> list[Ruling]:
    """The rule below a header of which only the parts under the lower headings are drawn: merged header cells lose
    theirs in some programs."""
    x0, top, x1, bottom = rulings.box
    whole = {h.at for h in rulings.horizontal if h.length > MOST * (x1 - x0)}
    if whole == {top} and TOLERANCE < bottom - top < TALLEST_HEADER:
        return [Ruling(bottom, x0, x1)]
    if top not in whole:
        return []
    limit = min((y for y in whole if y > top), default=bottom)
    parts = [h for h in rulings.horizontal if top < h.at < min(limit, top + TALLEST_HEADER) and h.at not in whole]
    lowest = max((h.at for h in parts), default=top)
    ends = [h for h in parts if h.at == lowest and _is_below_lower_headings(h, top, text)]
    sides = [(x0, min(h.start for h in ends)), (max(h.end for h in ends), x1)] if ends else []
    beside = [line for a, b in sides for line in text.lines(a, b, top, limit) if line.line.top < lowest]
    return [Ruling(lowest, x0, x1)] if ends and _is_centred(beside, top, lowest) else []


def _is_below_lower_headings(rule: Ruling, top: float, text: PageText) -> bool:
    """Whether a short rule may end a header, rather than underline the heading of a group: above it stand headings side
    by side below a heading of their own."""
    lines = text.lines(rule.start, rule.end, top, rule.at)
    lower = [line for line in lines[1:] if line.line.top >= lines[0].line.bottom - 1]
    return bool(lower) and bool(white_strips(lower, rule.start, rule.end))


def _is_centred(lines: Sequence[WideLine], top: float, bottom: float) -> bool:
    """Whether the headings beside a group keep to the height down to a rule, with as much white above as below."""
    if not lines:
        return False
    above = min(line.line.top for line in lines) - top
    below = bottom - max(line.line.bottom for line in lines)
    return below > 0 and abs(above - below) < lines[0].line.size


def header_bottom(whole: Sequence[float], rulings: Rulings) -> float:
    """The rule that ends the header: the first below its top that reaches from side to side; one that begins or ends
    beside a heading over both its rows does not."""
    x0, _, x1, _ = rulings.box
    reaching = {h.at for h in rulings.horizontal if h.start <= x0 + TOLERANCE and h.end >= x1 - TOLERANCE}
    near = [y for y in whole[1:-1] if y in reaching and y - whole[0] < TALLEST_HEADER]
    return near[0] if near else whole[1]


def same_words(head: str, lines: Sequence[WideLine]) -> bool:
    """Whether lines print the header of the page before, however they are wrapped."""
    words = sorted("".join("".join(line.line.text.text.split()) for line in lines))
    known = sorted(head)
    return bool(words) and sum((Counter(words) & Counter(known)).values()) >= 0.8 * max(len(words), len(known))


def heading_rules(
    xs: Sequence[float], head: tuple[float, float], drawn: Sequence[Ruling], lines: Sequence[WideLine]
) -> list[Ruling]:
    """A rule, where none is drawn, between a heading over several columns and the headings below it."""
    rules: list[Ruling] = []
    for number, line in enumerate(lines[:-1]):
        crossed = [x for x in xs[1:-1] if line.crosses(x)]
        for x in crossed:
            x0, x1 = line.reach(x)
            below = [w.line.top for w in lines[number + 1 :] if w.line.top >= line.line.bottom - 1]
            at = (line.line.bottom + min(below)) / 2 if below else head[1]
            is_drawn = any(line.line.bottom - 1 <= h.at < head[1] - 1 and h.start <= x <= h.end for h in drawn)
            if not is_drawn and head[0] + TOLERANCE < at < head[1] - TOLERANCE:
                left = xs[bisect_right(xs, x0) - 1]
                right = xs[min(bisect_left(xs, x1), len(xs) - 1)]
                rules.append(Ruling(at, left, right))
    return rules
