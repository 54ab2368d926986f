"""Average linkage over sparse evidence: the merger that one wrong link cannot fool."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import SILENT, Ints
from photoclust.core.progress import Progress, Status


@dataclass(frozen=True)
class Merges:
    """A dendrogram: in the order they were made, which groups were joined and how strong the evidence was."""

    n: int
    pairs: Ints
    """(m, 2) one face of each of the two groups that were joined."""
    evidence: NDArray[np.float64]
    """(m,) mean evidence between the two groups when they were joined; it falls, but for small steps up."""

    def labels(self, count: int) -> Ints:
        """(n,) groups after the first `count` merges."""
        from photoclust.clustering.graph import connected_components

        return connected_components(self.n, self.pairs[:count])

    def until(self, evidence: float) -> int:
        """How many merges are made before the first one below that evidence."""
        below = np.flatnonzero(self.evidence < evidence)
        return int(below[0]) if len(below) else len(self.evidence)


def agglomerate(
    n: int,
    pairs: Ints,
    evidence: NDArray[np.float64],
    *,
    missing: float,
    stop: float,
    progress: Progress = SILENT,
) -> Merges:
    """Join, again and again, the two groups with the highest mean evidence, down to `stop`.

    `pairs` (m, 2) are distinct undirected pairs of faces with `evidence` (m,); all other pairs count as `missing`.
    """
    around: list[dict[int, float]] = [{} for _ in range(n)]  # group -> summed evidence above `missing`
    size = [1] * n
    alive = [True] * n
    over = (evidence - missing).tolist()
    heap = []
    for a, b, value in zip(pairs[:, 0].tolist(), pairs[:, 1].tolist(), over, strict=True):
        around[a][b] = around[b][a] = value
        if value + missing >= stop:
            heap.append((-value, a, b))
    heapq.heapify(heap)
    joined: list[tuple[int, int]] = []
    strength: list[float] = []
    step = 0
    while heap:
        if step % 4096 == 0:
            progress.checkpoint()
            progress.report(Status("Grouping faces", len(joined), n))
        step += 1
        negative, a, b = heapq.heappop(heap)
        if not (alive[a] and alive[b]) or around[a].get(b, 0.0) / (size[a] * size[b]) != -negative:
            continue
        if len(around[a]) < len(around[b]):
            a, b = b, a
        joined.append((a, b))
        strength.append(missing - negative)
        alive[b] = False
        del around[a][b]
        near = around[a]
        for other, value in around[b].items():
            if other == a:
                continue
            total = near.get(other, 0.0) + value
            near[other] = around[other][a] = total
            del around[other][b]
        around[b] = {}
        size[a] += size[b]
        for other, total in near.items():
            mean = total / (size[a] * size[other])
            if mean + missing >= stop:
                heapq.heappush(heap, (-mean, a, other))
    return Merges(n, np.array(joined, np.int64).reshape(-1, 2), np.array(strength, np.float64))
