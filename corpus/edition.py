"""A report to be set, as a TOML file, and the blocks that it becomes.

    [report]      title (lines), notice, agencies (lines), date
    [[sections]]  heading, level, text (a paragraph a line, `- ` makes a bullet),
                  tables, figures (numbers of what is set after the text)
    [[tables]]    number, caption, unit, header (a list of rows), rows, widths, after (source and note lines)
    [[figures]]   number, caption, labels, values, source
    [annex]       heading, strategies ("merged", "repeated", "first", "band"), columns (field, header, width, group)
    [[strategies]] code, title
    [[measures]]  strategy, and a text for each field that a column names
    [comments]    heading, header, layout ("bands", "column", "tables"), rows (band, number, comment, reply)

In rows of tables the cell `^` goes on with the cell above, `<` with the one on its left. Texts are marked
texts (layout.py). Everything is printed as it stands: nothing is counted or filled in here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.annex import AnnexRow, Column, annex_table
from corpus.charts import bar_chart
from corpus.layout import Block, Cell, Contents, Heading, NewPage, Paragraph, ParagraphKind, Table
from corpus.tables import CommentRow, captioned, comment_blocks

Record = Mapping[str, Any]


class EditionError(ValueError):
    """The file lacks something or names something that it does not have."""


def load(path: Path) -> tuple[Block, ...]:
    """The blocks of the file's report. Raises `EditionError` with the file and the part that is wrong."""
    try:
        return tuple(_blocks(tomllib.loads(path.read_text(encoding="utf-8"))))
    except tomllib.TOMLDecodeError as broken:
        raise EditionError(f"{path.name}: not TOML: {broken}; check quotes and brackets there") from broken
    except KeyError as missing:
        raise EditionError(f"{path.name}: {missing} is missing; see the head of corpus/edition.py") from missing
    except EditionError as wrong:
        raise EditionError(f"{path.name}: {wrong}") from wrong


def title(path: Path) -> str:
    """The title in one line, for the PDF's own record."""
    lines: list[str] = tomllib.loads(path.read_text(encoding="utf-8"))["report"]["title"]
    return " ".join(lines)


def _blocks(file: Record) -> Iterator[Block]:
    report = file["report"]
    yield NewPage(numbered=False)
    yield from (Paragraph(line, "title") for line in report["title"])
    if "notice" in report:
        yield Paragraph(report["notice"], "notice")
    yield from (Paragraph(line, "agencies") for line in report["agencies"])
    yield Paragraph(report["date"], "date")
    yield NewPage(numbered=False)
    yield Contents()
    yield NewPage()
    tables = {t["number"]: t for t in file.get("tables", [])}
    figures = {f["number"]: f for f in file.get("figures", [])}
    for section in file["sections"]:
        yield from _section(section, tables, figures)
    if "annex" in file:
        yield NewPage("landscape")
        yield Heading(1, file["annex"]["heading"])
        yield _annex(file)
    if "comments" in file:
        comments = file["comments"]
        yield NewPage()
        yield Heading(1, comments["heading"])
        rows = [CommentRow(r["band"], r["number"], r["comment"].strip(), r["reply"].strip()) for r in comments["rows"]]
        yield from comment_blocks(rows, comments["header"], comments_as=comments["layout"])


def _section(section: Record, tables: Mapping[str, Record], figures: Mapping[str, Record]) -> Iterator[Block]:
    if "heading" in section:
        yield Heading(section["level"], section["heading"])
    for line in section.get("text", "").strip().splitlines():
        is_bullet = line.startswith("- ")
        yield Paragraph(line[2:] if is_bullet else line, "bullet" if is_bullet else "body")
    for number in section.get("tables", []):
        if number not in tables:
            raise EditionError(f"section {section.get('heading')!r} wants table {number!r}, which is not in [[tables]]")
        yield from _table(tables[number])
    for number in section.get("figures", []):
        if number not in figures:
            raise EditionError(
                f"section {section.get('heading')!r} wants figure {number!r}, which is not in [[figures]]"
            )
        figure = figures[number]
        yield bar_chart(figure["labels"], figure["values"], font="Noto Sans CJK TC")
        yield Paragraph(f"圖 {number}、{figure['caption']}", "caption")
        if "source" in figure:
            yield Paragraph(figure["source"], "source")


def _table(record: Record) -> list[Block]:
    header, rows = record["header"], record["rows"]
    lines = joined([*header, *rows], len(header))
    table = Table(lines, len(header), tuple(record["widths"]))
    kinds: dict[bool, ParagraphKind] = {True: "note", False: "source"}
    after = [Paragraph(line, kinds[line.startswith("註")]) for line in record.get("after", [])]
    return captioned(f"表 {record['number']}、{record['caption']}", table, unit=record.get("unit", ""), after=after)


def joined(rows: Sequence[Sequence[str]], header_rows: int) -> tuple[tuple[Cell, ...], ...]:
    """Rows of cells, in which `^` and `<` have been taken into the cell that they go on with."""
    out = []
    for r, row in enumerate(rows):
        cells = []
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            down = next((n for n in range(1, len(rows) - r) if rows[r + n][c] != "^"), len(rows) - r)
            right = next((n for n in range(1, len(row) - c) if row[c + n] != "<"), len(row) - c)
            short = len(text) < 12 and "\n" not in text
            cells.append(Cell(text.strip(), down, right, "center" if r < header_rows or short else "left"))
        out.append(tuple(cells))
    return tuple(out)


def _annex(file: Record) -> Table:
    annex = file["annex"]
    columns = [Column(c["field"], c["header"], c["width"], c.get("group")) for c in annex["columns"]]
    strategies = {s["code"]: f"{s['code']} {s['title']}" for s in file["strategies"]}
    rows = []
    for measure in file["measures"]:
        if measure["strategy"] not in strategies:
            raise EditionError(
                f"measure {measure.get('measure')!r} belongs to {measure['strategy']!r}, which is not in [[strategies]]"
            )
        cells = {field: str(text).strip() for field, text in measure.items()}
        rows.append(AnnexRow(strategies[measure["strategy"]], cells))
    return annex_table(rows, columns, strategy_as=annex["strategies"])
