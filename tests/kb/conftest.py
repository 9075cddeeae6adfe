"""Reports made by hand, with at least one record of every type, and files that stand for them.

A file of these tests holds one line of JSON: the arguments of `make_report`, or an error to raise. `extract.read` is
put out of the way, so that these tests are about the knowledge base alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import extract
from extract.errors import PasswordNeeded
from extract.records import (
    Agency,
    Box,
    Case,
    Claim,
    Comment,
    Emission,
    FigureRecord,
    Indicator,
    Item,
    Measure,
    Place,
    Quantity,
    Report,
    Section,
    Signal,
    Strategy,
    TableRecord,
)
from kb.cli import main

TWO_PAGES = Place((Box(34, 56.7, 400.123, 300.0, 780.0), Box(35, 56.7, 60.0, 300.0, 120.5)))
ONE_PAGE = Place((Box(3, 10.0, 20.0, 30.0, 40.0),))
CHARACTERS = Place(char_start=120, char_end=180)

MINISTRY = Agency("交通部", "交通部", "交通部", "交通部")
RAIL = Agency("交通部鐵道局", "鐵道局", "交通部", "鐵道局")
UNKNOWN = Agency("某某推動辦公室", "某某推動辦公室", None, "某某推動辦公室", is_known=False)


def quantity(value: str, unit: str, canonical: str, canonical_unit: str, kind: str, **more: object) -> Quantity:
    """A figure; `more` are fields other than the usual ones."""
    fields: dict[str, object] = {
        "value_high": None,
        "scope": "unspecified",
        "start_year": None,
        "end_year": None,
        "comparator": "=",
        "quote": f"{value} {unit}",
        "start": 0,
        "end": len(value),
        "place": ONE_PAGE,
    }
    return Quantity(  # type: ignore[arg-type]
        value=Decimal(value),
        unit=unit,
        canonical_value=Decimal(canonical),
        canonical_unit=canonical_unit,
        kind=kind,
        **(fields | more),
    )


def measure(code: str, **more: object) -> Measure:
    """A measure with two targets and a result; `more` are fields other than the usual ones."""
    fields: dict[str, object] = {
        "name": "汰換老舊公車為電動公車",
        "strategy_code": "T1",
        "is_new": True,
        "marks": ("新增",),
        "plan": "公共運輸計畫",
        "category": "減緩",
        "lead_agencies": (MINISTRY, UNKNOWN),
        "co_agencies": (RAIL,),
        "period": "110-114",
        "start_year": 2021,
        "end_year": 2025,
        "status": "active",
        "target": "1.每年汰換 80 輛。2.減碳 5 萬公噸。",
        "result": "113 年汰換 96 輛,台北市最多。",
        "targets": (
            Item("1", "每年汰換 80 輛。", ONE_PAGE, (quantity("80", "輛", "80", "輛", "count", scope="annual"),)),
            Item("2", "減碳 5 萬公噸 CO2e。", ONE_PAGE),
        ),
        "results": (
            Item(
                None,
                "113 年汰換 96 輛,台北市最多。",
                TWO_PAGES,
                (quantity("96", "輛", "96", "輛", "count", start_year=2024, end_year=2024),),
            ),
        ),
        "budget_ntd": Decimal(20601000),
        "execution_rate": Decimal("0.95"),
        "budget_note": "含地方配合款",
        "funding_sources": ("公務預算", "空氣污染防制基金"),
        "place": TWO_PAGES,
        "places": {"name": ONE_PAGE, "budget": CHARACTERS},
        "extra": {"備註": "=SUM(A1)"},
        "printed": {"budget": "2,060.1萬元\n95%"},
    }
    return Measure(code=code, **(fields | more))  # type: ignore[arg-type]


def make_report(  # noqa: PLR0913 - what the tests vary
    *,
    sector: str | None = "運輸",
    roc_year: int | None = 113,
    codes: tuple[str, ...] = ("T1-1", "T1-2"),
    name: str = "汰換老舊公車為電動公車",
    source_name: str = "report.pdf",
    sha256: str = "0" * 64,
) -> Report:
    """A small report of the transport sector."""
    return Report(
        title="運輸部門成果報告",
        sector=sector,
        phase=2,
        roc_year=roc_year,
        published="2025-11",
        lead_agencies=(MINISTRY,),
        co_agencies=(RAIL, UNKNOWN),
        source_name=source_name,
        media_type="application/pdf",
        sha256=sha256,
        page_count=66,
        page_labels=(None, "1"),
        strategies=(Strategy("T1", "發展綠色運輸", ONE_PAGE),),
        measures=tuple(measure(code, name=name) for code in codes),
        emissions=(
            Emission(2024, Decimal("35.1"), Decimal("0.474"), Decimal("36.2"), None, None, None, None, False, ONE_PAGE),
        ),
        indicators=(Indicator("運具電動化比率", "30 %", "25 %", ONE_PAGE),),
        sections=(
            Section("前言", "壹", 1, None, "說明編撰的緣起。", ONE_PAGE),
            Section("目的", "一", 2, 0, "公開每年的進度。", ONE_PAGE),
        ),
        tables=(TableRecord("1", "排放量統計", "環境部", ("註 1",), (("年", "值"), ("113", "36.2")), 1, ONE_PAGE),),
        figures=(FigureRecord("1", "排放趨勢", None, ONE_PAGE),),
        claims=(Claim(1, "電動公車達 2,500 輛。", ONE_PAGE, (quantity("2500", "輛", "2500", "輛", "count"),)),),
        cases=(
            Case(
                "某客運公司",
                ("亮點成果", "電動大客車", "某客運公司"),
                "客運業",
                "能源轉換",
                "柴油車老舊",
                "換為電動車",
                "節省油料",
                "柴油車老舊,換為電動車,投資 900 萬元。",
                TWO_PAGES,
                (
                    quantity("900", "萬元", "9000000", "NTD", "investment"),
                    quantity("300", "萬元", "3000000", "NTD", "investment"),
                    quantity("128", "萬元", "1280000", "NTD", "budget", quote="自籌款 128 萬元"),
                    quantity("3", "年", "3", "yr", "payback_period", comparator="~"),
                ),
            ),
        ),
        comments=(Comment("王委員", "會上意見", "1", "請補充節能率。", "已補充於第 3 頁。", ONE_PAGE),),
        signals=(Signal("unread:header", "warning", "未能辨識的欄名", "備註", "附件一", ONE_PAGE),),
    )


def fake_read(path: str | os.PathLike[str], *, password: str | None = None) -> Report:
    """What the line of JSON in the file says."""
    data = Path(path).read_bytes()
    told = json.loads(data.removeprefix(b"%PDF-").decode())
    match told.pop("fault", None):
        case "locked" if password != "open":  # noqa: S105
            raise PasswordNeeded(Path(path).name, "it is encrypted", "give its password with --password")
        case "bug":
            raise IndexError("list index out of range")
        case "crash":
            os._exit(9)
    if "codes" in told:
        told["codes"] = tuple(told["codes"])
    return make_report(**told, source_name=Path(path).name, sha256=hashlib.sha256(data).hexdigest())


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Write a file that stands for a report: `write("a.pdf", roc_year=112)`."""
    monkeypatch.setattr(extract, "read", fake_read, raising=False)
    monkeypatch.chdir(tmp_path)

    def write_file(file: str, /, **told: object) -> Path:
        path = tmp_path / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((b"%PDF-" if path.suffix.lower() == ".pdf" else b"") + json.dumps(told).encode())
        return path

    return write_file


@pytest.fixture
def kb() -> Callable[..., Result]:
    """Call the command line: `kb("ingest", path)`; nothing but exits is caught."""

    def call(*arguments: object) -> Result:
        result = CliRunner().invoke(main, [str(a) for a in arguments])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def db(write: Callable[..., Path], kb: Callable[..., Result]) -> Path:
    """A knowledge base with one report."""
    assert kb("ingest", write("report.pdf")).exit_code == 0
    return Path("kb.db").resolve()
