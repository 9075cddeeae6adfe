"""A briefing as Markdown with pipe tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from kb.briefing.blocks import Briefing, Grid, Heading, Line, Paragraph

SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"} | {"\n": " "})


def write(briefing: Briefing, out: IO[bytes]) -> None:
    """UTF-8."""
    out.write(("\n\n".join(_parts(briefing)) + "\n").encode())


def _parts(briefing: Briefing) -> Iterator[str]:
    yield f"# {briefing.title.translate(SPECIAL)}"
    yield briefing.subtitle.translate(SPECIAL)
    for block in briefing.blocks:
        match block:
            case Heading(text):
                yield f"## {text.translate(SPECIAL)}"
            case Paragraph(line):
                yield _words(line)
            case Grid():
                yield "\n".join(_table(block))


def _table(grid: Grid) -> Iterator[str]:
    yield "| " + " | ".join(h.translate(SPECIAL) for h in grid.header) + " |"
    yield "|" + "|".join("---:" if n in grid.numbers else "---" for n in range(len(grid.header))) + "|"
    for row in grid.rows:
        yield "| " + " | ".join(_words(line) for line in row) + " |"


def _words(line: Line) -> str:
    return "".join(
        f"[{s.text.translate(SPECIAL)}](<{s.address}>)" if s.address else s.text.translate(SPECIAL) for s in line
    )
