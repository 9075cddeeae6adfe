"""The lines of pages outside tables become headings and paragraphs, in reading order."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extract.documents.captions import ANSWERS, BARE_CAPTION, LABELLED
from extract.documents.lines import Line
from extract.documents.model import BOLD, Heading, Paragraph, PlacedText, concat
from extract.documents.numbering import read_numbering, starts_item
from extract.documents.wrapping import SENTENCE_END, Frame, is_real_break, soft_join

LARGER = 0.9
"""Points above the size of running text from which a line is a heading by its size alone."""
INDENT = 1.2
"""Indent of a paragraph's first line in glyph sizes (two characters as a rule)."""
LONGEST_HEADING = 60
"""Characters that a heading set in the size of running text may have."""


@dataclass(frozen=True, slots=True)
class PageStyle:
    """How running text is set: its size in points over the whole document, its frame on this page, and the usual white
    between two lines."""

    size: float
    frame: Frame
    leading: float


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size in which most characters outside tables are set."""
    sizes: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 12.0


def page_style(lines: Sequence[Line], size: float, width: float, *, is_column: bool = False) -> PageStyle:
    """The style of one page, or of one column of it; a page with little text takes margins of a tenth of its `width`, a
    column is as wide as its text."""
    body = [line for line in lines if abs(line.size - size) < 0.6]
    if is_column and len(body) < 0.5 * len(lines):
        body = list(lines)
    if len(body) < 3 and not (is_column and body):
        return PageStyle(size, Frame(width * 0.12, width * 0.88), 0.5 * size)
    left = min(line.x0 for line in body)
    right = sorted(line.x1 for line in body)[int(0.9 * (len(body) - 1))]
    gaps = sorted(b.top - a.bottom for a, b in itertools.pairwise(body) if -size < b.top - a.bottom < 2 * size)
    return PageStyle(size, Frame(left, right), gaps[len(gaps) // 3] if gaps else 0.5 * size)


def make_blocks(lines: Sequence[Line], style: PageStyle) -> list[tuple[float, Heading | Paragraph, bool]]:
    """The blocks of one page: (top, block, whether it may go on on the next page).

    A heading's level is the rank of its size in whole points above the text, to be ranked over the document later.
    """
    blocks: list[tuple[float, Heading | Paragraph, bool]] = []
    group: list[Line] = []
    for line in lines:
        if group and _parts(group, line, style):
            blocks.append(_block(group, style))
            group = []
        group.append(line)
    if group:
        blocks.append(_block(group, style))
    return blocks


def is_heading(lines: Sequence[Line], style: PageStyle) -> bool:
    """Whether lines that belong together are a heading: larger than the text, or numbered, short and without a full
    stop."""
    text = concat([line.text for line in lines]).text.strip()
    if len(text) < 2 or LABELLED.match(text) or len(text) > 2 * LONGEST_HEADING or not any(map(str.isalpha, text)):
        # One character is a line of words set downwards, a figure alone the label of a bar.
        return False
    if min(line.size for line in lines) > style.size + LARGER:
        return text[-1] not in "。；，,;"
    numbering = read_numbering(text)
    if numbering is None or len(text) > LONGEST_HEADING or len(lines) > 2 or text[-1] in "。；;，,：:、":
        return False
    if any(s & BOLD for line in lines for s in line.text.styles):
        return True
    return len(lines) == 1 and numbering.style != "circled" and not re.search(r"[。；]", text)


def _parts(group: Sequence[Line], line: Line, style: PageStyle) -> bool:
    """Whether a line begins a new block after the lines of a group."""
    last = group[-1]
    text = line.text.text.lstrip()
    if abs(line.size - last.size) > 0.6 or LABELLED.match(text) or line.baseline < last.baseline - 1:
        return True
    ended = last.text.text.rstrip()[-1:] in SENTENCE_END or last.x1 < style.frame.right - 2 * last.size
    if ended and (BARE_CAPTION.match(text) or ANSWERS.match(text)):
        return True
    if line.top - last.bottom > style.leading + 0.45 * line.size:
        return True
    opening = group[0].text.text
    is_marked = bool(LABELLED.match(opening) or starts_item(opening))
    if line.size > style.size + LARGER:
        return read_numbering(text) is not None or last.x1 < style.frame.right - 2.5 * line.size
    if is_heading(group, style) and (
        last.x1 < style.frame.right - 2.5 * line.size or _is_bold_start(group) != _is_bold_start([line])
    ):
        return True
    if is_real_break(last, line, style.frame):
        return True
    is_indented = line.x0 > style.frame.left + INDENT * line.size and line.x0 > last.x0 + 0.8 * line.size
    return is_indented and not is_marked and len(group) > 1 and abs(group[1].x0 - line.x0) > 1


def _is_bold_start(lines: Sequence[Line]) -> bool:
    return bool(lines[0].text.styles and lines[0].text.styles[0] & BOLD)


def _block(lines: Sequence[Line], style: PageStyle) -> tuple[float, Heading | Paragraph, bool]:
    text = lines[0].text
    for line in lines[1:]:
        text = soft_join(text, line.text)
    top = lines[0].top
    last = lines[-1]
    ending = text.text.rstrip()[-1:]
    is_open = ending not in SENTENCE_END and last.x1 > style.frame.right - 2 * last.size
    if is_heading(lines, style):
        # The first line of a numbered paragraph, cut by the page break, looks like a heading.
        is_like_text = last.size <= style.size + LARGER and not _is_bold_start(lines)
        return top, Heading(text.strip(), max(1, round(lines[0].size))), is_open and is_like_text
    return top, Paragraph(text.strip()), is_open and not LABELLED.match(text.text)


def goes_on(line_x0: float, style: PageStyle, text: PlacedText) -> bool:
    """Whether a page's first paragraph may be the rest of the last one of the page before: not indented, no new
    item."""
    return (
        line_x0 < style.frame.left + INDENT * style.size
        and not starts_item(text.text)
        and not LABELLED.match(text.text)
        and not ANSWERS.match(text.text)
    )
