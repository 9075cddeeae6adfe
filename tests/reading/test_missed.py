"""What a report announces and nothing was read from is signalled."""

import pytest

from extract.documents.model import Document
from extract.reading import cases, comments, emissions, indicators
from tests.reading.documents import document, rules


def read_all(read: Document) -> list[str]:
    return rules([*emissions.read(read)[1], *indicators.read(read)[1], *comments.read(read)[1], *cases.read(read)[1]])


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("## 一、排放\n\n表 1、歷年排放量統計\n\n（圖檔）\n", "unread:emissions"),
        ("## 二、評量指標達成情形\n\n詳如圖檔。\n", "unread:indicators"),
        ("## 附件二、委員意見回復對照表\n\n（另附）\n", "unread:comments"),
        ("## 三、亮點成果\n", "unread:cases"),
    ],
)
def test_a_gap_is_signalled(text: str, rule: str) -> None:
    assert rule in read_all(document(text))


def test_a_report_that_announces_nothing_is_not_blamed() -> None:
    assert not read_all(document("## 一、概況\n\n本期排放量持續下降。\n"))
