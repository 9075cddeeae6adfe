"""Agencies by the names that they had in the report's year, and units by the ministry that leads the report."""

import pytest

from extract.language.agencies import resolve
from extract.language.agency_naming import Naming
from extract.language.agency_successions import NEVER, Former, read_former, stages_of
from extract.language.agency_vocabulary import vocabulary
from extract.records import Agency


def names(text: str, year: int | None, *leads: str) -> list[str]:
    found = tuple(agency for lead in leads for agency in resolve(lead, naming=Naming(year)).lead)
    return [agency.name for agency in resolve(text, naming=Naming(year, found)).lead]


@pytest.mark.parametrize(
    ("printed", "then", "now"),
    [
        ("農委會", "行政院農業委員會", "農業部"),
        ("農糧署", "行政院農業委員會農糧署", "農業部農糧署"),
        ("漁業署", "行政院農業委員會漁業署", "農業部漁業署"),
        ("農委會畜牧處", "行政院農業委員會畜牧處", "農業部畜牧司"),
        ("林務局", "行政院農業委員會林務局", "農業部林業及自然保育署"),
        ("農田水利署", "行政院農業委員會農田水利署", "農業部農田水利署"),
        ("能源局", "經濟部能源局", "經濟部能源署"),
        ("工業局", "經濟部工業局", "經濟部產業發展署"),
        ("水利署", "經濟部水利署", "經濟部水利署"),
        ("環保署", "行政院環境保護署", "環境部"),
        ("環保署廢管處", "行政院環境保護署廢棄物管理處", "環境部資源循環署"),
        ("營建署", "內政部營建署", "內政部國土管理署"),
        ("路政司", "交通部路政司", "交通部路政及道安司"),
        ("科技部", "科技部", "國家科學及技術委員會"),
        ("竹科管理局", "科技部新竹科學園區管理局", "國家科學及技術委員會新竹科學園區管理局"),
        ("核研所", "行政院原子能委員會核能研究所", "國家原子能科技研究院"),
        ("臺鐵", "交通部臺灣鐵路管理局", "國營臺灣鐵路股份有限公司"),
    ],
)
def test_a_report_of_before_the_change_has_the_name_of_its_year(printed: str, then: str, now: str) -> None:
    assert names(printed, 2021) == [then]
    assert names(printed, 2024) == names(printed, None) == [now]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("行政院農業委員會", "行政院農業委員會"),
        ("農業部", "農業部"),
        ("農委會", "行政院農業委員會"),
        ("農糧署", "農業部農糧署"),
        ("農業部農糧署", "農業部農糧署"),
        ("行政院農業委員會農糧署", "行政院農業委員會農糧署"),
        ("農委會農糧署", "行政院農業委員會農糧署"),
        ("農業部林務局", "農業部林業及自然保育署"),
        ("農業部（林務局）", "農業部林業及自然保育署"),
        ("農委會（林務局）", "行政院農業委員會林務局"),
        ("經濟部能源局", "經濟部能源局"),
        ("經濟部能源署", "經濟部能源署"),
        ("交通部路政司", "交通部路政司"),
        ("路政司", "交通部路政及道安司"),
        ("科技部", "國家科學及技術委員會"),
    ],
)
def test_in_the_year_of_the_change_what_is_printed_decides(printed: str, name: str) -> None:
    assert names(printed, 2023) == [name]


def test_units_behind_the_former_name_of_their_ministry_are_of_it() -> None:
    units = ["行政院農業委員會農糧署", "行政院農業委員會漁業署"]
    assert names("行政院農業委員會（農糧署、漁業署）", 2023) == units
    assert names("行政院農業委員會農糧署、漁業署", 2023) == units
    assert names("農業部農糧署、漁業署", 2023) == ["農業部農糧署", "農業部漁業署"]


def test_the_title_page_and_the_ministry_before_it_say_which_name_a_short_form_has() -> None:
    leads, co = resolve("農業部", naming=Naming(2021)).lead, resolve("內政部國土管理署", naming=Naming(2021)).lead
    reading = resolve("農糧署、營建署、農委會", naming=Naming(2021, leads, co))
    assert [a.name for a in reading.lead] == ["農業部農糧署", "內政部營建署", "行政院農業委員會"]
    assert names("農業部（漁業署）", 2021) == ["農業部漁業署"]
    assert names("漁業署", 2021, "經濟部") == ["行政院農業委員會漁業署"]


def test_two_that_became_one_were_two() -> None:
    both = ["經濟部中央地質調查所", "經濟部礦務局"]
    assert names("經濟部中央地質調查所、礦務局", 2021) == both
    assert names("中央地質調查所、礦務局", 2024) == ["經濟部地質調查及礦業管理中心"]


def test_a_cell_that_gives_both_names_means_one_agency() -> None:
    assert names("農業部（原農委會）", 2023) == ["農業部"]
    assert names("行政院農業委員會、農業部", 2023) == ["行政院農業委員會"]


