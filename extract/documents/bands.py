"""Bands among known columns: a stretch of a page with the column lines drawn on, but not through the bands that run
across them; and a band alone above the rules of the next page."""

from __future__ import annotations

from collections.abc import Sequence

from extract.documents.codes import leading_code
from extract.documents.page_text import PageText
from extract.documents.rulings import MOST_COLUMNS, TOLERANCE, Ruling, Rulings
from extract.documents.white_headers import same_words


def columns_drawn_on(xs: Sequence[float], top: float, bottom: float, text: PageText) -> Rulings:
    """The column lines at `xs` from `top` to `bottom`, broken where a text that begins in the first column runs over
    them; such a band gets rules above and below."""
    x0, x1 = xs[0], xs[-1]
    horizontal: list[Ruling] = [Ruling(bottom, x0, x1)]
    vertical: list[Ruling] = []
    edge = top
    for wide in text.lines(x0, x1, top, bottom):
        if wide.is_alone_at(x0) and wide.runs_over(xs[1:-1]):
            above, below = wide.line.top - 1, wide.line.bottom + 1
            vertical += [Ruling(x, edge, above) for x in xs if above - edge > TOLERANCE]
            horizontal += [Ruling(y, x0, x1) for y in (above, below) if y - top > 2 * TOLERANCE]
            edge = below
    vertical += [Ruling(x, edge, bottom) for x in xs if bottom - edge > TOLERANCE]
    return Rulings(tuple(horizontal), tuple(vertical))


def with_band_on_top(rulings: Rulings, columns: Sequence[float], head: str, text: PageText) -> Rulings:
    """The rulings of a table that goes on from the page before, in its `columns` and without its header `head`, with
    the band above them that no rule closes: the only line there, numbered, right above the first rule."""
    x0, top, x1, _ = rulings.box
    inner = columns[1:-1]
    met = [x for x in inner if any(abs(v.at - x) <= TOLERANCE and v.start <= top + TOLERANCE for v in rulings.vertical)]
    above = text.lines(x0, x1, 0.0, top)
    if not inner or len(met) < MOST_COLUMNS * len(inner) or len(above) != 1:
        return rulings
    band, line = above[0], above[0].line
    full = [h.at for h in rulings.horizontal if h.start <= x0 + TOLERANCE and h.end >= x1 - TOLERANCE]
    first = min((at for at in full if at > top + TOLERANCE), default=top)
    is_band = band.is_alone_at(x0) and leading_code(line.text.text) is not None and top - line.bottom < line.size
    if not is_band or same_words(head, text.lines(x0, x1, top, first)):
        return rulings
    edge = line.top - 1
    sides = tuple(Ruling(x, edge, top) for x in (x0, x1))
    return Rulings((Ruling(edge, x0, x1), *rulings.horizontal), (*sides, *rulings.vertical))
