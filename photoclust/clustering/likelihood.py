"""How well whole groups explain the faces in them: what an edge cannot see, and what tells how much to ask of edges."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from photoclust.clustering.engine import Embeddings, Ints

_DIMENSIONS = 128
_WITHIN, _BETWEEN = 0.6, 0.35
"""The two covariances of SFace on six sets, as parts of a vector's square length."""


def likelihood(embeddings: Embeddings, labels: Ints, temper: float) -> float:
    """Log-likelihood in nats of the (n, d) unit vectors if the groups (n,) are persons, up to a term of the vectors alone.

    Each person is a Gaussian around a middle which is itself drawn from a Gaussian, and is integrated out (the two-covariance
    model of PLDA, Brümmer and de Villiers 2010, with multiples of the identity): more groups fit better and cost more. Faces of
    one person come in poses and moods and are not drawn alone: `temper` times more spread is allowed within a person.
    """
    if not len(labels):
        return 0.0
    groups = np.unique(labels, return_inverse=True)[1].reshape(-1)
    sizes = np.bincount(groups)
    members = csr_matrix((np.ones(len(groups), np.float32), (groups, np.arange(len(groups)))))
    sums = members @ embeddings - sizes[:, None] * embeddings.mean(0)
    within = temper * _WITHIN
    ratio = _BETWEEN / within
    drawn = 1 + sizes * ratio
    fit = _DIMENSIONS / within * ratio * np.einsum("gd,gd->g", sums, sums) / drawn
    return float(0.5 * (fit - _DIMENSIONS * np.log(drawn)).sum())
