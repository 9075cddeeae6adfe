"""The check's own measure: of the fields that damage made wrong most are doubted, of the right ones few."""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from extract.documents import read_document
from extract.documents.model import Document
from extract.reading import read_report
from kb.rows import as_rows
from tests.check.damage import DAMAGES
from tests.check.fields import Key, Reading, fields_of, is_doubted
from tests.check.reports import ID, quality
from tests.roundtrip.generate import report_of

REPORTS = 3
ROUNDS = {"annex_row": 12, "other_row": 12}
"""Of the damages to single rows, which are of many kinds; others are done twice."""
LEAST_WRONG, MOST_RIGHT = 0.8, 0.05
"""More than is asked of reports that nobody has seen, 0.6 and 0.1."""
LEAST_OF_EACH = 0.5


def reading(document: Document) -> Reading:
    """All fields of a document, and the doubts about them."""
    report = read_report(document)
    return fields_of(as_rows(report, ID, "0"), quality(report).doubts)


def judged(sound: Reading, bad: Reading) -> Iterator[tuple[Key, bool, bool]]:
    """Field, whether it is right, whether it is doubted."""
    for field in sound.values.keys() | bad.values.keys():
        if field[:2] != ("quantities", "claim"):
            yield field, sound.values.get(field) == bad.values.get(field), is_doubted(field, bad, sound, ID)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Document, Reading]]:
    folder = tmp_path_factory.mktemp("sound")
    found = []
    for seed in range(REPORTS):
        path = folder / f"{seed}.md"
        path.write_text(report_of(9000 + seed).markdown(), encoding="utf-8")
        document = read_document(path)
        found.append((document, reading(document)))
    return found


def counts(damage: Callable[[Document, Random], Document], reports: list[tuple[Document, Reading]]) -> list[int]:
    """Wrong and doubted, wrong, right and doubted, right."""
    found = [0, 0, 0, 0]
    for seed, (document, sound) in enumerate(reports):
        for number in range(ROUNDS.get(damage.__name__, 2)):
            bad = reading(damage(document, Random(100 * seed + number)))  # noqa: S311  # for variety, not for secrets
            for _, is_right, doubted in judged(sound, bad):
                found[2 * is_right] += doubted
                found[2 * is_right + 1] += 1
    return found


def test_most_wrong_fields_are_doubted_and_few_right_ones(reports):
    told = {damage.__name__: counts(damage, reports) for damage in DAMAGES}
    warned, wrong, alarmed, right = (sum(column) for column in zip(*told.values(), strict=True))
    print(told)  # noqa: T201  # shown with pytest -s
    assert wrong > 500
    assert warned / wrong >= LEAST_WRONG, f"{warned} of {wrong} wrong fields doubted"
    assert alarmed / right < MOST_RIGHT, f"{alarmed} of {right} right fields doubted"
    assert {name: found for name, found in told.items() if found[0] < LEAST_OF_EACH * found[1]} == {}


def test_sound_reports_keep_the_bounds(reports):
    for number, (document, _) in enumerate(reports):
        found = quality(read_report(document))
        assert found.broken == (), f"seed {9000 + number}: {found.broken}"
