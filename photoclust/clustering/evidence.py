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

from photoclust.clustering.cores import on_all_cores
from photoclust.clustering.engine import SILENT, Embeddings, Ints
from photoclust.clustering.graph import Neighbours, products_of_pairs
from photoclust.clustering.impostors import Impostors, estimate_impostors
from photoclust.core.progress import Progress, Status

Floats = NDArray[np.float32]

FEATURES = (
    "z", "rank_lo", "rank_hi",
    "own1_lo", "own1_hi", "rel1_lo", "rel1_hi", "own5_lo", "own5_hi", "rel5_lo", "rel5_hi",
    "own20_lo", "own20_hi", "rel20_lo", "rel20_hi", "own60_lo", "own60_hi", "rel60_lo", "rel60_hi",
    "jac8", "jac16", "jac40",
    "smooth2", "tot2_lo", "tot2_hi", "smooth4", "tot4_lo", "tot4_hi", "logn",
    "quality_lo", "quality_hi",
)  # fmt: skip
"""What is told of an edge. `_lo` and `_hi` are the smaller and the larger of the two ends.

z: standardised cosine. rank: ln of the rank of one in the other's list. own5: z of the end's 5th neighbour; rel5: z less
that. jac8: Jaccard of the lists of 8. smooth2: z after one step of smoothing over mutual neighbours above z = 2; tot2: ln of
the weight smoothed in. logn: ln of the number of faces. quality: above the album's median, NaN where unknown: a poor face is
less like its own person and more like everybody.
"""

_WIDTHS = (8, 16, 40)
_STEP = 4096  # edges or faces at a time, so that what is gathered stays in the processor's cache


_LINKS, _TURNS = 0.10, 100
"""The share of links among the edges at which an even chance is asked for; 0.10, 0.15 and 0.20 were compared."""
_FEW = 60
"""Among so many faces, what is usual counts as much as the album: five faces do not tell what strangers are like."""
_SLOPE, _EVEN, _STRANGE, _MOST = 25.0, 0.36, 2.5, 0.6
"""What is usual of SFace: the log-odds rise by so much a cosine and are even there; or, where most faces are alike, at so many
times what the least alike have, up to the last."""


@dataclass(frozen=True)
class Evidence:
    """All kNN edges once, and how much each speaks for one person."""

    pairs: Ints
    """(m, 2)"""
    log_odds: Floats
    """(m,) 0 is as likely as not."""
    judged: int
    """How many were judged: those that are not listed speak against."""

    def rarity(self) -> float:
        """How much rarer, in log-odds, links are in this album than among those that the estimator has learned from.

        Expectation-maximisation for a prior that differs (Saerens, Latinne and Decaestecker 2002, eq. 2.9): the share of links is
        the mean chance of all edges, and the share moves the chances.
        """
        counts, edges = np.histogram(self.log_odds, 800, (-8.0, 8.0))
        odds, usual = (edges[:-1] + edges[1:]) / 2, np.log(_LINKS / (1 - _LINKS))
        shift = 0.0
        for _ in range(_TURNS):
            share = np.clip((counts / (1 + np.exp(shift - odds))).sum() / max(self.judged, 1), 1e-4, 1 - 1e-4)
            shift = float(usual - np.log(share / (1 - share)))
        return shift

    def without(self, pairs: Ints, n: int) -> Evidence:
        """The same without what is about these pairs (p, 2) of the n faces."""
        if not len(pairs):
            return self
        keys, hushed = self.pairs[:, 0] * n + self.pairs[:, 1], np.sort(pairs.min(1) * n + pairs.max(1))
        at = np.minimum(np.searchsorted(hushed, keys), len(hushed) - 1)
        free = hushed[at] != keys
        return Evidence(self.pairs[free], self.log_odds[free], self.judged)


def trust_in(faces: int) -> float:
    """How much an album of so many faces is believed about itself, 0 to 1; the rest is what is usual."""
    return faces / (faces + _FEW)


