"""Parts that a report announces and that nothing was read from: said aloud, since a silent gap is the worst reading."""

from __future__ import annotations

from collections.abc import Callable

from extract.documents.model import Document, Heading, Paragraph, PlacedText
from extract.reading.caption_lines import read_caption
from extract.records import Signal

LONGEST_HEADING = 60
"""Characters; longer is prose that only speaks of the part."""


def announced(document: Document, is_about: Callable[[str], bool], rule: str, what: str) -> list[Signal]:
    """A signal at the first heading or caption that is about something; none where the report does not announce it."""
    for block in document.blocks:
        if isinstance(block, Heading) or (isinstance(block, Paragraph) and read_caption(block.text) is not None):
            words = "".join(block.text.text.split())
            if len(words) <= LONGEST_HEADING and is_about(words):
                return [_missed(document, block.text, rule, what)]
    return []


def _missed(document: Document, text: PlacedText, rule: str, what: str) -> Signal:
    message = f"此處標題載有{what}，但未讀到內容"
    return Signal(rule, "warning", message, text.text, what, document.origins.place(text))
