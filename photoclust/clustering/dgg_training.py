"""How DGG is trained on the samples that it groups (Yang et al. 2019, algorithm 1 and the start of section 4)."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Generator, Tensor, nn

from photoclust.clustering.affinity import Affinity
from photoclust.clustering.dgg_network import MixtureVAE, group_terms, latent_terms, log_likelihood
from photoclust.clustering.engine import SILENT, Ints
from photoclust.clustering.how_many import k_means
from photoclust.core.progress import Progress, Status

Floats = NDArray[np.float32]
_LEARNING, _GROUPING = "Learning the faces", "Grouping faces"


@dataclass(frozen=True)
class DGGTraining:
    """How a network is made and trained; the paper's widths are (500, 500, 2000, 10), its learning rate 0.02."""

    widths: tuple[int, ...] = (256, 64)
    """Of the encoder after the samples themselves, the latent's last."""
    deep_classifier: bool = False
    """Whether f₂ has a hidden layer of K units, as the paper's has below ten groups; else it begins as the mixture itself."""
    graph: float = 0.5
    """How much a sample is rebuilt from its neighbours' latents instead of its own: ½ is eq. 19, 0 the mixture alone."""
    drawn: int = 1
    """Neighbours drawn by their weights for a sample in a step; 0 takes all with their weights, as algorithm 1 does."""
    begin: Literal["latents", "samples"] = "samples"
    """What the first k-means groups. The paper's is latents; on faces both are as good, but latents vary more by seed."""
    variance: float = 0.5
    """η, the variance of p(x | z) in eq. 3, for samples of variance about 1 a number."""
    noise: float = 0.2
    """Share of the numbers that a denoising layer does not see."""
    layer_steps: int = 300
    """Steps of each denoising layer, of the stack as an autoencoder and of it as a variational one."""
    epochs: int = 20
    least_steps: int = 600
    """Small libraries get more epochs, until that many steps are made."""
    batch: int = 128
    learning_rate: float = 1e-3
    decay: float = 0.9
    """The learning rate is multiplied by it every 10 epochs."""


@dataclass(frozen=True, eq=False)
class Trained:
    """What training found."""

    network: MixtureVAE
    start: Ints
    """(n,) groups of the k-means that the mixture began with."""
    groups: Ints
    """(n,) argmax q(c | z = μ̃)."""
    latents: Floats
    """(n, M) μ̃."""


def fit(
    samples: Floats, affinity: Affinity, k: int, training: DGGTraining, noise: Generator, progress: Progress = SILENT
) -> Trained:
    """Group (n, D) samples into at most k; each number of a sample should vary by about 1."""
    X = torch.from_numpy(np.ascontiguousarray(samples, np.float32))
    network = MixtureVAE([X.shape[1], *training.widths], k, noise, deep_classifier=training.deep_classifier)
    pretrain(network, X, training, noise, progress)
    start = begin_mixture(network, X, training, noise, progress)
    improve(network, X, affinity, training, noise, progress)
    with torch.inference_mode():
        latents = network.encode(X).mu
        groups = network.assign(latents).argmax(-1)
    return Trained(network, start, groups.numpy(), latents.numpy())


def pretrain(network: MixtureVAE, X: Tensor, training: DGGTraining, noise: Generator, progress: Progress = SILENT) -> None:
    """Layer by layer as denoising autoencoders, then the stack as an autoencoder, then as a variational one."""
    depth = len(network.encoder.layers)
    H = X
    for at, (up, down) in enumerate(zip(network.encoder.layers, reversed(network.decoder.layers), strict=True)):
        _denoise(H, up, down, at == depth - 1, at == 0, training, noise, progress)
        with torch.no_grad():
            H = up(H) if at == depth - 1 else F.relu(up(H))

    def plain(rows: Tensor) -> Tensor:
        return -log_likelihood(X[rows], network.decode(network.encode(X[rows]).mu), training.variance).mean()

    def variational(rows: Tensor) -> Tensor:
        q = network.encode(X[rows])
        divergence = 0.5 * (q.mu**2 + q.log_variance.exp() - 1 - q.log_variance).sum(-1)
        return (divergence - log_likelihood(X[rows], network.decode(q.sample(noise)), training.variance)).mean()

    for loss in (plain, variational):
        stack = [*network.encoder.parameters(), *network.decoder.parameters(), *network.to_log_variance.parameters()]
        _descend(loss, stack, len(X), training, noise, progress)