def weigh_edges(
    embeddings: Embeddings,
    neighbours: Neighbours,
    estimator: LinkEstimator,
    seed: int,
    progress: Progress = SILENT,
    *,
    quality: Floats | None = None,
    least: float = -np.inf,
    block: int = 16 * _STEP,
) -> Evidence:
    """Judge every kNN edge of the album, so many at a time; those below the `least` log-odds are left out."""
    n = len(embeddings)
    keys = _edge_keys(neighbours)
    surroundings = _Surroundings.of(embeddings, neighbours, quality, seed, progress)
    trust = np.float32(trust_in(n))

    def judge(start: int) -> tuple[Ints, Floats]:
        part = np.stack(np.divmod(keys[start : start + block], n), axis=1)
        found = trust * estimator.log_odds(surroundings.features(part)) + (1 - trust) * surroundings.usual(part)
        return part[found >= least], found[found >= least]

    parts = [(np.empty((0, 2), np.int64), np.empty(0, np.float32))]
    progress.report(Status("Comparing neighbours", 0, len(keys)))
    for part in on_all_cores(judge, range(0, len(keys), block)):
        progress.checkpoint()
        progress.report(Status("Comparing neighbours", min(len(parts) * block, len(keys)), len(keys)))
        parts.append(part)
    pairs, odds = zip(*parts, strict=True)
    return Evidence(np.concatenate(pairs), np.concatenate(odds), len(keys))


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
    embeddings: Embeddings,
    neighbours: Neighbours,
    pairs: Ints,
    seed: int = 0,
    progress: Progress = SILENT,
    *,
    quality: Floats | None = None,
) -> Floats:
    """(m, len(FEATURES)) of the edges `pairs` (m, 2); both directions of an edge have the same features."""
    return _Surroundings.of(embeddings, neighbours, quality, seed, progress).features(pairs)


@dataclass(frozen=True)
class _Surroundings:
    """What is known around every face before any edge is looked at."""

    embeddings: Embeddings
    strangers: Impostors
    own: dict[int, Floats]
    """Place -> (n,) z of each face's neighbour there."""
    lists: Ints
    """(n, k) the neighbours of each face."""
    places: NDArray[np.int32]
    """(n, q) of each face and its nearest, 64 times the face and its place in the list."""
    smooth: dict[int, tuple[Embeddings, Floats, Impostors]]
    """Floor -> (n, d) vectors smoothed over who is above it, (n,) ln of the weight smoothed in, strangers among them."""
    quality: Floats
    """(n,) above the album's median."""

    @classmethod
    def of(
        cls, embeddings: Embeddings, neighbours: Neighbours, quality: Floats | None, seed: int, progress: Progress
    ) -> _Surroundings:
        """Look around every face."""
        if quality is None:
            quality = np.full(len(embeddings), np.nan, np.float32)
        known = quality[~np.isnan(quality)]
        k = neighbours.k
        strangers = estimate_impostors(embeddings, seed)

        def step(done: int) -> None:
            progress.report(Status("Looking around every face", done, 4))
            progress.checkpoint()

        smooth = {}
        for done, above in enumerate((2, 4)):
            step(done)
            weights = np.maximum(strangers.standardise(neighbours.similarities) - np.float32(above), 0)
            moved, total = _smooth(embeddings, neighbours, weights)
            smooth[above] = moved, total, estimate_impostors(moved, seed)
        step(2)
        places = (1, 5, 20, 60)
        own = {place: strangers.standardise(neighbours.similarities[:, min(place, k) - 1]) for place in places}
        step(3)
        listed = _places(neighbours.indices[:, : _WIDTHS[-1]])
        better = quality - (np.median(known) if len(known) else np.float32(0))
        return cls(embeddings, strangers, own, neighbours.indices, listed, smooth, better)

    def usual(self, pairs: Ints) -> Floats:
        """(m,) log-odds of the edges `pairs` (m, 2) from their cosines alone, in any album."""
        even = min(max(_EVEN, _STRANGE * (self.strangers.mean - self.strangers.spread)), _MOST)
        cosines = products_of_pairs(self.embeddings, self.embeddings, pairs[:, 0], pairs[:, 1])
        return np.asarray(np.clip(_SLOPE * (cosines - even), -8, 8), np.float32)

    def features(self, pairs: Ints) -> Floats:
        """(m, len(FEATURES)) of the edges `pairs` (m, 2)."""
        i, j = pairs[:, 0], pairs[:, 1]
        z = self.strangers.standardise(products_of_pairs(self.embeddings, self.embeddings, i, j))
        told = np.empty((len(pairs), len(FEATURES)), np.float32)

        def tell(name: str, values: Floats) -> None:
            told[:, FEATURES.index(name)] = values

        def both(name: str, first: Floats, second: Floats) -> None:
            tell(f"{name}_lo", np.minimum(first, second))
            tell(f"{name}_hi", np.maximum(first, second))

        tell("z", z)
        tell("logn", np.full(len(pairs), np.log(max(len(self.embeddings), 1)), np.float32))
        both("rank", self._rank(i, j), self._rank(j, i))
        both("quality", self.quality[i], self.quality[j])
        for place, own in self.own.items():
            both(f"own{place}", own[i], own[j])
            both(f"rel{place}", z - own[i], z - own[j])
        for width, shared in zip(_WIDTHS, _shared(self.places, i, j), strict=True):
            size = min(width + 1, self.places.shape[1])
            tell(f"jac{width}", shared / (2 * size - shared))
        for above, (smooth, weight, strangers) in self.smooth.items():
            tell(f"smooth{above}", strangers.standardise(products_of_pairs(smooth, smooth, i, j)))
            both(f"tot{above}", weight[i], weight[j])
        return told

    def _rank(self, rows: Ints, columns: Ints) -> Floats:
        """ln of the rank of the second among the first's neighbours; 2k where it is not among them."""
        ranks = np.empty(len(rows), np.float32)
        k = self.lists.shape[1]
        for start in range(0, len(rows), _STEP):
            part = slice(start, start + _STEP)
            is_it = self.lists[rows[part]] == columns[part, None]
            ranks[part] = np.where(is_it.any(1), is_it.argmax(1) + 1, 2 * k)
        return np.log(ranks, out=ranks)


