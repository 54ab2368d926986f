"""How many persons an album shows, without being told: the number of middles around which its faces gather best."""

from __future__ import annotations

import warnings

import numpy as np

from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.finch import FINCH
from photoclust.core.progress import Progress, Status

_STEP = 2**0.5
_ROWS = 1024


def count_groups(faces: Embeddings, seed: int = 0, progress: Progress = SILENT) -> int:
    """The number whose k-means has the highest silhouette, of (n, d) unit vectors.

    Tried are 2, 2√2, 4, … up to a quarter more than FINCH finds (it finds too many rather than too few), then the numbers
    around the best. Where FINCH finds everybody apart or all one, that is taken over.
    """
    n = len(faces)
    most = int(FINCH().cut(faces, progress).max(initial=-1)) + 1
    if most in (0, 1, n):
        return most
    distinct = len(np.unique(faces, axis=0))
    most = min(round(1.25 * most), distinct, n - 1)
    rough = sorted({most, *(round(2 * _STEP**i) for i in range(64) if 2 * _STEP**i < most)})
    found = {1: 0.0}

    def try_all(numbers: list[int]) -> int:
        for at, k in enumerate(numbers):
            progress.checkpoint()
            progress.report(Status("Counting persons", at, len(numbers)))
            if 1 < k <= most and k not in found:
                found[k] = silhouette(faces, k_means(faces, k, seed, rounds=15, starts=3 if k < 100 else 1))
        return max(found, key=lambda k: (found[k], -k))

    for narrower in (_STEP**0.5, _STEP**0.25):
        best = try_all(rough)
        rough = [round(best / narrower), round(best * narrower)]
    return try_all(rough)


def silhouette(faces: Embeddings, labels: Ints) -> float:
    """The mean over the faces of (b − a) / max(a, b) by 1 − cosine, of (n, d) unit vectors in groups 0 … g−1, g ≥ 2.

    a is how far the others of the own group are in the mean, b how far the faces of the nearest other group; 0 for a face alone.
    """
    sizes = np.bincount(labels)
    sums = np.zeros((len(sizes), faces.shape[1]), np.float32)
    np.add.at(sums, labels, faces)
    own = 1 - ((sums[labels] * faces).sum(1) - 1) / np.maximum(sizes[labels] - 1, 1)
    other = np.empty(len(faces), np.float32)
    for start in range(0, len(faces), _ROWS):
        part = slice(start, start + _ROWS)
        apart = 1 - faces[part] @ (sums / np.maximum(sizes, 1)[:, None]).T
        apart[:, sizes == 0] = np.inf
        apart[np.arange(len(apart)), labels[part]] = np.inf
        other[part] = apart.min(1)
    values = np.where(sizes[labels] > 1, (other - own) / np.maximum(np.maximum(own, other), 1e-6), 0.0)
    return float(values.mean())


def k_means(samples: Embeddings, k: int, seed: int, rounds: int = 50, starts: int = 1) -> Ints:
    """(n,) groups 0 … k−1 by scikit-learn; some may be empty where fewer than k samples differ."""
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():  # of samples that differ only in their last bits
        warnings.simplefilter("ignore", ConvergenceWarning)
        found = KMeans(k, n_init=starts, max_iter=rounds, random_state=seed).fit_predict(samples)
    return np.asarray(found, np.int64)
