"""Parts of a report that it announces and that were not read, or of which suspiciously little was."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from kb import schema
from kb.check.figures import words
from kb.check.model import Doubt, Share
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Row, Stored

CAPTION = regex.compile(r"\s*[表圖]\s*[\d一二三四五六七八九十]")
ANNEX = regex.compile(r"附(?:件|錄|表)")
FEWEST = {"measures": 3, "emissions": 2}
"""Rows under which a part cannot be whole: a sector's plan has dozens of measures, a phase has five years."""
MOST_LOST = 3
"""Pages without a row up to which each is told; more are told in one."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A part of the report, the words that announce it, and their page."""

    table: str
    words: str
    page: int | None


def announced(stored: Stored) -> list[Announced]:
    """The parts that headings, captions and headers of tables let expect, each once. Measures always are: a report
    without any is none."""
    told = list(_words(stored))
    found = []
    for table, cues in words()["parts"].items():
        match = next(((text, page) for text, page in told if any(cue in folded(text) for cue in cues)), None)
        if match is not None:
            found.append(Announced(table, " ".join(match[0].split())[:40], match[1]))
        elif table == "measures":
            found.append(Announced(table, "附件一", None))
    return found


def _words(stored: Stored) -> Iterator[tuple[str, int | None]]:
    """Headings, captions and headers, and the first words of paragraphs, where a caption without its table may be."""
    for section in stored["sections"]:
        yield section["heading"] or "", section["page"]
    for table in stored["tables"]:
        yield table["caption"] or "", table["page"]
        for row in table["cells"][: max(1, table["header_rows"])]:
            yield " ".join(cell for cell in row if len(cell) < 30), table["page"]
    for section in stored["sections"]:
        for line in (section["text"] or "").split("\n"):
            if CAPTION.match(line, timeout=TIMEOUT):
                yield line, section["page"]


def parts_read(stored: Stored) -> Share:
    """Share of the announced parts of which there are rows enough."""
    found = announced(stored)
    return Share("parts", sum(_is_there(stored, part.table) for part in found), len(found))


def _is_there(stored: Stored, table: str) -> bool:
    return len(stored[table]) >= FEWEST.get(table, 1)


def check_parts(stored: Stored) -> Iterator[Doubt]:
    """A doubt for each part that is not there, and for pages of annex one without a measure."""
    for part in announced(stored):
        if not _is_there(stored, part.table):
            name = regex.split(r"[（(]", schema.tables()[part.table].zh)[0]
            count = len(stored[part.table])
            reason = f"沒有讀到{name}：報告有「{part.words}」" if not count else f"{name}只讀到 {count} 列，可能缺漏"
            yield Doubt("unread:table", part.table, None, None, reason, 0.1, part.words, part.page)
    yield from _empty_pages(stored)


def _empty_pages(stored: Stored) -> Iterator[Doubt]:
    """Pages of annex one on which no measure stands: from its heading to the next annex, and between measures."""
    used = {int(box[0]) for measure in stored["measures"] for box in _boxes(measure)}
    if not used:
        return
    first, last = min(used), max(used)
    annexes = [s for s in stored["sections"] if s["page"] and ANNEX.match(folded(s["heading"]), timeout=TIMEOUT)]
    start = max((s["page"] for s in annexes if s["page"] <= first), default=first)
    behind = [s["page"] for s in annexes if s["page"] > last]
    end = min(behind) - 1 if behind else last
    lacking = [page for page in range(start + 1, end + 1) if page not in used]
    if len(lacking) > MOST_LOST:
        reason = f"附件一第 {lacking[0]} 至 {lacking[-1]} 頁中有 {len(lacking)} 頁沒有讀到措施"
        yield Doubt("lost:page", "measures", None, None, reason, 0.1, "", lacking[0])
        return
    for page in lacking:
        yield Doubt("lost:page", "measures", None, None, f"附件一第 {page} 頁沒有讀到措施", 0.2, "", page)


def _boxes(row: Row) -> list[list[float]]:
    return row["boxes"] or []