def _denoise(
    H: Tensor,
    up: nn.Module,
    down: nn.Module,
    last: bool,
    first: bool,
    training: DGGTraining,
    noise: Generator,
    progress: Progress,
) -> None:
    """One layer as a denoising autoencoder; what it rebuilds is not below 0 where a ReLU made it."""

    def missed(rows: Tensor) -> Tensor:
        seen = H[rows] * (torch.rand(len(rows), H.shape[1], generator=noise) >= training.noise)
        code = up(seen) if last else F.relu(up(seen))
        back = down(code) if first else F.relu(down(code))
        return ((back - H[rows]) ** 2).sum(-1).mean()

    _descend(missed, [*up.parameters(), *down.parameters()], len(H), training, noise, progress)


def begin_mixture(network: MixtureVAE, X: Tensor, training: DGGTraining, noise: Generator, progress: Progress = SILENT) -> Ints:
    """k-means: its groups' middles and variances in the latent begin the mixture, its (n,) groups teach the classifier."""
    progress.checkpoint()
    progress.report(Status(_GROUPING))
    k = len(network.means)
    with torch.inference_mode():
        Z = network.encode(X).mu.numpy()
    seed = int(torch.randint(2**31 - 1, (1,), generator=noise))
    groups = k_means(Z if training.begin == "latents" else X.numpy(), k, seed, starts=3 if k < 100 else 1)
    middles, variances = group_statistics(Z, groups, k)
    with torch.no_grad():
        network.means.copy_(torch.from_numpy(middles))
        network.log_variances.copy_(torch.from_numpy(np.log(variances)))
        if len(network.classifier.layers) == 1:
            _discriminate(network)
    latents, labels = torch.from_numpy(Z), torch.from_numpy(groups)

    def mistaken(rows: Tensor) -> Tensor:
        return F.cross_entropy(network.classifier(latents[rows]), labels[rows])

    _descend(mistaken, list(network.classifier.parameters()), len(X), training, noise, progress)
    return groups


def group_statistics(Z: Floats, groups: Ints, k: int) -> tuple[Floats, Floats]:
    """(k, M) means and variances of the groups; each variance is unbiased with the common one counted in as one face more.

    So a group of one has the common variance, where the paper's unbiased estimate does not exist; an empty one is in the middle.
    """
    sizes = np.bincount(groups, minlength=k)[:, None]
    sums = np.zeros((k, Z.shape[1]), np.float32)
    np.add.at(sums, groups, Z)
    middles: Floats = np.where(sizes > 0, sums / np.maximum(sizes, 1), Z.mean(0))
    off = (Z - middles[groups]) ** 2
    squares = np.zeros_like(sums)
    np.add.at(squares, groups, off)
    common = off.sum(0) / max(len(Z) - int((sizes > 0).sum()), 1)
    variances: Floats = np.maximum((squares + common) / np.maximum(sizes, 1), 1e-4).astype(np.float32)
    return middles.astype(np.float32), variances


def _discriminate(network: MixtureVAE) -> None:
    """Begin a linear classifier as the mixture's own with one variance for all groups (a linear discriminant)."""
    layer = network.classifier.layers[0]
    assert isinstance(layer, nn.Linear)
    precision = 1 / network.log_variances.exp().mean(0)  # (M,)
    layer.weight.copy_(network.means * precision)
    layer.bias.copy_(-0.5 * (network.means**2 * precision).sum(-1))


