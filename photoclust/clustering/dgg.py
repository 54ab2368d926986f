"""DGG: a mixture of Gaussians in the latent of a variational autoencoder that also sees a graph (Yang et al., ICCV 2019)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import torch

from photoclust.clustering.affinity import of_faces, siamese
from photoclust.clustering.confidence import confidence
from photoclust.clustering.constraints import enforce
from photoclust.clustering.dgg_training import DGGTraining, fit
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
from photoclust.clustering.how_many import count_groups
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status


@dataclass(frozen=True)
class DGG:
    """Faces are drawn from K Gaussians in a latent space and are rebuilt from their own latent and from their neighbours'.

    It trains on the faces it groups, without labels; the same seed and the same order of faces give the same groups.
    """

    k: int | None = None
    """How many groups; None: as many as make the silhouette of k-means highest."""
    affinity: Literal["gaussian", "siamese"] = "gaussian"
    """Whether neighbours are near as the embeddings are, or as a small network says that learned from pairs of them."""
    neighbours: int = 5
    """N_s; the paper's 20 are more than most persons of an album have."""
    among: int = 0
    """The neighbours are drawn from this many nearest (the paper: 100 of the Siamese network); 0: the nearest themselves."""
    scale: float = 0.5
    """s_i of eq. 32, in root mean squared distances of the neighbours."""
    training: DGGTraining = field(default_factory=DGGTraining)
    name: str = "dgg"

    def fit_predict(
        self,
        embeddings: Embeddings,
        *,
        hints: Hints = NO_HINTS,
        constraints: Constraints = NO_CONSTRAINTS,
        seed: int = 0,
        progress: Progress = SILENT,
    ) -> Clustering:
        """Train on (n, d) unit vectors and group them; UserError for fewer than one group."""
        if self.k is not None and self.k < 1:
            raise UserError(f"There cannot be {self.k} persons; leave their number out to have it estimated.")
        progress.checkpoint()
        progress.report(Status("Comparing faces"))
        faces = np.ascontiguousarray(embeddings, np.float32)
        labels = self._groups(faces, seed, progress)
        kept = enforce(labels, constraints, faces)
        return Clustering(kept, confidence(kept, faces))

    def _groups(self, faces: Embeddings, seed: int, progress: Progress) -> Ints:
        n = len(faces)
        if n < 2:
            return np.arange(n)
        distinct, same = np.unique(faces, axis=0, return_inverse=True)
        k = self.k or count_groups(faces, seed, progress)
        if k >= len(distinct):
            return np.asarray(same.reshape(-1), np.int64)
        if k == 1:
            return np.zeros(n, np.int64)
        noise = torch.Generator().manual_seed(seed)
        seen = faces if self.affinity == "gaussian" else siamese(faces, noise, progress=progress)
        affinity = of_faces(seen, self.neighbours, self.among, self.scale, noise, progress)
        return fit(standardised(faces), affinity, k, self.training, noise, progress).groups


def standardised(faces: Embeddings) -> Embeddings:
    """Centred, and scaled as a whole so that a number varies by 1 on average: distances keep their proportions."""
    centred = faces - faces.mean(0)
    scaled: Embeddings = centred / max(float(centred.std()), 1e-6)
    return scaled
