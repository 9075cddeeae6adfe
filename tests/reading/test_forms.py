"""Annex one with a form for each measure: labels beside, over or before values, forms cut by pages."""

from __future__ import annotations

from decimal import Decimal

from extract.documents.model import PlacedText
from extract.notes import Notes
from extract.reading.annex import AnnexReading, read_annex
from extract.reading.continued import without_continued
from extract.records import Measure
from tests.documents.drawing import Sheet
from tests.documents.drawing import document as drawn
from tests.reading.documents import document, rules

XS = (30.0, 130.0, 280.0, 380.0, 560.0)
BUS = [
    ["主辦機關", "公路局", "協辦機關", "無"],
    ["推動期程", "110-114", "措施類別", "減緩"],
    ["年度目標", "1.補助 80 輛。 2.設站 5 處。", "", ""],
    ["執行成果", "1.補助 90 輛。 2.設站 4 處。", "", ""],
    ["經費(萬元)/執行率", "500／98%", "經費來源", "公務預算"],
]
TRAM = [
    ["主辦機關", "鐵道局", "協辦機關", "公路局、能源署"],
    ["推動期程", "112", "措施類別", "減緩"],
    ["年度目標", "興建 2 線。", "", ""],
    ["執行成果", "完成 2 線。", "", ""],
    ["經費(萬元)/執行率", "－", "經費來源", "公務預算"],
]
BUS_READ = (
    ["交通部公路局"],
    [],
    (2021, 2025),
    [("1", "補助 80 輛。"), ("2", "設站 5 處。")],
    [("1", "補助 90 輛。"), ("2", "設站 4 處。")],
    Decimal(5_000_000),
    Decimal("0.98"),
)
TRAM_READ = (
    ["交通部鐵道局"],
    ["交通部公路局", "經濟部能源署"],
    (2023, 2023),
    [(None, "興建 2 線。")],
    [(None, "完成 2 線。")],
    None,
    None,
)


def named(code: str, name: str) -> list[str]:
    return ["措施編號", code, "措施名稱", name]


def typed(*parts: str | list[list[str]], notes: Notes | None = None) -> AnnexReading:
    """From a text file: lines, and tables with a tab between cells."""
    text = "# 附件一\n\n" + "\n\n".join(
        part if isinstance(part, str) else "\n".join("\t".join(row) for row in part) for part in parts
    )
    return read_annex(document(text + "\n"), 2024, notes or Notes())


def brief(measure: Measure) -> tuple[object, ...]:
    return (
        [a.name for a in measure.lead_agencies],
        [a.name for a in measure.co_agencies],
        (measure.start_year, measure.end_year),
        [(item.ordinal, item.text) for item in measure.targets],
        [(item.ordinal, item.text) for item in measure.results],
        measure.budget_ntd,
        measure.execution_rate,
    )


def owners(reading: AnnexReading) -> list[tuple[str, str, str | None]]:
    return [(m.code, m.name, m.strategy_code) for m in reading.measures]


def test_a_form_for_each_measure_under_the_heading_of_its_strategy() -> None:
    first, second = [named("1-1", "電動公車"), *BUS], [named("1-2", "輕軌（新增）"), *TRAM]
    reading = typed("## 策略 1：公共運輸", first, second)
    assert [(s.code, s.title) for s in reading.strategies] == [("1", "公共運輸")]
    assert owners(reading) == [("1-1", "電動公車", "1"), ("1-2", "輕軌", "1")]
    assert [brief(m) for m in reading.measures] == [BUS_READ, TRAM_READ]
    assert [(m.category, m.is_new, m.funding_sources) for m in reading.measures] == [
        ("減緩", False, ("公務預算",)),
        ("減緩", True, ("公務預算",)),
    ]
    assert len(reading.tables) in {1, 2}
    assert rules(reading.signals) == []


def test_every_field_knows_where_it_stands() -> None:
    text = "# 附件一\n\n" + "\n".join("\t".join(row) for row in [named("1-1", "電動公車"), *BUS]) + "\n"
    measure = read_annex(document(text), 2024).measures[0]
    for key, words in [("name", "電動公車"), ("lead", "公路局"), ("period", "110-114"), ("budget", "500／98%")]:
        place = measure.places[key]
        assert text[place.char_start : place.char_end] == words
    item = measure.targets[1]
    assert text[item.place.char_start : item.place.char_end] == "設站 5 處。"


def test_a_ruled_form_that_a_page_cuts_in_a_cell() -> None:
    """The code and name stand again on the next page; the label of the cell that was cut does not, or with 續."""
    for label in ("", "執行成果（續）"):
        first, second = Sheet(), Sheet()
        head = named("1-1", "電動公車")
        cut = ["執行成果", "補助 90 輛，並於", "", ""]
        rows = [head, BUS[0], BUS[1], ["年度目標", "補助 80 輛。", "", ""], cut]
        first.table(XS, (600, 640, 680, 700, 740, 780), rows)
        rest = [named("1-1（續）", "電動公車"), [label, "離島設站 4 處。", "", ""], BUS[4], named("1-2", "輕軌")]
        rows = [*rest, *TRAM]
        second.table(XS, tuple(60.0 + 40 * i for i in range(len(rows) + 1)), rows)
        reading = read_annex(drawn(first, second), 2024)
        assert [m.code for m in reading.measures] == ["1-1", "1-2"]
        assert [i.text for i in reading.measures[0].results] == ["補助 90 輛，並於離島設站 4 處。"]
        assert [box.page for box in reading.measures[0].places["result"].boxes] == [1, 2]
        assert brief(reading.measures[1]) == TRAM_READ


