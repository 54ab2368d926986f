"""The network of DGG and its bound (Yang et al. 2019, sections 3.1 and 3.2): a VAE whose prior is a mixture of Gaussians.

Shapes: b samples a batch, D numbers a sample, M latent numbers, K groups. Randomness comes from an explicit generator only.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn

_LOG_2PI = math.log(2 * math.pi)
_LEAST = -12.0  # ln of a variance is held above it, so that nothing divides by 0


class Posterior(NamedTuple):
    """q(z | x) = N(μ̃, diag σ̃²), eq. 4."""

    mu: Tensor
    """(b, M)"""
    log_variance: Tensor
    """(b, M)"""

    def sample(self, noise: Generator) -> Tensor:
        """z = μ̃ + σ̃ ⊙ ε, eq. 23: (b, M)."""
        return self.mu + (0.5 * self.log_variance).exp() * torch.randn(self.mu.shape, generator=noise)


class Layers(nn.Module):
    """Fully connected layers with ReLU between them, none after the last."""

    def __init__(self, widths: Sequence[int], init: Generator) -> None:
        super().__init__()
        # made without values: torch's own initialisation would draw from the global generator
        self.layers = nn.ModuleList(
            nn.Linear(d_in, d_out, device="meta").to_empty(device="cpu") for d_in, d_out in itertools.pairwise(widths)
        )
        for layer in self.layers:
            assert isinstance(layer, nn.Linear)
            nn.init.kaiming_uniform_(layer.weight, nonlinearity="relu", generator=init)
            nn.init.zeros_(layer.bias)

    def forward(self, H: Tensor) -> Tensor:
        """(b, first width) -> (b, last width)."""
        *inner, last = self.layers
        for layer in inner:
            H = F.relu(layer(H))
        result: Tensor = last(H)
        return result


class MixtureVAE(nn.Module):
    """Encoder f₁ (eq. 6), classifier f₂ (eq. 7), decoder g (eq. 22), and the mixture's means and variances (eq. 2).

    `widths` are the encoder's, D first and M last; the decoder's are the same backwards. The classifier is M → K, a deep one
    M → K → K (section 4.2).
    """

    def __init__(self, widths: Sequence[int], k: int, init: Generator, *, deep_classifier: bool = False) -> None:
        super().__init__()
        *_, hidden, latent = widths
        self.encoder = Layers(widths, init)
        self.to_log_variance = Layers([hidden, latent], init)
        self.decoder = Layers(widths[::-1], init)
        self.classifier = Layers([latent, k, k] if deep_classifier else [latent, k], init)
        self.means = nn.Parameter(torch.zeros(k, latent))
        self.log_variances = nn.Parameter(torch.zeros(k, latent))
        head = self.to_log_variance.layers[0]
        assert isinstance(head, nn.Linear)
        nn.init.zeros_(head.weight)
        nn.init.constant_(head.bias, -4.0)  # an autoencoder at first: nearly no noise

    def encode(self, X: Tensor) -> Posterior:
        """(b, D) -> q(z | x)."""
        *inner, last = self.encoder.layers
        for layer in inner:
            X = F.relu(layer(X))
        return Posterior(last(X), self.to_log_variance(X).clamp(_LEAST, 6.0))

    def decode(self, Z: Tensor) -> Tensor:
        """(b, M) -> (b, D), the mean of p(x | z)."""
        X: Tensor = self.decoder(Z)
        return X

    def assign(self, Z: Tensor) -> Tensor:
        """(b, M) -> (b, K), ln q(c | z)."""
        return torch.log_softmax(self.classifier(Z), -1)


def log_likelihood(X: Tensor, rebuilt: Tensor, variance: float) -> Tensor:
    """ln p(x | z) of a real x, eq. 3, less its constant: −‖x − g(z)‖² / 2η of (…, D) -> (…)."""
    return -((X - rebuilt) ** 2).sum(-1) / (2 * variance)


def latent_terms(q: Posterior, gamma: Tensor, means: Tensor, log_variances: Tensor) -> Tensor:
    """E_q ln p(z | c) − E_q ln q(z | x), the terms of eq. 21 in z, of b posteriors and their γ (b, K): (b,)."""
    precision = (-log_variances.clamp(min=_LEAST)).exp()  # (K, M)
    variance = q.log_variance.exp()
    squares = (
        (q.mu**2 + variance) @ precision.T - 2 * q.mu @ (means * precision).T + (means**2 * precision).sum(-1)
    )  # (b, K): Σ_m (σ̃² + (μ̃ − μ_k)²) / σ_k²
    prior = -0.5 * (gamma * (squares + log_variances.clamp(min=_LEAST).sum(-1))).sum(-1)
    return prior + 0.5 * (1 + q.log_variance).sum(-1)


def group_terms(log_gamma: Tensor, log_pi: Tensor) -> Tensor:
    """Σ_k γ_k ln(π_k / γ_k), the terms of eq. 21 in c, of (…, K): (…)."""
    return (log_gamma.exp() * (log_pi - log_gamma)).sum(-1)
