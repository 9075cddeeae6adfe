"""Targets beside results: what was promised, which figure answers it, and how far it has come."""

from __future__ import annotations

from kb.achieve.judging import Achievement, judged
from kb.achieve.pairing import answers
from kb.audit.facts import Facts
from kb.audit.model import Row

__all__ = ["Achievement", "achievements", "as_rows"]


def achievements(facts: Facts) -> list[Achievement]:
    """One for each target figure, in the order of the report; worked out once for the same facts."""
    if "achievements" not in facts.worked_out:
        found: list[Achievement] = []
        for measure in facts.measures:
            told = answers(facts, measure)
            found += [judged(facts, measure, t, told[t.id]) for t in measure.figures if t.id in told]
        facts.worked_out["achievements"] = found
    kept: list[Achievement] = facts.worked_out["achievements"]
    return kept


def as_rows(facts: Facts) -> list[Row]:
    """Rows of the table `achievements`; the key follows from the target figure's."""
    return [
        {
            "id": f"{a.target.id}/achieved",
            "report_id": facts.id,
            "measure_id": a.measure.row["id"],
            "target_quantity_id": a.target.id,
            "result_quantity_id": a.result.id if a.result else None,
            "ratio": None if a.ratio is None else round(a.ratio, 4),
            "status": a.status,
            "reason": a.reason,
        }
        for a in achievements(facts)
    ]