def test_names_and_strategies_in_headings_alone() -> None:
    reading = typed(
        "## 策略一、公共運輸",
        "### 1-1 電動公車",
        BUS,
        "### 措施1-2：輕軌",
        TRAM,
        "## 策略二、車輛",
        "### 2-1 機車",
        BUS,
    )
    assert owners(reading) == [("1-1", "電動公車", "一"), ("1-2", "輕軌", "一"), ("2-1", "機車", "二")]
    assert [brief(m) for m in reading.measures] == [BUS_READ, TRAM_READ, BUS_READ]


def test_strategies_by_label_values_under_their_labels_and_labels_in_two_levels() -> None:
    form = [
        ["推動策略", "1.1 公共運輸", "", ""],
        ["措施名稱", "1.1.1 電動公車", "", ""],
        ["主辦機關", "公路局", "協辦機關", ""],
        ["推動期程", "110-114", "聯絡窗口", "運輸科"],
        ["年度目標", "執行成果", "", ""],
        ["1.補助 80 輛。 2.設站 5 處。", "1.補助 90 輛。 2.設站 4 處。", "", ""],
        ["經費", "預算數(千元)", "5,000", ""],
        ["", "執行率", "98%", ""],
    ]
    reading = typed(form, [[c.replace("1.1.1 電動公車", "1.1.2 輕軌") for c in row] for row in form])
    assert owners(reading) == [("1.1.1", "電動公車", "1.1"), ("1.1.2", "輕軌", "1.1")]
    assert [brief(m) for m in reading.measures] == [BUS_READ, BUS_READ]
    assert reading.measures[0].extra == {"聯絡窗口": "運輸科"}
    assert rules(reading.signals) == ["unread:header"]


def test_a_label_that_a_person_explained() -> None:
    form = [named("1-1", "電動公車"), *[[c.replace("執行成果", "躍升紀要") for c in row] for row in BUS]]
    assert typed(form).measures == []
    notes = Notes(reason="own words", columns={"躍升紀要": "result"})
    assert brief(typed(form, notes=notes).measures[0]) == BUS_READ


def test_labels_with_their_values_in_one_cell() -> None:
    reading = typed(
        [
            ["措施：1-1 電動公車", "主辦機關：公路局"],
            ["期程：110-114", "經費(萬元)：500"],
            ["年度目標：1.補助 80 輛。 2.設站 5 處。", "執行成果：1.補助 90 輛。 2.設站 4 處。"],
        ]
    )
    assert [m.code for m in reading.measures] == ["1-1"]
    assert brief(reading.measures[0])[:6] == BUS_READ[:6]


def test_cards_of_cases_are_no_measures() -> None:
    card = [
        ["計畫名稱", "客運場站節電"],
        ["執行單位", "某客運公司"],
        ["執行期間", "112"],
        ["經費", "500 萬元"],
        ["執行成果", "節電 3 萬度"],
    ]
    assert typed(card).measures == []


def test_a_measure_in_a_list_and_in_a_form_is_one() -> None:
    columns = [
        ["措施編號", "措施名稱", "主辦機關", "期程", "執行成果"],
        ["1-1", "電動公車", "公路局", "110-114", "補助 90 輛"],
    ]
    reading = typed(columns, "## 各項措施", [named("1-1", "電動公車"), *BUS])
    assert [brief(m) for m in reading.measures] == [BUS_READ]


def test_the_mark_of_what_goes_on() -> None:
    for words in ("公車（續）", "(續)公車", "公車(續前頁)", "公車"):
        assert without_continued(PlacedText.plain(words)).text == "公車"
    assert without_continued(PlacedText.plain("（續）")).text == ""
    assert without_continued(PlacedText.plain("公車（續辦）")).text == "公車（續辦）"


def test_words_before_the_first_label_are_kept_and_signalled() -> None:
    reading = typed([["", "本案另增列九百萬。", "", ""], named("1-1", "電動公車"), *BUS])
    (measure,) = reading.measures
    assert measure.extra["（無標籤）"] == "本案另增列九百萬。"
    assert [(s.rule, s.printed) for s in reading.signals] == [("unread:header", "（無標籤）")]


def test_boxes_that_are_ticked_and_remarks_on_the_money() -> None:
    form = [
        ["措施編號", "1-1", "措施名稱", "電動公車"],
        ["措施性質", "■新增　□延續", "措施屬性", "□減緩　■能力建構"],
        *BUS[:1],
        ["推動期程", "110-114", "工作進度", "第1季 20%／第2季 45%"],
        *BUS[2:4],
        ["經費(萬元)", "500（公路局）、36（鐵道局）", "經費備註", "餘款保留"],
    ]
    (measure,) = typed(form).measures
    assert (measure.category, measure.is_new, measure.marks) == ("能力建構", True, ("新增",))
    assert (measure.budget_ntd, measure.budget_note) == (Decimal(5_360_000), "餘款保留")
    assert [item.text for item in measure.results] == ["補助 90 輛。", "設站 4 處。"]
    assert measure.extra == {"工作進度": "第1季 20%／第2季 45%"}


def test_a_label_that_stands_on_the_second_page_of_its_row() -> None:
    begun = [
        named("1-1", "電動公車"),
        *BUS[:2],
        ["年度目標", "1.補助 80 輛。 2.設站 5 處。", "", ""],
        ["", "1.補助 90 輛。", "", ""],
    ]
    overleaf = [named("1-1", "電動公車"), ["執行成果", "2.設站 4 處。", "", ""], BUS[4]]
    assert [brief(m) for m in typed([*begun, *overleaf]).measures] == [BUS_READ]
