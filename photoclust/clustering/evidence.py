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
from photoclust.clustering.graph import Neighbours
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
    embeddings: Embeddings,
    neighbours: Neighbours,
    estimator: LinkEstimator,
    seed: int,
    progress: Progress = SILENT,
    *,
    least: float = -np.inf,
    block: int = 8 * _STEP,
) -> Evidence:
    """Judge every kNN edge of the album, so many at a time; those below the `least` log-odds are left out."""
    n = len(embeddings)
    keys = _edge_keys(neighbours)
    surroundings = _Surroundings.of(embeddings, neighbours, seed, progress)
    pairs, odds = [np.empty((0, 2), np.int64)], [np.empty(0, np.float32)]
    for start in range(0, len(keys), block):
        progress.report(Status("Comparing neighbours", start, len(keys)))
        part = np.stack(np.divmod(keys[start : start + block], n), axis=1)
        found = estimator.log_odds(surroundings.features(part, progress))
        pairs.append(part[found >= least])
        odds.append(found[found >= least])
    return Evidence(np.concatenate(pairs), np.concatenate(odds))


def _edge_keys(neighbours: Neighbours) -> Ints:
    """Every kNN edge i < j once, rising, as i · n + j."""
    n, k = neighbours.indices.shape
    lists = np.empty((n, k), np.int64)
    for start in range(0, n, _STEP):
        rows, columns = np.arange(start, min(start + _STEP, n))[:, None], neighbours.indices[start : start + _STEP]
        lists[start : start + _STEP] = np.minimum(rows, columns) * n + np.maximum(rows, columns)
    keys = lists.ravel()
    keys.sort()
    once = np.ones(len(keys), np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=once[1:])
    result: Ints = keys[once]
    return result


def edge_features(
    embeddings: Embeddings, neighbours: Neighbours, pairs: Ints, seed: int = 0, progress: Progress = SILENT
) -> Floats:
    """(m, len(FEATURES)) of the edges `pairs` (m, 2); both directions of an edge have the same features."""
    return _Surroundings.of(embeddings, neighbours, seed, progress).features(pairs, progress)


@dataclass(frozen=True)
class _Surroundings:
    """What is known around every face before any edge is looked at."""

    embeddings: Embeddings
    strangers: Impostors
    own: dict[int, Floats]
    """Place -> (n,) z of each face's neighbour there."""
    ranks: csr_matrix
    """(n, n) the rank of each in the other's list, from 1."""
    lists: dict[int, csr_matrix]
    """Width -> (n, n) who is in the list of so many of each face, itself included."""
    smooth: dict[int, tuple[Embeddings, Floats, Impostors]]
    """Floor -> (n, d) vectors smoothed over who is above it, (n,) ln of the weight smoothed in, strangers among them."""
    nearest: Embeddings
    """(n, d) the middle of each face's five nearest."""

    @classmethod
    def of(cls, embeddings: Embeddings, neighbours: Neighbours, seed: int, progress: Progress) -> _Surroundings:
        """Look around every face."""
        k = neighbours.k
        strangers = estimate_impostors(embeddings, seed)
        progress.report(Status("Looking around every face"))
        smooth = {}
        for above in (2, 4):
            progress.checkpoint()
            weights = np.maximum(strangers.standardise(neighbours.similarities) - np.float32(above), 0)
            moved, total = _smooth(embeddings, neighbours, weights)
            smooth[above] = moved, total, estimate_impostors(moved, seed)
        progress.checkpoint()
        places = (1, 5, 20, 60)
        own = {place: strangers.standardise(neighbours.similarities[:, min(place, k) - 1]) for place in places}
        lists = {width: _lists(neighbours.indices[:, :width]) for width in (8, 16, 40)}
        return cls(embeddings, strangers, own, _ranks(neighbours), lists, smooth, _middles(embeddings, neighbours, 5))

    def features(self, pairs: Ints, progress: Progress) -> Floats:
        """(m, len(FEATURES)) of the edges `pairs` (m, 2)."""
        i, j = pairs[:, 0], pairs[:, 1]
        z = self.strangers.standardise(_cosines(self.embeddings, self.embeddings, i, j, progress))
        told = np.empty((len(pairs), len(FEATURES)), np.float32)

        def tell(name: str, values: Floats) -> None:
            told[:, FEATURES.index(name)] = values

        def both(name: str, first: Floats, second: Floats) -> None:
            tell(f"{name}_lo", np.minimum(first, second))
            tell(f"{name}_hi", np.maximum(first, second))

        tell("z", z)
        tell("logn", np.full(len(pairs), np.log(max(len(self.embeddings), 1)), np.float32))
        both("rank", self._rank(i, j), self._rank(j, i))
        for place, own in self.own.items():
            both(f"own{place}", own[i], own[j])
            both(f"rel{place}", z - own[i], z - own[j])
        for width, lists in self.lists.items():
            tell(f"jac{width}", _jaccard(lists, i, j, progress))
        for above, (smooth, weight, strangers) in self.smooth.items():
            tell(f"smooth{above}", strangers.standardise(_cosines(smooth, smooth, i, j, progress)))
            both(f"tot{above}", weight[i], weight[j])
        toward = (_cosines(self.embeddings, self.nearest, a, b, progress) for a, b in ((i, j), (j, i)))
        both("tow5", *map(self.strangers.standardise, toward))
        return told

    def _rank(self, rows: Ints, columns: Ints) -> Floats:
        """ln of the rank of the second among the first's neighbours; 2k where it is not among them."""
        found = np.asarray(self.ranks[rows, columns], np.float32).reshape(-1)
        k = self.ranks.nnz // max(self.ranks.shape[0], 1)
        ranks: Floats = np.log(np.where(found == 0, np.float32(2 * k), found))
        return ranks


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


