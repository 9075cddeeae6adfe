"""The tables of one page: where they are, their cells, and the lines in each cell.

Ways to find a table are plain functions in `FINDERS`, best first; each takes a group of rulings and gives a grid or None.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.documents.furniture import PAGE_LABEL
from extract.documents.grid import Skeleton, build_skeleton, from_lines
from extract.documents.captions import is_caption
from extract.documents.gutters import WideLine, find_gutters, row_breaks, white_strips
from extract.documents.joining import Grid, GridRow
from extract.documents.lines import Line, PlacedGlyph, is_wide, make_lines
from extract.documents.model import EMPTY, PlacedText
from extract.documents.rulings import TOLERANCE, Ruling, Rulings, find_rulings, over_band, together
from extract.documents.wrapping import Frame, join_lines

MARGIN = 2.0
"""Points by which a glyph's middle may stand outside its table and still belong to it."""
WIDEST_PADDING = 12.0
"""A cell's text begins at most this far from its border, in points, unless it is indented or centred."""
MOST = 0.6
"""A rule longer than this share of the table parts rows, a shorter one headings or cells beside a merged one."""
WIDER_THAN_A_CELL = 0.12
"""A band's text is longer than this share of the table."""
EMPTY_STRIP = 60.0
"""White of more than this height, in points, between two rules parts two tables."""
LOWEST = 1e6


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on one page. `lines[i]` are the lines in the cell `skeleton.spans[i]`; `open_top` and `open_bottom` say
    that no rule closes it there."""

    page: int
    skeleton: Skeleton
    lines: tuple[tuple[Line, ...], ...]
    glyphs: frozenset[int] = field(default_factory=frozenset)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom."""
        return self.skeleton.box

    def grid(self) -> Grid:
        """The table as rows of texts, blank rows and columns dropped."""
        frames = self._frames()
        texts = [
            join_lines(lines, frames[span.column, span.column_end])
            for span, lines in zip(self.skeleton.spans, self.lines, strict=True)
        ]
        rows = [r for r in range(len(self.skeleton.ys) - 1) if self._starts_text(texts, r, by_row=True)]
        columns = [c for c in range(len(self.skeleton.xs) - 1) if self._starts_text(texts, c, by_row=False)]
        grid: list[GridRow] = []
        spans: dict[tuple[int, int], tuple[int, int]] = {}
        placed: set[int] = set()
        for row in rows:
            cells: list[PlacedText | None] = []
            for column in columns:
                index = self.skeleton.slots[row][column]
                if index in placed:
                    cells.append(None)
                    continue
                placed.add(index)
                span = self.skeleton.spans[index]
                down = sum(span.row <= r < span.row_end for r in rows)
                across = sum(span.column <= c < span.column_end for c in columns)
                if (down, across) != (1, 1):
                    spans[len(grid), len(cells)] = (down, across)
                cells.append(texts[index])
            grid.append(tuple(cells))
        return Grid(self.page, tuple(grid), spans)

    def _starts_text(self, texts: Sequence[PlacedText], line: int, *, by_row: bool) -> bool:
        """Whether any cell with text begins in this row (or column); a strip in which none does is the white
        between two rules, or the rest of merged cells."""
        for span, text in zip(self.skeleton.spans, texts, strict=True):
            first = span.row if by_row else span.column
            if first == line and (text or not by_row):
                return True
        return False

    def _frames(self) -> dict[tuple[int, int], Frame]:
        """For each run of columns that a cell covers, where its lines may begin and end."""
        xs = self.skeleton.xs
        starts: dict[int, float] = {}
        ends: dict[int, float] = {}
        for span, lines in zip(self.skeleton.spans, self.lines, strict=True):
            for line in lines:
                starts[span.column] = min(starts.get(span.column, line.x0), line.x0)
                ends[span.column_end] = max(ends.get(span.column_end, line.x1), line.x1)
        frames: dict[tuple[int, int], Frame] = {}
        for span in self.skeleton.spans:
            left, right = xs[span.column], xs[span.column_end]
            padding = min(max(starts.get(span.column, left) - left, 0.0), WIDEST_PADDING)
            furthest = ends.get(span.column_end, right)
            frames[span.column, span.column_end] = Frame(left + padding, max(right - padding, furthest))
        return frames


Finder = Callable[[Rulings, "_PageText", Sequence[float] | None], list[Skeleton]]


