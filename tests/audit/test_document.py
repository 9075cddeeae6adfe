"""The rules' document is made from the rules."""

from __future__ import annotations

from pathlib import Path

from kb.audit.document import document
from kb.audit.rules import RULES

PATH = Path(__file__).parents[2] / "docs" / "AUDIT.md"


def test_it_is_up_to_date():
    assert PATH.read_text(encoding="utf-8") == document()


def test_it_names_every_rule():
    assert [r.name for r in RULES if f"| `{r.name}` |" not in document()] == []
