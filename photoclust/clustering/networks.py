"""The networks of the thesis (section 3.4, 6.2.2): concatenating graph convolutions and the discriminator.

The nodes of a batch of sub-graphs travel flat, (r, d), without padding; only where a sub-graph's nodes meet are they spread
over padded (b, m, ·) tensors. That is the same computation as on padded tensors throughout, 2–3 times as fast.
Randomness comes from an explicit generator, never from torch's global one: `noise=None` means inference, without dropout,
with the running statistics of the batch normalisation and Z = μ.
"""

from __future__ import annotations

import itertools

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn


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


class ConcatGraphConv(nn.Module):
    """H′ = ReLU([H ‖ ÃH] W + b), eq. 3.1–3.2, batch-normalised before, dropout after; Ã = D⁻¹(A + I)."""

    def __init__(self, d_in: int, d_out: int, init: Generator, *, relu: bool = True, drop: float = 0.2) -> None:
        super().__init__()
        self.relu, self.drop = relu, drop
        self.norm = NodeNorm(d_in)
        self.weight = nn.Parameter(torch.empty(2 * d_in, d_out))
        self.bias = nn.Parameter(torch.zeros(d_out))
        nn.init.xavier_uniform_(self.weight, generator=init)

    def forward(self, H: Tensor, A: Tensor, place: Tensor, noise: Generator | None) -> Tensor:
        """H (r, d_in), A (b, m, m) normalised, place (r,) -> (r, d_out)."""
        H = self.norm(H, noise is not None)
        H = torch.addmm(self.bias, torch.cat([H, aggregate(A, H, place)], dim=-1), self.weight)  # (r, d_out)
        return dropout(F.relu(H) if self.relu else H, self.drop, noise)


class Encoder(nn.Module):
    """q(Z | X, A) = N(μ, σ²), eq. 3.3: d → 128 → 64, then 64 → 64 for μ and for log σ."""

    def __init__(self, d: int, init: Generator, *, hidden: int = 128, latent: int = 64) -> None:
        super().__init__()
        self.first = ConcatGraphConv(d, hidden, init)
        self.second = ConcatGraphConv(hidden, latent, init)
        self.to_mu = ConcatGraphConv(latent, latent, init, relu=False)
        self.to_log_sigma = ConcatGraphConv(latent, latent, init, relu=False)

    def forward(self, X: Tensor, A: Tensor, place: Tensor, noise: Generator | None) -> tuple[Tensor, Tensor]:
        """X (r, d), A (b, m, m) normalised, place (r,) -> μ and log σ, each (r, latent)."""
        H = self.second(self.first(X, A, place, noise), A, place, noise)
        return self.to_mu(H, A, place, noise), self.to_log_sigma(H, A, place, noise)


def sample(mu: Tensor, log_sigma: Tensor, noise: Generator | None) -> Tensor:
    """Z = μ + σ·ε (eq. 3.4, with σ for the thesis's log σ); μ itself at inference."""
    if noise is None:
        return mu
    return mu + log_sigma.exp() * torch.randn(mu.shape, generator=noise, device=mu.device)


def decode(Z: Tensor) -> Tensor:
    """Â = sigmoid(Z Zᵀ), eq. 3.7: (b, m, latent) -> (b, m, m)."""
    return torch.sigmoid(Z @ Z.transpose(-1, -2))


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
