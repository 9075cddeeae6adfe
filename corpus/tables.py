"""The other tables of a report: emissions, indicators, comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.layout import Block, Cell, Heading, Marked, Paragraph, Table

CommentsAs = Literal["bands", "column", "tables"]
"""bands: a row with the reviewer above the comments; column: the reviewer in a column of its own;
tables: a heading and a table for each reviewer."""


@dataclass(frozen=True, slots=True)
class EmissionColumn:
    """One series: the key of its values, header, header over it."""

    field: str
    header: Marked
    group: Marked | None = None


def emissions_table(
    years: Sequence[Marked],
    columns: Sequence[EmissionColumn],
    values: Sequence[Mapping[str, Marked]],
    *,
    corner: Marked = "年度",
    is_across: bool = False,
) -> Table:
    """Years down, or across with a series in each row; `values` has one mapping a year."""
    if is_across:
        head = (Cell("項目", align="center"), *(Cell(y, align="center") for y in years))
        body = [
            (
                Cell(f"{c.group}{c.header}" if c.group else c.header),
                *(Cell(v.get(c.field, ""), align="center") for v in values),
            )
            for c in columns
        ]
        return Table((head, *body), 1, (2.2, *([1.0] * len(years))))
    widths = (0.8, *([1.0] * len(columns)))
    body = [
        (Cell(year, align="center"), *(Cell(v.get(c.field, ""), align="center") for c in columns))
        for year, v in zip(years, values, strict=True)
    ]
    if not any(c.group for c in columns):
        return Table(
            ((Cell(corner, align="center"), *(Cell(c.header, align="center") for c in columns)), *body), 1, widths
        )
    top = [Cell(corner, rows=2, align="center")]
    for i, column in enumerate(columns):
        if i == 0 or columns[i - 1].group != column.group:
            top.append(Cell(column.group or "", cols=sum(c.group == column.group for c in columns), align="center"))
    below = tuple(Cell(c.header, align="center") for c in columns)
    return Table((tuple(top), below, *body), 2, widths)


def plain_table(header: Sequence[Marked], rows: Sequence[Sequence[Marked]], widths: Sequence[float]) -> Table:
    """A table of one header row whose cells are all single."""
    head = tuple(Cell(h, align="center") for h in header)
    return Table((head, *(tuple(Cell(c) for c in row) for row in rows)), 1, tuple(widths))


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as printed; `band` is the reviewer with what follows, such as （會前書面意見）."""

    band: Marked
    number: Marked
    comment: Marked
    reply: Marked


def comment_blocks(
    rows: Sequence[CommentRow], header: Sequence[Marked], *, comments_as: CommentsAs, level: int = 2
) -> list[Block]:
    """The comments with their replies; `header` names number, comment and reply (for `column` the reviewer first)."""
    if comments_as == "column":
        body: list[tuple[Cell, ...]] = []
        for i, row in enumerate(rows):
            rest = (Cell(row.number, align="center"), Cell(row.comment), Cell(row.reply))
            if i and rows[i - 1].band == row.band:
                body.append(rest)
                continue
            span = next((n for n in range(1, len(rows) - i) if rows[i + n].band != row.band), len(rows) - i)
            body.append((Cell(row.band, rows=span), *rest))
        head = tuple(Cell(h, align="center") for h in header)
        return [Table((head, *body), 1, (1.1, 0.5, 3.5, 3.5))]
    groups: dict[Marked, list[CommentRow]] = {}
    for row in rows:
        groups.setdefault(row.band, []).append(row)
    if comments_as == "tables":
        out: list[Block] = []
        for band, group in groups.items():
            out.append(Heading(level, band))
            out.append(plain_table(header, [(r.number, r.comment, r.reply) for r in group], (0.5, 4, 4)))
        return out
    lines: list[tuple[Cell, ...]] = [tuple(Cell(h, align="center") for h in header)]
    for band, group in groups.items():
        lines.append((Cell(f"<b>{band}</b>", cols=3),))
        lines.extend((Cell(r.number, align="center"), Cell(r.comment), Cell(r.reply)) for r in group)
    return [Table(tuple(lines), 1, (0.5, 4, 4))]


def captioned(caption: Marked, table: Table, *, unit: Marked = "", after: Sequence[Paragraph] = ()) -> list[Block]:
    """Caption and unit above the table, sources and notes below."""
    above: list[Block] = [Paragraph(caption, "caption")]
    if unit:
        above.append(Paragraph(unit, "unit"))
    return [*above, table, *after]
