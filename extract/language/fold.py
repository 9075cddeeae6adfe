"""Text with what carries no meaning folded, character by character.

Reports mix widths, dashes and compatibility characters freely. Folding maps each character to exactly one,
so that an offset in the folded text is an offset in the text as printed.
"""

from __future__ import annotations

import unicodedata
from functools import cache

DASHES = "‐‑‒–—―−─﹣－"
TILDES = "～〜∼˜∽"
SPACES = "\t\r\x0b\x0c\x1f\u00a0\u1680\u200b\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200B)))
KEPT = "，"
"""The full-width comma parts clauses where the half-width one also groups digits."""

SCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉²³", "012345678923")
"""Raised and lowered digits. Only units look through these: m² is m2, but a raised 2 is no digit of a value."""


@cache
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if chr(code) not in KEPT}
    table |= {ord(c): "-" for c in DASHES} | {ord(c): "~" for c in TILDES} | {ord(c): " " for c in SPACES}
    table |= {ord("臺"): "台", ord("○"): "〇", ord("仟"): "千", ord("佰"): "百"}
    for code in (
        *range(0x2E80, 0x2FE0),
        *range(0xF900, 0xFB00),
    ):  # radicals and compatibility ideographs from PDF fonts
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


def fold(text: str) -> str:
    """The text with widths, dashes, tildes, spaces and look-alike ideographs unified; of the same length."""
    return text.translate(_table())
