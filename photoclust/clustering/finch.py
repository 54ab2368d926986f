"""FINCH: groups from first neighbours alone (Sarfraz, Sharma, Stiefelhagen; CVPR 2019)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from photoclust.clustering.baseline import Baseline, Sweep, steps
from photoclust.clustering.engine import SILENT, Embeddings, Hints, Ints
from photoclust.clustering.graph import connected_components, nearest_neighbours
from photoclust.core.progress import Progress


@dataclass(frozen=True)
class FINCH(Baseline[Embeddings]):
    """Everyone joins their first neighbour, then the groups theirs, until all are one: a hierarchy of few levels.

    The paper leaves the level to the reader. Cut here by a threshold instead: only a first neighbour more alike than
    `similarity` is joined, at every level, until nobody joins. `level` ≥ 1 takes that partition of the plain hierarchy.
    """

    similarity: float = 0.5
    level: int = 0
    name: str = "finch"
    sweep: ClassVar = Sweep("similarity", steps(0.2, 0.8, 0.02))

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Embeddings:
        """Nothing to do before."""
        return embeddings

    def cut(self, prepared: Embeddings, progress: Progress) -> Ints:
        """The last partition, or the one asked for."""
        if self.level:
            levels = partitions(prepared, progress=progress)
            return levels[min(self.level, len(levels)) - 1]
        levels = partitions(prepared, self.similarity, progress)
        return levels[-1] if levels else np.arange(len(prepared))


def partitions(embeddings: Embeddings, least: float = -np.inf, progress: Progress = SILENT) -> list[Ints]:
    """The (n,) labels of every level, finest first; first neighbours not more alike than `least` are left apart.

    A group stands for the next level as the mean of its faces, of unit length.
    """
    levels: list[Ints] = []
    labels: Ints = np.arange(len(embeddings))
    middles = embeddings
    while len(middles) > 1:
        progress.checkpoint()
        first = nearest_neighbours(middles, 1, progress)
        near = first.similarities[:, 0] > least
        joined = connected_components(len(middles), np.stack([np.arange(len(middles)), first.indices[:, 0]], axis=1)[near])
        groups = int(joined.max()) + 1
        if groups == len(middles):
            break
        labels = joined[labels]
        levels.append(labels)
        sums = np.zeros((groups, embeddings.shape[1]), np.float32)
        np.add.at(sums, labels, embeddings)
        middles = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    return levels
