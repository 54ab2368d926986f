"""The engine of the thesis: variational graph autoencoders over sub-graphs, trained on the library itself or on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

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
from photoclust.clustering.graph import Neighbours, SubGraphs, nearest_neighbours, side_by_side, sub_graphs
from photoclust.clustering.linkage import choose_threshold, links, merge_links
from photoclust.clustering.networks import MODELS, Model
from photoclust.clustering.weights_file import Weights
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress

_DENSITY, _LINKS = "Looking for similar faces", "Linking faces"


@dataclass(frozen=True)
class AVGAE:
    """Algorithms 1–3: kNN, sub-graphs, similarity density, pruning, link prediction, merging.

    Learns from the very faces that it groups, without labels, unless it is given weights: then of its options only the
    threshold counts, and the others are those it has learned with. Uses the embeddings alone; the same seed and the same order
    of faces give the same groups. Initial weights, batches and noise belong to the order of the rows, so a permuted library may
    come out differently at the margins.
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
    weights: Weights | None = field(default=None, repr=False)
    """What `photoclust train avgae` has learned from other faces."""
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
        """Train on (n, d) unit vectors, without labels, and group them; with weights only group them."""
        if self.weights:
            trained = TrainedAVGAE.of(self.weights, self.threshold)
            return trained.fit_predict(embeddings, hints=hints, constraints=constraints, seed=seed, progress=progress)
        progress.checkpoint()
        embeddings = np.ascontiguousarray(embeddings, np.float32)
        if len(embeddings) < 2:
            return _decided(np.arange(len(embeddings)), embeddings, constraints)
        surroundings = _surroundings(self, embeddings, progress)
        trained = _fit(self, embeddings, surroundings, seed, progress)
        return _decided(trained.merge(trained.links(embeddings, progress, surroundings), progress), embeddings, constraints)

    def fit(self, embeddings: Embeddings, *, seed: int = 0, progress: Progress = SILENT) -> TrainedAVGAE:
        """Train on (n, d) unit vectors, without labels, for use on others; UserError for fewer than two."""
        return self.fit_sets([embeddings], seed=seed, progress=progress)

    def fit_sets(self, sets: Sequence[Embeddings], *, seed: int = 0, progress: Progress = SILENT) -> TrainedAVGAE:
        """Train on several sets of unit vectors, each (n, d), with no neighbours across them; UserError for a small one."""
        fewest = min(len(faces) for faces in sets)
        if fewest < 2:
            raise UserError("At least two faces are needed to learn from.")
        if len(sets) > 1 and fewest <= self.h1:
            raise UserError(f"Each of several sets needs more than {self.h1} faces to learn from.")
        sets = [np.ascontiguousarray(faces, np.float32) for faces in sets]
        surroundings = side_by_side([_surroundings(self, faces, progress) for faces in sets])
        return _fit(self, np.concatenate(sets), surroundings, seed, progress)


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

    @classmethod
    def of(cls, weights: Weights, threshold: float | None = None) -> TrainedAVGAE:
        """What `weights` wrote, with that threshold; UserError for tensors or options that are not an AVGAE's."""
        try:
            told: dict[str, Any] = dict(weights.options)
            options = AVGAE(**told | {"model": Model(**told["model"]), "training": Training(**told["training"])})
            parts: dict[str, dict[str, NDArray[np.float32]]] = {"density": {}, "linking": {}}
            for key, tensor in weights.tensors.items():
                part, _, name = key.partition("/")
                parts[part][name] = tensor.numpy()
            density = Estimator(options.model, False, parts["density"]) if options.prune else None
            linking = Estimator(options.model, True, parts["linking"])
            for estimator in (density, linking):
                if estimator:
                    estimator.encoder()
        except (KeyError, TypeError, ValueError, RuntimeError) as error:
            raise UserError(f"These weights are not those of an AVGAE: {error}.") from error
        return cls(options if threshold is None else replace(options, threshold=threshold), density, linking)

    def weights(self) -> Weights:
        """What was learned, as it is written into a file."""
        parts = {"density": self.density, "linking": self.linking}
        tensors = {f"{part}/{name}": array for part, found in parts.items() if found for name, array in found.arrays.items()}
        options = asdict(self.options)
        del options["weights"], options["name"]
        card = {"engine": self.name, "options": options}
        return Weights({name: torch.from_numpy(array) for name, array in tensors.items()}, card)

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
        if len(embeddings) < 2:
            return _decided(np.arange(len(embeddings)), embeddings, constraints)
        if embeddings.shape[1] != self.linking.width:
            raise UserError(f"These weights are for vectors of {self.linking.width} numbers, not {embeddings.shape[1]}.")
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
