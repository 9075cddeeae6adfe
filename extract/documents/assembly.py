"""The parts of pages become the blocks of a document: tables and paragraphs put together over page breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.documents.captions import CONTINUED, is_caption
from extract.documents.cards import Card, begins_anew, split_cards
from extract.documents.joining import join
from extract.documents.model import Block, Figure, Heading, Paragraph, Table
from extract.documents.page_grid import Grid, same_header
from extract.documents.page_tables import PageTable
from extract.documents.wrapping import soft_join

LONGEST_LINE = 40
"""Characters of a line at the edge of a page that is neither table nor prose."""
NOTE = re.compile(r"\s*(?:註|備註|附註|[※*＊]|[（(]?\d{1,2}[)）]?\s)")
"""How a note to a table, or at the foot of a page, begins."""
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
    last_table = 0
    unfinished: tuple[int, Heading | Paragraph] | None = None
    for index, part in enumerate(parts):
        content = part.content
        if isinstance(content, PageTable):
            grid = content.grid()
            if grids and _same_table(parts[last_table : index + 1], grids, grid):
                grids.append(grid)
                blocks[_slot(blocks) + 1 :] = [b for b in blocks[_slot(blocks) + 1 :] if not _is_printed_again(b)]
                unfinished = None
            else:
                if grids:
                    grown = _close(blocks, grids)
                    unfinished = (unfinished[0] + grown, unfinished[1]) if unfinished else None
                grids = [grid]
                blocks.append(_PENDING)
            last_table = index
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
    line = blocks[at - 1] if at else None
    cards: list[Card] = [(None, list(grids))]
    for over in (line, above):
        if len(cards) == 1 and isinstance(over, Heading | Paragraph):
            cards = split_cards(grids, over.text)
            title_like = over
    whole: list[Block] = []
    for title, own in cards:
        whole += [replace(title_like, text=title)] if title is not None else []
        whole += [join(own)] if own else []
    blocks[at : at + 1] = whole
    return len(whole) - 1


_PENDING = Table((), ())
"""Stands for the table whose pages are still being gathered."""


def _slot(blocks: Sequence[Block]) -> int:
    return max(i for i, block in enumerate(blocks) if block is _PENDING)


def _same_table(parts: Sequence[Part], grids: Sequence[Grid], grid: Grid) -> bool:
    """Whether the last of some parts is the next page of the table that is the first of them: directly on the next
    page, as wide, and either headed alike, with no more than notes and captions between, or with nothing but the break
    between them."""
    last, *between, part = parts
    if part.page != last.page + 1 or grid.width != grids[0].width or begins_anew(grids[0].rows, grid.rows):
        return False
    if same_header(grids[0], grid):
        return all(_may_stand_between(other.content) for other in between)
    is_next = not between and part.top < NEAR_EDGE * part.height
    if not isinstance(last.content, PageTable) or not isinstance(part.content, PageTable):
        return False
    mine, theirs = last.content.skeleton.xs, part.content.skeleton.xs
    # Columns found in the white stand where the text of each page happens to leave room.
    narrowest = min(b - a for a, b in pairwise(mine))
    reach = max(4.0, 0.45 * narrowest)
    return is_next and len(mine) == len(theirs) and all(abs(a - b) < reach for a, b in zip(mine, theirs, strict=True))


def _may_stand_between(block: Block | PageTable) -> bool:
    """Whether a block may stand between two pages of a table: a heading printed again, a caption, a note, or a line at
    the edge of a page."""
    if not isinstance(block, Paragraph):
        return _is_printed_again(block)
    text = block.text.text
    is_note = is_caption(text) or NOTE.match(text) is not None
    return is_note or len(text) <= LONGEST_LINE


def _is_printed_again(block: Block | PageTable) -> bool:
    """Whether a heading says that what it stands over goes on from the page before: 策略一（續）."""
    return isinstance(block, Heading) and CONTINUED.fullmatch(block.text.text) is not None


def rank_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Headings with their size turned into a level: 1 for the largest."""
    sizes = sorted({b.level for b in blocks if isinstance(b, Heading)}, reverse=True)
    for block in blocks:
        yield replace(block, level=sizes.index(block.level) + 1) if isinstance(block, Heading) else block
