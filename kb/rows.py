"""A report as rows: every record of the reading under its table, with keys that outlive a re-ingest.

Keys follow from the report's id and the record's own code or position: `manufacturing-113/1.1.1`,
`manufacturing-113/1.1.1/result/2`, `manufacturing-113/1.1.1/result/2/q1`, `manufacturing-113/case/3`. Where one report
prints a code twice, the second row's key ends in `~2` and a finding says so.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from extract.records import Agency, Case, Claim, Item, Measure, Place, Quantity, Report, Role, Signal
from kb import identity

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def as_rows(report: Report, report_id: str, extractor_version: str) -> Rows:
    """Every row of the report by table; a row has its own columns alone, the others are null."""
    return _Builder(report, report_id).build(extractor_version)


def placed(place: Place) -> Row:
    """The place columns: boxes for a PDF, a character range for a text source."""
    boxes = [[b.page, *(round(n, 2) for n in (b.x0, b.top, b.x1, b.bottom))] for b in place.boxes]
    return {
        "page": place.page,
        "boxes": as_json(boxes) if boxes else None,
        "char_start": place.char_start,
        "char_end": place.char_end,
    }


def as_json(value: object) -> str:
    """Compact JSON with Chinese as itself."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def number(value: Decimal | None) -> float | None:
    """The number as SQLite keeps it."""
    return None if value is None else float(value)


