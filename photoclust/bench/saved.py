"""Saved measurements, and what was lost since: a baseline is the list of rows that `bench --json` prints."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photoclust.bench.accuracy import Row
from photoclust.bench.tables import as_data
from photoclust.core.errors import UserError

_SPREADS = 2.0
"""A difference of this many standard deviations is no noise."""


@dataclass(frozen=True)
class Guarded:
    """A measure that must not get worse: by how much of it, and by how much at least, it may differ between machines."""

    name: str
    words: str
    better: int
    share: float
    least: float


GUARDED = (
    Guarded("bcubed_f", "BCubed F", +1, 0.0, 0.003),
    Guarded("pairwise_f", "pairwise F", +1, 0.0, 0.01),
    Guarded("actions", "actions", -1, 0.03, 2.0),
)


@dataclass(frozen=True)
class Comparison:
    """What a comparison found, as sentences."""

    losses: list[str]
    gains: list[str]
    unknown: list[str]
    """Rows that the baseline does not have."""

    def sentences(self) -> list[str]:
        """What to tell, the worst first."""
        lines = [f"A loss: {line}" for line in self.losses] or ["No loss against the baseline."]
        return lines + [f"A gain: {line}" for line in self.gains] + self.unknown


def save(rows: Sequence[Row], path: Path) -> None:
    """Write the rows as a baseline, whole or not at all; UserError when that fails."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps([as_data(row) for row in rows], indent=1) + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink()
        raise UserError(f"The baseline “{path}” cannot be written: {error}.") from error


def read(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    """The rows of a baseline by data set and engine; UserError for a file that is none."""
    needed = {"dataset", "engine", "faces", "persons", *(guarded.name for guarded in GUARDED)}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UserError(f"The baseline “{path}” cannot be read: {error}.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) and needed <= row.keys() for row in rows):
        raise UserError(f"“{path}” is no baseline: it should be a list of rows as `photoclust bench --json` prints them.")
    return {(row["dataset"], row["engine"]): row for row in rows}


def compare(rows: Sequence[Row], baseline: dict[tuple[str, str], dict[str, Any]]) -> Comparison:
    """Compare rows with a baseline; UserError when they have nothing in common or a data set is not the same.

    Noise is twice the spread over seeds of both (where known), and at least what differs between machines.
    """
    found = Comparison([], [], [])
    for row in rows:
        before = baseline.get((row.dataset, row.engine))
        where = f"{row.engine} on {row.dataset}"
        if before is None:
            found.unknown.append(f"{where} is not in the baseline.")
            continue
        if (before["faces"], before["persons"]) != (row.faces, row.persons):
            raise UserError(
                f"The data set “{row.dataset}” is not the baseline's: {row.faces} faces of {row.persons} persons now, "
                f"{before['faces']} of {before['persons']} then."
            )
        for guarded in GUARDED:
            was, now = float(before[guarded.name]), float(getattr(row, guarded.name))
            gain = guarded.better * (now - was)
            if abs(gain) > _noise(guarded, row, before):
                sentence = f"{where}: {guarded.words} {was:.4g} → {now:.4g}"
                (found.gains if gain > 0 else found.losses).append(sentence)
    if len(found.unknown) == len(rows):
        raise UserError("The baseline has none of these engines on these data sets; there is nothing to compare.")
    return found


def _noise(guarded: Guarded, row: Row, before: dict[str, Any]) -> float:
    ours, theirs = (spread.get(guarded.name, 0.0) for spread in (row.spread, before.get("spread", {})))
    return max(guarded.least, guarded.share * float(before[guarded.name]), _SPREADS * math.hypot(ours, float(theirs)))
