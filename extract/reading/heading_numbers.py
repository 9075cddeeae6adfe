"""The number of a heading, also one that nothing but a blank parts from the words: 壹　摘要, 一 執行概況.

A heading whose letters are set apart, 一 般 說 明 or 參 考 文 獻, has no number.
"""

from __future__ import annotations

import regex

from extract.documents.numbering import Numbering, han_number, read_heading_numbering
from extract.reading.vocabulary import TIMEOUT

_APART = regex.compile(
    r"\s*(?:(?P<formal>[壹貳參叁参肆伍陸柒捌玖拾]{1,3})|(?P<han>[一二三四五六七八九十]{1,3}))[ \u3000]+"
    r"(?=[\p{Han}A-Za-z0-9「『])"
)
_SPACED = regex.compile(r"\p{Han}[ \u3000]+\p{Han}(?:[ \u3000]|$)")
_WORDS = ("參考", "參照", "參與", "參採", "參訪", "參加")
"""Words that begin like a number."""


def read_heading_number(text: str) -> Numbering | None:
    """The number that a heading begins with, or None."""
    if (numbering := read_heading_numbering(text)) is not None:
        return numbering
    match = _APART.match(text, timeout=TIMEOUT)
    if match is None:
        return None
    if _SPACED.match(text, match.end()) and (match["han"] or "".join(text.split()).startswith(_WORDS)):
        return None
    printed = match["formal"] or match["han"]
    value = han_number(printed)
    return Numbering(printed, "formal" if match["formal"] else "han", (value,), match.end()) if value else None
