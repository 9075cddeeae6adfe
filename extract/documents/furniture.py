"""What is on every page and belongs to none: page numbers, running heads, and the 目錄.

They are known as such by where they stand and by coming again, kept beside the text and out of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from extract.documents.captions import LIST_TITLE, LISTED
from extract.documents.lines import Line

ZONE = 0.12
"""Share of the page's height, at top and bottom, in which furniture stands."""
LABEL_ZONE = 0.25
"""The same for a page number that is the lowest line of its page and stands there on other pages too."""
AGAIN = 2
"""Pages on which it does."""
OFTEN = 3
"""A line that stands in the same spot on this many pages is a running head."""
MOST_PAGES = 0.5
"""Share of the pages whose running heads stand in one spot: what stands there on any other page is one too."""

PAGE_LABEL = re.compile(
    r"[\s\-–—－~～〜·•‧・|第]*(?P<label>\d{1,4}|[ivxlcⅰ-ⅻ]{1,6}|[IVXLCⅠ-Ⅻ]{1,6}|(?:附件?|[A-Z])[\-–－]?\d{1,3}|\d{1,2}[\-–－]\d{1,3})"
    r"[\s\-–—－~～〜·•‧・|頁]*(?:[/／]\s*(?:共\s*)?\d{1,4}\s*頁?)?\s*"
)
"""A page number alone on its line: 12, - 12 -, 第 12 頁, iv, 附-3, 3-12, 12/60."""
LEADER = re.compile(r"(?:[.．…‧·•。_─—-]\s?){5,}\s*(?:\d{1,4}|[ivxlcIVXLC]{1,6}|(?:附件?)?[\-–]?\d{1,3})?\s*$")
"""Dots that lead to a page number at the end of a line of the 目錄."""
CONTENTS_TITLE = re.compile(
    r"\s*(?:目\s*[錄次]|[圖表]\s*目\s*[錄次]|內\s*容\s*目\s*[錄次]|contents?)\s*", re.IGNORECASE
)
ENDS_IN_NUMBER = re.compile(r"\S.*[^\d.,]\s*\d{1,3}\s*$")


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of one page outside its tables, with the page's height in points."""

    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Furnished:
    """One page sorted out: the printed page label, the furniture, the lines of the 目錄, and the rest."""

    label: str | None
    furniture: tuple[Line, ...]
    contents: tuple[Line, ...]
    body: tuple[Line, ...]


def sort_out(pages: Sequence[PageLines]) -> list[Furnished]:
    """Each page's lines by what they are."""
    spots = Counter(spot for page in pages for spot in {_spot(line, page.height) for line in _zone_lines(page)})
    stands = Counter(
        stand
        for page in pages
        for line in _zone_lines(page)
        if spots[_spot(line, page.height)] >= OFTEN and not PAGE_LABEL.fullmatch(line.text.text)
        for stand in _stands(line, page.height)
    )
    known = {stand for stand, count in stands.items() if count >= max(OFTEN, MOST_PAGES * len(pages))}
    lowest = Counter(_spot(line, page.height) for page in pages if (line := _lowest_label(page)) is not None)
    found: list[Furnished] = []
    in_contents = False
    for page in pages:
        label_line = _label_line(page)
        low = _lowest_label(page)
        if label_line is None and low is not None and lowest[_spot(low, page.height)] >= AGAIN:
            label_line = low
        heads = {
            id(line)
            for line in _zone_lines(page)
            if (spots[_spot(line, page.height)] >= OFTEN or _stands(line, page.height) & known)
            and not PAGE_LABEL.fullmatch(line.text.text)
        }
        furniture = [line for line in page.lines if id(line) in heads or line is label_line]
        rest = [line for line in page.lines if id(line) not in heads and line is not label_line]
        contents, body, in_contents = _contents(rest, is_open=in_contents)
        match = PAGE_LABEL.fullmatch(label_line.text.text) if label_line else None
        found.append(Furnished(match["label"] if match else None, tuple(furniture), tuple(contents), tuple(body)))
    return found


