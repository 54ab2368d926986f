"""Approximate rank-order (Otto, Wang, Jain: Clustering Millions of Faces by Identity, PAMI 2018)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.baseline import Baseline, Sweep, steps
from photoclust.clustering.engine import Embeddings, Hints, Ints
from photoclust.clustering.graph import Neighbours, connected_components, nearest_neighbours
from photoclust.core.progress import Progress


class RankLinks(NamedTuple):
    """The links of the kNN graph with their rank-order distances."""

    n: int
    pairs: Ints
    """(m, 2)"""
    distances: NDArray[np.float64]
    """(m,)"""


@dataclass(frozen=True)
class RankOrder(Baseline[RankLinks]):
    """Links two faces that have their nearest neighbours in common, and follows the links.

    The distance of a and b (equations 3 and 4) counts those of a's neighbours nearer than b that are not among b's, and the
    reverse, over the smaller of the two ranks. The paper's k = 200 is meant for a hundred thousand faces and more; where most
    of a list is other persons' faces all have them in common, so k is 20 here, and at most a third of the faces.
    """

    distance: float = 0.6
    """Links of less than this are followed."""
    k: int = 20
    name: str = "rank-order"
    sweep: ClassVar = Sweep("distance", (*steps(0.05, 1.0, 0.05), *steps(1.2, 3.0, 0.2), 4.0, 6.0, 10.0))

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> RankLinks:
        """The distance along every directed kNN edge."""
        k = max(1, min(self.k, len(embeddings) // 3))
        neighbours = nearest_neighbours(embeddings, k, progress)
        n, k = neighbours.indices.shape
        pairs: Ints = np.stack([np.repeat(np.arange(n), k), neighbours.indices.ravel()], axis=1)
        return RankLinks(n, pairs, rank_distances(neighbours, progress).ravel())

    def cut(self, prepared: RankLinks, progress: Progress) -> Ints:
        """The connected components of the links nearer than the threshold."""
        return connected_components(prepared.n, prepared.pairs[prepared.distances < self.distance])


def rank_distances(neighbours: Neighbours, progress: Progress) -> NDArray[np.float64]:
    """(n, k) distances D(a, b) of every face a and its r-th neighbour b; what is not in a list of k counts as rank k."""
    knn = neighbours.indices
    n, k = knn.shape
    ranks = np.arange(1, k + 1)
    missing = np.empty((n, k))  # d(a, b): a's nearest up to b that b does not have in its list
    lost = np.empty((n, k))  # d(b, a) where a is not in b's list: all of b's neighbours that a does not have
    back = np.empty((n, k), np.int64)  # rank of a in b's list; k + 1 where it is not there
    rank_of = np.zeros(n, np.int64)
    for a in range(n):
        if a % 256 == 0:
            progress.checkpoint()
        rank_of[knn[a]] = ranks
        theirs = knn[knn[a]]  # (k, k) the lists of a's neighbours
        seen = rank_of[theirs]  # their ranks in a's list, 0 where absent
        rank_of[knn[a]] = 0
        itself = theirs == a
        known = itself.any(1)
        missing[a] = ~known + (ranks - 1) - ((seen > 0) & (seen < ranks[:, None])).sum(1)
        lost[a] = k - (seen > 0).sum(1)
        back[a] = np.where(known, itself.argmax(1) + 1, k + 1)
    mutual = back <= k
    reverse = np.where(mutual, missing[knn, np.minimum(back, k) - 1], lost)
    distances: NDArray[np.float64] = (missing + reverse) / np.minimum(ranks, np.minimum(back, k))
    return distances
