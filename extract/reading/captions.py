"""Tables and figures with their captions, sources and notes.

Every table of the report is a record, also one without a caption; so is every picture. A number that comes a second
time, as in a case study that counts its own pictures, is not the report's: that caption keeps its words and has no
number. 附表一 that is an annex of its own, as 附件一 is in other reports, is a heading and no caption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extract.documents.model import Block, Document, Figure, Heading, Paragraph, PlacedText, Table
from extract.reading.caption_lines import CaptionLine, read_below, read_caption
from extract.reading.outline import Outline
from extract.records import FigureRecord, Signal, TableRecord

NEAR = 3
"""Blocks between a table and its caption: a unit line, a note."""


@dataclass(slots=True)
class _Below:
    """What stands under a table or picture."""

    sources: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(
    document: Document, *, outline: Outline | None = None
) -> tuple[tuple[TableRecord, ...], tuple[FigureRecord, ...], list[Signal]]:
    """All tables and figures in reading order. The titles of annexes are told from captions by the outline."""
    blocks = document.blocks
    annexes = _annex_titles(outline) if outline is not None else set()
    captions = {i: c for i, b in enumerate(blocks) if i not in annexes and (c := caption_of(b)) is not None}
    signals: list[Signal] = []
    numbers = _numbers(blocks, captions)
    taken: set[int] = set()
    tables: list[TableRecord] = []
    figures: list[FigureRecord] = []
    for i, block in enumerate(blocks):
        if isinstance(block, Table):
            at = _table_caption(blocks, captions, i, taken)
            tables.append(_table(document, i, at, captions, numbers))
            taken.update([] if at is None else [at])
        elif isinstance(block, Figure):
            at = _figure_caption(blocks, captions, i, taken)
            figures.append(_figure(document, i, at, captions, numbers))
            taken.update([] if at is None else [at])
        elif i in captions and captions[i].kind == "figure" and i not in taken and not _follows(blocks, captions, i):
            figures.append(_figure(document, None, i, captions, numbers))
            taken.add(i)
    for i, caption in captions.items():
        if i not in taken and caption.kind == "table":
            signals.append(
                Signal(
                    "unread:table",
                    "warning",
                    f"表 {caption.number or caption.words} 的標題旁找不到表格",
                    caption.words,
                    place=document.origins.place(_text(blocks[i])),
                )
            )
    return tuple(tables), tuple(figures), signals


def caption_of(block: Block) -> CaptionLine | None:
    """The caption that a block is, or None."""
    return read_caption(block.text) if isinstance(block, Heading | Paragraph) else None


def _annex_titles(outline: Outline) -> set[int]:
    """The headings of the annexes where the report calls them 附表; where it has 附件 too, those are a table's."""
    numbers = [section.number or "" for section in outline.sections]
    if any(number.startswith(("附件", "附錄")) for number in numbers):
        return set()
    return {outline.section_of.index(s) for s, number in enumerate(numbers) if number.startswith("附表")}


def _text(block: Block) -> PlacedText:
    return block.text if not isinstance(block, Table) else PlacedText()


def _numbers(blocks: Sequence[Block], captions: dict[int, CaptionLine]) -> dict[int, str]:
    """The numbers that count the report's own tables and figures, by block: the first with each number."""
    seen: set[tuple[str, str]] = set()
    numbers: dict[int, str] = {}
    for i in range(len(blocks)):
        caption = captions.get(i)
        if caption is not None and caption.number is not None and (caption.kind, caption.number) not in seen:
            seen.add((caption.kind, caption.number))
            numbers[i] = caption.number
    return numbers


def _table_caption(
    blocks: Sequence[Block], captions: dict[int, CaptionLine], table: int, taken: set[int]
) -> int | None:
    """The caption over a table, past unit lines; else the one right under it."""
    for i in range(table - 1, max(-1, table - 1 - NEAR), -1):
        if i in captions and captions[i].kind == "table":
            return None if i in taken else i
        if i in captions or not isinstance(blocks[i], Paragraph | Heading):
            break
        below = read_below(_text(blocks[i]).text)
        if below is None and len(_text(blocks[i])) > 40:
            break
    after = table + 1
    if after in captions and captions[after].kind == "table" and after not in taken:
        above_next = after + 1 < len(blocks) and isinstance(blocks[after + 1], Table)
        return None if above_next else after
    return None


