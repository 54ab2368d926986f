"""Who is learned from, who chooses among what was learned, and who is only measured: always split by person."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.datasets import Dataset
from photoclust.clustering.learning import Labelled
from photoclust.core.errors import UserError

Ints = NDArray[np.int64]

_LEAST = 2  # persons on either side


def half_of_persons(persons: Ints, *, other: bool = False) -> NDArray[np.bool_]:
    """(n,) faces of the half of the persons that is trained on, or of the other half; always the same halves."""
    order = np.random.default_rng(0).permutation(np.unique(persons))
    trained: NDArray[np.bool_] = np.isin(persons, order[::2])
    return ~trained if other else trained


def validation_persons(persons: Ints) -> NDArray[np.bool_]:
    """(n,) faces of the fifth of the persons that is kept aside while learning, at least 2 of them and at least 2 others.

    Always the same; ValueError for fewer than 4 persons.
    """
    order = np.random.default_rng(1).permutation(np.unique(persons))
    if len(order) < 2 * _LEAST:
        raise ValueError(f"{len(order)} persons cannot be split")
    kept: NDArray[np.bool_] = np.isin(persons, order[: max(_LEAST, len(order) // 5)])
    return kept


def all_for_learning(dataset: Dataset, *, half: bool) -> Labelled:
    """The faces of the whole set or of `half_of_persons`, with nobody kept aside."""
    rows = half_of_persons(dataset.persons) if half else np.ones(len(dataset.persons), bool)
    return Labelled(dataset.name, dataset.embeddings[rows], dataset.persons[rows], dataset.hints.of(rows).quality)


def learning_and_validation(dataset: Dataset, *, half: bool) -> tuple[Labelled, Labelled]:
    """The faces to learn from and those to choose by, of the whole set or of `half_of_persons`; UserError for too few persons."""
    everybody = all_for_learning(dataset, half=half)
    faces, persons = everybody.embeddings, everybody.persons
    try:
        kept = validation_persons(persons)
    except ValueError:
        told = f"{len(np.unique(persons))} persons" + (" in the half that is learned from" if half else "")
        raise UserError(f"“{dataset.name}” is too small: it has {told}, and {2 * _LEAST} are needed.") from None
    return Labelled(dataset.name, faces[~kept], persons[~kept]), Labelled(dataset.name, faces[kept], persons[kept])
