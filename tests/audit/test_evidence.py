"""What a finding rests on is in the knowledge base, and the command shows it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import database
from kb.audit.rules import is_audit
from tests.audit.conftest import case, claim, report, row

TOLD = report(
    measures=(row("T1-1"), row("T1-2", category="調適")),
    claims=(
        claim("本期共有 {3 項|count|3 項} 推動策略，其中實質減量有 {2 項|count|2 項} 措施。"),
        claim("共計 {3 項|count|3 項} 推動策略。"),
    ),
    cases=(case("節電率可達 12 萬度。"), case("節電率可達 12 萬度。", "某航商")),
)


def test_rows_that_it_rests_on_are_there(conn, found):
    assert len(found(TOLD)) >= 4
    rows = conn.execute("select rule, evidence, printed, severity, confidence from findings").fetchall()
    audited = [r for r in rows if is_audit(r[0])]
    assert len(audited) >= 4
    for _, told, printed, _, confidence in audited:
        evidence = json.loads(told)
        assert evidence[0]["quote"] == printed
        assert 0 < confidence <= 1
        for e in evidence:
            query = f"select count(*) from {e['table']} where id = ?"  # noqa: S608 - tables of our own
            assert conn.execute(query, (e["id"],)).fetchone() == (1,)
            assert "char_start" in e or "boxes" in e


def test_one_claim_in_two_places_is_one_finding(found):
    (one,) = [f for f in found(TOLD) if f.rule == "counts:strategies"]
    assert [e["id"] for e in one.evidence] == ["transport-113/claim/1/q1", "transport-113/claim/2/q1"]


def test_keys_stay_and_nothing_stays_behind(conn, found):
    def keys():
        return [i for (i,) in conn.execute("select id from findings order by position")]

    found(TOLD)
    first = keys()
    found(TOLD)
    assert keys() == first
    assert len(set(first)) == len(first)
    assert "transport-113/audit/counts:strategies/claim/1/q1" in first
    found(report())
    assert keys() == []


def test_signals_of_the_reading_are_not_of_the_audit():
    assert not is_audit("unread:header")
    assert is_audit("units:no_mass")


@pytest.fixture
def stored(tmp_path, conn, found) -> Path:
    """The same knowledge base as a file."""
    found(TOLD)
    conn.execute("insert into about values ('made_by', 'a test') on conflict do nothing")
    path = tmp_path / "kb.db"
    conn.execute("vacuum into ?", (str(path),))
    database.connect(path).close()
    return path


def test_command_shows_findings_and_fails_on_errors(kb, stored):
    shown = kb("audit", "transport-113", "--db", stored)
    assert shown.exit_code == 1
    assert "附件一實有 1 項" in shown.stdout
    assert kb("audit", "transport-113", "--db", stored, "--rule", "nothing:").exit_code == 0


def test_command_as_json(kb, stored):
    told = json.loads(kb("audit", "transport-113", "--db", stored, "--json").stdout)
    assert {f["rule"] for f in told} >= {"counts:strategies", "units:rate_in_amount"}
    assert all(f["message"] and f["evidence"] is not None for f in told)
    graver = json.loads(kb("audit", "transport-113", "--db", stored, "--json", "--severity", "error").stdout)
    assert {f["severity"] for f in graver} == {"error"}


def test_command_of_no_report(kb, stored):
    shown = kb("audit", "water-113", "--db", stored)
    assert shown.exit_code == 1
    assert "transport-113" in shown.output
    assert kb("audit", "--db", stored).exit_code == 2


def test_command_lists_the_rules(kb):
    told = json.loads(kb("audit", "--rules", "--json").stdout)
    assert {"rule", "checks", "tolerance"} == set(told[0])
