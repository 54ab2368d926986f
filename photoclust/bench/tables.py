"""Rows as text for people, Markdown for notes, and data for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from photoclust.bench.accuracy import MEASURES, Row

_SHORT = {
    "pairwise_p": "pair P", "pairwise_r": "pair R", "pairwise_f": "pair F",
    "bcubed_p": "B³ P", "bcubed_r": "B³ R", "bcubed_f": "B³ F", "nmi": "NMI", "peak_mb": "peak MB",
}  # fmt: skip
_WORDS = 2  # columns of words; the others are numbers
_NAMES = [field.name for field in fields(Row) if field.name not in ("missed", "seeds", "spread")]


def as_data(row: Row) -> dict[str, Any]:
    """A row's fields; `seeds` and `spread` only where there were several seeds."""
    data = asdict(row)
    return {name: data[name] for name in [*_NAMES, *(("seeds", "spread") if row.seeds > 1 else ())]}


def notes(rows: Sequence[Row]) -> list[str]:
    """What must be known to read the rows: sentences."""
    missed = {row.dataset: f"{row.dataset}: {row.missed} of {row.faces} photos show no face" for row in rows if row.missed}
    return [f"{sentence}; each counts as a group of its own." for sentence in missed.values()]


def table(rows: Sequence[Row]) -> str:
    """A table with a line a row; words to the left, numbers to the right, shares with four places."""
    lines = _cells(rows)
    widths = [max(len(line[column]) for line in lines) for column in range(len(_NAMES))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < _WORDS else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def markdown(rows: Sequence[Row]) -> str:
    """The same table in Markdown."""
    head, *lines = [[cell.replace("|", "\\|") for cell in line] for line in _cells(rows)]
    rule = ["---" if column < _WORDS else "---:" for column in range(len(head))]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, rule, *lines])


def _cells(rows: Sequence[Row]) -> list[list[str]]:
    return [[_SHORT.get(name, name) for name in _NAMES], *([_cell(row, name) for name in _NAMES] for row in rows)]


def _cell(row: Row, name: str) -> str:
    value = getattr(row, name)
    if name not in MEASURES:
        return str(value)
    places = 1 if name in ("seconds", "peak_mb") else 0 if name in ("groups", "actions") else 4
    if not row.spread.get(name):
        return f"{value:.{places}f}"
    return f"{value:.{max(places, 1)}f} ± {row.spread[name]:.{max(places, 1)}f}"
