"""Measuring fairly what learned from half of some labelled sets: only on persons who were not learned from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.datasets import Dataset, load
from photoclust.bench.split import half_of_persons
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress

if TYPE_CHECKING:
    from photoclust.vision.session import FaceSession

SAME_PHOTO = 0.9
"""Faces of this cosine or more are one photo, perhaps looked at by another detector.

The labelled sets were embedded by others: the same photo embedded by us has a cosine of 0.96 in the middle, 0.90 at the
least tenth, and 0.98 would miss most of them; hardly any two faces of different persons come as near (5 persons in 3,000).
"""
_ROWS = 2048  # compared at a time


@dataclass(frozen=True, eq=False)
class HeldOut:
    """The faces that were learned from."""

    learned: NDArray[np.float32]
    """(m, d) unit vectors."""
    copies: int = 0
    """After each set that is measured come so many worse copies of it, with the same persons."""

    @classmethod
    def of(
        cls, paths: Sequence[Path], copies: int = 0, progress: Progress | None = None, session: FaceSession | None = None
    ) -> HeldOut:
        """What `photoclust train --half` learns from these sets; UserError for sets that cannot be read or compared."""
        faces = [learned_half(load(path, progress, session)).embeddings for path in paths]
        if len({part.shape[1] for part in faces}) > 1:
            raise UserError("The sets that were learned from have vectors of different widths.")
        return cls(np.concatenate(faces), copies)

    def measured(self, datasets: Iterator[Dataset]) -> Iterator[Dataset]:
        """Each set without the persons of whom a face was learned from; UserError where nobody is left."""
        for number, dataset in enumerate(datasets):
            if number % (1 + self.copies) == 0:
                known = self._known(dataset)
            yield _without(dataset, known)

    def _known(self, dataset: Dataset) -> NDArray[np.int64]:
        """The persons of whom a face was learned from."""
        faces = dataset.embeddings
        if faces.shape[1] != self.learned.shape[1]:
            widths = f"{faces.shape[1]} numbers, and what was learned from of {self.learned.shape[1]}"
            raise UserError(f"The vectors of “{dataset.name}” are of {widths}.")
        nearest = [(faces[start : start + _ROWS] @ self.learned.T).max(1) for start in range(0, len(faces), _ROWS)]
        return np.unique(dataset.persons[np.concatenate(nearest) >= SAME_PHOTO])


def learned_half(dataset: Dataset) -> Dataset:
    """The half of the persons that `photoclust train --half` learns from."""
    return dataset.only(dataset.persons[half_of_persons(dataset.persons)], dataset.name)


def _without(dataset: Dataset, known: NDArray[np.int64]) -> Dataset:
    strangers = np.setdiff1d(dataset.persons, known)
    if not len(strangers):
        raise UserError(f"Nobody is left to measure on in “{dataset.name}”: a face of every person was learned from.")
    unseen = np.setdiff1d(dataset.missed, known)
    rest = dataset.only(np.union1d(strangers, unseen), f"{dataset.name}, held out")
    return replace(rest, left_out=len(known))
