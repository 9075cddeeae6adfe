"""The pipeline as spaCy users meet it, the working of single rules, and the data files."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal

import pytest

from extract.language import Setting, explain, read_text
from extract.language.fold import fold
from extract.language.kinds import windows
from extract.language.lexicon import table, unit_forms
from extract.language.numerals import arabic, chinese
from extract.language.pipeline import STEPS, pipeline, run
from extract.records import Quantity

KINDS = {
    *("emission_reduction", "emission", "energy_saving", "fuel_saving", "saving_rate", "rate", "payback_period"),
    *("investment", "subsidy", "budget", "cost_saving", "output_value"),
    *("organisations", "events", "participants", "equipment", "count", "physical"),
}
SETTING = Setting(report_year=2024)


def test_whole_record() -> None:
    text = "113 年促成投資新臺幣約 1.5 億元以上，成效良好。"
    assert list(read_text(text, SETTING).quantities) == [
        Quantity(
            value=Decimal("1.5"),
            value_high=None,
            unit="億元",
            canonical_value=Decimal(150_000_000),
            canonical_unit="NTD",
            kind="investment",
            scope="year",
            start_year=2024,
            end_year=2024,
            comparator=">=",
            quote="113 年促成投資新臺幣約 1.5 億元以上",
            start=14,
            end=20,
        )
    ]


def test_spans_carry_the_records() -> None:
    doc = run("每年補助 5 輛，113 年 3 輛。", SETTING)
    assert [(s.text, s.label_, s._.quantity.value) for s in doc.spans["quantities"]] == [
        ("5 輛", "count", 5),
        ("3 輛", "count", 3),
    ]
    assert [(s.text, s.label_) for s in doc.spans["times"]] == [("每年", "annual"), ("113 年", "year")]


def test_factories_are_registered_for_others() -> None:
    spacy = pytest.importorskip("spacy")
    nlp = spacy.blank("zh")
    nlp.tokenizer = pipeline().tokenizer
    for name in STEPS:
        nlp.add_pipe(name)
    assert nlp.pipe_names == list(STEPS)
    assert [q.value for q in nlp("輔導 12 家業者")._.reading.quantities] == [12]


def test_importing_the_package_does_not_import_spacy() -> None:
    code = "import sys, extract.language; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_unknown_unit_is_kept_and_signalled() -> None:
    reading = read_text("收購 35 漁籠，並發現 12xyz。", SETTING)
    assert [(q.value, q.unit, q.canonical_unit, q.kind) for q in reading.quantities] == [
        (35, "漁籠", "漁籠", "count"),
        (12, "xyz", "xyz", "physical"),
    ]
    assert [(s.rule, s.printed) for s in reading.signals] == [("unread:unit", "35 漁籠"), ("unread:unit", "12xyz")]


def test_number_without_unit_is_signalled() -> None:
    reading = read_text("油水比為 1.08。", SETTING)
    assert reading.quantities == ()
    assert [s.rule for s in reading.signals] == ["unread:number"]


def test_meaning_that_no_word_gives_is_signalled() -> None:
    reading = read_text("760 萬元", SETTING)
    assert [(q.kind, q.canonical_value) for q in reading.quantities] == [("physical", 7_600_000)]
    assert [s.rule for s in reading.signals] == ["unread:kind"]


def test_topic_gives_the_meaning_where_the_text_is_silent() -> None:
    reading = read_text("760 萬元", Setting(topic="促進投資"))
    assert [q.kind for q in reading.quantities] == ["investment"]
    assert reading.signals == ()


def test_explain_tells_of_every_number_and_time_word() -> None:
    spans = explain("113 年依 ISO 50001 輔導 8 家。", SETTING)
    assert [(r.printed, r.what, r.reading) for r in spans] == [
        ("113", "no figure", "date"),
        ("113 年", "time", "year"),
        ("50001", "no figure", "code"),
        ("8 家", "figure", "= 8 家 → 8 家, organisations, year 2024-2024"),
    ]
    assert "unit: 家" in spans[-1].rule


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("十二", 12),
        ("兩百零五", 205),
        ("三萬五千", 35_000),
        ("一億二千萬", 120_000_000),
        ("廿五", 25),
        ("一一三", 113),
        ("三點五", Decimal("3.5")),
    ],
)
def test_chinese_numerals(printed: str, value: int | Decimal) -> None:
    assert chinese(printed) == value


@pytest.mark.parametrize("printed", ["萬", "百", "十百", "三十五十", "億萬", "千千"])
def test_no_numerals(printed: str) -> None:
    assert chinese(printed) is None


@pytest.mark.parametrize("printed", ["1.1.1", "9" * 40])
def test_no_amounts(printed: str) -> None:
    assert arabic(printed) is None


def test_folding_keeps_offsets() -> None:
    text = "１１３年，臺灣—５０％ＣＯ₂ｅ\u3000Ⅲ\ufb01"
    assert len(fold(text)) == len(text)
    assert fold(text).startswith("113年，台灣-50%CO₂e ")


def test_every_rule_names_a_kind_of_the_schema() -> None:
    rules = table("kinds")
    named = {entry["kind"] for section in ("rules", "counters") for entry in rules[section]}
    named |= {form.kind for form in unit_forms().values() if form.kind}
    assert named <= KINDS


def test_every_dimension_is_read() -> None:
    fixed = {"counter", "date", "year", "temperature", "points", "physical", "time"}
    ruled = {dimension for entry in table("kinds")["rules"] for dimension in entry["dimension"]}
    assert {form.dimension for form in unit_forms().values() if not form.kind} <= fixed | ruled


def test_windows_never_meet_a_spot_of_the_text() -> None:
    sheet = run("▮▮減碳 5 公噸", SETTING)._.sheet
    assert all(words.count("▮") == 1 for _, words in windows(sheet, 0))


def test_a_quote_begins_with_a_whole_number() -> None:
    text = "113 年完成審查大型投資生產計畫能源使用說明書 6 案，公告 2 則。"
    assert [q.quote for q in read_text(text, SETTING).quantities] == [text.split("，", maxsplit=1)[0], "公告 2 則"]
