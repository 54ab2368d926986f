"""Training of one graph autoencoder on the sub-graphs of a library, and its latent features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Generator, Tensor

from photoclust.clustering import losses
from photoclust.clustering.engine import Embeddings, Ints
from photoclust.clustering.graph import SubGraphs, normalise
from photoclust.clustering.networks import Discriminator, Encoder, Model, decode, sample, spread
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
    kl_weight: float = 1.0
    reconstruction: Literal["mse", "bce"] = "mse"


@dataclass(frozen=True, eq=False)
class Estimator:
    """A trained encoder as plain numbers: a value to keep, to save, and to apply to any library."""

    model: Model
    centred: bool
    """Whether it sees features minus the centre's, as the link predictor does (section 3.6)."""
    arrays: Mapping[str, NDArray[np.float32]]
    """The encoder's weights and the running statistics of its normalisations, by their names in it."""

    @property
    def width(self) -> int:
        """d, the length of the embeddings it was trained on."""
        return len(self.arrays["first.norm.mean"])

    def encoder(self) -> Encoder:
        """The network with these weights; KeyError or RuntimeError where they are not its own."""
        encoder = Encoder(self.width, Generator(), self.model)
        encoder.load_state_dict({name: torch.from_numpy(array) for name, array in self.arrays.items()})
        return encoder


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
    model: Model,
    centred: bool,
    training: Training,
    noise: Generator,
    progress: Progress,
    phase: str,
) -> Estimator:
    """Fit an encoder to the (n, d) library's own sub-graphs; the discriminator is trained first in each step (Alg. 2)."""
    X = torch.from_numpy(embeddings)
    encoder = Encoder(X.shape[1], noise, model)
    improve_encoder = torch.optim.Adam(encoder.parameters(), training.learning_rate)
    critic = improve_critic = None
    if model.adversarial:
        critic = Discriminator(noise)
        improve_critic = torch.optim.Adam(critic.parameters(), training.learning_rate)
    rebuild = {"mse": losses.squared_error, "bce": losses.cross_entropy}[training.reconstruction]
    a_epoch = -(-len(X) // training.batch)
    epochs = max(training.epochs, -(-training.least_steps // a_epoch))
    for step, rows in enumerate(_shuffled(len(X), training.batch, epochs, noise)):
        progress.checkpoint()
        progress.report(Status(phase, step, epochs * a_epoch))
        batch = gather(X, graphs, rows, centred=centred)
        mu, log_sigma = encoder(batch.X, normalise(batch.A), batch.place, noise)
        Z = sample(mu, log_sigma, noise)
        if critic and improve_critic:
            improve_critic.zero_grad()
            prior = torch.randn(Z.shape, generator=noise)
            torch.autograd.backward(losses.discriminator(critic(prior, noise), critic(Z.detach(), noise)))
            improve_critic.step()
        loss = rebuild(batch.A, decode(spread(Z, batch.place, batch.A.shape)), batch.real)
        if log_sigma is not None:
            loss = loss + training.kl_weight * losses.kl_divergence(mu, log_sigma)
        if critic:
            loss = loss + losses.adversarial(critic(Z, noise))
        improve_encoder.zero_grad()
        torch.autograd.backward(loss)
        improve_encoder.step()
    return Estimator(model, centred, {name: tensor.detach().numpy() for name, tensor in encoder.state_dict().items()})


def star_similarities(
    estimator: Estimator,
    embeddings: Embeddings,
    graphs: SubGraphs,
    *,
    batch: int,
    progress: Progress,
    phase: str,
) -> np.ndarray:
    """(n, h₁) of ⟨z_centre, z_j⟩ in the trained latent (z = μ) between every centre and its 1-hop neighbours."""
    X = torch.from_numpy(embeddings)
    encoder = estimator.encoder()
    result = np.zeros((len(X), graphs.hop), np.float32)
    with torch.inference_mode():
        for start in range(0, len(X), batch):
            progress.checkpoint()
            progress.report(Status(phase, start, len(X)))
            rows = np.arange(start, min(start + batch, len(X)))
            part = gather(X, graphs, rows, centred=estimator.centred)
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