def _cosines(first: Embeddings, second: Embeddings, i: Ints, j: Ints, progress: Progress) -> Floats:
    result = np.empty(len(i), np.float32)
    for start in range(0, len(i), _STEP):
        progress.checkpoint()
        part = slice(start, start + _STEP)
        result[part] = np.einsum("md,md->m", first[i[part]], second[j[part]])
    return result


def _ranks(neighbours: Neighbours) -> csr_matrix:
    n, k = neighbours.indices.shape
    ranks = np.tile(np.arange(1, k + 1, dtype=np.float32), n)
    return csr_matrix((ranks, neighbours.indices.ravel(), np.arange(0, n * k + 1, max(k, 1))), shape=(n, n))


def _lists(lists: Ints) -> csr_matrix:
    """(n, n) with the first (n, q) neighbours of each face, and itself."""
    n, q = lists.shape
    members = np.concatenate([np.arange(n)[:, None], lists], axis=1)
    members.sort(axis=1)
    return csr_matrix((np.ones(members.size, np.int8), members.ravel(), np.arange(0, n * (q + 1) + 1, q + 1)), shape=(n, n))


def _middles(embeddings: Embeddings, neighbours: Neighbours, count: int) -> Embeddings:
    """(n, d) the mean of the nearest so many of each face."""
    lists = neighbours.indices[:, :count]
    result = np.empty_like(embeddings, dtype=np.float32)
    for start in range(0, len(lists), _STEP // 4):
        part = slice(start, start + _STEP // 4)
        result[part] = embeddings[lists[part]].mean(1)
    return result


def _jaccard(lists: csr_matrix, i: Ints, j: Ints, progress: Progress) -> Floats:
    """Shared share of the lists of both ends."""
    width = lists.nnz // max(lists.shape[0], 1)
    shared = np.empty(len(i), np.float32)
    for start in range(0, len(i), _STEP):
        progress.checkpoint()
        part = slice(start, start + _STEP)
        shared[part] = np.diff(lists[i[part]].multiply(lists[j[part]]).tocsr().indptr)
    jaccard: Floats = shared / (2 * width - shared)
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
