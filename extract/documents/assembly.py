"""The parts of pages become the blocks of a document: tables and paragraphs put together over page breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.documents.captions import CONTINUED
from extract.documents.cards import Card, split_cards
from extract.documents.joining import join
from extract.documents.model import Block, Figure, Heading, Paragraph, Table
from extract.documents.page_grid import Grid, same_header
from extract.documents.page_tables import PageTable
from extract.documents.wrapping import soft_join

NEAR_EDGE = 0.2
"""Share of the page's height from its edge within which a table may go on over the break."""


@dataclass(slots=True)
class Part:
    """A block before tables are joined over pages: where it begins, how tall its page is, and in which region of the
    page it stands (0 where the page is not set in columns)."""

    page: int
    top: float
    bottom: float
    height: float
    content: Heading | Paragraph | Figure | PageTable
    is_open: bool = False
    x0: float = 0.0
    region: int = 0


def join_parts(parts: Sequence[Part]) -> list[Block]:
    """Blocks with tables and paragraphs put together over page breaks."""
    blocks: list[Block] = []
    grids: list[Grid] = []
    last_table: Part | None = None
    unfinished: tuple[int, Heading | Paragraph] | None = None
    for index, part in enumerate(parts):
        content = part.content
        if isinstance(content, PageTable):
            grid = content.grid()
            if grids and last_table and _same_table(last_table, part, grids, grid, parts[index - 1]):
                grids.append(grid)
                blocks[_slot(blocks) + 1 :] = [b for b in blocks[_slot(blocks) + 1 :] if not _is_printed_again(b)]
                unfinished = None
            else:
                if grids:
                    grown = _close(blocks, grids)
                    unfinished = (unfinished[0] + grown, unfinished[1]) if unfinished else None
                grids = [grid]
                blocks.append(_PENDING)
            last_table = part
            continue
        if isinstance(content, Paragraph):
            is_after_break = (part.page, part.region) != (parts[index - 1].page, parts[index - 1].region)
            if unfinished is not None and part.x0 >= 0 and is_after_break:
                at, before = unfinished
                whole = Paragraph(soft_join(before.text, content.text))
                blocks[at] = whole
                unfinished = (at, whole) if part.is_open else None
                continue
            unfinished = (len(blocks), content) if part.is_open else None
        elif isinstance(content, Heading):
            unfinished = (len(blocks), content) if part.is_open else None
        blocks.append(content)
    if grids:
        _close(blocks, grids)
    return blocks


def _close(blocks: list[Block], grids: Sequence[Grid]) -> int:
    """Puts the whole table in its place, or the cards of one form and their headings; says how many blocks were
    added."""
    at = _slot(blocks)
    above = next((b for b in reversed(blocks[:at]) if isinstance(b, Heading)), None)
    cards: list[Card] = split_cards(grids, above.text) if above is not None else [(None, list(grids))]
    whole: list[Block] = []
    for title, own in cards:
        whole += [Heading(title, above.level)] if title is not None and above is not None else []
        whole += [join(own)] if own else []
    blocks[at : at + 1] = whole
    return len(whole) - 1


_PENDING = Table((), ())
"""Stands for the table whose pages are still being gathered."""


def _slot(blocks: Sequence[Block]) -> int:
    return max(i for i, block in enumerate(blocks) if block is _PENDING)


def _same_table(last: Part, part: Part, grids: Sequence[Grid], grid: Grid, previous: Part) -> bool:
    """Whether a table is the next page of the last one: directly on the next page, as wide, and either headed alike or
    with nothing but the break between them."""
    if part.page != last.page + 1 or grid.width != grids[0].width:
        return False
    if same_header(grids[0], grid):
        return previous is last or isinstance(previous.content, Paragraph) or _is_printed_again(previous.content)
    is_next = previous is last and part.top < NEAR_EDGE * part.height
    if not isinstance(last.content, PageTable) or not isinstance(part.content, PageTable):
        return False
    mine, theirs = last.content.skeleton.xs, part.content.skeleton.xs
    # Columns found in the white stand where the text of each page happens to leave room.
    narrowest = min(b - a for a, b in pairwise(mine))
    reach = max(4.0, 0.45 * narrowest)
    return is_next and len(mine) == len(theirs) and all(abs(a - b) < reach for a, b in zip(mine, theirs, strict=True))


def _is_printed_again(block: Block | PageTable) -> bool:
    """Whether a heading says that what it stands over goes on from the page before: 策略一（續）."""
    return isinstance(block, Heading) and CONTINUED.fullmatch(block.text.text) is not None


def rank_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Headings with their size turned into a level: 1 for the largest."""
    sizes = sorted({b.level for b in blocks if isinstance(b, Heading)}, reverse=True)
    for block in blocks:
        yield replace(block, level=sizes.index(block.level) + 1) if isinstance(block, Heading) else block
