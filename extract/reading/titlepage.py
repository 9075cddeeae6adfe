"""The title page: which sector, period and year a report is about, who answers for it, when it came out.

Everything stands before the table of contents or the first numbered heading. Lines may be broken anywhere and their
glyphs spaced out; years are ROC or Gregorian, in digits or Chinese numerals.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import regex

from extract.documents.model import Document, Heading, Paragraph, PlacedText, Table
from extract.documents.numbering import han_number, read_numbering
from extract.language.agencies import AgencyReading, resolve
from extract.language.agency_naming import Naming
from extract.language.agency_vocabulary import role_words
from extract.reading.dates import ROC, month_of, roc_years, squeezed
from extract.reading.heading_numbers import read_heading_number
from extract.records import Agency, Signal

LAST_PAGE = 3
"""Title pages, an inner one included, are over by here."""
LONGEST_LINE = 160
"""Characters; longer is prose."""
MOST_TITLE_LINES = 5

_TITLE_WORDS = regex.compile(
    r"部門|行動方案|溫室氣體|成果報告|執行報告|執行成果|減量|減碳|淨零|第[一二三四五六七八九十\d]期"
)
_TITLE_END = regex.compile(r"(?:成果|執行|績效|進度|推動|年度)?報告書?|執行成果|年報")
_VERSION = regex.compile(r"[(（【\[](?:核定本|草案|初稿|稿|定稿|修正本|修正版|公告版|[^()（）]{0,6}版)[)）】\]]")
_PHASE = regex.compile(r"第([一二三四五六七八九十]|\d{1,2})(?:階段|期)")
_CONTENTS = regex.compile(r"[圖表]?目[錄次]")
PARTS = regex.compile(
    r"(?:執行)?摘要|前言|緒論|緣起|背景|結論|結語|總結|未來規劃|後續規劃|參考文獻|參考資料"
    r"|附[錄件表則](?:\s*[A-ZＡ-Ｚ])?(?:[：:、\s].*)?|(?:Annex|Appendix|ANNEX|APPENDIX)\b.*"
    r"|.*委員.{0,4}意見.*(?:回復|回覆|回應|辦理|說明|處理).*"
)
"""Headings that begin a part of the report though they carry no number."""
_BREAKS_TITLE = frozenset("：:，。；")


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What the title page says; None or () where it does not."""

    title: str | None = None
    sector: str | None = None
    phase: int | None = None
    roc_year: int | None = None
    published: str | None = None
    lead_agencies: tuple[Agency, ...] = ()
    co_agencies: tuple[Agency, ...] = ()


@cache
def sector_words() -> dict[str, str]:
    """Which sector a word such as 運輸部門 means, longest words first."""
    with files("extract.reading").joinpath("sectors.csv").open(encoding="utf8") as lines:
        words = {word: row["sector"] for row in csv.DictReader(lines) for word in row["words"].split("|")}
    return dict(sorted(words.items(), key=lambda pair: -len(pair[0])))


def read(document: Document, roc_year: int | None = None) -> tuple[TitlePage, list[Signal]]:
    """The title page's facts. What it does not say is looked for in running heads and headings, with a signal.
    `roc_year` names its agencies where it says no year itself."""
    lines = list(_front(document))
    signals: list[Signal] = []
    title_lines, rest = _title(lines)
    title = _joined(title_lines)
    words = squeezed(title or "")
    elsewhere = " ".join(squeezed(text.text) for text in _elsewhere(document))
    sector = _sector(words) or _common_sector(elsewhere)
    if sector is not None and _sector(words) is None:
        signals.append(Signal("title:sector", "info", f"標題未載部門；依內文取為{sector}", title or ""))
    phase = _phase(words) or _phase(" ".join(squeezed(line.text) for line in rest))
    if phase is None and title is not None and (phase := _phase(elsewhere)) is not None:
        signals.append(Signal("title:phase", "info", f"標題未載期別；依內文取為第 {phase} 期", title))
    years = roc_years(words) or [y for line in rest if month_of(line.text) is None for y in roc_years(line.text)]
    published = _published(rest)
    year = years[-1] if years else roc_year
    agencies = _agencies(rest if title_lines else [], Naming(None if year is None else year + ROC))
    place = document.origins.place(*lines) if lines else None
    signals += [s if place is None else _placed(s, document, lines) for s in agencies.signals]
    for name, words_of, value in (("title", "標題", title), ("sector", "部門", sector), ("year", "年度", years)):
        if not value:
            signals.append(Signal(f"unread:{name}", "warning", f"題名頁讀不出{words_of}", _first(lines)))
    return (
        TitlePage(title, sector, phase, years[-1] if years else None, published, agencies.lead, agencies.co),
        signals,
    )


def _placed(signal: Signal, document: Document, lines: Sequence[PlacedText]) -> Signal:
    return Signal(
        signal.rule, signal.severity, signal.message, signal.printed, "title page", document.origins.place(*lines)
    )