class _Builder:
    """Collects the rows of one report; holds the keys given so far, so that none is given twice."""

    def __init__(self, report: Report, report_id: str) -> None:
        self.report, self.id = report, report_id
        self.rows: Rows = {}
        self.taken: Counter[tuple[str, str]] = Counter()
        self.signals: list[Signal] = list(report.signals)
        sector, roc_year = identity.sector_and_year(report_id)
        # An annex alone has no title page: the id that a person gave says what it is.
        self.sector = report.sector or sector
        self.roc_year = report.roc_year if report.roc_year is not None else roc_year
        self.year = None if self.roc_year is None else self.roc_year + identity.FIRST_GREGORIAN
        if report.sector and sector and sector != report.sector.removesuffix("部門"):
            self._disagrees("sector", report.sector, sector)
        if report.roc_year is not None and roc_year is not None and roc_year != report.roc_year:
            self._disagrees("year", str(report.roc_year), str(roc_year))

    def _disagrees(self, what: str, printed: str, given: str) -> None:
        message = f"題名頁所載與報告識別碼 {self.id} 不符:{printed} / {given}"
        self.signals.append(Signal("id:disagrees", "warning", message, printed, what))

    def build(self, extractor_version: str) -> Rows:
        report = self.report
        self._add(
            "reports",
            id=self.id,
            title=report.title,
            sector=self.sector,
            phase=report.phase,
            roc_year=self.roc_year,
            year=self.year,
            published=report.published,
            lead_agencies=as_json([a.name for a in report.lead_agencies]),
            co_agencies=as_json([a.name for a in report.co_agencies]),
            page_count=report.page_count,
            page_labels=as_json(report.page_labels),
            source_name=report.source_name,
            sha256=report.sha256,
            media_type=report.media_type,
            extractor_version=extractor_version,
        )
        self._agencies("report_agencies", {"report_id": self.id}, report.lead_agencies, report.co_agencies)
        strategies = self._strategies()
        for position, measure in enumerate(report.measures, 1):
            self._measure(position, measure, strategies)
        self._emissions()
        self._numbered(
            "indicator",
            "indicators",
            [({"name": i.name, "target": i.target, "result": i.result}, i.place) for i in report.indicators],
        )
        sections = self._sections()
        self._claims(sections)
        self._cases()
        self._comments()
        self._tables_and_figures()
        self._findings()
        return self.rows

    def _add(self, table: str, place: Place | None = None, **values: Any) -> None:
        self.rows.setdefault(table, []).append(values | (placed(place) if place else {}))

    def _key(self, table: str, wanted: str, place: Place, *, is_code: bool = True) -> str:
        """`wanted`, or with `~2` behind it where the report has that key already."""
        self.taken[table, wanted] += 1
        count = self.taken[table, wanted]
        if count == 1:
            return wanted
        if is_code:
            printed = wanted.removeprefix(f"{self.id}/")
            message = f"{table} 中編號 {printed} 重複出現,第 {count} 列記為 {wanted}~{count}"
            self.signals.append(Signal("duplicate:code", "warning", message, printed, table, place))
        return self._key(table, f"{wanted}~{count}", place, is_code=False)

    def _agencies(self, table: str, owner: Row, lead: Sequence[Agency], co: Sequence[Agency]) -> None:
        roles: tuple[tuple[Role, Sequence[Agency]], ...] = (("lead", lead), ("co", co))
        for role, agencies in roles:
            # The same agency named twice in one cell, by its full and its short name, is one link.
            named = {a.name: a for a in reversed(agencies)}
            for position, agency in enumerate(reversed(named.values()), 1):
                self.rows.setdefault("agencies", []).append(
                    {
                        "id": agency.name,
                        "name": agency.name,
                        "short_name": agency.short_name,
                        "ministry": agency.ministry,
                        "is_known": int(agency.is_known),
                    }
                )
                self._add(table, **owner, agency_id=agency.name, role=role, position=position, printed=agency.printed)

    def _strategies(self) -> Mapping[str, Row]:
        """Code -> row of the first strategy with that code."""
        by_code: dict[str, Row] = {}
        for position, strategy in enumerate(self.report.strategies, 1):
            key = self._key("strategies", f"{self.id}/{strategy.code}", strategy.place)
            self._add(
                "strategies",
                strategy.place,
                id=key,
                report_id=self.id,
                position=position,
                code=strategy.code,
                title=strategy.title,
            )
            by_code.setdefault(strategy.code, self.rows["strategies"][-1])
        return by_code

    def _measure(self, position: int, measure: Measure, strategies: Mapping[str, Row]) -> None:
        key = self._key("measures", f"{self.id}/{measure.code}", measure.place)
        strategy = strategies.get(measure.strategy_code or "")
        if strategy is None and measure.strategy_code is not None:
            message = f"措施 {measure.code} 所屬策略 {measure.strategy_code} 不在策略清單中"
            self.signals.append(
                Signal("unread:strategy", "warning", message, measure.strategy_code, measure.code, measure.place)
            )
        lead, co = ([a.name for a in agencies] for agencies in (measure.lead_agencies, measure.co_agencies))
        self._add(
            "measures",
            measure.place,
            id=key,
            report_id=self.id,
            strategy_id=strategy and strategy["id"],
            position=position,
            code=measure.code,
            name=measure.name,
            is_new=int(measure.is_new),
            marks=as_json(measure.marks),
            plan=measure.plan,
            category=measure.category,
            period=measure.period,
            start_year=measure.start_year,
            end_year=measure.end_year,
            status=measure.status,
            target=measure.target,
            result=measure.result,
            budget_ntd=number(measure.budget_ntd),
            execution_rate=number(measure.execution_rate),
            budget_note=measure.budget_note,
            sector=self.sector,
            year=self.year,
            strategy_title=strategy and f"{strategy['code']} {strategy['title']}",
            agencies=as_json(list(dict.fromkeys(lead + co))),
            lead_agencies=as_json(lead),
            co_agencies=as_json(co),
            funding=as_json(measure.funding_sources),
            extra=as_json(dict(measure.extra)),
            places=as_json({field: _filled(placed(place)) for field, place in measure.places.items()}),
        )
        self._agencies("measure_agencies", {"measure_id": key}, measure.lead_agencies, measure.co_agencies)
        for order, source in enumerate(dict.fromkeys(measure.funding_sources), 1):
            self._add("measure_funding", measure_id=key, source=source, position=order)
        self._items("target", key, measure.targets)
        self._items("result", key, measure.results)

    def _items(self, side: str, measure_id: str, items: Iterable[Item]) -> None:
        for position, item in enumerate(items, 1):
            key = f"{measure_id}/{side}/{position}"
            self._add(
                f"{side}s",
                item.place,
                id=key,
                measure_id=measure_id,
                report_id=self.id,
                position=position,
                ordinal=item.ordinal,
                text=item.text,
            )
            self._quantities(item, key, **{"measure_id": measure_id, f"{side}_id": key})

    def _quantities(self, owner: Item | Case | Claim, owner_key: str, **owners: str) -> None:
        for position, q in enumerate(owner.quantities, 1):
            self._add("quantities", q.place, **self._quantity(q, f"{owner_key}/q{position}", position), **owners)

    def _quantity(self, q: Quantity, key: str, position: int) -> Row:
        return {
            "id": key,
            "report_id": self.id,
            "sector": self.sector,
            "year": self.year,
            "position": position,
            "value": number(q.value),
            "value_high": number(q.value_high),
            "unit": q.unit,
            "canonical_value": number(q.canonical_value),
            "canonical_unit": q.canonical_unit,
            "kind": q.kind,
            "scope": q.scope,
            "start_year": q.start_year,
            "end_year": q.end_year,
            "comparator": q.comparator,
            "quote": q.quote,
            "text_start": q.start,
            "text_end": q.end,
        }

    def _emissions(self) -> None:
        for e in self.report.emissions:
            self._add(
                "emissions",
                e.place,
                id=self._key("emissions", f"{self.id}/emission/{e.year}", e.place),
                report_id=self.id,
                sector=self.sector,
                year=e.year,
                target=number(e.target),
                grid_factor=number(e.grid_factor),
                actual=number(e.actual),
                corrected=number(e.corrected),
                cumulative_target=number(e.cumulative_target),
                cumulative_actual=number(e.cumulative_actual),
                cumulative_corrected=number(e.cumulative_corrected),
                is_estimate=int(e.is_estimate),
            )

    def _numbered(self, word: str, table: str, records: Iterable[tuple[Row, Place]]) -> list[str]:
        """Rows whose key is their place in the order; gives the keys."""
        keys = []
        for position, (values, place) in enumerate(records, 1):
            keys.append(f"{self.id}/{word}/{position}")
            self._add(table, place, id=keys[-1], report_id=self.id, position=position, **values)
        return keys

    def _sections(self) -> list[str]:
        return self._numbered(
            "section",
            "sections",
            [
                (
                    {
                        "parent_id": None if s.parent is None else f"{self.id}/section/{s.parent + 1}",
                        "level": s.level,
                        "number": s.number,
                        "heading": s.heading,
                        "text": s.text,
                    },
                    s.place,
                )
                for s in self.report.sections
            ],
        )

    def _claims(self, sections: Sequence[str]) -> None:
        claims = self.report.claims
        keys = self._numbered(
            "claim",
            "claims",
            [
                ({"section_id": None if c.section is None else sections[c.section], "text": c.text}, c.place)
                for c in claims
            ],
        )
        for key, claim in zip(keys, claims, strict=True):
            self._quantities(claim, key, claim_id=key)

    def _cases(self) -> None:
        cases = self.report.cases
        keys = self._numbered(
            "case",
            "cases",
            [
                (
                    {
                        "sector": self.sector,
                        "year": self.year,
                        "title": c.title,
                        "path": " › ".join(c.path),
                        "industry": c.industry,
                        "strategy": c.strategy,
                        "problem": c.problem,
                        "approach": c.approach,
                        "outcome": c.outcome,
                        "text": c.text,
                    },
                    c.place,
                )
                for c in cases
            ],
        )
        for key, case in zip(keys, cases, strict=True):
            self._quantities(case, key, case_id=key)

    def _comments(self) -> None:
        self._numbered(
            "comment",
            "comments",
            [
                (
                    {
                        "sector": self.sector,
                        "year": self.year,
                        "reviewer": c.reviewer,
                        "round": c.round,
                        "number": c.number,
                        "comment": c.comment,
                        "reply": c.reply,
                    },
                    c.place,
                )
                for c in self.report.comments
            ],
        )

    def _tables_and_figures(self) -> None:
        self._numbered(
            "table",
            "tables",
            [
                (
                    {
                        "number": t.number,
                        "caption": t.caption,
                        "source": t.source,
                        "notes": as_json(t.notes),
                        "cells": as_json(t.cells),
                        "header_rows": t.header_rows,
                        "joins": as_json(t.joins),
                        "raw": as_json(t.raw),
                    },
                    t.place,
                )
                for t in self.report.tables
            ],
        )
        self._numbered(
            "figure",
            "figures",
            [({"number": f.number, "caption": f.caption, "source": f.source}, f.place) for f in self.report.figures],
        )

    def _findings(self) -> None:
        self._numbered(
            "finding",
            "findings",
            [
                (
                    {
                        "rule": s.rule,
                        "severity": s.severity,
                        "message": s.message,
                        "printed": s.printed,
                        "context": s.context,
                        "evidence": as_json([]),
                    },
                    s.place,
                )
                for s in self.signals
            ],
        )


def _filled(row: Row) -> Row:
    """Without the empty columns; boxes as a list, since they go into JSON."""
    return {k: json.loads(v) if k == "boxes" else v for k, v in row.items() if v is not None}
