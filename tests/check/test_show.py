"""What a person reads of a check."""

import ast
import io
from pathlib import Path

import pytest
from rich.console import Console

import kb.check
from kb.check.labels import RULES, rule_label
from kb.check.show import show
from tests.check.reports import CODES, quality, report, row


def printed(given, limit=0, width=80):
    out = io.StringIO()
    show(quality(given), limit, Console(file=out, width=width))
    return out.getvalue()


def test_a_sound_report_is_told_in_a_few_lines():
    text = printed(report())
    assert "讀取良好" in text
    assert len(text.splitlines()) <= 3


def test_a_part_that_is_missing_is_told_first():
    lines = printed(report(())).splitlines()
    assert "不合格" in lines[0]
    assert next(n for n, line in enumerate(lines) if "沒有讀到推動措施" in line) < 5


def test_reasons_and_printed_words_are_whole_on_a_narrow_page():
    rows = [row(code) for code in CODES]
    plan = "依運量逐站盤點設備（含電扶梯，訂定汰換順序並補助經費。"
    rows[1] = row("T1-2", plan=plan, cells={"plan": plan})
    text = printed(report(rows))
    assert "括號或引號不成對" in text
    assert f"「{plan}」" in "".join(text.split())
    assert "…" not in text
    assert max(sum(1 + (ord(c) > 0x2E7F) for c in line) for line in text.splitlines()) <= 80


def test_no_english_in_what_is_shown():
    rows = [row(code) for code in CODES]
    rows[1] = row("T1-2", cells={"category": "", "budget": "21,\n500"}, category=None)
    text = printed(report(rows)).replace("transport-113", "").replace("--limit", "").replace("--json", "")
    assert [word for word in text.split() if word.isascii() and word.isalpha()] == []


def test_what_is_said_of_many_rows_is_said_once():
    rows = [row(code, cells={"budget": "21,500、3,200\n98%"}) for code in CODES]
    text = printed(report(rows))
    assert text.count("經費欄有多個數字，取用") == 1
    assert "等 6 列" in text


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_label_is_said_in_chinese(rule):
    assert not rule_label(rule).isascii()


def test_every_rule_of_the_check_has_a_label():
    found = set()
    for path in Path(kb.check.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Doubt", "Fault") and node.args:
                first = node.args[0]
                found |= {first.value} if isinstance(first, ast.Constant) else set()
    assert len(found) > 30
    assert {rule for rule in found if rule not in RULES} == set()
