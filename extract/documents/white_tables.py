"""Tables with horizontal rules alone: their columns, and what no rule shows of their rows, are found in the white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.documents.bands import columns_drawn_on
from extract.documents.grid import Skeleton, from_lines
from extract.documents.gutters import WideLine, find_gutters, white_strips
from extract.documents.lines import make_lines
from extract.documents.numbering import read_numbering
from extract.documents.page_text import LOWEST, MOST, PageText
from extract.documents.row_starts import row_breaks
from extract.documents.rulings import TOLERANCE, Ruling, Rulings
from extract.documents.white_headers import header_bottom, header_end, heading_rules, same_words


@dataclass(frozen=True, slots=True)
class KnownTable:
    """The table at the end of the page before, which may go on: its column lines, the words of its header, and the size
    of its text."""

    xs: tuple[float, ...]
    head: str
    size: float


def white_skeletons(rulings: Rulings, text: PageText, known: KnownTable | None) -> list[Skeleton]:
    """Horizontal rules alone: columns are found in the white between texts."""
    if rulings.vertical:
        return []
    if len(rulings.horizontal) < 2:
        return _closed_by(rulings.horizontal[0], text, known) if known is not None else []
    return [s for part in _tabular_parts(rulings, text) if (s := _from_white(part, text, known))]


def _closed_by(rule: Ruling, text: PageText, known: KnownTable) -> list[Skeleton]:
    """The rest of a table that began on the page before: text in its columns down to a single rule, and below it
    where the rule only parts two rows."""
    if not _same_sides(known.xs, rule.start, rule.end):
        return []
    start = text.open_start(known.xs, rule.at, known.size)
    if start is None:
        return []
    end = text.open_end(known.xs, rule.at, size=known.size)
    return [carried_on(known.xs, (start, rule.at) if end is None else (start, rule.at, end), text)]


def carried_on(xs: Sequence[float], rules: Sequence[float], text: PageText) -> Skeleton:
    """A stretch of a page in the columns of the page before, with the positions of its upper end, the rules inside it
    and its lower end."""
    drawn = [columns_drawn_on(xs, top, bottom, text) for top, bottom in pairwise(rules)]
    horizontal = (Ruling(rules[0], xs[0], xs[-1]), *(h for part in drawn for h in part.horizontal))
    rulings = Rulings(horizontal, tuple(v for part in drawn for v in part.vertical))
    ys = sorted({h.at for h in rulings.horizontal})
    return with_row_breaks(from_lines(xs, ys, rulings), rulings, text)


def _tabular_parts(rulings: Rulings, text: PageText) -> list[Rulings]:
    """A stack of rules cut where prose stands between two tables; an open bottom is closed below the last line that
    keeps to the columns."""
    x0, _, x1, _ = rulings.box
    rules = sorted((*rulings.horizontal, *header_end(rulings, text)), key=lambda h: h.at)
    ys = sorted({h.at for h in rules})
    parts: list[list[float]] = [[ys[0]]]
    for top, bottom in pairwise(ys):
        if text.is_prose(x0, x1, top, bottom) or text.has_caption(x0, x1, top, bottom):
            parts.append([bottom])
        else:
            parts[-1].append(bottom)
    found: list[Rulings] = []
    for part in parts:
        own = [h for h in rules if part[0] <= h.at <= part[-1]]
        whole = [h for h in own if h.length > MOST * (x1 - x0)]
        if len({h.at for h in whole}) == 2:
            end = text.tabular_end(x0, x1, part[-1])
            own += [Ruling(end, x0, x1)] if end is not None else []
        if len({h.at for h in own}) >= 2:
            found.append(Rulings(tuple(own), ()))
    return found


def _from_white(rulings: Rulings, text: PageText, known: KnownTable | None) -> Skeleton | None:
    x0, _, x1, _ = rulings.box
    ys = sorted({h.at for h in rulings.horizontal})
    whole = sorted({h.at for h in rulings.horizontal if h.length > MOST * (x1 - x0)})
    if len(whole) < 2:
        return None
    head = (whole[0], header_bottom(whole, rulings))
    bands = [band for band in pairwise(ys) if band[0] >= head[1] and text.lines(x0, x1, *band)]
    header = text.lines(x0, x1, *head)
    across = [head, *(band for band in bands if text.is_band(x0, x1, *band))]
    body = [line for band in bands if band not in across for line in text.lines(x0, x1, *band)]
    columnar = [line for line in body if not line.is_alone_at(x0)]
    if not body and all(line.is_alone_at(x0) for line in header):
        return None  # a heading between the rule under the running head and its own
    gutters = find_gutters(columnar or body or _first_rows(header, whole[-1], text, x0, x1) or header, header, x0, x1)
    goes_on = False
    if known is not None and _same_sides(known.xs, x0, x1):
        is_headed = same_words(known.head, header)
        lines_here = columnar if is_headed else [line for line in (*header, *columnar) if not line.is_alone_at(x0)]
        strips = white_strips(lines_here, x0, x1, with_edges=True)
        fits = all(any(a - 1 < x < b + 1 for a, b in strips) for x in known.xs[1:-1])
        goes_on = fits and not is_headed and len(known.xs) > 3
        if fits and (goes_on or len(known.xs) - 2 >= len(gutters)):
            gutters = list(known.xs[1:-1])  # the columns of the page before, which this page does not contradict
    if not gutters:
        return None
    if goes_on:
        across.remove(head)
        body, header = [*header, *body], []
    xs = (x0, *gutters, x1)
    # The rule below a header may leave out a heading that is merged over its rows; the header ends there all the same.
    below_header = [Ruling(head[1], x0, x1)] if header else []
    horizontal = [*rulings.horizontal, *below_header, *heading_rules(xs, head, rulings.horizontal, header)]
    inner = _bands([line for line in body if line.is_alone_at(x0)], gutters)
    for line in inner:
        top, bottom = line.line.top - 1, line.line.bottom + 1
        across.append((top, bottom))
        horizontal += [Ruling(top, x0, x1), Ruling(bottom, x0, x1)]
    horizontal = _spaced(horizontal)
    lines = sorted({h.at for h in horizontal})
    vertical = [Ruling(x, lines[0], lines[-1]) for x in (x0, x1)]
    for top, bottom in pairwise(lines):
        is_across = any(a - 2 * TOLERANCE <= top and bottom <= b + 2 * TOLERANCE for a, b in across)
        wide = text.lines(x0, x1, top, bottom) if is_across else ()
        taken = _run_across(gutters, wide, x0, inner)
        vertical += [Ruling(x, top, bottom) for x in gutters if x not in taken]
    sizes = sorted(line.line.size for line in body or header)
    size = sizes[len(sizes) // 2] if sizes else None
    end = text.open_end(xs, lines[-1], below="band" if header and not body else "rows", size=size)
    start = text.open_start(xs, lines[0], known.size) if known is not None and goes_on else None
    completed = _opened(Rulings(tuple(horizontal), tuple(vertical)), xs, text, start, end)
    lines = sorted({h.at for h in completed.horizontal})
    return with_row_breaks(from_lines(xs, lines, completed), completed, text)


def _first_rows(header: Sequence[WideLine], bottom: float, text: PageText, x0: float, x1: float) -> list[WideLine]:
    """The lines right below a header that ends its page, as many texts side by side as it has headings: they show the
    columns better than headings centred over them."""
    count = len(find_gutters(header, header, x0, x1)) + 1
    rows: list[WideLine] = []
    edge = bottom
    for wide in text.lines(x0, x1, bottom, LOWEST):
        if wide.line.top - edge > wide.line.size or len(wide.runs()) != count:
            break
        rows.append(wide)
        edge = wide.line.bottom
    return rows


def _bands(alone: Sequence[WideLine], gutters: Sequence[float]) -> list[WideLine]:
    """Of the lines with nothing beside them those that head the rows below: they are longer than the first column, or
    numbered as one that is."""
    long = [line for line in alone if any(line.crosses(x, is_strict=True) for x in gutters)]
    styles = {_numbering_style(line) for line in long} - {None}
    return [line for line in alone if line in long or _numbering_style(line) in styles]


def _numbering_style(line: WideLine) -> str | None:
    numbering = read_numbering(line.line.text.text)
    return numbering.style if numbering is not None else None


def _opened(rulings: Rulings, xs: Sequence[float], text: PageText, start: float | None, end: float | None) -> Rulings:
    """The columns drawn on over text above the first rule, from `start`, and below the last one, to `end`."""
    horizontal, vertical = [*rulings.horizontal], [*rulings.vertical]
    first, last = min(h.at for h in horizontal), max(h.at for h in horizontal)
    if end is not None:
        below = columns_drawn_on(xs, last, end, text)
        horizontal += below.horizontal
        vertical += below.vertical
    if start is not None:
        above = columns_drawn_on(xs, start, first, text)
        horizontal += [Ruling(start, xs[0], xs[-1]), *above.horizontal]
        vertical += above.vertical
    return Rulings(tuple(horizontal), tuple(vertical))


def _spaced(rules: Sequence[Ruling]) -> list[Ruling]:
    """Rules with those that all but touch an earlier one moved onto it, so that no row is thinner than a line."""
    kept: list[Ruling] = []
    for rule in rules:
        near = next((k.at for k in kept if abs(k.at - rule.at) < 2 * TOLERANCE), rule.at)
        kept.append(Ruling(near, rule.start, rule.end))
    return kept


def _run_across(xs: Sequence[float], lines: Sequence[WideLine], left: float, bands: Sequence[WideLine]) -> set[float]:
    """The column lines that texts run across: all below a band, which stands alone at the left."""
    if not any(line in bands or line.crosses(x, is_strict=True) for line in lines for x in xs):
        return set()
    if len(lines) <= 2 and all(line.is_alone_at(left) for line in lines):
        return set(xs)
    return {x for x in xs if any(line.crosses(x, is_strict=True) for line in lines)}


def _same_sides(known: Sequence[float], x0: float, x1: float) -> bool:
    return abs(known[0] - x0) < 2 * TOLERANCE and abs(known[-1] - x1) < 2 * TOLERANCE


def with_row_breaks(skeleton: Skeleton, rulings: Rulings, text: PageText) -> Skeleton:
    """The grid with rows parted inside stretches where no rule parts them but the text does.

    A table that rules its rows is left alone; one whose only rules are those of the header and the two ends is not.
    """
    ys = list(skeleton.ys)
    x0, _, x1, _ = skeleton.box
    whole = sorted({h.at for h in rulings.horizontal if h.length > MOST * (x1 - x0)})
    first_row = header_bottom(whole, rulings) if len(whole) > 2 else whole[0] if whole else ys[-1]
    rows = [row for row in range(len(ys) - 1) if ys[row] >= first_row - TOLERANCE]
    drawn_rows = len(rows)
    added: list[Ruling] = []
    for row in rows:
        columns = [make_lines(text.inside(a, b, ys[row], ys[row + 1])) for a, b in pairwise(skeleton.xs)]
        breaks = row_breaks(columns, is_unruled=drawn_rows == 1)
        added += [Ruling(y, x0, x1) for y in breaks if ys[row] + TOLERANCE < y < ys[row + 1] - TOLERANCE]
    if not added:
        return skeleton
    horizontal = (*rulings.horizontal, *added)
    return from_lines(skeleton.xs, sorted({*ys, *(r.at for r in added)}), Rulings(horizontal, rulings.vertical))
