"""Groups from link probabilities by pseudo-label propagation with a rising threshold (Qi et al., section 3.4)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import SILENT, Ints
from photoclust.clustering.graph import connected_components
from photoclust.core.progress import Progress


def mean_links(links: Ints, chances: NDArray[np.float32], n: int) -> tuple[Ints, NDArray[np.float64]]:
    """Every link once, (m, 2) with i < j, and the mean of what its two ends say of it, (m,)."""
    keys = links.min(1) * n + links.max(1)
    unique, inverse = np.unique(keys, return_inverse=True)
    chance = np.bincount(inverse, chances, len(unique)) / np.bincount(inverse, minlength=len(unique))
    pairs: Ints = np.stack(np.divmod(unique, max(n, 1)), axis=1)
    return pairs, chance


def propagate(
    n: int,
    pairs: Ints,
    chances: NDArray[np.float64],
    *,
    start: float,
    step: float,
    largest: int,
    progress: Progress = SILENT,
) -> Ints:
    """(n,) groups: faces linked by chances (m,) above `start`; a group of more than `largest` is taken apart again.

    Only its links above the next threshold t + step·(1 − t) count, and so on until it has fallen into small enough groups.
    One of which a next threshold would leave no link at all stays whole, however large: hundreds of copies of a face.
    """
    labels = np.full(n, -1, np.int64)
    threshold, finished = start, 0
    while (free := np.flatnonzero(labels < 0)).size:
        progress.checkpoint()
        kept = (chances > threshold) & (labels[pairs[:, 0]] < 0)
        pairs, chances = pairs[kept], chances[kept]
        before, threshold = threshold, threshold + step * (1.0 - threshold)
        groups = connected_components(n, pairs)
        strongest = np.zeros(n)
        np.maximum.at(strongest, groups[pairs[:, 0]], chances)
        again = (np.bincount(groups, minlength=n) > largest) & (strongest > threshold) & (threshold > before)
        done = free[~again[groups[free]]]
        labels[done] = finished + groups[done]
        finished += n
    return labels
