"""The tables of one page: where they are, their cells, and the lines in each cell.

Ways to find a table are plain functions in `FINDERS`, best first; each takes a group of rulings and gives a grid or
None.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from extract.documents.bands import with_band_on_top
from extract.documents.grid import Skeleton, build_skeleton
from extract.documents.heading_bars import without_bars
from extract.documents.lines import Line, make_lines
from extract.documents.model import PlacedText
from extract.documents.page_grid import Grid, GridRow
from extract.documents.page_text import LOWEST, MARGIN, PageText
from extract.documents.pdf_objects import Glyph, PlacedGlyph
from extract.documents.rulings import Rulings, find_rulings, is_plain_box
from extract.documents.white_tables import KnownTable, carried_on, white_skeletons, with_row_breaks
from extract.documents.whole_tables import whole_groups
from extract.documents.wrapping import Frame, join_lines

WIDEST_PADDING = 12.0
"""A cell's text begins at most this far from its border, in points, unless it is indented or centred."""
HANGING = 14.0
"""The words of a band between two parts of a table may begin this many points left of it, as a heading does."""
SUBSCRIPT_SIZE = 0.85
"""A subscript is smaller than this share of what it belongs to."""
WIDE_RULE = 0.3
"""In a frame without inner verticals, a rule longer than this share of it parts rows."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on one page. `lines[i]` are the lines in the cell `skeleton.spans[i]`, `glyphs` the numbers of all glyphs
    in it. `head` is what its header prints, or, where a table goes on without one, the header of the page before."""

    page: int
    skeleton: Skeleton
    lines: tuple[tuple[Line, ...], ...]
    glyphs: frozenset[int] = field(default_factory=frozenset)
    head: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom."""
        return self.skeleton.box

    @property
    def size(self) -> float:
        """The size in points that most of its lines are set in."""
        sizes = sorted(line.size for cell in self.lines for line in cell)
        return sizes[len(sizes) // 2]

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


Finder = Callable[[Rulings, PageText, KnownTable | None], list[Skeleton]]


def find_page_tables(
    page: int,
    edges: Sequence[dict[str, object]],
    glyphs: Sequence[PlacedGlyph],
    before: PageTable | None = None,
) -> tuple[list[PageTable], list[tuple[float, float, float, float]]]:
    """The tables of a page from top to bottom, and the frames on it (x0, top, x1, bottom) that are none. `before` is
    the last table of the page before, which may go on where the page's own text does not show its columns."""
    text = PageText(glyphs)
    known = KnownTable(before.skeleton.xs, before.head, before.size) if before else None
    tables: list[PageTable] = []
    found = find_rulings(edges, known.xs if known else (), partial(without_bars, text=text))
    groups = whole_groups(found, text, known.xs if known else ())
    first = next((at for at, group in enumerate(groups) if group.vertical), None)
    if known and first is not None:
        groups[first] = with_band_on_top(groups[first], known.xs, known.head, text)
    for rulings in groups:
        for finder in FINDERS:
            skeletons = finder(rulings, text, known)
            if skeletons:
                tables.extend(t for s in skeletons if (t := _fill(page, s, text)))
                break
    tables = [t for t in _outermost(tables) if not _is_axis(t)]
    if known and not any(t.box[1] < text.first_line() for t in tables):
        carried = _carried_on(page, known, text, min((t.box[1] for t in tables), default=LOWEST))
        tables = _outermost([*([carried] if carried else []), *tables])
    if before and tables and tables[0].skeleton.xs[1:-1] == before.skeleton.xs[1:-1]:
        tables[0] = replace(tables[0], head=before.head)
    frames = [group.box for group in found if group.vertical and is_plain_box(group)]
    taken = [table.box for table in tables]
    return tables, [f for f in frames if not any(f[1] < t[3] and t[1] < f[3] for t in taken)]


def _carried_on(page: int, known: KnownTable, text: PageText, limit: float) -> PageTable | None:
    """A table that goes on at the top of a page without any rule, above the first table there that has rules."""
    top = text.first_line() - 1
    end = text.open_end(known.xs, top, size=known.size, limit=limit) if len(known.xs) > 3 else None
    return _fill(page, carried_on(known.xs, (top, end), text), text) if end is not None else None


