"""The report's headings as a tree, each with the text under it.

The number in front says where a heading belongs; the size or `#` of a heading is a hint alone, since converters get
it wrong. Unnumbered headings, such as the titles on a slide, stay under the numbered one before them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extract.documents.model import Block, Document, Heading, Paragraph, PlacedText
from extract.documents.numbering import Numbering
from extract.reading.annex_titles import annex_titles
from extract.reading.caption_lines import read_caption
from extract.reading.case_words import counts_case
from extract.reading.heading_numbers import read_heading_number
from extract.reading.outline_ranks import Rank, order_of, rank_of
from extract.reading.titlepage import PARTS, is_front_line
from extract.records import Section

LOWEST_LEVEL = 9
"""Of a line that only its words show to be a heading: 案例一：…."""
_CONTENTS = regex.compile(r"[圖表附錄件]{0,4}目[錄次]")
_CONTINUED = regex.compile(r"\s*[（(]\s*(?:續\d*|接續|續上頁)\s*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections, and for each block of the document the index of the section that it stands in."""

    sections: tuple[Section, ...]
    section_of: tuple[int | None, ...]

    def path(self, section: int | None) -> tuple[int, ...]:
        """The sections from the outermost down to this one."""
        path: list[int] = []
        while section is not None:
            path.append(section)
            section = self.sections[section].parent
        return tuple(reversed(path))


@dataclass(slots=True)
class _Open:
    """A section that is being read."""

    index: int
    rank: int | None
    hint: int
    parts: tuple[int, ...] = ()
    is_part: bool = False


@dataclass(slots=True)
class _Draft:
    """A section before its text is complete."""

    heading: PlacedText
    numbering: Numbering | None
    level: int
    parent: int | None
    texts: list[PlacedText] = field(default_factory=list)


def build(document: Document) -> Outline:
    """The tree of headings. Headings of the title page, the table of contents and captions are none."""
    headings = {i: b for i, b in enumerate(document.blocks) if isinstance(b, Heading) and _is_heading(b)}
    for index in _front(document.blocks, headings):
        del headings[index]
    headings |= annex_titles(document.blocks, headings)
    headings |= {
        i: Heading(b.text, LOWEST_LEVEL)
        for i, b in enumerate(document.blocks)
        if isinstance(b, Paragraph) and counts_case(b.text.text.strip())
    }
    numbers = {i: read_heading_number(h.text.text) for i, h in headings.items()}
    order = order_of([n for n in numbers.values() if n is not None])
    hints = _hints(headings, numbers, order)
    drafts: list[_Draft] = []
    stack: list[_Open] = []
    section_of: list[int | None] = []
    for i, block in enumerate(document.blocks):
        if i in headings and not _repeats(headings[i], drafts, stack):
            number = numbers[i]
            rank = order[rank_of(number)] if number is not None else None
            entry = _Open(len(drafts), rank, headings[i].level, number.parts if number else ())
            entry.is_part = PARTS.fullmatch(_words(headings[i].text, number).text) is not None
            _close(stack, entry, hints)
            parent = stack[-1].index if stack else None
            drafts.append(_Draft(headings[i].text, number, len(stack) + 1, parent))
            stack.append(entry)
        elif drafts and isinstance(block, Heading | Paragraph) and i not in headings:
            drafts[stack[-1].index].texts.append(block.text)
        section_of.append(stack[-1].index if stack else None)
    return Outline(tuple(_section(document, draft) for draft in drafts), tuple(section_of))


def _section(document: Document, draft: _Draft) -> Section:
    return Section(
        heading=_words(draft.heading, draft.numbering).text,
        number=draft.numbering.printed if draft.numbering else None,
        level=draft.level,
        parent=draft.parent,
        text="\n".join(text.text for text in draft.texts),
        place=document.origins.place(draft.heading, *draft.texts),
    )


def _words(heading: PlacedText, numbering: Numbering | None) -> PlacedText:
    words = heading[numbering.length :] if numbering is not None else heading
    return (words if words else heading).strip()


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_heading(block: Heading) -> bool:
    words = _squeezed(block.text.text)
    return bool(words) and not _CONTENTS.fullmatch(words) and read_caption(block.text) is None


