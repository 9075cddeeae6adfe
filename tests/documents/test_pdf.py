"""Whole documents from page objects, and what is said of files that make none."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator

import pytest
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.psexceptions import PSEOF
from pdfplumber.utils.exceptions import PdfminerException
from reportlab.pdfgen.canvas import Canvas

from extract.documents import pdf
from extract.documents.model import Figure, PlacedText
from extract.documents.pdf import read_pdf
from extract.documents.pdf_objects import MAX_EDGES, ObjectSource, PageObjects, Picture
from extract.documents.places import GlyphPlaces
from extract.documents.plumber_source import plumber_objects
from extract.documents.radicals import UNIFIED
from extract.errors import Broken, ExtractError, NoText, PasswordNeeded, TooLarge
from extract.records import NOWHERE, Box, Place
from tests.documents.drawing import Sheet, cells, document, shapes, tables

LINE = "本部門推動公共運輸與運具電動化並強化需求管理"


def drawn_by(draw: Callable[[Canvas], object]) -> list[PageObjects]:
    """What pdfplumber finds on the pages of a PDF that a canvas draws."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.setFont("Helvetica", 12)
    draw(canvas)
    canvas.save()
    return list(plumber_objects(file.getvalue()))


class TestObjectsOfAPage:
    def test_glyphs_know_their_place_from_the_top_left(self) -> None:
        (page,) = drawn_by(lambda c: c.drawString(100, 742, "HI"))
        assert (page.number, page.width, page.height) == (1, 595, 842)
        first, second = page.glyphs
        assert (first.text, first.x0, first.baseline, first.size, first.font) == ("H", 100, 100, 12, "Helvetica")
        assert (second.text, second.x0, second.upright) == ("I", first.x1, True)
        assert first.top < 100 <= first.bottom

    def test_radicals_that_fonts_map_to_are_characters(self) -> None:
        assert "⽉⽇車⾞".translate(UNIFIED) == "月日車車"

    def test_turned_text_is_known_as_such(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.translate(100, 100)
            canvas.rotate(90)
            canvas.drawString(0, 0, "on")

        (page,) = drawn_by(draw)
        assert [g.upright for g in page.glyphs] == [False, False]

    def test_lines_and_rectangles_are_edges(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.line(50, 742, 250, 742)
            canvas.rect(50, 642, 100, 50)

        (page,) = drawn_by(draw)
        assert sorted((e["orientation"], e["x0"], e["top"], e["x1"], e["bottom"]) for e in page.edges) == [
            ("h", 50, 100, 250, 100),
            ("h", 50, 150, 150, 150),
            ("h", 50, 200, 150, 200),
            ("v", 50, 150, 50, 200),
            ("v", 150, 150, 150, 200),
        ]

    def test_what_leaves_no_ink_is_no_edge(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.rect(50, 642, 100, 50, stroke=0, fill=0)
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(50, 542, 100, 50, stroke=0, fill=1)

        (page,) = drawn_by(draw)
        assert page.edges == []

    def test_a_shading_and_a_hairline_rectangle_leave_edges(self) -> None:
        def draw(canvas: Canvas) -> None:
            canvas.setFillColorRGB(0.8, 0.9, 0.8)
            canvas.rect(50, 642, 100, 50, stroke=0, fill=1)
            canvas.setFillColorRGB(1, 1, 1)
            canvas.rect(50, 542, 100, 0.5, stroke=0, fill=1)

        (page,) = drawn_by(draw)
        assert len(page.edges) == 8

    def test_a_drawing_of_too_many_lines_has_none(self) -> None:
        def draw(canvas: Canvas) -> None:
            for number in range(MAX_EDGES + 2):
                canvas.line(50, 100 + number % 600, 250, 100 + number % 600)

        (page,) = drawn_by(draw)
        assert (page.edges, page.too_many_edges) == ([], True)


class TestPages:
    def test_glyphs_drawn_four_times_are_one(self) -> None:
        sheet = Sheet()
        for shift in (0.0, 0.2, 0.4, 0.6):
            sheet.write(72 + shift, 100, LINE)
        assert shapes(sheet) == [("paragraph", LINE)]

    def test_a_character_that_really_comes_twice_stays(self) -> None:
        sheet = Sheet()
        sheet.write(72, 100, "年年減量")
        assert shapes(sheet) == [("paragraph", "年年減量")]

    def test_glyphs_off_the_page_are_not_seen(self) -> None:
        sheet = Sheet()
        sheet.write(72, 100, LINE)
        sheet.write(700, 100, "隱藏")
        sheet.write(72, -30, "隱藏")
        sheet.write(72, 900, "隱藏")
        assert shapes(sheet) == [("paragraph", LINE)]

    def test_a_picture_is_a_figure_and_an_ornament_is_none(self) -> None:
        sheet = Sheet()
        sheet.write(72, 100, LINE)
        sheet.pictures += [Picture(72, 200, 400, 380), Picture(72, 20, 90, 38)]
        read = document(sheet)
        assert [b for b in read.blocks if isinstance(b, Figure)] == [Figure(Place((Box(1, 72, 200, 400, 380),)))]

    def test_what_was_not_read_is_signalled(self) -> None:
        turned = Sheet()
        turned.write(72, 100, LINE)
        turned.glyphs += [g._replace(upright=False) for g in turned.glyphs[:2]]
        pictured = Sheet(pictures=[Picture(0, 0, 595, 842)])
        crowded = Sheet()
        crowded.write(72, 100, LINE)

        def source(data: bytes, password: str | None) -> Iterator[PageObjects]:  # noqa: ARG001
            yield turned.objects(1)
            yield pictured.objects(2)
            yield PageObjects(3, 0, 595, 842, crowded.glyphs, [], [], too_many_edges=True)

        found = read_pdf("drawn.pdf", b"", source=source).signals
        assert [(s.rule, s.severity, s.context, s.printed) for s in found] == [
            ("unread:rotated-text", "info", "p1", "本部"),
            ("unread:picture-page", "warning", "p2", ""),
            ("unread:drawing", "warning", "p3", ""),
        ]

    def test_a_table_over_a_break_between_prose_stands_where_it_began(self) -> None:
        first, second = Sheet(), Sheet()
        xs, header = (50.0, 150.0, 545.0), ["措施", "內容"]
        first.write(72, 100, LINE)
        first.table(xs, (700, 730, 760), [header, ["1.1 公車", "補助"]])
        second.table(xs, (60, 90, 120), [header, ["1.2 軌道", "興建"]])
        second.write(72, 300, LINE)
        assert shapes(first, second) == [
            ("paragraph", LINE),
            ("table", [header, ["1.1 公車", "補助"], ["1.2 軌道", "興建"]]),
            ("paragraph", LINE),
        ]

    def test_pages_of_different_size(self) -> None:
        wide = Sheet(right=842, height=595)
        wide.table((50, 400, 800), (100, 130, 160), [["措施", "內容"], ["1.1 公車", "補助"]])
        read = document(wide)
        assert [(p.width, p.height) for p in read.pages] == [(842, 595)]
        assert [cells(t) for t in tables(read)] == [[["措施", "內容"], ["1.1 公車", "補助"]]]


class TestPlaces:
    def test_boxes_one_for_each_page(self) -> None:
        places = GlyphPlaces()
        sheet = Sheet()
        sheet.write(50.04, 98.8, "節電", 10)
        numbers = [places.add(page, glyph) for page, glyph in zip((4, 4), sheet.glyphs, strict=True)]
        numbers.append(places.add(5, sheet.glyphs[0]))
        text = PlacedText("節電節", tuple(numbers), bytes(3))
        assert places.place(text) == Place((Box(4, 50.0, 90.0, 70.1, 100.0), Box(5, 50.0, 90.0, 60.1, 100.0)))
        assert places.place(text[:1], text[2:]) == Place(
            (Box(4, 50.0, 90.0, 60.1, 100.0), Box(5, 50.0, 90.0, 60.1, 100.0))
        )
        assert len(places) == 3

    def test_inserted_characters_and_spaces_stand_nowhere(self) -> None:
        places = GlyphPlaces()
        assert places.place(PlacedText.plain("節電")) == NOWHERE
        sheet = Sheet()
        sheet.write(50, 100, " ")
        assert places.place(PlacedText(" ", (places.add(1, sheet.glyphs[0]),), bytes(1))) == NOWHERE


def failing(error: BaseException, *, after: int = 0) -> ObjectSource:
    def source(data: bytes, password: str | None) -> Iterator[PageObjects]:  # noqa: ARG001
        for number in range(1, after + 1):
            yield Sheet().objects(number)
        raise error

    return source


class TestBadFiles:
    @pytest.mark.parametrize(
        ("error", "kind", "page", "fact"),
        [
            (
                PdfminerException(PDFPasswordIncorrect()),
                PasswordNeeded,
                None,
                "the file is encrypted and asks for a password",
            ),
            (
                PDFEncryptionError("Unknown filter"),
                PasswordNeeded,
                None,
                "its encryption cannot be opened (PDFEncryptionError",
            ),
            (PSEOF("Unexpected EOF"), Broken, None, "the PDF is damaged (PSEOF: Unexpected EOF)"),
            (PdfminerException(), Broken, None, "the PDF is damaged (PdfminerException)"),
            (zlib.error("invalid block"), Broken, None, "the PDF is damaged (error: invalid block)"),
            (RecursionError(), Broken, None, "the PDF is damaged (RecursionError)"),
            (PdfminerException(MemoryError()), TooLarge, 1, "takes more memory than there is"),
        ],
    )
    def test_errors_of_the_library_become_ours(
        self, error: Exception, kind: type[ExtractError], page: int | None, fact: str
    ) -> None:
        with pytest.raises(kind) as caught:
            read_pdf("a.pdf", b"", source=failing(error))
        assert (caught.value.name, caught.value.page) == ("a.pdf", page)
        assert caught.value.fact.startswith(fact)

    def test_the_page_is_named_where_it_is_known(self) -> None:
        with pytest.raises(
            Broken, match=r"^a\.pdf, page 3: the PDF is damaged \(KeyError: 'Font'\); open it in a viewer"
        ):
            read_pdf("a.pdf", b"", source=failing(KeyError("Font"), after=2))

    def test_a_wrong_password_is_told_from_none(self) -> None:
        with pytest.raises(PasswordNeeded, match="the password is wrong"):
            read_pdf("a.pdf", b"", password="x", source=failing(PDFPasswordIncorrect()))  # noqa: S106

    def test_a_fault_of_our_own_is_not_the_file_s(self) -> None:
        with pytest.raises(RuntimeError):
            read_pdf("a.pdf", b"", source=failing(RuntimeError("ours")))

    def test_no_pages(self) -> None:
        with pytest.raises(Broken, match="the PDF has no pages"):
            document()

    def test_more_pages_than_a_report_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "MOST_PAGES", 2)
        with pytest.raises(TooLarge, match="more than 2 pages"):
            document(Sheet(), Sheet(), Sheet())

    def test_more_characters_than_a_page_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(pdf, "MOST_GLYPHS_A_PAGE", 10)
        sheet = Sheet()
        sheet.write(72, 100, LINE)
        with pytest.raises(TooLarge, match=r"page 2: 22 characters on one page"):
            document(Sheet(), sheet)

    def test_pictures_alone_are_a_scan(self) -> None:
        with pytest.raises(NoText, match=r"page 2: the pages are pictures without text \(a scan\); run OCR"):
            document(Sheet(), Sheet(pictures=[Picture(0, 0, 595, 842)]))

    def test_nothing_at_all(self) -> None:
        with pytest.raises(NoText, match="no text on any page"):
            document(Sheet())
