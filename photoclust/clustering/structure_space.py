"""The structure space of Ada-NETS (section 3.1, appendix A.2): how alike two faces are, told by whom they both know."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import SILENT, Ints
from photoclust.clustering.graph import Neighbours
from photoclust.core.progress import Progress, Status

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_ROWS = 1024  # faces compared between two checkpoints


@dataclass(frozen=True)
class Candidates:
    """The candidate neighbours of every face, never the face itself, in the order of the similarity κ."""

    indices: Ints
    """(n, k)"""
    similarities: NDArray[np.float32]
    """(n, k) κ, falling along a row."""
    cosines: NDArray[np.float32]
    """(n, k)"""

    @property
    def k(self) -> int:
        """How many candidates a face has."""
        return int(self.indices.shape[1])

    @staticmethod
    def by_cosine(neighbours: Neighbours) -> Candidates:
        """The kNN as they are: κ is the cosine, which is η = 1."""
        return Candidates(neighbours.indices, neighbours.similarities, neighbours.similarities)


def structure_space(neighbours: Neighbours, reciprocal: int, eta: float, progress: Progress = SILENT) -> Candidates:
    """κ = (1 − η) · Jaccard + η · cosine, eq. 2, between every face and its kNN, and the kNN in that order.

    The Jaccard similarity is of the sets R* of `reciprocal` neighbours, at most as many as there are.
    """
    n, k = neighbours.indices.shape
    if k == 0 or eta >= 1:
        return Candidates.by_cosine(neighbours)
    progress.checkpoint()
    sets = expanded_sets(neighbours.indices, reciprocal)
    kappa = np.empty((n, k), np.float32)
    for start in range(0, n, _ROWS):
        progress.checkpoint()
        progress.report(Status("Comparing neighbours", start, n))
        rows = slice(start, min(start + _ROWS, n))
        kappa[rows] = (1 - eta) * jaccard(sets, start, neighbours.indices[rows]) + eta * neighbours.similarities[rows]
    order = np.argsort(-kappa, axis=1, kind="stable")  # equally alike: the nearer by cosine first
    return Candidates(
        np.take_along_axis(neighbours.indices, order, axis=1),
        np.take_along_axis(kappa, order, axis=1),
        np.take_along_axis(neighbours.similarities, order, axis=1),
    )


def reciprocal_sets(nearest: Ints, k: int) -> csr_array[Any]:
    """R(v, k) of eq. 12 as the rows of an (n, n) matrix of 0 and 1: who is among v's k nearest and has v among theirs.

    `nearest` (n, ≥ k) does not hold the face itself; it is always of its own set, or two faces that have only each other
    would have nobody in common.
    """
    from scipy.sparse import csr_array, eye_array

    n, k = len(nearest), min(k, nearest.shape[1])
    rows = np.repeat(np.arange(n), k)
    knn = csr_array((np.ones(n * k, np.int32), (rows, nearest[:, :k].ravel())), shape=(n, n))
    return csr_array(knn.multiply(knn.T) + eye_array(n, dtype=np.int32))


def expanded_sets(nearest: Ints, k: int) -> csr_array[Any]:
    """R*(v, k) of eq. 11 as rows of 0 and 1: R(v, k), and R(r, k/2) of each of its r that has two thirds of it in R(v, k)."""
    from scipy.sparse import csr_array

    whole, half = reciprocal_sets(nearest, k), reciprocal_sets(nearest, k // 2)
    shared = (whole @ half.T).multiply(whole).tocoo()  # |R(v, k) ∩ R(r, k/2)| where r is of R(v, k)
    sizes = half.sum(axis=1)
    near = 3 * shared.data >= 2 * sizes[shared.col]
    taken_in = csr_array((np.ones(int(near.sum()), np.int32), (shared.row[near], shared.col[near])), shape=whole.shape)
    sets = csr_array(whole + taken_in @ half)
    sets.data[:] = 1
    return sets


def jaccard(sets: csr_array[Any], start: int, columns: Ints) -> NDArray[np.float32]:
    """(b, k) of eq. 10: |a ∩ b| / |a ∪ b| of the sets `start` … start + b − 1 with those of `columns` (b, k)."""
    b = len(columns)
    sizes = sets.sum(axis=1)
    shared = (sets[start : start + b] @ sets.T).tocsr()
    both = np.asarray(shared[np.repeat(np.arange(b), columns.shape[1]), columns.ravel()]).reshape(columns.shape)
    result: NDArray[np.float32] = (both / (sizes[start : start + b, None] + sizes[columns] - both)).astype(np.float32)
    return result
