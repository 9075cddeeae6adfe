"""Every rule of the audit over the rows of one report; what they find goes into `findings`."""

from __future__ import annotations

from collections import Counter

from kb.audit import (
    budgets,
    case_arithmetic,
    case_money,
    changes,
    counts,
    emissions,
    ended,
    headline,
    items,
    names,
    retold,
    spreads,
    sums,
    targets,
    twice_told,
    units,
    values,
    wording,
)
from kb.audit.facts import Facts
from kb.audit.model import PLACE_COLUMNS, Finding, Row, Rule
from kb.row_sink import as_json

__all__ = ["RULES", "as_rows", "audit", "is_audit"]

RULES: tuple[Rule, ...] = tuple(
    one
    for module in (
        counts,
        ended,
        sums,
        headline,
        items,
        budgets,
        emissions,
        changes,
        twice_told,
        values,
        retold,
        case_money,
        case_arithmetic,
        spreads,
        units,
        targets,
        wording,
        names,
    )
    for one in module.RULES
)
FAMILIES = tuple(dict.fromkeys(r.name.partition(":")[0] for r in RULES))
NEEDS_ANNEX = ("counts", "sums", "budget", "twice", "targets")
"""Families that set the prose beside annex one, or take what is outside it for prose."""
ORDER = ("error", "warning", "info")


def audit(facts: Facts) -> list[Finding]:
    """All findings, errors first, each sentence once."""
    found: dict[tuple[str, str], Finding] = {}
    for one in RULES:
        if facts.lost_annex and one.name.partition(":")[0] in NEEDS_ANNEX:
            continue
        for finding in one(facts):
            found.setdefault((finding.rule, finding.message), finding)
    return sorted(found.values(), key=lambda f: ORDER.index(f.severity))


def is_audit(rule: str) -> bool:
    """Whether a finding is of the audit, not a signal of the reading."""
    return rule.partition(":")[0] in FAMILIES


def as_rows(facts: Facts, *, after: int) -> list[Row]:
    """Rows of `findings`, positions from `after` on; a key tells the rule and what it is about, and outlives a
    re-ingest."""
    given: Counter[str] = Counter()
    rows = []
    for position, f in enumerate(audit(facts), after + 1):
        key = (
            f"{facts.id}/audit/{f.rule}/{f.evidence[0]['id'].removeprefix(facts.id + '/') if f.evidence else f.context}"
        )
        given[key] += 1
        if given[key] > 1:
            key = f"{key}~{given[key]}"
        place = {c: f.evidence[0].get(c) for c in PLACE_COLUMNS} if f.evidence else {}
        if place.get("boxes") is not None:
            place["boxes"] = as_json(place["boxes"])
        rows.append(
            {
                "id": key,
                "report_id": facts.id,
                "position": position,
                "rule": f.rule,
                "severity": f.severity,
                "message": f.message,
                "confidence": f.confidence,
                "printed": f.evidence[0]["quote"] if f.evidence else None,
                "context": f.context,
                "evidence": as_json(f.evidence),
            }
            | place
        )
    return rows
