"""Chinese whispers (Biemann 2006), with links that may also speak against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix

from photoclust.clustering.engine import SILENT, Ints
from photoclust.core.progress import Progress, Status


def whisper(n: int, pairs: Ints, weights: NDArray[np.floating], *, rounds: int, seed: int, progress: Progress = SILENT) -> Ints:
    """(n,) labels: again and again, in random order, each face takes over the label that its neighbours say loudest.

    `pairs` (m, 2) are distinct undirected links with weights (m,). A label whose links sum below zero is left for a new one.
    """
    both = np.concatenate([pairs, pairs[:, ::-1]])
    graph = coo_matrix((np.concatenate([weights, weights]), (both[:, 0], both[:, 1])), shape=(n, n)).tocsr()
    starts, heard_from, volume = graph.indptr.tolist(), graph.indices, graph.data
    labels = np.arange(n, dtype=np.int64)
    unused = n
    generator = np.random.default_rng(seed)
    linked = np.diff(graph.indptr) > 0
    for turn in range(rounds):
        progress.report(Status("Grouping faces", turn, rounds))
        changed = False
        order = generator.permutation(n)  # of all faces, so that a link more or less changes nobody else's turn
        for step, face in enumerate(order[linked[order]].tolist()):
            if step % 512 == 0:
                progress.checkpoint()
            near = slice(starts[face], starts[face + 1])
            said, which = np.unique(labels[heard_from[near]], return_inverse=True)
            loudness = np.bincount(which, volume[near])
            loudest = int(loudness.argmax())
            own = float(loudness[said == labels[face]].sum())
            if loudness[loudest] > max(own, 0.0) + 1e-9:
                labels[face] = said[loudest]
            elif own < 0:
                labels[face], unused = unused, unused + 1
            else:
                continue
            changed = True
        if not changed:
            break
    return labels


def pairs_within(groups: Ints) -> Ints:
    """(m, 2) all pairs of rows that have the same number in `groups` (n,)."""
    order = np.argsort(groups, kind="stable")
    borders = np.flatnonzero(np.diff(groups[order])) + 1
    found = [np.empty((0, 2), np.int64)]
    for rows in np.split(order, borders):
        first, second = np.triu_indices(len(rows), 1)
        found.append(np.stack([rows[first], rows[second]], axis=1))
    return np.concatenate(found)
