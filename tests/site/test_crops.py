"""Page crops: the part that is shown, the outlines in it, and that what they hold is what was read."""

from __future__ import annotations

import json

import pypdfium2
import pytest

from kb import originals
from kb.site import crops
from kb.site.cite import path
from kb.site.crops import Outline
from kb.site.pages.record import printed
from kb.site.pictures import MAX_PIXELS, PageUnavailable, Pictures
from kb.text import fold
from tests.site.conftest import EDITION, ask


@pytest.fixture(scope="module")
def pictures():
    return Pictures()


def test_one_crop_for_each_page(pictures):
    found = [Outline(2, (100, 100, 200, 130)), Outline(2, (300, 140, 320, 150), "目標"), Outline(3, (10, 800, 30, 835))]
    made = crops.crops(pictures, EDITION, "r", found)
    assert [(c.page, len(c.outlines)) for c in made] == [(2, 2), (3, 1)]
    for crop in made:
        x0, top, x1, bottom = crop.view
        assert 0 <= x0 < x1 <= crop.size.width
        assert 0 <= top < bottom <= crop.size.height
        assert x1 - x0 >= crops.LEAST_WIDTH
        for outline in crop.outlines:
            assert x0 <= outline.box[0]
            assert outline.box[2] <= x1
            assert top <= outline.box[1]
            assert outline.box[3] <= bottom


def test_no_picture_is_said(pictures, tmp_path):
    found = [Outline(1, (0, 0, 10, 10)), Outline(999, (0, 0, 10, 10))]
    assert [c.missing for c in crops.crops(pictures, None, "r", found)] == ["原始檔案未保存"] * 2
    assert [c.missing for c in crops.crops(pictures, EDITION, "r", found)] == ["", "檔案沒有第 999 頁"]
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(PageUnavailable, match="無法開啟"):
        pictures.size(broken, 1)


def test_boxes_and_fields():
    assert crops.outlines(None) == []
    assert crops.outlines("[[3, 1.5, 2, 3, 4]]", "x") == [Outline(3, (1.5, 2, 3, 4), "x")]
    places = json.dumps(
        {"name": {"boxes": [[1, 0, 0, 1, 1]]}, "plan": {"boxes": [[1, 5, 5, 6, 6]]}, "x": {"char_start": 1}}
    )
    assert crops.field_outlines(places, {"name": "措施", "target": "目標"}) == [Outline(1, (0, 0, 1, 1), "措施")]


def test_pictures_are_drawn_once_and_small_enough(pictures, edition, edition_site):
    ((sha256,),) = ask(edition, "select sha256 from reports")
    kept = originals.path(edition, sha256, "application/pdf")
    drawn = pictures.png(kept, 1)
    assert drawn.startswith(b"\x89PNG")
    assert pictures.png(kept, 1) is drawn
    answer = edition_site.get(f"/-/page/{sha256}/1.png")
    assert (answer.content, answer.headers["content-type"]) == (drawn, "image/png")
    assert "immutable" in answer.headers["cache-control"]
    assert edition_site.get(f"/-/page/{sha256}/9999.png").status_code == 404
    assert edition_site.get(f"/-/page/{'0' * 64}/1.png").status_code == 404
    assert MAX_PIXELS > 842 * 596 * 4


def test_pictures_give_memory_back(monkeypatch):
    monkeypatch.setattr("kb.site.pictures.KEPT_BYTES", 150_000)
    held = Pictures()
    for page in range(1, 7):
        held.png(EDITION, page)
    assert held._bytes == sum(map(len, held._drawn.values())) <= 150_000


def test_the_outline_holds_the_words(edition):
    """Of every fifth measure: the text that PDFium finds in its target cell is that of the target."""
    document = pypdfium2.PdfDocument(EDITION)
    seen = 0
    for places, target in ask(edition, "select places, target from measures where target <> '' order by position")[::5]:
        found = crops.field_outlines(places, {"target": "目標"})
        words = ""
        for outline in found:
            page = document[outline.page - 1]
            height = page.get_height()
            x0, top, x1, bottom = outline.box
            words += page.get_textpage().get_text_bounded(x0 - 1, height - bottom - 1, x1 + 1, height - top + 1)
        digits = [c for c in fold(target) if c.isdigit()]
        assert [c for c in fold(words) if c.isdigit()] == digits, target
        seen += 1
    assert seen >= 8
    document.close()


def test_every_box_of_a_measure_is_on_its_page(edition, edition_site):
    boxes = {key: json.loads(found) for key, found in ask(edition, "select id, boxes from measures")}
    key = max(boxes, key=lambda k: len(boxes[k]))
    assert len(boxes[key]) > 1, "the edition has a measure over a page break"
    html = edition_site.get(path("measures", key)).text
    assert html.count('<svg class="page-crop"') == len({page for page, *_ in boxes[key]})
    for _, x0, top, x1, bottom in boxes[key]:
        outline = (
            f'x="{x0 - 1.5}" y="{top - 1.5}" width="{round(x1 - x0, 2) + 3}" height="{round(bottom - top, 2) + 3}"'
        )
        assert outline in html


def test_the_place_in_a_text_file():
    text = "前言。" * 100 + "這裡" + "後話。" * 100
    assert printed(text.encode(), 300, 302) == (text[140:300], "這裡", text[302:462])
    assert printed(text.encode("cp950"), 300, 302)[1] == "這裡"
    assert printed(b"\xff\xfe" + "這裡".encode("utf-16-le"), 0, 2)[1] == "這裡"
    assert printed(b"\xff\xff\xff", 0, 1) is None


def test_originals_are_kept_once(tmp_path):
    db, source = tmp_path / "kb.db", tmp_path / "a.pdf"
    source.write_bytes(b"%PDF-1")
    kept = originals.keep(db, source, "ab", "application/pdf")
    assert kept == originals.path(db, "ab", "application/pdf") == tmp_path / "kb.db.files" / "ab.pdf"
    before = kept.stat()
    assert originals.keep(db, source, "ab", "application/pdf").stat() == before
    assert [p.name for p in originals.folder(db).iterdir()] == ["ab.pdf"]
    assert originals.path(db, "cd", "text/markdown").name == "cd.txt"
    with pytest.raises(FileNotFoundError):
        originals.keep(db, tmp_path / "none", "ef", "application/pdf")
    assert len(list(originals.folder(db).iterdir())) == 1


def test_ingest_keeps_the_file(edition):
    ((sha256, media_type),) = ask(edition, "select sha256, media_type from reports")
    assert originals.path(edition, sha256, media_type).read_bytes() == EDITION.read_bytes()
