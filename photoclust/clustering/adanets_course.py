"""The training of Ada-NETS: in the first epochs the adaptive filter, in the others the graph network on the filter's graphs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
import torch
import torch.nn.functional as F
from torch import Generator, Tensor

from photoclust.clustering.adanets_graph import SIMILARITIES, Space, Surroundings, discovered, enhanced, links, look_around
from photoclust.clustering.adanets_network import AdaNet, mean_over_edges
from photoclust.clustering.adaptive_filter import best_counts, matches, relative_huber
from photoclust.clustering.engine import Ints
from photoclust.clustering.learning import Labelled
from photoclust.clustering.measures import measure
from photoclust.clustering.weights_file import Weights
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status

_THRESHOLDS = np.round(np.arange(0.30, 0.995, 0.01), 2)
_AS_GOOD = 0.01
"""Of BCubed F: a difference on the validation persons that is no reason to choose."""

Negatives = Literal["batch", "face"]


@dataclass(frozen=True)
class Recipe:
    """How Ada-NETS learns. Where the defaults are not the paper's, ours did better on the validation persons of small sets."""

    told: Literal["features", "similarities", "both"] = "similarities"
    """What the filter sees of a face and its candidates: κ and the cosine.

    The paper's is the features; from 9,000 faces a filter of this width learned nothing of them in 1,200 steps.
    """
    filter_width: int = 32
    start: Literal["smoothing", "random"] = "smoothing"
    """What the graph network begins as; the paper does not say, so at random."""
    filter_epochs: int = 5
    graph_epochs: int = 8
    filter_batches: int = 240
    """In an epoch. Each is of one set: a set of n faces gets a share that grows as √n."""
    graph_batches: int = 40
    filter_batch: int = 128
    graph_batch: int = 1024
    optimiser: Literal["adam", "sgd"] = "adam"
    """SGD is the paper's, with rates of 0.01 and 0.1, momentum 0.9 and weight decay 1e-5."""
    filter_rate: float = 0.005
    graph_rate: float = 0.0002
    beta: float = 0.5
    """Of Q, eq. 3."""
    delta: float = 1.0
    """Of the Huber loss, eq. 5."""
    beta1: float = 0.9
    beta2: float = 1.0
    balance: float = 1.0
    """λ of eq. 9."""
    negatives: Negatives = "face"
    """Whether the hardest pair of two persons is looked for in the whole batch, as the paper has it, or for every face.

    With the paper's and SGD at 0.1 all features became one on our sets (a loss of 2).
    """
    noise: float = 0.1
    """The share of edges to candidates by chance that is added to the graphs learned from (the paper's section 4.2)."""


def hinge(features: Tensor, persons: Tensor, recipe: Recipe) -> Tensor:
    """Eq. 9 of the faces (b, d) of `persons` (b,): L_neg + λ · L_pos; a part that has no pairs is 0.

    L_pos is the mean of [β₁ − y]₊ over the pairs of one person, L_neg is [β₂ + y]₊ of the hardest pair of two persons, or its
    mean over the faces that have one.
    """
    y = features @ features.T
    same = persons[:, None] == persons
    hardest = y.masked_fill(same, -torch.inf).amax(1)
    hardest = F.relu(recipe.beta2 + hardest[hardest > -torch.inf])
    pairs = same & ~torch.eye(len(same), dtype=torch.bool)
    positive = F.relu(recipe.beta1 - y[pairs])
    negative = hardest.max() if recipe.negatives == "batch" and len(hardest) else hardest.sum() / max(len(hardest), 1)
    loss: Tensor = negative + recipe.balance * positive.sum() / max(len(positive), 1)
    return loss


@dataclass(frozen=True, eq=False)
class Lesson:
    """One set to learn from."""

    seen: Surroundings
    persons: Tensor
    """(n,)"""
    counts: Tensor
    """(n,) k_off."""


def _prepare(album: Labelled, space: Space, beta: float) -> Lesson:
    seen = look_around(np.ascontiguousarray(album.embeddings, np.float32), space)
    _, persons = np.unique(album.persons, return_inverse=True)
    counts = best_counts(matches(seen.candidates, persons), np.bincount(persons)[persons], beta)
    return Lesson(seen, torch.from_numpy(persons), torch.from_numpy(counts).float())


