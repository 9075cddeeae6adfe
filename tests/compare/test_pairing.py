"""Every change of a pair of reports is found, none invented."""

from __future__ import annotations

import json

import pytest

from kb.compare import compare
from tests.compare.conftest import PROGRAMME


def relations(conn, first, second):
    """Code before > code after -> relation."""
    found = compare(conn, first, second)
    return {(link.earlier and link.earlier.code, link.later and link.later.code): link.relation for link in found.links}


SAME = {(code, code): "same" for code in PROGRAMME}


def test_a_programme_that_did_not_change(conn, put):
    first, second = put(112, PROGRAMME), put(113, PROGRAMME)
    assert relations(conn, first, second) == SAME
    assert [compare(conn, first, second).changes(link) for link in compare(conn, first, second).links] == [[]] * 6


def test_the_earlier_year_is_the_earlier_in_whatever_order(conn, put):
    first, second = put(112, PROGRAMME), put(113, PROGRAMME)
    assert compare(conn, second, first).earlier.id == first


CHANGED = {
    "renamed": (
        {"T1-2": {"name": "共享自行車租賃站增設", "plan": "於捷運站周邊增設租賃站", "target": "累計設置 500 站。"}},
        {("T1-2", "T1-2"): "renamed"},
    ),
    "gone": ({"T2-3": None}, {("T2-3", "T2-3"): None, ("T2-3", None): "gone"}),
    "new": (
        {"T3-1": {"name": "航空站太陽光電設置", "plan": "利用航廈屋頂發電", "target": "裝置容量 5 MW。"}},
        {(None, "T3-1"): "new"},
    ),
    "split": (
        {
            "T1-1": {"name": "市區客運汰換為電動大客車", "plan": "補助客運業者購車", "target": "每年汰換 200 輛。"},
            "T1-4": {"name": "客運充電設備", "plan": "補助充電設備", "target": "每年設置 50 座。"},
        },
        {("T1-1", "T1-1"): "split", ("T1-1", "T1-4"): "renamed+moved+split"},
    ),
    "merged": (
        {
            "T2-1": {
                "name": "老舊機車淘汰換購及車輛能源效率標示宣導",
                "plan": "由地方政府核發換購補助,並辦理經銷商訓練與抽查",
                "target": "五年淘汰 40 萬輛,每年宣導 12 場次。",
            },
            "T2-3": None,
        },
        {("T2-1", "T2-1"): "renamed+merged", ("T2-3", "T2-3"): None, ("T2-3", "T2-1"): "renamed+moved+merged"},
    ),
}


@pytest.mark.parametrize("case", CHANGED)
def test_one_change(conn, put, case):
    changed, expected = CHANGED[case]
    later = {code: told for code, told in (PROGRAMME | changed).items() if told is not None}
    wanted = {pair: relation for pair, relation in (SAME | expected).items() if relation is not None}
    assert relations(conn, put(112, PROGRAMME), put(113, later)) == wanted


def test_codes_that_all_move(conn, put):
    codes = list(PROGRAMME)
    later = {new: PROGRAMME[old] for new, old in zip(codes, codes[1:] + codes[:1], strict=True)}
    wanted = {(old, new): "moved" for new, old in zip(codes, codes[1:] + codes[:1], strict=True)}
    assert relations(conn, put(112, PROGRAMME), put(113, later)) == wanted


def test_fields_that_change(conn, put):
    now = PROGRAMME["T1-1"] | {
        "target": "每年汰換 260 輛。",
        "agency": "交通部運輸研究所",
        "budget": 2_500_000,
        "years": (2021, 2026),
        "status": "ended",
    }
    found = compare(conn, put(112, PROGRAMME), put(113, PROGRAMME | {"T1-1": now}))
    told = {c["field"]: (c["from"], c["to"]) for link in found.links for c in found.changes(link)}
    assert told == {
        "target": ("每年汰換 200 輛。", "每年汰換 260 輛。"),
        "lead_agencies": (["交通部公路局"], ["交通部運輸研究所"]),
        "budget_ntd": (1_000_000, 2_500_000),
        "period": ("110-114", "110-115"),
        "status": ("active", "ended"),
    }


def test_width_spaces_and_points_are_no_change_but_a_decimal_point_is(conn, put):
    wider = PROGRAMME["T1-1"] | {"name": "市區客運 汰換為電動大客車", "plan": "補助客運業者購車與充電設備。"}
    first = put(112, PROGRAMME | {"T2-1": PROGRAMME["T2-1"] | {"target": "減碳 2.6 萬公噸"}})
    second = put(113, PROGRAMME | {"T1-1": wider, "T2-1": PROGRAMME["T2-1"] | {"target": "減碳 26 萬公噸"}})
    found = compare(conn, first, second)
    assert [c["field"] for link in found.links for c in found.changes(link)] == ["target"]


def test_stored_links_follow_each_ingest(conn, put):
    put(112, PROGRAMME)
    assert conn.execute("select count(*) from measure_links").fetchone() == (0,)
    put(114, {c: t for c, t in PROGRAMME.items() if c != "T2-3"})
    stored = conn.execute("select from_id, to_id, relation, changes from measure_links").fetchall()
    assert len(stored) == 6
    assert ("transport-112/T2-3", None, "gone", "[]") in stored
    put(113, PROGRAMME)
    put(112, PROGRAMME)
    pairs = conn.execute("select from_id, to_id from measure_links").fetchall()
    assert len(pairs) == 12
    assert not [p for p in pairs if p[0] and p[1] and "112" in p[0] and "114" in p[1]]
    assert all(json.loads(c) == [] for (c,) in conn.execute("select changes from measure_links"))
