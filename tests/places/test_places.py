"""The boxes of every record, cut out of the page again by pdfplumber alone: inside stands what the record says."""

from __future__ import annotations

import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pdfplumber
import pytest

import extract
from extract.documents.radicals import UNIFIED
from extract.records import Item, Measure, Place, Quantity, Report

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared/reports"
FILES = {
    "abridged": ROOT / "corpus/manufacturing-113-abridged.pdf",
    "real": SHARED / "manufacturing-113.pdf",
    "real, rules off": SHARED / "manufacturing-113-noruled.pdf",
}
LINE = 6.0
"""Points in height within which glyphs of these files stand on one line, sub- and superscripts included."""

each_file = pytest.mark.parametrize("name", FILES)


def path_of(name: str) -> Path:
    path = FILES[name]
    if not path.exists():
        if os.environ.get("KB_REQUIRE_ALL") == "1":
            pytest.fail(f"the report is not here: {path}")
        pytest.skip(f"the report is not here: {path}")
    return path


@cache
def read(path: Path) -> Report:
    return extract.read(path)


@cache
def glyphs(path: Path) -> dict[int, list[tuple[float, float, str]]]:
    """By page: the middle (x, y) of each printed glyph, and what it prints."""
    with pdfplumber.open(path, unicode_norm=None) as pdf:
        return {
            page.page_number: [
                ((c["x0"] + c["x1"]) / 2, (c["top"] + c["bottom"]) / 2, c["text"].translate(UNIFIED))
                for c in page.chars
                if not c["text"].isspace()
            ]
            for page in pdf.pages
        }


def cut_out(path: Path, place: Place) -> str:
    """What is printed inside the boxes, line by line."""
    found: list[str] = []
    for box in place.boxes:
        inside = [g for g in glyphs(path)[box.page] if box.x0 <= g[0] <= box.x1 and box.top <= g[1] <= box.bottom]
        found += [text for _, _, text in sorted(inside, key=lambda g: (round(g[1] / LINE), g[0]))]
    return "".join(found)


def counted(*texts: str) -> Counter[str]:
    return Counter("".join("".join(text.split()) for text in texts))


def difference(path: Path, place: Place, *texts: str) -> tuple[str, str]:
    """What the boxes print beyond the texts, and what of the texts they do not print."""
    printed, said = counted(cut_out(path, place)), counted(*texts)
    return "".join((printed - said).elements()), "".join((said - printed).elements())


def beyond_code(measure: Measure, found: tuple[str, str]) -> tuple[str, str]:
    """The difference without the measure's code, which is printed before the name and a field of its own."""
    more, less = found
    return ("" if Counter(more) == Counter(measure.code) else more), less


def items(measure: Measure) -> Iterator[Item]:
    yield from measure.targets
    yield from measure.results


@each_file
def test_a_field_has_the_words_of_its_cell(name: str) -> None:
    path = path_of(name)
    wrong = []
    for measure in read(path).measures:
        assert {"name", "target", "result"} <= set(measure.places)
        for field, place in measure.places.items():
            found = beyond_code(measure, difference(path, place, measure.printed[field]))
            if any(found):
                wrong.append((measure.code, field, *found))
    assert wrong == []


@each_file
def test_a_measure_has_the_words_of_its_row(name: str) -> None:
    path = path_of(name)
    measures = read(path).measures
    assert measures
    wrong = [
        (m.code, *found)
        for m in measures
        if any(found := beyond_code(m, difference(path, m.place, *m.printed.values())))
    ]
    assert wrong == []


@each_file
def test_an_item_has_its_words_and_at_most_its_own_number(name: str) -> None:
    path = path_of(name)
    wrong = []
    for measure in read(path).measures:
        for item in items(measure):
            number = (item.ordinal or "").rpartition(".")[2]
            more, less = difference(path, item.place, item.text)
            if less or more.strip("().、") not in ("", number):
                wrong.append((measure.code, item.ordinal, more, less))
    assert wrong == []


def figures_of_items(report: Report) -> Iterator[tuple[str, str, Quantity]]:
    for measure in report.measures:
        for item in items(measure):
            for quantity in item.quantities:
                yield measure.code, item.text, quantity


@each_file
def test_a_figure_has_its_number_and_unit_in_its_box_and_its_quote_in_its_item(name: str) -> None:
    path = path_of(name)
    figures = list(figures_of_items(read(path)))
    assert figures
    assert [(c, q.quote) for c, text, q in figures if "".join(q.quote.split()) not in "".join(text.split())] == []
    wrong = []
    for code, text, quantity in figures:
        words = text[quantity.start : quantity.end]
        more, less = difference(path, quantity.place, words)
        lines = {round(g[1] / LINE) for g in glyphs_inside(path, quantity.place)}
        # A figure that wraps has a box around both of its lines; on one line the box holds nothing else.
        if less or (more and len(lines) < 2):
            wrong.append((code, words, more, less))
    assert wrong == []


def glyphs_inside(path: Path, place: Place) -> Iterable[tuple[float, float, str]]:
    for box in place.boxes:
        yield from (g for g in glyphs(path)[box.page] if box.x0 <= g[0] <= box.x1 and box.top <= g[1] <= box.bottom)


@pytest.mark.parametrize("name", ["abridged", "real"])
def test_a_figure_of_a_claim_or_case_has_its_number_in_its_box(name: str) -> None:
    path = path_of(name)
    report = read(path)
    figures = [q for claim in report.claims for q in claim.quantities]
    figures += [q for case in report.cases for q in case.quantities]
    assert figures
    missing = []
    for quantity in figures:
        printed = unicodedata.normalize("NFKC", cut_out(path, quantity.place)).replace(",", "")
        number = format(quantity.value.normalize(), "f")
        # 1 兆 766 億元 is 10766 億元: of a compound number the last part stands in the box.
        parts = (number, number[1:].lstrip("0")) if "兆" in printed else (number,)
        if not any(part in printed for part in parts):
            missing.append((number, quantity.quote, printed))
    assert missing == []


@each_file
def test_every_box_lies_on_its_page(name: str) -> None:
    path = path_of(name)
    report = read(path)
    with pdfplumber.open(path) as pdf:
        sizes = {page.page_number: (float(page.width), float(page.height)) for page in pdf.pages}
    places = (
        [m.place for m in report.measures] + [s.place for s in report.strategies] + [t.place for t in report.tables]
    )
    places += [s.place for s in report.sections] + [c.place for c in report.cases] + [c.place for c in report.comments]
    boxes = [box for place in places for box in place.boxes]
    assert boxes
    for box in boxes:
        width, height = sizes[box.page]
        assert 0 <= box.x0 < box.x1 <= width
        assert 0 <= box.top < box.bottom <= height
