"""A stretch of a page in known columns: their lines drawn on, but not through the bands that run across them."""

from __future__ import annotations

from collections.abc import Sequence

from extract.documents.page_text import PageText
from extract.documents.rulings import TOLERANCE, Ruling, Rulings


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
