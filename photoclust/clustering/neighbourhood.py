"""What an engine has to see of a large library to place a few new faces: who is near them, and some strangers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.core.progress import Progress, Status

_WHOLE = 4000
"""A library of so many faces is seen whole."""
_NEAR = 10
_MET, _COMPANY = 3, 10
"""Of each person who was met so often, so many more faces are seen, which tell how the ones met stand among their own."""
_STRANGERS = 2000
_QUERIES = 1024


def neighbourhood(embeddings: Embeddings, new: Ints, persons: Ints, seed: int = 0, progress: Progress = SILENT) -> Ints:
    """The rows, rising, of (n, d) unit vectors that matter to the rows `new`: those, their nearest, some of the persons met
    (`persons` (n,), −1 for nobody's face), and faces by chance, without which near ones would look like all there are.

    The time is one exact search of the new faces among all.
    """
    n = len(embeddings)
    if n <= _WHOLE:
        return np.arange(n)
    chosen: NDArray[np.bool_] = np.zeros(n, bool)
    chosen[new] = True
    chosen[_nearest(embeddings, new, progress)] = True
    met, often = np.unique(persons[chosen & (persons >= 0)], return_counts=True)
    order = np.random.default_rng(seed).permutation(n)
    company = order[np.isin(persons[order], met[often >= _MET]) & ~chosen[order]]
    chosen[company[_turn(persons[company]) < _COMPANY]] = True
    chosen[order[:_STRANGERS]] = True
    return np.flatnonzero(chosen)


def _nearest(embeddings: Embeddings, new: Ints, progress: Progress) -> Ints:
    """(m,) the faces among the nearest of any new one."""
    import faiss

    index = faiss.IndexFlatIP(embeddings.shape[1])
    index.add(np.ascontiguousarray(embeddings, np.float32))
    found = [np.empty(0, np.int64)]
    for start in range(0, len(new), _QUERIES):
        progress.checkpoint()
        progress.report(Status("Comparing faces", start, len(new)))
        rows = new[start : start + _QUERIES]
        found.append(np.unique(index.search(np.ascontiguousarray(embeddings[rows], np.float32), _NEAR + 1)[1]))
    return np.unique(np.concatenate(found))


def _turn(values: Ints) -> Ints:
    """(m,) how often each value has come before."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    first = np.searchsorted(ordered, ordered)
    turn = np.empty(len(values), np.int64)
    turn[order] = np.arange(len(values)) - first
    return turn
