"""The engine of the thesis: adversarial variational graph autoencoders over sub-graphs, trained on the library itself."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import torch

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
from photoclust.clustering.estimator import Training, star_similarities, train
from photoclust.clustering.graph import SubGraphs, nearest_neighbours, sub_graphs
from photoclust.clustering.linkage import choose_threshold, links, merge_links
from photoclust.core.progress import Progress


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
    """Whether edges to less dense neighbours are dropped before links are predicted; off is the thesis's model (8)."""
    threshold: float | None = None
    """Links whose latent product z_centre·z_j is above it are merged; None chooses it from the data."""
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
        """Group (n, d) unit vectors."""
        progress.checkpoint()
        n = len(embeddings)
        embeddings = np.ascontiguousarray(embeddings, np.float32)
        labels: Ints = np.arange(n)
        if n > 1:
            neighbours = nearest_neighbours(embeddings, self.k, progress)
            graphs = sub_graphs(neighbours, self.h1, self.h2, self.u)
            nearest = neighbours.indices[:, : graphs.hop]
            noise = torch.Generator().manual_seed(seed)
            star = self._estimate(embeddings, graphs, False, noise, progress, "Looking for similar faces")
            kept = np.ones(star.shape, bool)
            if self.prune:
                kept = denser(similarity_density(star), nearest)
                graphs = prune(graphs, kept)
            star = self._estimate(embeddings, graphs, True, noise, progress, "Linking faces")
            pairs, scores = links(nearest, kept), star[kept]
            threshold = self.threshold
            if threshold is None:
                threshold = choose_threshold(neighbours, pairs, scores, progress)
            labels = merge_links(n, pairs, scores, threshold)
        kept_labels = enforce(labels, constraints, embeddings)
        return Clustering(kept_labels, confidence(kept_labels, embeddings))

    def _estimate(
        self,
        embeddings: Embeddings,
        graphs: SubGraphs,
        centred: bool,
        noise: torch.Generator,
        progress: Progress,
        phase: str,
    ) -> np.ndarray:
        """(n, h₁) products z_centre·z_j after training; the score σ(·) of a link grows with it."""
        encoder = train(embeddings, graphs, centred=centred, training=self.training, noise=noise, progress=progress, phase=phase)
        return star_similarities(
            encoder,
            embeddings,
            graphs,
            centred=centred,
            batch=2 * self.training.batch,
            progress=progress,
            phase=phase,
        )
