"""Which blocks belong to the cases: all under their headings, up to where the chapter ends though no heading says so.

An annex whose title was not seen as a heading falls under the last case: its own table, or a line 附件一、… or
第五章 …, ends the case there, and what is headed below it is no case.
"""

from __future__ import annotations

from collections.abc import Iterable

from extract.documents.model import Block, Document, Heading, Paragraph, Table
from extract.documents.numbering import read_numbering
from extract.reading.annex_titles import is_annex_table
from extract.reading.caption_lines import read_caption
from extract.reading.outline import Outline

LONGEST_TITLE = 40
"""Characters of a line that may be the title of an annex or chapter."""


def blocks_by_section(document: Document, outline: Outline, tops: Iterable[int]) -> dict[int, list[Block]]:
    """The blocks of each section; within the sections `tops` those behind the end of the chapter are left out, and
    sections that begin behind it."""
    inside = set(tops)
    blocks: dict[int, list[Block]] = {section: [] for section in range(len(outline.sections))}
    over: int | None = None
    started: set[int] = set()
    for block, section in zip(document.blocks, outline.section_of, strict=True):
        if section is None:
            continue
        path = outline.path(section)
        if over not in path:
            over = None
        is_inside = bool(inside & set(path))
        if over is None and is_inside and _ends(block):
            if section not in inside:
                over = section
            continue
        if over is None:
            blocks[section].append(block)
            started.add(section)
        elif section not in started:
            blocks.pop(section, None)
    return blocks


def _ends(block: Block) -> bool:
    """Whether a block cannot be a case's: the table of measures or of comments, or the title of an annex or chapter."""
    if isinstance(block, Table):
        return is_annex_table(block)
    if not isinstance(block, Paragraph | Heading) or len(block.text) > LONGEST_TITLE or "。" in block.text.text:
        return False
    numbering = read_numbering(block.text.text)
    is_title = numbering is not None and numbering.style in {"annex", "chapter"} and numbering.length < len(block.text)
    return is_title and read_caption(block.text) is None
