"""Pictures inside cases are said to be unread; small ones, and those elsewhere, are not."""

from dataclasses import replace

import pytest

from extract.documents.model import Document, Figure, Heading, Page, Paragraph
from extract.reading.outline import build
from extract.reading.pictures import unread_pictures
from extract.records import Box, Place
from tests.reading.documents import document

TEXT = """# 壹、摘要

本部門推動成果良好。

# 貳、推動成果

## 一、亮點成果

### (一)公車電動化

某客運公司汰換電動公車 40 輛，並設置充電設備。

### (二)車站節能

某車站汰換照明 300 盞，年節電 2 萬度。
"""


def with_picture(behind: str, width: float) -> Document:
    """The document on one page, with a picture behind the paragraph that holds these words."""
    read = document(TEXT)
    figure = Figure(Place((Box(1, 50, 50, 50 + width, 250),)))
    blocks = []
    for block in read.blocks:
        blocks.append(block)
        if isinstance(block, Paragraph | Heading) and behind in block.text.text:
            blocks.append(figure)
    assert len(blocks) == len(read.blocks) + 1
    return replace(read, blocks=tuple(blocks), pages=(Page(1, "1", 595, 842),))


@pytest.mark.parametrize(
    ("behind", "width", "cases"),
    [("300 盞", 400, ["車站節能"]), ("40 輛", 400, ["公車電動化"]), ("300 盞", 90, []), ("成果良好", 400, [])],
)
def test_pictures(behind, width, cases):
    given = with_picture(behind, width)
    assert [signal.context for signal in unread_pictures(given, build(given))] == cases
