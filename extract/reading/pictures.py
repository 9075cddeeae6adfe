"""Pictures inside cases: slides whose figures nobody can read but a person, each said once."""

from __future__ import annotations

from collections.abc import Iterator

from extract.documents.model import Document, Figure
from extract.reading.case_blocks import blocks_by_section
from extract.reading.case_sections import case_sections, highlights
from extract.reading.case_story import title_of
from extract.reading.outline import Outline
from extract.records import Box, Signal

LEAST_SHARE = 0.08
"""Share of its page from which a picture may be a slide with figures; a smaller one is a photograph or a mark."""


def unread_pictures(document: Document, outline: Outline) -> Iterator[Signal]:
    """A signal for each picture of a case that holds no text; `context` is the case's title."""
    areas = {page.number: page.width * page.height for page in document.pages}
    blocks = blocks_by_section(document, outline, highlights(outline))
    for case in case_sections(outline, blocks):
        title = title_of(outline.sections[case.section].heading)
        for block in (block for section in case.inside for block in blocks.get(section, ())):
            if not isinstance(block, Figure) or block.text:
                continue
            if any(_area(box) >= LEAST_SHARE * areas.get(box.page, 0) > 0 for box in block.place.boxes):
                message = "案例中有圖片，圖片裡的文字與數字未讀"
                yield Signal("unread:picture", "info", message, context=title, place=block.place)


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)
