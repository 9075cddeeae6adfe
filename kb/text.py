"""One way of folding text, used when an index is written, when it is asked, and when a hit is marked.

Folding goes character by character and never looks at the neighbours: width and compatibility forms (NFKD, so that
CO₂e is co2e and ５ is 5), accents, case, Simplified to Traditional (OpenCC's single characters), 台 to 臺, kinds of
dashes, white space and invisible marks dropped. Conversion by whole phrases would make a word's form depend on what
stands beside it: in 降低回收 OpenCC sees 低回 and writes 低迴, and a search for 回收 misses it. So phrases are
converted in queries alone, as a second spelling (制造 finds 製造).

`VERSION` is stored in the database: an index folded otherwise finds nothing, and says nothing.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from opencc import OpenCC

VERSION = "1"

MARKUP = regex.compile(r"</?(?:sub|sup|b|i|p|br|ol|ul|li)\b[^<>]{0,40}>", regex.IGNORECASE)
SAME = {"台": "臺"} | dict.fromkeys("‐‑‒–—―−─－﹣", "-") | dict.fromkeys("〜∼～", "~") | dict.fromkeys("‧•˙・", "·")
DROPPED = {"Cc", "Cf", "Mn", "Zs", "Zl", "Zp"}
"""Unicode categories without meaning for search: control and format characters (right-to-left marks among them),
accents that stand alone, and spaces."""


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415 - 70 ms

    return OpenCC("s2t")


class _Folds(dict[int, str]):
    """Code point -> folded characters, worked out when first met."""

    def __missing__(self, code: int) -> str:
        plain = unicodedata.normalize("NFKD", SAME.get(chr(code), chr(code))).casefold()
        kept = [c for c in unicodedata.normalize("NFKD", plain) if unicodedata.category(c) not in DROPPED]
        folded = "".join(_traditional(c) for c in kept)
        self[code] = folded
        return folded


def _traditional(character: str) -> str:
    converted: str = character if character.isascii() else _converter().convert(character)
    return SAME.get(converted, converted)


_folds = _Folds()


def fold(text: str) -> str:
    """The text as it is compared: without markup, white space or differences that do not matter."""
    plain: str = MARKUP.sub("", text)
    return plain.translate(_folds)


def spellings(word: str) -> tuple[str, ...]:
    """What a searched word may look like in a folded text: itself, and read as Simplified Chinese."""
    return tuple(dict.fromkeys((fold(word), fold(str(_converter().convert(word))))))


def tokens(text: str) -> str:
    """The folded text with a space between all characters, for the index: one token per character."""
    return " ".join(fold(text))


def fold_with_origins(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the offset in `text` that it comes from."""
    folded: list[str] = []
    origins: list[int] = []
    start = 0
    for tag in [*MARKUP.finditer(text), None]:
        end = tag.start() if tag else len(text)
        for offset in range(start, end):
            piece = _folds[ord(text[offset])]
            folded.append(piece)
            origins.extend([offset] * len(piece))
        start = tag.end() if tag else end
    return "".join(folded), origins
