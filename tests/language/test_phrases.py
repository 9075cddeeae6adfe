"""Phrases in the wording of all sectors against what they say."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from extract.language import Setting, read_quantities
from extract.records import Quantity

TABLE = Path(__file__).with_name("phrases.txt")


@dataclass
class Phrase:
    line: int
    text: str = ""
    lead: list[str] = field(default_factory=list)
    topic: str = ""
    says: list[str] = field(default_factory=list)


def phrases() -> list[Phrase]:
    """The blocks of the table."""
    found: list[Phrase] = []
    current: Phrase | None = None
    for number, line in enumerate(TABLE.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("    "):
            assert current is not None, f"line {number}: says nothing of what"
            current.says.append(line.strip())
            continue
        if current is None or current.text:
            current = Phrase(number)
            found.append(current)
        if line.startswith("< "):
            current.lead.append(line[2:])
        elif line.startswith("@ "):
            current.topic = line[2:]
        else:
            current.text = line.replace("⏎", "\n")
    return found


def plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def shown(quantity: Quantity) -> str:
    """A quantity as the table writes it."""
    assert quantity.canonical_value is not None
    value = plain(quantity.canonical_value)
    if quantity.value_high is not None:
        value += ".." + plain(quantity.canonical_value / quantity.value * quantity.value_high)
    sign = "" if quantity.comparator == "=" else f"{quantity.comparator} "
    return f"{sign}{value} {quantity.canonical_unit} | {quantity.kind} | {quantity.scope}{years(quantity)}"


def years(quantity: Quantity) -> str:
    start, end = quantity.start_year, quantity.end_year
    if start is None and end is None:
        return ""
    if start == end:
        return f" {start}"
    return f" {start or ''}-{end or ''}"


PHRASES = phrases()


@pytest.mark.parametrize("phrase", PHRASES, ids=[f"{p.line}" for p in PHRASES])
def test_phrase_says_what_the_table_says(phrase: Phrase) -> None:
    setting = Setting(report_year=2024, lead=tuple(phrase.lead), topic=phrase.topic)
    found = [shown(q) for q in read_quantities(phrase.text, setting)]
    assert (found or ["nothing"]) == phrase.says, phrase.text


@pytest.mark.parametrize("phrase", PHRASES, ids=[f"{p.line}" for p in PHRASES])
def test_offsets_and_quotes_stand_in_the_text(phrase: Phrase) -> None:
    last = 0
    for quantity in read_quantities(phrase.text, Setting(report_year=2024, topic=phrase.topic)):
        assert last <= quantity.start < quantity.end <= len(phrase.text)
        assert phrase.text[quantity.start : quantity.end].strip()
        assert quantity.quote
        assert quantity.quote in phrase.text
        last = quantity.start


def test_table_holds_enough() -> None:
    assert len(PHRASES) >= 300
