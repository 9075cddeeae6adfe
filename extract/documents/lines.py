"""Glyphs become lines of placed text: baselines, sub- and superscripts, spaces.

pdfplumber's text puts the 2 of CO₂e on the next line, because a subscript's box sits lower than its line's. Here a
line is what shares a baseline, and a smaller glyph that stands beside a larger line within its height belongs to it as
a sub- or superscript.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.documents.model import BOLD, INSERTED, SUBSCRIPT, SUPERSCRIPT, PlacedText
from extract.documents.pdf_objects import Glyph

SAME_BASELINE = 0.18
"""Baselines this share of the glyph size apart are one line (fonts of one line differ by rounding alone)."""
SCRIPT_SIZE = 0.85
"""A script glyph is at most this share of its line's size (Word sets 65%, LibreOffice 58%, browsers 83%)."""
LONGEST_FIGURE = 2
"""A figure of so many digits right behind a letter, 2 of CO₂ and 3 of m³, is a script in any size."""
WORD_GAP = 0.22
"""A gap of this share of the size beside a Latin letter or sign is a space that was not printed."""
COLUMN_GAP = 1.6
"""A gap of this many sizes between any two glyphs parts words even in Chinese."""


@dataclass(frozen=True, slots=True)
class PlacedGlyph:
    """A glyph with its number in the document's glyph table."""

    glyph: Glyph
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its text, the box around its glyphs, the size of most of its glyphs, and its baseline."""

    text: PlacedText
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    baseline: float
    is_bold: bool = False

    @property
    def height(self) -> float:
        """From top to bottom in points."""
        return self.bottom - self.top


@dataclass(slots=True)
class _Run:
    """Glyphs of one baseline, while lines are being built."""

    baseline: float
    size: float
    members: list[PlacedGlyph]
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0

    def measure(self) -> None:
        """Put the members in order, and find the box around them and the size of most of them."""
        self.members.sort(key=lambda g: g.glyph.x0)
        glyphs = [member.glyph for member in self.members]
        self.x0 = glyphs[0].x0
        self.x1 = max([g.x1 for g in glyphs])
        self.top = min([g.top for g in glyphs])
        self.bottom = max([g.bottom for g in glyphs])
        sizes = Counter([round(g.size, 1) for g in glyphs])
        self.size = max(sizes, key=lambda s: (sizes[s], s))

    @property
    def is_figures(self) -> bool:
        """Whether all of it are short figures: those of the formulas on one line share a baseline."""
        glyphs = [member.glyph for member in self.members]
        if not all(glyph.text.isdecimal() for glyph in glyphs):
            return False
        length, end = 0, 0.0
        for glyph in glyphs:
            length = length + 1 if length and glyph.x0 - end < 0.3 * glyph.size else 1
            end = glyph.x1
            if length > LONGEST_FIGURE:
                return False
        return True


def make_lines(glyphs: Sequence[PlacedGlyph]) -> list[Line]:
    """The lines of one region (a cell, or a page without its tables), from top to bottom."""
    visible = [g for g in glyphs if not g.glyph.text.isspace()]
    if not visible:
        return []
    runs = _runs(visible)
    scripts = _attach_scripts(runs) if len(runs) > 1 else {}
    spaces = _spaces_by_baseline(glyphs)
    lines = [_line(run, scripts.get(id(run), []), spaces) for run in runs if run.members]
    lines.sort(key=lambda line: (line.baseline, line.x0))
    return lines


def _runs(glyphs: list[PlacedGlyph]) -> list[_Run]:
    """Glyphs by baseline; within a baseline, sizes that differ strongly stay apart only where they are far apart."""
    ordered = sorted(glyphs, key=lambda g: g.glyph.baseline)
    runs: list[_Run] = []
    for placed in ordered:
        glyph = placed.glyph
        last = runs[-1] if runs else None
        if last and glyph.baseline - last.baseline <= SAME_BASELINE * min(glyph.size, last.size):
            last.members.append(placed)
            last.size = max(last.size, glyph.size)
        else:
            runs.append(_Run(glyph.baseline, glyph.size, [placed]))
    for run in runs:
        run.measure()
    return runs


def _attach_scripts(runs: list[_Run]) -> dict[int, list[tuple[PlacedGlyph, int]]]:
    """Moves script glyphs out of their runs: the line's id -> glyphs with their style bit."""
    attached: dict[int, list[tuple[PlacedGlyph, int]]] = {}
    for index, run in enumerate(runs):
        hosts = [
            other
            for other in runs[max(0, index - 6) : index + 7]
            if other is not run
            and other.members
            and (run.size <= SCRIPT_SIZE * other.size or run.is_figures)
            and abs(other.baseline - run.baseline) <= 0.62 * other.size
        ]
        if not hosts:
            continue
        kept: list[PlacedGlyph] = []
        previous: tuple[float, _Run] | None = None
        for placed in run.members:
            host = _host(placed.glyph, hosts, previous)
            if host is not None and placed.glyph.size > SCRIPT_SIZE * host.size:
                host = host if _is_behind_letter(placed.glyph, host, previous) else None
            if host is None:
                kept.append(placed)
                previous = None
                continue
            style = SUBSCRIPT if placed.glyph.baseline > host.baseline else SUPERSCRIPT
            attached.setdefault(id(host), []).append((placed, style))
            previous = (placed.glyph.x1, host)
        if len(kept) != len(run.members):
            run.members = kept
            if kept:
                run.measure()
    return attached


