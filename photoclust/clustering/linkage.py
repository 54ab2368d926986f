"""Link merging of the thesis (section 3.7), and its threshold chosen without labels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import SILENT, Ints
from photoclust.clustering.graph import Neighbours, connected_components, undirected
from photoclust.core.progress import Progress

_CANDIDATES = 64


def links(neighbours: Ints, kept: NDArray[np.bool_]) -> Ints:
    """(m, 2) pairs centre–neighbour of the (n, h₁) neighbours that are `kept`, row by row."""
    centres, columns = np.nonzero(kept)
    return np.stack([centres, neighbours[centres, columns]], axis=1)


def merge_links(n: int, pairs: Ints, scores: NDArray[np.float32], threshold: float) -> Ints:
    """(n,) groups: the connected components of the links whose score is above the threshold."""
    return connected_components(n, pairs[scores > threshold])


def candidates(scores: NDArray[np.float32]) -> list[float]:
    """Thresholds worth trying on the links' scores, rising: one below all of them, and their quantiles."""
    if not len(scores):
        return [0.0]
    quantiles = np.unique(np.quantile(scores, np.linspace(0, 0.995, _CANDIDATES)))
    return [float(quantiles[0]) - 1.0, *quantiles.tolist()]


def choose_threshold(neighbours: Neighbours, pairs: Ints, scores: NDArray[np.float32], progress: Progress = SILENT) -> float:
    """The threshold whose groups have the highest modularity on the kNN graph.

    The thesis picks the threshold that scores best against the labels; a user has none. Modularity asks that more
    similarity lies inside the groups than their total similarity would put there by chance, so it punishes both one
    wrong link that joins two persons and persons left in pieces. 64 quantiles of the scores are tried.
    """
    n = len(neighbours.indices)
    if not len(scores):
        return 0.0
    edges, cosines = undirected(neighbours)
    weights = np.maximum(cosines - np.median(cosines), 0.0).astype(np.float64)
    if weights.sum() <= 0:  # every neighbour is equally alike
        return float(scores.min()) - 1.0
    degree = np.asarray(np.bincount(edges.ravel(), np.repeat(weights, 2), n), np.float64)
    best, chosen = -np.inf, 0.0
    for threshold in candidates(scores):
        progress.checkpoint()
        value = modularity(merge_links(n, pairs, scores, threshold), edges, weights, degree)
        if value > best:
            best, chosen = value, threshold
    return float(chosen)


def modularity(labels: Ints, edges: Ints, weights: NDArray[np.float64], degree: NDArray[np.float64]) -> float:
    """Newman's: the share of weight inside groups less what is expected there, −½ … 1."""
    total = float(weights.sum())
    inside = float(weights[labels[edges[:, 0]] == labels[edges[:, 1]]].sum())
    expected = float(((np.bincount(labels, degree) / (2 * total)) ** 2).sum())
    return inside / total - expected
