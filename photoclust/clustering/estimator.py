"""Training of one adversarial VGAE on the sub-graphs of a library, and its latent features."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Generator, Tensor

from photoclust.clustering import losses
from photoclust.clustering.engine import Embeddings, Ints
from photoclust.clustering.graph import SubGraphs, normalise
from photoclust.clustering.networks import Discriminator, Encoder, decode, sample, spread
from photoclust.core.progress import Progress, Status


@dataclass(frozen=True)
class Training:
    """How an estimator is trained."""

    epochs: int = 8
    least_steps: int = 60
    """Small libraries get more epochs, until that many steps are made."""
    batch: int = 128
    """Sub-graphs a step."""
    learning_rate: float = 0.01
    adversarial: bool = True
    kl_weight: float = 1.0


@dataclass(frozen=True)
class Batch:
    """Some sub-graphs: nodes flat, adjacency padded."""

    X: Tensor
    """(r, d) features of the nodes, sub-graph by sub-graph, the centre first."""
    A: Tensor
    """(b, m, m) adjacency, 1 where a node keeps an edge to another."""
    real: Tensor
    """(b, m) 1 where there is a node, 0 at padding."""
    place: Tensor
    """(r,) row of each node in b·m."""


def gather(embeddings: Tensor, graphs: SubGraphs, rows: Ints, *, centred: bool) -> Batch:
    """Sub-graphs `rows` (b,) as tensors; `centred` takes the centre's features off (section 3.6)."""
    longest = int((graphs.nodes[rows] >= 0).sum(1).max())
    nodes = torch.from_numpy(graphs.nodes[rows, :longest])  # (b, m)
    real = nodes >= 0
    X = embeddings[nodes[real]]  # (r, d)
    if centred:
        X = X - embeddings[nodes[:, :1].expand_as(nodes)[real]]
    A = torch.from_numpy(graphs.adjacency(rows)[:, :longest, :longest])
    return Batch(X, A, real.to(X.dtype), real.flatten().nonzero().squeeze(1))


def train(
    embeddings: Embeddings,
    graphs: SubGraphs,
    *,
    centred: bool,
    training: Training,
    noise: Generator,
    progress: Progress,
    phase: str,
) -> Encoder:
    """Fit an encoder to the (n, d) library's own sub-graphs; the discriminator is trained first in each step (Alg. 2)."""
    X = torch.from_numpy(embeddings)
    encoder = Encoder(X.shape[1], noise)
    critic = Discriminator(noise)
    improve_encoder = torch.optim.Adam(encoder.parameters(), training.learning_rate)
    improve_critic = torch.optim.Adam(critic.parameters(), training.learning_rate)
    a_epoch = -(-len(X) // training.batch)
    epochs = max(training.epochs, -(-training.least_steps // a_epoch))
    for step, rows in enumerate(_shuffled(len(X), training.batch, epochs, noise)):
        progress.checkpoint()
        progress.report(Status(phase, step, epochs * a_epoch))
        batch = gather(X, graphs, rows, centred=centred)
        mu, log_sigma = encoder(batch.X, normalise(batch.A), batch.place, noise)
        Z = sample(mu, log_sigma, noise)
        if training.adversarial:
            improve_critic.zero_grad()
            prior = torch.randn(Z.shape, generator=noise)
            torch.autograd.backward(losses.discriminator(critic(prior, noise), critic(Z.detach(), noise)))
            improve_critic.step()
        loss = losses.reconstruction(batch.A, decode(spread(Z, batch.place, batch.A.shape)), batch.real)
        loss = loss + training.kl_weight * losses.kl_divergence(mu, log_sigma)
        if training.adversarial:
            loss = loss + losses.adversarial(critic(Z, noise))
        improve_encoder.zero_grad()
        torch.autograd.backward(loss)
        improve_encoder.step()
    return encoder


def star_similarities(
    encoder: Encoder,
    embeddings: Embeddings,
    graphs: SubGraphs,
    *,
    centred: bool,
    batch: int,
    progress: Progress,
    phase: str,
) -> np.ndarray:
    """(n, h₁) of ⟨z_centre, z_j⟩ in the trained latent (z = μ) between every centre and its 1-hop neighbours."""
    X = torch.from_numpy(embeddings)
    result = np.zeros((len(X), graphs.hop), np.float32)
    with torch.inference_mode():
        for start in range(0, len(X), batch):
            progress.checkpoint()
            progress.report(Status(phase, start, len(X)))
            rows = np.arange(start, min(start + batch, len(X)))
            part = gather(X, graphs, rows, centred=centred)
            mu, _ = encoder(part.X, normalise(part.A), part.place, None)
            Z = spread(mu, part.place, part.A.shape)  # (b, m, latent)
            star = (Z[:, :1] * Z[:, 1 : 1 + graphs.hop]).sum(-1)  # (b, ≤ h₁)
            result[rows, : star.shape[1]] = star.numpy()
    return result


def _shuffled(n: int, batch: int, epochs: int, noise: Generator) -> Iterator[Ints]:
    for _ in range(epochs):
        order = torch.randperm(n, generator=noise).numpy()
        for start in range(0, n, batch):
            yield order[start : start + batch]
