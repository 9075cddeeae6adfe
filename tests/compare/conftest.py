"""Two reports of one sector, made from short descriptions of their measures, stored in one knowledge base."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from extract.records import Agency, Emission, Measure
from kb import schema, search, store
from kb.rows import as_rows
from tests.kb.conftest import ONE_PAGE, kb, make_report, measure

__all__ = ["kb"]

Described = dict[str, Any]

PROGRAMME: dict[str, Described] = {
    "T1-1": {"name": "市區客運汰換為電動大客車", "plan": "補助客運業者購車與充電設備", "target": "每年汰換 200 輛。"},
    "T1-2": {"name": "公共自行車租賃系統擴充", "plan": "於捷運站周邊增設租賃站", "target": "累計設置 500 站。"},
    "T1-3": {
        "name": "鐵路貨運取代公路長途運輸",
        "plan": "改善貨場裝卸動線與調度",
        "target": "每年移轉 30 萬公噸貨物。",
    },
    "T2-1": {"name": "老舊機車淘汰換購", "plan": "由地方政府核發換購補助", "target": "五年淘汰 40 萬輛。"},
    "T2-2": {"name": "船舶進港使用岸電", "plan": "建置高壓岸電並訂定優惠費率", "target": "使用率達 30%。"},
    "T2-3": {"name": "車輛能源效率標示宣導", "plan": "辦理經銷商訓練與抽查", "target": "每年宣導 12 場次。"},
}


def described(code: str, told: Described) -> Measure:
    """A measure from its description; `agency`, `budget`, `years` where they are not the usual ones."""
    agency = told.get("agency", "交通部公路局")
    start, end = told.get("years", (2021, 2025))
    return measure(
        code,
        name=told["name"],
        plan=told["plan"],
        target=told["target"],
        result=told.get("result", "已辦理完成。"),
        targets=(),
        results=told.get("results", ()),
        lead_agencies=(Agency(agency, agency, None, agency),),
        co_agencies=(),
        budget_ntd=Decimal(told.get("budget", 1_000_000)),
        start_year=start,
        end_year=end,
        period=f"{start - 1911}-{end - 1911}",
        status=told.get("status", "active"),
    )


@pytest.fixture
def conn() -> Iterator[sqlite3.Connection]:
    """An empty knowledge base in memory."""
    with sqlite3.connect(":memory:", isolation_level=None) as made:
        schema.create(made)
        search.create_index(made)
        made.execute("pragma foreign_keys = on")
        yield made
    made.close()


@pytest.fixture
def put(conn: sqlite3.Connection) -> Callable[..., str]:
    """Store a report: `put(112, PROGRAMME)`; gives its id."""

    def put_report(roc_year: int, programme: dict[str, Described], emissions: tuple[Emission, ...] = ()) -> str:
        report = replace(
            make_report(roc_year=roc_year, codes=(), sha256=f"{roc_year:064}"),
            measures=tuple(described(code, told) for code, told in programme.items()),
            emissions=emissions,
            cases=(),
            claims=(),
        )
        report_id = f"transport-{roc_year}"
        store.replace_report(conn, as_rows(report, report_id, "1"))
        return report_id

    return put_report


def emission(year: int, actual: str, *, is_estimate: bool = False) -> Emission:
    """A year of the emissions table."""
    return Emission(year, Decimal(36), Decimal("0.49"), Decimal(actual), None, None, None, None, is_estimate, ONE_PAGE)
