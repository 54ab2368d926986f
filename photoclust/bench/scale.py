"""How time and memory of grouping grow with the library: synthetic libraries made of what real faces are made of."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.datasets import Dataset
from photoclust.bench.memory import forget_peak, peak_mb
from photoclust.clustering.catalog import create
from photoclust.clustering.engine import SILENT
from photoclust.clustering.search import EXACT, most_alike
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status
from photoclust.core.settings import DEFAULT_ENGINE

_MOST_FACES = 500
"""Of one person."""
_SHARED_AXES = 8
"""Along so many axes a face differs from its person as a real one does, sign included: bad photos are bad alike."""
_SAMPLE, _RECALL_AT = 500, 80


@dataclass(frozen=True)
class Material:
    """What real faces are made of, in the axes in which each part is spread most."""

    mean: NDArray[np.float64]
    """(d,)"""
    persons: NDArray[np.float64]
    """(p, d) how the middles of real persons differ from the mean, along `person_axes` (d, d)."""
    person_axes: NDArray[np.float64]
    faces: NDArray[np.float64]
    """(r, d) how real faces differ from the middles of their persons, along `face_axes` (d, d)."""
    face_axes: NDArray[np.float64]

    @classmethod
    def of(cls, datasets: Sequence[Dataset]) -> Material:
        """From the persons with three faces or more."""
        middles, residuals = [], []
        for dataset in datasets:
            for person in np.unique(dataset.persons):
                own = dataset.embeddings[dataset.persons == person].astype(np.float64)
                if len(own) >= 3:
                    middles.append(own.mean(0))
                    residuals.append((own - own.mean(0)) * np.sqrt(len(own) / (len(own) - 1)))
        if len(middles) < 3:
            raise UserError("A library is made of persons with three faces or more; there are too few.")
        return cls._along_axes(np.stack(middles), np.concatenate(residuals))

    @classmethod
    def gaussian(cls, seed: int = 0, d: int = 128) -> Material:
        """Where there are no real faces: normal ones, about as far from each other."""
        generator = np.random.default_rng(seed)
        middles = (generator.normal(size=(2000, d)) * 0.6 + generator.normal(size=d) * 0.2) / np.sqrt(d)
        return cls._along_axes(middles, generator.normal(size=(8000, d)) * np.sqrt(0.55 / d))

    @classmethod
    def _along_axes(cls, middles: NDArray[np.float64], residuals: NDArray[np.float64]) -> Material:
        mean = middles.mean(0)
        person_axes, face_axes = _axes(middles - mean), _axes(residuals)
        return cls(mean, (middles - mean) @ person_axes, person_axes, residuals @ face_axes, face_axes)

    def library(self, n: int, seed: int = 0) -> Dataset:
        """n faces of as many persons as it takes, most of whom are seen once or twice and few often, one to four a photo.

        Middles and residuals are drawn with signs by chance along most axes: as long, and as spread as the real ones, but
        never the same twice.
        """
        generator = np.random.default_rng(seed)
        sizes = np.minimum(1 / (1 - generator.random(n)), min(_MOST_FACES, max(n // 20, 1))).astype(np.int64)
        sizes = sizes[: int(np.searchsorted(sizes.cumsum(), n)) + 1]
        middles = self.mean + _drawn(self.persons, len(sizes), 0, generator) @ self.person_axes.T
        truth = generator.permutation(np.repeat(np.arange(len(sizes)), sizes)[:n])
        vectors = np.empty((n, len(self.mean)), np.float32)
        for start in range(0, n, 50_000):
            rows = slice(start, start + 50_000)
            part = middles[truth[rows]]
            part += _drawn(self.faces, len(part), _SHARED_AXES, generator) @ self.face_axes.T
            vectors[rows] = part / np.linalg.norm(part, axis=1, keepdims=True)
        photo = np.repeat(np.arange(n), generator.integers(1, 5, n))[:n]
        shown = np.unique(photo * len(sizes) + truth, return_index=True)[1]
        again = np.setdiff1d(np.arange(n), shown)
        photo[again] = n + np.arange(len(again))  # nobody is twice in a photo
        return Dataset(f"{n} faces", vectors, truth, photo)


def _axes(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """(d, d) the principal axes as columns, the longest first."""
    axes: NDArray[np.float64] = np.linalg.eigh(vectors.T @ vectors)[1][:, ::-1]
    return axes


def _drawn(pool: NDArray[np.float64], count: int, kept: int, generator: np.random.Generator) -> NDArray[np.float64]:
    """(count, d) rows of the pool by chance; beyond the first `kept` axes the sign of each number is by chance too."""
    drawn = pool[generator.integers(0, len(pool), count)]
    drawn[:, kept:] *= generator.choice([-1.0, 1.0], size=(count, pool.shape[1] - kept))
    return drawn


@dataclass(frozen=True)
class ScaleRow:
    """What grouping one library took."""

    faces: int
    persons: int
    groups: int
    seconds: float
    cpu_seconds: float
    phases: dict[str, tuple[float, float]]
    """Seconds and CPU seconds by phase, in their order."""
    peak_mb: float
    """MiB above what was held before, the embeddings not included."""
    bcubed_f: float
    bcubed_p: float
    bcubed_r: float
    recall: float
    """The share of the exact nearest that the lists of neighbours hold, on a sample."""


class PhaseClock:
    """A `Progress` that adds up the time from each phase's first word to the next phase's, and passes on what it hears."""

    def __init__(self, listener: Progress = SILENT) -> None:
        self.phases: dict[str, tuple[float, float]] = {}
        self._listener = listener
        self._phase, self._since = "Starting", (time.perf_counter(), time.process_time())

    def report(self, status: Status) -> None:
        """Count the time since the last word for the phase that was told then."""
        now = time.perf_counter(), time.process_time()
        spent, cpu = self.phases.get(self._phase, (0.0, 0.0))
        self.phases[self._phase] = spent + now[0] - self._since[0], cpu + now[1] - self._since[1]
        self._phase, self._since = status.phase, now
        self._listener.report(status)

    def checkpoint(self) -> None:
        """Go on, unless the listener says otherwise."""
        self._listener.checkpoint()


def measure_scale(dataset: Dataset, engine: str = DEFAULT_ENGINE, seed: int = 0, progress: Progress = SILENT) -> ScaleRow:
    """Group a library in this process."""
    grouping = create(engine)
    grouping.fit_predict(dataset.embeddings[:64])  # lazy imports count neither as time nor as memory
    gc.collect()
    held = forget_peak()
    clock = PhaseClock(progress)
    started, cpu = time.perf_counter(), time.process_time()
    found = grouping.fit_predict(dataset.embeddings, hints=dataset.hints, seed=seed, progress=clock)
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    clock.report(Status("Measuring how right it is"))
    peak = max(0.0, peak_mb() - held)
    measures = dataset.measure(found.labels)
    return ScaleRow(
        len(dataset.persons),
        len(np.unique(dataset.persons)),
        len(np.unique(found.labels)),
        round(seconds, 2),
        round(cpu, 2),
        {phase: (round(spent, 2), round(used, 2)) for phase, (spent, used) in clock.phases.items() if spent >= 0.005},
        round(peak),
        round(measures.bcubed_f, 4),
        round(measures.bcubed_p, 4),
        round(measures.bcubed_r, 4),
        round(neighbour_recall(dataset.embeddings, seed), 4),
    )


def neighbour_recall(embeddings: NDArray[np.float32], seed: int = 0) -> float:
    """The share of the exact `_RECALL_AT` nearest of faces drawn by chance that their lists hold."""
    import faiss

    n = len(embeddings)
    k = min(_RECALL_AT, n - 1) + 1  # each finds itself
    drawn = embeddings[np.sort(np.random.default_rng(seed).permutation(n)[:_SAMPLE])]
    least = faiss.knn(drawn, embeddings, k, metric=faiss.METRIC_INNER_PRODUCT)[0][:, -1:]
    listed = most_alike(drawn, embeddings, k, exact=0 if n > EXACT else n)
    return float(np.mean([(products >= least[rows] - 1e-5).mean() for rows, _, products in listed]))
