"""The blocks of a document become the records of a report."""

from __future__ import annotations

import regex

from extract.documents.model import Document
from extract.errors import NotAReport
from extract.language.agency_naming import Naming
from extract.notes import NO_NOTES, Notes
from extract.reading import captions, cases, claims, comments, emissions, indicators, titlepage
from extract.reading.annex import annex_tables, read_annex
from extract.reading.dates import ROC
from extract.reading.outline import build
from extract.reading.pictures import unread_pictures
from extract.reading.vocabulary import TIMEOUT
from extract.records import Report


def read_report(document: Document, notes: Notes = NO_NOTES) -> Report:
    """All records of a document, by a person's notes where there are any.

    Raises `NotAReport` where it holds neither a report's title nor any table of measures.
    """
    title, signals = titlepage.read(document)
    outline = build(document)
    roc_year = title.roc_year or _year_in_headings(document, notes)
    if title.roc_year is None and roc_year is not None:
        title, signals = titlepage.read(document, roc_year)
    year = None if roc_year is None else roc_year + ROC
    annex = read_annex(document, year, notes, Naming(year, title.lead_agencies, title.co_agencies))
    if not annex.measures and (title.roc_year is None or title.sector is None):
        raise NotAReport(
            document.name,
            "neither a title of a 成果報告 nor a table of measures was found",
            "check that it is a sector's 溫室氣體減量行動方案 成果報告; `kb tables` shows any document's tables",
        )
    emission_rows, emission_signals = emissions.read(document, report_year=year)
    indicator_rows, indicator_signals = indicators.read(document, outline=outline, report_year=roc_year)
    comment_rows, comment_signals = comments.read(document, outline=outline)
    case_rows, case_signals = cases.read(document, outline=outline, report_year=year)
    claim_rows, claim_signals = claims.read(document, outline=outline, report_year=year)
    tables, figures, caption_signals = captions.read(document, outline=outline)
    return Report(
        title=title.title,
        sector=title.sector,
        phase=title.phase,
        roc_year=roc_year,
        published=title.published,
        lead_agencies=title.lead_agencies,
        co_agencies=title.co_agencies,
        source_name=document.name,
        media_type=document.media_type,
        sha256=document.sha256,
        page_count=len(document.pages) or None,
        page_labels=tuple(page.label for page in document.pages),
        strategies=tuple(annex.strategies),
        measures=tuple(annex.measures),
        emissions=emission_rows,
        indicators=indicator_rows,
        sections=outline.sections,
        tables=tables,
        figures=figures,
        claims=claim_rows,
        cases=case_rows,
        comments=comment_rows,
        signals=(
            *document.signals,
            *signals,
            *annex.signals,
            *emission_signals,
            *indicator_signals,
            *comment_signals,
            *case_signals,
            *claim_signals,
            *caption_signals,
            *unread_pictures(document, outline),
        ),
    )


def _year_in_headings(document: Document, notes: Notes) -> int | None:
    """The report year where there is no title page: the year of the annex's own title (附件一、113 年…執行情形) or
    of the results column."""
    for annex in annex_tables(document.blocks, notes):
        words = [t.text for t in annex.above]
        words += [c.header for c in annex.columns.columns if c.field in {"result", "budget"}]
        for text in words:
            match = regex.search(r"(?<!\d)(1[0-4]\d)(?!\d)\s*年?", text, timeout=TIMEOUT)
            if match:
                return int(match.group(1))
    return None
