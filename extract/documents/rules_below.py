"""A header whose cells alone have sides, put together with the rules below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.documents.captions import is_caption
from extract.documents.gutters import WideLine
from extract.documents.page_text import MOST, PageText
from extract.documents.rulings import TALLEST_BAND, TOLERANCE, Ruling, Rulings


def below_header(header: Rulings, rules: Rulings, text: PageText) -> list[Rulings] | None:
    """A group with verticals and the rules below it as one, its verticals drawn on where no text runs across them; the
    rules that prose parts from it stay a group of their own."""
    x0, _, x1, bottom = header.box
    xs = [x for x in columns_at_end(header) if x0 + TOLERANCE < x < x1 - TOLERANCE]
    # A cell merged over rows leaves the rules between them begin beside it.
    begins = any(abs(rules.box[0] - x) <= TOLERANCE for x in (x0, *xs))
    ends = any(abs(rules.box[2] - x) <= TOLERANCE for x in (*xs, x1))
    is_most = rules.box[2] - rules.box[0] > MOST * (x1 - x0)
    if not (begins and ends and is_most) or rules.box[1] < bottom - TOLERANCE:
        return None
    taken: list[Ruling] = []
    vertical: list[Ruling] = [*header.vertical]
    horizontal: list[Ruling] = [*header.horizontal]
    edge = bottom
    for rule in sorted(rules.horizontal, key=lambda h: h.at):
        lines = text.lines(x0, x1, edge, rule.at)
        bands = _bands_among(xs, lines, x0, x1)
        across = set() if bands else _bands_across(xs, lines)
        is_row = not across or len(lines) <= 2
        if not xs or not is_row or any(is_caption(wide.line.text.text) for wide in lines):
            break
        for wide in bands:
            top, below = wide.line.top - 1, wide.line.bottom + 1
            vertical += [Ruling(x, edge, top) for x in (x0, *xs, x1) if top - edge > TOLERANCE]
            horizontal += [Ruling(y, x0, x1) for y in (top, below) if y - bottom > 2 * TOLERANCE]
            edge = below
        vertical += [Ruling(x, edge, rule.at) for x in (x0, *xs, x1) if x not in across]
        taken.append(rule)
        edge = max(edge, rule.at)
    rest = tuple(h for h in rules.horizontal if h not in taken)
    if not taken:
        return None
    vertical += _beside_merged([Ruling(bottom, x0, x1), *taken], (x0, *xs, x1), text)
    whole = Rulings((*horizontal, *taken), tuple(vertical))
    return [whole, Rulings(rest, ())] if rest else [whole]


def columns_at_end(rulings: Rulings) -> list[float]:
    """The verticals that reach the bottom of a group; those above its last row where that is a band."""
    _, _, _, bottom = rulings.box
    xs = sorted({v.at for v in rulings.vertical if v.end > bottom - TOLERANCE})
    return sorted({v.at for v in rulings.vertical}) if len(xs) == 2 and _ends_in_band(rulings, xs) else xs


def _ends_in_band(rulings: Rulings, sides: Sequence[float]) -> bool:
    """Whether the last row of a table is a band, which only its two outer verticals reach."""
    _, _, _, bottom = rulings.box
    inner = [v.end for v in rulings.vertical if v.at not in sides]
    return bool(inner) and 0 < bottom - max(inner) < TALLEST_BAND


def _beside_merged(rules: Sequence[Ruling], xs: Sequence[float], text: PageText) -> list[Ruling]:
    """The sides of cells merged over rows in a column that the header has as one with the next: the rules between two
    full ones all begin at one x inside that column, and no text runs over it."""
    full = [h.at for h in rules if h.start <= xs[0] + TOLERANCE and h.end >= xs[-1] - TOLERANCE]
    sides: list[Ruling] = []
    for top, bottom in pairwise(full):
        starts = [h.start for h in rules if top < h.at < bottom]
        if not starts or max(starts) - min(starts) > TOLERANCE or min(abs(starts[0] - x) for x in xs) <= TOLERANCE:
            continue
        if xs[0] < starts[0] < xs[1] and not any(
            line.covers(starts[0]) for line in text.lines(xs[0], xs[-1], top, bottom)
        ):
            sides.append(Ruling(starts[0], top, bottom))
    return sides


def _bands_among(xs: Sequence[float], lines: Sequence[WideLine], x0: float, x1: float) -> list[WideLine]:
    """The bands among more lines that keep to the columns: short texts alone at the left, as the names of reviewers
    above their comments. None where any other line takes no notice of the columns, as prose does."""
    over = [line for line in lines if line.runs_over(xs)]
    bands = [line for line in over if line.is_alone_at(x0) and line.extents[-1][1] - x0 < MOST * (x1 - x0)]
    rows = [line for line in lines if line not in over and len(_columns_of(line, xs)) > 1]
    return bands if len(bands) == len(over) < len(rows) else []


def _columns_of(line: WideLine, xs: Sequence[float]) -> set[int]:
    return {sum(x < (a + b) / 2 for x in xs) for a, b in line.extents}


def _bands_across(xs: Sequence[float], lines: Sequence[WideLine]) -> set[float]:
    """The drawn column lines that the text of a row runs over: all of them below a band, else those under its
    glyphs."""
    if not any(line.runs_over(xs) for line in lines):
        return set()
    if len(lines) <= 2 and all(line.reach(line.extents[0][0])[1] >= line.extents[-1][1] for line in lines):
        return set(xs)
    return {x for x in xs if any(line.covers(x) for line in lines)}
