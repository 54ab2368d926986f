"""The rules by which other photo apps group faces, so that they can be measured on the same embeddings as ours.

Their thresholds belong to their embedders. Each engine says how its own was carried over to SFace, once, without labels of
the set it is measured on:

- a threshold that the app itself ships for SFace is taken as it is (PhotoPrism);
- ArcFace → SFace by equal false-accept rate: cosines of strangers lie about nought, so equal rates lie at cosines in one
  proportion. One stranger in a thousand passes 0.28 of ArcFace (LFW, as published with AdvFaces) and 0.36 of SFace (LFW,
  measured), a factor of 1.29;
- a Euclidean threshold of another embedder keeps its share of that embedder's verification threshold; DeepFace tuned them
  alike on LFW: 0.6 for dlib, 1.055 for SFace. A chord d of unit vectors is the cosine 1 − d²/2.

digiKam is not here: it groups nothing before the user has named somebody. `bench effort` does that (`bench/by_hand.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.baseline import Baseline, Sweep, steps
from photoclust.clustering.baselines import SIMILARITIES, Links, hdbscan
from photoclust.clustering.engine import Embeddings, Hints, Ints
from photoclust.clustering.graph import nearest_neighbours, undirected
from photoclust.clustering.whispers import whisper
from photoclust.core.progress import Progress, Status

_ROWS = 512  # faces compared with all others at once
_SAMPLES, _ROUNDS, _SHRINK, _MARGIN = 8, 6, 0.95, 0.01  # PhotoPrism's own


@dataclass(frozen=True)
class Immich(Baseline[Embeddings]):
    """Immich: one face after the other asks its nearest; a face with enough of them may found a person.

    A face with at least `core` faces in reach, itself among them, joins the person of the nearest face that has one, or
    founds a person. The others wait until all have been asked, then join the nearest person in reach, or stay alone. Immich
    asks for a cosine distance of at most 0.5 between ArcFace vectors, a cosine of 0.5; by equal false-accept rate that is
    0.64 of SFace. The faces come in the order of the rows.
    """

    similarity: float = 0.64
    core: int = 3
    name: str = "immich"
    sweep: ClassVar = Sweep("similarity", SIMILARITIES)

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Embeddings:
        """Nothing to do before."""
        return embeddings

    def cut(self, prepared: Embeddings, progress: Progress) -> Ints:
        """Cores first, in order, then the faces that had to wait."""
        n = len(prepared)
        persons = np.full(n, -1, np.int64)
        waiting: list[int] = []
        founded = 0
        for face, alike in rows_of_cosines(prepared, np.arange(n), progress):
            reach = alike >= self.similarity
            reach[face] = True
            count = int(reach.sum())
            if count < self.core:
                if count > 1:
                    waiting.append(face)
                continue
            person = _nearest_person(alike, reach, persons)
            if person < 0:
                person, founded = founded, founded + 1
            persons[face] = person
        for face, alike in rows_of_cosines(prepared, np.array(waiting, np.int64), progress):
            persons[face] = _nearest_person(alike, alike >= self.similarity, persons)
        return persons


def _nearest_person(alike: NDArray[np.float32], reach: NDArray[np.bool_], persons: Ints) -> int:
    """The person of the most similar face in reach that has one, or −1."""
    theirs = np.flatnonzero(reach & (persons >= 0))
    return int(persons[theirs[alike[theirs].argmax()]]) if len(theirs) else -1


def rows_of_cosines(embeddings: Embeddings, rows: Ints, progress: Progress) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Each of the rows with its (n,) cosines to all (n, d) faces."""
    for start in range(0, len(rows), _ROWS):
        progress.checkpoint()
        progress.report(Status("Grouping faces", start, len(rows)))
        part = rows[start : start + _ROWS]
        yield from zip(part.tolist(), embeddings[part] @ embeddings.T, strict=True)


class Timeline(NamedTuple):
    """Faces from the newest to the oldest."""

    embeddings: Embeddings
    order: Ints
    """(n,) rows, newest first."""
    bad: NDArray[np.bool_]
    """(n,) faces that are blurred or turned away."""


