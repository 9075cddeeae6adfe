"""Items of targets and results: time words that govern figures as the gold schema has it."""

from dataclasses import dataclass
from random import Random
from typing import Any

from tests.roundtrip import codes
from tests.roundtrip.figures import Figure, Manner, Span, phrase
from tests.roundtrip.wording import AMOUNTS, WORDS

Gold = dict[str, Any]
AD = 1911


@dataclass(frozen=True, slots=True)
class Term:
    """ROC years: the measure's period and the report's year."""

    start: int
    end: int
    year: int


@dataclass(frozen=True, slots=True)
class CellText:
    """A target or result: items and figures in the gold schema, and the whole cell as printed."""

    items: list[Gold]
    figures: list[Figure]
    text: str


def cell(rng: Random, numbers: Manner, does: list[str], side: str, term: Term, mark: str, *, nested: bool) -> CellText:  # noqa: PLR0913, PLR0917
    """One to five items; `nested` puts all but the first under an item that ends in a colon."""
    count = rng.choice([1, 2, 3, 3, 5] if side == "result" else [1, 2, 2, 3])
    chosen = rng.sample(does * 2, min(count, 2 * len(does)))
    nest = nested and side == "result" and len(chosen) > 2 and mark in codes.NESTING
    items: list[Gold] = []
    figures: list[Figure] = []
    lines: list[str] = []
    for n, activity in enumerate(chosen, 1):
        sentence, found = _sentence(rng, numbers, activity, side, term)
        if nest and n == 2:
            items.append({"ordinal": "2", "text": "分項辦理情形如下："})
            lines.append(codes.mark(mark, 2) + "分項辦理情形如下：")
        if len(chosen) == 1:
            ordinal, shown = None, ""
        elif nest and n > 1:
            ordinal, shown = f"2.{n - 1}", codes.nested_mark(mark, n - 1)
        else:
            ordinal, shown = str(n), codes.mark(mark, n)
        items.append({"ordinal": ordinal, "text": sentence})
        figures += [{"ordinal": ordinal, **figure} for figure in found]
        lines.append(shown + sentence)
    return CellText(items, figures, "\n".join(lines))


def _sentence(rng: Random, numbers: Manner, activity: str, side: str, term: Term) -> tuple[str, list[Figure]]:
    """One item with one or two figures."""
    is_share = any(amount.kind == "rate" for key, amount in AMOUNTS.items() if f"{{{key}}}" in activity)
    frame, span = rng.choice(_frames(numbers.space, side, term, is_share=is_share))
    text, figure = phrase(rng, numbers, activity, span)
    sentence, figures = frame.format(text), [figure]
    if side == "result" and span.scope == "year" and not is_share and rng.random() < 0.4:
        more, second = phrase(rng, numbers, activity, Span("cumulative"))
        sentence += f"，累計{more}"
        figures.append(second)
    for closing in rng.sample(WORDS["shared"]["closings"], rng.choice([0, 0, 1, 2])):
        sentence += f"，{closing}"
    return sentence + "。", figures


def _frames(space: str, side: str, term: Term, *, is_share: bool) -> list[tuple[str, Span]]:
    """Time words with a slot for what was done, and the span that they mean."""
    year = term.year
    this_year = Span("year", year + AD, year + AD)
    frames = [(f"{year}{space}年{{}}", this_year), (f"{year}{space}年度{{}}", this_year)]
    if side == "target":
        frames += [("每年{}", Span("annual")), ("預計{}", Span("unspecified"))]
    if is_share:
        return frames
    if side == "result":
        frames.append((f"截至{space}{year}{space}年底{{}}", Span("cumulative", None, year + AD)))
    frames.append(("累計{}", Span("cumulative")))
    last = term.end if side == "target" else year
    if term.start < last:
        frames.append((f"{term.start}-{last}{space}年累計{{}}", Span("cumulative", term.start + AD, last + AD)))
    return frames
