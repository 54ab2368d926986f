"""Chinese whispers (Biemann 2006), with links that may also speak against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix

from photoclust.clustering.engine import SILENT, Ints
from photoclust.core.progress import Progress, Status

Loudness = NDArray[np.float64]

_ALONE, _TURNS = 512, 128
"""In an album of so few faces they listen one after another; in a larger one in so many parts, each all at once."""


def whisper(n: int, pairs: Ints, weights: NDArray[np.floating], *, rounds: int, seed: int, progress: Progress = SILENT) -> Ints:
    """(n,) labels: again and again, in random order, each face takes over the label that its neighbours say loudest.

    `pairs` (m, 2) are distinct undirected links with weights (m,). A label whose links sum below zero is left for a new one.
    Only who hears something new since the last turn listens again.
    """
    one_way = coo_matrix((weights, (pairs[:, 0].astype(np.int32), pairs[:, 1].astype(np.int32))), shape=(n, n)).tocsr()
    graph = (one_way + one_way.T).tocsr()
    del one_way
    labels = np.arange(n, dtype=np.int64)
    unused = n
    generator = np.random.default_rng(seed)
    degrees = np.diff(graph.indptr).astype(np.int64)
    linked = degrees > 0
    stirred = linked.copy()
    for turn in range(rounds):
        progress.report(Status("Grouping faces", turn, rounds))
        order = generator.permutation(n)  # of all faces, so that a link more or less changes nobody else's turn
        order = order[linked[order]]
        for part in np.array_split(order, max(len(order), 1) if len(order) <= _ALONE else _TURNS):
            progress.checkpoint()
            faces = part[stirred[part]]
            if not len(faces):
                continue
            stirred[faces] = False
            heard, loudest, own = _listen(graph, degrees[faces], labels, faces, unused)
            follows = loudest > np.maximum(own, 0.0) + 1e-9
            leaves = ~follows & (own < 0)
            labels[faces[follows]] = heard[follows]
            labels[faces[leaves]] = unused + np.arange(leaves.sum())
            unused += int(leaves.sum())
            moved = faces[follows | leaves]
            stirred[graph.indices[_entries(graph, degrees[moved], moved)]] = True
        if not stirred.any():
            break
    return labels


def _listen(graph: csr_matrix, degrees: Ints, labels: Ints, faces: Ints, unused: int) -> tuple[Ints, Loudness, Loudness]:
    """For each of the faces (b,), which have that many links: the loudest label around (of equals the lowest), how loud that
    is and how loud its own; all labels are below `unused`."""
    near = _entries(graph, degrees, faces)
    keys = np.repeat(np.arange(len(faces)) * unused, degrees)  # by who listens, then by what is said
    keys += labels[graph.indices[near]]
    order = keys.argsort(kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
    loud = np.add.reduceat(graph.data[near[order]], first, dtype=np.float64)
    place, said = np.divmod(keys[first], unused)
    begins = place.searchsorted(np.arange(len(faces)))
    loudest = np.maximum.reduceat(loud, begins)
    heard = np.minimum.reduceat(np.where(loud == loudest[place], said, unused), begins)
    own = np.add.reduceat(np.where(said == labels[faces][place], loud, 0.0), begins)
    return heard, loudest, own


def _entries(graph: csr_matrix, degrees: Ints, rows: Ints) -> Ints:
    """Where the entries of these rows, so many each, are in the graph's arrays, row after row."""
    ends = degrees.cumsum()
    entries: Ints = np.repeat(graph.indptr[rows] - ends + degrees, degrees) + np.arange(ends[-1] if len(ends) else 0)
    return entries


def pairs_within(groups: Ints) -> Ints:
    """(m, 2) all pairs of rows that have the same number in `groups` (n,)."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    found = [np.empty((0, 2), np.int64)]
    for ahead in range(1, len(groups)):
        together = np.flatnonzero(ordered[ahead:] == ordered[:-ahead])
        if not len(together):
            break
        found.append(np.stack([order[together], order[together + ahead]], axis=1))
    return np.concatenate(found)
