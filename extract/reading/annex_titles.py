"""Titles of annexes that read like captions: 附表一、執行情形表 behind the last chapter.

Before the last chapter, and inside it, 附表 1 is the caption of a table. A line that no size shows to be a heading is
a title where the table of measures or of comments follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.documents.model import Block, Heading, Paragraph, Table
from extract.reading.caption_lines import read_below, read_caption
from extract.reading.columns import read_columns
from extract.reading.comment_columns import read_columns as read_comment_columns
from extract.reading.headers import headers
from extract.reading.heading_numbers import read_heading_number
from extract.reading.outline_ranks import order_of, rank_of


def is_annex_table(table: Table) -> bool:
    """Whether a table is one that stands in an annex: that of the measures, or of the comments."""
    return read_columns(table).is_annex() or read_comment_columns(headers(table), table) is not None


def annex_titles(blocks: Sequence[Block], headings: dict[int, Heading]) -> dict[int, Heading]:
    """Such titles by block, as headings of the report's largest size."""
    numbers = {i: read_heading_number(h.text.text) for i, h in headings.items()}
    order = order_of([n for n in numbers.values() if n is not None])
    ranks = {i: order[rank_of(n)] for i, n in numbers.items() if n is not None and n.style != "annex"}
    last = max((i for i, rank in ranks.items() if rank == min(ranks.values())), default=len(blocks))
    size = min((headings[i].level for i in ranks), default=1)
    return {
        i: block if isinstance(block, Heading) else Heading(block.text, size)
        for i, block in _called_tables(blocks)
        if i > last and (isinstance(block, Heading) or _opens(blocks[i + 1 :]))
    }


def _called_tables(blocks: Sequence[Block]) -> Iterator[tuple[int, Heading | Paragraph]]:
    """The headings and captions with a number that begin with 附表."""
    for i, block in enumerate(blocks):
        if not isinstance(block, Heading | Paragraph) or not "".join(block.text.text.split()).startswith("附表"):
            continue
        number = read_heading_number(block.text.text)
        is_line = isinstance(block, Heading) or read_caption(block.text) is not None
        if is_line and number is not None and number.style == "annex":
            yield i, block


def _opens(blocks: Iterable[Block]) -> bool:
    """Whether the next block that is no note or unit is an annex's table."""
    following = (b for b in blocks if not isinstance(b, Paragraph) or read_below(b.text.text) is None)
    table = next(following, None)
    return isinstance(table, Table) and is_annex_table(table)
