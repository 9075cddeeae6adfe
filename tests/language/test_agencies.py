"""Agencies of a cell: full names today, roles by marks and brackets, the unknown kept and signalled."""

import csv
import json
from importlib.resources import files
from pathlib import Path

import pytest

from extract.language.agencies import resolve
from extract.language.agency_vocabulary import vocabulary
from extract.records import Agency

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "manufacturing-113.json"


def names(text: str, default_role: str = "lead") -> tuple[list[str], list[str]]:
    reading = resolve(text, "co" if default_role == "co" else "lead")
    return [a.name for a in reading.lead], [a.name for a in reading.co]


@pytest.mark.parametrize(
    ("printed", "lead"),
    [
        ("經濟部能源署", ["經濟部能源署"]),
        ("國科會", ["國家科學及技術委員會"]),
        ("產發署", ["經濟部產業發展署"]),
        ("台灣電力公司", ["台灣電力股份有限公司"]),
        ("農業部農糧署、漁業署", ["農業部農糧署", "農業部漁業署"]),
        ("交通部／內政部；環境部", ["交通部", "內政部", "環境部"]),
        ("交通部公路\n局", ["交通部公路局"]),
        ("交 通 部 鐵 道 局", ["交通部鐵道局"]),
        ("經濟部\n環境部", ["經濟部", "環境部"]),
        ("環境部綜合規劃司、氣候變遷署", ["環境部綜合規劃司", "環境部氣候變遷署"]),
        ("1.經濟部 2.環境部", ["經濟部", "環境部"]),
        ("交通部（公路局、鐵道局）", ["交通部公路局", "交通部鐵道局"]),
        ("國科會（竹科管理局）", ["國家科學及技術委員會新竹科學園區管理局"]),
        ("國家科學及技術委員會（國科會）", ["國家科學及技術委員會"]),
        ("臺北市政府環境保護局", ["臺北市政府環境保護局"]),
        ("直轄市、縣（市）政府", ["直轄市、縣(市)政府"]),
        ("經濟部能源署等", ["經濟部能源署"]),
        ("行政院國發會、行政院工程會", ["國家發展委員會", "行政院公共工程委員會"]),
        ("國科會三園區管理局", ["國家科學及技術委員會各科學園區管理局"]),
        ("財團法人工業技術研究院、資策會", ["工業技術研究院", "資訊工業策進會"]),
        ("高捷公司、桃捷公司", ["高雄捷運股份有限公司", "桃園大眾捷運股份有限公司"]),
        ("國防部陸軍司令部", ["國防部陸軍司令部"]),
        ("農業部（原農委會）", ["農業部"]),
        ("—", []),
    ],
)
def test_names(printed: str, lead: list[str]) -> None:
    assert (lead, []) == names(printed)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("經濟部工業局", "經濟部產業發展署"),
        ("能源局", "經濟部能源署"),
        ("行政院環境保護署", "環境部"),
        ("農委會林務局", "農業部林業及自然保育署"),
        ("行政院農業委員會漁業署", "農業部漁業署"),
        ("科技部", "國家科學及技術委員會"),
        ("內政部營建署", "內政部國土管理署"),
        ("交通部公路總局", "交通部公路局"),
        ("交通部觀光局", "交通部觀光署"),
        ("經濟部中小企業處", "經濟部中小及新創企業署"),
        ("經濟部商業司", "經濟部商業發展署"),
        ("交通部中央氣象局", "交通部中央氣象署"),
        ("環保署廢管處", "環境部資源循環署"),
        ("環保署空保處", "環境部大氣環境司"),
        ("農委會企劃處", "農業部綜合規劃司"),
        ("臺鐵局", "國營臺灣鐵路股份有限公司"),
    ],
)
def test_former_names_lead_to_todays_and_stay_as_printed(printed: str, name: str) -> None:
    (agency,) = resolve(printed).lead
    assert (name, printed, True) == (agency.name, agency.printed, agency.is_known)


