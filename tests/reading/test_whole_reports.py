"""Whole reports against their gold records: the abridged edition of the project and, where it is here, the real one."""

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.documents.model import Document
from extract.documents.pdf import read_pdf
from extract.documents.text import read_text
from extract.reading import captions, cases, claims, comments, emissions, indicators, outline, titlepage

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
FILES = {
    "abridged.md": (
        ROOT / "corpus/manufacturing-113-abridged.md",
        ROOT / "corpus/manufacturing-113-abridged.gold.json",
    ),
    "abridged.pdf": (
        ROOT / "corpus/manufacturing-113-abridged.pdf",
        ROOT / "corpus/manufacturing-113-abridged.gold.json",
    ),
    "real.md": (SHARED / "reports/manufacturing-113.md", SHARED / "gold/manufacturing-113.json"),
    "real.pdf": (SHARED / "reports/manufacturing-113.pdf", SHARED / "gold/manufacturing-113.json"),
}

whole = pytest.mark.parametrize("name", FILES)


@cache
def read(name: str) -> Document:
    path, _ = FILES[name]
    if not path.exists():
        pytest.skip(f"the report is not here: {path}")
    data = path.read_bytes()
    return read_text(path.name, data) if path.suffix == ".md" else read_pdf(path.name, data)


def gold(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(FILES[name][1].read_text(encoding="utf8"))
    return loaded


def squeezed(text: str | None) -> str:
    return "".join((text or "").split())


def pairs(items: Iterable[Any], *fields: str) -> list[tuple[str, ...]]:
    def get(item: Any, field: str) -> Any:
        return item[field] if isinstance(item, dict) else getattr(item, field)

    return [tuple(squeezed(get(item, field)) for field in fields) for item in items]


@whole
def test_the_title_page(name: str) -> None:
    page, signals = titlepage.read(read(name))
    expected = gold(name)["report"]
    assert squeezed(page.title) == squeezed(expected["title"])
    assert (page.sector, page.phase, page.roc_year, page.published) == tuple(
        expected[field] for field in ("sector", "phase", "roc_year", "published")
    )
    assert [a.name for a in page.lead_agencies] == expected["lead_agencies"]
    assert [a.name for a in page.co_agencies] == expected["co_agencies"]
    assert not signals


@whole
def test_emissions(name: str) -> None:
    found, _ = emissions.read(read(name))
    fields = [field for field in gold(name)["emissions"][0] if field != "is_estimate"]
    expected = [[e[f] for f in fields] + [e["is_estimate"]] for e in gold(name)["emissions"]]
    got = [[None if (v := getattr(e, f)) is None else float(v) for f in fields] + [e.is_estimate] for e in found]
    assert got == expected


@whole
def test_indicators(name: str) -> None:
    found, _ = indicators.read(read(name))
    fields = ("name", "target", "result")
    assert pairs(found, *fields) == pairs(gold(name)["indicators"], *fields)


@whole
def test_captions(name: str) -> None:
    tables, figures, _ = captions.read(read(name))
    for found, kind in ((tables, "tables"), (figures, "figures")):
        numbered = [record for record in found if record.number is not None]
        assert pairs(numbered, "number", "caption") == pairs(gold(name)[kind], "number", "caption")


@whole
def test_comments(name: str) -> None:
    found, signals = comments.read(read(name))
    fields = ("reviewer", "round", "number", "comment", "reply")
    assert pairs(found, *fields) == pairs(gold(name)["comments"], *fields)
    assert not signals


@whole
def test_cases(name: str) -> None:
    found, _ = cases.read(read(name), report_year=2024)
    assert [[squeezed(heading) for heading in case.path] for case in found] == [
        [squeezed(heading) for heading in case["path"]] for case in gold(name)["cases"]
    ]


METRICS_FOUND = {"abridged.md": 0.95, "abridged.pdf": 0.95, "real.md": 0.95, "real.pdf": 0.78}
"""Share of the cases' metrics: in the real PDF the slides are pictures."""


@whole
def test_metrics_of_the_cases(name: str) -> None:
    found, _ = cases.read(read(name), report_year=2024)
    total = right = 0
    for case, expected in zip(found, gold(name)["cases"], strict=True):
        left = [(q.kind, float(q.canonical_value or q.value)) for q in case.quantities]
        for metric in expected["metrics"]:
            total += 1
            key = next(
                (k for k in left if k[0] == metric["kind"] and abs(k[1] - metric["canonical_value"]) < 1e-6), None
            )
            if key is not None:
                left.remove(key)
                right += 1
    assert right >= METRICS_FOUND[name] * total


@whole
def test_claims_hold_the_headline_figures(name: str) -> None:
    document = read(name)
    headline = FILES[name][1].with_suffix(".headline.json")
    found, _ = claims.read(document, report_year=2024)
    values = {float(q.canonical_value) for claim in found for q in claim.quantities if q.canonical_value is not None}
    figures = json.loads(headline.read_text(encoding="utf8"))
    held = [f for f in figures if any(abs(f["canonical_value"] - v) <= 1e-6 * abs(v) for v in values)]
    assert len(held) >= 0.97 * len(figures)


PLACED: dict[str, Callable[[Document], Iterable[Any]]] = {
    "emissions": lambda d: emissions.read(d)[0],
    "indicators": lambda d: indicators.read(d)[0],
    "comments": lambda d: comments.read(d)[0],
    "cases": lambda d: cases.read(d)[0],
    "claims": lambda d: claims.read(d)[0],
    "sections": lambda d: outline.build(d).sections,
    "tables": lambda d: captions.read(d)[0],
    "figures": lambda d: captions.read(d)[1],
}


@whole
@pytest.mark.parametrize("kind", PLACED)
def test_every_record_has_its_place(name: str, kind: str) -> None:
    records = list(PLACED[kind](read(name)))
    assert records
    assert all(r.place.boxes or r.place.char_start is not None for r in records)
