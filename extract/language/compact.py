"""A folded text without its spaces: units are looked up where spaces and line breaks do not matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extract.language.fold import SCRIPTS

WINDOW = 48
"""Characters without spaces behind a number that can belong to its unit."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The characters behind a number: `key` folded for lookup, `printed` as they stand, with their offsets."""

    key: str
    printed: str
    offsets: Sequence[int]


class Compact:
    """A folded text without its spaces, lower case, with scripts as digits, that knows where each character stands."""

    __slots__ = ("_index", "_key", "_offsets", "_printed")

    def __init__(self, folded: str) -> None:
        self._offsets = [at for at, c in enumerate(folded) if not c.isspace()]
        self._printed = "".join(folded.split())
        plain = self._printed.translate(SCRIPTS)
        key = plain.lower()
        if len(key) != len(plain):  # a few letters grow when lowered (İ)
            key = "".join(low if len(low := c.lower()) == 1 else c for c in plain)
        self._key = key
        self._index = [0] * (len(folded) + 1)
        following = len(self._offsets)
        for at in range(len(folded), -1, -1):
            if following and self._offsets[following - 1] == at:
                following -= 1
            self._index[at] = following

    def tail(self, at: int) -> Tail:
        """What stands behind an offset, spaces left out."""
        begin = self._index[at]
        end = begin + WINDOW
        return Tail(self._key[begin:end], self._printed[begin:end], self._offsets[begin:end])
