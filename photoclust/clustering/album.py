"""Our engine for albums: learned evidence relative to the album itself, without a knob."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.confidence import confidence
from photoclust.clustering.constraints import draw_law, enforce
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
from photoclust.clustering.impostors import estimate_impostors
from photoclust.clustering.pieces import cast_out, whole_persons
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

    A second look compares whole groups (`pieces.py`): pieces of one person are joined, and who does not fit is cast out.
    Decisions made by hand speak in all of it, and are law at the end.
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
    decided: float = 20.0
    """How loudly two faces that were decided to be one person speak for each other."""
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
            photos = pairs_within(hints.photo) if hints.photo is not None else np.empty((0, 2), np.int64)
            bound, enemies = _decided(n, constraints, evidence.pairs)
            voices = _Voices(evidence, bound, np.concatenate([photos, enemies]))
            first = self._group(n, voices, self.least, seed, progress)
            asked = max(self.least, self.prior + self.per_group * float(np.log(len(np.unique(first)))))
            labels = self._group(n, voices, asked, seed, progress)
            if 2 * len(photos) >= self.companions * n:
                labels = self._ask_less(labels, n, voices, asked, photos, seed, progress)
            strangers = estimate_impostors(embeddings, seed)
            labels = whole_persons(embeddings, labels, strangers, voices.apart, progress)
            labels = cast_out(embeddings, labels, strangers)
        kept = enforce(labels, constraints, embeddings)
        return Clustering(kept, confidence(kept, embeddings))

    def _ask_less(self, labels: Ints, n: int, voices: _Voices, asked: float, photos: Ints, seed: int, progress: Progress) -> Ints:
        """The grouping that asks least and still keeps the faces of one photo apart."""
        while asked > _LEAST_ODDS:
            asked -= _STEP
            found = self._group(n, voices, asked, seed, progress)
            if np.mean(found[photos[:, 0]] == found[photos[:, 1]]) > self.together:
                break
            labels = found
        return labels

    def _group(self, n: int, voices: _Voices, asked: float, seed: int, progress: Progress) -> Ints:
        """Whispers over the edges whose log-odds exceed those asked for, over what is bound, and against what is apart."""
        evidence, bound, apart = voices.evidence, voices.bound, voices.apart
        speaks = (evidence.log_odds > asked) & ~_among(evidence.pairs, np.concatenate([bound, apart]), n)
        pairs = np.concatenate([evidence.pairs[speaks], bound, apart])
        decided = np.repeat([self.decided, -self.same_photo], [len(bound), len(apart)])
        loud = np.concatenate([evidence.log_odds[speaks] - asked, decided])
        return whisper(n, pairs, loud, rounds=self.rounds, seed=seed, progress=progress)


@dataclass(frozen=True)
class _Voices:
    """What speaks in the whispers."""

    evidence: Evidence
    bound: Ints
    """(m, 2) decided to be one person."""
    apart: Ints
    """(m, 2) of one photo, or decided to be two persons."""


def _decided(n: int, constraints: Constraints, edges: Ints) -> tuple[Ints, Ints]:
    """Pairs that bind the faces of one atom in a chain, and pairs that are apart: cannot-links, and edges between anchors."""
    nothing = np.empty((0, 2), np.int64)
    if not constraints:
        return nothing, nothing
    law = draw_law(n, constraints)
    order = np.argsort(law.atoms, kind="stable")
    chain = np.stack([order[:-1], order[1:]], axis=1)
    chain = chain[(law.atoms[chain[:, 0]] == law.atoms[chain[:, 1]]) & (law.atoms[chain[:, 0]] >= 0)]
    anchor = np.array([law.anchors.get(atom, -1) for atom in law.atoms.tolist()], np.int64)
    one, other = anchor[edges[:, 0]], anchor[edges[:, 1]]
    rivals = edges[(one >= 0) & (other >= 0) & (one != other)]
    cannot = constraints.cannot.reshape(-1, 2)
    cannot = cannot[cannot[:, 0] != cannot[:, 1]]
    return chain, np.concatenate([cannot, rivals])


def _among(pairs: Ints, others: Ints, n: int) -> NDArray[np.bool_]:
    """(m,) whether each of the pairs (m, 2) is one of the others, in either direction."""
    found: NDArray[np.bool_] = np.isin(pairs.min(1) * n + pairs.max(1), others.min(1, initial=n) * n + others.max(1, initial=-1))
    return found
