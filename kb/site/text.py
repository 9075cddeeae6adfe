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


IN_BRACKETS = regex.compile(r"(?<=\p{Han})\(([^()]*)\)|\(([^()]*\p{Han}[^()]*)\)|\(([^()]*)\)(?=\p{Han})")
BESIDE_CHINESE = regex.compile(r"(?<=[\p{Han}」）])[,;:]|[,;:](?=[\p{Han}「（])")
WIDE = str.maketrans(",;:", "，；：")


def fullwidth(text: str | None) -> str:
    """This program's own words with the punctuation of Chinese: `推動措施(附件一)` as `推動措施（附件一）`.

    Not for what reports say: their words stay as printed.
    """
    wide = IN_BRACKETS.sub(lambda m: f"（{m[1] or m[2] or m[3] or ''}）", text or "")
    return str(BESIDE_CHINESE.sub(lambda m: m[0].translate(WIDE), wide))
