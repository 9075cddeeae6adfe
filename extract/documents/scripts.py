"""Sub- and superscripts: smaller glyphs beside a line that belong to it, CO₂ and m³."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from extract.documents.model import SUBSCRIPT, SUPERSCRIPT
from extract.documents.pdf_objects import Glyph, PlacedGlyph

SCRIPT_SIZE = 0.85
"""A script glyph is at most this share of its line's size (Word sets 65%, LibreOffice 58%, browsers 83%)."""
LONGEST_FIGURE = 2
"""A figure of so many digits right behind a letter, 2 of CO₂ and 3 of m³, is a script in any size."""


@dataclass(slots=True)
class Run:
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


def attach_scripts(runs: list[Run]) -> dict[int, list[tuple[PlacedGlyph, int]]]:
    """Moves script glyphs out of their runs: the line's id -> glyphs with their style bit."""
    attached: dict[int, list[tuple[PlacedGlyph, int]]] = {}
    for index, run in enumerate(runs):
        hosts = [
            other
            for other in runs[max(0, index - 6) : index + 7]
            if other is not run
            and other.members
            and abs(other.baseline - run.baseline) <= 0.62 * other.size
            and (run.size <= SCRIPT_SIZE * other.size or run.is_figures)
        ]
        if not hosts:
            continue
        kept: list[PlacedGlyph] = []
        previous: tuple[float, Run] | None = None
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


def _host(glyph: Glyph, hosts: list[Run], previous: tuple[float, Run] | None) -> Run | None:
    """The run that has a glyph directly beside this small one, or whose script the glyph before it is."""
    if previous and -0.3 * glyph.size < glyph.x0 - previous[0] < 0.6 * glyph.size:
        return previous[1]
    best: tuple[float, Run] | None = None
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


def _is_behind_letter(glyph: Glyph, host: Run, previous: tuple[float, Run] | None) -> bool:
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
