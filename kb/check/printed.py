"""Shapes of printed words: where a text seems cut, what kind of thing a cell holds, which codes a report uses."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import regex

TIMEOUT = 1.0
"""Seconds that a pattern may take on one text."""

ENDS = tuple("。！？!?；;：:）)」』】》%％")
"""What a whole sentence ends with; a full stop above all."""
NEVER_FIRST = tuple("，、。；：！？）」』】》,;:!?)%％")
"""What no text begins with."""
NEVER_LAST = tuple("，、（「『【《,(-－–—~～/／")
"""What no whole text ends with."""
CUT_START = regex.compile(r"(?:[萬億]?公[噸秉里頃]|[家場人戶廠]次|[%％°]|[之的及與或者]|等[，。])")
"""What a text begins with that lost its first words."""
CUT_END = regex.compile(r"(?:[的之及與或為於約達逾共至]|\p{Han}[\d,.]*[\d,.])$")
"""What a text ends with that lost its last words."""
CUT_LINE = regex.compile(
    r"[^\s。；;：:！？!?)）」』】、，,]\n\s*(?![(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、．]|[●•‧·※◆■○-]|[①-⑳]|註|備註|說明)(?=\S)"
)
"""A line that ends in the middle of a sentence, before one that goes on."""
PAIRS = (("（", "）"), ("「", "」"), ("『", "』"), ("【", "】"), ("《", "》"))

INNER_MARK = regex.compile(r"(?<=[。；;])\s*(?:[(（]\d{1,2}[)）]|\d{1,2}[.．、](?!\d)|[①-⑳])")
LONGEST_REPEAT = 12
"""Characters that do not come twice in one sentence of prose by chance; a cell that was read twice repeats more."""
NUMERALS = "一二三四五六七八九十"


@lru_cache(maxsize=20_000)
def folded(text: str | None) -> str:
    """Without white space, full-width forms as ASCII."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())


def is_open(text: str) -> bool:
    """Whether a bracket or quotation mark in it has no partner; item marks such as `1)` need none."""
    bare = unicodedata.normalize("NFKC", text).replace("(", "（").replace(")", "）")
    bare = regex.sub(r"(?<![（\w])[\dA-Za-z一二三四五六七八九十]{1,2}）", "", bare, timeout=TIMEOUT)
    return any(bare.count(left) != bare.count(right) for left, right in PAIRS)


def begins_amid(text: str) -> bool:
    """Whether the text begins as no text does."""
    bare = text.lstrip()
    return bare.startswith(NEVER_FIRST) or CUT_START.match(bare, timeout=TIMEOUT) is not None


def ends_amid(text: str) -> bool:
    """Whether the text ends as no text does."""
    bare = text.rstrip()
    return bare.endswith(NEVER_LAST) or CUT_END.search(bare[-12:], timeout=TIMEOUT) is not None


def is_ended(text: str) -> bool:
    """Whether the last character closes a sentence."""
    return text.rstrip().endswith(ENDS)


def repeated(text: str) -> str | None:
    """Words of `LONGEST_REPEAT` characters or more that come twice, None where there are none."""
    words = folded(text)
    seen: dict[str, int] = {}
    for start in range(len(words) - LONGEST_REPEAT + 1):
        piece = words[start : start + LONGEST_REPEAT]
        first = seen.setdefault(piece, start)
        if first + LONGEST_REPEAT <= start:
            return piece
    return None


def code_pattern(codes: Iterable[str]) -> regex.Pattern[str] | None:
    """A pattern for codes of the shapes given, 農-2-1 or 1.1.1, standing alone; None where the codes have one part
    alone, since such a code may be any number."""
    shapes = {_shape(code) for code in codes}
    shapes.discard("")
    if not shapes:
        return None
    return regex.compile(
        rf"(?<![0-9A-Za-z.\-])(?:{'|'.join(sorted(shapes, key=len, reverse=True))})(?![\d%％]|[.\-]\d)"
    )


def _shape(code: str) -> str:
    parts = regex.findall(r"\d+|[一二三四五六七八九十]+|[A-Za-z]+|.", code.split("#", maxsplit=1)[0])
    if sum(p.isdigit() or p[0] in NUMERALS for p in parts) < 2 or (len(parts) == 3 and parts[1] == "."):
        return ""
    return "".join(
        r"\d{1,2}" if p.isdigit() else f"[{NUMERALS}]{{1,3}}" if p[0] in NUMERALS else regex.escape(p) for p in parts
    )


def kind_of_cell(text: str) -> str:
    """What a cell holds by its looks alone: `blank`, `period`, `money`, `text`, `agencies` or `words`."""
    words = folded(text)
    if not words or regex.fullmatch(r"[-–—－─/無]+", words, timeout=TIMEOUT):
        return "blank"
    if regex.fullmatch(
        r"(?:民國)?\d{2,4}年?度?(?:\d{1,2}月)?(?:[-~–—－至到]\d{2,4}年?度?(?:\d{1,2}月)?)?", words, timeout=TIMEOUT
    ):
        return "period"
    if regex.fullmatch(
        r"[\d,.%()/、:;]+(?:[兆億萬千仟百]*元)?[\d,.%()/、:;兆億萬千仟百元執行率]*", words, timeout=TIMEOUT
    ):
        return "money"
    if "。" in words or len(words) > 60:
        return "text"
    if regex.search(r"(?:部|署|局|處|會|院|府|所|公司|中心)(?:\W|$)", words, timeout=TIMEOUT) and len(words) < 60:
        return "agencies"
    return "words"