@dataclass(frozen=True)
class LinkEstimator:
    """A multi-layer perceptron in numpy; trained by `photoclust train album` on labelled sets. What is NaN counts as usual."""

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
            H = np.nan_to_num(np.clip((features[part] - self.mean) / self.spread, -6, 6))
            for weight, bias in zip(self.weights[:-1], self.biases[:-1], strict=True):
                H = np.maximum(H @ weight + bias, 0)
            result[part] = (H @ self.weights[-1] + self.biases[-1])[:, 0]
        return np.clip(result, -8, 8, out=result)


def _places(lists: Ints) -> NDArray[np.int32]:
    """(n, q + 1) of each of n < 2²⁵ face and its (n, q ≤ 62) nearest, in their order: 64 times the face and its place."""
    n, q = lists.shape
    return (np.concatenate([np.arange(n)[:, None], lists], axis=1) * 64 + np.arange(q + 1)).astype(np.int32)


def _shared(places: NDArray[np.int32], i: Ints, j: Ints) -> list[Floats]:
    """(m,) for each of `_WIDTHS` how many are among so many nearest of both ends, themselves included."""
    shared = [np.empty(len(i), np.float32) for _ in _WIDTHS]
    for start in range(0, len(i), _STEP):
        part = slice(start, start + _STEP)
        both = np.concatenate([places[i[part]], places[j[part]]], axis=1)
        both.sort(axis=1)
        last = np.where(both[:, 1:] >> 6 == both[:, :-1] >> 6, both[:, 1:] & 63, 64)  # where it comes later: the place there
        for count, width in zip(shared, _WIDTHS, strict=True):
            count[part] = (last <= width).sum(1)
    return shared


def _smooth(embeddings: Embeddings, neighbours: Neighbours, weights: Floats) -> tuple[Embeddings, Floats]:
    """Unit vectors after one step towards mutual neighbours with (n, k) weights, and ln(1 + the weight of each face)."""
    n = len(weights)
    near = weights.ravel() > 0
    starts = np.concatenate([[0], (weights > 0).sum(1).cumsum()])
    columns = neighbours.indices.ravel()[near]
    listed = csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(n, n))
    graph = csr_matrix((weights.ravel()[near], columns, starts), shape=(n, n)).multiply(listed.T).tocsr()
    moved = 3 * embeddings + graph @ embeddings
    moved /= np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
    total = np.asarray(graph.sum(1), np.float32).reshape(-1)
    return np.asarray(moved, np.float32), np.log1p(total)
