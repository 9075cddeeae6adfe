"""Cells that offer words with boxes before them, of which some are ticked: ■減緩 □能力建構."""

from __future__ import annotations

import regex

from extract.reading.vocabulary import TIMEOUT

TICKED, OPEN = "■☑☒✔✓▣", "□☐◻"
_OPTION = regex.compile(rf"([{TICKED}{OPEN}])\s*([^{TICKED}{OPEN}]+)")


def ticked(text: str) -> list[str] | None:
    """The words whose box is ticked; None where the text offers no choice."""
    found = _OPTION.findall(text, timeout=TIMEOUT)
    if not any(box in OPEN for box, _ in found):
        return None
    return ["".join(words.split()) for box, words in found if box in TICKED]
