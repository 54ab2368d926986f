"""Our engine for albums: learned evidence relative to the album itself, without a knob."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

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
from photoclust.clustering.evidence import Evidence, LinkEstimator, trust_in, weigh_edges
from photoclust.clustering.graph import nearest_neighbours
from photoclust.clustering.impostors import Impostors, estimate_impostors
from photoclust.clustering.likelihood import gains, likelihoods
from photoclust.clustering.pieces import cast_out, numbered, whole_persons
from photoclust.clustering.seats import find_regulars, take_seats
from photoclust.clustering.whispers import pairs_within, whisper
from photoclust.core.progress import Progress, Status

_LEVELS = (-3.0, -1.0, -2.0, -4.0, -5.0, -6.0, -7.0)
"""What may be asked instead where whole groups say so; the first is tried first, and most albums need no more."""
_STEP, _MOST = 0.5, 8.0
"""What may be asked instead where photos calibrate: from 0 down in such steps; and up to the last where they show too many as one
person."""
_HASHED = 16_384  # faces at a time
_PIECE = 3
"""Who is in a group of fewer faces says nothing of how much to ask: strangers would be joined to save groups."""
_TEMPERS = (2.0, 3.5)
"""A gain counts that shows with both: the first alone joins the pieces of degraded photos, the second alone relatives."""


@dataclass(frozen=True)
class Album:
    """Chinese whispers over the log-odds that a small trained network gives every kNN edge.

    Asked of an edge is that one person is a little likelier than two. The fewer faces, the more the album's own share of links
    tells instead what to ask (`Evidence.rarity`): five faces may be one person or five.

    Two faces of one photo speak against each other. Where group photos give every face many such known strangers, they
    also calibrate: less and less is asked as long as hardly any two faces of one photo end up as one person, and more where
    too many do. Elsewhere less is asked where whole groups then explain their faces better by far (`likelihood.py`): few
    look-alikes with many faces each.

    A second look compares whole groups (`pieces.py`): pieces of one person are joined, and who does not fit is cast out.
    Where the same few persons share most photos, the faces of each photo are told apart together (`seats.py`).
    Decisions made by hand are law at the end, and change only the groups that break it.
    """

    k: int = 80
    asked: float = 0.5
    """The log-odds that an edge must exceed."""
    companions: float = 4.0
    """How many companions a face needs in its photo, on average, for the photos to calibrate: who is seldom photographed
    with others can be mixed up without a trace."""
    together: float = 0.03
    """The share of the pairs within photos that may end up as one person while less is asked."""
    gain: float = 0.1
    """How much better, in nats a face, whole groups must explain their faces before less is asked."""
    gaining: float = 0.2
    """What share of all faces must gain. Measured: 0.2 to 0.6 in albums of seven look-alikes, at most 0.17 among many families,
    where a few relatives gain much."""
    same_photo: float = 20.0
    """How loudly a face speaks against another of its photo: soft, for mirrors, collages and framed pictures exist."""
    per_beyond: float = 0.55
    """How much more is asked for every e-fold of faces that the library has beyond those that are shown."""
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
            order = by_content(embeddings)
            scene = _Scene.of(embeddings[order], hints.of(order), self, seed, progress)
            labels[order] = self._persons(scene, hints.beyond)
        progress.report(Status("Judging how sure it is"))
        kept = enforce(labels, constraints, embeddings)
        return Clustering(kept, confidence(kept, embeddings, progress))

    def _persons(self, scene: _Scene, beyond: int) -> Ints:
        """(n,) labels of n faces of a library that has so many beyond them."""
        n = len(scene.embeddings)
        trust = trust_in(n)
        asked = trust * self.asked + (1 - trust) * scene.evidence.rarity()
        asked += self.per_beyond * float(np.log((n + beyond) / n))
        labels = scene.group(asked)
        if self._mixed(labels, scene):
            labels = self._ask_more(labels, asked, scene)
        if 2 * len(scene.apart) >= self.companions * n:
            labels = self._ask_photos(labels, asked, scene)
        else:
            labels = scene.persons(self._ask_groups(labels, scene))[0]
        return cast_out(scene.embeddings, labels, scene.strangers)

    def _ask_more(self, labels: Ints, asked: float, scene: _Scene) -> Ints:
        """The grouping that asks more, keeps the faces of one photo apart and explains the faces best."""
        found = [scene.group(float(level)) for level in np.arange(asked + _STEP, _MOST, _STEP)]
        apart = [grouping for grouping in found if not self._mixed(grouping, scene)]
        return max(apart or [labels], key=lambda grouping: float(likelihoods(scene.embeddings, grouping, _TEMPERS[0]).sum()))

    def _ask_photos(self, labels: Ints, asked: float, scene: _Scene) -> Ints:
        """The persons where least is asked and the faces of one photo still stay apart; rather some in which regulars are seated,
        unless others explain the faces better."""
        best, seated = scene.persons(labels)
        for level in np.arange(min(0.0, np.floor(asked)), _LEVELS[-1] - _STEP, -_STEP):
            found = scene.group(float(level))
            if self._mixed(found, scene):
                continue
            persons, regulars = scene.persons(found)
            if regulars or not seated or min(gains(scene.embeddings, best, persons, temper)[0] for temper in _TEMPERS) > 0:
                best, seated = persons, regulars
        return best

    def _ask_groups(self, labels: Ints, scene: _Scene) -> Ints:
        """The grouping that asks less and in which whole groups explain best the faces that now are in a piece of a person."""
        n, best, most = len(labels), labels, 0.0
        pieces = np.bincount(labels)[labels] >= _PIECE
        faces = scene.embeddings[pieces]
        for level in _LEVELS:
            found = scene.group(level)
            totals, each = zip(*(gains(faces, labels[pieces], found[pieces], temper) for temper in _TEMPERS), strict=True)
            if level == _LEVELS[0] and totals[-1] < self.gain / 4 * n:
                return labels
            gaining = np.count_nonzero(np.min(each, axis=0) > self.gain)
            better = min(totals) >= self.gain * n and gaining >= self.gaining * n
            if better and totals[-1] > most and not self._mixed(found, scene):
                best, most = found, totals[-1]
        return best

    def _mixed(self, labels: Ints, scene: _Scene) -> bool:
        """Whether too many pairs within photos (m, 2) are one person."""
        one, other = labels[scene.apart].T
        return bool(len(one)) and float(np.mean(one == other)) > self.together


@dataclass(frozen=True)
class _Scene:
    """One album, and what speaks in its whispers."""

    embeddings: Embeddings
    photo: Ints | None
    evidence: Evidence
    """That which speaks: not about two faces of one photo."""
    apart: Ints
    """(m, 2) of one photo."""
    strangers: Impostors
    album: Album
    seed: int
    progress: Progress

    @classmethod
    def of(cls, embeddings: Embeddings, hints: Hints, album: Album, seed: int, progress: Progress) -> _Scene:
        """Look at an album."""
        neighbours, links, least = nearest_neighbours(embeddings, album.k, progress), LinkEstimator.shipped(), _LEVELS[-1] - _STEP
        evidence = weigh_edges(embeddings, neighbours, links, seed, progress, quality=hints.quality, least=least)
        apart = pairs_within(hints.photo) if hints.photo is not None else np.empty((0, 2), np.int64)
        strangers = estimate_impostors(embeddings, seed)
        return cls(embeddings, hints.photo, evidence.without(apart, len(embeddings)), apart, strangers, album, seed, progress)

    def group(self, asked: float) -> Ints:
        """Whispers (n,) over the edges whose log-odds exceed those asked for, and against what is apart."""
        speaks = self.evidence.log_odds > asked
        pairs = np.concatenate([self.evidence.pairs[speaks], self.apart])
        loud = np.concatenate([self.evidence.log_odds[speaks] - asked, np.full(len(self.apart), -self.album.same_photo)])
        return numbered(
            whisper(len(self.embeddings), pairs, loud, rounds=self.album.rounds, seed=self.seed, progress=self.progress)
        )

    def persons(self, labels: Ints) -> tuple[Ints, bool]:
        """The persons (n,) that the groups are pieces of, and whether some are regulars, who have their seats then."""
        labels = whole_persons(self.embeddings, labels, self.strangers, self.apart, self.progress)
        if self.photo is None or not len(regulars := find_regulars(labels, self.photo)):
            return labels, False
        return take_seats(self.embeddings, labels, self.photo, regulars, self.progress), True


def by_content(embeddings: Embeddings) -> Ints:
    """(n,) the rows in an order by chance that only the vectors decide: the same faces are the same groups in any order."""
    words = np.ascontiguousarray(embeddings, np.float32).view(np.uint32)
    factors = np.random.default_rng(0).integers(1, 2**63, words.shape[1], np.uint64)
    hashed = [words[start : start + _HASHED].astype(np.uint64) @ factors for start in range(0, len(words), _HASHED)]
    order: Ints = np.argsort(np.concatenate(hashed), kind="stable")
    return order
