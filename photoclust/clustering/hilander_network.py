"""LANDER (Xing et al., sections 3.3 and 3.5): one graph attention layer, a perceptron over the edges, and their loss.

A kNN graph has the same number of neighbours everywhere, so its edges are (n, k) arrays and messages are plain gathers.
"""

from __future__ import annotations

from collections.abc import Callable
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
        nn.init.xavier_uniform_(self.weight, generator=init)
        nn.init.xavier_uniform_(self.score[0], generator=init)
        nn.init.xavier_uniform_(self.score[1], generator=init)

    def forward(self, H: Tensor, neighbours: Tensor, checkpoint: Callable[[], None] = _go_on) -> Tensor:
        """H (n, d), neighbours (n, k) -> (n, heads · width)."""
        V = (H @ self.weight * H.shape[1] ** 0.5).view(len(H), self.heads, -1)  # numbers of about 1, as SGD likes them
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

    def __init__(self, d: int, shape: Shape, init: Generator) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = GraphAttention(d, shape, init)
        nodes = shape.heads * shape.width
        self.ends = nn.Parameter(torch.empty(2, nodes if shape.pairing != "products" else 0, shape.hidden))
        self.scalars = nn.Parameter(torch.empty(3 * shape.heads + 1 if shape.pairing != "concat" else 0, shape.hidden))
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
            split = encoded.view(len(encoded), self.shape.heads, -1)
            size = split.square().mean(-1)  # (n, heads)
            product = torch.einsum("bhc,bkhc->bkh", split[rows], split[near]) / self.shape.width
            told = torch.cat([product, size[rows, None].expand_as(product), size[near], similarities[rows, :, None]], dim=-1)
            hidden = hidden + told @ self.scalars
        return F.prelu(hidden, self.slope.view(1)) @ self.out + self.out_bias


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