def find_page_tables(
    page: int,
    edges: Sequence[dict[str, object]],
    glyphs: Sequence[PlacedGlyph],
    known_columns: Sequence[float] | None = None,
) -> list[PageTable]:
    """The tables of a page from top to bottom. `known_columns` are the column lines of a table that may go on from the page
    before, for pages whose own text does not show them."""
    text = _PageText(glyphs)
    tables: list[PageTable] = []
    for rulings in _whole_groups(find_rulings(edges), text):
        for finder in FINDERS:
            skeletons = finder(rulings, text, known_columns)
            if skeletons:
                tables.extend(t for s in skeletons if (t := _fill(page, s, text)))
                break
    return _outermost(tables)


def _whole_groups(groups: Sequence[Rulings], text: _PageText) -> list[Rulings]:
    """Groups that are one table put together: over bands, which no vertical ties to the rest, and below a shaded header,
    whose cells alone have sides."""
    kept: list[Rulings] = []
    for group in groups:
        above = next((g for g in reversed(kept) if g.vertical), None)
        joined = None
        if above is not None and kept[-1] is above:
            joined = _over_band(above, group, text) if group.vertical else _below_header(above, group, text)
        if joined is None:
            kept.append(group)
        else:
            kept[-1:] = joined
    return [_with_open_end(g, text) if g.vertical else g for g in kept]


def _with_open_end(rulings: Rulings, text: _PageText) -> Rulings:
    """A ruled header with its columns drawn on over text below it that no rule closes before the page ends; a band among it gets
    rules above and below."""
    x0, _, x1, bottom = rulings.box
    xs = sorted({v.at for v in rulings.vertical if v.end > bottom - TOLERANCE})
    has_rows = len({h.at for h in rulings.horizontal if h.length > MOST * (x1 - x0)}) > 2
    end = text.open_end(xs, bottom, has_rows=has_rows) if len(xs) > 2 else None
    if end is None:
        return rulings
    horizontal, vertical = [*rulings.horizontal, Ruling(end, x0, x1)], [*rulings.vertical]
    edge = bottom
    for wide in text.lines(x0, x1, bottom, end):
        if wide.is_alone_at(x0) and wide.runs_over(xs[1:-1]):
            top, below = wide.line.top - 1, wide.line.bottom + 1
            vertical += [Ruling(x, edge, top) for x in xs if top - edge > TOLERANCE]
            horizontal += [Ruling(y, x0, x1) for y in (top, below) if y - bottom > 2 * TOLERANCE]
            edge = below
    vertical += [Ruling(x, edge, end) for x in xs]
    return Rulings(tuple(horizontal), tuple(vertical))


def _over_band(above: Rulings, below: Rulings, text: _PageText) -> list[Rulings] | None:
    """Two groups as one where one or two lines stand between them that are not the caption of a second table."""
    if not over_band(above, below):
        return None
    x0, _, x1, bottom = above.box
    between = text.lines(x0, x1, bottom, below.box[1])
    if len(between) > 2 or any(is_caption(wide.line.text.text) for wide in between):
        return None
    return [together(above, below)]


def _below_header(header: Rulings, rules: Rulings, text: _PageText) -> list[Rulings] | None:
    """A group with verticals and the rules below it as one, its verticals drawn on where no text runs across them; the
    rules that prose parts from it stay a group of their own."""
    x0, _, x1, bottom = header.box
    if abs(rules.box[0] - x0) > TOLERANCE or abs(rules.box[2] - x1) > TOLERANCE or rules.box[1] < bottom - TOLERANCE:
        return None
    xs = sorted({v.at for v in header.vertical if v.end > bottom - TOLERANCE and x0 + TOLERANCE < v.at < x1 - TOLERANCE})
    taken: list[Ruling] = []
    vertical: list[Ruling] = [*header.vertical]
    edge = bottom
    for rule in sorted(rules.horizontal, key=lambda h: h.at):
        lines = text.lines(x0, x1, edge, rule.at)
        across = _bands_across(xs, lines)
        is_row = not across or len(lines) <= 2
        if not xs or not is_row or any(is_caption(wide.line.text.text) for wide in lines):
            break
        vertical += [Ruling(x, edge, rule.at) for x in (x0, *xs, x1) if x not in across]
        taken.append(rule)
        edge = max(edge, rule.at)
    rest = tuple(h for h in rules.horizontal if h not in taken)
    end = text.open_end((x0, *xs, x1), edge) if xs and not rest else None
    if end is not None:
        vertical += [Ruling(x, edge, end) for x in (x0, *xs, x1)]
        taken.append(Ruling(end, x0, x1))
    if not taken:
        return None
    whole = Rulings((*header.horizontal, *taken), tuple(vertical))
    return [whole, Rulings(rest, ())] if rest else [whole]


