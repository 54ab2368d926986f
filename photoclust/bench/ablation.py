"""What each part of the album engine gives: `photoclust bench SETS --preset ablation`.

Links are learned from half of the persons of every set, anew for every choice of features, and the other half is measured. The
graph auto-encoder of the thesis learns on every album anew, so what it adds is measured with few small albums to learn from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.datasets import Dataset
from photoclust.bench.link_training import EDGES, NEIGHBOURS, Recipe, albums_of, fit
from photoclust.bench.presets import Asked, Outcome
from photoclust.bench.retrained import group_by
from photoclust.bench.split import all_for_learning, half_of_persons
from photoclust.clustering import catalog, evidence
from photoclust.clustering.album import Album
from photoclust.clustering.avgae import AVGAE
from photoclust.clustering.density import similarity_density
from photoclust.clustering.estimator import Estimator, star_similarities
from photoclust.clustering.evidence import FEATURES, Evidence, LinkEstimator, edge_features
from photoclust.clustering.graph import Neighbours, nearest_neighbours, sub_graphs, undirected
from photoclust.clustering.impostors import Impostors
from photoclust.clustering.learning import Labelled
from photoclust.core.progress import Progress, Status

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

RECIPE = Recipe(albums=3, networks=1)
_SMALL, _FEW = 400, 4
"""The thesis's model learns on so few albums of a set, of at most so many faces each."""

GROUPS = {
    "ranks": ("rank",),
    "neighbourhoods": ("own", "rel"),
    "shared neighbours": ("jac",),
    "smoothing": ("smooth", "tot"),
    "number of faces": ("logn",),
    "quality of faces": ("quality",),
}
"""Features of an edge by what their names begin with; beside them there is z."""
LATENT, DENSITY = ("latent_lo", "latent_hi"), ("density_lo", "density_hi")


@dataclass(frozen=True)
class AblationRow:
    """One way of grouping on one set."""

    dataset: str
    method: str
    bcubed_f: float
    actions: int


@dataclass(frozen=True, eq=False)
class _Faces:
    """An album, its edges, and what is told of them."""

    embeddings: Floats
    persons: Ints
    neighbours: Neighbours
    pairs: Ints
    told: Floats
    """(m, len(FEATURES))"""
    raw: Floats
    """The same without calibration on the album's own strangers."""

    @property
    def same(self) -> NDArray[np.bool_]:
        """(m,) the truth of the edges."""
        result: NDArray[np.bool_] = self.persons[self.pairs[:, 0]] == self.persons[self.pairs[:, 1]]
        return result


_Telling = Callable[[_Faces], Floats]
_Grouping = Callable[[Dataset, _Faces], Ints]


def measure(asked: Asked) -> Outcome:
    """Learn and measure every variant, once a seed."""
    rows = [row for seed in asked.seeds for row in _variants(asked, seed)]
    return Outcome({"": rows}, [f"Learned with {RECIPE}; what is of the thesis, from {_FEW} albums of a set."])


def _variants(asked: Asked, seed: int) -> Iterator[AblationRow]:
    progress = asked.progress
    by_set = list(_learn_from(asked, seed))
    learned = [faces for albums in by_set for faces in albums]
    rest = [_rest(dataset) for dataset in asked.datasets]
    measured = [_told(all_for_learning(dataset, half=False), seed, progress) for dataset in rest]

    def learn(told: _Telling, albums: Sequence[_Faces] = learned) -> LinkEstimator:
        return fit([(told(faces), faces.same) for faces in albums], RECIPE, seed, progress)

    def tell(method: str, grouped: Callable[[Dataset, _Faces], Ints]) -> Iterator[AblationRow]:
        for dataset, faces in zip(rest, measured, strict=True):
            progress.report(Status(f"{method} on {dataset.name}"))
            found = dataset.measure(grouped(dataset, faces))
            yield AblationRow(dataset.name, method, round(found.bcubed_f, 4), found.actions)

    def by(estimator: LinkEstimator, told: _Telling, engine: Album | None = None, **steps: Any) -> _Grouping:
        def grouped(dataset: Dataset, faces: _Faces) -> Ints:
            evidence = Evidence(faces.pairs, estimator.log_odds(told(faces)), len(faces.pairs))
            return group_by(evidence, dataset, engine or Album(), progress, **steps)

        return grouped

    whispers = catalog.create("chinese-whispers")
    yield from tell("Chinese whispers on the cosine", lambda dataset, _: whispers.fit_predict(dataset.embeddings).labels)
    full = learn(_everything)
    for method, options, steps in _steps():
        yield from tell(method, by(full, _everything, replace(Album(), **options), **steps))
    for method, columns in _choices().items():
        yield from tell(method, by(learn(_only(columns)), _only(columns)))
    yield from tell("without calibration", by(learn(_uncalibrated), _uncalibrated))
    few = [faces for albums in by_set for faces in [small for small in albums if len(small.persons) <= _SMALL][:_FEW]]
    thesis = _Thesis(seed, progress)
    for method, names in (
        ("few albums", ()),
        ("few albums, with latent features", LATENT),
        ("few albums, with density", DENSITY),
        ("few albums, with both", LATENT + DENSITY),
    ):
        told = thesis.beside_all(names)
        yield from tell(method, by(learn(told, few), told))