def test_the_record_tells_all_of_its_year_and_the_name_today() -> None:
    (agency,) = resolve("農糧署", naming=Naming(2021)).lead
    name = "行政院農業委員會農糧署"
    assert agency == Agency(name, "農糧署", "行政院農業委員會", "農糧署", successor="農業部農糧署")
    (ministry,) = resolve("行政院環境保護署", naming=Naming(2021)).lead
    assert (ministry.short_name, ministry.ministry, ministry.successor) == ("環保署", None, "環境部")
    assert resolve("農糧署", naming=Naming(2024)).lead[0].successor is None


def test_a_name_that_ended_goes_on_to_that_of_the_year() -> None:
    assert names("農委會農田水利處", 2020) == ["行政院農業委員會農田水利處"]
    assert names("農委會農田水利處", 2022) == ["行政院農業委員會農田水利署"]


def test_an_unknown_unit_of_a_former_ministry_has_its_name() -> None:
    (agency,) = resolve("行政院農業委員會（某某中心）", naming=Naming(2021)).lead
    assert (agency.name, agency.is_known, agency.successor) == ("行政院農業委員會某某中心", False, "農業部某某中心")


@pytest.mark.parametrize(
    ("printed", "year", "leads", "found"),
    [
        ("畜牧處", 2021, ["行政院農業委員會"], ["行政院農業委員會畜牧處"]),
        ("畜牧處、企劃處", 2021, ["農委會"], ["行政院農業委員會畜牧處", "行政院農業委員會企劃處"]),
        ("畜牧處\n農糧署", 2021, ["農委會"], ["行政院農業委員會畜牧處", "行政院農業委員會農糧署"]),
        ("主辦 畜牧處", 2021, ["農委會"], ["行政院農業委員會畜牧處"]),
        ("畜牧處及企劃處", 2021, ["農委會"], ["行政院農業委員會畜牧處", "行政院農業委員會企劃處"]),
        ("統計處", 2024, ["經濟部能源署"], ["經濟部統計處"]),
        ("綜合規劃司", 2024, ["交通部"], ["交通部綜合規劃司"]),
        ("環境部、畜牧司", 2024, ["農業部"], ["環境部", "農業部畜牧司"]),
        ("環保署、畜牧處", 2021, ["農委會"], ["行政院環境保護署", "行政院農業委員會畜牧處"]),
    ],
)
def test_a_unit_without_its_ministry_is_of_the_leading_one(
    printed: str, year: int, leads: list[str], found: list[str]
) -> None:
    assert names(printed, year, *leads) == found


@pytest.mark.parametrize(
    ("printed", "leads"),
    [
        ("統計處", []),
        ("統計處", ["經濟部", "交通部"]),
        ("企劃處", ["交通部"]),
        ("環境部（畜牧處）", ["農業部"]),
        ("環境部、企劃處", ["農業部"]),
        ("某某統計處", ["經濟部"]),
        ("某某\n統計處", ["經濟部"]),
        ("屏東縣政府\n畜牧處", ["農業部"]),
        ("屏東縣政府、畜牧處", ["農業部"]),
        ("統計處長", ["經濟部"]),
    ],
)
def test_what_is_not_certain_is_not_guessed(printed: str, leads: list[str]) -> None:
    lead = tuple(agency for name in leads for agency in resolve(name).lead)
    reading = resolve(printed, naming=Naming(2024, lead))
    assert "unread" in "".join(s.rule for s in reading.signals)
    assert not any(a.is_known and a.ministry for a in (*reading.lead, *reading.co))


def test_a_unit_of_a_local_government_stays_there() -> None:
    assert names("屏東縣政府畜牧處", 2024, "農業部") == ["屏東縣政府畜牧處"]


def test_a_unit_that_the_title_page_names_in_full() -> None:
    leads = resolve("經濟部某某署").lead
    (agency,) = resolve("某某署", naming=Naming(2024, leads)).lead
    assert (agency.name, agency.ministry, agency.printed, agency.is_known) == (
        "經濟部某某署",
        "經濟部",
        "某某署",
        False,
    )


def test_stages_of_a_unit_change_with_it_and_with_its_ministry() -> None:
    ministry = stages_of("新部", "新部", [Former(("舊會", "舊"), 2010)])
    unit = stages_of("新署", "新署", read_former("舊局=舊@2005"), ministry)
    assert [(s.name, s.since, s.until) for s in unit] == [
        ("舊會舊局", 0, 2005),
        ("舊會新署", 2005, 2010),
        ("新部新署", 2010, NEVER),
    ]
    assert [s.name for s in stages_of("署", "署", read_former("@2010"), ministry)] == ["新部署"]


def test_every_name_of_every_year_is_itself_in_its_last_year() -> None:
    owners: dict[str, str] = {}
    for entry in vocabulary().entries:
        for stage in vocabulary().stages(entry):
            assert owners.setdefault(stage.name, entry.name) == entry.name
            if stage.until != NEVER:
                assert names(stage.name, stage.until) == [stage.name]
                assert names(stage.name, NEVER - 1) == [entry.name]