def _ruled(rulings: Rulings, text: PageText, known: KnownTable | None) -> list[Skeleton]:  # noqa: ARG001
    """A grid whose columns are ruled."""
    if not rulings.vertical:
        return []
    skeleton = build_skeleton(rulings)
    if skeleton is None or len(skeleton.xs) < 3:
        return []
    return [with_row_breaks(skeleton, rulings, text)]


def _boxed(rulings: Rulings, text: PageText, known: KnownTable | None) -> list[Skeleton]:
    """A frame without inner verticals: rows ruled, columns in the white."""
    if not rulings.vertical:
        return []
    x0, top, x1, bottom = rulings.box
    horizontal = tuple(h for h in rulings.horizontal if h.length > WIDE_RULE * (x1 - x0))
    if text.is_in_columns(x0, x1, top, bottom):
        found = white_skeletons(Rulings(horizontal, ()), text, known)
        if found:
            return found
    skeleton = build_skeleton(rulings)
    # One box with one text is a frame around a paragraph, not a table.
    return [skeleton] if skeleton and len(skeleton.ys) > 2 else []


FINDERS: tuple[Finder, ...] = (_ruled, _boxed, white_skeletons)


def _fill(page: int, skeleton: Skeleton, text: PageText) -> PageTable | None:
    """The table with its glyphs sorted into cells, None where it holds no text."""
    x0, top, x1, bottom = skeleton.box
    cells: list[list[PlacedGlyph]] = [[] for _ in skeleton.spans]
    taken: set[int] = set()
    above = text.inside(x0, x1, top - HANGING, top - MARGIN)
    for placed in text.inside(x0 - HANGING, x1 + MARGIN, top - MARGIN, bottom + MARGIN):
        glyph = placed.glyph
        if (glyph.top + glyph.bottom) / 2 < top and any(_is_subscript_of(glyph, other.glyph) for other in above):
            continue
        hangs = (glyph.x0 + glyph.x1) / 2 < x0 - MARGIN
        x = min(max((glyph.x0 + glyph.x1) / 2, x0), x1 - 0.01)
        y = min(max((glyph.top + glyph.bottom) / 2, top), bottom - 0.01)
        index = skeleton.span_at(x, y)
        if index is not None and not (hangs and not _is_band(skeleton, index)):
            cells[index].append(placed)
            taken.add(placed.number)
    if not any(not placed.glyph.text.isspace() for cell in cells for placed in cell):
        return None
    lines = tuple(tuple(make_lines(cell)) for cell in cells)
    return PageTable(page, skeleton, lines, frozenset(taken), _head(skeleton, lines))


def _is_subscript_of(glyph: Glyph, host: Glyph) -> bool:
    """Whether a glyph is the 2 of CO2e in the unit line right above a table, which it hangs into."""
    is_lower = host.bottom > glyph.top > host.top and glyph.size < SUBSCRIPT_SIZE * host.size
    return is_lower and abs(glyph.x0 - host.x1) < MARGIN


def _is_band(skeleton: Skeleton, index: int) -> bool:
    span = skeleton.spans[index]
    return span.row > 0 and (span.column, span.column_end) == (0, len(skeleton.xs) - 1)


def _head(skeleton: Skeleton, lines: Sequence[Sequence[Line]]) -> str:
    """What stands in the first row and beside what its cells reach down to, without white space."""
    height = max(span.row_end for span in skeleton.spans if span.row == 0)
    inside = [lines[i] for i, span in enumerate(skeleton.spans) if span.row < height]
    return "".join("".join(line.text.text.split()) for cell in inside for line in cell)


def _is_axis(table: PageTable) -> bool:
    """Whether boxes without text over a row of figures are the bars and the axis of a chart."""
    filled = [cell for cell in table.lines if cell]
    is_one_row = len({round(line.baseline) for cell in filled for line in cell}) == 1
    figures = sum(line.text.text.strip().replace(",", "").rstrip("年%").isdigit() for cell in filled for line in cell)
    return is_one_row and len(filled) <= 0.6 * len(table.lines) and figures == len(filled) > 2


def _outermost(tables: Sequence[PageTable]) -> list[PageTable]:
    """Without tables that lie inside another one's cell (a frame in a form)."""
    kept: list[PageTable] = []
    for table in sorted(tables, key=lambda t: -((t.box[2] - t.box[0]) * (t.box[3] - t.box[1]))):
        if not any(table.glyphs <= other.glyphs for other in kept):
            kept.append(table)
    return sorted(kept, key=lambda t: (t.box[1], t.box[0]))
