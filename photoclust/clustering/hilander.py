"""Hi-LANDER (Xing et al., “Learning Hierarchical Graph Neural Networks for Image Clustering”): learned links, level by level."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from statistics import fmean

import numpy as np
import torch

from photoclust.clustering.confidence import confidence
from photoclust.clustering.constraints import enforce
from photoclust.clustering.engine import NO_CONSTRAINTS, NO_HINTS, SILENT, Clustering, Constraints, Embeddings, Hints
from photoclust.clustering.hierarchy import Feature, Floats, Hierarchy, LevelGraph, Linker, grow
from photoclust.clustering.hilander_network import Lander, Pairing, Shape, loss
from photoclust.clustering.learning import Labelled
from photoclust.clustering.measures import measure
from photoclust.clustering.weights_file import Weights, shipped
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status

_COARSER = tuple(tenths / 10 for tenths in range(9, 0, -1))
"""What a hierarchy goes on with below its own threshold."""
_NEARLY = 0.01
"""A difference of BCubed F that a few validation sets cannot tell from chance."""
_LARGEST_GRADIENT = 1.0
"""Not in the paper: small sets of few persons pull so hard that its learning rate diverged in the first epochs without it."""


@dataclass(frozen=True)
class HiLander:
    """kNN graph, probable links to denser neighbours, groups as the next level's nodes, until no link is added.

    Uses the embeddings alone, nothing is random, and the order of the faces decides between equals only.
    """

    k: int = 10
    threshold: float | None = None
    """p_τ; None: what was chosen on validation persons (the paper's: 0.8)."""
    early_stop: bool = False
    """Whether to stop once a level adds more than 1/k of the links of the level before; it saves time only where there are
    many levels."""
    feature: Feature = "peak"
    """What a group looks like on the next level; the paper's faces take the `peak`'s feature. This and what follows is for
    training alone: trained weights know theirs."""
    pairing: Pairing = "products"
    """What the network sees of a link. `concat` is the paper's; from a few thousand persons it learns by heart what these look
    like, and little of what makes two faces alike, which the products of both ends tell it at once."""
    heads: int = 4
    head_width: int = 32
    hidden: int = 64
    turn: bool = True
    """Whether every step turns all vectors by another random rotation, so that nothing is learned of the training persons'
    directions: not in the paper, which has a hundred times the faces. It makes no sense with `concat`."""
    parts: int = 4
    """Into how many small libraries of whole persons each set is also divided: not in the paper, but ours are small, too."""
    epochs: int = 30
    """The paper has 250; more than 30 were not tried."""
    learning_rate: float = 0.1
    weights: Weights | None = None
    """None: what the program ships."""
    name: str = "hilander"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Group (n, d) unit vectors; UserError where d is not the width that was learned from."""
        progress.checkpoint()
        embeddings = np.ascontiguousarray(embeddings, np.float32)
        labels = np.arange(len(embeddings))
        if len(labels) > 1:
            labels = self._grow(embeddings, progress).cut()
        kept = enforce(labels, constraints, embeddings)
        return Clustering(kept, confidence(kept, embeddings))

    def hierarchy(self, embeddings: Embeddings, *, progress: Progress = SILENT) -> Hierarchy:
        """All levels over (n, d) unit vectors, to be cut anywhere: its `cut()` is what `fit_predict` finds before any law.

        It goes on below the engine's threshold, asking for less and less, so that it can be cut coarser than that, too.
        UserError where d is not the width that was learned from.
        """
        return self._grow(np.ascontiguousarray(embeddings, np.float32), progress, coarser=True)

    @property
    def shape(self) -> Shape:
        """Of the network to be trained."""
        return Shape(self.heads, self.head_width, self.hidden, self.pairing)

    def begin(self, albums: Sequence[Labelled], seed: int) -> LanderCourse:
        """A new course on these faces; UserError where they are too few or of different widths."""
        return LanderCourse(self, albums, seed)

    def with_weights(self, weights: Weights) -> HiLander:
        """This engine with what was learned."""
        return replace(self, weights=weights)

    def _grow(self, embeddings: Embeddings, progress: Progress, *, coarser: bool = False) -> Hierarchy:
        weights = self.weights or shipped(self.name)
        options = weights.options
        width = int(options["width"])
        if embeddings.shape[1] != width:
            raise UserError(f"These weights are for vectors of {width} numbers, not {embeddings.shape[1]}.")
        threshold = float(options["threshold"]) if self.threshold is None else self.threshold
        network = Lander(_inputs(width, options["feature"]), Shape(**options["shape"]), torch.Generator())
        network.load_state_dict(dict(weights.tensors))
        return grow(
            embeddings,
            linker(network, progress),
            k=self.k,
            thresholds=(threshold, *(lower for lower in _COARSER if coarser and lower < threshold)),
            feature=options["feature"],
            early_stop=self.early_stop,
            progress=progress,
        )


class LanderCourse:
    """A training on the levels of the true hierarchies (section 3.5): in an epoch one step of SGD on every graph, in any order.

    Every graph is one batch: none of those that we learn from has more than the paper's 4096 nodes.
    """

    def __init__(self, engine: HiLander, albums: Sequence[Labelled], seed: int) -> None:
        widths = {album.embeddings.shape[1] for album in albums}
        if len(widths) != 1:
            raise UserError("Faces to learn from are needed, and their vectors must be equally long in all sets.")
        self.epochs = engine.epochs
        self._engine = engine
        self._width = widths.pop()
        parts = [part for album in albums for part in (album, *divide(album, engine.parts, seed))]
        self._examples = [example for part in parts for example in examples(part, engine.k, engine.feature)]
        if not self._examples:
            raise UserError("At least two faces are needed to learn from.")
        init = torch.Generator().manual_seed(seed)
        self.network = Lander(_inputs(self._width, engine.feature), engine.shape, init)
        self.network.settle([(one.features, one.neighbours, one.similarities) for one in self._examples])
        self.optimiser = torch.optim.SGD(
            self.network.parameters(),
            engine.learning_rate,
            momentum=0.9,
            weight_decay=1e-5,
        )
        self.schedule = torch.optim.lr_scheduler.CosineAnnealingLR(self.optimiser, self.epochs)

    def epoch(self, generator: torch.Generator, progress: Progress) -> float:
        """One step on every level's graph: the mean loss; raises `Cancelled`."""
        total = 0.0
        for done, number in enumerate(torch.randperm(len(self._examples), generator=generator).tolist()):
            progress.checkpoint()
            progress.report(Status("Learning links", done, len(self._examples)))
            example = self._examples[number]
            features = turned(example.features, self._width, generator) if self._engine.turn else example.features
            logits = self.network(features, example.neighbours, example.similarities)
            found = loss(logits, example.same, example.similarities, example.neighbours)
            self.optimiser.zero_grad()
            torch.autograd.backward(found)
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), _LARGEST_GRADIENT)
            self.optimiser.step()
            total += found.item()
        self.schedule.step()
        return total / len(self._examples)

    def weights(self, validation: Sequence[Labelled]) -> Weights:
        """A copy of what is learned by now, with a p_τ chosen on the validation persons by the mean BCubed F.

        The largest of 0.2, 0.3 … 0.9 that is at most 0.01 worse than the best: validation sets are smaller than those that an
        engine meets, with fewer strangers to be mixed up with, and flatter a low one.
        """
        linked = linker(self.network)
        scores = {
            tenths / 10: fmean(_score(self._engine, linked, album, tenths / 10) for album in validation)
            for tenths in range(2, 10)
        }
        enough = max(scores.values()) - _NEARLY
        options = {
            "width": self._width,
            "feature": self._engine.feature,
            "shape": asdict(self._engine.shape),
            "threshold": max(threshold for threshold, score in scores.items() if score >= enough),
        }
        tensors = {name: tensor.detach().clone() for name, tensor in self.network.state_dict().items()}
        return Weights(tensors, {"engine": self._engine.name, "options": options})