def _figure_caption(
    blocks: Sequence[Block], captions: dict[int, CaptionLine], figure: int, taken: set[int]
) -> int | None:
    """The caption under a picture, past other pictures of the same group; else the one right over it."""
    after = figure + 1
    while after < len(blocks) and isinstance(blocks[after], Figure):
        after += 1
    if after in captions and captions[after].kind == "figure" and after not in taken:
        return after
    before = figure - 1
    if before in captions and captions[before].kind == "figure" and before not in taken:
        return before
    return None


def _follows(blocks: Sequence[Block], captions: dict[int, CaptionLine], caption: int) -> bool:
    """Whether a picture that has no other caption comes right after this one."""
    after = caption + 1
    return after < len(blocks) and isinstance(blocks[after], Figure) and after + 1 not in captions


def _below(blocks: Sequence[Block], start: int) -> _Below:
    """Sources and notes from a block on, as long as the blocks are nothing else."""
    below = _Below()
    for block in blocks[start:]:
        if not isinstance(block, Paragraph) or read_below(block.text.text.split("\n")[0]) is None:
            break
        for line in _unbroken(block.text):
            read = read_below(line)
            if read is not None and read.kind == "source":
                below.sources.append(read.words)
            else:
                below.notes.append(line)
    return below


def _unbroken(text: PlacedText) -> Iterator[str]:
    """The lines of a paragraph, those that no mark opens added to the one before."""
    line = ""
    for part in text.lines():
        if read_below(part.text) is not None and line:
            yield line
            line = ""
        line += part.text
    if line:
        yield line


def _units_above(blocks: Sequence[Block], caption: int | None, table: int) -> list[str]:
    start = table - 1 if caption is None or caption > table else caption + 1
    units = [_text(b).text.strip() for b in blocks[max(0, start) : table] if isinstance(b, Paragraph)]
    return [u for u in units if (line := read_below(u)) is not None and line.kind == "unit"]


def _table(
    document: Document, at: int, caption: int | None, captions: dict[int, CaptionLine], numbers: dict[int, str]
) -> TableRecord:
    table = document.blocks[at]
    if not isinstance(table, Table):
        raise TypeError("not a table")
    below = _below(document.blocks, max(at, caption or 0) + 1)
    texts = table.texts()
    if caption is not None:
        texts.append(_text(document.blocks[caption]))
    return TableRecord(
        number=numbers.get(caption) if caption is not None else None,
        caption=_words(captions, numbers, caption),
        source="\n".join(below.sources) or None,
        notes=(*_units_above(document.blocks, caption, at), *below.notes),
        cells=tuple(tuple(cell.text.text for cell in row.cells) for row in (*table.header, *table.rows)),
        header_rows=len(table.header),
        place=document.origins.place(*texts),
        joins=tuple(f"{j.rule}: {j.before}|{j.after}" for j in table.joins),
        raw=tuple(grid.rows for grid in table.raw),
    )


def _words(captions: dict[int, CaptionLine], numbers: dict[int, str], at: int | None) -> str | None:
    """A caption's words; with its number where that is not the report's own."""
    if at is None:
        return None
    caption = captions[at]
    if at in numbers or caption.number is None:
        return caption.words
    return f"{'表' if caption.kind == 'table' else '圖'}{caption.number}、{caption.words}"


def _figure(
    document: Document,
    at: int | None,
    caption: int | None,
    captions: dict[int, CaptionLine],
    numbers: dict[int, str],
) -> FigureRecord:
    block = document.blocks[at] if at is not None else None
    below = _below(document.blocks, max(at or 0, caption or 0) + 1)
    if isinstance(block, Figure):
        place = block.place
    else:
        place = (
            document.origins.place(_text(document.blocks[caption])) if caption is not None else document.origins.place()
        )
    return FigureRecord(
        number=numbers.get(caption) if caption is not None else None,
        caption=_words(captions, numbers, caption),
        source="\n".join(below.sources) or None,
        place=place,
    )
