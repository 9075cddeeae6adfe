"""Which part of which page to show for a place, and where the outline goes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.site.pictures import PageSize, PageUnavailable, Pictures

MARGIN = 14.0
"""Points of page around the outlines."""
LEAST_WIDTH, LEAST_HEIGHT = 300.0, 70.0
"""Of a crop in points: a single cell is shown with its neighbours."""

Rectangle = tuple[float, float, float, float]
"""x0, top, x1, bottom in points."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A box on a page; `label` says what it holds, empty for the record as a whole."""

    page: int
    box: Rectangle
    label: str = ""

    @property
    def x(self) -> float:
        """Left edge."""
        return self.box[0]

    @property
    def y(self) -> float:
        """Upper edge."""
        return self.box[1]

    @property
    def width(self) -> float:
        """In points."""
        return round(self.box[2] - self.box[0], 2)

    @property
    def height(self) -> float:
        """In points."""
        return round(self.box[3] - self.box[1], 2)


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of a page: `view` in points, the outlines in it, and the page's own size. `missing` says why there is no
    picture to show."""

    page: int
    outlines: tuple[Outline, ...]
    view: Rectangle = (0, 0, 0, 0)
    size: PageSize | None = None
    missing: str = ""
    report_id: str = field(default="", compare=False)

    @property
    def view_box(self) -> str:
        """As SVG says it: left, top, width, height."""
        x0, top, x1, bottom = self.view
        return f"{x0:.1f} {top:.1f} {x1 - x0:.1f} {bottom - top:.1f}"

    @property
    def shape(self) -> tuple[int, int]:
        """Width and height of the view in whole points."""
        return round(self.view[2] - self.view[0]), round(self.view[3] - self.view[1])


def outlines(boxes: str | None, label: str = "") -> list[Outline]:
    """From a column `boxes`."""
    return [Outline(int(page), (x0, top, x1, bottom), label) for page, x0, top, x1, bottom in json.loads(boxes or "[]")]


def field_outlines(places: str | None, names: dict[str, str]) -> list[Outline]:
    """From a column `places`: the cells of the fields that have a name here."""
    told: dict[str, Any] = json.loads(places or "{}")
    found = []
    for name, label in names.items():
        found += outlines(json.dumps(told.get(name, {}).get("boxes", [])), label)
    return found


def crops(pictures: Pictures, path: Path | None, report_id: str, found: Iterable[Outline]) -> list[Crop]:
    """One crop for each page that the outlines touch, in the order of the pages. A page that cannot be drawn is a
    crop that says why."""
    by_page: dict[int, list[Outline]] = {}
    for outline in found:
        by_page.setdefault(outline.page, []).append(outline)
    made = []
    for page, on_page in sorted(by_page.items()):
        try:
            if path is None:
                raise PageUnavailable("原始檔案未保存")
            size = pictures.size(path, page)
        except PageUnavailable as error:
            made.append(Crop(page, tuple(on_page), missing=str(error), report_id=report_id))
            continue
        made.append(Crop(page, tuple(on_page), _view(on_page, size), size, report_id=report_id))
    return made


def _view(found: list[Outline], size: PageSize) -> Rectangle:
    """Around all outlines, within the page."""
    x0 = min(o.box[0] for o in found) - MARGIN
    top = min(o.box[1] for o in found) - MARGIN
    x1 = max(o.box[2] for o in found) + MARGIN
    bottom = max(o.box[3] for o in found) + MARGIN
    x0, x1 = _widened(x0, x1, LEAST_WIDTH, size.left, size.left + size.width)
    top, bottom = _widened(top, bottom, LEAST_HEIGHT, size.top, size.top + size.height)
    return x0, top, x1, bottom


def _widened(low: float, high: float, least: float, floor: float, ceiling: float) -> tuple[float, float]:
    lacking = max(0.0, least - (high - low)) / 2
    low, high = low - lacking, high + lacking
    if low < floor:
        low, high = floor, high + (floor - low)
    if high > ceiling:
        low, high = low - (high - ceiling), ceiling
    return max(low, floor), high
