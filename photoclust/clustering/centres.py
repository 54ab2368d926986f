"""Classical engines that look for the middles of the groups, from scikit-learn and SciPy: good where persons are few."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.baseline import Baseline, Sweep, steps
from photoclust.clustering.baselines import chord
from photoclust.clustering.engine import Embeddings, Hints, Ints
from photoclust.clustering.finch import FINCH
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress

_SHARES = (0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1, 0.13, 0.16, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75)


class Seeded(NamedTuple):
    """Faces, and the seed of the first centres."""

    embeddings: Embeddings
    distinct: int
    """How many of them differ."""
    seed: int


def choose_groups(embeddings: Embeddings, asked: int, progress: Progress) -> int:
    """How many groups to look for: as many as asked, or (0) as FINCH finds at its own threshold."""
    if asked < 0:
        raise UserError(f"There cannot be {asked} persons; give their number, or 0 to have it estimated.")
    if asked:
        return min(asked, len(embeddings))
    return int(FINCH().cut(embeddings, progress).max()) + 1


@dataclass(frozen=True)
class KMeans(Baseline[Seeded]):
    """k-means of unit vectors. Its number of groups is given, or taken over from FINCH; time grows with n times that."""

    persons: int = 0
    """How many groups; 0: as many as FINCH finds."""
    rounds: int = 50
    starts: int = 3
    """The best of so many first centres is kept."""
    name: str = "kmeans"
    sweep: ClassVar = Sweep("persons", _SHARES, of_faces=True)

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Seeded:
        """Count the faces that differ: there are no more groups than that. The seed draws the first centres."""
        return Seeded(embeddings, len(np.unique(embeddings, axis=0)), seed)

    def cut(self, prepared: Seeded, progress: Progress) -> Ints:
        """scikit-learn's k-means++ and Lloyd's rounds."""
        import sklearn.cluster
        from sklearn.exceptions import ConvergenceWarning

        k = min(choose_groups(prepared.embeddings, int(self.persons), progress), prepared.distinct)
        progress.checkpoint()
        scikit = sklearn.cluster.KMeans(k, n_init=self.starts, max_iter=self.rounds, random_state=prepared.seed)
        with warnings.catch_warnings():  # of faces that differ only in their last bits
            warnings.simplefilter("ignore", ConvergenceWarning)
            return np.asarray(scikit.fit_predict(prepared.embeddings), np.int64)


class Spectrum(NamedTuple):
    """The directions along which a graph falls apart, most telling first."""

    embeddings: Embeddings
    vectors: NDArray[np.float64]
    """(n, n)"""
    seed: int


@dataclass(frozen=True)
class Spectral(Baseline[Spectrum]):
    """Spectral grouping (Ng, Jordan, Weiss 2001): k-means over the leading eigenvectors of the normalised similarities.

    Similarity is exp((cosine − 1) / `width`). The number of groups is given, or taken over from FINCH. All eigenvectors are
    computed once: time grows with n³.
    """

    persons: int = 0
    """How many groups; 0: as many as FINCH finds."""
    width: float = 0.05
    name: str = "spectral"
    sweep: ClassVar = Sweep("persons", (0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3), of_faces=True)
    most: ClassVar = 5_000

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Spectrum:
        """The eigenvectors of D^-½ W D^-½; the seed draws the first centres of the k-means."""
        from scipy.linalg import eigh

        weights = np.exp((embeddings @ embeddings.T - 1.0) / self.width)
        np.fill_diagonal(weights, 0.0)
        scale = 1 / np.sqrt(np.maximum(weights.sum(1), 1e-12))
        vectors = eigh(weights * scale[:, None] * scale, overwrite_a=True, check_finite=False)[1]
        return Spectrum(embeddings, vectors[:, ::-1].astype(np.float64), seed)

    def cut(self, prepared: Spectrum, progress: Progress) -> Ints:
        """k-means over the rows of the first k eigenvectors, made unit length."""
        k = choose_groups(prepared.embeddings, int(self.persons), progress)
        rows = prepared.vectors[:, :k]
        rows = (rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)).astype(np.float32)
        means = KMeans(persons=k, rounds=20, starts=1)
        return means.cut(means.prepare(rows, Hints(), prepared.seed, progress), progress)


@dataclass(frozen=True)
class MeanShift(Baseline[Embeddings]):
    """Every face climbs to where faces are densest; those that reach one peak are one group. Time grows with n² and more."""

    similarity: float = 0.65
    """Faces at least as alike as this pull."""
    name: str = "mean-shift"
    sweep: ClassVar = Sweep("similarity", steps(0.5, 0.85, 0.05))
    most: ClassVar = 4_000

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Embeddings:
        """Nothing to do before."""
        return embeddings

    def cut(self, prepared: Embeddings, progress: Progress) -> Ints:
        """scikit-learn's flat kernel of one radius, from every face."""
        import sklearn.cluster

        shifted = sklearn.cluster.MeanShift(bandwidth=max(chord(self.similarity), 1e-3), max_iter=100)
        return np.asarray(shifted.fit_predict(prepared), np.int64)


@dataclass(frozen=True)
class AffinityPropagation(Baseline[NDArray[np.float64]]):
    """Faces send each other messages until some stand for others (Frey and Dueck 2007); memory grows with n²."""

    preference: float = -0.5
    """How willingly a face stands for others, as a cosine; the lower, the fewer groups."""
    damping: float = 0.7
    rounds: int = 200
    name: str = "affinity-propagation"
    sweep: ClassVar = Sweep("preference", (-6.0, -4.0, -3.0, -2.0, -1.5, -1.0, -0.5, -0.25, 0.0, 0.2, 0.35, 0.5))
    most: ClassVar = 5_000

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> NDArray[np.float64]:
        """The (n, n) cosines."""
        return (embeddings @ embeddings.T).astype(np.float64)

    def cut(self, prepared: NDArray[np.float64], progress: Progress) -> Ints:
        """scikit-learn's messages; those that have not settled after the last round are taken as they stand."""
        from sklearn.cluster import affinity_propagation
        from sklearn.exceptions import ConvergenceWarning

        n = len(prepared)
        if np.ptp(prepared[~np.eye(n, dtype=bool)]) < 1e-6:  # all equally alike: nobody stands out
            return np.zeros(n, np.int64) if prepared[0, 1] > self.preference else np.arange(n)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            found: Ints = affinity_propagation(
                prepared, preference=self.preference, damping=self.damping, max_iter=self.rounds, random_state=0
            )[1]
        return found
