"""Rulings that belong to one table put together: over bands, below shaded headers, down to an end that no rule
closes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.documents.bands import columns_drawn_on
from extract.documents.captions import is_caption
from extract.documents.page_text import LOWEST, MOST, PageText
from extract.documents.rules_below import below_header, columns_at_end
from extract.documents.rulings import TOLERANCE, Ruling, Rulings, is_plain_box, over_band, together

FEWEST_ROWS = 4
"""Full rules of a table whose rows are compared with its header."""
FEWEST_STRIPES = 2
"""Boxes between the same sides that make stripes of a table."""
LARGER_THAN_HEADER = 1.2
"""The text below a header may be larger than the header by this factor, and more by a tenth, and still be its rows."""


def whole_groups(groups: Sequence[Rulings], text: PageText, columns: Sequence[float] = ()) -> list[Rulings]:
    """Groups that are one table put together: over bands, which no vertical ties to the rest, and below a shaded
    header, whose cells alone have sides. `columns` are those of the table that the page before ends with."""
    kept: list[Rulings] = []
    tables = [_trimmed(group, text, columns) for group in groups if not any(_is_card(group, other) for other in groups)]
    for group in _between_boxes(_striped(tables, text)):
        above = next((g for g in reversed(kept) if g.vertical), None)
        joined = None
        if above is not None and kept[-1] is above:
            joined = _over_band(above, group, text) if group.vertical else below_header(above, group, text)
        if joined is None:
            kept.append(group)
        else:
            kept[-1:] = joined
    tops = [g.box[1] for g in kept]
    kept = [_with_header_columns(g, text) for g in kept]
    return [
        _with_open_end(g, text, min((t for t in tops if t > g.box[3] - TOLERANCE), default=LOWEST)) if g.vertical else g
        for g in kept
    ]


def _trimmed(group: Rulings, text: PageText, columns: Sequence[float]) -> Rulings:
    """A group without what sticks out of it on one rule alone with no text below: the line under a running head that a
    table right below it touches. A rule from side to side of the `columns` has an empty cell of theirs below it."""
    if not group.vertical or len(group.horizontal) < 2:
        return group
    left, right = min(v.at for v in group.vertical), max(v.at for v in group.vertical)
    _, top, _, bottom = group.box
    trimmed: list[Ruling] = []
    for h in group.horizontal:
        others = [other for other in group.horizontal if other is not h]
        start, end = h.start, h.end
        is_known = columns and abs(start - columns[0]) <= TOLERANCE and abs(end - columns[-1]) <= TOLERANCE
        if not is_known and abs(left - min(o.start for o in others)) <= TOLERANCE < left - start:
            start = start if text.inside(start, left, top, bottom) else left
        if not is_known and abs(right - max(o.end for o in others)) <= TOLERANCE < end - right:
            end = end if text.inside(right, end, top, bottom) else right
        trimmed.append(Ruling(h.at, start, end))
    return Rulings(tuple(trimmed), group.vertical)


def _is_card(frame: Rulings, other: Rulings) -> bool:
    """Whether a frame without inner verticals is drawn around text with a table in it, as tiles on a card."""
    x0, top, x1, bottom = frame.box
    left, above, right, below = other.box
    is_inside = x0 < left and top < above and right < x1 and below < bottom
    is_table = len(other.vertical) > 2 and right - left > MOST * (x1 - x0)
    return is_inside and is_table and frame.vertical != () and is_plain_box(frame)


def _striped(groups: Sequence[Rulings], text: PageText) -> list[Rulings]:
    """Shaded rows of a table that has no rules, boxes between the very same sides, as a stack of rules. Their lines
    stand in columns, those of several frames around text do not."""
    found: list[Rulings] = []
    stripes: dict[tuple[int, int], list[Rulings]] = {}
    for group in groups:
        x0, _, x1, _ = group.box
        if group.vertical and is_plain_box(group):
            stripes.setdefault((round(x0 / TOLERANCE), round(x1 / TOLERANCE)), []).append(group)
        else:
            found.append(group)
    for alike in stripes.values():
        in_columns = [g for g in alike if text.is_in_columns(*_inside(g))]
        if len(alike) >= FEWEST_STRIPES and 2 * len(in_columns) > len(alike):
            found.append(Rulings(tuple(sorted((h for g in alike for h in g.horizontal), key=lambda h: h.at)), ()))
        else:
            found += alike
    return sorted(found, key=lambda g: g.box[1])


def _inside(group: Rulings) -> tuple[float, float, float, float]:
    """x0, x1, top, bottom."""
    x0, top, x1, bottom = group.box
    return x0, x1, top, bottom


def _between_boxes(groups: Sequence[Rulings]) -> list[Rulings]:
    """Stacks of rules without verticals cut where a group with verticals stands between them: each table on a page
    may have a shaded header and a rule at its end. Below a header all rules between its sides are of one stack, also
    where merged cells leave gaps in them."""
    boxes = [g for g in groups if g.vertical]
    parts: list[Rulings] = [*boxes]
    under: dict[int, list[Ruling]] = {}
    for group in groups:
        if group.vertical:
            continue
        by_box: dict[int, list[Ruling]] = {}
        for rule in group.horizontal:
            over = [
                i for i, b in enumerate(boxes) if b.box[1] < rule.at and b.box[0] < rule.end and rule.start < b.box[2]
            ]
            last = max(over, key=lambda i: boxes[i].box[1], default=None)
            if last is not None and _is_between_sides(boxes[last], rule):
                under.setdefault(last, []).append(rule)
            else:
                by_box.setdefault(len(over), []).append(rule)
        parts += [Rulings(tuple(rules), ()) for rules in by_box.values()]
    parts += [Rulings(tuple(sorted(rules, key=lambda h: h.at)), ()) for rules in under.values()]
    return sorted(parts, key=lambda g: g.box[1])


def _is_between_sides(box: Rulings, rule: Ruling) -> bool:
    x0, _, x1, _ = box.box
    return x0 - TOLERANCE <= rule.start and rule.end <= x1 + TOLERANCE


def _with_open_end(rulings: Rulings, text: PageText, limit: float) -> Rulings:
    """A ruled header with its columns drawn on over text below it that no rule closes before the page, or the next
    table at `limit`, ends it; a band among it gets rules above and below. Verticals that run on below the last rule
    show by themselves where a table ends that the page break cut."""
    x0, _, x1, bottom = rulings.box
    xs = columns_at_end(rulings)
    if len(xs) > 2 and bottom - max((h.at for h in rulings.horizontal), default=bottom) > 2 * TOLERANCE:
        return rulings
    has_rows = len({h.at for h in rulings.horizontal if h.length > MOST * (x1 - x0)}) > 2
    if len(xs) > 1:  # a table without outer lines: what stands in its outer columns is its text too
        xs = [*([x0] if xs[0] > x0 + TOLERANCE else []), *xs, *([x1] if xs[-1] < x1 - TOLERANCE else [])]
    if len(xs) < 3:
        return rulings
    size = _text_size(rulings, text)
    if size is not None and not has_rows:
        size *= LARGER_THAN_HEADER
    end = text.open_end(xs, bottom, below="rows" if has_rows else "cut row", size=size, limit=limit)
    if end is None:
        return rulings
    below = columns_drawn_on(xs, bottom, end, text)
    return Rulings((*rulings.horizontal, *below.horizontal), (*rulings.vertical, *below.vertical))


def _text_size(rulings: Rulings, text: PageText) -> float | None:
    """The size that most text between the rules is set in: a heading below the table is larger."""
    x0, top, x1, bottom = rulings.box
    sizes = sorted(g.glyph.size for g in text.inside(x0, x1, top, bottom) if not g.glyph.text.isspace())
    return sizes[len(sizes) // 2] if sizes else None


def _with_header_columns(group: Rulings, text: PageText) -> Rulings:
    """A table whose header is ruled and most of whose rows have some of its column lines alone, with the others drawn
    on through the rows where no text runs over them."""
    x0, _, x1, end = group.box
    full = sorted({h.at for h in group.horizontal if h.start <= x0 + TOLERANCE and h.end >= x1 - TOLERANCE})
    if len(full) < FEWEST_ROWS:
        return group
    header = [v for v in group.vertical if v.start < full[1] - TOLERANCE <= v.end]
    xs = sorted({v.at for v in header if x0 + TOLERANCE < v.at < x1 - TOLERANCE})
    added: list[Ruling] = []
    rows = lacking = 0
    for top, bottom in pairwise([*full[1:], *([end] if end > full[-1] + TOLERANCE else [])]):
        drawn = [v.at for v in group.vertical if v.start < (top + bottom) / 2 < v.end]
        inner = [x for x in drawn if x0 + TOLERANCE < x < x1 - TOLERANCE]
        missing = [x for x in xs if not any(abs(x - y) <= TOLERANCE for y in drawn)]
        if not inner:
            continue  # a band
        rows += 1
        lacking += len(missing) > len(xs) / 2
        lines = text.lines(x0, x1, top, bottom) if missing else []
        added += [Ruling(x, top, bottom) for x in missing if not any(line.covers(x) for line in lines)]
    is_lacking = rows > 1 and lacking > MOST * rows
    return Rulings(group.horizontal, (*group.vertical, *added)) if is_lacking else group


def _over_band(above: Rulings, below: Rulings, text: PageText) -> list[Rulings] | None:
    """Two groups as one where one or two lines stand between them that are not the caption of a second table: a band,
    or, where they stand in the columns, a row that is not shaded as those above and below it are."""
    if not over_band(above, below):
        return None
    x0, _, x1, bottom = above.box
    between = text.lines(x0, x1, bottom, below.box[1])
    in_columns = text.is_in_columns(x0, x1, bottom, below.box[1])
    if (len(between) > 2 and not in_columns) or any(is_caption(wide.line.text.text) for wide in between):
        return None
    whole = together(above, below)
    if not in_columns:
        return [whole]
    xs = sorted({v.at for v in (*above.vertical, *below.vertical)})
    drawn = columns_drawn_on(xs, bottom, below.box[1], text)
    return [Rulings(whole.horizontal, (*whole.vertical, *drawn.vertical))]