def _ruled(rulings: Rulings, text: _PageText, known: Sequence[float] | None) -> list[Skeleton]:  # noqa: ARG001
    """A grid whose columns are ruled."""
    if not rulings.vertical:
        return []
    skeleton = build_skeleton(rulings)
    if skeleton is None or len(skeleton.xs) < 3:
        return []
    return [_with_row_breaks(skeleton, rulings, text)]


def _boxed(rulings: Rulings, text: _PageText, known: Sequence[float] | None) -> list[Skeleton]:
    """A frame without inner verticals: rows ruled, columns in the white."""
    if not rulings.vertical:
        return []
    x0, _, x1, _ = rulings.box
    horizontal = tuple(h for h in rulings.horizontal if h.length > 0.3 * (x1 - x0))
    found = _horizontal(Rulings(horizontal, ()), text, known)
    if found:
        return found
    skeleton = build_skeleton(rulings)
    # One box with one text is a frame around a paragraph, not a table.
    return [skeleton] if skeleton and len(skeleton.ys) > 2 else []


def _horizontal(rulings: Rulings, text: _PageText, known: Sequence[float] | None) -> list[Skeleton]:
    """Horizontal rules alone: columns are found in the white between texts."""
    if rulings.vertical or len(rulings.horizontal) < 2:
        return []
    return [s for part in _tabular_parts(rulings, text) if (s := _from_white(part, text, known))]


FINDERS: tuple[Finder, ...] = (_ruled, _boxed, _horizontal)


def _tabular_parts(rulings: Rulings, text: _PageText) -> list[Rulings]:
    """A stack of rules cut where prose stands between two tables; an open bottom is closed below the last line that
    keeps to the columns."""
    x0, _, x1, _ = rulings.box
    rules = sorted(rulings.horizontal, key=lambda h: h.at)
    ys = sorted({h.at for h in rules})
    parts: list[list[float]] = [[ys[0]]]
    for top, bottom in pairwise(ys):
        if text.is_prose(x0, x1, top, bottom):
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


def _from_white(rulings: Rulings, text: _PageText, known: Sequence[float] | None) -> Skeleton | None:
    x0, _, x1, _ = rulings.box
    ys = sorted({h.at for h in rulings.horizontal})
    whole = sorted({h.at for h in rulings.horizontal if h.length > MOST * (x1 - x0)})
    if len(whole) < 2:
        return None
    head = (whole[0], whole[1])
    bands = [band for band in pairwise(ys) if band[0] >= head[1] and text.lines(x0, x1, *band)]
    header = text.lines(x0, x1, *head)
    across = [head, *(band for band in bands if text.is_band(x0, x1, *band))]
    body = [line for band in bands if band not in across for line in text.lines(x0, x1, *band)]
    columnar = [line for line in body if not line.is_alone_at(x0)]
    gutters = find_gutters(columnar or body or header, header, x0, x1)
    if known is not None and _same_sides(known, x0, x1) and len(known) - 2 > len(gutters):
        strips = white_strips(columnar, x0, x1, with_edges=True)
        if all(any(a - 1 < x < b + 1 for a, b in strips) for x in known[1:-1]):
            gutters = list(known[1:-1])  # the columns of the page before, which this page does not contradict
    if not gutters:
        return None
    xs = (x0, *gutters, x1)
    horizontal = [*rulings.horizontal, *_heading_rules(xs, head, rulings.horizontal, header)]
    for line in body:
        if line.is_alone_at(x0) and any(line.crosses(x, is_strict=True) for x in gutters):
            top, bottom = line.line.top - 1, line.line.bottom + 1
            across.append((top, bottom))
            horizontal += [Ruling(top, x0, x1), Ruling(bottom, x0, x1)]
    horizontal = _spaced(horizontal)
    lines = sorted({h.at for h in horizontal})
    vertical = [Ruling(x, lines[0], lines[-1]) for x in (x0, x1)]
    for top, bottom in pairwise(lines):
        is_across = any(a - 2 * TOLERANCE <= top and bottom <= b + 2 * TOLERANCE for a, b in across)
        wide = text.lines(x0, x1, top, bottom) if is_across else ()
        vertical += [Ruling(x, top, bottom) for x in gutters if x not in _run_across(gutters, wide)]
    end = text.open_end(xs, lines[-1])
    if end is not None:
        vertical += [Ruling(x, lines[-1], end) for x in xs]
        lines.append(end)
    completed = Rulings(tuple(horizontal), tuple(vertical))
    return _with_row_breaks(from_lines(xs, lines, completed), completed, text)