@dataclass(frozen=True, eq=False)
class Course:
    """A `learning.Course` over the albums."""

    albums: Sequence[Labelled]
    space: Space
    recipe: Recipe
    seed: int
    _graphs: list[Ints] = field(default_factory=list, init=False)
    """The filter's graph of each album, made when the filter has learned."""

    def __post_init__(self) -> None:
        if not self.albums or min(len(album.persons) for album in self.albums) < 2:
            raise UserError("At least two faces of every set are needed to learn from.")
        widths = sorted({album.embeddings.shape[1] for album in self.albums})
        if len(widths) > 1:
            raise UserError(f"These sets have vectors of different widths ({', '.join(map(str, widths))}); choose those of one.")

    @property
    def epochs(self) -> int:
        """Those of the filter and those of the graph network."""
        return self.recipe.filter_epochs + self.recipe.graph_epochs

    @cached_property
    def network(self) -> AdaNet:
        """Both networks."""
        d = self.albums[0].embeddings.shape[1]
        inputs = {"features": d, "similarities": SIMILARITIES, "both": d + SIMILARITIES}[self.recipe.told]
        init = Generator().manual_seed(self.seed)
        return AdaNet(d, inputs, self.recipe.filter_width, init, smoothing=self.recipe.start == "smoothing")

    @cached_property
    def optimiser(self) -> torch.optim.Optimizer:
        """One for both, with a rate for each."""
        recipe = self.recipe
        groups = [
            {"params": list(self.network.filter.parameters()), "lr": recipe.filter_rate},
            {"params": list(self.network.graph.parameters()), "lr": recipe.graph_rate},
        ]
        if recipe.optimiser == "sgd":
            return torch.optim.SGD(groups, momentum=0.9, weight_decay=1e-5)
        return torch.optim.AdamW(groups, weight_decay=1e-5)

    @cached_property
    def schedule(self) -> torch.optim.lr_scheduler.LRScheduler:
        """A cosine for each, one after the other; its epoch tells which of them is learning."""
        first, second = self.recipe.filter_epochs, self.recipe.graph_epochs
        return torch.optim.lr_scheduler.LambdaLR(
            self.optimiser, [lambda epoch: _cosine(epoch, first), lambda epoch: _cosine(epoch - first, second)]
        )

    @cached_property
    def lessons(self) -> list[Lesson]:
        """The albums, prepared."""
        return [_prepare(album, self.space, self.recipe.beta) for album in self.albums]

    def epoch(self, generator: Generator, progress: Progress) -> float:
        """Some batches for the network whose turn it is: their mean loss."""
        filtering = self.schedule.last_epoch < self.recipe.filter_epochs
        if not filtering and not self._graphs:
            self._graphs.extend(discovered(self.network, lesson.seen, progress) for lesson in self.lessons)
        batches = self.recipe.filter_batches if filtering else self.recipe.graph_batches
        total = 0.0
        for number, (album, rows) in enumerate(self._batches(batches, generator, filtering)):
            progress.checkpoint()
            progress.report(Status("Learning", number, batches))
            loss = self._filter_loss(album, rows) if filtering else self._graph_loss(album, rows, generator)
            self.optimiser.zero_grad()
            torch.autograd.backward(loss)
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimiser.step()
            total += loss.item()
        self.schedule.step()
        return total / batches

    def weights(self, validation: Sequence[Labelled]) -> Weights:
        """The networks, and of the θ within a point of the highest BCubed F on the validation persons the strictest.

        A library to be grouped has more persons than these, and so more look-alikes who chain two of them; a wrong join costs
        a user more than a split. The mean over the sets is weighted by √n: what happens to one of 25 faces is more chance than
        merit. Until the graph network has learned, θ is 1 and nobody is linked: half an engine is never the best.
        """
        found, trust = [], []
        begun = self.schedule.last_epoch > self.recipe.filter_epochs
        for album in validation if begun else ():
            seen = look_around(np.ascontiguousarray(album.embeddings, np.float32), self.space)
            linked = links(enhanced(self.network, seen, discovered(self.network, seen)), self.space.k)
            found.append([measure(album.persons, linked.merge(threshold)).bcubed_f for threshold in _THRESHOLDS])
            trust.append(len(album.persons) ** 0.5)
        threshold = 1.0
        if found:
            mean = np.average(found, axis=0, weights=trust)
            threshold = float(_THRESHOLDS[mean >= mean.max() - _AS_GOOD].max())
        tensors = {name: tensor.detach().clone() for name, tensor in self.network.state_dict().items()}
        return Weights(tensors, {"engine": "adanets", "options": {"width": self.network.d, "threshold": threshold}})

    def _batches(self, batches: int, generator: Generator, filtering: bool) -> Iterator[tuple[int, Tensor]]:
        """Number of a set and (b,) faces of it."""
        most = self.recipe.filter_batch if filtering else self.recipe.graph_batch
        sizes = torch.tensor([float(lesson.seen.n) for lesson in self.lessons])
        for album in torch.multinomial(sizes.sqrt(), batches, replacement=True, generator=generator).tolist():
            yield album, torch.randperm(int(sizes[album]), generator=generator)[:most]

    def _filter_loss(self, album: int, rows: Tensor) -> Tensor:
        lesson = self.lessons[album]
        told = self.network.filter(lesson.seen.sequences(rows, self.network.inputs))
        return relative_huber(told, lesson.counts[rows], self.recipe.delta)

    def _graph_loss(self, album: int, rows: Tensor, generator: Generator) -> Tensor:
        lesson = self.lessons[album]
        seen, pairs = lesson.seen, _with_noise(self._graphs[album], lesson.seen, self.recipe.noise, generator)
        features = self.network.graph(seen.X, mean_over_edges(seen.n, pairs))
        return hinge(features[rows], lesson.persons[rows], self.recipe)


def _with_noise(pairs: Ints, seen: Surroundings, share: float, generator: Generator) -> Ints:
    """(m, 2) the edges and some from faces to candidates of theirs, all by chance; none twice."""
    more = int(share * len(pairs))
    rows = torch.randint(seen.n, (more,), generator=generator).numpy()
    others = seen.candidates.indices[rows, torch.randint(seen.candidates.k, (more,), generator=generator).numpy()]
    added = np.stack([np.minimum(rows, others), np.maximum(rows, others)], axis=1)
    keys = np.unique(np.concatenate([pairs, added]) @ np.array([seen.n, 1]))
    return np.stack([keys // seen.n, keys % seen.n], axis=1)


def _cosine(epoch: int, epochs: int) -> float:
    """1 at the first of so many epochs, near 0 at the last, 0 before and after."""
    return 0.5 * (1 + math.cos(math.pi * epoch / epochs)) if 0 <= epoch < epochs else 0.0
