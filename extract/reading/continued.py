"""The mark of what goes on from the page before, （續）, which is no part of a label, code, name or title."""

from __future__ import annotations

from functools import cache

import regex

from extract.documents.model import PlacedText
from extract.reading.vocabulary import TIMEOUT, vocabulary


@cache
def _mark() -> regex.Pattern[str]:
    words = "|".join(regex.escape(w) for w in vocabulary()["continued"]["words"])
    return regex.compile(rf"^\s*[（(]\s*(?:{words})\s*[）)]|[（(]\s*(?:{words})\s*[）)]\s*$")


def without_continued(text: PlacedText) -> PlacedText:
    """A text without such a mark at either end."""
    while match := _mark().search(text.text, timeout=TIMEOUT):
        text = text[: match.start()] if match.start() else text[match.end() :]
    return text.strip()