def turned(features: torch.Tensor, width: int, generator: torch.Generator) -> torch.Tensor:
    """Features (n, width) or (n, 2 · width), each vector turned by one random rotation: all products stay."""
    rotation = torch.linalg.qr(torch.randn(width, width, generator=generator))[0]
    result: torch.Tensor = (features.view(len(features), -1, width) @ rotation).flatten(1)
    return result


def divide(album: Labelled, parts: int, seed: int) -> list[Labelled]:
    """Small libraries of whole persons, at least 8 in each; none where that is the whole album."""
    persons = np.random.default_rng(seed).permutation(np.unique(album.persons))
    parts = min(parts, len(persons) // 8)
    if parts < 2:
        return []
    chosen = [np.isin(album.persons, some) for some in np.array_split(persons, parts)]
    return [Labelled(album.name, album.embeddings[rows], album.persons[rows]) for rows in chosen]


@dataclass(frozen=True, eq=False)
class Example:
    """One level of a true hierarchy, as tensors."""

    features: torch.Tensor
    """(n, d)"""
    neighbours: torch.Tensor
    """(n, k)"""
    similarities: torch.Tensor
    """(n, k)"""
    same: torch.Tensor
    """(n, k) 1 where node and neighbour are one person, q in eq. 10."""


def examples(album: Labelled, k: int, feature: Feature) -> list[Example]:
    """The levels of the hierarchy that the truth builds: Algorithm 1 with q in the place of p."""
    found: list[Example] = []

    def truth(graph: LevelGraph) -> Floats:
        persons = album.persons[graph.peaks]
        same = np.asarray(persons[:, None] == persons[graph.neighbours.indices], np.float32)
        arrays = (graph.features, graph.neighbours.indices, graph.neighbours.similarities, same)
        found.append(Example(*(torch.from_numpy(array) for array in arrays)))
        return same

    grow(album.embeddings, truth, k=k, thresholds=(0.5,), feature=feature)
    return found


def linker(network: Lander, progress: Progress = SILENT) -> Linker:
    """What the network thinks of a graph's links."""

    def probable(graph: LevelGraph) -> Floats:
        neighbours = graph.neighbours
        tensors = (torch.from_numpy(array) for array in (graph.features, neighbours.indices, neighbours.similarities))
        with torch.inference_mode():
            logits: torch.Tensor = network(*tensors, progress.checkpoint)
            p: Floats = logits.softmax(-1)[..., 1].numpy()
        return p

    return probable


def _score(engine: HiLander, linked: Linker, album: Labelled, threshold: float) -> float:
    found = grow(album.embeddings, linked, k=engine.k, thresholds=(threshold,), feature=engine.feature)
    return measure(album.persons, found.cut()).bcubed_f


def _inputs(width: int, feature: Feature) -> int:
    return 2 * width if feature == "both" else width
