"""The networks that say which neighbours of a face are the same person (Qi et al., sections 3.2 and 3.3).

The RGCN has four blocks of four graph convolutions with a shortcut each, the L-GCN four graph convolutions without.

The nodes of a batch of sub-graphs travel flat, (r, d), and Λ^-½AΛ^-½ is one sparse matrix, block-diagonal and symmetric, so
that its backward pass is its forward pass: 30 times as fast as dense blocks of 330 nodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn

from photoclust.clustering.engine import Ints
from photoclust.clustering.graph import Neighbours, sub_graphs
from photoclust.clustering.networks import NodeNorm


@dataclass(frozen=True)
class Size:
    """How much of the kNN graph around a face is looked at."""

    k1: int
    """Nearest neighbours: those whose links with the face are predicted."""
    k2: int
    """Nearest neighbours of each of them."""
    u: int
    """A node's edges go to those of its u nearest that are in the sub-graph."""


@dataclass(frozen=True)
class Shape:
    """Layers and shortcuts."""

    layers: int
    block: int
    """Layers under one shortcut; 0: there are none."""
    width: int
    """d_out of each layer."""
    cosine: bool = True
    """Whether a node's cosine with the centre is told beside its features; the paper's network must find it out by itself."""
    hidden: int = 64
    """Of the perceptron that makes a link's log-odds of a node."""


@dataclass(frozen=True, eq=False)
class Mean:
    """Λ^-½AΛ^-½ (r, r), eq. 3, row by row; Λ the row sums of the symmetric A; a node without edges learns nothing from any."""

    columns: Tensor
    """(e,) int32, the rows one after another."""
    starts: Tensor
    """(r + 1,) int32, where each row begins."""
    values: Tensor
    """(e,)"""

    @staticmethod
    def of(edges: Ints, r: int) -> Mean:
        """Of the edges (m, 2) of r nodes, in either direction or both."""
        both = np.concatenate([edges, edges[:, ::-1]])
        rows, columns = np.divmod(np.unique(both[:, 0] * r + both[:, 1]), max(r, 1))
        degrees = np.bincount(rows, minlength=r)
        values = ((degrees[rows] * degrees[columns]) ** -0.5).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum(degrees)])
        return Mean(torch.from_numpy(columns).int(), torch.from_numpy(starts).int(), torch.from_numpy(values))

    def __call__(self, X: Tensor) -> Tensor:
        """Λ^-½AΛ^-½ X of (r, d)."""
        result: Tensor = _Aggregate.apply(X, self)
        return result

    def plain(self, X: Tensor) -> Tensor:
        """The same without a gradient."""
        return F.embedding_bag(
            self.columns, X.contiguous(), self.starts, mode="sum", per_sample_weights=self.values.to(X.dtype),
            include_last_offset=True,
        )  # fmt: skip


class _Aggregate(torch.autograd.Function):
    """A symmetric matrix times X: the gradient goes back through the same matrix."""

    @staticmethod
    def forward(ctx: Any, X: Tensor, mean: Mean) -> Tensor:
        ctx.mean = mean
        return mean.plain(X)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        return ctx.mean.plain(gradients[0]), None


@dataclass(frozen=True, eq=False)
class Batch:
    """Sub-graphs of some faces, side by side."""

    X: Tensor
    """(r, d + 1) features of the nodes less those of their centre, eq. 1, and their cosine with it."""
    mean: Mean
    first: Tensor
    """(l,) which nodes are 1-hop neighbours."""
    links: Ints
    """(l, 2) the faces that they would link: the centre and the neighbour."""


