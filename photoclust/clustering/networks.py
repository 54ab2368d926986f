"""The networks of the thesis (sections 3.4, 3.6, 6.2.2): its graph convolutions, encoders and the discriminator.

Its parameter counts for d = 256 (table 6.2) determine the layers: 98,624 of the VGAE are concatenating convolutions
256 → 128 → 64 and twice 64 → 64 with biases; 49,472 the same with half the weights (simple); 33,088 more the discriminator.
1,549,632 of the attention VGAE are those 98,624 and, in each of the four convolutions, 16 d² + 18 d in place of the plain mean
ÃH: eight heads d → d, concatenated, and an output head 8 d → d, each with its score vector of 2 d′ and no bias. It is not the
four layers replaced by attention, as the text could also be read (1,315,840 with eight heads of the full width).
The text does not give the parameters of the plain autoencoder (GAE); without a head for σ it has 90,368.

The nodes of a batch of sub-graphs travel flat, (r, d), without padding; only where a sub-graph's nodes meet are they spread
over padded (b, m, ·) tensors. That is the same computation as on padded tensors throughout, 2–3 times as fast.
Randomness comes from an explicit generator, never from torch's global one: `noise=None` means inference, without dropout,
with the running statistics of the batch normalisation and Z = μ.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn

Convolution = Literal["simple", "concat", "attention"]


@dataclass(frozen=True)
class Model:
    """Which autoencoder is used (table 6.1); the default is the thesis's own choice, the adversarial VGAE."""

    convolution: Convolution = "concat"
    variational: bool = True
    """Z is drawn from N(μ, σ²) and pays the KL divergence; a plain autoencoder has Z = μ and no head for σ."""
    adversarial: bool = True
    """A discriminator tells Z from N(0, I), and the encoder pays for being told."""


MODELS: Mapping[str, Model] = MappingProxyType(
    {
        "gae": Model(variational=False, adversarial=False),
        "vgae": Model(adversarial=False),
        "vgae-simple": Model("simple", adversarial=False),
        "avgae": Model(),
        "attention-vgae": Model("attention", adversarial=False),
        "attention-avgae": Model("attention"),
    }
)
"""The thesis's models by name, in the order of its tables."""


def dropout(values: Tensor, rate: float, noise: Generator | None) -> Tensor:
    """Inverted dropout drawn from `noise`; nothing is dropped at inference."""
    if noise is None or rate == 0:
        return values
    kept = torch.rand(values.shape, generator=noise, device=values.device) >= rate
    return values * kept / (1 - rate)


class NodeNorm(nn.Module):
    """Batch normalisation over the nodes of a batch, without affine parameters."""

    mean: Tensor
    variance: Tensor

    def __init__(self, width: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(width))
        self.register_buffer("variance", torch.ones(width))

    def forward(self, H: Tensor, training: bool) -> Tensor:
        """(r, width) -> (r, width); a single node is normalised by the running statistics."""
        return F.batch_norm(H, self.mean, self.variance, training=training and len(H) > 1)


def aggregate(A: Tensor, H: Tensor, place: Tensor) -> Tensor:
    """Ã H, eq. 3.1, of the flat nodes H (r, d) of sub-graphs with A (b, m, m); `place` (r,) is their row in b·m."""
    return (A @ spread(H, place, A.shape)).flatten(0, 1)[place]


def spread(H: Tensor, place: Tensor, shape: torch.Size) -> Tensor:
    """Flat nodes (r, d) as padded sub-graphs (b, m, d), 0 where there is no node; `shape` begins with b, m."""
    b, m = shape[:2]
    return H.new_zeros(b * m, H.shape[-1]).index_copy(0, place, H).view(b, m, -1)


class AttentionHeads(nn.Module):
    """Heads side by side, each sigmoid(Σⱼ αᵢⱼ W hⱼ), eq. 3.17–3.20; j: the node itself and those it keeps an edge to."""

    def __init__(self, d_in: int, d_out: int, heads: int, init: Generator) -> None:
        super().__init__()
        self.heads = heads
        self.weight = nn.Parameter(torch.empty(d_in, heads * d_out))
        self.score = nn.Parameter(torch.empty(heads, 2 * d_out))
        for values in (*self.weight.data.chunk(heads, dim=1), *self.score.data.chunk(heads)):
            nn.init.xavier_uniform_(values, generator=init)

    def forward(self, H: Tensor, A: Tensor, place: Tensor) -> Tensor:
        """H (r, d_in), A (b, m, m) not 0 where i sees j, itself too, place (r,) -> (r, heads · d_out)."""
        b, m = A.shape[:2]
        V = spread(H @ self.weight, place, A.shape).view(b, m, self.heads, -1).transpose(1, 2)  # (b, heads, m, d_out)
        W = self.weight.view(len(self.weight), self.heads, -1)  # (d_in, heads, d_out)
        of_i, of_j = (
            spread(H @ (W * a).sum(-1), place, A.shape).transpose(1, 2) for a in self.score.chunk(2, dim=1)
        )  # aᵀ[W hᵢ ‖ W hⱼ] is a sum of two, (b, heads, m) each
        e = F.leaky_relu(of_i.unsqueeze(-1) + of_j.unsqueeze(-2), 0.2)  # (b, heads, m, m)
        alpha = e.masked_fill((A == 0).unsqueeze(1), -torch.inf).softmax(-1)
        return torch.sigmoid((alpha @ V).transpose(1, 2).flatten(0, 1).flatten(1)[place])


