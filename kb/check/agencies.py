"""Agencies of measures: names that nobody knows, lead taken for co-operating and the other way round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from kb.check.model import Doubt, Fault
from kb.check.printed import TIMEOUT, folded
from kb.check.stored import Agency, Row, Stored

CO = regex.compile(r"協[)）]?辦|配合機關|參與機關")
"""A header over co-operating agencies, alone or together with the lead."""


def check_agencies(stored: Stored) -> Iterator[Doubt]:
    """Doubts about the agencies of measures."""
    report = next(iter(stored["reports"]), {})
    title = [report.get(column) or () for column in ("lead_agencies", "co_agencies")]
    # In the year in which an agency gets another name, the title page may have one and the annex the other.
    lead, co = ({*names, *(stored.successors.get(n, n) for n in names)} for names in title)
    has_both = _header_has_co(stored) and not any(m["co_agencies"] for m in stored["measures"])
    for measure in stored["measures"]:
        links = stored.agencies.get(measure["id"], ())
        yield from _unknown(measure, links)
        reason = _wrong_role(links, lead, co, stored.successors)
        if reason is None and has_both and len(links) > 1:
            reason = "欄名有協辦機關，全部讀為主辦"
        if reason is not None:
            for column in ("lead_agencies", "co_agencies"):
                yield _doubt(measure, column, Fault("odd:role", reason, 0.4), links)


def _doubt(measure: Row, column: str, fault: Fault, links: Sequence[Agency]) -> Doubt:
    printed = "、".join(link.printed for link in links)
    return Doubt(fault.rule, "measures", measure["id"], column, fault.reason, fault.certainty, printed, measure["page"])


def _unknown(measure: Row, links: Sequence[Agency]) -> Iterator[Doubt]:
    for link in links:
        if not link.is_known:
            column = "lead_agencies" if link.role == "lead" else "co_agencies"
            yield _doubt(measure, column, Fault("unknown:agency", f"機關「{link.name}」不在詞彙表中", 0.5), [link])


def _wrong_role(links: Sequence[Agency], lead: set[str], co: set[str], successors: Mapping[str, str]) -> str | None:
    """Why the roles of a cell's agencies cannot be trusted, by themselves and by the title page."""
    roles = {role: [link.name for link in links if link.role == role] for role in ("lead", "co")}
    if roles["co"] and not roles["lead"]:
        return "有協辦機關而沒有主辦機關"
    others = [name for name in roles["lead"] if lead and not {name, successors.get(name, name)} & lead]
    if len(roles["lead"]) > 1 and others and len(others) < len(roles["lead"]):
        where = "在題名頁列為協辦機關" if others[0] in co else "不在題名頁的主辦機關之列"
        return f"{others[0]}{where}，讀為主辦"
    return None


def _header_has_co(stored: Stored) -> bool:
    return any(
        CO.search(folded(cell), timeout=TIMEOUT)
        for table in stored["tables"]
        for row in table["cells"][: max(1, table["header_rows"])]
        for cell in row
    )
