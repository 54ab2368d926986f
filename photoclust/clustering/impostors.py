"""What similarity two different persons of this album have: the yardstick of every evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import Embeddings

_PAIRS = 200_000
_PRIOR_MEAN, _PRIOR_SPREAD, _PRIOR_PAIRS = 0.09, 0.09, 500
"""Cosines of strangers as SFace gives them on six sets: what a library of too few faces falls back on."""


@dataclass(frozen=True)
class Impostors:
    """Middle and spread of the cosines of strangers."""

    mean: float
    spread: float

    def standardise(self, cosines: NDArray[np.float32]) -> NDArray[np.float32]:
        """How many spreads above the middle of the strangers."""
        return ((cosines - self.mean) / self.spread).astype(np.float32)


def estimate_impostors(embeddings: Embeddings, seed: int = 0) -> Impostors:
    """From random pairs: the median, and the spread of the lower half (faces of one person are in the upper tail)."""
    n = len(embeddings)
    if n * (n - 1) // 2 <= _PAIRS:
        a, b = np.triu_indices(n, 1)
    else:
        generator = np.random.default_rng(seed)
        a = generator.integers(0, n, _PAIRS)
        b = (a + generator.integers(1, n, _PAIRS)) % n
    cosines = np.einsum("nd,nd->n", embeddings[a], embeddings[b]) if len(a) else np.zeros(0, np.float32)
    trust = len(cosines) / (len(cosines) + _PRIOR_PAIRS)
    middle = float(np.median(cosines)) if len(cosines) else _PRIOR_MEAN
    spread = middle - float(np.quantile(cosines, 0.16)) if len(cosines) else _PRIOR_SPREAD
    return Impostors(
        trust * min(middle, 0.5) + (1 - trust) * _PRIOR_MEAN,
        max(trust * spread + (1 - trust) * _PRIOR_SPREAD, 0.02),
    )
