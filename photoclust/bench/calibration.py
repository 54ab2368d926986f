"""Whether an engine is as sure of its faces as it is right (`photoclust bench SETS --preset calibration`)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.datasets import Dataset
from photoclust.bench.presets import Asked, Outcome
from photoclust.clustering.engine import Ints
from photoclust.clustering.measures import measure as measured
from photoclust.core.certainty import UNSURE
from photoclust.core.progress import Status

_BINS = 15

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class CalibrationRow:
    """How sure an engine is of the faces of one set, and how right."""

    dataset: str
    engine: str
    faces: int
    right: float
    """The share of the faces that is."""
    ece: float
    """Expected calibration error: the mean distance of how sure it is from how right, in 15 bins (Guo et al. 2017, eq. 3)."""
    ece_together: float
    """Of the faces in groups of several alone: what a user sees in albums; 0 where there is none."""
    bcubed_p: float
    """BCubed precision of all faces."""
    bcubed_p_50: float
    """Of the faces in groups that it is surer of than this, 1 where there is none; ..."""
    share_50: float
    """... and which share of the faces in groups those are."""
    bcubed_p_90: float
    share_90: float
    bcubed_p_99: float
    share_99: float
    unsure: float
    """The share of the faces in groups that the program calls unsure."""
    unsure_right: float
    """Which share of those is right all the same."""
    wrong_unsure: float
    """Which share of the wrong faces in groups is among them."""


@dataclass(frozen=True)
class BinRow:
    """The faces that an engine is about equally sure of, over all sets."""

    engine: str
    above: float
    faces: int
    sure: float
    right: float


def measure(asked: Asked) -> Outcome:
    """Measure every engine on every set with the first seed; the reliability is over the faces of all sets."""
    rows: list[CalibrationRow] = []
    bins: list[BinRow] = []
    seed = asked.seeds[0]
    for engine in asked.engines:
        every: list[tuple[NDArray[np.float32], Bools]] = []
        for dataset in asked.datasets:
            asked.progress.report(Status(f"Measuring how sure {engine.name} is on {dataset.name}", len(rows)))
            found = engine.create().fit_predict(dataset.embeddings, hints=dataset.hints, seed=seed, progress=asked.progress)
            rows.append(_row(dataset, engine.name, found.labels, found.confidence))
            every.append((found.confidence, is_right(dataset.persons, found.labels)))
        sure, right = (np.concatenate(part) for part in zip(*every, strict=True))
        bins += [BinRow(engine.name, *told) for told in reliability(sure, right)]
    return Outcome({"How sure, and how right": rows, "Reliability": bins})


def is_right(persons: Ints, groups: Ints) -> Bools:
    """(n,) whether a face is where its user would put it.

    In a group of several: whether it is of the person whose group that is, who has the most faces in it (of equally many the one
    whose face comes first). A face alone is right if it is nobody else's: its person has no other face at all.
    """
    _, person, known = np.unique(persons, return_inverse=True, return_counts=True)
    _, group, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    cells, first, counts = np.unique(group * len(known) + person, return_index=True, return_counts=True)
    order = np.lexsort((first, -counts, cells // len(known)))
    owner = cells[order[np.unique(cells[order] // len(known), return_index=True)[1]]] % len(known)
    right: Bools = np.where(sizes[group] > 1, owner[group] == person, known[person] == 1)
    return right


def calibration_error(sure: NDArray[np.floating], right: Bools) -> float:
    """The mean over the faces of |mean confidence − share right| of their bin; 0 for none."""
    return sum(count * abs(mean - share) for _, count, mean, share in reliability(sure, right)) / max(len(sure), 1)


def reliability(sure: NDArray[np.floating], right: Bools) -> list[tuple[float, int, float, float]]:
    """Lower end, count, mean confidence and share right of each bin that is not empty."""
    bins = np.minimum((sure * _BINS).astype(np.int64), _BINS - 1)
    return [
        (round(b / _BINS, 4), int(inside.sum()), round(float(sure[inside].mean()), 4), round(float(right[inside].mean()), 4))
        for b in range(_BINS)
        if (inside := bins == b).any()
    ]


def _row(dataset: Dataset, engine: str, labels: Ints, sure: NDArray[np.float32]) -> CalibrationRow:
    right = is_right(dataset.persons, labels)
    together = np.bincount(labels)[labels] > 1
    unsure = together & (sure < UNSURE)
    wrong = together & ~right

    def above(least: float) -> tuple[float, float]:
        rows = together & (sure > least)
        precision = measured(dataset.persons[rows], labels[rows]).bcubed_p
        return round(precision, 4), _share(rows, together)

    return CalibrationRow(
        dataset.name, engine, len(labels), round(float(right.mean()), 4),
        round(calibration_error(sure, right), 4), round(calibration_error(sure[together], right[together]), 4),
        round(measured(dataset.persons, labels).bcubed_p, 4), *above(0.5), *above(0.9), *above(0.99),
        _share(unsure, together), _share(unsure & right, unsure), _share(wrong & unsure, wrong),
    )  # fmt: skip


def _share(part: Bools, whole: Bools) -> float:
    return round(float(part.sum() / max(whole.sum(), 1)), 4)
