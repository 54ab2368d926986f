"""Rows as text for people, Markdown for notes, and data for machines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from photoclust.bench.accuracy import Row

if TYPE_CHECKING:
    from photoclust.bench.oracle import OracleRow
    from photoclust.bench.thesis import Finding
    from photoclust.bench.thesis_methods import ThesisRow

Cells = list[list[str]]
"""Lines of cells, the head first."""

_SHORT = {
    "pairwise_p": "pair P", "pairwise_r": "pair R", "pairwise_f": "pair F", "bcubed_p": "B³ P", "bcubed_r": "B³ R",
    "bcubed_f": "B³ F", "nmi": "NMI", "peak_mb": "peak MB", "train_seconds": "train s", "test_seconds": "test s",
    "fewest_actions": "fewest actions",
}  # fmt: skip
_WORDS = ("dataset", "engine", "method", "setting", "option", "kind")
_NAMES = [field.name for field in fields(Row) if field.name not in ("missed", "left_out", "seeds", "spread")]


def as_data(row: Row) -> dict[str, Any]:
    """A row's fields; `seeds` and `spread` only where there were several seeds."""
    data = asdict(row)
    return {name: data[name] for name in [*_NAMES, *(("seeds", "spread") if row.seeds > 1 else ())]}


def oracle_data(row: OracleRow) -> dict[str, Any]:
    """A sweep's outcome as one flat object; `actions` are those at the best setting, `fewest_actions` those at the laziest."""
    data = asdict(row)
    measures, fewest = data.pop("measures"), data.pop("actions")
    head = {name: data.pop(name) for name in ("dataset", "engine", "option", "best")}
    row_data: dict[str, Any] = head | measures | {"laziest": data.pop("laziest"), "fewest_actions": fewest} | data
    return row_data


def notes(rows: Sequence[Row]) -> list[str]:
    """What must be known to read the rows: sentences."""
    missed = {row.dataset: f"{row.dataset}: {row.missed} of {row.faces} photos show no face" for row in rows if row.missed}
    unmeasured = {row.dataset: left_out(row.dataset, row.left_out) for row in rows if row.left_out}
    return [f"{sentence}; each counts as a group of its own." for sentence in missed.values()] + list(unmeasured.values())


def left_out(dataset: str, persons: int) -> str:
    """How many persons are missing in a set: a sentence."""
    return f"{dataset}: {persons} persons are left out, for they were learned from."


def cells(rows: Sequence[Row]) -> Cells:
    """What was measured, with the spread where there is one."""
    return [_head(_NAMES), *([_with_spread(row, name) for name in _NAMES] for row in rows)]


def oracle_cells(rows: Sequence[OracleRow]) -> Cells:
    """What a sweep found."""
    return _plain([oracle_data(row) for row in rows])


def row_cells(rows: Sequence[Any]) -> Cells:
    """Rows that are dataclasses of one kind, field by field."""
    return _plain([asdict(row) for row in rows])


def thesis_cells(rows: Sequence[ThesisRow]) -> Cells:
    """One of the thesis's tables, with the spread where there is one; nothing at all while nothing is measured."""
    names = [field.name for field in fields(rows[0]) if field.name not in ("seeds", "spread")] if rows else []
    return [_head(names), *([_with_spread(row, name) for name in names] for row in rows)] if rows else []


def thesis_data(row: ThesisRow) -> dict[str, Any]:
    """A row's fields; `seeds` and `spread` only where there were several seeds."""
    data = asdict(row)
    return data if row.seeds > 1 else {name: value for name, value in data.items() if name not in ("seeds", "spread")}


def thesis_line(finding: Finding) -> str:
    """What was just measured, how far that is, and about how long the rest takes: a line of a log."""
    told = [f"{row.setting} BCubed F {_with_spread(row, 'bcubed_f')}" for row in finding.rows]
    told += [f"learned in {_with_spread(row, 'train_seconds')} s" for row in finding.rows[:1] if row.train_seconds is not None]
    said = f"{finding.method} on {finding.dataset}: {', '.join(told)}" if told else finding.why
    left = finding.seconds_left
    rest = "" if not left else f" (about {left / 60:.0f} min left)" if left > 90 else f" (about {left:.0f} s left)"
    return f"{finding.number} of {finding.of}: {said}{rest}"


def text(lines: Cells) -> str:
    """Words to the left, numbers to the right."""
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    left = [name in _WORDS for name in lines[0]]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if words else cell.rjust(width) for cell, width, words in zip(line, widths, left, strict=True)
        ).rstrip()
        for line in lines
    )


def markdown(lines: Cells) -> str:
    """The same in Markdown."""
    rule = ["---" if name in _WORDS else "---:" for name in lines[0]]
    head, *body = [[cell.replace("|", "\\|") for cell in line] for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in [head, rule, *body])


def _plain(rows: Sequence[dict[str, Any]]) -> Cells:
    return [_head(list(rows[0])), *([_cell(name, value) for name, value in row.items()] for row in rows)]


def _head(names: Sequence[str]) -> list[str]:
    return [_SHORT.get(name, name) for name in names]


def _with_spread(row: Row | ThesisRow, name: str) -> str:
    value = getattr(row, name)
    if not row.spread.get(name):
        return _cell(name, round(value) if name in ("groups", "actions") else value)
    places = 1 if name in ("groups", "actions", "peak_mb") or name.endswith("seconds") else 3
    return f"{value:.{places}f} ± {row.spread[name]:.{places}f}"


def _cell(name: str, value: object) -> str:
    if value is None:
        return "–"
    if not isinstance(value, float):
        return f"{value:,}" if name == "parameters" else str(value)
    if name in ("best", "laziest"):
        return f"{value:.6g}"
    return f"{value:.{1 if name.endswith(('seconds', 'peak_mb')) else 4}f}"
