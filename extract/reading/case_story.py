"""What a case study tells: whose it is, what was wrong, what was done, what came of it.

Headings such as 面臨問題 or 成效 part it; in prose, words such as 改善前 and 改善後 do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

from extract.reading.case_sections import facet_of
from extract.reading.case_words import without_count, words
from extract.reading.vocabulary import folded


@dataclass(frozen=True, slots=True)
class Story:
    """The parts of a case as printed; None where the report does not part them."""

    problem: str | None
    approach: str | None
    outcome: str | None


def title_of(heading: str) -> str:
    """A case's title: the heading's words without 案例一、."""
    return without_count(heading) or heading


def industry_of(title: str, prose: str, slide_titles: Iterable[str]) -> str | None:
    """The industry as printed: the title where it is one, who is meant by 以某…為例, or how a slide's title ends."""
    table = words()["industry"]
    plain = title.strip()
    if regex.fullmatch(table["title"], plain):
        return plain
    if match := regex.search(table["after_some"], prose):
        return str(match.group(1))
    for slide in slide_titles:
        tail = regex.split(r"[-－–—]", folded(slide))[-1]
        if "-" in folded(slide) and regex.fullmatch(table["title"], tail):
            return str(tail)
    if match := regex.search(r"(?:協助|推動|輔導)([\p{Han}]{2,6}(?:產業|業))", title):
        return str(match.group(1))
    return None


def names_industry(label: str) -> bool:
    """Whether a label of a card says that the industry stands beside it."""
    return folded(label).strip("：:") in words()["industry"]["labels"]


def strategy_of(path: Sequence[str], prose: str) -> str | None:
    """製程改善, 能源轉換 or 循環經濟: by the innermost heading that speaks of one alone, else by prose that does."""
    table: dict[str, list[str]] = words()["strategy"]
    for heading in reversed(path):
        scores = {name: sum(word in heading for word in cues) for name, cues in table.items()}
        best = max(scores.values())
        leaders = [name for name, score in scores.items() if score == best]
        if best and len(leaders) == 1:
            return leaders[0]
    named = [name for name, cues in table.items() if name in prose or sum(word in prose for word in cues) > 2]
    return named[0] if len(named) == 1 else None


def story_of(prose: Sequence[str], parts: Iterable[tuple[str, str]]) -> Story:
    """The story from the prose's paragraphs and the parts under headings, (heading, text) each."""
    found: dict[str, list[str]] = {"problem": [], "approach": [], "outcome": []}
    for paragraph in prose:
        current: str | None = None
        for sentence in regex.findall(r"[^。]+。?", paragraph):
            for clause in _clauses(sentence):
                current = _turn(clause, current)
                if current is not None:
                    found[current].append(clause)
    for heading, text in parts:
        facet = facet_of(heading)
        if facet in found and text.strip():
            found[facet].append(text.strip())
    joined = {name: "\n".join(texts).strip() or None for name, texts in found.items()}
    return Story(joined["problem"], joined["approach"], joined["outcome"])


def _clauses(sentence: str) -> list[str]:
    """A sentence, cut before 改善後 where it tells both what was and what was done."""
    turns = "|".join(regex.escape(word) for word in words()["story"]["after"])
    cut = regex.search(rf"(?<=[，；、,;])(?:{turns})", sentence)
    return [sentence[: cut.start()], sentence[cut.start() :]] if cut else [sentence]


def _turn(clause: str, current: str | None) -> str | None:
    """The part that a clause belongs to: what its own words say, else that of the clause before."""
    table = words()["story"]
    opening = clause[:12]
    if any(word in clause for word in table["before"]):
        return "problem"
    if any(word in opening for word in table["after"]):
        return "approach"
    if any(word in clause for word in table["outcome"]) and regex.search(r"\d", clause):
        return "outcome"
    if any(word in opening for word in table["problem"]):
        return "problem"
    if any(opening.startswith(word) for word in table["approach"]):
        return "approach"
    return None if current == "outcome" else current
