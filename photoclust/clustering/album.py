"""Our engine for albums: learned evidence relative to the album itself, without a knob."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.confidence import confidence
from photoclust.clustering.constraints import enforce
from photoclust.clustering.engine import (
    NO_CONSTRAINTS,
    NO_HINTS,
    SILENT,
    Clustering,
    Constraints,
    Embeddings,
    Hints,
    Ints,
)
from photoclust.clustering.evidence import Evidence, LinkEstimator, weigh_edges
from photoclust.clustering.graph import nearest_neighbours
from photoclust.clustering.whispers import pairs_within, whisper
from photoclust.core.progress import Progress

_LEAST_ODDS, _STEP = -7.0, 0.75


@dataclass(frozen=True)
class Album:
    """Chinese whispers over the log-odds that a small trained network gives every kNN edge.

    The more persons, the likelier a neighbour is somebody else: the faces are grouped twice, the first grouping counts the
    groups, G, and the second asks for log-odds of `prior + per_group · ln G` where that is more than `least`.

    Two faces of one photo speak against each other. Where group photos give every face many such known strangers, they
    also calibrate: less and less is asked as long as hardly any two faces of one photo end up as one person.
    """

    k: int = 80
    prior: float = -3.0
    per_group: float = 0.55
    least: float = 0.5
    companions: float = 4.0
    """How many companions a face needs in its photo, on average, for the photos to calibrate: who is seldom photographed
    with others can be mixed up without a trace."""
    together: float = 0.03
    """The share of the pairs within photos that may end up as one person while less is asked."""
    same_photo: float = 20.0
    """How loudly a face speaks against another of its photo: soft, for mirrors, collages and framed pictures exist."""
    rounds: int = 20
    name: str = "album"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Group (n, d) unit vectors; the seed draws the order of the whispers and the sample of strangers."""
        progress.checkpoint()
        n = len(embeddings)
        labels: Ints = np.arange(n)
        if n > 1:
            neighbours = nearest_neighbours(embeddings, self.k, progress)
            evidence = weigh_edges(embeddings, neighbours, LinkEstimator.shipped(), seed, progress)
            apart = pairs_within(hints.photo) if hints.photo is not None else np.empty((0, 2), np.int64)
            first = self._group(n, evidence, self.least, apart, seed, progress)
            asked = max(self.least, self.prior + self.per_group * float(np.log(len(np.unique(first)))))
            labels = self._group(n, evidence, asked, apart, seed, progress)
            if 2 * len(apart) >= self.companions * n:
                labels = self._ask_less(labels, n, evidence, asked, apart, seed, progress)
        kept = enforce(labels, constraints, embeddings)
        return Clustering(kept, confidence(kept, embeddings))

    def _ask_less(
        self, labels: Ints, n: int, evidence: Evidence, asked: float, apart: Ints, seed: int, progress: Progress
    ) -> Ints:
        """The grouping that asks least and still keeps the faces of one photo apart."""
        while asked > _LEAST_ODDS:
            asked -= _STEP
            found = self._group(n, evidence, asked, apart, seed, progress)
            if np.mean(found[apart[:, 0]] == found[apart[:, 1]]) > self.together:
                break
            labels = found
        return labels

    def _group(self, n: int, evidence: Evidence, asked: float, apart: Ints, seed: int, progress: Progress) -> Ints:
        """Whispers over the edges whose log-odds exceed those asked for, and against the pairs `apart` (m, 2)."""
        speaks = (evidence.log_odds > asked) & ~_among(evidence.pairs, apart, n)
        pairs = np.concatenate([evidence.pairs[speaks], apart])
        loud = np.concatenate([evidence.log_odds[speaks] - asked, np.full(len(apart), -self.same_photo)])
        return whisper(n, pairs, loud, rounds=self.rounds, seed=seed, progress=progress)


def _among(pairs: Ints, others: Ints, n: int) -> NDArray[np.bool_]:
    """(m,) whether each of the pairs (m, 2) is one of the others, in either direction."""
    found: NDArray[np.bool_] = np.isin(pairs.min(1) * n + pairs.max(1), others.min(1, initial=n) * n + others.max(1, initial=-1))
    return found
