"""What becomes of a handful of faces (`photoclust bench SETS --preset tiny`): one person only, a few, only strangers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.contestants import Contestant
from photoclust.bench.datasets import Dataset
from photoclust.bench.presets import Asked, Outcome
from photoclust.clustering.engine import Ints
from photoclust.clustering.measures import measure as measured
from photoclust.core.progress import Status

_FACES = (5, 20, 60)
_PERSONS = (1, 2, 4, 8)
_DRAWS = 20
_TORN, _HEAP = 0.2, 0.2
"""An answer is absurd that makes so many groups of one person as this share of his faces (and more than two), or one group of
strangers with this share of the faces (and more than two), ..."""
_BOTH = 0.5
"""... or that holds so much of two persons with five faces or more in one group."""
_KNOWN = 5

Album = tuple[NDArray[np.float32], Ints]
"""Embeddings (n, d) and persons (n,)."""


@dataclass(frozen=True)
class TinyRow:
    """What an engine made of tiny albums of one kind."""

    dataset: str
    engine: str
    faces: int
    persons: int
    """As many as faces where they are strangers, each seen once."""
    draws: int
    bcubed_f: float
    """Mean."""
    worst: float
    """Least BCubed F."""
    groups: float
    """Mean; faces alone count."""
    fewest: int
    most: int
    absurd: int
    """How many draws."""


def measure(asked: Asked) -> Outcome:
    """Measure every engine on albums of 5, 20 and 60 faces, cut by chance from every set."""
    rows: list[TinyRow] = []
    said: list[str] = []
    for dataset in asked.datasets:
        for faces in _FACES:
            for persons in [*(p for p in _PERSONS if 2 * p <= faces), faces]:
                albums = [album for seed in asked.seeds for album in cut(dataset, faces, persons, seed)]
                if not albums:
                    said.append(f"{dataset.name} has too few persons for albums of {faces} faces and {persons} persons.")
                for engine in asked.engines if albums else ():
                    asked.progress.report(Status(f"Measuring {engine.name} on {faces} faces of {dataset.name}", len(rows)))
                    asked.progress.checkpoint()
                    rows.append(_row(dataset, engine, faces, persons, albums))
    return Outcome({"": rows}, said)


def cut(dataset: Dataset, faces: int, persons: int, seed: int = 0, draws: int = _DRAWS) -> list[Album]:
    """Embeddings and truth of albums by chance, in which each person has as many faces as the next; none if none can be had."""
    each = -(-faces // persons)
    ids, counts = np.unique(dataset.persons, return_counts=True)
    able = ids[counts >= each]
    if len(able) < persons:
        return []
    generator = np.random.default_rng([seed, faces, persons])
    albums = []
    for _ in range(draws):
        chosen = generator.choice(able, persons, replace=False)
        rows = [generator.choice(np.flatnonzero(dataset.persons == person), each, replace=False) for person in chosen]
        order = generator.permutation(np.stack(rows, 1).ravel()[:faces])
        albums.append((dataset.embeddings[order], dataset.persons[order]))
    return albums


def is_absurd(truth: Ints, groups: Ints) -> bool:
    """Whether a person would laugh: one in many groups, strangers in one heap, two well-known persons in one."""
    n = len(truth)
    people, person = np.unique(truth, return_inverse=True)
    found, group = np.unique(groups, return_inverse=True)
    if len(people) == 1:
        return len(found) > max(2, _TORN * n)
    if len(people) == n:
        return int(np.bincount(group).max()) > max(2, _HEAP * n)
    cells = np.zeros((len(found), len(people)))
    np.add.at(cells, (group, person), 1)
    known = cells.sum(0) >= _KNOWN
    return bool((((cells >= _BOTH * cells.sum(0)) & known).sum(1) > 1).any())


def _row(dataset: Dataset, engine: Contestant, faces: int, persons: int, albums: Sequence[Album]) -> TinyRow:
    made = engine.create()
    found = [(truth, made.fit_predict(embeddings).labels) for embeddings, truth in albums]
    bcubed = [measured(truth, labels).bcubed_f for truth, labels in found]
    groups = [len(np.unique(labels)) for _, labels in found]
    absurd = sum(is_absurd(truth, labels) for truth, labels in found)
    return TinyRow(
        dataset.name, engine.name, faces, persons, len(albums), round(float(np.mean(bcubed)), 4), round(min(bcubed), 4),
        round(float(np.mean(groups)), 1), min(groups), max(groups), absurd,
    )  # fmt: skip
