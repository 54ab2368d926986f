"""Divide the faces of one group into two persons, by a few faces of each; fast enough to be done again at every click."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import Embeddings, Ints

LogOdds = NDArray[np.float64]

_KAPPA = 12.0
"""How much a difference of cosines says; 6, 12 and 25 were compared on pairs of look-alikes of six sets."""
_ROUNDS, _STILL = 30, 1e-4
_MIRRORS = 0.03
"""How often one person is twice in a photo: mirrors, collages, pictures on walls."""
_MISTAKES = 0.1
"""How often two that were joined by hand are two persons, where somebody says that the group is."""
_MOST_SHARE, _SEED = 3.0, 30.0


def divide(
    embeddings: Embeddings, first: Ints, second: Ints, *,
    cannot: Ints | None = None, must: Ints | None = None, apart: Ints | None = None,
) -> LogOdds:  # fmt: skip
    """(n,) log-odds that each of the unit vectors (n, d) is the first person rather than the second.

    `first` and `second` are rows that are certain; `first` may be empty: then it is whoever the second is not. `cannot`
    (m, 2) is law as far as the certain rows allow. `must` (m, 2) is evidence only: that the group was joined at all may be
    the mistake. So is `apart` (p, 2), the rows that share a photo.

    A mixture of two von Mises–Fisher distributions of one concentration, fitted by expectation-maximisation
    (Banerjee et al. 2005) from the certain rows, which stay certain.
    """
    n = len(embeddings)
    sure = np.zeros(n)
    sure[first], sure[second] = _SEED, -_SEED
    vectors = embeddings.astype(np.float64)
    start = first if len(first) else np.arange(n)
    middles = _unit(np.stack([vectors[start].mean(0), vectors[second].mean(0)]))
    share, odds = 0.0, sure
    for _ in range(_ROUNDS):
        scores = vectors @ middles.T
        own = np.where(sure != 0, sure, _KAPPA * (scores[:, 0] - scores[:, 1]) + share)
        heard = _heard(own, _pairs(apart), 1 - _MIRRORS) + _heard(own, _pairs(must), _MISTAKES)
        odds = np.where(sure != 0, sure, own + heard)
        weights = np.stack([_chance(odds), 1 - _chance(odds)])
        moved = _unit(weights @ vectors)
        share = float(np.clip(np.log(weights[0].sum() / weights[1].sum()), -_MOST_SHARE, _MOST_SHARE))
        if np.abs(moved - middles).max() < _STILL:
            break
        middles = moved
    return _obey(odds, _pairs(cannot), sure)


def _pairs(pairs: Ints | None) -> Ints:
    return np.empty((0, 2), np.int64) if pairs is None else pairs


def _unit(vectors: LogOdds) -> LogOdds:
    result: LogOdds = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return result


def _chance(odds: LogOdds) -> LogOdds:
    result: LogOdds = 1 / (1 + np.exp(-np.clip(odds, -_SEED, _SEED)))
    return result


def _heard(own: LogOdds, pairs: Ints, different: float) -> LogOdds:
    """(n,) what the other one of each pair says by its own looks, where two of a pair differ with this chance."""
    chance = _chance(own)
    says = np.log((chance * (1 - different) + (1 - chance) * different) / (chance * different + (1 - chance) * (1 - different)))
    heard = np.zeros(len(own))
    np.add.at(heard, pairs.ravel(), says[pairs[:, ::-1].ravel()])
    return heard


def _obey(odds: LogOdds, cannot: Ints, sure: LogOdds) -> LogOdds:
    """The log-odds (n,) with rows that must not be together on two sides: who is surer is settled first."""
    told = odds.copy()
    against: dict[int, set[int]] = {}
    for a, b in cannot.tolist():
        against.setdefault(a, set()).add(b)
        against.setdefault(b, set()).add(a)
    settled: dict[int, float] = {}
    for row in sorted(against, key=lambda row: -abs(told[row])):
        rivals = [settled[other] for other in against[row] if other in settled]
        strongest = max(rivals, key=abs, default=0.0)
        agreed = all(rival * strongest > 0 for rival in rivals)
        if agreed and sure[row] == 0 and strongest * told[row] > 0:
            told[row] = -strongest
        settled[row] = float(told[row])
    return told
