"""Tables of a Word file, read from its XML: rows of cells as the author set them."""

import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring  # a file of this folder

import regex

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ITEM_NUMBERS = regex.compile(r"\(\d\)|(?<!\d)\d{1,2}[.、](?!\d)|(?<!\d)\d\.(?=1\d\d[年/])")
"""Word counts items by itself: their numbers are printed, and stand nowhere in its text."""


@dataclass(frozen=True)
class WordCell:
    """A cell's words, without spaces and item numbers; `goes_on` where it is merged with the one above."""

    text: str
    goes_on: bool


def plain(text: str) -> str:
    """Words as both sides have them: width folded, without spaces and item numbers."""
    return ITEM_NUMBERS.sub("", "".join(unicodedata.normalize("NFKC", text).split()))


def rows(path: Path) -> list[list[WordCell]]:
    """The rows of all tables of a Word file, a cell that is merged over rows told as such."""
    root = fromstring(zipfile.ZipFile(path).read("word/document.xml"))  # as above
    return [[_cell(cell) for cell in row.findall(f"{W}tc")] for row in root.iter(f"{W}tr")]


def _cell(cell: Element) -> WordCell:
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    words = "".join(text.text or "" for text in cell.iter(f"{W}t"))
    return WordCell(plain(words), merged is not None and merged.get(f"{W}val") in (None, "continue"))
