"""The engine of Ada-NETS (Wang et al., ICLR 2022): clean neighbours in a structure space, a graph network, links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from photoclust.clustering.adanets_course import Course, Recipe
from photoclust.clustering.adanets_graph import Space, discovered, enhanced, links, look_around
from photoclust.clustering.adanets_network import AdaNet
from photoclust.clustering.confidence import confidence
from photoclust.clustering.constraints import enforce
from photoclust.clustering.engine import NO_CONSTRAINTS, NO_HINTS, SILENT, Clustering, Constraints, Embeddings, Hints
from photoclust.clustering.learning import Labelled
from photoclust.clustering.weights_file import Weights, shipped
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress


@dataclass(frozen=True)
class AdaNETS:
    """Structure space, adaptive filter, graph network, and links above θ; applies what it has learned, nothing is random."""

    k: int = 80
    """Candidates of a face."""
    reciprocal: int = Space.reciprocal
    """Neighbours in the sets that the Jaccard similarity is of; the paper has k, more than most persons have faces."""
    eta: float = Space.eta
    """η, the weight of the cosine beside the Jaccard similarity; the paper does not tell its own."""
    threshold: float | None = None
    """θ; None: as chosen on validation persons."""
    weights: Weights | None = None
    """None: what the program ships."""
    recipe: Recipe = field(default_factory=Recipe)
    """How it learns."""
    name: str = "adanets"

    @property
    def space(self) -> Space:
        """The structure space of these options."""
        return Space(self.k, self.reciprocal, self.eta)

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
        if len(embeddings) > 1:
            weights = self.learned
            width = int(weights.options["width"])
            if embeddings.shape[1] != width:
                raise UserError(f"These weights are for vectors of {width} numbers, not {embeddings.shape[1]}.")
            network = AdaNet.of(weights.tensors)
            seen = look_around(embeddings, self.space, progress)
            features = enhanced(network, seen, discovered(network, seen, progress))
            threshold = self.threshold if self.threshold is not None else float(weights.options["threshold"])
            labels = links(features, self.space.k, progress).merge(threshold)
        kept = enforce(labels, constraints, embeddings)
        return Clustering(kept, confidence(kept, embeddings))

    @property
    def learned(self) -> Weights:
        """The weights it uses."""
        return self.weights or shipped(self.name)

    def begin(self, albums: Sequence[Labelled], seed: int) -> Course:
        """A course on these albums; UserError where they have too few faces or different widths."""
        return Course(albums, self.space, self.recipe, seed)

    def with_weights(self, weights: Weights) -> AdaNETS:
        """This engine with these weights."""
        return replace(self, weights=weights)