@pytest.mark.parametrize(
    ("printed", "lead", "co"),
    [
        ("主辦：經濟部能源署\n協辦：環境部、內政部", ["經濟部能源署"], ["環境部", "內政部"]),
        ("主：交通部\n協：各縣市政府", ["交通部"], ["各縣市政府"]),
        ("主辦機關:農業部協辦機關:環境部", ["農業部"], ["環境部"]),
        ("經濟部能源署 協辦 環境部", ["經濟部能源署"], ["環境部"]),
        ("環境部(主辦)、交通部(協辦)", ["環境部"], ["交通部"]),
        ("環境部、交通部(協)", ["環境部"], ["交通部"]),
        ("經濟部(主辦)、交通部、內政部(協辦)", ["經濟部"], ["交通部", "內政部"]),
        ("(主)經濟部、(協)交通部", ["經濟部"], ["交通部"]),
        ("【主辦】交通部公路局【協辦】環境部", ["交通部公路局"], ["環境部"]),
        ("經濟部產業發展署（國家科學及技術委員會）", ["經濟部產業發展署"], ["國家科學及技術委員會"]),
        ("經濟部（環境部、農業部）", ["經濟部"], ["環境部", "農業部"]),
        ("經濟部（主辦：能源署；協辦：水利署）", ["經濟部能源署"], ["經濟部水利署"]),
        ("交通部、內政部（協辦：環境部）", ["交通部", "內政部"], ["環境部"]),
        ("經濟部（能源署、環境部）", ["經濟部能源署"], ["環境部"]),
        ("環境部（主）\n環境部（協）", ["環境部"], []),
        ("交通部（主辦）、內政部、教育部", ["交通部"], ["內政部", "教育部"]),
        ("交通部主辦、內政部協辦", ["交通部"], ["內政部"]),
        ("漁業署主政，地方政府配合辦理", ["農業部漁業署"], ["地方政府"]),
        ("主政：國庫署、協力：國產署", ["財政部國庫署"], ["財政部國有財產署"]),
        ("水利署協同農水署", ["經濟部水利署"], ["農業部農田水利署"]),
        ("主(協)辦機關：文化部", ["文化部"], []),
        ("勞動部(主)、教育部(協)、各縣市政府(協)", ["勞動部"], ["教育部", "各縣市政府"]),
    ],
)
def test_roles(printed: str, lead: list[str], co: list[str]) -> None:
    assert (lead, co) == names(printed)


def test_a_column_of_co_agencies_gives_the_role() -> None:
    assert names("環境部", "co") == ([], ["環境部"])
    assert names("環境部、交通部（主辦）", "co") == (["交通部"], ["環境部"])


def test_an_unknown_agency_is_kept_as_printed_and_signalled() -> None:
    reading = resolve("財團法人某某研究\n基金會")
    name = "財團法人某某研究基金會"
    assert (Agency(name, name, None, name, is_known=False),) == reading.lead
    assert [s.rule for s in reading.signals] == ["unread:agency"]


def test_a_slip_is_not_mended() -> None:
    (agency,) = resolve("商業署").lead
    assert (agency.name, agency.is_known) == ("商業署", False)


def test_an_unknown_unit_in_brackets_belongs_to_its_ministry() -> None:
    (known, unknown) = resolve("經濟部（能源署、某某署）").lead
    assert (known.name, known.is_known) == ("經濟部能源署", True)
    assert (unknown.name, unknown.ministry, unknown.is_known) == ("經濟部某某署", "經濟部", False)


def test_two_unknown_names_joined_by_and_are_two() -> None:
    assert names("某某研究中心及某某協會") == (["某某研究中心", "某某協會"], [])


def test_other_words_are_left_over_and_signalled() -> None:
    reading = resolve("經濟部能源署（節能組）")
    assert (reading.leftover, [s.rule for s in reading.signals]) == ("節能組", ["unread:agency-text"])


def test_a_general_unit_needs_its_ministry() -> None:
    assert not resolve("綜合規劃司").lead[0].is_known
    assert resolve("農業部綜合規劃司").lead[0].name == "農業部綜合規劃司"


def test_every_full_name_and_every_single_meaning_form_resolves_to_itself() -> None:
    for form, entry in vocabulary().forms():
        assert [entry.name] == [a.name for a in resolve(form).lead], form


def test_every_ministry_of_the_file_is_in_the_file() -> None:
    with files("extract.language").joinpath("agencies.csv").open(encoding="utf8") as lines:
        rows = list(csv.DictReader(lines))
    listed = {row["name"] for row in rows}
    assert len(listed) == len(rows)
    assert {row["ministry"] for row in rows if row["ministry"]} <= listed


@pytest.mark.parametrize(
    "text",
    ["(((((", ")", "（主辦）", "、、、", "主辦：", "協", "主(協)", "環境部" * 500, "（" * 50_000, "經濟部（" * 5_000],
)
def test_any_text_is_read(text: str) -> None:
    reading = resolve(text)
    assert all(agency.printed for agency in (*reading.lead, *reading.co))


def test_the_gold_reports_agencies_are_themselves() -> None:
    if not GOLD.exists():
        pytest.skip(f"the gold records are not here: {GOLD}")
    for measure in json.loads(GOLD.read_text(encoding="utf8"))["measures"]:
        for name in (*measure["lead_agencies"], *measure["co_agencies"]):
            assert [name] == [a.name for a in resolve(name).lead]


def test_the_component_marks_agencies_in_a_spacy_pipeline() -> None:
    spacy = pytest.importorskip("spacy")
    import extract.language.agency_component  # noqa: F401 - registers the factory

    nlp = spacy.blank("zh")
    nlp.add_pipe("report_agencies")
    doc = nlp("由經濟部能源署及台北市政府與環保署辦理")
    assert [span._.agency.name for span in doc.spans["agencies"]] == ["經濟部能源署", "臺北市政府", "環境部"]
