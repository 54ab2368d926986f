"""Linkage by graph convolutions on sub-graphs: RGCN (Qi et al.), 16 layers with shortcuts, and L-GCN, 4 without."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self

import numpy as np
import torch

from photoclust.clustering.baseline import Baseline, Sweep, steps
from photoclust.clustering.engine import SILENT, Embeddings, Hints, Ints
from photoclust.clustering.graph import nearest_neighbours
from photoclust.clustering.learning import Labelled
from photoclust.clustering.measures import measure
from photoclust.clustering.pseudo_labels import Links, mean_links, propagate
from photoclust.clustering.rgcn_network import LinkNetwork, Shape, Size, gather
from photoclust.clustering.weights_file import Weights, shipped
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status

if TYPE_CHECKING:
    from torch.optim.lr_scheduler import LRScheduler

_STARTS = (*steps(0.05, 0.95, 0.05), 0.97, 0.98, 0.99, 0.995)
_LARGEST = (900, 300, 200, 100, 50)


@dataclass(frozen=True)
class RGCN(Baseline[Links]):
    """Links between a face and its nearest, predicted in its sub-graph, merged by pseudo-label propagation.

    What is learned belongs to one embedder: the network sees the embeddings themselves, and its weights do not carry over to
    another. Faces that end up alone stay groups of one, where the paper leaves them out of what it measures.
    """

    k1: int = 80
    """Nearest neighbours whose links with a face are predicted."""
    k2: int = 7
    """Nearest neighbours of each of them, also in the sub-graph."""
    u: int = 7
    """A node's edges go to those of its u nearest that are in the sub-graph."""
    start: float | None = None
    """The first threshold; the paper's is the lowest chance of a link, which leaves a set below `largest` in one piece.
    None: as chosen on validation persons."""
    step: float = 0.1
    """How much of the way to 1 the threshold rises at a time; the paper does not say."""
    largest: int | None = None
    """A group of more faces is taken apart again: the paper's remedy where one wrong link would join two persons, and the end of
    persons with more faces. The paper does not say how many; None: as chosen on validation persons."""
    learn_k1: int = 80
    """While learning; the paper's 200, 10 and 10 are 900 faces a sub-graph, four times as dear."""
    learn_k2: int = 5
    learn_u: int = 5
    layers: int = 16
    block: int = 4
    """Layers under one shortcut; 0: there are none."""
    width: int = 96
    """Of every layer; the paper does not say. The weights are 1.3 MB."""
    cosine: bool = True
    """Whether a node's cosine with the centre is told beside the paper's features, from which the paper's 200,000 faces can
    teach it, and our 11,000 cannot."""
    epochs: int = 4
    centres: int = 3000
    """Sub-graphs an epoch, sampled; the paper takes those of all faces."""
    batch: int = 8
    """Sub-graphs a step."""
    learning_rate: float = 1e-3
    weights: Weights | None = field(default=None, repr=False)
    name: str = "rgcn"
    sweep: ClassVar = Sweep("start", steps(0.05, 0.95, 0.05))

    @property
    def size(self) -> Size:
        """Of the sub-graphs of faces to be grouped."""
        return Size(self.k1, self.k2, self.u)

    @property
    def learning_size(self) -> Size:
        """Of the sub-graphs that are learned from."""
        return Size(self.learn_k1, self.learn_k2, self.learn_u)

    @property
    def shape(self) -> Shape:
        """Of a network that begins to learn."""
        return Shape(self.layers, self.block, self.width, self.cosine)

    def prepare(self, embeddings: Embeddings, hints: Hints, seed: int, progress: Progress) -> Links:
        """The links of (n, d) unit vectors; nothing is random; UserError where d is not the width that was learned from."""
        weights = self._learned
        width = int(weights.options["width"])
        if embeddings.shape[1] != width:
            raise UserError(f"These weights are for vectors of {width} numbers, not {embeddings.shape[1]}.")
        return predict_links(restore(weights), np.ascontiguousarray(embeddings, np.float32), self.size, progress)

    def cut(self, prepared: Links, progress: Progress) -> Ints:
        """The groups that the links make."""
        options = self._learned.options
        start = float(options["start"] if self.start is None else self.start)
        largest = int(options["largest"] if self.largest is None else self.largest)
        return propagate(prepared, start=start, step=self.step, largest=largest, progress=progress)

    @property
    def _learned(self) -> Weights:
        return self.weights or shipped(self.name)

    def begin(self, albums: Sequence[Labelled], seed: int) -> LinkCourse:
        """A new course on these faces; UserError where they are of different widths, or none has two faces."""
        widths = {album.embeddings.shape[1] for album in albums}
        if len(widths) > 1:
            raise UserError(f"The faces to learn from have vectors of different widths: {', '.join(map(str, sorted(widths)))}.")
        albums = [album for album in albums if len(album.persons) > 1]
        if not albums:
            raise UserError("At least two faces are needed to learn from.")
        return LinkCourse(self, albums, LinkNetwork(widths.pop(), self.shape, torch.Generator().manual_seed(seed)))

    def with_weights(self, weights: Weights) -> Self:
        """This engine with what was learned."""
        return replace(self, weights=weights)


@dataclass(frozen=True)
class LGCN(RGCN):
    """Linkage by a shallow network: four layers, no shortcuts (the thesis's comparison, RGCN's predecessor)."""

    layers: int = 4
    block: int = 0
    width: int = 192
    name: str = "lgcn"


