"""Glyphs become lines of placed text: baselines, sub- and superscripts, spaces.

pdfplumber's text puts the 2 of CO₂e on the next line, because a subscript's box sits lower than its line's. Here a
line is what shares a baseline, and a smaller glyph that stands beside a larger line within its height belongs to it as
a sub- or superscript.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extract.documents.model import BOLD, INSERTED, PlacedText
from extract.documents.pdf_objects import Glyph, PlacedGlyph
from extract.documents.scripts import Run, attach_scripts

SAME_BASELINE = 0.18
"""Baselines this share of the glyph size apart are one line (fonts of one line differ by rounding alone)."""
WORD_GAP = 0.22
"""A gap of this share of the size beside a Latin letter or sign is a space that was not printed."""
COLUMN_GAP = 1.6
"""A gap of this many sizes between any two glyphs parts words even in Chinese."""


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


def make_lines(glyphs: Sequence[PlacedGlyph]) -> list[Line]:
    """The lines of one region (a cell, or a page without its tables), from top to bottom."""
    visible = [g for g in glyphs if not g.glyph.text.isspace()]
    if not visible:
        return []
    runs = _runs(visible)
    scripts = attach_scripts(runs) if len(runs) > 1 else {}
    spaces = _spaces_by_baseline(glyphs)
    lines = [_line(run, scripts.get(id(run), []), spaces) for run in runs if run.members]
    lines.sort(key=lambda line: (line.baseline, line.x0))
    return lines


def _runs(glyphs: list[PlacedGlyph]) -> list[Run]:
    """Glyphs by baseline; within a baseline, sizes that differ strongly stay apart only where they are far apart."""
    ordered = sorted(glyphs, key=lambda g: g.glyph.baseline)
    runs: list[Run] = []
    for placed in ordered:
        glyph = placed.glyph
        last = runs[-1] if runs else None
        if last and glyph.baseline - last.baseline <= SAME_BASELINE * min(glyph.size, last.size):
            last.members.append(placed)
            last.size = max(last.size, glyph.size)
        else:
            runs.append(Run(glyph.baseline, glyph.size, [placed]))
    for run in runs:
        run.measure()
    return runs


def _spaces_by_baseline(glyphs: Sequence[PlacedGlyph]) -> dict[int, list[PlacedGlyph]]:
    spaces: dict[int, list[PlacedGlyph]] = {}
    for placed in glyphs:
        if placed.glyph.text.isspace():
            spaces.setdefault(round(placed.glyph.baseline), []).append(placed)
    return spaces


def _line(run: Run, scripts: list[tuple[PlacedGlyph, int]], spaces: dict[int, list[PlacedGlyph]]) -> Line:
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
