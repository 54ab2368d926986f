"""Training of the album engine's link estimator: `photoclust train album DATA... --half --out links.npz`.

It learns from each labelled set whole and as made-up albums:

- plain: 3–120 persons with several faces, and strangers seen once or twice;
- alike: the persons most like one of them, as in a family;
- grown: 3–15 persons with 30–180 faces each, new ones mixed from the residuals of real ones;
- tight: persons nearer together and each of them tighter, with duplicates, as in rendered or retouched photos.

The shipped weights come from the recipe at an earlier stage: two networks of 64 and 32 units were trained on the first three
kinds (60 and 150 albums), laid side by side, and trained on for two rounds with 52 tight albums added.
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

from photoclust.bench.features import read_npz
from photoclust.clustering.engine import SILENT
from photoclust.clustering.evidence import LinkEstimator, edge_features
from photoclust.clustering.graph import nearest_neighbours, undirected
from photoclust.clustering.learning import Labelled
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

KINDS = ("plain", "alike", "grown", "tight")
_EDGES = 25_000  # at most from one album
_NEIGHBOURS = 80
_PERSONS = 3  # at least in a made-up album
_FACES = {"grown": 8}  # at least of a person, of the other kinds 5


@dataclass(frozen=True)
class Recipe:
    """How much is trained."""

    albums: int = 10
    """Made-up albums of each kind from each data set."""
    epochs: int = 5
    widths: tuple[int, ...] = (128, 64)
    batch: int = 4096
    learning_rate: float = 5e-3


def make_album(X: Floats, y: Ints, kind: str, generator: np.random.Generator) -> tuple[Floats, Ints]:
    """One album of that kind from the labelled faces X (n, d), y (n,)."""
    ids, counts = np.unique(y, return_counts=True)
    many, few = ids[counts >= _FACES.get(kind, 5)], ids[counts < 5]
    most = min(len(many), 15 if kind == "grown" else 120)
    size = min(len(many), max(_PERSONS, int(np.exp(generator.uniform(np.log(3), np.log(max(most, 4)))))))
    chosen = generator.choice(many, size, replace=False)
    if kind != "plain" and generator.random() < (1.0 if kind == "alike" else 0.6):
        middles = _unit(np.stack([X[y == person].mean(0) for person in many]))
        chosen = many[np.argsort(-(middles @ middles[generator.integers(len(many))]))[:size]]
    strangers = min(int(generator.uniform(0, 2.5) * size), len(few)) if generator.random() < 0.7 else 0
    faces, names = [], []
    for person in [*chosen, *generator.choice(few, strangers, replace=False)]:
        own = X[y == person]
        if kind == "grown" and len(own) >= 8:
            own = _grow(own, int(np.exp(generator.uniform(np.log(30), np.log(180)))), generator)
        else:
            own = own[generator.permutation(len(own))[: int(np.exp(generator.uniform(np.log(4), np.log(110))))]]
        faces.append(own)
        names.append(np.full(len(own), person))
    album, truth = np.concatenate(faces), np.concatenate(names)
    return _tighten(album, truth, generator) if kind == "tight" else (album, truth)


def _grow(own: Floats, size: int, generator: np.random.Generator) -> Floats:
    """More faces of a person: two residuals mixed so that their length stays."""
    middle = own.mean(0)
    residuals = own - middle
    a = generator.integers(0, len(own), size)
    b = (a + generator.integers(1, len(own), size)) % len(own)
    angle = generator.uniform(0, np.pi / 2, (size, 1))
    mixed = _unit(middle + np.cos(angle) * residuals[a] + np.sin(angle) * residuals[b])
    return np.concatenate([own, mixed])[: max(size, len(own))]


def _tighten(album: Floats, truth: Ints, generator: np.random.Generator) -> tuple[Floats, Ints]:
    """All persons nearer to the album's middle, each less spread, and one face in 25 nearly repeated."""
    spread, pull = generator.uniform(0.25, 0.85), generator.uniform(0, 0.6)
    middle = _unit(album.mean(0, keepdims=True))
    tight = np.empty_like(album)
    for person in np.unique(truth):
        own = truth == person
        centre = album[own].mean(0) * (generator.uniform(0.7, 0.9) if own.sum() == 1 else 1.0)
        tight[own] = centre + spread * (album[own] - centre if own.sum() > 1 else 0) + pull * middle
    again = np.flatnonzero(generator.random(len(tight)) < 0.04)
    copies = tight[again] + 0.002 * generator.normal(size=(len(again), tight.shape[1]))
    return _unit(np.concatenate([tight, copies])), np.concatenate([truth, truth[again]])


def examples(
    sets: Sequence[Labelled], recipe: Recipe, seed: int, progress: Progress = SILENT
) -> Iterator[tuple[Floats, NDArray[np.bool_]]]:
    """Features (m, f) and truth (m,) of the edges of one album after another; UserError for a set without made-up albums."""
    generator = np.random.default_rng(seed)
    for number, labelled in enumerate(sets):
        progress.report(Status("Making albums", number, len(sets)))
        X, y = labelled.embeddings, labelled.persons
        if np.sum(np.unique(y, return_counts=True)[1] >= _FACES["grown"]) < _PERSONS:
            raise UserError(f"“{labelled.name}” needs {_PERSONS} persons with {_FACES['grown']} faces each to make albums of.")
        albums = [(X, y)]
        albums += [make_album(X, y, kind, generator) for kind in KINDS for _ in range(recipe.albums)]
        for faces, persons in albums:
            progress.checkpoint()
            neighbours = nearest_neighbours(faces, _NEIGHBOURS)
            pairs, _ = undirected(neighbours)
            pairs = pairs[generator.permutation(len(pairs))[:_EDGES]]
            yield edge_features(faces, neighbours, pairs, seed), persons[pairs[:, 0]] == persons[pairs[:, 1]]


def fit(
    albums: Sequence[tuple[Floats, NDArray[np.bool_]]], recipe: Recipe, seed: int, progress: Progress = SILENT
) -> LinkEstimator:
    """A perceptron trained by weighted log loss; an edge of an album of m weighs 1/√m."""
    features = np.concatenate([told for told, _ in albums])
    mean, spread = features.mean(0), features.std(0) + 1e-6
    X = torch.from_numpy(np.clip((features - mean) / spread, -6, 6))
    y = torch.from_numpy(np.concatenate([same for _, same in albums]).astype(np.float32))
    weight = torch.from_numpy(np.concatenate([np.full(len(s), len(s) ** -0.5, np.float32) for _, s in albums]))
    weight /= weight.mean()
    noise = torch.Generator().manual_seed(seed)
    widths = [X.shape[1], *recipe.widths, 1]
    layers = [
        (torch.randn(a, b, generator=noise).mul_((2 / a) ** 0.5).requires_grad_(), torch.zeros(b, requires_grad=True))
        for a, b in itertools.pairwise(widths)
    ]
    improve = torch.optim.AdamW([p for layer in layers for p in layer], recipe.learning_rate, weight_decay=1e-3)
    steps = recipe.epochs * -(-len(X) // recipe.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(improve, steps)
    for epoch in range(recipe.epochs):
        progress.report(Status("Learning links", epoch, recipe.epochs))
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
    return LinkEstimator(mean, spread, tuple(w.detach().numpy() for w, _ in layers), tuple(b.detach().numpy() for _, b in layers))


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


def _unit(vectors: NDArray[np.floating]) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)
