"""Our engine for albums: learned evidence relative to the album itself, without a knob."""

from __future__ import annotations

from dataclasses import dataclass, replace

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
from photoclust.clustering.impostors import estimate_impostors
from photoclust.clustering.likelihood import likelihood
from photoclust.clustering.pieces import cast_out, whole_persons
from photoclust.clustering.seats import find_regulars, take_seats
from photoclust.clustering.whispers import pairs_within, whisper
from photoclust.core.progress import Progress, Status

_LEAST_ODDS, _STEP = -7.0, 0.75

_LEVELS = (-3.0, -1.0, -2.0, -4.0, -5.0, -6.0, -7.0)
"""What may be asked instead where whole groups say so; the first is tried first, and most albums need no more."""
_PIECE = 3
"""Who is in a group of fewer faces says nothing of how much to ask: strangers would be joined to save groups."""
_HASHED = 16_384
_TEMPERS = (2.0, 3.5)
"""A gain counts that shows with either: the first alone joins the pieces of degraded photos, the second alone relatives."""


@dataclass(frozen=True)
class Album:
    """Chinese whispers over the log-odds that a small trained network gives every kNN edge.

    The more persons, the likelier a neighbour is somebody else: the faces are grouped twice, the first grouping counts the
    groups, G, and the second asks for log-odds of `prior + per_group · ln G` where that is more than `least`.

    Two faces of one photo speak against each other. Where group photos give every face many such known strangers, they
    also calibrate: less and less is asked as long as hardly any two faces of one photo end up as one person. Elsewhere less is
    asked where whole groups then explain their faces better by far (`likelihood.py`): few look-alikes with many faces each.

    A second look compares whole groups (`pieces.py`): pieces of one person are joined, and who does not fit is cast out.
    Where the same few persons share most photos, the faces of each photo are told apart together (`seats.py`).
    Decisions made by hand are law at the end, and change only the groups that break it.
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
    gain: float = 0.18
    """How much better, in nats a face, whole groups must explain their faces before less is asked. Measured: 0.2 to 1.1 in albums
    of seven look-alikes, at most 0.14 among many families."""
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
        labels: Ints = np.arange(len(embeddings))
        if len(labels) > 1:
            order = _by_content(embeddings)
            photo = hints.photo[order] if hints.photo is not None else None
            labels[order] = self._persons(embeddings[order], replace(hints, photo=photo), seed, progress)
        progress.report(Status("Judging how sure it is"))
        kept = enforce(labels, constraints, embeddings)
        return Clustering(kept, confidence(kept, embeddings, progress))

    def _persons(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Ints:
        """(n,) labels of n ≥ 2 unit vectors, of the photos of the hints."""
        n = len(embeddings)
        neighbours = nearest_neighbours(embeddings, self.k, progress)
        evidence = weigh_edges(embeddings, neighbours, LinkEstimator.shipped(), seed, progress, least=_LEAST_ODDS - _STEP)
        del neighbours
        photos = pairs_within(hints.photo) if hints.photo is not None else np.empty((0, 2), np.int64)
        voices = _Voices.of(evidence, photos, n)
        first = self._group(n, voices, self.least, seed, progress)
        asked = max(self.least, self.prior + self.per_group * float(np.log(len(np.unique(first)) * (n + hints.beyond) / n)))
        labels = self._group(n, voices, asked, seed, progress)
        if 2 * len(photos) >= self.companions * n:
            labels = self._ask_less(labels, n, voices, asked, photos, seed, progress)
        else:
            labels = self._ask_groups(labels, embeddings, voices, photos, seed, progress)
        strangers = estimate_impostors(embeddings, seed)
        labels = whole_persons(embeddings, labels, strangers, voices.apart, progress)
        if hints.photo is not None and len(regulars := find_regulars(labels, hints.photo)):
            labels = take_seats(embeddings, labels, hints.photo, regulars, progress)
        return cast_out(embeddings, labels, strangers)

    def _ask_less(self, labels: Ints, n: int, voices: _Voices, asked: float, photos: Ints, seed: int, progress: Progress) -> Ints:
        """The grouping that asks least and still keeps the faces of one photo apart."""
        while asked > _LEAST_ODDS:
            asked -= _STEP
            found = self._group(n, voices, asked, seed, progress)
            if self._mixed(found, photos):
                break
            labels = found
        return labels

    def _ask_groups(
        self, labels: Ints, embeddings: Embeddings, voices: _Voices, photos: Ints, seed: int, progress: Progress
    ) -> Ints:
        """The grouping that asks less and in which whole groups explain best the faces that now are in a piece of a person."""
        n = len(labels)
        pieces = np.bincount(labels)[labels] >= _PIECE
        faces = embeddings[pieces]

        def explained(found: Ints) -> NDArray[np.float64]:
            return np.array([likelihood(faces, found[pieces], temper) for temper in _TEMPERS]) / n

        before = explained(labels)
        most = np.zeros(len(_TEMPERS))
        best = labels
        for level in _LEVELS:
            found = self._group(n, voices, level, seed, progress)
            gain = explained(found) - before
            if level == _LEVELS[0] and gain[-1] < self.gain / 4:
                return labels
            if not self._mixed(found, photos):
                best = found if gain[-1] > most[-1] else best
                most = np.maximum(most, gain)
        return best if most.min() >= self.gain else labels

    def _mixed(self, labels: Ints, photos: Ints) -> bool:
        """Whether too many pairs within photos (m, 2) are one person."""
        return bool(len(photos)) and float(np.mean(labels[photos[:, 0]] == labels[photos[:, 1]])) > self.together

    def _group(self, n: int, voices: _Voices, asked: float, seed: int, progress: Progress) -> Ints:
        """Whispers over the edges whose log-odds exceed those asked for, and against what is apart."""
        evidence, apart = voices.evidence, voices.apart
        speaks = (evidence.log_odds > asked) & voices.free
        pairs = np.concatenate([evidence.pairs[speaks], apart])
        loud = np.concatenate([evidence.log_odds[speaks] - asked, np.full(len(apart), -self.same_photo, np.float32)])
        return whisper(n, pairs, loud, rounds=self.rounds, seed=seed, progress=progress)


def _by_content(embeddings: Embeddings) -> Ints:
    """(n,) the rows in an order by chance that only the vectors decide: the same faces are the same groups in any order."""
    words = np.ascontiguousarray(embeddings, np.float32).view(np.uint32)
    factors = np.random.default_rng(0).integers(1, 2**63, words.shape[1], np.uint64)
    hashed = [words[start : start + _HASHED].astype(np.uint64) @ factors for start in range(0, len(words), _HASHED)]
    order: Ints = np.argsort(np.concatenate(hashed), kind="stable")
    return order


@dataclass(frozen=True)
class _Voices:
    """What speaks in the whispers."""

    evidence: Evidence
    apart: Ints
    """(m, 2) of one photo."""
    free: NDArray[np.bool_]
    """Which of the evidence is not about two faces of one photo."""

    @classmethod
    def of(cls, evidence: Evidence, apart: Ints, n: int) -> _Voices:
        """Sort out the evidence, whose pairs rise, of n faces."""
        keys = evidence.pairs[:, 0] * n + evidence.pairs[:, 1]
        hushed = apart.min(1, initial=n) * n + apart.max(1, initial=-1)
        free = np.ones(len(keys), np.bool_)
        at = np.searchsorted(keys, hushed)
        inside = at < len(keys)
        at, hushed = at[inside], hushed[inside]
        free[at[keys[at] == hushed]] = False
        return cls(evidence, apart, free)