def _host(glyph: Glyph, hosts: list[_Run], previous: tuple[float, _Run] | None) -> _Run | None:
    """The run that has a glyph directly beside this small one, or whose script the glyph before it is."""
    if previous and -0.3 * glyph.size < glyph.x0 - previous[0] < 0.6 * glyph.size:
        return previous[1]
    best: tuple[float, _Run] | None = None
    for host in hosts:
        reach = 0.35 * host.size
        middle = (glyph.top + glyph.bottom) / 2
        if not host.top - 0.2 * host.size <= middle <= host.bottom + 0.35 * host.size:
            continue
        starts = [m.glyph.x0 for m in host.members]
        after = bisect_left(starts, glyph.x0)
        gap_left = glyph.x0 - host.members[after - 1].glyph.x1 if after else None
        gap_right = host.members[after].glyph.x0 - glyph.x1 if after < len(starts) else None
        gaps = [abs(g) for g in (gap_left, gap_right) if g is not None and -reach <= g <= reach]
        if gaps:
            cost = min(gaps) + abs(glyph.baseline - host.baseline)
            if best is None or cost < best[0]:
                best = (cost, host)
    return best[1] if best else None


def _is_behind_letter(glyph: Glyph, host: _Run, previous: tuple[float, _Run] | None) -> bool:
    """Whether a digit stands right behind a Latin letter of a line, or behind a digit that does."""
    if previous is not None and previous[1] is host:
        return True
    at = bisect_left([m.glyph.x0 for m in host.members], glyph.x0)
    letter = host.members[at - 1].glyph if at else None
    return (
        letter is not None
        and letter.text.isascii()
        and letter.text.isalpha()
        and abs(glyph.x0 - letter.x1) < 0.1 * glyph.size
    )


def _spaces_by_baseline(glyphs: Sequence[PlacedGlyph]) -> dict[int, list[PlacedGlyph]]:
    spaces: dict[int, list[PlacedGlyph]] = {}
    for placed in glyphs:
        if placed.glyph.text.isspace():
            spaces.setdefault(round(placed.glyph.baseline), []).append(placed)
    return spaces


def _line(run: _Run, scripts: list[tuple[PlacedGlyph, int]], spaces: dict[int, list[PlacedGlyph]]) -> Line:
    parts = [(m, 0) for m in run.members] + scripts
    key = round(run.baseline)
    for near in (key - 1, key, key + 1):
        for space in spaces.get(near, ()):
            middle = (space.glyph.x0 + space.glyph.x1) / 2
            if run.x0 < middle < run.x1 and abs(space.glyph.baseline - run.baseline) <= SAME_BASELINE * run.size:
                parts.append((space, 0))
    if len(parts) > len(run.members):
        parts.sort(key=lambda p: (p[0].glyph.x0, p[0].glyph.text.isspace()))
    text: list[str] = []
    origins: list[int] = []
    styles = bytearray()
    before: Glyph | None = None
    bold = 0
    for placed, style in parts:
        glyph = placed.glyph
        if glyph.text.isspace():
            if text and text[-1] != " ":
                text.append(" ")
                origins.append(placed.number)
                styles.append(0)
            before = glyph
            continue
        if before is not None and text[-1:] != [" "] and needs_space(before, glyph):
            text.append(" ")
            origins.append(INSERTED)
            styles.append(0)
        is_bold = is_bold_font(glyph.font)
        bold += is_bold
        for character in glyph.text:
            text.append(character)
            origins.append(placed.number)
            styles.append(style | BOLD if is_bold else style)
        before = glyph
    placed_text = PlacedText("".join(text), tuple(origins), bytes(styles))
    x0, top, x1, bottom = run.x0, run.top, run.x1, run.bottom
    for placed, _ in scripts:
        x0, top = min(x0, placed.glyph.x0), min(top, placed.glyph.top)
        x1, bottom = max(x1, placed.glyph.x1), max(bottom, placed.glyph.bottom)
    return Line(placed_text, x0, top, x1, bottom, run.size, run.baseline, bold * 2 > len(parts))


def needs_space(left: Glyph, right: Glyph) -> bool:
    """Whether a gap between two glyphs is a space: small ones do not count between two Chinese characters, which are
    stretched to reach the margin."""
    gap = right.x0 - left.x1
    size = min(left.size, right.size)
    if gap > COLUMN_GAP * size:
        return True
    return gap > WORD_GAP * size and not (is_wide(left.text[-1:]) and is_wide(right.text[:1]))


@cache
def is_wide(character: str) -> bool:
    """Whether a character is set on the Chinese grid, where words are written without spaces."""
    return bool(character) and unicodedata.east_asian_width(character) in ("W", "F")


@cache
def is_bold_font(name: str) -> bool:
    """Whether the name of a font says that it is bold."""
    low = name.lower()
    return "bold" in low or "black" in low or "heavy" in low
