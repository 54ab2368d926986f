"""The vectors most alike: exact where they are few or a GPU is there, by cells with a known recall where they are many."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.cores import on_all_cores
from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.gpu_search import GpuSearch
from photoclust.core.progress import Progress, Status

Found = tuple[Ints, Ints, NDArray[np.float32]]
"""Which queries (b,), the places (b, k) of what is most alike, the most alike first, and the products (b, k)."""

EXACT = 40_000
"""Among so many faces, neighbours are exact."""
RECALL, _LESS = 0.96, 0.02
"""What share of the exact neighbours is found where there are more; and how much less for every e-fold of faces beyond: the more
there are of a person, the less one missed neighbour matters, and the more the last of them cost."""

_EXACT_BLOCK, _BLOCK = 1024, 8192
_SAMPLE, _FIRST = 256, 24


def most_alike(
    queries: Embeddings,
    among: Embeddings,
    k: int,
    progress: Progress = SILENT,
    *,
    exact: int = EXACT,
    phase: str = "Comparing faces",
    gpu: Callable[[], GpuSearch | None] = GpuSearch.present,
) -> Iterator[Found]:
    """Block after block of the queries (m, d): which, and the k ≤ n vectors of (n, d) whose products with them are largest.

    Exact for up to `exact` squared products, and for more on the GPU, if there is one (torch is imported to ask); otherwise the
    vectors are sorted into cells, and for each query as many are searched as it takes for the lists of a sample to hold `RECALL`
    of the truth.
    """
    queries, among = (np.ascontiguousarray(vectors, np.float32) for vectors in (queries, among))
    done = 0
    if len(queries) * len(among) <= exact**2:
        blocks = _by_sight(queries, among, k)
    elif device := gpu():
        blocks = _on_gpu(device, queries, among, k, progress)
    else:
        progress.report(Status("Sorting faces"))
        blocks = _Cells.of(among, progress).search(queries, k, progress)
    progress.checkpoint()
    progress.report(Status(phase, 0, len(queries)))
    with closing(blocks):  # whoever is stopped here keeps them in the traceback, and with them threads at work
        for rows, found, products in blocks:
            yield rows, found, products
            done += len(rows)
            progress.checkpoint()
            progress.report(Status(phase, done, len(queries)))


def _by_sight(queries: Embeddings, among: Embeddings, k: int) -> Generator[Found]:
    """All products."""
    import faiss

    index = faiss.IndexFlatIP(among.shape[1])
    index.add(among)
    for start in range(0, len(queries), _EXACT_BLOCK):
        products, found = index.search(queries[start : start + _EXACT_BLOCK], k)
        yield np.arange(start, start + len(found)), found, products


def _on_gpu(gpu: GpuSearch, queries: Embeddings, among: Embeddings, k: int, progress: Progress) -> Generator[Found]:
    """All products; from where the GPU's memory is too small, by cells."""
    import torch

    done = 0
    try:
        for block in gpu.search(queries, among, k):
            yield block
            done += len(block[0])
        return
    except torch.cuda.OutOfMemoryError:
        pass  # what it held is free again below, not here
    progress.report(Status("Sorting faces, as the GPU has too little memory"))
    for rows, found, products in _Cells.of(among, progress).search(queries[done:], k, progress):
        yield rows + done, found, products


