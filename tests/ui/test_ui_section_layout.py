"""Where rows stand in columns and sections, checked against laying them out one by one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from photoclust.ui.views.section_layout import SectionLayout

_layouts = st.builds(
    SectionLayout,
    columns=st.integers(1, 5),
    cell=st.integers(1, 9),
    heading=st.integers(1, 6),
    counts=st.lists(st.integers(0, 12), min_size=1, max_size=6).filter(any),
)


def _one_by_one(layout: SectionLayout) -> tuple[list[tuple[int, int]], list[int], int]:
    """The (column, y) of each row, the y of each heading, and the height."""
    places, headings, y = [], [], 0
    for count in layout.counts:
        headings.append(y)
        y += layout.heading
        for k in range(count):
            places.append((k % layout.columns, y + k // layout.columns * layout.cell))
        y += -(-count // layout.columns) * layout.cell
    return places, headings, y


@given(_layouts)
def test_every_row_and_heading_is_where_laying_out_one_by_one_puts_it(layout: SectionLayout) -> None:
    places, headings, height = _one_by_one(layout)
    assert [layout.place(row) for row in range(len(places))] == places
    assert (layout.tops[:-1], layout.height) == (headings, height)


@given(_layouts)
def test_what_stands_at_a_point_is_found(layout: SectionLayout) -> None:
    places, headings, height = _one_by_one(layout)
    at = {(column, y + dy): row for row, (column, y) in enumerate(places) for dy in range(layout.cell)}
    over = {y + dy: section for section, y in enumerate(headings) for dy in range(layout.heading)}
    for y in range(-2, height + 2):
        assert layout.heading_at(y) == over.get(y)
        for column in range(layout.columns):
            assert layout.row_at(column, y) == at.get((column, y))


@given(_layouts, st.integers(0, 60), st.integers(0, 30))
def test_the_lines_between_two_heights_are_those_that_cross_them(layout: SectionLayout, top: int, more: int) -> None:
    places, _, _ = _one_by_one(layout)
    seen = [row for row, (_, y) in enumerate(places) if y <= top + more and y + layout.cell > top]
    assert [row for first, end, _ in layout.lines(top, top + more) for row in range(first, end)] == seen
    for first, _, y in layout.lines(top, top + more):
        assert layout.place(first) == (0, y)


@given(_layouts, st.data())
def test_a_step_goes_line_by_line_through_all_sections(layout: SectionLayout, data: st.DataObject) -> None:
    places, _, _ = _one_by_one(layout)
    row = data.draw(st.integers(0, len(places) - 1))
    lines = sorted({y for _, y in places})
    steps = data.draw(st.integers(-8, 8))
    line = min(max(lines.index(places[row][1]) + steps, 0), len(lines) - 1)
    in_line = [other for other, (_, y) in enumerate(places) if y == lines[line]]
    assert layout.step(row, steps) == in_line[min(places[row][0], len(in_line) - 1)]


@given(_layouts, st.integers(-5, 150))
def test_the_row_near_a_height_is_in_its_line_or_the_next_one(layout: SectionLayout, y: int) -> None:
    places, _, _ = _one_by_one(layout)
    near = [row for row, (column, top) in enumerate(places) if column == 0 and top + layout.cell > y]
    if near:
        assert layout.row_near(y) == near[0]
    else:
        assert places[layout.row_near(y)][1] == places[-1][1] or layout.row_near(y) == len(places) - 1


def test_a_hundred_thousand_rows_are_one_list() -> None:
    layout = SectionLayout(7, 140, 0, [100_000])
    assert layout.height == 14_286 * 140
    assert layout.row_at(3, 7_000 * 140 + 5) == 49_003