class LinkCourse:
    """Cross-entropy of the links between sampled faces and their nearest, at a falling learning rate."""

    def __init__(self, engine: RGCN, albums: Sequence[Labelled], network: LinkNetwork) -> None:
        self._engine = engine
        self._albums = albums
        self.network = network
        self.optimiser = torch.optim.AdamW(network.parameters(), engine.learning_rate, weight_decay=1e-4)
        self.schedule: LRScheduler = torch.optim.lr_scheduler.CosineAnnealingLR(self.optimiser, self.epochs)

    @property
    def epochs(self) -> int:
        """At most so many."""
        return self._engine.epochs

    def epoch(self, generator: torch.Generator, progress: Progress) -> float:
        """Once over sampled faces of a part of each album's persons: the mean loss; raises `Cancelled`."""
        engine, size = self._engine, self._engine.learning_size
        parts = [_part(album, generator) for album in self._albums]
        graphs = [nearest_neighbours(X, max(size.k1, size.u), progress) for X, _ in parts]
        batches = _shuffled(_sampled([len(X) for X, _ in parts], engine, generator), generator)
        total = 0.0
        for number, (album, centres) in enumerate(batches):
            progress.checkpoint()
            progress.report(Status("Learning which faces belong together", number, len(batches)))
            X, y = parts[album]
            batch = gather(torch.from_numpy(X), graphs[album], centres, size)
            same = torch.from_numpy((y[batch.links[:, 0]] == y[batch.links[:, 1]]).astype(np.float32))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(self.network(batch, training=True), same)
            self.optimiser.zero_grad()
            torch.autograd.backward(loss)
            self.optimiser.step()
            total += loss.item()
        self.schedule.step()
        return total / max(len(batches), 1)

    def weights(self, validation: Sequence[Labelled]) -> Weights:
        """A copy of what is learned by now, with the first threshold and the largest group that suit the validation persons."""
        engine = self._engine
        found = [(album, predict_links(self.network, album.embeddings, engine.size)) for album in validation]
        best, start, largest = -1.0, 0.5, _LARGEST[0]
        for most, first in itertools.product(_LARGEST, _STARTS):
            groups = [propagate(links, start=first, step=engine.step, largest=most) for _, links in found]
            scores = [measure(album.persons, labels).bcubed_f for (album, _), labels in zip(found, groups, strict=True)]
            if scores and (mean := math.fsum(scores) / len(scores)) > best:
                best, start, largest = mean, first, most
        tensors = {name: tensor.detach().clone() for name, tensor in self.network.state_dict().items()}
        width = self._albums[0].embeddings.shape[1]
        options = {"width": width, "start": start, "largest": largest, "shape": asdict(engine.shape)}
        return Weights(tensors, {"engine": engine.name, "options": options})


def restore(weights: Weights) -> LinkNetwork:
    """The network of these weights; UserError where the tensors are not those of the card's network."""
    shape: dict[str, Any] = weights.options["shape"]
    try:
        return LinkNetwork.restore(weights.tensors, int(weights.options["width"]), Shape(**shape))
    except (KeyError, TypeError, RuntimeError) as error:
        raise UserError(f"These weights do not fit their card: {error}.") from error


def predict_links(
    network: LinkNetwork, embeddings: Embeddings, size: Size, progress: Progress = SILENT, batch: int = 32
) -> Links:
    """Every link of (n ≥ 2, d) faces with their k₁ nearest, and its chance: the mean of what both ends say."""
    n = len(embeddings)
    neighbours = nearest_neighbours(embeddings, max(size.k1, size.u), progress)
    X = torch.from_numpy(embeddings)
    pairs, chances = [], []
    with torch.inference_mode():
        for start in range(0, n, batch):
            progress.checkpoint()
            progress.report(Status("Linking faces", start, n))
            part = gather(X, neighbours, np.arange(start, min(start + batch, n)), size)
            pairs.append(part.links)
            chances.append(network(part, training=False).sigmoid().numpy())
    return mean_links(n, np.concatenate(pairs), np.concatenate(chances))


def _part(album: Labelled, generator: torch.Generator) -> tuple[Embeddings, Ints]:
    """The faces of 10 to 100 % of an album's persons, so that what is learned does not hang on how many there are."""
    ids = np.unique(album.persons)
    share = math.exp(math.log(0.1) * float(torch.rand((), generator=generator)))
    chosen = ids[torch.randperm(len(ids), generator=generator)[: max(2, round(share * len(ids)))].numpy()]
    rows = np.isin(album.persons, chosen)
    if rows.sum() < 2:
        rows[:] = True
    return np.ascontiguousarray(album.embeddings[rows], np.float32), album.persons[rows]


def _sampled(sizes: Sequence[int], engine: RGCN, generator: torch.Generator) -> list[tuple[int, Ints]]:
    """Batches (album, centres); an album of n faces has a share of them like √n, and no face twice."""
    shares = np.sqrt(np.array(sizes))
    batches = []
    for album, (n, share) in enumerate(zip(sizes, shares / shares.sum(), strict=True)):
        chosen = torch.randperm(n, generator=generator)[: max(2, round(share * engine.centres))].numpy()
        batches += [(album, chosen[start : start + engine.batch]) for start in range(0, len(chosen), engine.batch)]
    return batches


def _shuffled(batches: list[tuple[int, Ints]], generator: torch.Generator) -> list[tuple[int, Ints]]:
    return [batches[i] for i in torch.randperm(len(batches), generator=generator).tolist()]
