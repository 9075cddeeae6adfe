"""A briefing of a few pages on one report: the year in figures, achievements, findings, cases. Printable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import IO

from kb.briefing import html, markdown, word
from kb.briefing.blocks import Briefing
from kb.briefing.content import briefing

__all__ = ["FORMATS", "Briefing", "briefing"]

FORMATS: Mapping[str, Callable[[Briefing, IO[bytes]], None]] = {
    "html": html.write,
    "docx": word.write,
    "md": markdown.write,
}
