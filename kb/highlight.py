"""Where a query's words stand in a text as printed, and the part of a long text that shows them."""

from __future__ import annotations

from dataclasses import dataclass

from kb.search import terms
from kb.text import fold_with_origins, spellings

Span = tuple[int, int]
"""Half-open offsets in a text as printed."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the spans in it that a query found; spans in order, apart from each other."""

    text: str
    spans: tuple[Span, ...]

    def pieces(self) -> list[tuple[str, bool]]:
        """The text in order, cut where a span begins or ends; True for what was found."""
        found: list[tuple[str, bool]] = []
        at = 0
        for start, end in self.spans:
            found += [(self.text[at:start], False), (self.text[start:end], True)]
            at = end
        return [(text, is_hit) for text, is_hit in [*found, (self.text[at:], False)] if text]


def mark(text: str, query: str) -> Marked:
    """All places of the query's words in the text, found as the index finds them."""
    folded, origins = fold_with_origins(text)
    spans: list[Span] = []
    for term in terms(query):
        for spelling in spellings(term):
            at = folded.find(spelling) if spelling else -1
            while at >= 0:
                spans.append((origins[at], origins[at + len(spelling) - 1] + 1))
                at = folded.find(spelling, at + len(spelling))
    return Marked(text, _merged(spans))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


def passage(text: str, query: str, width: int = 90) -> Marked:
    """The part of about `width` characters that shows most of the words, `…` where it was cut; the beginning where the
    text has none of them."""
    whole = mark(text, query)
    if len(text) <= width:
        return whole
    start = _densest(whole.spans, width)
    end = min(len(text), start + width)
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    # A span that the end cuts is shown as far as it goes.
    spans = tuple((s + shift, min(e, end) + shift) for s, e in whole.spans if s >= start and s < end)
    return Marked(before + text[start:end] + after, spans)


def _densest(spans: tuple[Span, ...], width: int) -> int:
    """Start of the window that covers the most found characters, a quarter of its width before its first span."""
    if not spans:
        return 0
    best, best_sum, total, last = 0, 0, 0, 0
    room = width * 3 // 4
    for first, (start, end) in enumerate(spans):
        while last < len(spans) and spans[last][1] <= start + room:
            total += spans[last][1] - spans[last][0]
            last += 1
        if total > best_sum:
            best, best_sum = start, total
        if last > first:
            total -= end - start
        else:
            last = first + 1
    return max(0, (best if best_sum else spans[0][0]) - width // 4)
