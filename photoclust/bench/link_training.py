"""Training of the album engine's link estimator: `photoclust train album DATA... --half --out links.npz`.

It learns from each labelled set whole and as made-up albums (`made_up_albums.py`), in a few small networks that begin differently
and are laid side by side: their mean varies less from seed to seed than one of them, and is better.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.linalg import block_diag

from photoclust.bench.features import read_npz
from photoclust.bench.made_up_albums import FACES, KINDS, PERSONS, make_album
from photoclust.clustering.engine import SILENT
from photoclust.clustering.evidence import LinkEstimator, edge_features
from photoclust.clustering.graph import nearest_neighbours, undirected
from photoclust.clustering.learning import Labelled
from photoclust.clustering.search import most_alike
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

EDGES = 16_000
"""At most so many are learned from of one album."""
NEIGHBOURS = 80
UNKNOWN = 0.2
"""Of this share of the albums the quality of the faces is not told, so that the links can do without it."""


@dataclass(frozen=True)
class Recipe:
    """How much is trained."""

    albums: int = 20
    """Made-up albums of each kind from each data set; half as many with a hub."""
    epochs: int = 3
    networks: int = 8
    widths: tuple[int, ...] = (32, 16)
    """Of each network."""
    caution: float = 1.2
    """How much worse a wrong link is than a missing one."""
    batch: int = 4096
    learning_rate: float = 5e-3


def albums_of(
    sets: Sequence[Labelled], recipe: Recipe, generator: np.random.Generator, progress: Progress = SILENT
) -> Iterator[list[Labelled]]:
    """Set after set the albums to learn from: the set whole, and those made of it; UserError where none can be made."""
    real = np.concatenate([labelled.embeddings for labelled in sets])
    quality = np.concatenate([_known(labelled) for labelled in sets])
    for number, labelled in enumerate(sets):
        progress.report(Status("Making albums", number, len(sets)))
        X, y = labelled.embeddings, labelled.persons
        if np.sum(np.unique(y, return_counts=True)[1] >= FACES) < PERSONS:
            raise UserError(f"“{labelled.name}” needs {PERSONS} persons with {FACES} faces each to make albums of.")
        made = [
            make_album(sets, number, kind, generator)
            for kind in KINDS
            for _ in range(recipe.albums // 2 if kind == "hub" else recipe.albums)
        ]
        told = generator.random(1 + len(made)) >= UNKNOWN
        yield [
            Labelled(labelled.name, faces, persons, _like(faces, real, quality) if known else None)
            for (faces, persons), known in zip([(X, y), *made], told, strict=True)
        ]


def _like(faces: Floats, real: Floats, quality: Floats) -> Floats:
    """(n,) a made-up face is as good as the real one that it is most like."""
    known = np.empty(len(faces), np.float32)
    for rows, found, _ in most_alike(faces, real, 1):
        known[rows] = quality[found[:, 0]]
    return known


def _known(labelled: Labelled) -> Floats:
    """(n,) the quality; NaN where it is not known."""
    return np.full(len(labelled.persons), np.nan, np.float32) if labelled.quality is None else labelled.quality


def examples(
    sets: Sequence[Labelled], recipe: Recipe, seed: int, progress: Progress = SILENT
) -> Iterator[tuple[Floats, NDArray[np.bool_]]]:
    """Features (m, f) and truth (m,) of the edges of one of the `albums_of` the sets after another."""
    generator = np.random.default_rng(seed)
    for albums in albums_of(sets, recipe, generator, progress):
        for album in albums:
            progress.checkpoint()
            faces, persons = album.embeddings, album.persons
            neighbours = nearest_neighbours(faces, NEIGHBOURS)
            pairs, _ = undirected(neighbours)
            pairs = pairs[generator.permutation(len(pairs))[:EDGES]]
            features = edge_features(faces, neighbours, pairs, seed, quality=album.quality)
            yield features, persons[pairs[:, 0]] == persons[pairs[:, 1]]


def fit(
    albums: Sequence[tuple[Floats, NDArray[np.bool_]]], recipe: Recipe, seed: int, progress: Progress = SILENT
) -> LinkEstimator:
    """Perceptrons side by side, each trained by weighted log loss; an edge of an album of m weighs 1/√m."""
    features = np.concatenate([told for told, _ in albums])
    told = [column[~np.isnan(column)] for column in features.T]
    mean, spread = np.array([(c.mean(), c.std() + 1e-6) if len(c) else (0, 1) for c in told], np.float32).T
    X = torch.from_numpy(np.nan_to_num(np.clip((features - mean) / spread, -6, 6)))
    del features
    y = torch.from_numpy(np.concatenate([same for _, same in albums]).astype(np.float32))
    weight = torch.from_numpy(np.concatenate([np.full(len(s), len(s) ** -0.5, np.float32) for _, s in albums]))
    weight *= 1 + (recipe.caution - 1) * (1 - y)
    weight /= weight.mean()
    noise = torch.Generator().manual_seed(seed)
    networks = []
    for number in range(recipe.networks):
        progress.report(Status("Learning links", number, recipe.networks))
        networks.append(_fit_one(X, y, weight, recipe, noise, progress))
    weights, biases = _side_by_side(networks)
    return LinkEstimator(mean, spread, weights, biases)


def _fit_one(
    X: torch.Tensor, y: torch.Tensor, weight: torch.Tensor, recipe: Recipe, noise: torch.Generator, progress: Progress
) -> list[tuple[Floats, Floats]]:
    """The weights and biases of each layer."""
    widths = [X.shape[1], *recipe.widths, 1]
    layers = [
        (torch.randn(a, b, generator=noise).mul_((2 / a) ** 0.5).requires_grad_(), torch.zeros(b, requires_grad=True))
        for a, b in itertools.pairwise(widths)
    ]
    improve = torch.optim.AdamW([p for layer in layers for p in layer], recipe.learning_rate, weight_decay=1e-3)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(improve, recipe.epochs * -(-len(X) // recipe.batch))
    for _ in range(recipe.epochs):
        for rows in torch.split(torch.randperm(len(X), generator=noise), recipe.batch):
            progress.checkpoint()
            H = X[rows]
            for number, (w, b) in enumerate(layers):
                H = torch.relu(H @ w + b) if number + 1 < len(layers) else H @ w + b
            loss = torch.nn.functional.binary_cross_entropy_with_logits(H[:, 0], y[rows], weight[rows])
            improve.zero_grad()
            torch.autograd.backward(loss)
            improve.step()
            schedule.step()
    return [(w.detach().numpy(), b.detach().numpy()) for w, b in layers]


def _side_by_side(networks: Sequence[Sequence[tuple[Floats, Floats]]]) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """One network whose answer is the mean of those of several, as weights and biases of each layer."""
    first, *inner, last = zip(*networks, strict=True)
    weights = [np.concatenate([w for w, _ in first], axis=1)]
    weights += [np.asarray(block_diag(*(w for w, _ in layer)), np.float32) for layer in inner]
    weights += [np.concatenate([w for w, _ in last]) / len(networks)]
    biases = [np.concatenate([b for _, b in layer]) for layer in (first, *inner)]
    biases += [np.mean([b for _, b in last], axis=0)]
    return tuple(weights), tuple(biases)


def save(estimator: LinkEstimator, path: Path, card: Mapping[str, Any]) -> None:
    """Write the estimator as `LinkEstimator.shipped` reads it, and the card beside it; whole or not at all."""
    layers = {f"w{n}": w for n, w in enumerate(estimator.weights)} | {f"b{n}": b for n, b in enumerate(estimator.biases)}
    arrays = {"mean": estimator.mean, "spread": estimator.spread, "card": np.array(json.dumps(card)), **layers}
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def read_card(path: Path) -> dict[str, Any]:
    """The card that `save` wrote; UserError for a file without one."""
    try:
        card: dict[str, Any] = json.loads(str(read_npz(path)["card"]))
    except (KeyError, ValueError) as error:
        raise UserError(f"“{path}” has no card.") from error
    return card