@dataclass(frozen=True)
class _Cells:
    """Vectors sorted by which of c centres they are nearest to."""

    centres: Embeddings
    """(c, d)"""
    near: Ints
    """(c, f) the cells around each, itself first."""
    rows: Ints
    """(n,) the places of the vectors, cell after cell."""
    vectors: Embeddings
    """(n, d) in that order."""
    starts: Ints
    """(c + 1,) where each cell begins."""

    @classmethod
    def of(cls, vectors: Embeddings, progress: Progress) -> _Cells:
        """Find centres and sort the vectors (n, d)."""
        import faiss

        n, d = vectors.shape
        count = max(1, min(int(4 * np.sqrt(n)), n // 40))
        means = faiss.Kmeans(
            d, count, niter=8, seed=1, spherical=True, max_points_per_centroid=48, min_points_per_centroid=1
        )  # fmt: skip
        means.train(vectors)
        progress.checkpoint()
        centres = np.asarray(means.centroids)
        cells = np.empty(n, np.int64)
        for start in range(0, n, 16 * _EXACT_BLOCK):
            progress.checkpoint()
            progress.report(Status("Sorting faces", start, n))
            part = slice(start, start + 16 * _EXACT_BLOCK)
            cells[part] = _nearest_centre(vectors[part], centres)
        rows = np.argsort(cells, kind="stable")
        starts = np.concatenate([[0], np.bincount(cells, minlength=count).cumsum()])
        near = np.argsort(-(centres @ centres.T), axis=1, kind="stable")[:, :_FIRST]
        return cls(centres, near, rows, vectors[rows], starts)

    def search(self, queries: Embeddings, k: int, progress: Progress) -> Generator[Found]:
        """Blocks of queries that are near each other."""
        home = np.concatenate(
            [_nearest_centre(queries[start : start + _BLOCK], self.centres) for start in range(0, len(queries), _BLOCK)]
        )
        order = np.argsort(home, kind="stable")
        probes = self._probes(queries, k)

        def look(start: int) -> Found:
            rows = order[start : start + _BLOCK]
            return rows, *self._look(queries[rows], home[rows], k, probes)

        progress.checkpoint()
        return on_all_cores(look, range(0, len(queries), _BLOCK))

    def _probes(self, queries: Embeddings, k: int) -> int:
        """How many cells to search, so that a sample of the queries finds what it should."""
        import faiss

        sample = queries[np.linspace(0, len(queries) - 1, _SAMPLE).astype(np.int64)]
        truth = faiss.knn(sample, self.vectors, k, metric=faiss.METRIC_INNER_PRODUCT)[1]
        holding = np.searchsorted(self.starts, truth, side="right") - 1
        near = np.sort(-(sample @ self.centres.T), axis=1)
        rank = [
            np.searchsorted(row, -(one @ self.centres[cells].T) + 1e-6)
            for row, one, cells in zip(near, sample, holding, strict=True)
        ]
        return min(len(self.centres), max(_FIRST, int(np.ceil(np.quantile(rank, _recall(len(self.rows)))))))

    def _look(self, block: Embeddings, home: Ints, k: int, probes: int) -> tuple[Ints, NDArray[np.float32]]:
        """What is most alike to a block (b, d) of queries whose nearest centres `home` (b,) rise.

        The cells around a home show how alike is alike enough; from the others comes only what is more alike than that.
        """
        import faiss

        likeness = block @ self.centres.T
        probed = likeness >= np.partition(likeness, -probes, axis=1)[:, -probes, None]
        del likeness
        found, products = np.full((len(block), k), -1), np.full((len(block), k), -np.inf, np.float32)
        for cell in np.unique(home).tolist():
            own = slice(*np.searchsorted(home, [cell, cell + 1]).tolist())
            probed[own, self.near[cell]] = False
            places = np.concatenate([np.arange(*self.starts[[near, near + 1]]) for near in self.near[cell].tolist()])
            most = min(k, len(places))
            alike, at = faiss.knn(block[own], self.vectors[places], most, metric=faiss.METRIC_INNER_PRODUCT)
            found[own, :most], products[own, :most] = places[at], alike
        enough = products[:, -1:].copy()
        hits = [(np.repeat(np.arange(len(block)), k), found.ravel(), products.ravel())]
        asking = np.ascontiguousarray(probed.T)
        for cell in np.flatnonzero(asking.any(1)).tolist():
            who = np.flatnonzero(asking[cell])
            start, stop = self.starts[[cell, cell + 1]].tolist()
            alike = block[who] @ self.vectors[start:stop].T
            query, place = np.divmod(np.flatnonzero(alike > enough[who]), max(stop - start, 1))
            hits.append((who[query], start + place, alike[query, place]))
        found, products = _first(k, *(np.concatenate(parts) for parts in zip(*hits, strict=True)))
        short = found[:, -1] < 0  # the cells searched held fewer than k
        if short.any():
            products[short], found[short] = faiss.knn(block[short], self.vectors, k, metric=faiss.METRIC_INNER_PRODUCT)
        return self.rows[found], products


def _recall(n: int) -> float:
    """What share of the exact neighbours is found among so many vectors."""
    return RECALL - _LESS * max(0.0, float(np.log(n / EXACT)))


def _first(k: int, queries: Ints, found: Ints, products: NDArray[np.float32]) -> tuple[Ints, NDArray[np.float32]]:
    """(b, k) the k largest products of each of the queries 0 … b−1, each of which occurs at least k times."""
    known = products[found >= 0]
    span = 4.0 + 2 * float(np.abs(known).max(initial=0.0))
    order = np.argsort(queries * span - np.maximum(products, -span / 2 + 1))
    begins = np.bincount(queries).cumsum() - np.bincount(queries)
    chosen = order[begins[:, None] + np.arange(k)]
    return found[chosen], products[chosen]


def _nearest_centre(vectors: Embeddings, centres: Embeddings) -> Ints:
    """(b,) which centre has the largest product with each of the vectors (b, d)."""
    nearest: Ints = (vectors @ centres.T).argmax(1)
    return nearest
