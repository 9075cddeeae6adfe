"""Pictures with a text beside them: the picture and its caption are a column, the text another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extract.documents.regions import Box, Extent, Zone, lines_of

LINES_BESIDE = 3
"""Lines of text beside a picture."""
LEADING = 1.2
"""White between two lines of one text in glyph sizes, at most."""
SAME_SIZE = 0.6
"""Points by which the glyphs of one text differ in size."""
CAPTION = 2.5
"""Glyph sizes below a picture within which its caption stands."""


def picture_zones(runs: Sequence[Box], boxes: Sequence[Box], pictures: Sequence[Extent]) -> Iterable[Zone]:
    """Pictures with text beside them that keeps clear of them, and of the caption below."""
    for x0, top, x1, bottom in pictures:
        beside = [run for run in runs if top < run.bottom and run.top < bottom]
        on_left, on_right = [run for run in beside if run.x1 <= x0], [run for run in beside if run.x0 >= x1]
        text = on_left or on_right
        if (on_left and on_right) or len(lines_of(text)) < LINES_BESIDE or len(text) < len(beside):
            continue
        size = text[0].size
        cut = x0 - 0.5 if on_left else x1 + 0.5
        end = max((run.bottom for run in _captions(runs, (x0, top, x1, bottom), size)), default=bottom)
        for run in sorted(runs, key=lambda run: run.top):  # the text goes on below the picture, as narrow as beside it
            is_narrow = run.x1 <= cut if on_left else run.x0 >= cut
            if run.top < end + LEADING * size and run.bottom > end and is_narrow and abs(run.size - size) < SAME_SIZE:
                end = run.bottom
        inside = [box for box in boxes if top < (box.top + box.bottom) / 2 < end]
        if not any(box.x0 < cut < box.x1 for box in inside):
            first, last = min(b.top for b in inside) - 0.1, max(b.bottom for b in inside) + 0.1
            yield Zone(first, last, (cut,), picture=int(bool(on_left)))


def _captions(runs: Sequence[Box], picture: Extent, size: float) -> list[Box]:
    """The lines below a picture that are centred under it, in glyphs no larger than those of the text beside it: a
    heading that comes next begins at the margin."""
    x0, _, x1, bottom = picture
    return [
        run
        for run in runs
        if 0 <= run.top - bottom < CAPTION * size
        and x0 - size <= run.x0 <= run.x1 <= x1 + size
        and abs(run.middle - (x0 + x1) / 2) < size
        and run.size < size + SAME_SIZE
    ]
