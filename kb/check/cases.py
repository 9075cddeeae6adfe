"""Cases: one that swallows what follows it, one that was cut, headings under the highlights that became none."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

from kb.check.figures import words
from kb.check.model import Doubt
from kb.check.outline import next_heading
from kb.check.printed import TIMEOUT, begins_amid, code_pattern, folded
from kb.check.stored import Row, Stored

FEW = 3
"""Cases under which nothing is said about what is usual."""
LONG, SHORT = 4.0, 0.15
"""Times the report's median length from which a case holds more than itself, or less."""
STRANGERS = 2
"""Measures whose names stand in a case that swallowed the annex; one may well be named."""


def check_cases(stored: Stored) -> Iterator[Doubt]:
    """Doubts about cases, and about the figures in them."""
    cases = stored["cases"]
    for case in cases:
        fault = _fault(stored, case, cases)
        if fault is not None:
            yield from _of_case(stored, case, *fault)
            if fault[0] != "short:case":
                yield Doubt(
                    fault[0], "cases", None, None, f"可能有案例未讀到：{fault[1]}", 0.2, case["title"], case["page"]
                )
    yield from _unread_headings(stored)


def _of_case(stored: Stored, case: Row, rule: str, reason: str, certainty: float) -> Iterator[Doubt]:
    """The case's text with all that was read from it."""
    columns = ["title"] if rule == "odd:case" else []
    for column in (*columns, "text", "outcome", "approach", "problem"):
        if column in ("text", "title") or case[column]:
            yield Doubt(rule, "cases", case["id"], column, reason, certainty, case["title"], case["page"])
    for figure in stored["quantities"]:
        if figure["case_id"] == case["id"]:
            for column in ("value", "kind", "case_id"):
                yield Doubt(rule, "quantities", figure["id"], column, reason, certainty, figure["quote"], case["page"])


def _fault(stored: Stored, case: Row, cases: Sequence[Row]) -> tuple[str, str, float] | None:
    text = folded(case["text"])
    codes = code_pattern(m["code"] for m in stored["measures"])
    known = {folded(m["code"]) for m in stored["measures"]}
    found = {m.group() for m in codes.finditer(text, timeout=TIMEOUT)} & known if codes else set()
    names = [m["code"] for m in stored["measures"] if len(folded(m["name"])) > 5 and folded(m["name"]) in text]
    if len(found) > STRANGERS or len(names) > STRANGERS:
        return "glued:case", f"案例中有附件一的措施 {'、'.join(sorted(found) or names)[:40]}，可能吞入後文", 0.1
    reviewers = {folded(c["reviewer"]) for c in stored["comments"] if len(folded(c["reviewer"])) > 2}
    if sum(name in text for name in reviewers) > 1:
        return "glued:case", "案例中有委員意見，可能吞入後文", 0.1
    lengths = [len(folded(c["text"])) for c in cases if c["id"] != case["id"]]
    usual = statistics.median(lengths) if len(lengths) >= FEW - 1 else 0
    if usual and len(text) > LONG * max(usual, 150):
        return "long:case", f"全文 {len(text)} 字，其他案例約 {usual:.0f} 字，可能吞入後文", 0.3
    if usual and len(text) < SHORT * usual:
        return "short:case", f"全文只有 {len(text)} 字，其他案例約 {usual:.0f} 字", 0.3
    if begins_amid(case["title"]) or folded(case["title"])[-1:] in ("。", "，", "；"):
        return "odd:case", "案例名稱不像標題", 0.3
    if "›" not in str(case["path"] or "") and folded(case["path"]) in ("", folded(case["title"])):
        return "odd:case", "案例之上沒有亮點的標題", 0.4
    own = next((s for s in stored["sections"] if folded(s["heading"]) == folded(case["title"])), None)
    if own is not None and (line := next_heading(str(case["text"]), own["number"])):
        return "glued:case", f"案例中的「{line[:20]}」像是下一個標題，可能吞入另一案例", 0.3
    return None


def _unread_headings(stored: Stored) -> Iterator[Doubt]:
    """Headings of the lowest level under the highlights that became no case, and no part of one's path."""
    sections = stored["sections"]
    parents = {row["parent_id"] for row in sections}
    by_id = {row["id"]: row for row in sections}
    used = {
        part
        for case in stored["cases"]
        for part in (folded(case["title"]), *map(folded, str(case["path"] or "").split("›")))
    }
    titles = {folded(case["title"]) for case in stored["cases"]}
    texts = "".join(folded(case["text"]) for case in stored["cases"])
    for row in sections if stored["cases"] else ():
        heading = folded(row["heading"])
        if row["id"] in parents or not row["text"] or heading in used or heading in texts:
            continue
        above = by_id.get(row["parent_id"])
        # What stands under a case's own heading is part of it.
        while above is not None and folded(above["heading"]) not in titles:
            if any(word in folded(above["heading"]) for word in words()["parts"]["cases"]):
                reason = f"「{row['heading'][:30]}」在亮點之下，沒有讀成案例"
                yield Doubt("lost:case", "cases", None, None, reason, 0.3, row["heading"], row["page"])
                break
            above = by_id.get(above["parent_id"])
