"""Lines that stand by a table or picture: 表 1、…, 圖 2-1：…, 資料來源：…, 註 1：…, 單位：….

A sentence that begins with 圖 3 顯示 is no caption; a caption is short and ends without 。.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import regex

from extract.documents.model import PlacedText

LONGEST_CAPTION = 90
"""Characters."""

_NUMBER = (
    r"[0-9０-９]{1,3}(?:\s*[-－–—‐.．]\s*[0-9０-９]{1,3}){0,2}"
    r"|[一二三四五六七八九十]{1,3}(?:[-－]\d{1,2})?|[A-Z]-?\d{1,2}"
)
_CAPTION = regex.compile(
    rf"\s*[【〈《(（]?\s*附?(表|圖)\s*({_NUMBER})?\s*([】〉》)）、.．:：]|\s+|(?=\p{{Han}}))\s*(\S.*)", regex.DOTALL
)
_PROSE = regex.compile(r"^(?:顯示|所示|可知|為例|中|呈現|說明|列出|係|是|即|則|之|及表|及圖|、表|、圖|與)")
_BELOW = regex.compile(
    r"\s*[【\[(（]?\s*(?:(資料來源|圖片來源|數據來源|來源)|(註|備註|附註|說明|注)|(單位))"
    r"\s*((?:\d{1,2}|[一二三四五六七八九十])?)\s*[】\])）]?\s*[：:、.．]\s*(.*)",
    regex.DOTALL,
)
_NOTE_NUMBER = regex.compile(r"\s*(?:註|注)\s*(?:\d{1,2}|[一二三四五六七八九十])\s+(.*)", regex.DOTALL)


@dataclass(frozen=True, slots=True)
class CaptionLine:
    """A caption: `number` as printed without spaces, None for 圖、…; `words` without the number."""

    kind: Literal["table", "figure"]
    number: str | None
    words: str


@dataclass(frozen=True, slots=True)
class BelowLine:
    """A source, note or unit; `words` without the mark for a source, with it for a note or unit."""

    kind: Literal["source", "note", "unit"]
    words: str


def read_caption(text: PlacedText) -> CaptionLine | None:
    """The caption on a line, or None."""
    line = " ".join(text.text.split("\n")).strip()
    if len(line) > LONGEST_CAPTION or not line.lstrip("【〈《(（ 附").startswith(("表", "圖")):
        return None
    match = _CAPTION.fullmatch(line)
    if match is None:
        return None
    kind, number, mark, words = match.groups()
    words = words.strip()
    if words.endswith(("。", "；")) or "。" in words or not words:
        return None
    if number is None and mark not in {"、", "：", ":", "."}:
        return None
    is_marked = mark.strip() in set("、.．:：】〉》)）") and mark.strip() != ""
    if not is_marked and _PROSE.match(words):
        return None
    return CaptionLine("table" if kind == "表" else "figure", "".join(number.split()) if number else None, words)


def read_below(line: str) -> BelowLine | None:
    """The source, note or unit on a line, or None."""
    match = _BELOW.fullmatch(line)
    if match is None:
        return BelowLine("note", line.strip()) if _NOTE_NUMBER.fullmatch(line) else None
    source, _, unit, _, words = match.groups()
    if source:
        return BelowLine("source", words.strip())
    return BelowLine("unit" if unit else "note", line.strip())
