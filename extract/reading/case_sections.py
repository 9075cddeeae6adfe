"""Which sections of the outline are case studies: one for each innermost heading under the highlights.

A slide's titles and the parts of one story (改善前, 解決方案, 成效) are no cases; neither is a heading that only
groups. A section that introduces somebody (以某…為例) and then has numbered parts is one case.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

import regex

from extract.reading.case_words import counts_case, words
from extract.reading.outline import Outline
from extract.reading.reviewers import is_about
from extract.reading.vocabulary import folded

LONGEST_INTRODUCTION = 30
"""Characters of text under a heading that still only announce the cases below."""

_INTRODUCES = regex.compile(r"以某|為例|本案|該(?:公司|廠|業者|企業|場|校|院|案|產業|農場|團隊)|^某|，某|輔導某")
_ANNOUNCES = regex.compile(r"(?:如下|分述|說明如次|案例包括|介紹|摘述|臚列)[^。]{0,10}[。：:]?$")


@dataclass(frozen=True, slots=True)
class CaseSection:
    """A case: its section, the sections from the highlights down to it, and all that lies inside."""

    section: int
    path: tuple[int, ...]
    inside: tuple[int, ...]


class _Tree:
    """The outline with its children."""

    def __init__(self, outline: Outline, kept: Container[int]) -> None:
        self.sections = outline.sections
        self.below: dict[int | None, list[int]] = {}
        for index, section in enumerate(outline.sections):
            if index in kept:
                self.below.setdefault(section.parent, []).append(index)

    def children(self, section: int | None) -> list[int]:
        return self.below.get(section, [])

    def all_inside(self, section: int) -> list[int]:
        """The section and everything below it, in reading order."""
        inside = [section]
        for child in self.children(section):
            inside.extend(self.all_inside(child))
        return inside


def is_highlights(heading: str) -> bool:
    """Whether a heading opens the part with the case studies."""
    said = folded(heading)
    table = words()["highlights"]
    return any(w in said for w in table["words"]) and not any(w in said for w in table["not_words"])


def facet_of(heading: str) -> str | None:
    """The part of a story that a heading names: problem, approach, outcome, other; None where it names no part."""
    said = regex.sub(r"[：:「」『』\s■◆●➤/／].*$", "", folded(heading).lstrip("■◆●➤✓"))
    plain = regex.sub(r"[：:]$", "", folded(heading))
    for facet, names in words()["facets"].items():
        if said in names or plain in names:
            return str(facet)
    return None


def highlights(outline: Outline) -> list[int]:
    """The outermost sections that hold case studies; the chapter over cases that are its only parts."""
    found: list[int] = []
    for index, section in enumerate(outline.sections):
        above = outline.path(section.parent)
        if not is_highlights(section.heading) or set(above) & set(found):
            continue
        if any(is_about(outline.sections[s].heading) for s in above):
            continue  # comments may be sorted by the chapters that they are about
        siblings = [s for s in outline.sections if s.parent == section.parent]
        counted = section.parent is not None and all(counts_case(s.heading) for s in siblings)
        found.append(section.parent if counted and section.parent is not None else index)
    return found


def case_sections(outline: Outline, kept: Container[int]) -> list[CaseSection]:
    """The cases in reading order, among the sections that are `kept`."""
    tree = _Tree(outline, kept)
    cases: list[CaseSection] = []
    for top in highlights(outline):
        inside = tree.all_inside(top)
        is_numbered = any(outline.sections[s].number is not None for s in inside[1:])
        for section in _innermost(tree, top, is_numbered=is_numbered, is_top=True):
            path = outline.path(section)
            cases.append(CaseSection(section, path[path.index(top) :], tuple(tree.all_inside(section))))
    return cases


def _innermost(tree: _Tree, section: int, *, is_numbered: bool, is_top: bool = False) -> Iterator[int]:
    """The sections at or under one that are cases by themselves."""
    children = [c for c in tree.children(section) if _may_be_case(tree, c, is_numbered=is_numbered)]
    text = tree.sections[section].text.strip()
    introduces = len(text) > LONGEST_INTRODUCTION and _INTRODUCES.search(text) and not _ANNOUNCES.search(text)
    if not children or (introduces and not is_top):
        if not is_top or text:
            yield section
        return
    for child in children:
        yield from _innermost(tree, child, is_numbered=is_numbered)


def _may_be_case(tree: _Tree, section: int, *, is_numbered: bool) -> bool:
    """Whether a heading can name a case: numbered ones where the cases are numbered, and no part of a story."""
    heading = tree.sections[section]
    if facet_of(heading.heading) is not None:
        return False
    return heading.number is not None or not is_numbered or counts_case(heading.heading)