class GraphAttention(nn.Module):
    """What a node learns from its neighbours by attention, as wide as it was: heads concatenated, and a head over them."""

    def __init__(self, d: int, init: Generator, *, heads: int = 8) -> None:
        super().__init__()
        self.heads = AttentionHeads(d, d, heads, init)
        self.output = AttentionHeads(heads * d, d, 1, init)

    def forward(self, H: Tensor, A: Tensor, place: Tensor) -> Tensor:
        """(r, d), (b, m, m), (r,) -> (r, d)."""
        output: Tensor = self.output(self.heads(H, A, place), A, place)
        return output


class GraphConv(nn.Module):
    """H′ = ReLU([H ‖ ÃH] W + b), eq. 3.1–3.2, batch-normalised before, dropout after; Ã = D⁻¹(A + I).

    A simple one is ReLU(ÃH W + b); one with attention has learned attention in the place of ÃH.
    """

    def __init__(
        self, d_in: int, d_out: int, init: Generator, kind: Convolution = "concat", *, relu: bool = True, drop: float = 0.2
    ) -> None:
        super().__init__()
        self.kind, self.relu, self.drop = kind, relu, drop
        self.norm = NodeNorm(d_in)
        self.weight = nn.Parameter(torch.empty(d_in if kind == "simple" else 2 * d_in, d_out))
        self.bias = nn.Parameter(torch.zeros(d_out))
        nn.init.xavier_uniform_(self.weight, generator=init)
        self.attention = GraphAttention(d_in, init) if kind == "attention" else None

    def forward(self, H: Tensor, A: Tensor, place: Tensor, noise: Generator | None) -> Tensor:
        """H (r, d_in), A (b, m, m) normalised, place (r,) -> (r, d_out)."""
        H = self.norm(H, noise is not None)
        near = self.attention(H, A, place) if self.attention else aggregate(A, H, place)  # (r, d_in)
        H = torch.addmm(self.bias, near if self.kind == "simple" else torch.cat([H, near], dim=-1), self.weight)  # (r, d_out)
        return dropout(F.relu(H) if self.relu else H, self.drop, noise)


class Encoder(nn.Module):
    """q(Z | X, A) = N(μ, σ²), eq. 3.3: d → 128 → 64, then 64 → 64 for μ and, in a variational model, for log σ."""

    def __init__(self, d: int, init: Generator, model: Model = MODELS["avgae"], *, hidden: int = 128, latent: int = 64) -> None:
        super().__init__()
        self.first = GraphConv(d, hidden, init, model.convolution)
        self.second = GraphConv(hidden, latent, init, model.convolution)
        self.to_mu = GraphConv(latent, latent, init, model.convolution, relu=False)
        self.to_log_sigma = GraphConv(latent, latent, init, model.convolution, relu=False) if model.variational else None

    def forward(self, X: Tensor, A: Tensor, place: Tensor, noise: Generator | None) -> tuple[Tensor, Tensor | None]:
        """X (r, d), A (b, m, m) normalised, place (r,) -> μ and, if variational, log σ, each (r, latent)."""
        H = self.second(self.first(X, A, place, noise), A, place, noise)
        return self.to_mu(H, A, place, noise), self.to_log_sigma(H, A, place, noise) if self.to_log_sigma else None


def sample(mu: Tensor, log_sigma: Tensor | None, noise: Generator | None) -> Tensor:
    """Z = μ + σ·ε (eq. 3.4, with σ for the thesis's log σ); μ itself at inference or without σ."""
    if noise is None or log_sigma is None:
        return mu
    return mu + log_sigma.exp() * torch.randn(mu.shape, generator=noise, device=mu.device)


def decode(Z: Tensor) -> Tensor:
    """Z Zᵀ, the logits of Â = sigmoid(Z Zᵀ), eq. 3.7: (b, m, latent) -> (b, m, m)."""
    return Z @ Z.transpose(-1, -2)


class Discriminator(nn.Module):
    """Tells N(0, I) from Z: 64 → 128 → 128 → 64 logits, ReLU and dropout 0.1 between."""

    def __init__(self, init: Generator, *, latent: int = 64, hidden: int = 128, drop: float = 0.1) -> None:
        super().__init__()
        self.drop = drop
        widths = (latent, hidden, hidden, latent)
        # made without values: torch's own initialisation would draw from the global generator
        self.layers = nn.ModuleList(
            nn.Linear(d_in, d_out, device="meta").to_empty(device="cpu") for d_in, d_out in itertools.pairwise(widths)
        )
        for layer in self.layers:
            assert isinstance(layer, nn.Linear)
            nn.init.xavier_uniform_(layer.weight, generator=init)
            nn.init.zeros_(layer.bias)

    def forward(self, Z: Tensor, noise: Generator | None) -> Tensor:
        """(…, latent) -> (…, latent) logits, one a latent dimension."""
        first, second, last = self.layers
        H = dropout(F.relu(first(Z)), self.drop, noise)
        logits: Tensor = last(dropout(F.relu(second(H)), self.drop, noise))
        return logits


def count_parameters(model: Model, d: int) -> int:
    """Trained numbers of one estimator for embeddings of `d` dimensions, its discriminator included."""
    init = Generator()
    parts: list[nn.Module] = [Encoder(d, init, model)]
    if model.adversarial:
        parts.append(Discriminator(init))
    return sum(parameter.numel() for part in parts for parameter in part.parameters())
