"""Edges drawn on a page become rulings: straight lines, snapped and merged, in groups that hang together.

Snapping and merging is pdfplumber's own (double lines and the two sides of a hairline rectangle become one).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pdfplumber.table import merge_edges
from pdfplumber.utils.clustering import cluster_objects

from extract.documents.pdf_objects import SHORTEST, Edge

TOLERANCE = 3.0
"""Points within which two rulings touch or are one (pdfplumber's default; Word draws double lines 1.5 pt apart)."""
SAME_LINE = 0.3
"""Points by which the dots or dashes of one line stand apart across it."""
WIDEST_GAP = 6.0
"""Points between two dots or dashes of one line, also where it is set anew at a crossing."""

TALLEST_BAND = 60.0
"""Height in points of a band: one or two lines of text with their margins."""


CLOSED = 2
"""Level rules of a table that is closed above and below."""
MOST_COLUMNS = 0.6
"""Share of a table's inner column lines that must go on for the table to."""

FEWEST_WIDE = 3
"""Rules over the whole width after which a table without verticals has shown where it ends."""
FEWEST_RULES = 1
"""Rules beside a shaded row that make a table of it: the one that closes the table."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line at `at` (y of a horizontal, x of a vertical one) from `start` to `end`."""

    at: float
    start: float
    end: float

    @property
    def length(self) -> float:
        """In points."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Rulings:
    """Horizontal and vertical rulings that hang together (or, without verticals, stand over one another)."""

    horizontal: tuple[Ruling, ...]
    vertical: tuple[Ruling, ...]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom around all of them."""
        xs = [v.at for v in self.vertical] + [x for h in self.horizontal for x in (h.start, h.end)]
        ys = [h.at for h in self.horizontal] + [y for v in self.vertical for y in (v.start, v.end)]
        return min(xs), min(ys), max(xs), max(ys)


def find_rulings(
    edges: Sequence[Edge],
    columns: Sequence[float] = (),
    kept: Callable[[Sequence[Rulings]], Sequence[Rulings]] = list,
) -> list[Rulings]:
    """Groups of rulings on one page, from top to bottom; a single line is a group too. `columns` are the column lines
    of the table that the page before ended with; `kept` leaves out what hangs together and is no part of a table."""
    straight = [e for e in edges if e.get("orientation") in ("h", "v")]
    long = [e for e in straight if max(e["width"], e["height"]) >= SHORTEST]
    if len(long) < len(straight):
        straight = long + dotted_lines([e for e in straight if max(e["width"], e["height"]) < SHORTEST])
    merged = merge_edges(straight, TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE) if straight else []
    horizontal = [Ruling(e["top"], e["x0"], e["x1"]) for e in merged if e["orientation"] == "h"]
    vertical = [Ruling(e["x0"], e["top"], e["bottom"]) for e in merged if e["orientation"] == "v"]
    horizontal = [h for h in horizontal if h.length >= SHORTEST]
    vertical = [v for v in vertical if v.length >= SHORTEST]
    groups = kept(_with_open_row(_connected(horizontal, vertical), columns))
    loose = [h for g in groups if not g.vertical for h in g.horizontal]
    boxed = [g for g in groups if g.vertical and len(g.horizontal) >= 2]
    shades = [g for g in boxed if _is_shade(g, loose)]
    boxed = [g for g in boxed if g not in shades]
    loose += [h for g in shades for h in g.horizontal]
    stacked = _stacked([h for h in loose if not any(_inside(h, g.box) for g in boxed)])
    return sorted(boxed + stacked, key=lambda g: g.box[1])


def dotted_lines(marks: Sequence[Edge]) -> list[Edge]:
    """The lines that short edges make: dots or dashes one behind the other, closer than a word space.

    Taken apart from the long edges, since all sides of the dots of one line, snapped together, would be one line across
    it.
    """
    lines: list[Edge] = []
    for orientation, across, start, end in (("h", "top", "x0", "x1"), ("v", "x0", "top", "bottom")):
        aligned = sorted((m for m in marks if m["orientation"] == orientation), key=lambda m: m[across])
        for row in cluster_objects(aligned, across, SAME_LINE):
            run: list[Edge] = []
            reach = 0.0
            for mark in sorted(row, key=lambda m: m[start]):
                if run and mark[start] - reach > WIDEST_GAP:
                    lines += _line_of(run, start, end)
                    run = []
                reach = max(reach, mark[end]) if run else mark[end]
                run.append(mark)
            lines += _line_of(run, start, end)
    return lines


def _line_of(run: Sequence[Edge], start: str, end: str) -> list[Edge]:
    """One edge from the first to the last of several, where it is long enough for a ruling."""
    first, last = run[0][start], max(mark[end] for mark in run)
    length = "width" if start == "x0" else "height"
    return [{**run[0], end: last, length: last - first}] if last - first >= SHORTEST else []


def over_band(above: Rulings, below: Rulings) -> bool:
    """Whether two groups are one table parted by a band: a row without verticals, so that nothing ties its sides
    together.

    They stand close, between the same sides, and the columns of one are columns of the other.
    """
    a, b = above.box, below.box
    if not 0 <= b[1] - a[3] <= TALLEST_BAND or abs(a[0] - b[0]) > TOLERANCE or abs(a[2] - b[2]) > TOLERANCE:
        return False
    mine, theirs = ([v.at for v in g.vertical] for g in (above, below))
    few, many = sorted((mine, theirs), key=len)
    return bool(many) and all(any(abs(x - y) <= TOLERANCE for y in many) for x in few)


def together(above: Rulings, below: Rulings) -> Rulings:
    """Two groups as one."""
    return Rulings((*above.horizontal, *below.horizontal), (*above.vertical, *below.vertical))


def _with_open_row(groups: list[Rulings], columns: Sequence[float]) -> list[Rulings]:
    """Verticals that go on at the columns of the table of the page before, closed above and below: a row that runs over
    pages may have one level rule on a page, or none."""
    ends: dict[tuple[int, int], list[Ruling]] = {}
    for group in groups:
        for post in group.vertical if len(group.horizontal) < CLOSED else ():
            if any(abs(post.at - x) <= TOLERANCE for x in columns):
                ends.setdefault((round(post.start / TOLERANCE), round(post.end / TOLERANCE)), []).append(post)
    posts = max(ends.values(), key=len, default=[])
    if len(posts) < max(CLOSED, MOST_COLUMNS * (len(columns) - 2)):
        return groups
    rest = [g for g in groups if not any(v in posts for v in g.vertical)]
    drawn = [h for g in groups if g not in rest for h in g.horizontal]
    x0, x1 = columns[0], columns[-1]
    sides = [Ruling(x, posts[0].start, posts[0].end) for x in (x0, x1)]
    level = [Ruling(y, x0, x1) for y in (posts[0].start, posts[0].end)]
    level = drawn + [end for end in level if not any(abs(end.at - h.at) <= TOLERANCE for h in drawn)]
    return [*rest, Rulings(tuple(level), (*sides, *posts))]


def is_plain_box(group: Rulings) -> bool:
    """Whether a box has verticals at its two sides alone."""
    x0, _, x1, _ = group.box
    return not any(x0 + TOLERANCE < v.at < x1 - TOLERANCE for v in group.vertical)


def _is_shade(group: Rulings, loose: Sequence[Ruling]) -> bool:
    """Whether a box is the shading of a row of a table without verticals: nothing parts it inside, and rules that no
    vertical touches stand between its very sides, above or below it."""
    x0, top, x1, bottom = group.box
    if any(x0 + TOLERANCE < v.at < x1 - TOLERANCE for v in group.vertical):
        return False
    beside = {
        round(h.at)
        for h in loose
        if abs(h.start - x0) <= TOLERANCE
        and abs(h.end - x1) <= TOLERANCE
        and not top - TOLERANCE <= h.at <= bottom + TOLERANCE
    }
    return len(beside) >= FEWEST_RULES


def _connected(horizontal: list[Ruling], vertical: list[Ruling]) -> list[Rulings]:
    """Rulings that touch or cross, by union of sets."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical):
            if h.start - TOLERANCE <= v.at <= h.end + TOLERANCE and v.start - TOLERANCE <= h.at <= v.end + TOLERANCE:
                parent[root(len(horizontal) + j)] = root(i)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical):
        groups.setdefault(root(len(horizontal) + j), ([], []))[1].append(v)
    return [Rulings(tuple(hs), tuple(vs)) for hs, vs in groups.values()]


def _stacked(horizontal: list[Ruling]) -> list[Rulings]:
    """Horizontal rulings without any vertical one, by common width: the widest ones found a group, which takes in
    the shorter ones between them (a rule under a group heading, a row rule beside a merged cell)."""
    groups: list[list[Ruling]] = []
    for ruling in sorted(horizontal, key=lambda h: -h.length):
        for group in groups:
            if _belongs_between(ruling, group):
                group.append(ruling)
                break
        else:
            groups.append([ruling])
    return [Rulings(tuple(sorted(g, key=lambda h: h.at)), ()) for g in groups]


def _belongs_between(ruling: Ruling, group: Sequence[Ruling]) -> bool:
    """Whether a rule is of a group: between the sides of its widest one, and above or below all that are as wide only
    where it shares a side with them."""
    widest = group[0]
    if ruling.start < widest.start - TOLERANCE or ruling.end > widest.end + TOLERANCE:
        return False
    wide = [h.at for h in group if h.length >= widest.length - 2 * TOLERANCE]
    shares = abs(ruling.start - widest.start) <= TOLERANCE or abs(ruling.end - widest.end) <= TOLERANCE
    return shares or len(wide) < FEWEST_WIDE or min(wide) < ruling.at < max(wide)


def _inside(ruling: Ruling, box: tuple[float, float, float, float]) -> bool:
    x0, top, x1, bottom = box
    return (
        x0 - TOLERANCE <= ruling.start
        and ruling.end <= x1 + TOLERANCE
        and top - TOLERANCE <= ruling.at <= bottom + TOLERANCE
    )
