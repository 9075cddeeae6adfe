"""Rules to grids: merged cells, missing borders, double lines."""

from __future__ import annotations

import pytest

from extract.documents.grid import Skeleton, Span, build_skeleton
from extract.documents.rulings import Ruling, Rulings, find_rulings, over_band
from tests.documents.drawing import Sheet


def skeleton(sheet: Sheet) -> Skeleton:
    (rulings,) = find_rulings(sheet.edges)
    found = build_skeleton(rulings)
    assert found is not None
    return found


def test_a_full_lattice() -> None:
    sheet = Sheet()
    sheet.lattice((50, 150, 250), (100, 120, 140))
    assert skeleton(sheet) == Skeleton(
        xs=(50, 150, 250),
        ys=(100, 120, 140),
        spans=(Span(0, 1, 0, 1), Span(0, 1, 1, 2), Span(1, 2, 0, 1), Span(1, 2, 1, 2)),
        slots=((0, 1), (2, 3)),
    )


def test_cells_without_a_rule_between_them_are_one() -> None:
    sheet = Sheet()
    sheet.table((50, 100, 150, 200), (100, 120, 140, 160), [["a", "b", "c"], [None, "d", "e"], [None, "f", "g"]])
    found = skeleton(sheet)
    assert found.spans[0] == Span(0, 3, 0, 1)
    assert [row[0] for row in found.slots] == [0, 0, 0]


@pytest.mark.parametrize("missing", ["top", "bottom", "left", "right"])
def test_an_open_side_loses_no_cell(missing: str) -> None:
    sheet = Sheet()
    xs, ys = (50.0, 150.0, 250.0), (100.0, 120.0, 140.0)
    for y in ys:
        if (y, missing) not in {(100.0, "top"), (140.0, "bottom")}:
            sheet.rule(xs[0], y, xs[-1], y)
    for x in xs:
        if (x, missing) not in {(50.0, "left"), (250.0, "right")}:
            sheet.rule(x, ys[0], x, ys[-1])
    found = skeleton(sheet)
    assert (found.xs, found.ys, len(found.spans)) == (xs, ys, 4)


def test_double_lines_and_the_sides_of_a_thin_rectangle_are_one_rule() -> None:
    sheet = Sheet()
    sheet.lattice((50, 150, 250), (100, 120, 140))
    sheet.rule(50, 101.5, 250, 101.5)
    sheet.rule(150.8, 100, 150.8, 140)
    assert len(skeleton(sheet).spans) == 4


def test_a_rule_drawn_in_pieces_is_one() -> None:
    sheet = Sheet()
    sheet.lattice((50, 150, 250), (100, 140))
    for start in (50, 100, 150, 200):
        sheet.rule(start, 120, start + 50, 120)
    assert len(skeleton(sheet).spans) == 4


def test_ticks_are_no_rules() -> None:
    sheet = Sheet()
    sheet.rule(50, 100, 57, 100)
    sheet.rule(60, 100, 60, 105)
    assert find_rulings(sheet.edges) == []


def test_two_tables_of_a_page_are_two_groups() -> None:
    sheet = Sheet()
    sheet.lattice((50, 150, 250), (400, 420, 440))
    sheet.lattice((50, 150, 250), (100, 120, 140))
    assert [group.box for group in find_rulings(sheet.edges)] == [(50, 100, 250, 140), (50, 400, 250, 440)]


def test_rules_without_sides_stand_over_one_another() -> None:
    sheet = Sheet()
    for y in (100, 130, 300):
        sheet.rule(50, y, 500, y)
    sheet.rule(200, 115, 400, 115)
    (group,) = find_rulings(sheet.edges)
    assert group == Rulings(
        (Ruling(100, 50, 500), Ruling(115, 200, 400), Ruling(130, 50, 500), Ruling(300, 50, 500)), ()
    )


def test_a_broken_border_makes_no_cell_that_is_no_rectangle() -> None:
    """An L of slots is cut into rows, so that each still holds its own text."""
    sheet = Sheet()
    sheet.lattice((50, 150, 250), (100, 140))
    sheet.rule(150, 120, 250, 120)
    found = skeleton(sheet)
    covered = sorted(
        (r, c) for s in found.spans for r in range(s.row, s.row_end) for c in range(s.column, s.column_end)
    )
    assert covered == [(0, 0), (0, 1), (1, 0), (1, 1)]


def test_a_point_finds_its_cell() -> None:
    sheet = Sheet()
    sheet.lattice((50, 150, 250), (100, 120, 140))
    found = skeleton(sheet)
    assert [found.span_at(x, y) for x, y in [(60, 110), (160, 110), (160, 130), (40, 110), (60, 150)]] == [
        0,
        1,
        3,
        None,
        None,
    ]


def test_a_band_between_two_groups_ties_them() -> None:
    above = Rulings((Ruling(100, 50, 250), Ruling(120, 50, 250)), tuple(Ruling(x, 100, 120) for x in (50, 150, 250)))
    near = Rulings((Ruling(140, 50, 250), Ruling(160, 50, 250)), tuple(Ruling(x, 140, 160) for x in (50, 150, 250)))
    far = Rulings((Ruling(240, 50, 250), Ruling(260, 50, 250)), tuple(Ruling(x, 240, 260) for x in (50, 150, 250)))
    other = Rulings((Ruling(140, 50, 250), Ruling(160, 50, 250)), tuple(Ruling(x, 140, 160) for x in (50, 110, 250)))
    assert [over_band(above, below) for below in (near, far, other)] == [True, False, False]