def _spaced(rules: Sequence[Ruling]) -> list[Ruling]:
    """Rules with those that all but touch an earlier one moved onto it, so that no row is thinner than a line."""
    kept: list[Ruling] = []
    for rule in rules:
        near = next((k.at for k in kept if abs(k.at - rule.at) < 2 * TOLERANCE), rule.at)
        kept.append(Ruling(near, rule.start, rule.end))
    return kept


def _bands_across(xs: Sequence[float], lines: Sequence[WideLine]) -> set[float]:
    """The drawn column lines that the text of a row runs over: all of them below a band, else those under its glyphs."""
    if not any(line.runs_over(xs) for line in lines):
        return set()
    if len(lines) <= 2 and all(line.reach(line.extents[0][0])[1] >= line.extents[-1][1] for line in lines):
        return set(xs)
    return {x for x in xs if any(line.covers(x) for line in lines)}


def _run_across(xs: Sequence[float], lines: Sequence[WideLine]) -> set[float]:
    """The column lines that texts run across; none unless one does so beyond doubt."""
    if not any(line.crosses(x, is_strict=True) for line in lines for x in xs):
        return set()
    if len(lines) <= 2 and all(line.reach(line.extents[0][0])[1] >= line.extents[-1][1] for line in lines):
        return set(xs)
    return {x for x in xs if any(line.crosses(x) for line in lines)}


def _same_sides(known: Sequence[float], x0: float, x1: float) -> bool:
    return abs(known[0] - x0) < 2 * TOLERANCE and abs(known[-1] - x1) < 2 * TOLERANCE


