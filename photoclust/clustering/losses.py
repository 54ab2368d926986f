"""The loss terms of the adversarial VGAE as pure functions (sections 3.4 and 6.2.1)."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor


def reconstruction(A: Tensor, A_hat: Tensor, real: Tensor) -> Tensor:
    """MSE(A, Â), eq. 3.9 and 6.8, of (b, m, m) over the pairs of nodes that are no padding: `real` (b, m) is 1, not 0."""
    pairs = real.unsqueeze(-1) * real.unsqueeze(-2)  # (b, m, m)
    return ((A - A_hat) ** 2 * pairs).sum() / pairs.sum()


def kl_divergence(mu: Tensor, log_sigma: Tensor) -> Tensor:
    """KL[q(Z|X,A) ‖ N(0, I)] = −½ Σ(1 + 2 log σ − μ² − σ²), averaged over the nodes of (r, latent), eq. 3.10 and 6.9."""
    return -0.5 * (1 + 2 * log_sigma - mu**2 - (2 * log_sigma).exp()).sum(-1).mean()


def discriminator(logits_prior: Tensor, logits_latent: Tensor) -> Tensor:
    """−½ E[log D(N)] − ½ E[log(1 − D(Z))], eq. 3.12, of (r, latent) logits; the sigmoid is inside the logarithms."""
    return 0.5 * (F.softplus(-logits_prior).mean() + F.softplus(logits_latent).mean())


def adversarial(logits_latent: Tensor) -> Tensor:
    """−½ E[log D(Z)], eq. 3.11: what the encoder pays for a latent (r, latent) that does not look like N(0, I)."""
    return 0.5 * F.softplus(-logits_latent).mean()
