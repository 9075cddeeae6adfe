"""The check's own measure: of the fields that damage made wrong most are doubted, of the right ones few."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

from extract.documents import read_document
from extract.documents.model import Document
from extract.reading import read_report
from kb.check import Doubt
from kb.rows import as_rows
from tests.check.damage import damaged
from tests.check.reports import ID, quality
from tests.roundtrip.generate import report_of

REPORTS, DAMAGES = 8, 6
LEAST_WRONG, MOST_RIGHT = 0.6, 0.1
FIELDS = (
    *("name", "plan", "category", "start_year", "end_year", "status", "budget_ntd", "execution_rate", "budget_note"),
    *("lead_agencies", "co_agencies", "funding", "strategy_id"),
)


def values(document: Document) -> tuple[dict[tuple[str, str, str], Any], tuple[Doubt, ...]]:
    """Table, key and column -> value, and the doubts about them."""
    report = read_report(document)
    rows = as_rows(report, ID, "0")
    found: dict[tuple[str, str, str], Any] = {}
    for row in rows["measures"]:
        found |= {("measures", row["id"], column): row[column] for column in FIELDS if row[column] not in (None, "[]")}
    for table in ("targets", "results"):
        found |= {(table, row["id"], "text"): row["text"] for row in rows.get(table, ())}
    return found, quality(report).doubts


def is_doubted(field: tuple[str, str, str], found: Mapping[Any, Any], doubts: tuple[Doubt, ...]) -> bool:
    """Whether a doubt is about the value; about one that is not there at all, whether one is about its row or table."""
    table, key, column = field
    measure = "/".join(key.split("/")[:2])
    for doubt in doubts:
        if (doubt.table, doubt.key) == (table, key) and doubt.column in (column, None):
            return True
        if field not in found and doubt.table in (table, "measures"):
            if doubt.key == measure and doubt.column in (None, table.removesuffix("s")):
                return True
            if doubt.key is None and doubt.column is None:
                return True
    return False


def experiments(folder: Path) -> Iterator[tuple[Document, Document]]:
    for seed in range(REPORTS):
        report = report_of(9000 + seed)
        path = folder / f"{seed}.md"
        path.write_text(report.markdown(), encoding="utf-8")
        sound = read_document(path)
        for number in range(DAMAGES):
            yield sound, damaged(sound, Random(100 * seed + number))  # noqa: S311  # for variety, not for secrets


def test_most_wrong_fields_are_doubted_and_few_right_ones(tmp_path):
    wrong = warned = right = alarmed = 0
    for sound, bad in experiments(tmp_path):
        expected, _ = values(sound)
        found, doubts = values(bad)
        for field in expected.keys() | found.keys():
            is_right = expected.get(field) == found.get(field)
            doubted = is_doubted(field, found, doubts)
            right += is_right
            alarmed += is_right and doubted
            wrong += not is_right
            warned += doubted and not is_right
    assert wrong > 200
    assert warned / wrong >= LEAST_WRONG, f"{warned} of {wrong} wrong fields doubted"
    assert alarmed / right < MOST_RIGHT, f"{alarmed} of {right} right fields doubted"
    print(f"{warned}/{wrong} wrong, {alarmed}/{right} right doubted")  # noqa: T201  # shown with pytest -s


def test_sound_reports_keep_the_bounds(tmp_path):
    for seed in range(REPORTS):
        path = tmp_path / f"{seed}.md"
        path.write_text(report_of(9000 + seed).markdown(), encoding="utf-8")
        found = quality(read_report(read_document(path)))
        assert found.broken == (), f"seed {9000 + seed}: {found.broken}"
