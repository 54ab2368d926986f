"""Two persons in one group, divided by a few faces of each (`photoclust bench SETS --preset seeds`).

Asked is what a user asks who splits a person in two: of look-alikes too, and where one of them has five faces only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.datasets import Dataset
from photoclust.bench.presets import Asked, Outcome
from photoclust.clustering.engine import Ints
from photoclust.clustering.seeded import divide
from photoclust.core.progress import Status
from photoclust.workflows.split_person import SURE, sharing

_LEAST, _FEW, _PAIRS = 8, 5, 40
"""Faces of each of the two; those of the smaller one where it is small; pairs of persons a set."""
CHOSEN = ((0, 1), (0, 3), (1, 1), (2, 2), (3, 3))
"""How many faces of each are chosen; with none of the first, he is whoever the second is not."""


@dataclass(frozen=True)
class SeedRow:
    """How the faces that nobody has chosen were divided."""

    dataset: str
    alike: bool
    """Whether the two are each other's likest, rather than any two."""
    small: bool
    """Whether the second one has five faces only."""
    chosen: str
    pairs: int
    right: float
    """The share that landed on the right side, the mean over the pairs."""
    sure: float
    """The share that the program is sure of, ..."""
    sure_right: float
    """... and which share of those is right."""


def measure(asked: Asked) -> Outcome:
    """Draw pairs of persons with the first seed; sets without two persons of eight faces are left out."""
    rows: list[SeedRow] = []
    for dataset in asked.datasets:
        asked.progress.report(Status(f"Dividing pairs of {dataset.name}", len(rows)))
        asked.progress.checkpoint()
        for alike in (False, True):
            for small in (False, True):
                rows += list(_rows(dataset, alike, small, np.random.default_rng(asked.seeds[0])))
    return Outcome({"Divided by a few faces of each": rows})


def _rows(dataset: Dataset, alike: bool, small: bool, generator: np.random.Generator) -> Iterator[SeedRow]:
    found: dict[tuple[int, int], list[NDArray[np.float64]]] = {chosen: [] for chosen in CHOSEN}
    for first, second in _pairs(dataset, alike, generator):
        if small:
            second = generator.permutation(second)[:_FEW]
        rows = np.concatenate([first, second])
        apart = None if dataset.photo is None else sharing(dataset.photo[rows].tolist())
        for chosen in CHOSEN:
            a = generator.choice(len(first), chosen[0], replace=False)
            b = len(first) + generator.choice(len(second), chosen[1], replace=False)
            odds = divide(dataset.embeddings[rows], a, b, apart=apart)
            right = (odds > 0) == (np.arange(len(rows)) < len(first))
            free = np.setdiff1d(np.arange(len(rows)), [*a, *b])
            found[chosen].append(np.stack([right[free], 1 / (1 + np.exp(-np.abs(odds[free]))) >= SURE]).astype(np.float64))
    for chosen, pairs in found.items():
        if pairs:
            right, sure = np.concatenate(pairs, axis=1)
            yield SeedRow(
                dataset.name, alike, small, f"{chosen[0]}+{chosen[1]}", len(pairs),
                round(float(np.mean([pair[0].mean() for pair in pairs])), 4), round(float(sure.mean()), 4),
                round(float(right[sure > 0].mean()) if sure.any() else 1.0, 4),
            )  # fmt: skip


def _pairs(dataset: Dataset, alike: bool, generator: np.random.Generator) -> Iterator[tuple[Ints, Ints]]:
    """The rows of two persons each."""
    ids, counts = np.unique(dataset.persons, return_counts=True)
    ids = ids[counts >= _LEAST]
    if len(ids) < 2:
        return
    rows = [np.flatnonzero(dataset.persons == person) for person in ids]
    middles = np.stack([dataset.embeddings[r].mean(0) for r in rows])
    middles /= np.linalg.norm(middles, axis=1, keepdims=True)
    near = middles @ middles.T
    np.fill_diagonal(near, -2)
    for _ in range(_PAIRS):
        one = int(generator.integers(len(ids)))
        other = int(near[one].argmax()) if alike else int(generator.choice(np.delete(np.arange(len(ids)), one)))
        yield rows[one], rows[other]
