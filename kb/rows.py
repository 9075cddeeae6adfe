"""A report as rows: every record of the reading under its table, with keys that outlive a re-ingest.

Keys follow from the report's id and the record's own code or position: `manufacturing-113/1.1.1`,
`manufacturing-113/1.1.1/result/2`, `manufacturing-113/1.1.1/result/2/q1`, `manufacturing-113/case/3`. Where one report
prints a code twice, the second row's key ends in `~2` and a finding says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extract.records import Item, Measure, Report, Signal
from kb import identity
from kb.row_sink import Row, Rows, RowSink, as_json, picked, place_json

MEASURE = (
    "code",
    "name",
    "is_new",
    "marks",
    "plan",
    "category",
    "period",
    "start_year",
    "end_year",
    "status",
    "target",
    "result",
    "budget_ntd",
    "execution_rate",
    "budget_note",
    "extra",
    "printed",
)
EMISSION = (
    "year",
    "target",
    "grid_factor",
    "actual",
    "corrected",
    "cumulative_target",
    "cumulative_actual",
    "cumulative_corrected",
    "is_estimate",
)


def as_rows(report: Report, report_id: str, extractor_version: str) -> Rows:
    """Every row of the report by table; a row has its own columns alone, the others are null."""
    sink = _sink(report, report_id)
    _title_page(sink, report, extractor_version)
    strategies = _strategies(sink, report)
    for position, measure in enumerate(report.measures, 1):
        _measure(sink, position, measure, strategies)
    for e in report.emissions:
        key = {"id": sink.key("emissions", f"emission/{e.year}", e.place), "report_id": sink.id}
        sink.add("emissions", e.place, key | {"sector": sink.sector} | picked(e, *EMISSION))
    _told(sink, report)
    _claims_and_cases(sink, report)
    findings = [
        (picked(s, "rule", "severity", "message", "printed", "context") | {"evidence": "[]"}, s.place)
        for s in sink.signals
    ]
    sink.numbered("findings", "finding", findings)
    return sink.rows


def _sink(report: Report, report_id: str) -> RowSink:
    """An annex alone has no title page: then the id that a person gave says sector and year. Where both speak and
    disagree, the page is taken and a finding says so."""
    sector, roc_year = identity.sector_and_year(report_id)
    sink = RowSink(
        report_id,
        report.sector or sector,
        report.roc_year if report.roc_year is not None else roc_year,
        report.signals,
    )
    for what, printed, given in (("sector", sink.sector, sector), ("year", sink.roc_year, roc_year)):
        if given is not None and given != printed:
            message = f"題名頁所載與報告識別碼 {report_id} 不符：{printed} / {given}"
            sink.signals.append(Signal("id:disagrees", "warning", message, str(printed), what))
    return sink


def _title_page(sink: RowSink, report: Report, extractor_version: str) -> None:
    sink.add(
        "reports",
        None,
        picked(
            report, "title", "phase", "published", "page_count", "page_labels", "source_name", "sha256", "media_type"
        )
        | sink.origin
        | {
            "id": sink.id,
            "roc_year": sink.roc_year,
            "lead_agencies": as_json([a.name for a in report.lead_agencies]),
            "co_agencies": as_json([a.name for a in report.co_agencies]),
            "extractor_version": extractor_version,
        },
    )
    sink.agencies("report_agencies", {"report_id": sink.id}, report.lead_agencies, report.co_agencies)


def _strategies(sink: RowSink, report: Report) -> Mapping[str, Row]:
    """Code -> row of the first strategy with that code."""
    by_code: dict[str, Row] = {}
    for position, s in enumerate(report.strategies, 1):
        key = {"id": sink.key("strategies", s.code, s.place), "report_id": sink.id, "position": position}
        by_code.setdefault(s.code, sink.add("strategies", s.place, key | picked(s, "code", "title")))
    return by_code


def _measure(sink: RowSink, position: int, measure: Measure, strategies: Mapping[str, Row]) -> None:
    key = sink.key("measures", measure.code, measure.place)
    strategy = strategies.get(measure.strategy_code or "")
    if strategy is None and measure.strategy_code is not None:
        message = f"措施 {measure.code} 所屬策略 {measure.strategy_code} 不在策略清單中"
        sink.signals.append(
            Signal("unread:strategy", "warning", message, measure.strategy_code, measure.code, measure.place)
        )
    lead, co = ([a.name for a in agencies] for agencies in (measure.lead_agencies, measure.co_agencies))
    every = (*measure.lead_agencies, *measure.co_agencies)
    sink.add(
        "measures",
        measure.place,
        {"id": key, "report_id": sink.id, "position": position}
        | picked(measure, *MEASURE)
        | sink.origin
        | {
            "strategy_id": strategy and strategy["id"],
            "strategy_title": strategy and f"{strategy['code']} {strategy['title']}",
            "agencies": as_json(list(dict.fromkeys(a.successor or a.name for a in every))),
            "lead_agencies": as_json(lead),
            "co_agencies": as_json(co),
            "funding": as_json(measure.funding_sources),
            "places": as_json({field: place_json(place) for field, place in measure.places.items()}),
        },
    )
    sink.agencies("measure_agencies", {"measure_id": key}, measure.lead_agencies, measure.co_agencies)
    for order, source in enumerate(dict.fromkeys(measure.funding_sources), 1):
        sink.add("measure_funding", None, {"measure_id": key, "source": source, "position": order})
    _items(sink, "target", key, measure.targets)
    _items(sink, "result", key, measure.results)


def _items(sink: RowSink, side: str, measure_id: str, items: Iterable[Item]) -> None:
    for position, item in enumerate(items, 1):
        owners = {"measure_id": measure_id, "report_id": sink.id}
        key = f"{measure_id}/{side}/{position}"
        sink.add(f"{side}s", item.place, {"id": key, "position": position} | owners | picked(item, "ordinal", "text"))
        sink.quantities(key, item.quantities, {"measure_id": measure_id, f"{side}_id": key})


def _told(sink: RowSink, report: Report) -> None:
    """Everything that is text and belongs to nothing else."""
    sink.numbered(
        "indicators", "indicator", [(picked(i, "name", "target", "result"), i.place) for i in report.indicators]
    )
    sections = [
        (
            picked(s, "level", "number", "heading", "text")
            | {"parent_id": None if s.parent is None else f"{sink.id}/section/{s.parent + 1}"},
            s.place,
        )
        for s in report.sections
    ]
    sink.numbered("sections", "section", sections)
    comments = [
        (sink.origin | picked(c, "reviewer", "round", "number", "comment", "reply"), c.place) for c in report.comments
    ]
    sink.numbered("comments", "comment", comments)
    tables = [
        (picked(t, "number", "caption", "source", "notes", "cells", "header_rows", "joins", "raw"), t.place)
        for t in report.tables
    ]
    sink.numbered("tables", "table", tables)
    sink.numbered("figures", "figure", [(picked(f, "number", "caption", "source"), f.place) for f in report.figures])


def _claims_and_cases(sink: RowSink, report: Report) -> None:
    claims = [
        ({"section_id": None if c.section is None else f"{sink.id}/section/{c.section + 1}", "text": c.text}, c.place)
        for c in report.claims
    ]
    for key, claim in zip(sink.numbered("claims", "claim", claims), report.claims, strict=True):
        sink.quantities(key, claim.quantities, {"claim_id": key})
    cases = [
        (
            sink.origin
            | picked(c, "title", "industry", "strategy", "problem", "approach", "outcome", "text")
            | {"path": " › ".join(c.path)},
            c.place,
        )
        for c in report.cases
    ]
    for key, case in zip(sink.numbered("cases", "case", cases), report.cases, strict=True):
        sink.quantities(key, case.quantities, {"case_id": key})
