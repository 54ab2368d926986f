"""Classical engines that need only a threshold: trees, densities, whispers; from scikit-learn and SciPy where they have them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.baseline import Baseline, Sweep, steps
from photoclust.clustering.engine import Embeddings, Hints, Ints
from photoclust.clustering.graph import nearest_neighbours, undirected
from photoclust.clustering.whispers import whisper
from photoclust.core.progress import Progress

SIMILARITIES = steps(0.2, 0.8, 0.02)
"""The cosines that a sweep tries: from anybody to nearly the same picture."""


def chord(similarity: float) -> float:
    """The Euclidean distance of unit vectors of that cosine."""
    return float(np.sqrt(max(0.0, 2 - 2 * similarity)))


@dataclass(frozen=True)
class HAC(Baseline[NDArray[np.float64]]):
    """Agglomeration of cosine distances: the two groups most alike are joined again and again; memory grows with n²."""

    similarity: float = 0.42
    """Groups more alike than this are joined."""
    linkage: str = "average"
    """What “alike” means for two groups: the mean over their pairs, or their nearest (single) or farthest (complete)."""
    name: str = "hac"
    sweep: ClassVar = Sweep("similarity", SIMILARITIES)
    most: ClassVar = 20_000

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> NDArray[np.float64]:
        """The tree of all joins, (n − 1, 4) as SciPy writes it."""
        from scipy.cluster.hierarchy import linkage

        n = len(embeddings)
        distances = np.empty(n * (n - 1) // 2)
        at = 0
        for row in range(n - 1):
            if row % 512 == 0:
                progress.checkpoint()
            following = 1 - embeddings[row + 1 :] @ embeddings[row]
            distances[at : at + len(following)] = following
            at += len(following)
        tree: NDArray[np.float64] = linkage(np.clip(distances, 0, 2, out=distances), self.linkage)
        return tree

    def cut(self, prepared: NDArray[np.float64], progress: Progress) -> Ints:
        """The groups below one height of the tree."""
        from scipy.cluster.hierarchy import fcluster

        return np.asarray(fcluster(prepared, 1 - self.similarity, criterion="distance"), np.int64)


@dataclass(frozen=True)
class SingleHAC(HAC):
    """Agglomeration by the most similar pair: one bridge joins two persons."""

    similarity: float = 0.54
    linkage: str = "single"
    name: str = "hac-single"


@dataclass(frozen=True)
class CompleteHAC(HAC):
    """Agglomeration by the least similar pair: nobody in a group may look like somebody else."""

    similarity: float = 0.3
    linkage: str = "complete"
    name: str = "hac-complete"


@dataclass(frozen=True)
class DBSCAN(Baseline[Embeddings]):
    """Density-based groups: a face with `core` faces within reach, itself among them, makes a group; noise faces stay alone."""

    similarity: float = 0.5
    core: int = 2
    name: str = "dbscan"
    sweep: ClassVar = Sweep("similarity", steps(0.3, 0.8, 0.02))

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Embeddings:
        """Nothing to do before."""
        return embeddings

    def cut(self, prepared: Embeddings, progress: Progress) -> Ints:
        """scikit-learn's DBSCAN on chords."""
        from sklearn.cluster import dbscan

        found: Ints = dbscan(prepared, eps=chord(self.similarity), min_samples=self.core, algorithm="brute")[1]
        return found


@dataclass(frozen=True)
class HDBSCAN(Baseline[Embeddings]):
    """Hierarchical density-based groups of at least `smallest` faces; noise faces stay alone."""

    smallest: int = 2
    name: str = "hdbscan"
    sweep: ClassVar = Sweep("smallest", (2, 3, 4, 5, 6, 8, 10, 15))

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Embeddings:
        """Nothing to do before."""
        return embeddings

    def cut(self, prepared: Embeddings, progress: Progress) -> Ints:
        """scikit-learn's HDBSCAN on chords."""
        return hdbscan(prepared, smallest=int(self.smallest))


def hdbscan(embeddings: Embeddings, *, smallest: int, **options: Any) -> Ints:
    """(n,) groups of at least `smallest` of n ≥ 2 faces, −1 for noise; two or too few faces are judged by their cosine."""
    import sklearn.cluster

    if len(embeddings) > max(2, smallest):
        scikit = sklearn.cluster.HDBSCAN(min_cluster_size=smallest, copy=True, **options)
        return np.asarray(scikit.fit_predict(embeddings.astype(np.float64)), np.int64)
    if len(embeddings) == 2:
        return np.array([0, int(embeddings[0] @ embeddings[1] < 0.5)])
    return np.full(len(embeddings), -1, np.int64)


class Links(NamedTuple):
    """Every kNN edge once, and the seed of what is drawn over it."""

    n: int
    pairs: Ints
    """(m, 2)"""
    similarities: NDArray[np.float32]
    """(m,)"""
    seed: int


@dataclass(frozen=True)
class ChineseWhispers(Baseline[Links]):
    """Every face takes over, again and again in random order, the label that is strongest among its neighbours."""

    similarity: float = 0.46
    k: int = 80
    rounds: int = 20
    name: str = "chinese-whispers"
    sweep: ClassVar = Sweep("similarity", steps(0.3, 0.7, 0.02))

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Links:
        """The kNN graph; the seed draws the order of the whispers."""
        return Links(len(embeddings), *undirected(nearest_neighbours(embeddings, self.k, progress)), seed)

    def cut(self, prepared: Links, progress: Progress) -> Ints:
        """Whispers over the links above the threshold."""
        n, pairs, cosines, seed = prepared
        strong = cosines > self.similarity
        return whisper(n, pairs[strong], cosines[strong], rounds=self.rounds, seed=seed, progress=progress)
