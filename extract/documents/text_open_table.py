"""A table of a text file while its fragments are gathered: a page break cuts it, and may leave lines between them."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from extract.documents.captions import CONTINUED
from extract.documents.joining import join
from extract.documents.model import Block, Heading, Paragraph, PlacedText
from extract.documents.page_grid import Grid, same_text

BELOW_TABLE = regex.compile(r"\s*(?:資料來源|來源|註|備註|附註|說明|單位|[圖表]\s*[\d一二三四五六七八九十])")
"""How a line begins that belongs to the table above it and is none of its rows."""


@dataclass(slots=True)
class OpenTable:
    """The fragments, and the blocks `held` back that may stand between two of them: notes at the foot of a page, the
    heading printed again over the rest, as 策略一（續）. `furniture` are the headings that were printed again."""

    grids: list[Grid] = field(default_factory=list)
    held: list[Heading | Paragraph] = field(default_factory=list)
    furniture: list[PlacedText] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.grids)

    def holds(self, block: Block) -> bool:
        """Holds a block back, where the table may go on behind it; says whether it did."""
        if not self.grids or not isinstance(block, Heading | Paragraph):
            return False
        text = block.text.text
        may_stand_between = CONTINUED.fullmatch(text) or (isinstance(block, Paragraph) and BELOW_TABLE.match(text))
        if may_stand_between:
            self.held.append(block)
        return bool(may_stand_between)

    def takes(self, grid: Grid) -> bool:
        """Adds a fragment, unless it begins another table: where nothing stands between, header or width agree; below
        a heading that is printed again the header does. Says whether it did."""
        again = [block for block in self.held if CONTINUED.fullmatch(block.text.text)]
        if self.grids:
            is_alike = self._repeats_header(grid) or (grid.width == self.grids[0].width and not self.held)
            if not is_alike or (self.held and not again):
                return False
        self.furniture += [block.text for block in again]
        self.held = [block for block in self.held if block not in again]
        self.grids.append(grid)
        return True

    def _repeats_header(self, grid: Grid) -> bool:
        first, again = self.grids[0].rows[0], grid.rows[0]
        return len(first) == len(again) and all(same_text(a, b) for a, b in zip(first, again, strict=True))

    def close(self) -> list[Block]:
        """The whole table and what was held back, nothing where there is no table; it is empty afterwards."""
        blocks: list[Block] = [join(self.grids), *self.held] if self.grids else []
        self.grids, self.held = [], []
        return blocks
