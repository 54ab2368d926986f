"""The engine of the thesis: variational graph autoencoders over sub-graphs, trained on the library itself or on another."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch
from numpy.typing import NDArray

from photoclust.clustering.confidence import confidence
from photoclust.clustering.constraints import enforce
from photoclust.clustering.density import denser, prune, similarity_density
from photoclust.clustering.engine import (
    NO_CONSTRAINTS,
    NO_HINTS,
    SILENT,
    Clustering,
    Constraints,
    Embeddings,
    Hints,
    Ints,
)
from photoclust.clustering.estimator import Estimator, Training, star_similarities, train
from photoclust.clustering.graph import Neighbours, SubGraphs, nearest_neighbours, sub_graphs
from photoclust.clustering.linkage import choose_threshold, links, merge_links
from photoclust.clustering.networks import MODELS, Model
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress

_DENSITY, _LINKS = "Looking for similar faces", "Linking faces"


@dataclass(frozen=True)
class AVGAE:
    """Algorithms 1–3: kNN, sub-graphs, similarity density, pruning, link prediction, merging.

    Uses the embeddings alone; the same seed and the same order of faces give the same groups. Initial weights, batches and
    noise belong to the order of the rows, so a permuted library may come out differently at the margins.
    """

    k: int = 80
    h1: int = 6
    h2: int = 5
    u: int = 5
    prune: bool = True
    """Whether a first estimator of similarity density drops edges to less dense neighbours before a second one predicts links.

    Without it there is one estimator, on the sub-graphs as they are: all of table 6.2 and model (8) of tables 6.3 and 6.4.
    """
    threshold: float | None = None
    """Links whose latent product z_centre·z_j is above it are merged; None chooses it from the data."""
    model: Model = MODELS["avgae"]
    """The autoencoder of both estimators."""
    training: Training = field(default_factory=Training)
    name: str = "avgae"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Train on (n, d) unit vectors, without labels, and group them."""
        progress.checkpoint()
        embeddings = np.ascontiguousarray(embeddings, np.float32)
        if len(embeddings) < 2:
            return _decided(np.arange(len(embeddings)), embeddings, constraints)
        surroundings = _surroundings(self, embeddings, progress)
        trained = _fit(self, embeddings, surroundings, seed, progress)
        return _decided(trained.merge(trained.links(embeddings, progress, surroundings), progress), embeddings, constraints)

    def fit(self, embeddings: Embeddings, *, seed: int = 0, progress: Progress = SILENT) -> TrainedAVGAE:
        """Train on (n, d) unit vectors, without labels, for use on others; UserError for fewer than two."""
        if len(embeddings) < 2:
            raise UserError("At least two faces are needed to learn from.")
        embeddings = np.ascontiguousarray(embeddings, np.float32)
        return _fit(self, embeddings, _surroundings(self, embeddings, progress), seed, progress)


@dataclass(frozen=True)
class Links:
    """What the link estimator says of a library of faces."""

    neighbours: Neighbours
    pairs: Ints
    """(m, 2) centre and neighbour."""
    scores: NDArray[np.float32]
    """(m,) z_centre·z_j; the thesis's score is its sigmoid."""


@dataclass(frozen=True)
class TrainedAVGAE:
    """An AVGAE that has learned: the same engine, but it only applies its weights (the thesis's test phase)."""

    options: AVGAE
    density: Estimator | None
    """None without pruning."""
    linking: Estimator
    name: str = "avgae"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Group (n, d) unit vectors; nothing is random; UserError where d is not the width that was learned from."""
        progress.checkpoint()
        embeddings = np.ascontiguousarray(embeddings, np.float32)
        if embeddings.shape[1] != self.linking.width:
            raise UserError(f"These weights are for vectors of {self.linking.width} numbers, not {embeddings.shape[1]}.")
        if len(embeddings) < 2:
            return _decided(np.arange(len(embeddings)), embeddings, constraints)
        return _decided(self.merge(self.links(embeddings, progress), progress), embeddings, constraints)

    def links(
        self, embeddings: Embeddings, progress: Progress = SILENT, known: tuple[Neighbours, SubGraphs] | None = None
    ) -> Links:
        """Score the links that pruning leaves of (n ≥ 2, d) unit vectors; `known` saves looking for their neighbours again."""
        neighbours, graphs = known or _surroundings(self.options, embeddings, progress)
        graphs, kept = _pruned(self.options, self.density, embeddings, neighbours, graphs, progress)
        star = _apply(self.options, self.linking, embeddings, graphs, _LINKS, progress)
        return Links(neighbours, links(neighbours.indices[:, : graphs.hop], kept), star[kept])

    def merge(self, found: Links, progress: Progress = SILENT) -> Ints:
        """(n,) groups: links above the threshold, which is chosen from the data unless the options give one."""
        threshold = self.options.threshold
        if threshold is None:
            threshold = choose_threshold(found.neighbours, found.pairs, found.scores, progress)
        return merge_links(len(found.neighbours.indices), found.pairs, found.scores, threshold)


def _decided(labels: Ints, embeddings: Embeddings, constraints: Constraints) -> Clustering:
    kept = enforce(labels, constraints, embeddings)
    return Clustering(kept, confidence(kept, embeddings))


def _surroundings(options: AVGAE, embeddings: Embeddings, progress: Progress) -> tuple[Neighbours, SubGraphs]:
    neighbours = nearest_neighbours(embeddings, options.k, progress)
    return neighbours, sub_graphs(neighbours, options.h1, options.h2, options.u)


def _fit(
    options: AVGAE, embeddings: Embeddings, surroundings: tuple[Neighbours, SubGraphs], seed: int, progress: Progress
) -> TrainedAVGAE:
    neighbours, graphs = surroundings
    noise = torch.Generator().manual_seed(seed)
    density = None
    if options.prune:
        density = _train(options, embeddings, graphs, False, noise, _DENSITY, progress)
        graphs, _ = _pruned(options, density, embeddings, neighbours, graphs, progress)
    linking = _train(options, embeddings, graphs, True, noise, _LINKS, progress)
    return TrainedAVGAE(options, density, linking)


def _train(
    options: AVGAE,
    embeddings: Embeddings,
    graphs: SubGraphs,
    centred: bool,
    noise: torch.Generator,
    phase: str,
    progress: Progress,
) -> Estimator:
    return train(
        embeddings,
        graphs,
        model=options.model,
        centred=centred,
        training=options.training,
        noise=noise,
        progress=progress,
        phase=phase,
    )


def _pruned(
    options: AVGAE,
    density: Estimator | None,
    embeddings: Embeddings,
    neighbours: Neighbours,
    graphs: SubGraphs,
    progress: Progress,
) -> tuple[SubGraphs, NDArray[np.bool_]]:
    """Second sub-graphs, and (n, h₁) which edges of the centres they keep."""
    nearest = neighbours.indices[:, : graphs.hop]
    if density is None:
        return graphs, np.ones(nearest.shape, bool)
    kept = denser(similarity_density(_apply(options, density, embeddings, graphs, _DENSITY, progress)), nearest)
    return prune(graphs, kept), kept


def _apply(
    options: AVGAE, estimator: Estimator, embeddings: Embeddings, graphs: SubGraphs, phase: str, progress: Progress
) -> NDArray[np.float32]:
    """(n, h₁) products z_centre·z_j; the score σ(·) of a link grows with it."""
    return star_similarities(estimator, embeddings, graphs, batch=2 * options.training.batch, progress=progress, phase=phase)
