"""What `photoclust bench --preset NAME` measures: a name, a sentence, and a module of that name with a function `measure`.

To add one: a line here, and `bench/NAME.py` (with `_` for `-`) with `def measure(asked: Asked) -> Outcome`. The thesis, whose
tables come while it runs, has a way of its own in `command.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from photoclust.bench.contestants import Contestant
    from photoclust.bench.datasets import Dataset
    from photoclust.core.progress import Progress

PRESETS = {
    "thesis": "the tables of the thesis",
    "calibration": "whether the engine is as sure as it is right",
    "increments": "libraries that grow, against all at once",
    "leave-one-out": "the default engine on each set, taught by the others, against the best oracle",
    "ablation": "what each part of the default engine gives",
    "links": "what right links add",
    "tiny": "albums of 5, 20 and 60 faces",
    "seeds": "two persons in one group, divided by a few faces of each",
}


@dataclass(frozen=True)
class Asked:
    """What is to be measured."""

    datasets: Sequence[Dataset]
    """Parts by size and worse copies included; without whom was learned from, where that was said."""
    engines: Sequence[Contestant]
    seeds: range
    progress: Progress


@dataclass(frozen=True)
class Outcome:
    """What was measured."""

    tables: Mapping[str, Sequence[Any]]
    """By title, in order: rows, which are dataclasses of numbers and words, alike within a table."""
    said: Sequence[str] = ()
    """Sentences that must be known to read them."""


def find(name: str) -> Callable[[Asked], Outcome]:
    """The function that measures a preset."""
    module = import_module(f"photoclust.bench.{name.replace('-', '_')}")
    return cast("Callable[[Asked], Outcome]", module.measure)