def _heading_rules(
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


def _with_row_breaks(skeleton: Skeleton, rulings: Rulings, text: _PageText) -> Skeleton:
    """The grid with rows parted inside stretches where no rule parts them but the text does.

    A table that rules its rows is left alone; one whose only rules are those of the header and the two ends is not.
    """
    ys = list(skeleton.ys)
    x0, _, x1, _ = skeleton.box
    whole = sorted({h.at for h in rulings.horizontal if h.length > MOST * (x1 - x0)})
    rows = [row for row in range(1, len(ys) - 1) if len(whole) > 1 and ys[row] >= whole[1] - TOLERANCE]
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


def _fill(page: int, skeleton: Skeleton, text: _PageText) -> PageTable | None:
    """The table with its glyphs sorted into cells, None where it holds no text."""
    x0, top, x1, bottom = skeleton.box
    cells: list[list[PlacedGlyph]] = [[] for _ in skeleton.spans]
    taken: set[int] = set()
    for placed in text.inside(x0 - MARGIN, x1 + MARGIN, top - MARGIN, bottom + MARGIN):
        glyph = placed.glyph
        x = min(max((glyph.x0 + glyph.x1) / 2, x0), x1 - 0.01)
        y = min(max((glyph.top + glyph.bottom) / 2, top), bottom - 0.01)
        index = skeleton.span_at(x, y)
        if index is not None:
            cells[index].append(placed)
            taken.add(placed.number)
    if not any(not placed.glyph.text.isspace() for cell in cells for placed in cell):
        return None
    return PageTable(page, skeleton, tuple(tuple(make_lines(cell)) for cell in cells), frozenset(taken))


def _outermost(tables: Sequence[PageTable]) -> list[PageTable]:
    """Without tables that lie inside another one's cell (a frame in a form)."""
    kept: list[PageTable] = []
    for table in sorted(tables, key=lambda t: -((t.box[2] - t.box[0]) * (t.box[3] - t.box[1]))):
        if not any(table.glyphs <= other.glyphs for other in kept):
            kept.append(table)
    return sorted(kept, key=lambda t: (t.box[1], t.box[0]))


class _PageText:
    """The glyphs of a page by height, for questions about strips of it."""

    def __init__(self, glyphs: Sequence[PlacedGlyph]) -> None:
        self._glyphs = sorted(glyphs, key=lambda g: (g.glyph.top + g.glyph.bottom) / 2)
        self._middles = [(g.glyph.top + g.glyph.bottom) / 2 for g in self._glyphs]
        self._lines: dict[tuple[float, float, float, float], list[WideLine]] = {}

    def inside(self, x0: float, x1: float, top: float, bottom: float) -> list[PlacedGlyph]:
        """The glyphs whose middle lies in a box."""
        strip = self._glyphs[bisect_left(self._middles, top) : bisect_right(self._middles, bottom)]
        return [g for g in strip if x0 <= (g.glyph.x0 + g.glyph.x1) / 2 <= x1]

    def lines(self, x0: float, x1: float, top: float, bottom: float) -> list[WideLine]:
        """The lines of a strip over its whole width."""
        key = (x0, x1, top, bottom)
        if key not in self._lines:
            glyphs = self.inside(x0 - MARGIN, x1 + MARGIN, top, bottom)
            by_number = {g.number: g.glyph for g in glyphs}
            found = []
            for line in make_lines(glyphs):
                numbers = {n for n, c in zip(line.text.origins, line.text.text, strict=True) if not c.isspace()}
                ordered = sorted((by_number[n] for n in numbers if n in by_number), key=lambda g: g.x0)
                extents = tuple((g.x0, g.x1) for g in ordered)
                found.append(WideLine(line, extents, tuple(is_wide(g.text[:1]) for g in ordered)))
            self._lines[key] = found
        return self._lines[key]

    def is_band(self, x0: float, x1: float, top: float, bottom: float) -> bool:
        """Whether a strip holds a line of text alone that has no gap and is longer than a cell."""
        lines = self.lines(x0, x1, top, bottom)
        if not 1 <= len(lines) <= 2:
            return False
        first, last = lines[0].extents[0][0], max(line.extents[-1][1] for line in lines)
        return last - first > WIDER_THAN_A_CELL * (x1 - x0) and all(
            line.reach(line.extents[0][0])[1] >= line.extents[-1][1] for line in lines
        )

    def is_prose(self, x0: float, x1: float, top: float, bottom: float) -> bool:
        """Whether a strip holds running text: several lines over the width that leave no strip white; or nothing at all,
        and high."""
        lines = self.lines(x0, x1, top, bottom)
        if not lines:
            return bottom - top > EMPTY_STRIP
        reach = max(w.extents[-1][1] for w in lines) - min(w.extents[0][0] for w in lines)
        return len(lines) > 1 and reach > MOST * (x1 - x0) and not white_strips(lines, x0, x1)

    def tabular_end(self, x0: float, x1: float, top: float) -> float | None:
        """Below a rule that nothing closes: the bottom of the last line before the text stops keeping to columns, None
        where it does not begin to."""
        end: float | None = None
        taken: list[WideLine] = []
        for wide in self.lines(x0, x1, top, LOWEST):
            line = wide.line
            if end is not None and line.top - end > 2.5 * line.size:
                break
            is_long = wide.extents[-1][1] - wide.extents[0][0] > MOST * (x1 - x0)
            if is_caption(line.text.text) or (is_long and not white_strips([wide], x0, x1)):
                break
            taken.append(wide)
            end = line.bottom + 2
        return end if len(taken) > 1 and white_strips(taken, x0, x1) else None

    def open_end(self, xs: Sequence[float], bottom: float, *, has_rows: bool = True) -> float | None:
        """Below the last rule of a table with known columns: the bottom of the last line that keeps to them. None where none
        begins in two columns, which the rest of a cut row below a header alone (not `has_rows`) need not."""
        end: float | None = None
        edge = bottom
        is_row = not has_rows
        for wide in self.lines(xs[0], xs[-1], bottom, LOWEST):
            line = wide.line
            is_far = line.top - edge >= 2.5 * line.size
            if is_far or PAGE_LABEL.fullmatch(line.text.text) or is_caption(line.text.text):
                break
            edge = line.bottom
            if wide.runs_over(xs[1:-1]):
                if wide.is_alone_at(xs[0]) and wide.extents[-1][1] - xs[0] < MOST * (xs[-1] - xs[0]):
                    continue  # a band, if rows follow it
                break
            is_row = is_row or len({bisect_right(xs, (a + b) / 2) for a, b in wide.extents}) > 1
            end = line.bottom + 2
        return end if is_row else None