@dataclass(frozen=True)
class Ente(Baseline[Timeline]):
    """Ente: from the newest face to the oldest, each joins its nearest among those before it, if that is near enough.

    A neighbour that is a bad face (here: of a quality below `bad`; Ente: blurred or sideways) must be `stricter` times as
    alike, and one above `enough` ends the search. Batches of 10,000 faces advance by 7,500, those already grouped first.
    Ente's cosines of a MobileFaceNet are 0.76, 0.84 and 0.9. No error rate of it is published; but Ente begins to ask its
    users about a group at 0.47, as a verification threshold would, which is 0.41 for SFace (DeepFace), so 0.76 becomes 0.66,
    0.84 becomes 0.73 and 0.9 becomes 0.78. Without capture times the rows count as newest first.
    """

    similarity: float = 0.66
    stricter: float = 0.84 / 0.76
    enough: float = 0.78
    bad: float = 0.3
    batch: int = 10_000
    advance: int = 7_500
    name: str = "ente"
    sweep: ClassVar = Sweep("similarity", SIMILARITIES)

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Timeline:
        """Sort by capture time; a face without one counts as oldest."""
        n = len(embeddings)
        order: Ints = np.arange(n)
        if hints.taken_at is not None:
            order = np.argsort(-np.nan_to_num(hints.taken_at, nan=-np.inf), kind="stable")
        bad = np.zeros(n, bool) if hints.quality is None else hints.quality < self.bad
        return Timeline(embeddings, order, bad)

    def cut(self, prepared: Timeline, progress: Progress) -> Ints:
        """One pass over each batch."""
        embeddings, order, bad = prepared
        groups = np.full(len(order), -1, np.int64)
        asked = np.where(bad, min(self.similarity * self.stricter, 1.0), self.similarity)
        enough = max(self.enough, self.similarity)
        founded = 0
        for start in range(0, len(order), self.advance):
            batch = order[start : start + self.batch]
            known = groups[batch] >= 0
            batch = np.concatenate([batch[known], batch[~known]])
            own, least = np.ascontiguousarray(embeddings[batch]), asked[batch]
            for at, cosines in rows_of_cosines(own, np.arange(int(known.sum()), len(batch)), progress):
                alike = np.where(cosines[:at] >= least[:at], cosines[:at], -np.inf)
                sure = np.flatnonzero(alike >= enough)
                near = int(sure[-1]) if len(sure) else at - 1 - int(alike[::-1].argmax()) if at else -1
                if near >= 0 and np.isfinite(alike[near]):
                    groups[batch[at]] = groups[batch[near]]
                else:
                    groups[batch[at]], founded = founded, founded + 1
        return groups


@dataclass(frozen=True)
class LibrePhotos(Baseline[Embeddings]):
    """LibrePhotos: HDBSCAN of all faces, with larger smallest groups in larger libraries, and one sample to a core.

    At least 2 faces make a group, 4 above a thousand faces, 8 above ten thousand, 16 above a hundred thousand: no threshold
    that would belong to an embedder. Its joining distance of 0.05 is left out: it is from dlib's days, when faces were verified
    at 0.6, would be 0.09 for SFace, nearer than two photos are, and has no effect in LibrePhotos either. There groups that
    hold several named persons are split and the unnamed faces go to the nearest; so they do here.
    """

    smallest: int = 0
    """How many faces make a group; 0: by the size of the library."""
    name: str = "librephotos"
    sweep: ClassVar = Sweep("smallest", (2, 3, 4, 5, 6, 8, 10, 15))

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Embeddings:
        """Nothing to do before."""
        return embeddings

    def cut(self, prepared: Embeddings, progress: Progress) -> Ints:
        """scikit-learn's HDBSCAN."""
        n = len(prepared)
        smallest = self.smallest or 2 ** (1 + (n > 1_000) + (n > 10_000) + (n > 100_000))
        return hdbscan(prepared, smallest=smallest, min_samples=1)


@dataclass(frozen=True)
class FaceRecognition(Baseline[Links]):
    """Nextcloud's facerecognition: Chinese whispers over all links nearer than its sensitivity, each as loud as any other.

    The sensitivity is a Euclidean distance of 0.4 between dlib's vectors, two thirds of dlib's 0.6; two thirds of SFace's
    1.055 are a cosine of 0.75. A face keeps its links to the `k` nearest.
    """

    similarity: float = 0.75
    k: int = 128
    rounds: int = 20
    name: str = "facerecognition"
    sweep: ClassVar = Sweep("similarity", SIMILARITIES)

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Links:
        """The kNN graph; the seed draws the order of the whispers."""
        return Links(len(embeddings), *undirected(nearest_neighbours(embeddings, self.k, progress)), seed)

    def cut(self, prepared: Links, progress: Progress) -> Ints:
        """Whispers of equal loudness."""
        pairs = prepared.pairs[prepared.similarities > self.similarity]
        return whisper(prepared.n, pairs, np.ones(len(pairs)), rounds=self.rounds, seed=prepared.seed, progress=progress)


