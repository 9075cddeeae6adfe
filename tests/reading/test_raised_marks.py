"""Marks of footnotes inside texts and cells are no part of a number."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.documents.markup import inline
from extract.reading.annex import read_annex
from extract.reading.raised_marks import without_marks
from tests.reading.documents import document


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("80<sup>1</sup> 家", "80  家"),
        ("80<sup>註1</sup>家", "80  家"),
        ("12%<sup>(3)</sup>。", "12%   。"),
        ("33²家", "33 家"),
        ("90 輛<sup>*</sup>", "90 輛 "),
        ("50 m<sup>2</sup>", "50 m2"),
        ("1,200 Nm³", "1,200 Nm³"),
        ("減碳 10<sup>3</sup> 公噸", "減碳 10³ 公噸"),
        ("ISO<sup>®</sup> 5 家", "ISO® 5 家"),
        ("CO<sub>2</sub> 5 公噸", "CO2 5 公噸"),
    ],
)
def test_what_a_number_keeps(raw: str, words: str) -> None:
    assert without_marks(inline(raw, 0, len(raw))) == words


def test_a_measure_with_footnotes() -> None:
    table = (
        "推動措施\t主辦機關\t期程\t預期效益\t執行成果\t經費(千元)\n"
        "1.1 公車\t公路局\t110-114<sup>2</sup>\t輔導 80<sup>1</sup> 家\t減碳 10<sup>3</sup> 公噸\t1,500<sup>3</sup>\n"
    )
    reading = read_annex(document(f"# 附件一\n\n{table}"), 2024)
    (measure,) = reading.measures
    assert (measure.start_year, measure.end_year, measure.budget_ntd) == (2021, 2025, Decimal(1_500_000))
    assert [q.value for item in measure.targets for q in item.quantities] == [80]
    assert [q.value for item in measure.results for q in item.quantities] == []
    assert [(s.rule, s.printed) for s in reading.signals] == [("unread:number", "減碳 10³ 公噸")]
