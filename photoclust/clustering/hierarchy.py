"""Hi-LANDER's hierarchy (Xing et al., sections 3.2–3.4): levels of nodes that join the denser neighbours they are linked to.

What says how probable a link is comes from outside: the trained network, or the truth where the levels to learn from are built.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.constraints import number_by_first_face
from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.graph import Neighbours, connected_components, nearest_neighbours
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status

Floats = NDArray[np.float32]
Feature = Literal["peak", "mean", "both"]
"""What a node looks like: the densest of its nodes, their mean, or both side by side."""


@dataclass(frozen=True, eq=False)
class LevelGraph:
    """The kNN graph of one level; on the first level every face is a node."""

    features: Embeddings
    """(n, d) unit rows h."""
    neighbours: Neighbours
    """Of the features; a_ij are its similarities."""
    peaks: Ints
    """(n,) the face that speaks for each node."""


Linker = Callable[[LevelGraph], Floats]
"""From a graph to (n, k) p: how probable it is that a node and each of its neighbours are one person."""


@dataclass(frozen=True, eq=False)
class Level:
    """What one level has joined."""

    labels: Ints
    """(faces,) the group of every face after it, numbered by the first face of each group."""
    peaks: Ints
    """(groups,) the face that speaks for each group: of its densest node."""
    edges: Ints
    """(m, 2) the links added, as faces: from the peak of a node to the peak of the denser one that it joined."""
    p: Floats
    """(m,) how probable the links are."""
    threshold: float
    """The p_τ that was asked of them."""


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """All that an engine found on its way: to be cut at any level, or at any other probability, without another run.

    Below the threshold it was grown for, it holds levels that ask for less and less, so that it can be cut coarser, too.
    """

    faces: int
    threshold: float
    """The p_τ that it was grown for."""
    levels: tuple[Level, ...]

    def cut(self, level: int | None = None, *, threshold: float | None = None) -> Ints:
        """(faces,) groups after so many levels (0: every face alone), or by all links as probable as the threshold asks.

        Without either: the engine's own answer. A higher threshold gives parts of the groups of a lower one. UserError for
        a level that there is not, and for both at once.
        """
        if level is not None:
            if threshold is not None:
                raise UserError("Groups are cut at a level or at a threshold, not at both.")
            if not 0 <= level <= len(self.levels):
                raise UserError(f"There is no level {level}; there are 0 to {len(self.levels)}.")
            return self.levels[level - 1].labels if level else np.arange(self.faces)
        pairs = np.concatenate([np.empty((0, 2), np.int64), *(found.edges for found in self.levels)])
        kept = self.heights() >= (self.threshold if threshold is None else threshold)
        return number_by_first_face(connected_components(self.faces, pairs[kept]))

    def heights(self) -> Floats:
        """(edges,) of all levels' links in their order: the highest threshold that keeps each, p, and no more than its level's
        own threshold where that is below what the hierarchy was grown for."""
        told = [
            found.p if found.threshold >= self.threshold else np.minimum(found.p, np.float32(found.threshold))
            for found in self.levels
        ]
        return np.concatenate([np.empty(0, np.float32), *told])


def density(p: Floats, similarities: Floats) -> Floats:
    """d̂ (n,), eq. 3–4: the mean over a node's neighbours of ê·a, ê = p − (1 − p); (n, k) each."""
    result: Floats = ((2 * p - 1) * similarities).mean(1, dtype=np.float32)
    return result


def choose_edges(p: Floats, dense: Floats, neighbours: Ints, threshold: float) -> tuple[Ints, Floats]:
    """(m, 2) links and their (m,) p, eq. 5–6: each node's to the neighbour of the largest ê (so of the largest p; of equals
    the most similar) of those at least as dense and as probable as asked; none where there is no such neighbour."""
    allowed = (dense[:, None] <= dense[neighbours]) & (p >= threshold)
    best = np.where(allowed, p, -1.0).argmax(1)
    rows = np.flatnonzero(allowed.any(1))
    return np.stack([rows, neighbours[rows, best[rows]]], axis=1), p[rows, best[rows]]


def aggregate(peaks: Ints, own: Embeddings, dense: Floats, components: Ints) -> tuple[Ints, Embeddings, Embeddings]:
    """The next level's nodes, eq. 7: of every component the peak (the densest node's), its feature, and the mean of the nodes'
    peak features `own` (n, d), brought back to unit length."""
    order = np.lexsort((-dense, components))
    densest = order[np.unique(components[order], return_index=True)[1]]
    sums = np.zeros((len(densest), own.shape[1]), np.float32)
    np.add.at(sums, components, own)
    return peaks[densest], own[densest], sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)


def node_features(kind: Feature, peak: Embeddings, mean: Embeddings) -> Embeddings:
    """h (n, d), or (n, 2 d) unit rows for `both`: what a node looks like to the next level."""
    if kind == "both":
        both: Embeddings = np.concatenate([peak, mean], axis=1) * np.float32(0.5**0.5)
        return both
    return peak if kind == "peak" else mean


def grow(
    embeddings: Embeddings,
    linker: Linker,
    *,
    k: int,
    thresholds: tuple[float, ...],
    feature: Feature = "peak",
    early_stop: bool = False,
    progress: Progress = SILENT,
    visit: Callable[[LevelGraph], None] | None = None,
) -> Hierarchy:
    """Algorithm 1 on (n, d) unit vectors: levels until no link is added, for the first threshold, then for each lower one.

    `early_stop` ends a threshold's levels once one adds more than 1/k of the links of the level before (section 4.3). `visit`
    sees the graph of every level.
    """
    peaks, labels = np.arange(len(embeddings)), np.arange(len(embeddings))
    peak = mean = embeddings
    levels: list[Level] = []
    for threshold in thresholds:
        before = 0
        while len(peaks) > 1:
            features = node_features(feature, peak, mean)
            graph = LevelGraph(features, nearest_neighbours(features, k, progress), peaks)
            progress.report(Status("Linking faces", len(embeddings) - len(peaks), len(embeddings)))
            if visit is not None:
                visit(graph)
            p = linker(graph)
            dense = density(p, graph.neighbours.similarities)
            pairs, probable = choose_edges(p, dense, graph.neighbours.indices, threshold)
            if not len(pairs):
                break
            components = connected_components(len(peaks), pairs)
            edges = peaks[pairs]
            peaks, peak, mean = aggregate(peaks, peak, dense, components)
            labels = components[labels]
            levels.append(_level(labels, peaks, edges, probable, threshold))
            if early_stop and before and len(pairs) > before / k:
                break
            before = len(pairs)
    return Hierarchy(len(embeddings), thresholds[0], tuple(levels))


def _level(node: Ints, peaks: Ints, edges: Ints, p: Floats, threshold: float) -> Level:
    labels = number_by_first_face(node)
    ordered = np.empty_like(peaks)
    ordered[labels] = peaks[node]
    return Level(labels, ordered, edges, p, threshold)
