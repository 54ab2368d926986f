"""Our engine for albums: evidence relative to the album itself, merged by average linkage, without a knob."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from photoclust.clustering.agglomerate import Merges, agglomerate
from photoclust.clustering.confidence import confidence
from photoclust.clustering.constraints import enforce
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
from photoclust.clustering.graph import nearest_neighbours, undirected
from photoclust.clustering.impostors import estimate_impostors
from photoclust.core.progress import Progress


@dataclass(frozen=True)
class Album:
    """Average linkage over similarities standardised against the album's own strangers."""

    k: int = 80
    strictness: float = 0.7
    per_person: float = 0.35
    """With P groups, faces are one person above `strictness + per_person · ln P` standard deviations: the more persons,
    the more alike the most alike strangers."""
    same_photo: float = -10.0
    """Evidence of two faces of one photo: soft, for mirrors, collages and framed pictures exist."""
    name: str = "album"

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
        n = len(embeddings)
        neighbours = nearest_neighbours(embeddings, self.k, progress)
        impostors = estimate_impostors(embeddings, seed)
        pairs, cosines = undirected(neighbours)
        evidence = impostors.standardise(cosines).astype(np.float64)
        if hints.photo is not None:
            evidence[hints.photo[pairs[:, 0]] == hints.photo[pairs[:, 1]]] = self.same_photo
        told = (evidence > 0) | (evidence == self.same_photo)
        merges = agglomerate(n, pairs[told], evidence[told], missing=0.0, stop=0.3, progress=progress)
        labels = merges.labels(self._cut(n, merges))
        kept = enforce(labels, constraints, embeddings)
        return Clustering(kept, confidence(kept, embeddings))

    def _cut(self, n: int, merges: Merges) -> int:
        """The number of merges at which the evidence falls under what that number of groups asks for."""
        made: Ints = np.arange(len(merges.evidence))
        asked = self.strictness + self.per_person * np.log(np.maximum(n - made, 1))
        short = np.flatnonzero(merges.evidence < asked)
        return int(short[0]) if len(short) else len(made)