def gather(embeddings: Tensor, neighbours: Neighbours, centres: Ints, size: Size) -> Batch:
    """The sub-graphs (section 3.2) of the faces `centres` (b,) of (n, d) embeddings; what there is in a small set."""
    graphs = sub_graphs(neighbours, size.k1, size.k2, size.u, centres=centres, reach=size.u)
    real = graphs.nodes >= 0  # (b, m)
    flat = np.cumsum(real).reshape(real.shape) - 1
    r = int(real.sum())
    sub_graph, node, slot = np.nonzero(graphs.edges >= 0)
    edges = np.stack([flat[sub_graph, node], flat[sub_graph, graphs.edges[sub_graph, node, slot]]], axis=1)
    nodes, middle = (embeddings[torch.from_numpy(rows)] for rows in (graphs.nodes[real], centres.repeat(real.sum(1))))  # (r, d)
    X = torch.cat([nodes - middle, (nodes * middle).sum(1, keepdim=True)], dim=1)
    near = slice(1, 1 + graphs.hop)
    links = np.stack([centres.repeat(graphs.hop), graphs.nodes[:, near].ravel()], axis=1)
    return Batch(X, Mean.of(edges, r), torch.from_numpy(flat[:, near].ravel()), links)


class GraphLayer(nn.Module):
    """Y = ReLU([X ‖ Λ^-½AΛ^-½ X] W + b), eq. 2; the paper leaves the bias unsaid."""

    def __init__(self, d_in: int, d_out: int, init: Generator) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(2 * d_in, d_out).normal_(0, d_in**-0.5, generator=init))
        self.bias = nn.Parameter(torch.zeros(d_out))

    def forward(self, X: Tensor, mean: Mean) -> Tensor:
        """(r, d_in) -> (r, d_out)."""
        own, near = self.weight.chunk(2)
        return F.relu(torch.addmm(self.bias, X, own) + mean(X @ near))


class Block(nn.Module):
    """G + Φ(G), eq. 4; a shortcut between different widths is a matrix, as in ResNet."""

    def __init__(self, d_in: int, d_out: int, layers: int, init: Generator, *, shortcut: bool) -> None:
        super().__init__()
        self.layers = nn.ModuleList(GraphLayer(d_out if layer else d_in, d_out, init) for layer in range(layers))
        self.shortcut = shortcut
        self.project = None
        if shortcut and d_in != d_out:
            self.project = nn.Parameter(torch.empty(d_in, d_out).normal_(0, d_in**-0.5, generator=init))

    def forward(self, G: Tensor, mean: Mean) -> Tensor:
        """(r, d_in) -> (r, d_out)."""
        H = G
        for layer in self.layers:
            H = layer(H, mean)
        if not self.shortcut:
            return H
        return H + (G if self.project is None else G @ self.project)


class LinkNetwork(nn.Module):
    """Log-odds that the centre and each of its 1-hop neighbours are one person."""

    def __init__(self, d: int, shape: Shape, init: Generator) -> None:
        super().__init__()
        size, width = shape.block or shape.layers, shape.width
        d += shape.cosine
        self.norm = NodeNorm(d)
        self.blocks = nn.ModuleList(
            Block(width if start else d, width, min(size, shape.layers - start), init, shortcut=shape.block > 0)
            for start in range(0, shape.layers, size)
        )
        self.inner = nn.Parameter(torch.empty(width, shape.hidden).normal_(0, width**-0.5, generator=init))
        self.inner_bias = nn.Parameter(torch.zeros(shape.hidden))
        self.slope = nn.Parameter(torch.full((1,), 0.25))
        self.outer = nn.Parameter(torch.empty(shape.hidden, 1).normal_(0, shape.hidden**-0.5, generator=init))
        self.outer_bias = nn.Parameter(torch.zeros(1))

    def forward(self, batch: Batch, *, training: bool) -> Tensor:
        """(l,) log-odds of `batch.links`."""
        G = self.norm(batch.X[:, : len(self.norm.mean)], training)
        for block in self.blocks:
            G = block(G, batch.mean)
        inner = F.prelu(torch.addmm(self.inner_bias, G[batch.first], self.inner), self.slope)
        return torch.addmm(self.outer_bias, inner, self.outer).squeeze(1)

    @staticmethod
    def restore(tensors: Mapping[str, Tensor], d: int, shape: Shape) -> LinkNetwork:
        """The network that had these tensors."""
        network = LinkNetwork(d, shape, Generator())
        network.load_state_dict(dict(tensors))
        return network
