"""How well whole groups explain the faces in them: what an edge cannot see, and what tells how much to ask of edges."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from photoclust.clustering.engine import Embeddings, Ints
from photoclust.clustering.pieces import numbered

_DIMENSIONS = 128
_WITHIN, _BETWEEN = 0.6, 0.35
"""The two covariances of SFace on six sets, as parts of a vector's square length."""

Nats = NDArray[np.float64]


def likelihoods(embeddings: Embeddings, labels: Ints, temper: float) -> Nats:
    """(g,) log-likelihood in nats of the (n, d) unit vectors of each group 0 … g−1 if it is a person, up to a term of the
    vectors alone.

    Each person is a Gaussian around a middle which is itself drawn from a Gaussian, and is integrated out (the two-covariance
    model of PLDA, Brümmer and de Villiers 2010, with multiples of the identity): more groups fit better and cost more. Faces of
    one person come in poses and moods and are not drawn alone: `temper` times more spread is allowed within a person.
    """
    if not len(labels):
        return np.empty(0)
    sizes = np.bincount(labels)
    members = csr_matrix((np.ones(len(labels), np.float32), (labels, np.arange(len(labels)))))
    sums = members @ embeddings - sizes[:, None] * embeddings.mean(0)
    within = temper * _WITHIN
    ratio = _BETWEEN / within
    drawn = 1 + sizes * ratio
    fit = _DIMENSIONS / within * ratio * np.einsum("gd,gd->g", sums, sums) / drawn
    nats: Nats = 0.5 * (fit - _DIMENSIONS * np.log(drawn))
    return nats


def gains(embeddings: Embeddings, parts: Ints, wholes: Ints, temper: float) -> tuple[float, Nats]:
    """How many nats better the groups `wholes` (n,) explain the faces than `parts` (n,) do: in all, and (n,) for each face how
    much its whole does better than its pieces of the parts, a face."""
    parts, wholes = numbered(parts), numbered(wholes)
    pieces, first = np.unique(wholes * (parts.max(initial=0) + 1) + parts, return_index=True)
    pieces_of_faces = np.searchsorted(pieces, wholes * (parts.max(initial=0) + 1) + parts)
    together = likelihoods(embeddings, wholes, temper)
    apart = np.bincount(wholes[first], likelihoods(embeddings, pieces_of_faces, temper), len(together))
    each = ((together - apart) / np.maximum(np.bincount(wholes), 1))[wholes] if len(wholes) else np.empty(0)
    return float(together.sum() - likelihoods(embeddings, parts, temper).sum()), each