def _first(lines: Sequence[PlacedText]) -> str:
    return lines[0].text if lines else ""


def _front(document: Document) -> Iterator[PlacedText]:
    """The lines before the contents or the first numbered heading; sentences, such as a notice, are left out."""
    for block in document.blocks:
        if isinstance(block, Table) and (block.width > 3 or len(block.rows) > 12):
            return
        texts = block.texts() if isinstance(block, Table) else [block.text]
        place = document.origins.place(*texts)
        if place.page is not None and place.page > LAST_PAGE:
            return
        if isinstance(block, Heading) and _opens_part(block):
            return
        for text in texts:
            for line in text.lines():
                numbering = read_numbering(line.text) if isinstance(block, Paragraph) else None
                is_chapter = numbering is not None and numbering.style in {"formal", "chapter", "han", "annex"}
                if is_chapter or _CONTENTS.fullmatch(squeezed(line.text)):
                    return
                if len(line) <= LONGEST_LINE and "。" not in line.text:
                    yield line


def _opens_part(heading: Heading) -> bool:
    """Whether a heading begins the report proper."""
    is_numbered = read_heading_number(heading.text.text) is not None
    return is_numbered or PARTS.fullmatch(squeezed(heading.text.text)) is not None


def _elsewhere(document: Document) -> Iterator[PlacedText]:
    """Running heads and the first headings and paragraphs."""
    yield from document.furniture[:20]
    texts = [b.text for b in document.blocks if isinstance(b, Heading | Paragraph)]
    yield from texts[:60]


def _marks_agency(line: PlacedText) -> bool:
    words = squeezed(line.text)
    return any(words.startswith(mark) for mark in role_words() if len(mark) > 1)


def _is_date(line: PlacedText) -> bool:
    return month_of(line.text) is not None and len(squeezed(line.text)) <= 20


def is_front_line(line: PlacedText) -> bool:
    """Whether a line is one that title pages hold: a part of the title, a date, agencies."""
    words = squeezed(line.text)
    if _TITLE_WORDS.search(words) or _TITLE_END.search(words) or _marks_agency(line) or _is_date(line):
        return True
    agencies = resolve(line.text)
    return bool(agencies.lead) and not agencies.signals


def _title(lines: Sequence[PlacedText]) -> tuple[list[PlacedText], list[PlacedText]]:
    """The lines of the title, and the others."""
    for start, line in enumerate(lines):
        if not _TITLE_WORDS.search(squeezed(line.text)) or _marks_agency(line):
            continue
        end = start
        while end < len(lines) and end < start + MOST_TITLE_LINES:
            words = squeezed(lines[end].text)
            if end > start and (_marks_agency(lines[end]) or _is_date(lines[end]) or words[-1:] in _BREAKS_TITLE):
                break
            if end > start and not _TITLE_WORDS.search(words) and not roc_years(words) and not _TITLE_END.search(words):
                break
            end += 1
            if _TITLE_END.search(words):
                break
        return list(lines[start:end]), [*lines[:start], *lines[end:]]
    return [], list(lines)


def _joined(lines: Sequence[PlacedText]) -> str | None:
    """The title on one line; glyphs that are spaced out stand together again."""
    title = ""
    for line in lines:
        words = line.text.strip()
        if len(regex.findall(r"\S+", words)) > 0.6 * len(squeezed(words)):
            words = squeezed(words)
        title += (" " if title and words[:1].isdecimal() else "") + words
    title = _VERSION.sub("", title).strip()
    return title or None


def _sector(words: str) -> str | None:
    return next((sector for word, sector in sector_words().items() if word in words), None)


def _common_sector(text: str) -> str | None:
    counts: Counter[str] = Counter()
    for word, sector in sector_words().items():
        counts[sector] += text.count(word)
    best = counts.most_common(2)
    return best[0][0] if best[0][1] >= 3 and best[0][1] > 2 * best[1][1] else None


def _phase(words: str) -> int | None:
    match = _PHASE.search(words)
    if match is None:
        return None
    number = match.group(1)
    return int(number) if number.isdecimal() else han_number(number)


def _published(lines: Sequence[PlacedText]) -> str | None:
    """The month on a line of its own, the last where there are several."""
    months = [month for line in lines if _is_date(line) and (month := month_of(line.text))]
    return months[-1] if months else None


def _agencies(lines: Sequence[PlacedText], naming: Naming) -> AgencyReading:
    """The agencies from the first 主辦機關 on; without such a mark, the lines that hold nothing but agencies."""
    lines = [line for line in lines if not _is_date(line)]
    start = next((i for i, line in enumerate(lines) if _marks_agency(line)), None)
    if start is not None:
        return resolve("\n".join(line.text for line in lines[start:]), naming=naming)
    alone = [line for line in lines if (r := resolve(line.text)).lead and not r.signals]
    return resolve("\n".join(line.text for line in alone), naming=naming)
