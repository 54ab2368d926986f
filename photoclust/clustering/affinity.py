"""Who a sample is alike to, and how much: the weights w_ij of DGG's graph (Yang et al. 2019, section 3.3)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Generator, Tensor

from photoclust.clustering.dgg_network import Layers
from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.graph import nearest_neighbours
from photoclust.core.progress import Progress, Status

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Affinity:
    """A directed graph: the neighbours N(x_i) of every sample, and how much each weighs."""

    indices: Ints
    """(n, N_s)"""
    weights: Floats
    """(n, N_s), 1 in sum along a row."""


def gaussian(indices: Ints, squared: Floats, scale: float = 1.0) -> Affinity:
    """w_ij = exp(−‖x_i − x_j‖² / 2 s_i²) / a_i, eq. 32, of neighbours (n, N_s) and their squared distances.

    s_i, which the paper leaves open, is `scale` times the root mean squared distance of i's neighbours.
    """
    s = scale**2 * squared.mean(1, keepdims=True)
    weights = np.exp(-(squared - squared.min(1, keepdims=True)) / np.maximum(2 * s, 1e-12))
    return Affinity(indices, (weights / weights.sum(1, keepdims=True)).astype(np.float32))


def of_faces(
    faces: Embeddings, count: int, among: int, scale: float, generator: Generator, progress: Progress = SILENT
) -> Affinity:
    """The graph of (n, d) unit vectors: `count` neighbours of each, drawn from its `among` nearest if those are more."""
    near = nearest_neighbours(faces, max(count, among), progress)
    indices, squared = near.indices, np.maximum(2 - 2 * near.similarities, 0)
    if near.k > count:
        chosen = torch.rand(indices.shape, generator=generator).argsort(1)[:, :count].sort(1)[0].numpy()
        indices, squared = np.take_along_axis(indices, chosen, 1), np.take_along_axis(squared, chosen, 1)
    return gaussian(indices, squared, scale)


def siamese(
    faces: Embeddings,
    generator: Generator,
    *,
    alike: int = 2,
    widths: tuple[int, ...] = (128, 64),
    steps: int = 600,
    batch: int = 256,
    progress: Progress = SILENT,
) -> Embeddings:
    """(n, last width) unit vectors from a network that saw pairs: each face with its `alike` nearest, and with chance others.

    The paper's appendix is not printed with it; this is what it cites: the contrastive loss of Hadsell, Chopra and LeCun
    (2006), with the pairs of SpectralNet.
    """
    near = torch.from_numpy(nearest_neighbours(faces, alike, progress).indices)
    X = torch.from_numpy(faces)
    network = Layers([X.shape[1], *widths], generator)
    improve = torch.optim.Adam(network.parameters(), 1e-3)
    for step in range(steps):
        progress.checkpoint()
        progress.report(Status("Comparing faces", step, steps))
        one = torch.randint(len(X), (batch,), generator=generator)
        friend = near[one, torch.randint(near.shape[1], (batch,), generator=generator)]
        other = (one + torch.randint(1, len(X), (batch,), generator=generator)) % len(X)
        here, alike_, apart = (F.normalize(network(X[rows]), dim=-1) for rows in (one, friend, other))
        improve.zero_grad()
        torch.autograd.backward(contrastive(here, alike_, True) + contrastive(here, apart, False))
        improve.step()
    with torch.inference_mode():
        result: Embeddings = F.normalize(network(X), dim=-1).numpy()
    return result


def contrastive(one: Tensor, other: Tensor, alike: bool, margin: float = 1.0) -> Tensor:
    """½ d² of pairs that are alike, ½ max(0, margin − d)² of others, averaged over (b, d) pairs."""
    distance = ((one - other) ** 2).sum(-1).clamp(min=1e-12).sqrt()
    return 0.5 * (distance if alike else F.relu(margin - distance)).square().mean()