def _rest(dataset: Dataset) -> Dataset:
    return dataset.only(dataset.persons[half_of_persons(dataset.persons, other=True)], dataset.name)


def _learn_from(asked: Asked, seed: int) -> Iterator[list[_Faces]]:
    """Set after set."""
    sets = [all_for_learning(dataset, half=True) for dataset in asked.datasets]
    for albums in albums_of(sets, RECIPE, np.random.default_rng(seed), asked.progress):
        yield [_told(album, seed, asked.progress, most=EDGES) for album in albums]


def _told(album: Labelled, seed: int, progress: Progress, most: int | None = None) -> _Faces:
    embeddings = album.embeddings
    neighbours = nearest_neighbours(embeddings, NEIGHBOURS, progress)
    pairs, _ = undirected(neighbours)
    pairs = pairs[np.sort(np.random.default_rng(seed).permutation(len(pairs))[:most])]
    told = edge_features(embeddings, neighbours, pairs, seed, progress, quality=album.quality)
    with patch.object(evidence, "estimate_impostors", lambda *_: Impostors(0.0, 0.1)):
        raw = edge_features(embeddings, neighbours, pairs, seed, progress, quality=album.quality)
    return _Faces(embeddings, album.persons, neighbours, pairs, told, raw)


def _everything(faces: _Faces) -> Floats:
    return faces.told


def _uncalibrated(faces: _Faces) -> Floats:
    return faces.raw


def _only(columns: Sequence[int]) -> _Telling:
    return lambda faces: faces.told[:, columns]


def _steps() -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """Method, options of the engine and what stands in for its steps: from the edges alone to the whole engine."""
    off: dict[str, Any] = {"whole_persons": lambda _, labels, *__: labels, "cast_out": lambda _, labels, *__: labels}
    off["find_regulars"] = lambda *_: np.empty(0, np.int64)
    never = {"gain": np.inf, "companions": np.inf}
    yield "whispers on the links", never, {**off, "photos": False}
    yield "… and photos", never, dict(off)
    yield "… and asking less", {}, dict(off)
    for name, words in (("whole_persons", "joining pieces"), ("cast_out", "casting out"), ("find_regulars", "seats")):
        del off[name]
        yield f"… and {words}" + (": all" if not off else ""), {}, dict(off)


def _choices() -> dict[str, list[int]]:
    """The columns of each choice of features."""
    found = {"z alone": [FEATURES.index("z")]}
    for group, begins in GROUPS.items():
        found[f"without {group}"] = [place for place, name in enumerate(FEATURES) if not name.startswith(begins)]
    return found


class _Thesis:
    """Latent features and density of the thesis, learned once on each album."""

    def __init__(self, seed: int, progress: Progress) -> None:
        self._seed, self._progress = seed, progress
        self._kept: dict[int, Floats] = {}

    def beside_all(self, names: Sequence[str]) -> _Telling:
        """All features and these."""
        columns = [(LATENT + DENSITY).index(name) for name in names]

        def told(faces: _Faces) -> Floats:
            if columns and id(faces) not in self._kept:
                self._kept[id(faces)] = thesis_features(faces.embeddings, faces.pairs, self._seed, self._progress)
            return np.concatenate([faces.told, self._kept[id(faces)][:, columns]], axis=1) if columns else faces.told

        return told


def thesis_features(embeddings: Floats, pairs: Ints, seed: int, progress: Progress) -> Floats:
    """(m, 4) of the edges (m, 2): the smaller and larger latent product of both directions, and density of both ends.

    All as spreads from the mean of the album; an edge beyond the six neighbours of both ends has the least product of all.
    """
    options = AVGAE()
    trained = options.fit(embeddings, seed=seed, progress=progress)
    neighbours = nearest_neighbours(embeddings, options.k, progress)
    graphs = sub_graphs(neighbours, options.h1, options.h2, options.u)

    def star(estimator: Estimator) -> Floats:
        found = star_similarities(
            estimator, embeddings, graphs, batch=2 * options.training.batch, progress=progress, phase="Linking faces"
        )
        return np.asarray((found - found.mean()) / (found.std() + 1e-6), np.float32)

    products = star(trained.linking)
    assert trained.density is not None
    density = similarity_density(star(trained.density))
    n = len(embeddings)
    keys = (np.arange(n)[:, None] * n + neighbours.indices[:, : graphs.hop]).ravel()
    order = np.argsort(keys)

    def product(i: Ints, j: Ints) -> Floats:
        at = np.minimum(np.searchsorted(keys, i * n + j, sorter=order), len(keys) - 1)
        hit = keys[order[at]] == i * n + j
        return np.where(hit, products.ravel()[order[at]], products.min()).astype(np.float32)

    i, j = pairs[:, 0], pairs[:, 1]
    one, other = product(i, j), product(j, i)
    ends = density[i], density[j]
    latent = np.stack([np.minimum(one, other), np.maximum(one, other)], axis=1)
    return np.concatenate([latent, np.stack([np.minimum(*ends), np.maximum(*ends)], axis=1)], axis=1)
