"""Borders on some sides alone, filled as the box less a smaller one."""

from __future__ import annotations

from typing import Any

import pytest

from extract.documents.open_frames import with_open_frames

Box = tuple[float, float, float, float]
GREEN, GREY = (0, 0.5, 0), (0.5, 0.5, 0.5)
OUTER = (100.0, 50.0, 400.0, 80.0)


def rect(box: Box, colour: tuple[float, ...] = GREEN, *, evenodd: bool = True) -> dict[str, Any]:
    """As pdfplumber describes a filled rectangle on a page of 800 points."""
    x0, top, x1, bottom = box
    return {
        "object_type": "rect", "x0": x0, "top": top, "x1": x1, "bottom": bottom, "width": x1 - x0,
        "height": bottom - top, "y0": 800 - bottom, "y1": 800 - top, "doctop": 1600 + top, "fill": True,
        "stroke": False, "evenodd": evenodd, "non_stroking_color": colour,
    }  # fmt: skip


def boxes(*shapes: dict[str, Any]) -> list[Box]:
    found = list(with_open_frames(shapes))
    for shape in found:
        assert shape["width"] == shape["x1"] - shape["x0"]
        assert shape["height"] == shape["bottom"] - shape["top"]
        assert (shape["y0"], shape["y1"]) == (800 - shape["bottom"], 800 - shape["top"])
        assert shape["doctop"] == 1600 + shape["top"]
    return [(s["x0"], s["top"], s["x1"], s["bottom"]) for s in found]


@pytest.mark.parametrize(
    ("inner", "sides"),
    [
        ((104.0, 50.0, 400.0, 80.0), [(100.0, 50.0, 104.0, 80.0)]),
        ((100.0, 50.0, 400.0, 78.0), [(100.0, 78.0, 400.0, 80.0)]),
        ((100.0, 52.0, 397.0, 80.0), [(100.0, 50.0, 400.0, 52.0), (397.0, 50.0, 400.0, 80.0)]),
    ],
)
def test_the_sides_that_are_drawn(inner: Box, sides: list[Box]) -> None:
    assert boxes(rect(inner), rect(OUTER)) == sides
    assert boxes(rect(OUTER), rect(inner)) == sides


@pytest.mark.parametrize(
    "other",
    [
        rect((101.0, 51.0, 399.0, 79.0)),
        rect(OUTER),
        rect((104.0, 50.0, 400.0, 80.0), GREY),
        rect((104.0, 50.0, 400.0, 80.0), evenodd=False),
        rect((104.0, 50.0, 410.0, 80.0)),
    ],
)
def test_other_boxes_stay(other: dict[str, Any]) -> None:
    assert boxes(rect(OUTER), other) == boxes(rect(OUTER)) + boxes(other)
