"""Objects of pages by pdfplumber and, under it, pdfminer.

pdfplumber opens the file and knows its pages; `page_drawing` collects what they draw; lines, rectangles and curves go
through pdfplumber, whose edge functions the table finders use.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.layout import LTCurve, LTImage
from pdfplumber.page import Page as PlumberPage
from pdfplumber.utils.exceptions import PdfminerException
from pdfplumber.utils.geometry import obj_to_edges

from extract.documents.open_frames import with_open_frames
from extract.documents.page_drawing import PageDrawer
from extract.documents.pdf_objects import MAX_DOTS, MAX_EDGES, SHORTEST, Edge, PageObjects, Picture

# pdfminer warns once for each odd font or operator of a page; what matters comes back as an exception.
logging.getLogger("pdfminer").setLevel(logging.ERROR)

EDGE_KEYS = ("x0", "x1", "top", "bottom", "width", "height", "orientation", "object_type")
"""What pdfplumber's table functions ask of an edge."""


def plumber_objects(data: bytes, password: str | None = None) -> Iterator[PageObjects]:
    """Objects of each page by pdfplumber. Raises what pdfplumber and pdfminer raise on bad files."""
    with pdfplumber.open(BytesIO(data), password=password or "", unicode_norm=None) as pdf:
        drawer = PageDrawer(pdf.rsrcmgr)
        for page in pdf.pages:
            yield _objects(page, drawer)
            page.close()


def _objects(page: PlumberPage, drawer: PageDrawer) -> PageObjects:
    left, _, right, y_top = (float(edge) for edge in page.mediabox)
    try:
        glyphs, others = drawer.draw(page.page_obj, y_top)
    except Exception as error:
        # As pdfplumber does: whatever pdfminer stumbles over, trusting the file.
        raise PdfminerException(error) from error
    edges: list[Edge] = []
    dots, too_many = 0, False
    items = list(others)
    pictures = [Picture(p.x0, y_top - p.y1, p.x1, y_top - p.y0) for p in items if isinstance(p, LTImage)]
    shapes = (page.process_object(item) for item in items if isinstance(item, LTCurve))
    for drawn in with_open_frames(shape for shape in shapes if _is_seen(shape)):
        found = [{key: edge[key] for key in EDGE_KEYS if key in edge} for edge in obj_to_edges(drawn)]
        edges.extend(found)
        dots += sum(max(edge["width"], edge["height"]) < SHORTEST for edge in found)
        too_many = len(edges) - dots > MAX_EDGES or dots > MAX_DOTS
        if too_many:
            break
    height = float(page.height)
    return PageObjects(page.page_number, left, right, height, glyphs, [] if too_many else edges, pictures, too_many)


def _is_seen(drawn: dict[str, Any]) -> bool:
    """Whether a shape leaves ink: an unstroked, unfilled path (a clip) is no ruling; nor is a white filling."""
    if drawn.get("stroke"):
        return True
    if not drawn.get("fill"):
        return False
    colour = drawn.get("non_stroking_color")
    is_hairline = min(drawn["width"], drawn["height"]) < 3
    return is_hairline or colour not in ((1,), (1, 1, 1), 1)
