"""The adaptive filter of Ada-NETS (section 3.2): how many of its candidates a face should be joined to.

A face is the first of its own candidates here, so that the first j of them are j − 1 others, and a face whose person has no
other photo is best left alone (k_off = 1). The paper counts from the first other face; its persons all have several.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoclust.clustering.engine import Ints
from photoclust.clustering.structure_space import Candidates


def matches(candidates: Candidates, persons: Ints) -> NDArray[np.bool_]:
    """(n, k + 1) whether the face itself and each of its candidates is of its person (n,)."""
    same: NDArray[np.bool_] = persons[candidates.indices] == persons[:, None]
    return np.concatenate([np.ones((len(same), 1), bool), same], axis=1)


def quality(same: NDArray[np.bool_], sizes: Ints, beta: float) -> NDArray[np.float32]:
    """Q(j) of eq. 3, (n, m): the F_β of the first j = 1 … m of `same` (n, m), of whose kind there are `sizes` (n,) in all."""
    hits = same.cumsum(1)
    precision = hits / np.arange(1, same.shape[1] + 1)
    recall = hits / np.maximum(sizes, 1)[:, None]
    below = beta**2 * precision + recall
    result = (1 + beta**2) * precision * recall / np.where(below > 0, below, 1.0)
    return np.asarray(result, np.float32)


def best_counts(same: NDArray[np.bool_], sizes: Ints, beta: float) -> Ints:
    """k_off of eq. 4, (n,): the j with the highest Q(j), the smallest of several."""
    return np.asarray(quality(same, sizes, beta).argmax(1) + 1, np.int64)


def relative_huber(told: Tensor, best: Tensor, delta: float) -> Tensor:
    """Eq. 5: the mean Huber loss of the relative errors |told − best| / best, both (b,)."""
    error = (told - best).abs() / best
    return torch.where(error < delta, 0.5 * error**2, delta * error - 0.5 * delta**2).mean()


def edges(candidates: Candidates, counts: NDArray[np.floating] | Ints) -> Ints:
    """(m, 2) pairs i < j of eq. 7, each once: of whom one is among the first `counts` (n,) of the other, itself among them."""
    n, k = candidates.indices.shape
    rows, columns = np.nonzero(np.arange(2, k + 2) <= counts[:, None])
    others = candidates.indices[rows, columns]
    keys = np.unique(np.minimum(rows, others) * n + np.maximum(rows, others))
    return np.stack([keys // max(n, 1), keys % max(n, 1)], axis=1)


def signal_to_noise(pairs: Ints, persons: Ints) -> float:
    """How many of the edges (m, 2) join faces of one person for each that does not; NaN without edges."""
    good = int((persons[pairs[:, 0]] == persons[pairs[:, 1]]).sum())
    bad = len(pairs) - good
    return good / bad if bad else (float("inf") if good else float("nan"))
