"""How much every kNN edge speaks for one person: log-odds from a small network over the structure around the edge.

Nothing here is an absolute similarity: cosines are told as spreads above the album's own strangers, and relative to what
both ends' other neighbours have, so the same few weights serve easy and hard albums.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.graph import Neighbours, undirected
from photoclust.clustering.impostors import Impostors, estimate_impostors
from photoclust.core.progress import Progress, Status

Floats = NDArray[np.float32]

FEATURES = (
    "z", "rank_lo", "rank_hi",
    "own1_lo", "own1_hi", "rel1_lo", "rel1_hi", "own5_lo", "own5_hi", "rel5_lo", "rel5_hi",
    "own20_lo", "own20_hi", "rel20_lo", "rel20_hi", "own60_lo", "own60_hi", "rel60_lo", "rel60_hi",
    "jac8", "jac16", "jac40",
    "smooth2", "tot2_lo", "tot2_hi", "smooth4", "tot4_lo", "tot4_hi", "tow5_lo", "tow5_hi", "logn",
)  # fmt: skip
"""What is told of an edge. `_lo` and `_hi` are the smaller and the larger of the two ends.

z: standardised cosine. rank: ln of the rank of one in the other's list. own5: z of the end's 5th neighbour; rel5: z less
that. jac8: Jaccard of the lists of 8. smooth2: z after one step of smoothing over mutual neighbours above z = 2; tot2: ln of
the weight smoothed in. tow5: mean z of one end to the 5 nearest of the other. logn: ln of the number of faces.
"""

_STEP = 32_768  # edges at a time where whole vectors are gathered


@dataclass(frozen=True)
class Evidence:
    """All kNN edges once, and how much each speaks for one person."""

    pairs: Ints
    """(m, 2)"""
    log_odds: Floats
    """(m,) 0 is as likely as not."""


def weigh_edges(
    embeddings: Embeddings, neighbours: Neighbours, estimator: LinkEstimator, seed: int, progress: Progress = SILENT
) -> Evidence:
    """Judge every kNN edge of the album."""
    pairs, _ = undirected(neighbours)
    features = edge_features(embeddings, neighbours, pairs, seed, progress)
    return Evidence(pairs, estimator.log_odds(features))


def edge_features(
    embeddings: Embeddings, neighbours: Neighbours, pairs: Ints, seed: int = 0, progress: Progress = SILENT
) -> Floats:
    """(m, len(FEATURES)) of the edges `pairs` (m, 2); both directions of an edge have the same features."""
    n, k = neighbours.indices.shape
    i, j = pairs[:, 0], pairs[:, 1]
    strangers = estimate_impostors(embeddings, seed)
    near = strangers.standardise(neighbours.similarities)  # (n, k)
    z = strangers.standardise(_cosines(embeddings, pairs, progress))
    told: dict[str, Floats] = {"z": z, "logn": np.full(len(pairs), np.log(max(n, 1)), np.float32)}

    def both(name: str, first: Floats, second: Floats) -> None:
        told[f"{name}_lo"], told[f"{name}_hi"] = np.minimum(first, second), np.maximum(first, second)

    both("rank", *_ranks(neighbours, i, j))
    for place in (1, 5, 20, 60):
        own = near[:, min(place, k) - 1]
        both(f"own{place}", own[i], own[j])
        both(f"rel{place}", z - own[i], z - own[j])
    for width in (8, 16, 40):
        told[f"jac{width}"] = _jaccard(neighbours.indices[:, :width], i, j, progress)
    for above in (2, 4):
        smooth, weight = _smooth(embeddings, neighbours, np.maximum(near - above, 0))
        told[f"smooth{above}"] = estimate_impostors(smooth, seed).standardise(_cosines(smooth, pairs, progress))
        both(f"tot{above}", weight[i], weight[j])
    both("tow5", *(_toward(embeddings, neighbours.indices[:, :5], a, b, strangers, progress) for a, b in ((i, j), (j, i))))
    return np.stack([told[name] for name in FEATURES], axis=1)


@dataclass(frozen=True)
class LinkEstimator:
    """A multi-layer perceptron in numpy; trained by `photoclust train album` on labelled sets."""

    mean: Floats
    spread: Floats
    weights: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    @classmethod
    def shipped(cls) -> LinkEstimator:
        """The weights that come with the program."""
        with (
            (files("photoclust.clustering") / "weights" / "links.npz").open("rb") as file,
            np.load(file, allow_pickle=False) as arrays,
        ):
            layers = range(sum(name.startswith("w") for name in arrays.files))
            return cls(
                arrays["mean"],
                arrays["spread"],
                tuple(arrays[f"w{layer}"] for layer in layers),
                tuple(arrays[f"b{layer}"] for layer in layers),
            )

    def log_odds(self, features: Floats) -> Floats:
        """(m, f) features -> (m,) log-odds of one person, within ±8."""
        result = np.empty(len(features), np.float32)
        for start in range(0, len(features), _STEP):
            part = slice(start, start + _STEP)
            H = np.clip((features[part] - self.mean) / self.spread, -6, 6)
            for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
                H = np.maximum(H @ weight + bias, 0)
            result[part] = (H @ self.weights[-1] + self.biases[-1])[:, 0]
        return np.clip(result, -8, 8, out=result)


def _cosines(vectors: Embeddings, pairs: Ints, progress: Progress) -> Floats:
    result = np.empty(len(pairs), np.float32)
    for start in range(0, len(pairs), _STEP):
        progress.checkpoint()
        part = pairs[start : start + _STEP]
        result[start : start + _STEP] = np.einsum("md,md->m", vectors[part[:, 0]], vectors[part[:, 1]])
    return result


def _ranks(neighbours: Neighbours, i: Ints, j: Ints) -> tuple[Floats, Floats]:
    """ln of the rank of j among i's neighbours and of i among j's; 2k where it is not among them."""
    n, k = neighbours.indices.shape
    ranks = csr_matrix(
        (np.tile(np.arange(1, k + 1, dtype=np.float32), n), neighbours.indices.ravel(), np.arange(0, n * k + 1, k)),
        shape=(n, n),
    )

    def logarithm(rows: Ints, columns: Ints) -> Floats:
        found = np.asarray(ranks[rows, columns], np.float32).reshape(-1)
        return np.log(np.where(found == 0, np.float32(2 * k), found))

    return logarithm(i, j), logarithm(j, i)


def _jaccard(lists: Ints, i: Ints, j: Ints, progress: Progress) -> Floats:
    """Shared share of the lists (n, q) of both ends, each with the face itself."""
    n, q = lists.shape
    members = np.concatenate([np.arange(n)[:, None], lists], axis=1)
    ones = np.ones(n * (q + 1), np.float32)
    table = csr_matrix((ones, members.ravel(), np.arange(0, n * (q + 1) + 1, q + 1)), shape=(n, n))
    shared = np.empty(len(i), np.float32)
    for start in range(0, len(i), _STEP):
        progress.checkpoint()
        part = slice(start, start + _STEP)
        shared[part] = np.asarray(table[i[part]].multiply(table[j[part]]).sum(1), np.float32).reshape(-1)
    jaccard: Floats = shared / (2 * (q + 1) - shared)
    return jaccard


def _smooth(embeddings: Embeddings, neighbours: Neighbours, weights: Floats) -> tuple[Embeddings, Floats]:
    """Unit vectors after one step towards mutual neighbours with (n, k) weights, and ln(1 + the weight of each face)."""
    n, k = neighbours.indices.shape
    starts = np.arange(0, n * k + 1, k)
    listed = csr_matrix((np.ones(n * k, np.float32), neighbours.indices.ravel(), starts), shape=(n, n))
    graph = csr_matrix((weights.ravel(), neighbours.indices.ravel(), starts), shape=(n, n)).multiply(listed.T).tocsr()
    moved = 3 * embeddings + graph @ embeddings
    moved /= np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
    total = np.asarray(graph.sum(1), np.float32).reshape(-1)
    return np.asarray(moved, np.float32), np.log1p(total)


def _toward(embeddings: Embeddings, lists: Ints, one: Ints, other: Ints, strangers: Impostors, progress: Progress) -> Floats:
    """Mean z of one end of each edge to the nearest (n, q) of the other."""
    result = np.empty(len(one), np.float32)
    step = _STEP // 4
    for start in range(0, len(one), step):
        progress.checkpoint()
        progress.report(Status("Comparing neighbours", start, len(one)))
        part = slice(start, start + step)
        result[part] = np.einsum("md,mqd->mq", embeddings[one[part]], embeddings[lists[other[part]]]).mean(1)
    return strangers.standardise(result)
