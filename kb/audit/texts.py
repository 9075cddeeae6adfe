"""Words around figures: clauses, sentences, likeness of two texts."""

from __future__ import annotations

from functools import lru_cache

import regex

from kb.audit.model import Figure, first, matches

NUMBER = regex.compile(r"\d[\d,]*(?:\.\d+)?")


def decimals(quote: str, value: float) -> int:
    """Digits printed behind the point: 2 for `30.00`, 0 for numerals in words."""
    for found in matches(NUMBER, quote):
        printed = found[0].replace(",", "")
        if float(printed) == value:
            return len(printed.partition(".")[2])
    return len(f"{value:.10g}".partition(".")[2]) if value % 1 else 0


def squeezed(text: str) -> str:
    """Without white space; it carries no meaning between Chinese characters and numbers."""
    return "".join(text.split())


@lru_cache(maxsize=16_384)
def bigrams(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters, spaces and punctuation aside."""
    plain = "".join(c for c in text if c.isalnum())
    return frozenset(plain[i : i + 2] for i in range(len(plain) - 1))


def shared(a: str, b: str) -> float:
    """Share of the pairs of the shorter text that the other has too, 0-1."""
    left, right = bigrams(a), bigrams(b)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


SENTENCE_END = regex.compile(r"[。；;\n]")


def sentence(text: str, start: int) -> str:
    """The sentence around an offset."""
    ends = [m.start() for m in matches(SENTENCE_END, text)]
    begin = max((e + 1 for e in ends if e < start), default=0)
    return text[begin : min((e for e in ends if e >= start), default=len(text))].strip()


def paragraph(figure: Figure) -> str:
    """The line of its text that a figure stands in, the whole text where it is not found."""
    text, at = figure.text.text, located(figure)
    if at is None:
        return text
    end = text.find("\n", at[0])
    return text[text.rfind("\n", 0, at[0]) + 1 : end if end >= 0 else len(text)]


PER_PIECE = regex.compile(r"(?:平均)?每(?!年|月|日|季|週|度電)[^\d，。；]{1,6}|單[座台部機支輛廠戶具]")
OVER_PIECE = regex.compile(r"^\s*/\s*(?!年|yr|y\b)")


def per_piece(figure: Figure) -> bool:
    """Whether it is told of one piece: 每件 0.42 公斤, 每戶 420 元, 14.5 公斤/噸."""
    before, behind = clause_around(figure)
    return first(PER_PIECE, before) is not None or first(OVER_PIECE, behind) is not None


def clause_around(figure: Figure) -> tuple[str, str]:
    """Words before and behind a figure up to the next comma, without spaces."""
    text = figure.text.text
    at = located(figure)
    if at is None:
        return squeezed(figure.quote), ""
    start, end = at
    before = text[:start]
    last = first(LAST_COMMA, before)
    behind = first(COMMA, text[end:])
    return squeezed(before[last.end() :] if last else before), squeezed(
        text[end : end + behind.start()] if behind else text[end:]
    )


def near_words(figure: Figure) -> str:
    """The words that belong to this figure and to no other of its clause: up to the next number, comma or 及."""
    before, behind = clause_around(figure)
    head = matches(OTHERS, before)
    cut = max((m.end() for m in head), default=0)
    tail = first(OTHERS, behind)
    return before[cut:][-14:] + (behind[: tail.start()] if tail else behind)[:10]


OTHERS = regex.compile(r"\d|及|與|和|或|暨|並")


COMMA = regex.compile(r"[，、。；;：:（()）\n]|,(?!\d)")
LAST_COMMA = regex.compile(COMMA.pattern, regex.REVERSE)


def located(figure: Figure) -> tuple[int, int] | None:
    """Where the figure stands in its text. Offsets of a case count from its paragraph, so there the quote is looked
    for; None where it is not found."""
    text = figure.text.text
    printed = text[figure.start : figure.end]
    is_there = any(c.isdigit() for c in printed) and printed.strip() in figure.quote
    if is_there and (figure.side != "case" or text.find(figure.quote) in range(max(0, figure.start - 40), figure.end)):
        return figure.start, figure.end
    at = text.find(figure.quote)
    if at < 0:
        return None
    for found in matches(NUMBER, figure.quote):
        if float(found[0].replace(",", "")) == figure.value:
            unit = figure.quote.find(figure.unit, found.end())
            return at + found.start(), at + (unit + len(figure.unit) if unit >= 0 else found.end())
    return at, at + len(figure.quote)
