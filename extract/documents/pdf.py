"""A PDF becomes a `Document`: pages, headings, paragraphs, whole tables and figures, in reading order."""

from __future__ import annotations

import hashlib
import struct
import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from extract.documents.assembly import Part, join_parts, rank_headings
from extract.documents.flow import body_size
from extract.documents.furniture import PageLines, sort_out
from extract.documents.lines import Line, make_lines
from extract.documents.margins import Margins
from extract.documents.model import Document, Page
from extract.documents.page_columns import find_regions
from extract.documents.page_parts import parts_of, pictures_of
from extract.documents.page_tables import PageTable, find_page_tables
from extract.documents.pdf_objects import Glyph, ObjectSource, PageObjects, PlacedGlyph
from extract.documents.places import GlyphPlaces
from extract.documents.plumber_source import plumber_objects
from extract.documents.regions import Regions
from extract.errors import Broken, ExtractError, NoText, PasswordNeeded, TooLarge
from extract.records import Signal

MOST_PAGES = 2_000
"""The longest report has some 200 pages; a file with more is something else."""
MOST_GLYPHS_A_PAGE = 60_000
"""A full A3 page of small print has 10,000 characters."""
DRAWN_AGAIN = 0.12
"""A glyph at most this share of its size beside the same one is the same, drawn twice to look bold."""
WIDEST_AGAIN = 6.0
"""The same in points, whatever the size."""
BAD_FILE = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    zlib.error,
    struct.error,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    OverflowError,
    RecursionError,
    ZeroDivisionError,
    NotImplementedError,
)
"""What pdfminer raises on damaged files: its own errors and, where it trusts the file, Python's."""


@dataclass(slots=True)
class _Read:
    """One page while the document is put together."""

    objects: PageObjects
    tables: list[PageTable]
    regions: Regions
    lines: list[Line]
    rotated: list[Glyph] = field(default_factory=list)
    unreadable: int = 0


def read_pdf(
    name: str,
    data: bytes,
    *,
    password: str | None = None,
    source: ObjectSource = plumber_objects,
) -> Document:
    """The document in a PDF file. Raises `PasswordNeeded`, `Broken`, `TooLarge` or `NoText`, with name and page."""
    places = GlyphPlaces()
    pages: list[_Read] = []
    margins = Margins()
    for objects in _objects(name, data, password, source):
        pages.append(_read_page(objects, places, pages[-1].tables if pages else [], margins))
    _require_text(name, pages)
    furnished = sort_out([PageLines(p.objects.height, tuple(p.lines)) for p in pages])
    size = body_size([f.body for f in furnished])
    parts: list[Part] = []
    for page, sorted_out in zip(pages, furnished, strict=True):
        parts.extend(parts_of(page.objects, page.tables, page.regions, sorted_out.body, size))
    return Document(
        name=name,
        media_type="application/pdf",
        sha256=hashlib.sha256(data).hexdigest(),
        blocks=tuple(rank_headings(join_parts(parts))),
        origins=places,
        pages=tuple(
            Page(p.objects.number, f.label, p.objects.width, p.objects.height)
            for p, f in zip(pages, furnished, strict=True)
        ),
        contents=tuple(line.text for f in furnished for line in f.contents),
        furniture=tuple(line.text for f in furnished for line in f.furniture),
        signals=tuple(_signals(pages)),
    )


def _objects(name: str, data: bytes, password: str | None, source: ObjectSource) -> Iterator[PageObjects]:
    """Pages from the source, with its many exceptions turned into ours."""
    number = 0
    try:
        for objects in source(data, password):
            number = objects.number
            if number > MOST_PAGES:
                raise TooLarge(name, f"more than {MOST_PAGES} pages", "split the file and read the annex alone")
            if len(objects.glyphs) > MOST_GLYPHS_A_PAGE:
                raise TooLarge(
                    name, f"{len(objects.glyphs)} characters on one page", "print the file to PDF anew", page=number
                )
            yield objects
    except ExtractError:
        raise
    except BAD_FILE as error:
        cause = error.args[0] if isinstance(error, PdfminerException) and error.args else error
        if isinstance(cause, MemoryError):
            raise TooLarge(
                name, "takes more memory than there is", "split it, or print it to PDF anew", page=number + 1
            ) from error
        if isinstance(cause, PDFPasswordIncorrect):
            fact = "the password is wrong" if password else "the file is encrypted and asks for a password"
            raise PasswordNeeded(name, fact, "give the right one with --password") from error
        if isinstance(cause, PDFEncryptionError):
            raise PasswordNeeded(
                name, f"its encryption cannot be opened ({_words(cause)})", "save it without protection"
            ) from error
        raise Broken(
            name,
            f"the PDF is damaged ({_words(cause)})",
            "open it in a viewer and print it to PDF anew, or download it again",
            page=number + 1 if number else None,
        ) from error
    if number == 0:
        raise Broken(name, "the PDF has no pages", "download it again")