@dataclass(frozen=True)
class PhotoPrism(Baseline[Embeddings]):
    """PhotoPrism (2026): dense cores become persons with a middle and a radius; the other faces match a middle or nobody.

    DBSCAN (`core` faces within `reach`, at least 8 faces at all) finds the cores. A core has a middle of unit length and a
    radius, the 95th percentile of its faces' distances, at most `radius`. A core with a face farther off than its radius
    and `match` is grouped again within itself, with 95 % of the reach, up to six times, then dropped. Every other face joins
    the nearest middle within its radius and `match`, unless a second is within 0.01. All distances are those that PhotoPrism
    calibrated for SFace, chords of unit vectors; nothing had to be carried over. Its lists of children's and background
    faces, which it leaves out, are not ours to use.
    """

    reach: float = 0.78
    core: int = 5
    radius: float = 0.60
    match: float = 0.35
    name: str = "photoprism"
    sweep: ClassVar = Sweep("reach", steps(0.6, 1.24, 0.04))

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Embeddings:
        """Nothing to do before."""
        return embeddings

    def cut(self, prepared: Embeddings, progress: Progress) -> Ints:
        """Cores, then matches."""
        labels = np.full(len(prepared), -1, np.int64)
        if len(prepared) < _SAMPLES:
            return labels
        middles: list[NDArray[np.float32]] = []
        reaches: list[float] = []
        for faces in self._cores(prepared, np.arange(len(prepared)), self.reach, progress):
            middle, accepted = self._describe(prepared[faces])[:2]
            labels[faces] = len(middles)
            middles.append(middle)
            reaches.append(accepted)
        if middles:
            others = np.flatnonzero(labels < 0)
            labels[others] = _match(prepared[others], np.stack(middles), np.array(reaches), progress)
        return labels

    def _cores(self, embeddings: Embeddings, faces: Ints, reach: float, progress: Progress, rounds: int = 0) -> list[Ints]:
        """The rows of each core among the `faces`; what is too wide is grouped again."""
        from sklearn.cluster import dbscan

        progress.checkpoint()
        found = dbscan(embeddings[faces], eps=reach, min_samples=self.core, algorithm="brute")[1]
        kept: list[Ints] = []
        for group in range(int(found.max()) + 1):
            own = faces[found == group]
            _, accepted, widest = self._describe(embeddings[own])
            if widest <= accepted:
                kept.append(own)
            elif rounds < _ROUNDS:
                kept += self._cores(embeddings, own, reach * _SHRINK, progress, rounds + 1)
        return kept

    def _describe(self, faces: Embeddings) -> tuple[NDArray[np.float32], float, float]:
        """The middle (d,) of a core, the distance within which it takes others, and that of its own farthest face."""
        middle = faces.mean(0)
        middle /= max(float(np.linalg.norm(middle)), 1e-6)
        distances = np.linalg.norm(faces - middle, axis=1)
        return middle, min(float(np.quantile(distances, 0.95)), self.radius) + self.match, float(distances.max())


def _match(faces: Embeddings, middles: Embeddings, reaches: NDArray[np.float64], progress: Progress) -> Ints:
    """(m,) which of the (g, d) middles each of the (m, d) faces belongs to, −1 for none or for a draw."""
    labels = np.full(len(faces), -1, np.int64)
    for start in range(0, len(faces), _ROWS):
        progress.checkpoint()
        part = faces[start : start + _ROWS]
        distances = np.sqrt(np.maximum(2 - 2 * part @ middles.T, 0))
        nearest = distances.argmin(1)
        rows = np.arange(len(part))
        near = distances[rows, nearest]
        distances[rows, nearest] = np.inf
        clear = (near <= reaches[nearest]) & (distances.min(1, initial=np.inf) - near >= _MARGIN)
        labels[start : start + _ROWS] = np.where(clear, nearest, -1)
    return labels
