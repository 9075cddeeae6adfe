"""What the report says that it holds, 17 項推動策略, beside what was found."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from kb.check.model import Count, Doubt
from kb.check.printed import TIMEOUT
from kb.check.stored import Stored

STATED = {
    "strategies": regex.compile(r"(?<![\d.])(\d{1,3})\s*[項個大]\s*(?:推動|減量|行動)?策略(?!性)"),
    "measures": regex.compile(
        r"(?<![\d.])(\d{1,3})\s*[項個]\s*(?:具體|推動|行動|減量|減碳)*(?:措施|行動計畫|計畫措施)(?!外)"
    ),
}
NAMES = {"strategies": "推動策略", "measures": "推動措施"}
COUNTED = ("strategies", "measures", "emissions", "indicators", "cases", "comments", "tables", "figures")


def counts(stored: Stored) -> tuple[Count, ...]:
    """Rows found by table, with the number that the report states most often where it states one."""
    return tuple(_count(stored, table) for table in COUNTED)


def _count(stored: Stored, table: str) -> Count:
    found = len(stored[table])
    pattern = STATED.get(table)
    if pattern is None:
        return Count(table, found)
    said: dict[int, list[str]] = {}
    for text in _texts(stored):
        for match in pattern.finditer(text, timeout=TIMEOUT):
            around = text[max(0, match.start() - 12) : match.end() + 8].replace("\n", " ")
            said.setdefault(int(match[1]), []).append(around)
    if not said:
        return Count(table, found)
    # The whole is the largest number: parts (新增 5 項措施) are smaller.
    number = found if found in said else max(said, key=lambda n: (len(said[n]), n))
    return Count(table, found, number, said[number][0])


def _texts(stored: Stored) -> Iterator[str]:
    for section in stored["sections"]:
        yield section["text"] or ""


def check_counts(stored: Stored) -> Iterator[Doubt]:
    """A doubt for each table that does not hold what the report says."""
    for count in counts(stored):
        if not count.holds:
            yield Doubt(
                "count:differs",
                count.what,
                None,
                None,
                f"報告稱有 {count.stated} 項{NAMES[count.what]}，讀到 {count.found} 項",
                0.2,
                count.quote,
            )
