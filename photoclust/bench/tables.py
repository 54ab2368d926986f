"""Rows as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields

from photoclust.bench.accuracy import Row

_SHORT = {
    "pairwise_p": "pair P", "pairwise_r": "pair R", "pairwise_f": "pair F",
    "bcubed_p": "B³ P", "bcubed_r": "B³ R", "bcubed_f": "B³ F", "nmi": "NMI", "peak_mb": "peak MB",
}  # fmt: skip


def table(rows: Sequence[Row]) -> str:
    """A table with a line a row; words to the left, numbers to the right, shares with four places."""
    names = [field.name for field in fields(Row)]
    lines = [[_SHORT.get(name, name) for name in names]]
    lines += [[_cell(name, value) for name, value in asdict(row).items()] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cell(name: str, value: object) -> str:
    if isinstance(value, float):
        return f"{value:.1f}" if name in ("seconds", "peak_mb") else f"{value:.4f}"
    return str(value)
