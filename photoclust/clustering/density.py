"""Similarity density and what it prunes (sections 3.4.3 and 3.5)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import Ints
from photoclust.clustering.graph import SubGraphs


def similarity_density(star: NDArray[np.float32]) -> NDArray[np.float32]:
    """ρ(i) = mean over its neighbours of ⟨zᵢ, zⱼ⟩, eq. 3.14; `star` (n, h₁) holds the products."""
    density: NDArray[np.float32] = star.mean(1)
    return density


def denser(density: NDArray[np.float32], neighbours: Ints) -> NDArray[np.bool_]:
    """(n, h₁) whether ρⱼ > ρ_centre for the neighbours (n, h₁) of every centre, eq. 3.15."""
    result: NDArray[np.bool_] = density[neighbours] > density[:, None]
    return result


def prune(graphs: SubGraphs, kept: NDArray[np.bool_]) -> SubGraphs:
    """Second sub-graphs: of the edges between centre and 1-hop neighbours only those `kept` (n, h₁) stay, both ways."""
    edges = graphs.edges.copy()
    star = np.zeros(graphs.nodes.shape, bool)  # (n, m) positions whose edge with the centre goes
    star[:, 1 : 1 + graphs.hop] = ~kept
    outward = edges[:, 0]  # (n, u)
    outward[np.take_along_axis(star, np.maximum(outward, 0), axis=1) & (outward >= 0)] = -1
    edges[star[:, :, None] & (edges == 0)] = -1
    return SubGraphs(graphs.nodes, edges, graphs.hop)
