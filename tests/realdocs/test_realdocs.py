"""Real documents of Taiwan's agencies, beside the project: their tables and outlines as a person sees them."""

import tomllib
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest
import regex

from extract.documents import read_document
from extract.documents.model import Document, Heading, Table
from extract.reading.outline import build
from tests.realdocs.word import plain, rows

FOLDER = Path(__file__).parents[3] / "shared" / "real" / "zh"
EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text(encoding="utf-8"))
LONG = 12
"""Characters from which a cell stands for itself: shorter ones come many times."""

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="../shared/real/zh is not there")


@cache
def document(name: str) -> Document:
    return read_document(FOLDER / name)


def tables(name: str) -> list[Table]:
    return [block for block in document(name).blocks if isinstance(block, Table)]


def pages(table: Table) -> list[int]:
    found = sorted({grid.page for grid in table.raw if grid.page is not None})
    return [found[0], found[-1]]


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_marine_protected_areas_against_their_word_source():
    expected = EXPECTED["marine"]
    read = [
        [plain(cell.text.text) for cell in row.cells]
        for table in tables("marine-protected-areas.pdf")
        for row in (*table.header, *table.rows)
    ]
    wrong = []
    count = 0
    for cells in rows(FOLDER / "marine-protected-areas.docx"):
        others = [cell.text for cell in cells if cell.text and not cell.goes_on]
        for cell in cells:
            if len(cell.text) < LONG:
                continue
            count += 1
            beside = [text for text in others if text != cell.text]
            # Whole: in one cell. In its row: with most of what stands beside it in the source.
            hits = [row for row in read if any(cell.text in text for text in row)]
            if not any(sum(any(o in text for text in row) for o in beside) >= 0.6 * len(beside) for row in hits):
                wrong.append(cell.text[:20])
    assert count == expected["cells"]
    assert len(wrong) <= count * (1 - expected["least"]), wrong


def test_fisheries_accounts_are_one_table():
    expected = EXPECTED["fisheries"]
    span = [expected["first_page"], expected["last_page"]]
    (table,) = [t for t in tables("fisheries-accounts-107.pdf") if pages(t) == span]
    assert [[squeezed(c.text.text) for c in row.cells] for row in table.header] == expected["header"]
    labels = [
        ("BAND", squeezed(row.cells[0].text.text)[:11])
        if row.is_band
        else (squeezed(row.cells[0].text.text), squeezed(row.cells[1].text.text))
        for row in table.rows
    ]
    assert [[*label, len(list(group))] for label, group in groupby(labels)] == expected["rows"]


def test_fisheries_rows_are_whole():
    expected = EXPECTED["fisheries"]
    table = next(t for t in tables("fisheries-accounts-107.pdf") if pages(t)[0] == expected["first_page"])
    for row in table.rows:
        if not row.is_band:
            cut = [c.text.text for c in row.cells[2:] if c.text and c.text.text.rstrip()[-1] not in "。」"]
            assert cut == []
    for at, column, figures in expected["cut"]:
        text = table.rows[at].cells[column].text.text
        places = [text.find(figure) for figure in figures]
        assert -1 not in places, (at, figures)
        assert places == sorted(places), (at, figures)


def test_fisheries_resolutions():
    expected = EXPECTED["fisheries"]["resolutions"]
    span = [expected["first_page"], expected["last_page"]]
    (table,) = [t for t in tables("fisheries-accounts-107.pdf") if pages(t) == span]
    assert (table.width, len(table.rows)) == (expected["columns"], expected["rows"])


def test_characters_drawn_four_times_are_read_once():
    expected = EXPECTED["quadrupled"]
    read = document("quadrupled-characters.pdf")
    headings = [squeezed(b.text.text) for b in read.blocks if isinstance(b, Heading)]
    assert headings[: len(expected["headings"])] == expected["headings"]
    text = squeezed("".join(b.text.text for b in read.blocks if not isinstance(b, Table)))
    runs = [len(match.group()) for match in regex.finditer(r"(\p{Han})\1+", text)]
    assert len(text) > 3000
    assert max(runs, default=1) <= expected["most_in_a_row"]


def test_guidelines_outline():
    expected = EXPECTED["guidelines"]
    sections = build(document("moea-ai-guidelines-114.pdf")).sections
    formal = regex.compile(r"[壹貳參肆伍陸柒捌玖拾]+、")
    found = [
        [s.place.page, s.number, squeezed(s.heading).removeprefix(s.number)]
        for s in sections
        if s.number and formal.fullmatch(s.number) and s.place.page and s.place.page <= 10
    ]
    assert found == expected["outline"]
    chapters = [[s.place.page, s.number] for s in sections if s.number and regex.fullmatch("第.章", s.number)]
    assert chapters == expected["chapters"]


def test_guidelines_contents_and_labels():
    expected = EXPECTED["guidelines"]
    read = document("moea-ai-guidelines-114.pdf")
    entries = [squeezed(line.text) for line in read.contents][1:]
    assert len(entries) == len(expected["contents"])
    assert all(entry.startswith(start) for entry, start in zip(entries, expected["contents"], strict=True))
    labels = {str(page.number): page.label for page in read.pages}
    assert {number: labels[number] for number in expected["first_labels"]} == expected["first_labels"]


@pytest.mark.parametrize("expected", EXPECTED["guidelines"]["tables"], ids=lambda e: f"page {e['pages'][0]}")
def test_guidelines_tables(expected):
    found = [t for t in tables("moea-ai-guidelines-114.pdf") if pages(t) == expected["pages"]]
    (table,) = [t for t in found if t.width == expected["columns"]]
    assert len(table.header) == expected["header_rows"]
    first = [squeezed(row.cells[0].text.text) for row in table.rows]
    assert len(first) == len(expected["first"])
    assert all(text.startswith(start) for text, start in zip(first, expected["first"], strict=True)), first
