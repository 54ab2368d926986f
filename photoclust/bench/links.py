"""How much right links help: BCubed against their number (`photoclust bench SETS --preset links --seeds 5`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from photoclust.bench.contestants import Contestant
from photoclust.bench.datasets import Dataset
from photoclust.bench.presets import Asked, Outcome
from photoclust.clustering.engine import Constraints, Ints
from photoclust.core.progress import Status

_FACES = 1000
"""About so many are measured of a set that has more: whole persons by chance, others with every seed."""
_KINDS = {"must": 1.0, "cannot": 0.0, "mixed": 0.5}
"""What share of the links says that two faces are one person."""


@dataclass(frozen=True)
class LinksRow:
    """BCubed F without links, and what so many links of a kind add to it, in points."""

    dataset: str
    engine: str
    kind: str
    seed: int
    faces: int
    none: float
    plus_10: float
    plus_25: float
    plus_50: float
    plus_100: float


def measure(asked: Asked) -> Outcome:
    """Measure every engine with right links on every set, once a seed."""
    rows: list[LinksRow] = []
    for whole in asked.datasets:
        for engine in asked.engines:
            for kind in _KINDS:
                for seed in asked.seeds:
                    asked.progress.report(Status(f"Measuring {engine.name} with links on {whole.name}", len(rows)))
                    dataset = whole.part(_FACES, seed) if len(whole.persons) > 1.2 * _FACES else whole
                    rows.append(_curve(dataset, engine, kind, seed, asked))
    return Outcome({"": rows})


def _curve(dataset: Dataset, engine: Contestant, kind: str, seed: int, asked: Asked) -> LinksRow:
    def bcubed(count: int) -> float:
        must = round(count * _KINDS[kind])
        law = right_links(dataset.persons, must, count - must, seed)
        found = engine.create().fit_predict(
            dataset.embeddings, hints=dataset.hints, constraints=law, seed=seed, progress=asked.progress
        )
        return dataset.measure(found.labels).bcubed_f

    none = bcubed(0)
    gains = [round(100 * (bcubed(count) - none), 2) for count in (10, 25, 50, 100)]
    return LinksRow(dataset.name, engine.name, kind, seed, len(dataset.persons), round(none, 4), *gains)


def right_links(persons: Ints, must: int, cannot: int, seed: int) -> Constraints:
    """Random links that are true of `persons` (n,); fewer where there are none to draw."""
    generator = np.random.default_rng(seed)
    order = generator.integers(0, len(persons), (100 * (must + cannot) + 100, 2))
    same = persons[order[:, 0]] == persons[order[:, 1]]
    company = np.bincount(persons)[persons] > 1
    bound: list[tuple[int, int]] = []
    while company.any() and len(bound) < must:
        one = int(generator.choice(np.flatnonzero(company)))
        others = np.flatnonzero(persons == persons[one])
        bound.append((one, int(generator.choice(others[others != one]))))
    return Constraints(must=np.array(bound, np.int64).reshape(-1, 2), cannot=order[~same][:cannot])
