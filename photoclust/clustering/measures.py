"""How well groups match the truth: pairwise, BCubed, NMI, and the actions a user needs to mend them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import Ints


@dataclass(frozen=True)
class Measures:
    """The thesis's measures (section 6.1) and `actions`."""

    faces: int
    persons: int
    groups: int
    pairwise_p: float
    pairwise_r: float
    pairwise_f: float
    bcubed_p: float
    bcubed_r: float
    bcubed_f: float
    nmi: float
    """Mutual information over the geometric mean of the entropies."""
    actions: int
    """Merges of groups that are mostly one person, and for every face in a group of somebody else's a pick and a drag
    (faces of one person picked in one group are dragged together)."""


def measure(truth: Ints, groups: Ints) -> Measures:
    """Compare two (n,) labellings; values in 0 … 1; an empty library is perfect."""
    n = len(truth)
    if n == 0:
        return Measures(0, 0, 0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0)
    person, group, cell = _cells(truth, groups)
    rows, columns = np.bincount(person, cell).astype(np.int64), np.bincount(group, cell).astype(np.int64)
    right, found, real = _pairs(cell), _pairs(columns), _pairs(rows)
    pairwise_p, pairwise_r = (right / found if found else 1.0), (right / real if real else 1.0)
    bcubed_p = float((cell**2 / columns[group]).sum() / n)
    bcubed_r = float((cell**2 / rows[person]).sum() / n)
    nmi = 1.0
    if len(rows) > 1 and len(columns) > 1:
        shared = float((cell / n * np.log(cell * n / (rows[person] * columns[group]))).sum())
        nmi = shared / float(np.sqrt(_entropy(rows, n) * _entropy(columns, n)))
    return Measures(
        n, len(rows), len(columns),
        pairwise_p, pairwise_r, _f(pairwise_p, pairwise_r),
        bcubed_p, bcubed_r, _f(bcubed_p, bcubed_r),
        nmi, _actions(person, group, cell),
    )  # fmt: skip


def _cells(truth: Ints, groups: Ints) -> tuple[Ints, Ints, Ints]:
    """Person, group and count of every non-empty cell of the contingency table, by first appearance."""
    _, person = np.unique(truth, return_inverse=True)
    _, group = np.unique(groups, return_inverse=True)
    keys, first, counts = np.unique(
        person.astype(np.int64) * (int(group.max()) + 1) + group, return_index=True, return_counts=True
    )
    order = np.argsort(first)
    keys, counts = keys[order], counts[order]
    return keys // (int(group.max()) + 1), keys % (int(group.max()) + 1), counts.astype(np.int64)


def _actions(person: Ints, group: Ints, cell: Ints) -> int:
    """Of equally large parts of a group the one whose face comes first owns it (as in the shared scorer)."""
    order = np.lexsort((np.arange(len(cell)), -cell, group))
    owner = order[np.unique(group[order], return_index=True)[1]]  # the cell that owns each group
    merges = len(owner) - len(np.unique(person[owner]))
    strays = np.ones(len(cell), bool)
    strays[owner] = False
    return int(merges + (cell[strays] + 1).sum())


def _pairs(counts: Ints) -> float:
    return float((counts * (counts - 1) // 2).sum())


def _entropy(counts: Ints, n: int) -> float:
    share: NDArray[np.float64] = counts / n
    return float(-(share * np.log(share)).sum())


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
