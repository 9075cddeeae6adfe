"""The generated reports are what they claim to be."""

import dataclasses
import json
from pathlib import Path
from random import Random

import pytest

import extract
from corpus.layout import Table
from tests.roundtrip import codes, figures, sentences
from tests.roundtrip.chapters import Outline
from tests.roundtrip.compare import compare, fold
from tests.roundtrip.figures import Manner, Span, phrase
from tests.roundtrip.generate import report_of
from tests.roundtrip.reports import Plan, by_ministry
from tests.roundtrip.wording import AMOUNTS, SECTORS, WORDS

SEEDS = range(40)
PLAIN = Manner(space=" ", full_width=False, separators=True, has_chinese=False, co2e=" CO2e")


def rng(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # for variety, not for secrets


def test_same_seed_same_report() -> None:
    first, second = report_of(11), report_of(11)
    assert first.gold == second.gold
    assert first.markdown() == second.markdown()


@pytest.mark.parametrize("seed", SEEDS)
def test_gold_is_json_and_every_figure_is_printed(seed: int) -> None:
    report = report_of(seed)
    gold = json.loads(json.dumps(report.gold))
    printed = fold("".join(c.text for b in report.blocks if isinstance(b, Table) for row in b.rows for c in row))
    assert printed is not None
    for quantity in gold["quantities"]:
        assert (fold(quantity["quote"]) or "") in printed


@pytest.mark.parametrize("sector", SECTORS)
@pytest.mark.parametrize("year", [110, 114, 115, 116])
def test_every_sector_and_year(sector: str, year: int) -> None:
    report = report_of(1, sector, year)
    words = WORDS["sectors"][sector]
    assert report.gold["report"]["id"] == f"{sector}-{year}"
    assert [len(m["targets"]) > 0 for m in report.gold["measures"]] == [True] * len(report.gold["measures"])
    assert report.gold["report"]["phase"] == (2 if year < 115 else 3)
    assert words["name"] in report.title


def test_annex_alone_has_no_other_tables() -> None:
    report = report_of(5, plan=Plan(measures=2, annex_alone=True))
    assert sum(isinstance(b, Table) for b in report.blocks) == 1
    assert len(report.gold["measures"]) == 2


@pytest.mark.parametrize(
    ("system", "strategy", "measure"),
    [
        ("1.1.1", "2.1", "2.1.2"),
        ("1-1-1", "2-1", "2-1-2"),
        ("T1-1", "T3", "T3-2"),
        ("能-1-2", "運-3", "運-3-2"),
        ("一(一)", "三", "三(二)"),
        ("一、(一)1", "一、(三)", "一、(三)2"),
    ],
)
def test_codes(system: str, strategy: str, measure: str) -> None:
    code = codes.strategy_code(system, 3, "transport")
    assert (code, codes.measure_code(system, code, 2)) == (strategy, measure)


@pytest.mark.parametrize(
    ("style", "third"),
    [("1.", "3."), ("(1)", "(3)"), ("（1）", "（3）"), ("①", "③"), ("一、", "三、"), ("１、", "３、"), ("1、", "3、")],
)
def test_item_marks(style: str, third: str) -> None:
    assert codes.mark(style, 3) == third


def test_a_share_is_never_cumulative() -> None:
    with pytest.raises(ValueError, match="never cumulative"):
        phrase(rng(1), PLAIN, "回收率達{率}", Span("cumulative"))


def test_figures_cover_every_form() -> None:
    drawing = rng(3)
    manner = Manner(space=" ", full_width=False, separators=True, has_chinese=True, co2e=" CO2e")
    drawn = [phrase(drawing, manner, f"辦理{{{key}}}", Span("unspecified")) for key in AMOUNTS for _ in range(60)]
    comparators = {figure["comparator"] for _, figure in drawn}
    assert comparators == {"=", ">", "<", ">=", "<=", "~"}
    assert any(figure["value_high"] is not None for _, figure in drawn)
    assert any("餘" in text for text, _ in drawn)
    assert any("十" in text for text, _ in drawn)
    assert any("億" in text and text.endswith("萬元") and figure["unit"] == "元" for text, figure in drawn)


def test_nested_items_keep_their_ordinals() -> None:
    term = sentences.Term(110, 114, 113)
    does = ["輔導{家}", "辦理{場次}", "補助{補助}"]
    drawn = (sentences.cell(rng(n), PLAIN, does, "result", term, "1.", nested=True) for n in range(50))
    deep = next(c for c in drawn if len(c.items) == 4)
    assert [i["ordinal"] for i in deep.items] == ["1", "2", "2.1", "2.2"]
    assert deep.text.splitlines()[2].startswith("(1)")


def test_outline_numbers() -> None:
    outline = Outline("壹")
    said = [outline.heading(level, "甲").text for level in (1, 2, 2, 3, 1, 2)]
    assert said == ["壹、甲", "一、甲", "二、甲", "(一)甲", "貳、甲", "一、甲"]


def test_by_ministry() -> None:
    assert by_ministry(["交通部公路局", "交通部鐵道局", "環境部"]) == "交通部（公路局、鐵道局）、環境部"


def test_no_two_amounts_have_one_meaning_and_two_factors() -> None:
    assert {a.factor for a in AMOUNTS.values() if a.unit == "公頃"} == {10000}
    assert all(a.low < a.high for a in AMOUNTS.values())


def test_compare_sees_every_kind_of_difference(tmp_path: Path) -> None:
    report = report_of(3)
    path = tmp_path / f"{report.name}.md"
    path.write_text(report.markdown(), encoding="utf-8")
    reading = extract.read(path)
    before = {str(f) for f in compare(report.gold, reading) if not f.is_right}
    measure = dataclasses.replace(reading.measures[0], name="別的名稱", lead_agencies=(), targets=())
    changed = dataclasses.replace(reading, measures=(measure, *reading.measures[1:]), comments=(), emissions=())
    new = [f for f in compare(report.gold, changed) if not f.is_right and str(f) not in before]
    assert {f.area for f in new} == {"measures", "items", "quantities", "comments", "emissions"}


def test_figures_module_prints_full_width_without_separators() -> None:
    wide = Manner(space="", full_width=True, separators=True, has_chinese=False, co2e=" CO2e")
    texts = [phrase(rng(n), wide, "補助{補助}", Span("unspecified"))[0] for n in range(30)]
    assert not any("," in t or "，" in t for t in texts)
    assert all(any(c in t for c in "０１２３４５６７８９") for t in texts)
    assert figures.FULL_WIDTH[ord("7")] == ord("７")
