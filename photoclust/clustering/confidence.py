"""How sure a grouping is of each face."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.search import most_alike
from photoclust.core.progress import Progress

_MARGIN = 8.4
_ALONE, _NEAR, _COMPANY = 7.7, 9.5, 1.4
"""Fitted by logistic regression on 156 albums of 60 to 3,500 faces of the persons that the engine learned from; on others the
expected calibration error is told in docs/engines.md."""
_USUAL = 0.6
"""How alike two faces of one person are where no group tells."""


def confidence(labels: Ints, embeddings: Embeddings, progress: Progress = SILENT) -> NDArray[np.float32]:
    """(n,) in 0 … 1: about the chance that a face is right (`bench/calibration.py` says what that is).

    In a group: by how much nearer it is to the middle of its group (without itself) than to any other's; ½ means as near to a
    stranger's group as to its own. The more faces the groups have, the surer their middles. A face alone is the surer the farther
    the nearest group is, as a share of how alike faces of one person are in this album, and the more others are alone: where
    hardly anybody is, it was lost.
    """
    n = len(labels)
    if n == 0:
        return np.empty(0, np.float32)
    groups = int(labels.max()) + 1
    members = csr_matrix((np.ones(n, np.float32), (labels, np.arange(n))), shape=(groups, n))
    sums = np.asarray(members @ embeddings, np.float32)
    sizes = np.bincount(labels, minlength=groups)
    centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
    own, other = np.empty(n, np.float32), np.zeros(n, np.float32)
    for part, found, alike in most_alike(embeddings, centres, min(2, groups), progress, phase="Judging how sure it is"):
        elsewhere = found != labels[part, None]  # the nearest, or the next where that is its own
        other[part] = np.where(elsewhere, alike, -1.0).max(1)
        without = sums[labels[part]] - embeddings[part]
        length = np.linalg.norm(without, axis=1)
        fit = np.einsum("nd,nd->n", without, embeddings[part])
        own[part] = np.where(length > 1e-6, fit / np.maximum(length, 1e-6), 0.0)
    own, other = np.maximum(own, 0.0), np.maximum(other, 0.0)
    several = sizes > 1
    together = several[labels]
    count = float(together.sum())
    pairs = (sizes * (sizes - 1))[several]
    agreement = (np.einsum("gd,gd->g", sums, sums)[several] - sizes[several]) / pairs
    usual = max(float(np.average(agreement, weights=sizes[several])), 0.1) if count else _USUAL
    usual_size = count / max(several.sum(), 1)
    company = np.log((n - count + 0.01 * n) / (count + 0.01 * n))
    odds = np.where(
        together,
        _MARGIN * np.log(max(usual_size, 2.0)) * (own - other),
        _ALONE - _NEAR * other / usual + _COMPANY * company,
    )
    sure: NDArray[np.float32] = (1.0 / (1.0 + np.exp(-odds))).astype(np.float32)
    return sure
