"""Classical engines to measure ours against, each with one fixed threshold; from scikit-learn where it has them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from photoclust.clustering.confidence import confidence
from photoclust.clustering.constraints import enforce
from photoclust.clustering.engine import (
    NO_CONSTRAINTS,
    NO_HINTS,
    SILENT,
    Clustering,
    Constraints,
    Embeddings,
    Hints,
    Ints,
)
from photoclust.clustering.graph import nearest_neighbours, undirected
from photoclust.clustering.whispers import whisper
from photoclust.core.progress import Progress, Status

_PHASE = "Grouping faces"


@dataclass(frozen=True)
class HAC:
    """Average-link agglomeration of cosine distances; time and memory grow with n²."""

    similarity: float = 0.42
    """Groups more alike than this on average are joined."""
    name: str = "hac"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Group (n, d) unit vectors."""
        from sklearn.cluster import AgglomerativeClustering

        progress.checkpoint()
        progress.report(Status(_PHASE))
        labels: Ints = np.zeros(len(embeddings), np.int64)
        if len(embeddings) > 1:
            cut = AgglomerativeClustering(
                n_clusters=None, metric="precomputed", linkage="average", distance_threshold=1 - self.similarity
            )
            labels = cut.fit_predict(np.clip(1 - embeddings @ embeddings.T, 0, 2))
        return _finish(labels, embeddings, constraints, progress)


@dataclass(frozen=True)
class DBSCAN:
    """Density-based groups: a face with `core` others within reach makes a group; noise faces stay alone."""

    similarity: float = 0.5
    core: int = 2
    name: str = "dbscan"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Group (n, d) unit vectors."""
        from sklearn.cluster import dbscan

        progress.checkpoint()
        progress.report(Status(_PHASE))
        labels: Ints = np.empty(0, np.int64)
        if len(embeddings):
            reach = float(np.sqrt(2 - 2 * self.similarity))  # the chord of unit vectors of that cosine
            labels = dbscan(embeddings, eps=reach, min_samples=self.core, algorithm="brute")[1]
        return _finish(_noise_alone(labels), embeddings, constraints, progress)


@dataclass(frozen=True)
class HDBSCAN:
    """Hierarchical density-based groups of at least `smallest` faces; noise faces stay alone."""

    smallest: int = 2
    name: str = "hdbscan"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Group (n, d) unit vectors."""
        import sklearn.cluster

        progress.checkpoint()
        progress.report(Status(_PHASE))
        labels: Ints = np.zeros(len(embeddings), np.int64)
        if len(embeddings) > max(2, self.smallest):
            scikit = sklearn.cluster.HDBSCAN(min_cluster_size=self.smallest, copy=True)
            labels = scikit.fit_predict(embeddings.astype(np.float64))
        elif len(embeddings) == 2:
            labels = np.array([0, int(embeddings[0] @ embeddings[1] < 0.5)])
        return _finish(_noise_alone(labels), embeddings, constraints, progress)


@dataclass(frozen=True)
class ChineseWhispers:
    """Every face takes over, again and again in random order, the label that is strongest among its neighbours."""

    similarity: float = 0.46
    k: int = 80
    rounds: int = 20
    name: str = "chinese-whispers"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Group (n, d) unit vectors; the random order comes from the seed."""
        n = len(embeddings)
        pairs, cosines = undirected(nearest_neighbours(embeddings, self.k, progress))
        strong = cosines > self.similarity
        labels = whisper(n, pairs[strong], cosines[strong], rounds=self.rounds, seed=seed, progress=progress)
        return _finish(labels, embeddings, constraints, progress)


def _noise_alone(labels: Ints) -> Ints:
    """Give every face labelled −1 a group of its own."""
    noise = labels < 0
    alone: Ints = np.where(noise, labels.max(initial=0) + 1 + np.cumsum(noise), labels)
    return alone


def _finish(labels: Ints, embeddings: Embeddings, constraints: Constraints, progress: Progress) -> Clustering:
    progress.checkpoint()
    kept = enforce(np.asarray(labels, np.int64), constraints, embeddings)
    return Clustering(kept, confidence(kept, embeddings))
