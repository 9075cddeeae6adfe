"""Which heading style stands over which, read off the report itself.

Official papers nest 壹 / 一 / (一) / 1. / (1); some nest 第一章 / 一、, 1. / 1.1 / 1.1.1, or 1.1 / 一、. A style
that begins anew with 1 right under another one lies inside it: what is counted here is how often that happens.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extract.documents.numbering import ORDER, Numbering

Rank = str
"""A numbering style; codes such as 1.1 and 1.1.1 are one rank for each number of parts."""


def rank_of(numbering: Numbering) -> Rank:
    """The rank that a heading's number belongs to."""
    return f"decimal{len(numbering.parts)}" if numbering.style == "decimal" else numbering.style


def default_order() -> list[Rank]:
    """The ranks as official papers nest them, larger first."""
    order: list[Rank] = []
    for style in ORDER:
        order.extend([f"decimal{n}" for n in range(1, 7)] if style == "decimal" else [style])
    return order


def order_of(numbers: Sequence[Numbering]) -> dict[Rank, int]:
    """The place of each rank in a report with these heading numbers, in reading order; 0 is the largest."""
    inside: Counter[tuple[Rank, Rank]] = Counter()
    for above, below in pairwise(numbers):
        if below.parts[-1] == 1 and rank_of(above) != rank_of(below):
            inside[rank_of(above), rank_of(below)] += 1
    order = default_order()
    for _ in range(len(order)):
        moved = False
        for j in range(1, len(order)):
            for i in range(j):
                if inside[order[j], order[i]] > inside[order[i], order[j]] and "annex" not in {order[i], order[j]}:
                    order.insert(i, order.pop(j))
                    moved = True
                    break
        if not moved:
            break
    return {rank: place for place, rank in enumerate(order)}