def _words(error: object) -> str:
    """What an exception says, its type where it says nothing."""
    words = " ".join(str(error).split())[:120]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__


def _read_page(objects: PageObjects, places: GlyphPlaces, before: Sequence[PageTable], margins: Margins) -> _Read:
    """Glyphs of a page to tables and lines. `margins` are the edges of the pages before; its own are added."""
    glyphs: list[PlacedGlyph] = []
    rotated: list[Glyph] = []
    seen: dict[tuple[str, int, int], Glyph] = {}
    unreadable = 0
    for glyph in objects.glyphs:
        if _is_unreadable(glyph.text):
            unreadable += 1
            continue
        if not glyph.upright:
            rotated.append(glyph)
            continue
        is_on_page = glyph.x1 >= objects.left and glyph.x0 <= objects.right and glyph.bottom >= 0
        if not is_on_page or glyph.top > objects.height:
            continue
        if _is_drawn_again(glyph, seen):
            continue
        glyphs.append(PlacedGlyph(glyph, places.add(objects.number, glyph)))
    body, edges = margins.take_off(glyphs, objects.edges)
    tables, frames = find_page_tables(objects.number, edges, body, before[-1] if before else None)
    taken = frozenset().union(*(t.glyphs for t in tables)) if tables else frozenset()
    rest = [g for g in glyphs if g.number not in taken]
    regions = find_regions(rest, [t.box for t in tables], pictures_of(objects), frames)
    lines = [line for part in regions.part(rest) for line in make_lines(part)]
    return _Read(objects, tables, regions, lines, rotated, unreadable)


def _is_unreadable(text: str) -> bool:
    """Whether a font gives no character for a glyph: a control character, or pdfminer's (cid:12)."""
    return text.startswith("(cid:") or (
        len(text) == 1 and unicodedata.category(text) in ("Cc", "Co", "Cn") and not text.isspace()
    )


def _is_drawn_again(glyph: Glyph, seen: dict[tuple[str, int, int], Glyph]) -> bool:
    """Whether a glyph repeats one drawn a hair beside it, the way some programs make text bold."""
    if glyph.text.isspace():
        return False
    reach = min(DRAWN_AGAIN * glyph.size, WIDEST_AGAIN)
    for x in range(int((glyph.x0 - reach) // 2), int((glyph.x0 + reach) // 2) + 1):
        for y in range(int((glyph.top - reach) // 2), int((glyph.top + reach) // 2) + 1):
            other = seen.get((glyph.text, x, y))
            if other and abs(other.x0 - glyph.x0) <= reach and abs(other.top - glyph.top) <= reach:
                return True
    seen[glyph.text, int(glyph.x0 // 2), int(glyph.top // 2)] = glyph
    return False


def _require_text(name: str, pages: Sequence[_Read]) -> None:
    if any(p.objects.glyphs for p in pages):
        return
    pictured = next((p.objects.number for p in pages if p.objects.pictures), None)
    if pictured is not None:
        raise NoText(
            name,
            "the pages are pictures without text (a scan)",
            "run OCR on it first, or get the text PDF",
            page=pictured,
        )
    raise NoText(name, "no text on any page", "check that it is the right file")


def _signals(pages: Sequence[_Read]) -> Iterator[Signal]:
    for page in pages:
        number = page.objects.number
        if page.objects.too_many_edges:
            yield Signal("unread:drawing", "warning", f"第 {number} 頁線條過多，未尋找表格", context=f"p{number}")
        if page.unreadable:
            message = f"第 {number} 頁有 {page.unreadable} 個字元，字型未說明是什麼字，未讀入"
            yield Signal("unread:glyphs", "warning", message, context=f"p{number}")
        if page.rotated:
            words = "".join(g.text for g in page.rotated)
            yield Signal("unread:rotated-text", "info", f"第 {number} 頁有轉向的文字未讀入", words[:200], f"p{number}")
        if not page.objects.glyphs and page.objects.pictures:
            yield Signal("unread:picture-page", "warning", f"第 {number} 頁只有圖片，沒有文字", context=f"p{number}")
