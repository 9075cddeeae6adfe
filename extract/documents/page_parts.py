"""The blocks of one page as parts: its tables, pictures and texts, region by region, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from extract.documents.assembly import Part
from extract.documents.flow import goes_on, make_blocks, page_style
from extract.documents.lines import Line
from extract.documents.model import Figure, Paragraph, concat
from extract.documents.page_tables import PageTable
from extract.documents.pdf_objects import PageObjects
from extract.documents.regions import Extent, Regions
from extract.records import Box, Place

SMALLEST_PICTURE = 40.0
"""Points of width and height under which a picture is an ornament."""


def pictures_of(objects: PageObjects) -> list[Extent]:
    """The boxes of the pictures that are no ornaments."""
    return [
        (p.x0, p.top, p.x1, p.bottom)
        for p in objects.pictures
        if p.x1 - p.x0 >= SMALLEST_PICTURE and p.bottom - p.top >= SMALLEST_PICTURE
    ]


def parts_of(
    objects: PageObjects, tables: Sequence[PageTable], regions: Regions, body: Sequence[Line], size: float
) -> list[Part]:
    """The parts of a page from its tables and the lines of its text; `size` is that of running text in points."""
    number, height = objects.number, objects.height
    parts = [Part(number, t.box[1], t.box[3], height, t, region=regions.of(*t.box)) for t in tables]
    for box in pictures_of(objects):
        figure = Figure(Place((Box(number, *box),)))
        parts.append(Part(number, box[1], box[3], height, figure, region=regions.of(*box)))
    found: list[Part] = []
    for region, lines in groupby(body, key=lambda line: regions.of(line.x0, line.top, line.x1, line.bottom)):
        own = list(lines)
        if regions.is_box(region):
            words = Paragraph(concat([line.text for line in own], "\n"))
            found.append(Part(number, own[0].top, own[0].top, height, words, x0=-1.0, region=region))
            continue
        style = page_style(own, size, objects.width, is_column=regions.is_column(region))
        breaks = sorted(p.top for p in parts if p.region == region)
        for stretch in _stretches(own, breaks):
            for top, block, is_open in make_blocks(stretch, style):
                first = next(line for line in stretch if line.top == top)
                part = Part(number, top, top, height, block, is_open, first.x0, region)
                if isinstance(block, Paragraph) and not goes_on(first.x0, style, block.text):
                    part.x0 = -1.0
                if regions.is_picture(region):  # a caption goes on nowhere
                    part.x0, part.is_open = -1.0, False
                found.append(part)
    return sorted([*parts, *found], key=lambda p: (p.region, p.top))


def _stretches(lines: Sequence[Line], breaks: Sequence[float]) -> list[list[Line]]:
    """Lines between the tables and pictures of a page: a paragraph does not run through one."""
    stretches: list[list[Line]] = [[]]
    for line in lines:
        if stretches[-1] and any(stretches[-1][-1].top < at <= line.top for at in breaks):
            stretches.append([])
        stretches[-1].append(line)
    return [s for s in stretches if s]
