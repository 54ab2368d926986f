"""Where the rows of a list stand that are laid out in columns and sections: sums, for all cells are of one size."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate


@dataclass(frozen=True)
class SectionLayout:
    """Rows of `columns` cells below headings; y counts pixels from the top of the whole list, `lines` is what stands in one y."""

    columns: int
    cell: int
    """The height of a line."""
    heading: int
    """The height of a heading; 0 where there are none."""
    counts: Sequence[int]
    """How many rows each section has."""
    firsts: list[int] = field(init=False)
    """The first row of each section, and the number of all rows."""
    tops: list[int] = field(init=False)
    """The y of each heading, and the height of all."""

    starts: list[int] = field(init=False)
    """How many lines stand above each section, and how many there are."""

    def __post_init__(self) -> None:
        """Add up."""
        lines = [-(-count // self.columns) for count in self.counts]
        object.__setattr__(self, "firsts", list(accumulate(self.counts, initial=0)))
        object.__setattr__(self, "starts", list(accumulate(lines, initial=0)))
        object.__setattr__(self, "tops", list(accumulate((self.heading + self.cell * n for n in lines), initial=0)))

    @property
    def height(self) -> int:
        """The height of all."""
        return self.tops[-1]

    def place(self, row: int) -> tuple[int, int]:
        """The column and the y of a row."""
        section = self.section_of(row)
        line, column = divmod(row - self.firsts[section], self.columns)
        return column, self.tops[section] + self.heading + line * self.cell

    def section_of(self, row: int) -> int:
        """The section that a row stands in."""
        return bisect_right(self.firsts, row, 0, len(self.counts)) - 1

    def section_at(self, y: int) -> int | None:
        """The section of whose heading or lines y is a part; None below and above all."""
        return bisect_right(self.tops, y) - 1 if 0 <= y < self.height else None

    def heading_at(self, y: int) -> int | None:
        """The section whose heading is at y, if it is a heading."""
        section = self.section_at(y)
        return section if section is not None and y < self.tops[section] + self.heading else None

    def row_at(self, column: int, y: int) -> int | None:
        """The row in a column at y; None for a heading or an empty cell."""
        section = self.section_at(y)
        if section is None or y < self.tops[section] + self.heading:
            return None
        row = self.firsts[section] + (y - self.tops[section] - self.heading) // self.cell * self.columns + column
        return row if row < self.firsts[section + 1] else None

    def row_near(self, y: int) -> int:
        """The first row of the line at y, or else of the next line; the last row below all."""
        section = self.section_at(max(y, 0))
        if section is None:
            return max(self.firsts[-1] - 1, 0)
        line = max(y - self.tops[section] - self.heading, 0) // self.cell
        return min(self.firsts[section] + line * self.columns, self.firsts[section + 1] - (self.counts[section] > 0))

    def lines(self, top: int, bottom: int) -> Iterator[tuple[int, int, int]]:
        """The lines of cells that cross from y `top` to `bottom`, as (first row, end, y)."""
        for section in self.sections(top, bottom):
            start = self.tops[section] + self.heading
            first, end = self.firsts[section], self.firsts[section + 1]
            for line in range(max(top - start, 0) // self.cell, (bottom - start) // self.cell + 1):
                row = first + line * self.columns
                if row >= end:
                    break
                yield row, min(row + self.columns, end), start + line * self.cell

    def sections(self, top: int, bottom: int) -> range:
        """The sections that cross from y `top` to `bottom`."""
        first = max(bisect_right(self.tops, top) - 1, 0)
        return range(first, min(bisect_right(self.tops, bottom), len(self.counts)))

    def step(self, row: int, lines: int) -> int:
        """The row so many lines below (above, if negative) another, in the same column or the end of its line."""
        section = self.section_of(row)
        line, column = divmod(row - self.firsts[section], self.columns)
        line = min(max(self.starts[section] + line + lines, 0), self.starts[-1] - 1)
        section = bisect_right(self.starts, line) - 1
        return min(self.firsts[section] + (line - self.starts[section]) * self.columns + column, self.firsts[section + 1] - 1)
