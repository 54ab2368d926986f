"""Groups from link probabilities by pseudo-label propagation with a rising threshold (Qi et al., section 3.4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import SILENT, Ints
from photoclust.clustering.graph import connected_components
from photoclust.core.progress import Progress


@dataclass(frozen=True)
class Links:
    """What is known of n faces."""

    n: int
    pairs: Ints
    """(m, 2) faces i < j, each pair once."""
    chances: NDArray[np.float64]
    """(m,) that they are one person."""


def mean_links(n: int, pairs: Ints, chances: NDArray[np.float32]) -> Links:
    """Every pair of (m, 2) once, with the mean of the chances (m,) that are told of it."""
    keys = pairs.min(1) * n + pairs.max(1)
    unique, inverse = np.unique(keys, return_inverse=True)
    mean = np.bincount(inverse, chances, len(unique)) / np.bincount(inverse, minlength=len(unique))
    return Links(n, np.stack(np.divmod(unique, max(n, 1)), axis=1), mean)


def propagate(links: Links, *, start: float, step: float, largest: int, progress: Progress = SILENT) -> Ints:
    """(n,) groups: faces linked by chances above `start`; a group of more than `largest` is taken apart again.

    Only its links above the next threshold t + step·(1 − t) count, and so on until it has fallen into small enough groups.
    One of which a next threshold would leave no link at all stays whole, however large: hundreds of copies of a face.
    """
    n, pairs, chances = links.n, links.pairs, links.chances
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
