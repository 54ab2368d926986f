"""From faces to the graph of Ada-NETS, and from the graph to features and links (sections 3.1–3.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from photoclust.clustering.adanets_network import AdaNet, mean_over_edges
from photoclust.clustering.adaptive_filter import edges
from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.graph import connected_components, nearest_neighbours
from photoclust.clustering.impostors import estimate_impostors
from photoclust.clustering.structure_space import Candidates, structure_space
from photoclust.core.progress import Progress, Status

_BATCH = 512  # sequences between two checkpoints
SIMILARITIES = 2
"""What the filter is told of a candidate beside its features: κ, and the cosine as fifths of a spread above the strangers'."""


@dataclass(frozen=True)
class Space:
    """The options of the structure space."""

    k: int = 80
    reciprocal: int = 40
    eta: float = 0.5

    def candidates(self, embeddings: Embeddings, progress: Progress = SILENT) -> Candidates:
        """The candidates of (n, d) unit vectors in the order of κ.

        The sets that are compared hold at most a sixth of all faces, or in a small album everybody would know everybody.
        """
        reciprocal = min(self.reciprocal, max(2, len(embeddings) // 6))
        return structure_space(nearest_neighbours(embeddings, self.k, progress), reciprocal, self.eta, progress)


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What the filter may see of every face."""

    X: Tensor
    """(n, d)"""
    candidates: Candidates
    similarities: Tensor
    """(n, k + 1, 2), the face itself first."""

    @property
    def n(self) -> int:
        """How many faces there are."""
        return len(self.X)

    def sequences(self, rows: Tensor, inputs: int) -> Tensor:
        """(b, k + 1, inputs) of the faces `rows` (b,): the features, the similarities, or both."""
        told = self.similarities[rows]
        if inputs == SIMILARITIES:
            return told
        faces = torch.cat([rows[:, None], torch.from_numpy(self.candidates.indices)[rows]], dim=1)
        return self.X[faces] if inputs == self.X.shape[1] else torch.cat([self.X[faces], told], dim=2)


def look_around(embeddings: Embeddings, space: Space, progress: Progress = SILENT) -> Surroundings:
    """The surroundings of (n ≥ 2, d) unit vectors."""
    candidates = space.candidates(embeddings, progress)
    itself = ((0, 0), (1, 0))
    kappa = np.pad(candidates.similarities, itself, constant_values=1.0)
    cosines = np.pad(candidates.cosines, itself, constant_values=1.0)
    strange = estimate_impostors(embeddings).standardise(cosines) / 5
    return Surroundings(torch.from_numpy(embeddings), candidates, torch.from_numpy(np.stack([kappa, strange], axis=2)))


def count_neighbours(network: AdaNet, seen: Surroundings, progress: Progress = SILENT) -> NDArray[np.float32]:
    """(n,) the k_off that the filter estimates, the face itself counted."""
    result = np.empty(seen.n, np.float32)
    with torch.inference_mode():
        for start in range(0, seen.n, _BATCH):
            progress.checkpoint()
            progress.report(Status("Choosing neighbours", start, seen.n))
            rows = torch.arange(start, min(start + _BATCH, seen.n))
            result[start : start + _BATCH] = network.filter(seen.sequences(rows, network.inputs)).numpy()
    return result


def discovered(network: AdaNet, seen: Surroundings, progress: Progress = SILENT) -> Ints:
    """(m, 2) the edges of the graph, eq. 6 and 7."""
    return edges(seen.candidates, count_neighbours(network, seen, progress))


def enhanced(network: AdaNet, seen: Surroundings, pairs: Ints) -> Embeddings:
    """F′ (n, d′) of length 1: what the graph network makes of the features on the graph with the edges `pairs` (m, 2)."""
    with torch.inference_mode():
        features: Embeddings = network.graph(seen.X, mean_over_edges(seen.n, pairs)).numpy()
    return features


@dataclass(frozen=True)
class Links:
    """How alike the enhanced features are."""

    n: int
    pairs: Ints
    """(m, 2)"""
    scores: NDArray[np.float32]
    """(m,) y, cosines."""

    def merge(self, threshold: float) -> Ints:
        """(n,) groups: everybody who is linked above θ, directly or by others."""
        return connected_components(self.n, self.pairs[self.scores > threshold])


def links(features: Embeddings, k: int, progress: Progress = SILENT) -> Links:
    """Every face with the k that its enhanced features (n, d′) are nearest to."""
    near = nearest_neighbours(features, k, progress)
    pairs = np.stack([np.repeat(np.arange(len(features)), near.k), near.indices.ravel()], axis=1)
    return Links(len(features), pairs, near.similarities.ravel())
