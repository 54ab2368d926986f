"""The loss terms of the adversarial VGAE as pure functions (sections 3.4 and 6.2.1)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor


def squared_error(A: Tensor, logits: Tensor, real: Tensor) -> Tensor:
    """MSE(A, Â), eq. 3.9 and 6.8, of (b, m, m) over the pairs of nodes that are no padding: `real` (b, m) is 1, not 0."""
    return _mean((A - torch.sigmoid(logits)) ** 2, real)


def cross_entropy(A: Tensor, logits: Tensor, real: Tensor) -> Tensor:
    """−log p(A | Z), the expectation that eq. 3.6 stands for, where the thesis takes the squared error; same shapes."""
    return _mean(F.binary_cross_entropy_with_logits(logits, A, reduction="none"), real)


def _mean(losses: Tensor, real: Tensor) -> Tensor:
    pairs = real.unsqueeze(-1) * real.unsqueeze(-2)  # (b, m, m)
    return (losses * pairs).sum() / pairs.sum()


def kl_divergence(mu: Tensor, log_sigma: Tensor) -> Tensor:
    """KL[q(Z|X,A) ‖ N(0, I)] = −½ Σ(1 + 2 log σ − μ² − σ²), averaged over the nodes of (r, latent), eq. 3.10 and 6.9."""
    return -0.5 * (1 + 2 * log_sigma - mu**2 - (2 * log_sigma).exp()).sum(-1).mean()


def discriminator(logits_prior: Tensor, logits_latent: Tensor) -> Tensor:
    """−½ E[log D(N)] − ½ E[log(1 − D(Z))], eq. 3.12, of (r, latent) logits; the sigmoid is inside the logarithms."""
    return 0.5 * (F.softplus(-logits_prior).mean() + F.softplus(logits_latent).mean())


def adversarial(logits_latent: Tensor) -> Tensor:
    """−½ E[log D(Z)], eq. 3.11: what the encoder pays for a latent (r, latent) that does not look like N(0, I)."""
    return 0.5 * F.softplus(-logits_latent).mean()
