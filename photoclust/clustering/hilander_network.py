"""LANDER (Xing et al., sections 3.3 and 3.5): one graph attention layer, a perceptron over the edges, and their loss.

A kNN graph has the same number of neighbours everywhere, so its edges are (n, k) arrays and messages are plain gathers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn

Pairing = Literal["concat", "products", "both"]
_ROWS = 4096
"""Nodes whose edges are held at a time; the paper's batch."""


def _go_on() -> None:
    """Nobody asks to stop."""


@dataclass(frozen=True)
class Shape:
    """The sizes of the network."""

    heads: int = 8
    width: int = 32
    """Of a head's output."""
    hidden: int = 128
    pairing: Pairing = "both"
    """What the perceptron sees of an edge. `concat` is the paper's [h′ᵢ ‖ h′ⱼ]."""


class GraphAttention(nn.Module):
    """Heads side by side, each ELU(Σⱼ αᵢⱼ W hⱼ) over a node and its neighbours (Veličković et al.); α by softmax."""

    def __init__(self, d: int, shape: Shape, init: Generator) -> None:
        super().__init__()
        self.heads = shape.heads
        self.weight = nn.Parameter(torch.empty(d, shape.heads * shape.width))
        self.score = nn.Parameter(torch.empty(2, shape.heads, shape.width))
        nn.init.orthogonal_(self.weight, generator=init)  # so that products begin as those of the features
        nn.init.xavier_uniform_(self.score[0], generator=init)
        nn.init.xavier_uniform_(self.score[1], generator=init)

    def forward(self, H: Tensor, neighbours: Tensor, checkpoint: Callable[[], None] = _go_on) -> Tensor:
        """H (n, d), neighbours (n, k) -> (n, heads · width)."""
        V = (H @ self.weight * H.shape[1] ** 0.5).view(len(H), self.heads, -1)  # of about 1
        of_i, of_j = ((V * a).sum(-1) for a in self.score)  # (n, heads): aᵀ[W hᵢ ‖ W hⱼ] is a sum of two
        result = []
        for rows in torch.split(torch.arange(len(H)), _ROWS):
            checkpoint()
            seen = torch.cat([rows[:, None], neighbours[rows]], dim=1)  # (b, 1 + k)
            alpha = F.leaky_relu(of_i[rows, None] + of_j[seen], 0.2).softmax(1)
            result.append(F.elu(torch.einsum("bkh,bkhc->bhc", alpha, V[seen])).flatten(1))
        return torch.cat(result)


class Lander(nn.Module):
    """From node features and their kNN graph to the log-odds of every edge."""

    middle: Tensor
    spread: Tensor

    def __init__(self, d: int, shape: Shape, init: Generator) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = GraphAttention(d, shape, init)
        nodes, scalars = shape.heads * shape.width, 3 * shape.heads + 7 if shape.pairing != "concat" else 0
        self.ends = nn.Parameter(torch.empty(2, nodes if shape.pairing != "products" else 0, shape.hidden))
        self.scalars = nn.Parameter(torch.empty(scalars, shape.hidden))
        self.register_buffer("middle", torch.zeros(scalars))
        self.register_buffer("spread", torch.ones(scalars))
        self.bias = nn.Parameter(torch.zeros(shape.hidden))
        self.slope = nn.Parameter(torch.tensor(0.25))
        self.out = nn.Parameter(torch.empty(shape.hidden, 2))
        self.out_bias = nn.Parameter(torch.zeros(2))
        for values in (self.ends[0], self.ends[1], self.scalars, self.out):
            if values.numel():
                nn.init.xavier_uniform_(values.data, generator=init)

    def forward(self, H: Tensor, neighbours: Tensor, similarities: Tensor, checkpoint: Callable[[], None] = _go_on) -> Tensor:
        """H (n, d), neighbours and similarities (n, k) -> (n, k, 2) logits of another person and the same.

        `checkpoint` is called every 4096 nodes and may raise.
        """
        encoded = self.encoder(H, neighbours, checkpoint)
        logits = []
        for rows in torch.split(torch.arange(len(H)), _ROWS):
            checkpoint()
            logits.append(self._edges(encoded, neighbours, similarities, rows))
        return torch.cat(logits)

    def _edges(self, encoded: Tensor, neighbours: Tensor, similarities: Tensor, rows: Tensor) -> Tensor:
        near = neighbours[rows]  # (b, k)
        hidden: Tensor = self.bias
        if self.shape.pairing != "products":
            first, second = self.ends  # [h′ᵢ ‖ h′ⱼ] W is a sum of two, made once a node
            hidden = hidden + (encoded[rows] @ first)[:, None] + (encoded @ second)[near]
        if self.shape.pairing != "concat":
            told = self._products(encoded, neighbours, similarities, rows)
            hidden = hidden + (told - self.middle) / self.spread @ self.scalars
        return F.prelu(hidden, self.slope.view(1)) @ self.out + self.out_bias

    def _products(self, encoded: Tensor, neighbours: Tensor, similarities: Tensor, rows: Tensor) -> Tensor:
        """(b, k, 3 · heads + 7): of every head the product of both ends and their sizes; a_ij; of both ends how similar their
        nearest, their average and their farthest neighbour is."""
        near = neighbours[rows]  # (b, k)
        split = encoded.view(len(encoded), self.shape.heads, -1)
        size = split.square().mean(-1)  # (n, heads)
        around = torch.stack([similarities[:, 0], similarities.mean(1), similarities[:, -1]], dim=1)  # (n, 3)
        of_node = torch.cat([size, around], dim=1)
        product = torch.einsum("bhc,bkhc->bkh", split[rows], split[near]) / self.shape.width
        own = of_node[rows, None].expand(-1, near.shape[1], -1)
        return torch.cat([product, own, of_node[near], similarities[rows, :, None]], dim=-1)

    @torch.no_grad()
    def settle(self, graphs: Sequence[tuple[Tensor, Tensor, Tensor]]) -> None:
        """Let products have mean 0 and spread 1 over these graphs' edges (features, neighbours, similarities), each graph
        counting alike; before training."""
        if self.shape.pairing == "concat":
            return
        told = [
            self._products(self.encoder(H, neighbours), neighbours, similarities, torch.arange(len(H))).flatten(0, 1)
            for H, neighbours, similarities in graphs
        ]
        self.middle.copy_(torch.stack([part.mean(0) for part in told]).mean(0))
        self.spread.copy_(torch.stack([(part - self.middle).square().mean(0) for part in told]).mean(0).sqrt().clamp(min=1e-3))


def true_density(same: Tensor, similarities: Tensor) -> Tensor:
    """d (n,): eq. 4 with the truth `same` (n, k), 1 or 0, in the place of p."""
    return ((2 * same - 1) * similarities).mean(1)


def loss(logits: Tensor, same: Tensor, similarities: Tensor, neighbours: Tensor) -> Tensor:
    """Eq. 8: L_conn (eq. 9–10, cross-entropy of the edges to nodes at least as dense, over all edges) + L_den (eq. 11).

    logits (n, k, 2), same (n, k) 1 or 0, similarities (n, k), neighbours (n, k).
    """
    d = true_density(same, similarities)
    upward = d[:, None] <= d[neighbours]
    connection = F.cross_entropy(logits.flatten(0, 1), same.long().flatten(), reduction="none").view_as(same)
    p = logits.softmax(-1)[..., 1]
    return (connection * upward).mean() + (d - true_density(p, similarities)).square().mean()
