"""How a report looks on paper, apart from what it says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.layout import Orientation

Ruling = Literal["grid", "horizontal", "open", "three-line", "hairline", "double"]
"""grid: every line; horizontal: no vertical ones; open: no outer vertical ones; three-line: above
and below the header and at the end; hairline: every line, 0.1 pt; double: a double outer line."""

PAPER = {"A4": (595.28, 841.89), "A3": (841.89, 1190.55), "B4": (728.5, 1031.81)}
"""Width and height in points, upright (ISO 216; B4 is the JIS size of Taiwan's offices)."""


@dataclass(frozen=True, slots=True)
class Style:
    """Lengths are points. `font` sets Chinese, `latin` what that other font has of Latin text.

    `centred`: short cells stand in the middle of their row, not at its top.
    """

    paper: Literal["A4", "A3", "B4"] = "A4"
    font: str = "AR PL UKai TW"
    latin: str = "Liberation Serif"
    size: float = 13
    table_size: float = 10
    line_height: float = 1.45
    margin: float = 62
    ruling: Ruling = "grid"
    shaded_header: bool = False
    repeat_header: bool = True
    split_rows: bool = True
    centred: bool = False
    page_numbers: bool = True

    def page(self, orientation: Orientation) -> tuple[float, float]:
        """Width and height of a page."""
        width, height = PAPER[self.paper]
        return (width, height) if orientation == "portrait" else (height, width)
