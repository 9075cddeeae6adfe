"""Text from outside as it is shown: with its invisible marks written out."""

from __future__ import annotations

import regex

INVISIBLE = regex.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control characters and marks that turn the direction of writing: they would act on the page around the text."""


def shown(text: str) -> str:
    """A mark that turns the direction as `⟨U+202E⟩`; all other characters as they are."""
    if INVISIBLE.search(text) is None:
        return text
    return str(INVISIBLE.sub(lambda m: f"⟨U+{ord(m[0]):04X}⟩", text))
