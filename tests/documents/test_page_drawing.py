"""The objects of a page are those that pdfplumber's own layout has, on every sample."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pdfplumber
import pytest
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTImage
from pdfplumber.page import Page
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from extract.documents.pdf_objects import Glyph, PageObjects, Picture
from extract.documents.plumber_source import plumber_objects
from extract.documents.radicals import UNIFIED
from tests.machine import ROOT, SHARED

SAMPLES = [
    *sorted((ROOT / "corpus").glob("*.pdf")),
    *sorted((SHARED / "reports").glob("*.pdf")),
    *sorted((SHARED / "real").glob("*/*.pdf")),
]
MOST_PAGES = 12
SHAPES = ("lines", "rects", "curves")


def stock(page: Page) -> tuple[list[Glyph], list[Picture]]:
    """Glyphs and pictures of pdfplumber's own layout tree."""
    y_top = float(page.mediabox[3])
    glyphs: list[Glyph] = []
    pictures: list[Picture] = []
    for item in leaves(page.layout):
        if isinstance(item, LTChar):
            a, b, _, d, _, baseline = item.matrix
            upright = item.upright and a > 0 and d > 0 and abs(b) < abs(a) * 0.2
            text = item.get_text().translate(UNIFIED)
            box = (item.x0, y_top - item.y1, item.x1, y_top - item.y0)
            glyphs.append(Glyph(text, *box, item.size, y_top - baseline, item.fontname, upright))
        elif isinstance(item, LTImage):
            pictures.append(Picture(item.x0, y_top - item.y1, item.x1, y_top - item.y0))
    return glyphs, pictures


def leaves(item: LTComponent) -> Iterator[LTComponent]:
    """What is in a layout item, in the order drawn."""
    if isinstance(item, LTContainer):
        for part in item:
            yield from leaves(part)
    else:
        yield item


def is_part(edge: tuple[float, ...], whole: tuple[float, ...]) -> bool:
    """Whether an edge lies in another, as the sides of an open frame lie in those of its two boxes."""
    x0, top, x1, bottom = whole
    return x0 <= edge[0] <= edge[2] <= x1 and top <= edge[1] <= edge[3] <= bottom


def compare(ours: PageObjects, page: Page) -> None:
    """Raises AssertionError where the objects of a page are not pdfplumber's."""
    glyphs, pictures = stock(page)
    differ = [(i, pair) for i, pair in enumerate(zip_longest(ours.glyphs, glyphs)) if pair[0] != pair[1]]
    assert not differ, f"page {ours.number}: glyph {differ[0]}"
    assert ours.pictures == pictures
    drawn = {(round(e["x0"], 3), round(e["top"], 3), round(e["x1"], 3), round(e["bottom"], 3)) for e in ours.edges}
    known = {(round(e["x0"], 3), round(e["top"], 3), round(e["x1"], 3), round(e["bottom"], 3)) for e in page.edges}
    assert all(any(is_part(edge, whole) for whole in known) for edge in drawn - known)
    assert bool(drawn) <= any(getattr(page, shape) for shape in SHAPES)


def compare_file(data: bytes) -> int:
    """Compare the first pages of a file; gives how many there were. What one cannot read the other cannot."""
    count = 0
    try:
        with pdfplumber.open(io.BytesIO(data), unicode_norm=None) as pdf:
            pages = pdf.pages[:MOST_PAGES]
            for page, ours in zip(pages, plumber_objects(data), strict=False):
                compare(ours, page)
                page.close()
                count += 1
    except AssertionError:
        raise
    except Exception as theirs:  # noqa: BLE001 - whatever pdfplumber raises on a broken file
        with pytest.raises(type(theirs)):
            list(plumber_objects(data))
    return count


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.name)
def test_samples(path: Path) -> None:
    pages = compare_file(path.read_bytes())
    assert pages or path.parent.name == "torture"


def test_samples_are_there() -> None:
    if not SHARED.exists():
        pytest.skip(f"{SHARED} missing: only corpus/ was compared")
    assert len(SAMPLES) > 60


def drawn(draw: str) -> bytes:
    """A page with hard text, by name."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    text = canvas.beginText(72, 700)
    if draw == "vertical":
        pdfmetrics.registerFont(UnicodeCIDFont("MSung-Light", isVertical=True))
        text.setFont("MSung-Light", 14)
    elif draw == "spaced":
        text.setFont("Helvetica", 11)
        text.setCharSpace(2.5)
        text.setWordSpace(7)
        text.setHorizScale(80)
        text.setRise(4)
    elif draw == "slanted":
        text.setFont("Times-Roman", 11)
        text.setTextTransform(1, 0.1, 0.3, 1, 90, 500)
    elif draw == "mirrored":
        text.setFont("Times-Roman", 11)
        text.setTextTransform(-1, 0, 0, -1, 300, 500)
    text.textLine("減量 12 成果" if draw == "vertical" else "a (b) c \\ 12.5 %")
    canvas.drawText(text)
    canvas.rect(50, 50, 200, 100)
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize("draw", ["vertical", "spaced", "slanted", "mirrored"])
def test_text_set_in_other_ways(draw: str) -> None:
    data = drawn(draw)
    assert compare_file(data) == 1
    (page,) = plumber_objects(data)
    assert len(page.glyphs) > 5
