"""Divide the faces of one group into two persons, by a few faces of each; fast enough to be done again at every click."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from photoclust.clustering.engine import Embeddings, Ints

LogOdds = NDArray[np.float64]

_KAPPA = 12.0
"""How much a difference of cosines says; 6, 12 and 25 were compared on pairs of look-alikes of six sets."""
_ROUNDS, _STILL = 30, 1e-4
_MIRRORS = 0.03
"""How often one person is twice in a photo: mirrors, collages, pictures on walls."""
_FEWEST, _SEED = -3.0, 30.0


def divide(
    embeddings: Embeddings, first: Ints, second: Ints, *,
    must: Ints | None = None, cannot: Ints | None = None, apart: Ints | None = None,
) -> LogOdds:  # fmt: skip
    """(n,) log-odds that each of the unit vectors (n, d) is the first person rather than the second.

    `first` and `second` are rows that are certain; `first` may be empty: then it is whoever the second is not. `must` and
    `cannot` (m, 2) are law as far as the certain rows allow; `apart` (p, 2) are rows that share a photo, which is evidence.

    A mixture of two von Mises–Fisher distributions of one concentration, fitted by expectation-maximisation
    (Banerjee et al. 2005) from the certain rows, which stay certain.
    """
    n = len(embeddings)
    sure = np.zeros(n)
    sure[first], sure[second] = _SEED, -_SEED
    vectors = embeddings.astype(np.float64)
    piece = _pieces(n, _pairs(must), sure)
    both = _pairs(apart)
    start = first if len(first) else np.arange(n)
    middles = _unit(np.stack([vectors[start].mean(0), vectors[second].mean(0)]))
    share, odds = 0.0, sure
    for _ in range(_ROUNDS):
        scores = vectors @ middles.T
        own = np.where(sure != 0, sure, _KAPPA * (scores[:, 0] - scores[:, 1]) + share)
        odds = np.where(sure != 0, sure, np.bincount(piece, own + _heard(own, both))[piece])
        first_share = 1 / (1 + np.exp(-np.clip(odds, -_SEED, _SEED)))
        weights = np.stack([first_share, 1 - first_share])
        moved = _unit(weights @ vectors)
        share = float(np.clip(np.log(weights[0].sum() / weights[1].sum()), _FEWEST, -_FEWEST))
        if np.abs(moved - middles).max() < _STILL:
            break
        middles = moved
    return _obey(odds, piece, _pairs(cannot), sure)


def _pairs(pairs: Ints | None) -> Ints:
    return np.empty((0, 2), np.int64) if pairs is None else pairs


def _unit(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return result


def _pieces(n: int, must: Ints, sure: LogOdds) -> Ints:
    """(n,) which rows go together; links that would bind certain rows of both persons bind nobody."""
    graph = coo_matrix((np.ones(len(must)), (must[:, 0], must[:, 1])), shape=(n, n))
    count, piece = connected_components(graph, directed=False)
    torn = np.zeros(count, np.bool_)
    torn[np.intersect1d(piece[sure > 0], piece[sure < 0])] = True
    result: Ints = np.where(torn[piece], count + np.arange(n), piece).astype(np.int64)
    return np.unique(result, return_inverse=True)[1].reshape(-1)


def _heard(own: LogOdds, apart: Ints) -> LogOdds:
    """(n,) what the other face of each pair that shares a photo says by its own looks."""
    chance = 1 / (1 + np.exp(-np.clip(own, -_SEED, _SEED)))
    same, other = _MIRRORS, 1 - _MIRRORS
    says = np.log((chance * same + (1 - chance) * other) / (chance * other + (1 - chance) * same))
    heard = np.zeros(len(own))
    np.add.at(heard, apart.ravel(), says[apart[:, ::-1].ravel()])
    return heard


def _obey(odds: LogOdds, piece: Ints, cannot: Ints, sure: LogOdds) -> LogOdds:
    """The log-odds (n,) with pieces that must not be together on two sides: who is surer is settled first."""
    told = np.zeros(piece.max(initial=-1) + 1)
    told[piece] = odds
    told[piece[sure != 0]] = sure[sure != 0]
    against: dict[int, set[int]] = {}
    for a, b in piece[cannot].tolist():
        if a != b:
            against.setdefault(a, set()).add(b)
            against.setdefault(b, set()).add(a)
    settled: dict[int, float] = {}
    for one in sorted(against, key=lambda p: -abs(told[p])):
        rivals = [settled[other] for other in against[one] if other in settled]
        strongest = max(rivals, key=abs, default=0.0)
        agreed = all(rival * strongest > 0 for rival in rivals)
        if rivals and agreed and strongest * told[one] >= 0 and abs(told[one]) < _SEED:
            told[one] = -strongest
        settled[one] = float(told[one])
    return np.where(sure != 0, sure, told[piece])
