"""What the reading itself said it did not understand, as doubts about the values that rest on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.check.cells import COLUMNS, doubts_of_cell
from kb.check.figures import words
from kb.check.model import Doubt, Fault
from kb.check.printed import folded
from kb.check.stored import Row, Stored

CERTAINTY: Mapping[str, float] = {"error": 0.1, "warning": 0.3, "info": 0.6}
"""How sure a reading is that signalled something of this severity."""
OF_FIELD: Mapping[str, str] = {
    "unread:period": "period",
    "unread:agency": "agencies",
    "unread:agency-text": "agencies",
    "unread:code": "name",
    "unread:strategy": "name",
    "guess:merged-cell": "",
    "guess:rate": "rate",
}
"""Rule of a signal whose context is a measure's code -> the printed cell it is about."""
OF_READING = ("unread:", "guess:", "emissions:differ", "title:", "id:", "duplicate:")
"""Beginnings of the rules that the reading signals by; all others are the audit's, about the report itself."""
USUAL = (("plan",), ("category",), ("period", "start"), ("budget", "executed"), ("agencies", "lead"), ("funding",))
"""Fields that every annex gives, each with the columns that may hold it."""
OF_FIGURES = ("unread:kind", "unread:number", "unread:unit")


def check_signals(stored: Stored) -> Iterator[Doubt]:
    """Doubts from the findings `unread:*` and `guess:*` that the reading left."""
    by_code = {m["code"]: m for m in stored["measures"]}
    for finding in stored["findings"]:
        rule: str = finding["rule"]
        if rule == "correction:unfit":
            yield from _of_correction(finding)
        if not rule.startswith(OF_READING):
            continue
        certainty = CERTAINTY[finding["severity"]]
        measure = by_code.get(finding["context"])
        if rule == "unread:picture":
            yield from _of_picture(stored, finding)
        elif rule in ("guess:header", "unread:header"):
            yield from _of_header(stored, finding, certainty)
        elif measure is not None and rule in OF_FIGURES:
            yield from _of_figure(stored, finding, measure, certainty)
        elif measure is not None and OF_FIELD.get(rule):
            yield from doubts_of_cell(stored, measure, OF_FIELD[rule], Fault(rule, finding["message"], certainty))
        elif rule != "guess:merged-cell":
            yield _of_report(stored, finding, certainty)


def _of_correction(finding: Row) -> Iterator[Doubt]:
    """A value for which people have a correction that does not fit it."""
    for about in finding["evidence"] or ():
        message, printed = finding["message"], finding["printed"]
        yield Doubt("correction:unfit", about["table"], about["id"], about["column"], message, 0.2, printed)


def _of_picture(stored: Stored, finding: Row) -> Iterator[Doubt]:
    """The case that a picture stands in: figures may be missing from it."""
    page = finding["page"] or 0
    own = [c for c in stored["cases"] if c["title"] == finding["context"] and (c["page"] or 0) <= page]
    for case in own[-1:]:
        yield Doubt(finding["rule"], "cases", case["id"], "text", finding["message"], 0.4, case["title"], page or None)


def _of_header(stored: Stored, finding: Row, certainty: float) -> Iterator[Doubt]:
    """A header that was guessed: its column; where two were taken for the same, everything under it. One that nobody
    understood: its words are kept in `extra`, and may be those of a field that no measure has."""
    field = finding["context"] or ""
    other = next((table for table in ("emissions", "indicators", "comments") if field.startswith(table)), None)
    if other is not None:
        yield Doubt(
            finding["rule"], other, None, None, finding["message"], certainty, finding["printed"], finding["page"]
        )
        return
    rivals = [f for f in stored["findings"] if f["rule"] == "guess:header" and f["context"] == field]
    if field in COLUMNS and len(rivals) > 1:
        # Two columns cannot both be this one.
        for measure in stored["measures"]:
            if field in (measure["printed"] or {}):
                yield from doubts_of_cell(stored, measure, field, Fault(finding["rule"], finding["message"], 0.5))
    if field not in COLUMNS:
        yield from _of_absent_fields(stored, finding)
    column = field if field in COLUMNS else "extra"
    yield Doubt(
        finding["rule"], "measures", None, column, finding["message"], certainty, finding["printed"], finding["page"]
    )


def _of_absent_fields(stored: Stored, finding: Row) -> Iterator[Doubt]:
    """The fields that no measure has although all reports give them: they may stand under a header that nobody
    understood."""
    printed = {field for measure in stored["measures"] for field in (measure["printed"] or {})}
    absent = [fields[0] for fields in USUAL if not printed & set(fields)]
    reason = f"{finding['message']}；此欄各措施都沒有讀到"
    for measure in stored["measures"]:
        if finding["printed"] in (measure["extra"] or {}):
            for field in absent:
                yield from doubts_of_cell(stored, measure, field, Fault("absent:column", reason, 0.25))


def _of_figure(stored: Stored, finding: Row, measure: Row, certainty: float) -> Iterator[Doubt]:
    """The figures whose words the finding quotes; the budget, where it quotes that cell."""
    printed = folded(finding["printed"])
    cell = folded((measure["printed"] or {}).get("budget"))
    if finding["rule"] == "unread:unit" and printed and printed in cell:
        yield from doubts_of_cell(stored, measure, "budget", Fault(finding["rule"], finding["message"], certainty))
        return
    column = {"unread:kind": "kind", "unread:unit": "unit"}.get(finding["rule"], "value")
    about = [
        q
        for q in stored["quantities"]
        if q["measure_id"] == measure["id"]
        and printed
        and (printed in folded(q["quote"]) or folded(q["unit"]) == printed)
    ]
    for quantity in about:
        yield Doubt(
            finding["rule"],
            "quantities",
            quantity["id"],
            column,
            finding["message"],
            certainty,
            finding["printed"],
            finding["page"],
        )
    if not about:
        yield Doubt(
            finding["rule"],
            "measures",
            measure["id"],
            "quantities",
            finding["message"],
            certainty,
            finding["printed"],
            finding["page"],
        )


def _of_report(stored: Stored, finding: Row, certainty: float) -> Doubt:
    announced = next(
        (t for t, cues in words()["parts"].items() if any(w in (finding["printed"] or "") for w in cues)), None
    )
    if announced is not None and finding["rule"] in ("unread:table", "unread:emissions"):
        return Doubt(
            "unread:table", announced, None, None, finding["message"], 0.1, finding["printed"], finding["page"]
        )
    table = {"title:phase": "reports", "title:sector": "reports", "emissions:differ": "emissions"}.get(
        finding["rule"], finding["context"] if finding["context"] in stored.tables else "reports"
    )
    column = finding["rule"].partition(":")[2] if table == "reports" else None
    return Doubt(
        finding["rule"],
        table,
        stored.report_id if table == "reports" else None,
        column,
        finding["message"],
        certainty,
        finding["printed"] or "",
        finding["page"],
    )