def _front(blocks: Sequence[Block], headings: dict[int, Heading]) -> list[int]:
    """The headings of the title page, among those before the first numbered one, the contents or prose."""
    front: list[int] = []
    for i, block in enumerate(blocks):
        if isinstance(block, Heading):
            words = _squeezed(block.text.text)
            numbering = read_heading_number(block.text.text)
            if _CONTENTS.fullmatch(words) or numbering is not None or PARTS.fullmatch(words):
                break
            if i in headings and (is_front_line(block.text) or (front and _goes_on(words))):
                front.append(i)
        elif not isinstance(block, Paragraph) or len(block.text) > 80 or "。" in block.text.text:
            return front[:-1] if len(front) > 1 else []
    return front if len(front) < len(headings) else []


def _goes_on(words: str) -> bool:
    """Whether a line closes a bracket that the line before opened."""
    closed, opened = min(words.find(c) % (1 << 20) for c in ")）"), min(words.find(c) % (1 << 20) for c in "(（")
    return closed < opened


@dataclass(frozen=True, slots=True)
class _Hints:
    """What the sizes of the headings are worth. `hold`: larger ranks have larger headings throughout. `top` is the
    size of the largest numbered ones, `containers` the sizes of unnumbered headings that come before any number."""

    hold: bool
    top: int
    containers: frozenset[int]

    def closes(self, entry: _Open) -> bool:
        """Whether an unnumbered heading's size can be believed to end numbered sections."""
        return self.hold and (entry.hint > self.top or entry.hint in self.containers)


def _hints(headings: dict[int, Heading], numbers: dict[int, Numbering | None], order: dict[Rank, int]) -> _Hints:
    levels: dict[int, set[int]] = {}
    containers: set[int] = set()
    for i, heading in headings.items():
        number = numbers[i]
        if number is not None:
            levels.setdefault(order[rank_of(number)], set()).add(heading.level)
        elif not levels:
            containers.add(heading.level)
    first = [min(levels[rank]) for rank in sorted(levels)]
    hold = all(len(hints) == 1 for hints in levels.values()) and first == sorted(first)
    return _Hints(hold, min(first, default=1), frozenset(containers))


def _close(stack: list[_Open], entry: _Open, hints: _Hints) -> None:
    """Closes the sections that the new heading does not belong to."""
    if entry.rank is None:
        if entry.is_part:
            stack.clear()
        elif hints.closes(entry) or not any(o.rank is not None for o in stack):
            while stack and stack[-1].hint >= entry.hint:
                stack.pop()
        else:
            while stack and stack[-1].rank is None and stack[-1].hint >= entry.hint and not stack[-1].is_part:
                stack.pop()
        return
    if len(entry.parts) > 1:
        prefix = next((n for n, o in enumerate(stack) if o.parts == entry.parts[:-1]), None)
        if prefix is not None:
            del stack[prefix + 1 :]
            return
    same = next((n for n, o in enumerate(stack) if o.rank == entry.rank), None)
    if same is not None:
        del stack[same:]
        return
    while stack and ((stack[-1].rank is not None and stack[-1].rank > entry.rank) or _is_aside(stack, entry)):
        stack.pop()


def _is_aside(stack: Sequence[_Open], entry: _Open) -> bool:
    """Whether the innermost open heading is an unnumbered one that a numbered heading ends: below a numbered one it is,
    at the top only where a larger number comes."""
    last = stack[-1]
    if last.rank is not None:
        return False
    if any(o.rank is not None for o in stack[:-1]):
        return True
    return not last.is_part and entry.rank == 0


def _repeats(heading: Heading, drafts: Sequence[_Draft], stack: Sequence[_Open]) -> bool:
    """Whether a heading is an open one printed again on the next page, with or without （續）."""
    words = _squeezed(_CONTINUED.sub("", heading.text.text))
    numbering = read_heading_number(heading.text.text)
    if numbering is None:
        return False
    return any(_squeezed(_CONTINUED.sub("", drafts[o.index].heading.text)) == words for o in stack)