def improve(
    network: MixtureVAE, X: Tensor, affinity: Affinity, training: DGGTraining, noise: Generator, progress: Progress = SILENT
) -> None:
    """Maximise the averaged bound, eq. 19, over the network and the mixture; π in closed form, eq. 31."""
    optimiser = torch.optim.Adam(network.parameters(), training.learning_rate)
    schedule = torch.optim.lr_scheduler.StepLR(optimiser, 10, training.decay)
    indices, weights = torch.from_numpy(affinity.indices), torch.from_numpy(affinity.weights)
    k = len(network.means)
    log_pi = torch.full((k,), -float(np.log(k)))
    epochs = max(training.epochs, -(-training.least_steps // -(-len(X) // training.batch)))
    for epoch in range(epochs):
        shares = torch.zeros(k)
        progress.report(Status(_GROUPING, epoch, epochs))
        for rows in _shuffled(len(X), training.batch, noise):
            progress.checkpoint()
            if training.graph and indices.shape[1]:
                near, w = draw(indices[rows], weights[rows], training.drawn, noise)
            else:
                near, w = indices[rows, :0], weights[rows, :0]
            bound, gamma = averaged_bound(network, X, rows, near, w, training, log_pi, noise)
            shares += gamma.sum(0)
            optimiser.zero_grad()
            torch.autograd.backward(-bound.mean())
            optimiser.step()
        log_pi = (shares / shares.sum()).clamp(min=1e-8).log()
        schedule.step()


def draw(indices: Tensor, weights: Tensor, count: int, noise: Generator) -> tuple[Tensor, Tensor]:
    """(b, count) neighbours drawn by their weights, equally weighted; all (b, N_s) as they are for a count of 0."""
    if count == 0:
        return indices, weights
    at = torch.multinomial(weights, count, replacement=True, generator=noise)
    return indices.gather(1, at), torch.full(at.shape, 1.0 / count)


def averaged_bound(
    network: MixtureVAE,
    X: Tensor,
    rows: Tensor,
    near: Tensor,
    weights: Tensor,
    training: DGGTraining,
    log_pi: Tensor,
    noise: Generator,
) -> tuple[Tensor, Tensor]:
    """(1 − g) L(x_i) + g Σ_j w_ij L(x_i, x_j) of samples `rows` (b,), eq. 19 for g = ½, and γ_i (b, K) without gradient.

    Each sample has its own π_i. Without a graph there is one π for all, `log_pi`: it would be γ_i, and bind nothing.
    """
    b, m = near.shape
    everyone = torch.cat([rows, near.flatten()])
    q = network.encode(X[everyone])
    Z = q.sample(noise)
    log_gamma = network.assign(Z)  # (b + b·m, K)
    own = latent_terms(q, log_gamma.exp(), network.means, network.log_variances)
    rebuilt = network.decode(Z)
    gamma = log_gamma.detach().exp()
    if m == 0:
        likely = log_likelihood(X[rows], rebuilt, training.variance)
        return likely + own + group_terms(log_gamma, log_pi), gamma
    g = training.graph
    log_pi = closed_form_pi(gamma[:b], gamma[b:].view(b, m, -1), weights, g).clamp(min=1e-12).log()
    bound = own[:b] + log_likelihood(X[rows], rebuilt[:b], training.variance) + group_terms(log_gamma[:b], log_pi)
    crossed = (
        own[b:].view(b, m)
        + log_likelihood(X[rows].unsqueeze(1), rebuilt[b:].view(b, m, -1), training.variance)
        + group_terms(log_gamma[b:].view(b, m, -1), log_pi.unsqueeze(1))
    )
    return (1 - g) * bound + g * (weights * crossed).sum(1), gamma[:b]


def closed_form_pi(gamma: Tensor, near: Tensor, weights: Tensor, graph: float) -> Tensor:
    """(1 − g) γ_i + g Σ_j w_ij γ_j of γ_i (b, K) and γ_j (b, m, K): eq. 31 for g = ½, as its denominator is 2."""
    return (1 - graph) * gamma + graph * (weights.unsqueeze(-1) * near).sum(1)


def _descend(
    loss: Callable[[Tensor], Tensor],
    parameters: Sequence[nn.Parameter],
    n: int,
    training: DGGTraining,
    noise: Generator,
    progress: Progress,
) -> None:
    optimiser = torch.optim.Adam(parameters, training.learning_rate)
    for step, rows in enumerate(itertools.islice(_batches(n, training.batch, noise), training.layer_steps)):
        progress.checkpoint()
        progress.report(Status(_LEARNING, step, training.layer_steps))
        optimiser.zero_grad()
        torch.autograd.backward(loss(rows))
        optimiser.step()


def _batches(n: int, batch: int, noise: Generator) -> Iterator[Tensor]:
    while True:
        yield from _shuffled(n, batch, noise)


def _shuffled(n: int, batch: int, noise: Generator) -> Iterator[Tensor]:
    order = torch.randperm(n, generator=noise)
    for start in range(0, n, batch):
        yield order[start : start + batch]
