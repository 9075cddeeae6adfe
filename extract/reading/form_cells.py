"""The rows of a form: which cells are labels, and which value stands beside, below or behind each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import regex

from extract.documents.model import EMPTY, Cell, PlacedText, Row, Table
from extract.reading.continued import without_continued
from extract.reading.header_meaning import meaning, meaning_of_levels
from extract.reading.vocabulary import TIMEOUT, folded, money_unit

LONGEST_LABEL = 16
"""Characters of a cell that can be a label."""
KNOWN, EXACT = 0.5, 0.95
"""Certainty of a meaning from which a cell that stands where labels do is one, and wherever it stands."""
MOST = 0.6
"""Share of a form's rows that begin with a known label."""
FEWEST = 3
"""Different fields that the labels of a form name at least."""

_INLINE = regex.compile(r"\s*(?P<label>[^：:。，]{2,12}?)\s*[：:]\s*(?=\S)")
"""主辦機關：某局, label and value in one cell."""


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label, all its levels joined and 續 dropped; field None where it is not understood."""

    words: str
    field: str | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Pair:
    """A value under its label; no label of its own (None) means that it goes on the one before in its column.
    `is_next` says that the label is merged down from the row above, so that this is a further value of it."""

    label: Label | None
    value: PlacedText
    column: int
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """A row across the whole form."""

    text: PlacedText


def label_of(text: PlacedText, told: Mapping[str, str]) -> Label | None:
    """The label that a cell is by its words; None for one that is no label or not understood. `told` are labels whose
    meaning a person gave."""
    words = without_continued(text).text
    if folded(words) in told:
        return Label(words, told[folded(words)], 1.0)
    if not _may_be_label(text):
        return None
    field, certainty = _meaning(words)
    return Label(words, field, certainty) if field is not None and certainty >= KNOWN else None


def _may_be_label(text: PlacedText) -> bool:
    """Whether a cell is short enough for a label, and no sentence or label with its value."""
    words = regex.sub(r"[（(][^（()）]*[）)]", "", without_continued(text).text, timeout=TIMEOUT)
    return 0 < len(folded(words)) <= LONGEST_LABEL and not regex.search(r"[。，；]|[：:]\s*\S", words, timeout=TIMEOUT)


@cache
def _meaning(words: str) -> tuple[str | None, float]:
    return meaning(words)


def is_form(table: Table, told: Mapping[str, str] | None = None) -> bool:
    """Whether a table is a form, or several: its rows begin with labels, which name several fields of a measure."""
    told = told or {}
    first = [cell.text for row in _rows(table) if not row.is_band and (cell := _first(row)) is not None]
    found = [_inline_label(text, told) or label_of(text, told) for text in first]
    labels = [label for label in found if label is not None]
    return len(labels) >= MOST * len(first) and len({label.field for label in labels}) >= FEWEST


def lines_of(table: Table, told: Mapping[str, str]) -> Iterator[Band | list[Pair]]:
    """The rows of a form in order: its bands, and the pairs of the others."""
    rows = _rows(table)
    heads: dict[int, Label] = {}
    for number, row in enumerate(rows):
        if row.is_band:
            heads = {}
            yield Band(row.cells[0].text.strip())
            continue
        below = rows[number + 1] if number + 1 < len(rows) else None
        if found := _heads(row, below, told):
            heads = found
        elif heads and (cell := _first(row)) is not None and _is_exact(label_of(cell.text, told)):
            heads = {}
            yield _pairs(row, told)
        else:
            yield _below(row, heads) if heads else _pairs(row, told)


def _rows(table: Table) -> list[Row]:
    return [*table.header, *table.rows]


def _first(row: Row) -> Cell | None:
    """The first cell of a row, where it is printed there."""
    cell = row.cells[0] if row.cells else None
    return cell if cell is not None and cell.source == "own" and cell.text else None


def _is_exact(label: Label | None) -> bool:
    return label is not None and label.certainty >= EXACT


def _heads(row: Row, below: Row | None, told: Mapping[str, str]) -> dict[int, Label]:
    """The labels of a row that holds nothing else, by column: their values stand in the rows below."""
    own = [(i, cell.text) for i, cell in enumerate(row.cells) if cell.source == "own"]
    while own and not own[-1][1]:
        own.pop()
    labels = {i: label for i, text in own if (label := label_of(text, told)) is not None and _is_exact(label)}
    if below is None or below.is_band or len(labels) < max(2, len(own)):
        return {}
    under = [label_of(cell.text, told) for i, cell in enumerate(below.cells) if i in labels]
    return {} if any(_is_exact(label) for label in under) else labels


def _below(row: Row, heads: Mapping[int, Label]) -> list[Pair]:
    """The cells of a row under a row of labels."""
    pairs = []
    for index, cell in enumerate(row.cells):
        above = [i for i in heads if i <= index]
        if cell.source == "own" and cell.text and above:
            pairs.append(Pair(heads[max(above)], cell.text.strip(), max(above), is_next=True))
    return pairs


def _pairs(row: Row, told: Mapping[str, str]) -> list[Pair]:
    """The pairs of a row of labels and values, side by side."""
    pairs: list[Pair] = []
    levels: list[tuple[int, Cell]] = []
    cells = [(i, cell) for i, cell in enumerate(row.cells) if cell.source != "across"]
    for at, (index, cell) in enumerate(cells):
        following = cells[at + 1][1] if at + 1 < len(cells) else None
        if levels and not _is_lower_level(cell, following, told):
            pairs.append(_pair(levels, cell.text.strip(), told))
            levels = []
        elif not levels and (inline := _inline(cell.text, index, told)) is not None:
            pairs.append(inline)
        elif levels or label_of(cell.text, told) is not None:
            levels.append((index, cell))
        elif not cell.text:
            if not pairs and following is not None and following.text and not _is_exact(label_of(following.text, told)):
                pairs.append(Pair(None, following.text.strip(), index))
                break
        elif _may_be_label(cell.text) and following is not None:
            levels.append((index, cell))  # one that is not understood
        else:
            pairs.append(Pair(None, cell.text.strip(), index))
    if levels:
        pairs.append(_pair(levels, EMPTY, told))
    return pairs


def _is_lower_level(cell: Cell, following: Cell | None, told: Mapping[str, str]) -> bool:
    """Whether a cell behind a label is a label too, 經費 | 預算數 | 300: surely one, and a value stands behind it."""
    is_label = bool(cell.text) and _is_exact(label_of(cell.text, told))
    return is_label and following is not None and bool(following.text) and label_of(following.text, told) is None


def _pair(levels: Sequence[tuple[int, Cell]], value: PlacedText, told: Mapping[str, str]) -> Pair:
    words = [without_continued(cell.text).text for _, cell in levels]
    lowest = label_of(levels[-1][1].text, told)
    field, certainty = (lowest.field, lowest.certainty) if lowest is not None else (None, 0.0)
    if len(words) > 1 and (lowest is None or folded(words[-1]) not in told):
        field, certainty = meaning_of_levels(words)
    label = Label(" ".join(words), field, certainty)
    return Pair(label, value, levels[0][0], is_next=levels[-1][1].source == "down")


def _inline(text: PlacedText, index: int, told: Mapping[str, str]) -> Pair | None:
    match, label = _INLINE.match(text.text, timeout=TIMEOUT), _inline_label(text, told)
    return Pair(label, text[match.end() :].strip(), index) if match is not None and label is not None else None


def _inline_label(text: PlacedText, told: Mapping[str, str]) -> Label | None:
    match = _INLINE.match(text.text, timeout=TIMEOUT)
    label = label_of(text[match.start("label") : match.end("label")], told) if match else None
    if label is None or not _is_exact(label) or (label.words.endswith("單位") and money_unit(text.text)):
        return None
    return label
