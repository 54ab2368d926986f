"""The one copy of our graphs: nearest neighbours, sub-graphs, adjacency, connected components."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.search import EXACT, most_alike
from photoclust.core.progress import Progress

if TYPE_CHECKING:
    import torch

_QUERIES = 1024  # faces looked at at once
_PAIRS = 4096  # so that what is gathered stays in the processor's cache


@dataclass(frozen=True)
class Neighbours:
    """The kNN of every face, most similar first, never the face itself."""

    indices: Ints
    """(n, k)"""
    similarities: NDArray[np.float32]
    """(n, k) cosines, falling along a row."""

    @property
    def k(self) -> int:
        """How many neighbours a face has; less than asked for in a library of fewer faces."""
        return int(self.indices.shape[1])


def nearest_neighbours(embeddings: Embeddings, k: int, progress: Progress = SILENT, *, exact: int = EXACT) -> Neighbours:
    """kNN by cosine of (n, d) unit vectors; k is clipped to n − 1; duplicates keep each other, not themselves.

    Exact among so many faces; in a larger library by cells (`most_alike`).
    """
    n = len(embeddings)
    k = max(0, min(k, n - 1))
    indices = np.empty((n, k), np.int64)
    similarities = np.empty((n, k), np.float32)
    if k == 0:
        return Neighbours(indices, similarities)
    for rows, found, sims in most_alike(embeddings, embeddings, k + 1, progress, exact=exact):
        itself = found == rows[:, None]
        itself[~itself.any(1), -1] = True  # more than k duplicates hid the face itself: drop the last instead
        indices[rows] = found[~itself].reshape(-1, k)
        similarities[rows] = sims[~itself].reshape(-1, k)
    return Neighbours(indices, np.clip(similarities, -1.0, 1.0, out=similarities))


def products_of_pairs(first: Embeddings, second: Embeddings, i: Ints, j: Ints) -> NDArray[np.float32]:
    """(m,) the products of the rows `i` of the first (n, d) with the rows `j` of the second."""
    result = np.empty(len(i), np.float32)
    for start in range(0, len(i), _PAIRS):
        part = slice(start, start + _PAIRS)
        result[part] = np.einsum("md,md->m", first[i[part]], second[j[part]])
    return result


@dataclass(frozen=True)
class SubGraphs:
    """A sub-graph around every face, compact: nodes by face, edges by position in `nodes`."""

    nodes: Ints
    """(n, m) faces, −1 where there is none; column 0 is the centre, the next `hop` columns its nearest."""
    edges: NDArray[np.int16]
    """(n, m, u) for every node the positions of the nodes it keeps an edge to, −1 where there is none."""
    hop: int
    """h₁, the number of 1-hop columns."""

    def adjacency(self, rows: Ints) -> NDArray[np.float32]:
        """(b, m, m) of the sub-graphs `rows` (b,); A[i, j] = 1 where node i keeps an edge to j; at most u a row."""
        edges = self.edges[rows]  # (b, m, u)
        b, m, _ = edges.shape
        dense = np.zeros((b, m, m), np.float32)
        sub_graph, node, slot = np.nonzero(edges >= 0)
        dense[sub_graph, node, edges[sub_graph, node, slot]] = 1.0
        return dense


def sub_graphs(
    neighbours: Neighbours, h1: int, h2: int, u: int, *, centres: Ints | None = None, reach: int | None = None
) -> SubGraphs:
    """First sub-graphs (section 3.3): the centre, its h₁ nearest, the h₂ nearest of each; at most u edges a node.

    Every node keeps its edges to the u nearest of its kNN that are in the sub-graph; with `reach` only the nearest `reach` of
    its kNN are asked. Only around the faces `centres` (b,), or around all: n is b then.
    """
    knn = neighbours.indices
    n, k = knn.shape
    h1, h2 = min(h1, k), min(h2, k)
    centres = np.arange(n) if centres is None else centres
    first = knn[centres, :h1]
    second = knn[first, :h2].reshape(len(centres), h1 * h2)
    nodes = _unique_rows(np.concatenate([centres[:, None], first, second], axis=1))
    edges = np.full((*nodes.shape, u), -1, np.int16)
    for start in range(0, len(nodes), _QUERIES):
        edges[start : start + _QUERIES] = _nearest_inside(nodes[start : start + _QUERIES], knn[:, :reach], u)
    return SubGraphs(nodes, edges, h1)


def _unique_rows(candidates: Ints) -> Ints:
    """Drop later repetitions in each row, close the gaps, pad with −1 to the longest row."""
    order = np.argsort(candidates, axis=1, kind="stable")
    ordered = np.take_along_axis(candidates, order, axis=1)
    again = np.zeros(candidates.shape, bool)
    again[:, 1:] = ordered[:, 1:] == ordered[:, :-1]
    repeated = np.zeros_like(again)
    np.put_along_axis(repeated, order, again, axis=1)
    closed = np.argsort(repeated, axis=1, kind="stable")
    kept = np.where(repeated, -1, candidates)
    longest = int((~repeated).sum(1).max(initial=1))
    result: Ints = np.take_along_axis(kept, closed, axis=1)[:, :longest]
    return result


def _nearest_inside(nodes: Ints, knn: Ints, u: int) -> NDArray[np.int16]:
    """(b, m, u) positions in `nodes` (b, m) of the u nearest of every node that are in its own row."""
    b, m = nodes.shape
    n, k = knn.shape
    offset = np.arange(b)[:, None] * (n + 1)  # one key space a sub-graph; padding falls on its last key
    keys = (np.where(nodes < 0, n, nodes) + offset).ravel()
    order = np.argsort(keys)
    wanted = (knn[np.maximum(nodes, 0)] + offset[:, :, None]).ravel()  # (b·m·k)
    at = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
    inside = (keys[order[at]] == wanted).reshape(b, m, k) & (nodes >= 0)[:, :, None]
    place = (order[at] % m).reshape(b, m, k)
    turn = np.cumsum(inside, axis=2) - 1
    result = np.full((b, m, u), -1, np.int16)
    sub_graph, node, slot = np.nonzero(inside & (turn < u))
    result[sub_graph, node, turn[sub_graph, node, slot]] = place[sub_graph, node, slot]
    return result


def side_by_side(parts: Sequence[tuple[Neighbours, SubGraphs]]) -> tuple[Neighbours, SubGraphs]:
    """Several sets as one, without an edge between them; neighbours as many as the smallest has.

    ValueError where the sub-graphs have different numbers of 1-hop columns.
    """
    if len({graphs.hop for _, graphs in parts}) > 1:
        raise ValueError("the sub-graphs differ in their 1-hop columns")
    k = min(neighbours.k for neighbours, _ in parts)
    m = max(graphs.nodes.shape[1] for _, graphs in parts)
    starts = np.cumsum([0, *(len(graphs.nodes) for _, graphs in parts)]).tolist()
    nodes, edges = [], []
    for start, (_, graphs) in zip(starts, parts, strict=False):
        wider = m - graphs.nodes.shape[1]
        shifted = np.where(graphs.nodes < 0, -1, graphs.nodes + start)
        nodes.append(np.pad(shifted, ((0, 0), (0, wider)), constant_values=-1))
        edges.append(np.pad(graphs.edges, ((0, 0), (0, wider), (0, 0)), constant_values=-1))
    indices = [neighbours.indices[:, :k] + start for start, (neighbours, _) in zip(starts, parts, strict=False)]
    similarities = [neighbours.similarities[:, :k] for neighbours, _ in parts]
    together = Neighbours(np.concatenate(indices), np.concatenate(similarities))
    return together, SubGraphs(np.concatenate(nodes), np.concatenate(edges), parts[0][1].hop)


def normalise(adjacency: torch.Tensor) -> torch.Tensor:
    """D⁻¹(A + I) of (…, m, m), D the row sums of A + I: the mean over a node and those it keeps an edge to."""
    import torch

    with_self = adjacency + torch.eye(adjacency.shape[-1], dtype=adjacency.dtype, device=adjacency.device)
    return with_self / with_self.sum(-1, keepdim=True)


def connected_components(n: int, pairs: Ints) -> Ints:
    """(n,) component numbers of the undirected graph with the edges `pairs` (m, 2)."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components as components

    if n == 0:
        return np.empty(0, np.int64)
    graph = coo_matrix((np.ones(len(pairs), np.int8), (pairs[:, 0], pairs[:, 1])), shape=(n, n))
    return np.asarray(components(graph, directed=False)[1], np.int64)


def undirected(neighbours: Neighbours) -> tuple[Ints, NDArray[np.float32]]:
    """Every kNN edge once: (m, 2) pairs i < j in rising order and their (m,) cosines."""
    n, k = neighbours.indices.shape
    rows = np.repeat(np.arange(n), k)
    columns = neighbours.indices.ravel()
    keys = np.minimum(rows, columns) * n + np.maximum(rows, columns)
    unique, first = np.unique(keys, return_index=True)
    pairs: Ints = np.stack([unique // max(n, 1), unique % max(n, 1)], axis=1)
    return pairs, neighbours.similarities.ravel()[first]
