"""Borders on some sides of a box alone: drawn as the box less a smaller box inside it, which share the other sides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

Shape = dict[str, Any]
"""A line, rectangle or curve as pdfplumber describes it."""

SAME = 0.05
"""Points within which two sides are one."""


def with_open_frames(shapes: Iterable[Shape]) -> Iterator[Shape]:
    """The shapes, with the two boxes of an open frame replaced by a strip for each side that is drawn: what a path of
    two rectangles fills by the even-odd rule is what lies between them."""
    before: Shape | None = None
    for shape in shapes:
        if before is not None and (strips := _strips(before, shape)):
            yield from strips
            before = None
            continue
        if before is not None:
            yield before
        before = shape
    if before is not None:
        yield before


def _strips(first: Shape, second: Shape) -> list[Shape]:
    """The sides of the larger box that the smaller one inside it leaves; none where these are no open frame."""
    if not (_is_filled_evenly(first) and _is_filled_evenly(second)):
        return []
    if first["non_stroking_color"] != second["non_stroking_color"]:
        return []
    outer, inner = sorted((first, second), key=lambda s: -s["width"] * s["height"])
    gaps = (
        inner["x0"] - outer["x0"],
        inner["top"] - outer["top"],
        outer["x1"] - inner["x1"],
        outer["bottom"] - inner["bottom"],
    )
    if min(gaps) < -SAME or min(gaps) > SAME or max(gaps) <= SAME:
        return []
    left, above, right, below = gaps
    strips: list[Shape] = []
    if left > SAME:
        strips.append(_part(outer, x1=inner["x0"]))
    if above > SAME:
        strips.append(_part(outer, bottom=inner["top"]))
    if right > SAME:
        strips.append(_part(outer, x0=inner["x1"]))
    if below > SAME:
        strips.append(_part(outer, top=inner["bottom"]))
    return strips


def _is_filled_evenly(shape: Shape) -> bool:
    return bool(shape["object_type"] == "rect" and shape["evenodd"] and shape["fill"] and not shape["stroke"])


def _part(box: Shape, **sides: float) -> Shape:
    """A box with some of its sides elsewhere."""
    part = box | sides
    part["width"], part["height"] = part["x1"] - part["x0"], part["bottom"] - part["top"]
    part["y1"], part["y0"] = box["y1"] - (part["top"] - box["top"]), box["y0"] + (box["bottom"] - part["bottom"])
    part["doctop"] = box["doctop"] + (part["top"] - box["top"])
    return part
