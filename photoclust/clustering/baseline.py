"""The frame of every engine that ours are measured against: prepare once, cut at one threshold, then obey the user."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

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
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status

Prepared = TypeVar("Prepared")


@dataclass(frozen=True)
class Sweep:
    """The one option of an engine that `bench --oracle` tries with the labels in hand."""

    option: str
    values: tuple[float, ...]
    of_faces: bool = False
    """Whether the values are shares of the number of faces (a count of groups), not the option itself."""

    def settings(self, n: int) -> list[float]:
        """The values to try on n faces, rising, each once."""
        return sorted({max(2, round(value * n)) for value in self.values} if self.of_faces else {*self.values})


def steps(first: float, last: float, step: float) -> tuple[float, ...]:
    """first, first + step, … last, without the dust of binary fractions."""
    return tuple(round(first + step * i, 6) for i in range(round((last - first) / step) + 1))


class Baseline(ABC, Generic[Prepared]):
    """A frozen dataclass that groups in two steps, so that a sweep repeats only the second.

    `prepare` does what does not depend on the swept option, `cut` the rest; both get at least two faces, and may return any
    numbers as labels, −1 for a face that stays alone.
    """

    sweep: ClassVar[Sweep]
    most: ClassVar[int] = 0
    """More faces than this are refused; 0 where time and memory grow with n (or n² in time alone)."""
    name: str

    @abstractmethod
    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Prepared:
        """What every cut of these (n, d) unit vectors shares."""

    @abstractmethod
    def cut(self, prepared: Prepared, progress: Progress) -> Ints:
        """(n,) labels at this engine's setting."""

    def check_size(self, n: int) -> None:
        """UserError for more faces than the engine can group."""
        if self.most and n > self.most:
            raise UserError(
                f"The engine “{self.name}” groups at most {self.most:,} faces, as its time or memory grows at least with their "
                f"square; there are {n:,}. Choose another engine."
            )

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Group (n, d) unit vectors; UserError for more faces than the engine can group."""
        n = len(embeddings)
        progress.checkpoint()
        self.check_size(n)
        progress.report(Status("Grouping faces", 0, n))
        labels: Ints = np.zeros(n, np.int64)
        if n > 1:
            prepared = self.prepare(embeddings, hints, seed, progress)
            progress.checkpoint()
            labels = alone(self.cut(prepared, progress))
        progress.checkpoint()
        kept = enforce(labels, constraints, embeddings)
        return Clustering(kept, confidence(kept, embeddings))


def alone(labels: Ints) -> Ints:
    """The labels as int64, with a group of its own for every face labelled −1."""
    labels = np.asarray(labels, np.int64)
    noise = labels < 0
    separate: Ints = np.where(noise, labels.max(initial=0) + np.cumsum(noise), labels)
    return separate