def _zone_lines(page: PageLines) -> list[Line]:
    return [line for line in page.lines if line.bottom < ZONE * page.height or line.top > (1 - ZONE) * page.height]


def _spot(line: Line, height: float) -> tuple[str, int]:
    """What a line says, its digits masked, and roughly where on the page."""
    return re.sub(r"\d+", "#", re.sub(r"\s+", "", line.text.text)), round(line.baseline / height * 60)


def _stands(line: Line, height: float) -> set[tuple[str, int, int, int, int]]:
    """Where a line is set, to the point: the heads of short chapters stand where those of the long ones do."""
    size, baseline = round(line.size * 10), round(line.baseline)
    edges = {"left": line.x0, "right": line.x1, "middle": (line.x0 + line.x1) / 2}
    return {(edge, round(x), baseline, size, round(height)) for edge, x in edges.items()}


def _label_line(page: PageLines) -> Line | None:
    """The line that is the page number: the outermost one of the zone at the bottom, else at the top."""
    zone = _zone_lines(page)
    bottom = [line for line in zone if line.top > (1 - ZONE) * page.height]
    top = [line for line in zone if line.bottom < ZONE * page.height]
    for line in [*sorted(bottom, key=lambda x: -x.baseline)[:2], *sorted(top, key=lambda x: x.baseline)[:1]]:
        if PAGE_LABEL.fullmatch(line.text.text):
            return line
    return None


def _lowest_label(page: PageLines) -> Line | None:
    """The lowest line of a page if it is a page number above the zone, as below a table on a page with a wide foot."""
    line = max(page.lines, key=lambda x: x.baseline, default=None)
    is_low = line is not None and line.top > (1 - LABEL_ZONE) * page.height
    return line if line is not None and is_low and PAGE_LABEL.fullmatch(line.text.text) else None


def _contents(lines: Sequence[Line], *, is_open: bool) -> tuple[list[Line], list[Line], bool]:
    """Lines of the 目錄 and the others; and whether the 目錄 may go on on the next page.

    All between its title and its last led line belongs to it, since long entries wrap.
    """
    listed = _listed(lines)
    own = [line for i, line in enumerate(lines) if i not in listed]
    contents, body, may_go_on = _led(own, is_open=is_open)
    if not listed:
        return contents, body, may_go_on
    apart = {id(line) for line in contents} | {id(lines[i]) for i in listed}
    return [x for x in lines if id(x) in apart], [x for x in lines if id(x) not in apart], True


def _listed(lines: Sequence[Line]) -> set[int]:
    """The lines of lists of tables and figures without page numbers: the title and what is captioned below it."""
    found: set[int] = set()
    for at, line in enumerate(lines):
        if LIST_TITLE.fullmatch(line.text.text) is None:
            continue
        entries = list(takewhile(lambda i: LISTED.match(lines[i].text.text), range(at + 1, len(lines))))
        found.update([at, *entries] if entries else [])
    return found


def _led(lines: Sequence[Line], *, is_open: bool) -> tuple[list[Line], list[Line], bool]:
    """As `_contents`, by the numbers at the ends of the lines."""
    led = [i for i, line in enumerate(lines) if LEADER.search(line.text.text)]
    title = next((i for i, line in enumerate(lines) if CONTENTS_TITLE.fullmatch(line.text.text)), None)
    if title is not None and len(led) < 2:
        numbered = [i for i, line in enumerate(lines) if i > title and ENDS_IN_NUMBER.match(line.text.text)]
        led = numbered if len(numbered) >= 0.5 * (len(lines) - title - 1) and len(numbered) >= 2 else led
    if title is None and (len(led) < 3 or not (is_open or led)):
        return [], list(lines), False
    if not led:
        return [], list(lines), False
    first = title if title is not None else (0 if is_open else led[0])
    last = led[-1]
    return list(lines[first : last + 1]), [*lines[:first], *lines[last + 1 :]], True
