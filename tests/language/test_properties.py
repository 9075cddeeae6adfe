"""Any number in any form with any unit reads back the same; any text is read, in time linear in its length."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.language import Setting, read_quantities, read_text
from extract.language.lexicon import unit_forms
from extract.records import Quantity

SETTING = Setting(report_year=2024)
FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
FIGURE_FORMS = sorted(
    form.form for form in unit_forms().values() if form.dimension not in ("date", "year") and form.form != "成"
)
CHINESE_FORMS = sorted(
    form.form for form in unit_forms().values() if form.chinese and form.dimension not in ("date", "year", "share")
)
VALUES = st.one_of(
    st.integers(1, 79),
    st.integers(160, 1989),
    st.integers(2200, 99_999_999),
    st.decimals("0.01", "99999", places=2).filter(lambda v: v % 1 != 0),  # 113.00 is a year again
).map(lambda v: Decimal(str(v)).normalize())
FACTORS = {"": 1, "千": 10**3, "萬": 10**4, "百萬": 10**6, "億": 10**8}


def chinese_numeral(number: int) -> str:
    """A whole number under 100 000 in Chinese numerals, as it is spoken."""
    if number >= 10_000:
        head, rest = divmod(number, 10_000)
        gap = "零" if 0 < rest < 1000 else ""
        return chinese_numeral(head) + "萬" + gap + (chinese_numeral(rest) if rest else "")
    text, zero = "", False
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if zero and text else "") + "一二三四五六七八九"[digit - 1] + name
            zero = False
        else:
            zero = True
    return text.removeprefix("一") if text.startswith("一十") else text


def printed(value: Decimal, form: str) -> str:
    plain = f"{value:f}"
    if form == "separators":
        return f"{value:,f}"
    if form == "full width":
        return plain.translate(FULL_WIDTH)
    return plain


def only(text: str) -> Quantity:
    found = read_quantities(text, SETTING)
    assert len(found) == 1, (text, found)
    return found[0]


@settings(max_examples=400, deadline=None)
@given(
    value=VALUES,
    form=st.sampled_from(["plain", "separators", "full width"]),
    unit=st.sampled_from(FIGURE_FORMS),
    gap=st.sampled_from(["", " "]),
)
def test_any_number_with_any_unit_reads_back(value: Decimal, form: str, unit: str, gap: str) -> None:
    text = f"達 {printed(value, form)}{gap}{unit}。"
    quantity = only(text)
    assert quantity.value == value
    assert quantity.unit == unit
    assert (quantity.value_high, quantity.comparator, quantity.scope) == (None, "=", "unspecified")
    assert text[quantity.start : quantity.end].endswith(unit)


@settings(max_examples=200, deadline=None)
@given(
    value=VALUES,
    factor=st.sampled_from(sorted(FACTORS)),
    unit=st.sampled_from(["公噸", "元", "度", "輛", "人次", "株"]),
)
def test_factors_multiply_out_exactly(value: Decimal, factor: str, unit: str) -> None:
    quantity = only(f"減碳推動共計 {value:f} {factor}{unit}。")
    assert quantity.canonical_value == value * FACTORS[factor]
    assert quantity.unit == factor + unit


@settings(max_examples=200, deadline=None)
@given(number=st.integers(2, 99_999), unit=st.sampled_from(CHINESE_FORMS))
def test_chinese_numerals_read_back(number: int, unit: str) -> None:
    quantity = only(f"達{chinese_numeral(number)}{unit}。")
    # 三萬公噸 prints its 萬 with the numeral; the amount is the same
    assert quantity.value == number
    assert quantity.unit == unit


@settings(max_examples=200, deadline=None)
@given(high=st.integers(1, 9), low=st.integers(1, 9999), unit=st.sampled_from(["元", "輛", "公噸", "度"]))
def test_compounds_add_up(high: int, low: int, unit: str) -> None:
    quantity = only(f"累計 {high}億{low:,}萬{unit}。")
    assert quantity.canonical_value == high * 10**8 + low * 10**4


@settings(max_examples=200, deadline=None)
@given(
    low=st.integers(1, 75),
    more=st.integers(1, 900),
    joint=st.sampled_from(["~", "～", "-", "–", " 至 ", "到"]),
    unit=st.sampled_from(["%", "輛", "萬元", "公頃", "家", "℃"]),
)
def test_ranges_read_back(low: int, more: int, joint: str, unit: str) -> None:
    quantity = only(f"介於 {low}{joint}{low + more}{unit}。")
    assert (quantity.value, quantity.value_high) == (low, low + more)


@settings(max_examples=200, deadline=None)
@given(
    numbers=st.lists(st.integers(1, 79), min_size=2, max_size=5), unit=st.sampled_from(["萬元", "家", "場次", "公噸"])
)
def test_lists_share_their_unit(numbers: list[int], unit: str) -> None:
    found = read_quantities(f"分別為 {'、'.join(map(str, numbers))} {unit}。", SETTING)
    assert [q.value for q in found] == numbers
    assert {q.unit for q in found} == {unit}


WORDS = "113 年|110-113 年|累計|截至|每年|年節電率|1.|(1)|以上|CO2e|公噸|十二|/年|ISO|百分之|三成四|112、113 年各"
PIECES = st.sampled_from([*"()（）「」：。，、-~至約%家萬億元度一兆餘/第▮²\n", *WORDS.split("|")])


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(st.one_of(PIECES, st.integers(0, 3000).map(str))).map("".join)))
def test_any_text_is_read(text: str) -> None:
    reading = read_text(text, Setting(lead=(text[:20],), topic=text[-20:]))
    for quantity in reading.quantities:
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.quote in text
    spans = [(q.start, q.end) for q in reading.quantities] + [(r.start, r.end) for r in reading.refused]
    ordered = sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(ordered)), "each digit is told of once"


@pytest.mark.parametrize(
    "piece",
    [
        "113 年輔導 80 家業者，減碳 5 萬公噸。",
        "1(2)3[",
        "9",
        "1,",
        "一二三",
        "(",
        "約",
        "110-113 年",
        "5 家，",
        "「",
        "1.1 ",
    ],
)
def test_time_grows_with_length_alone(piece: str) -> None:
    """Eight times the text takes no more than some eleven times as long: a quadratic step would take 64."""

    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        begin = time.process_time()
        read_text(text, SETTING)
        return time.process_time() - begin

    seconds(2_000)
    short = min(seconds(4_000) for _ in range(3))
    assert seconds(32_000) < 8 * short * 2.5 + 0.1
