"""The album engine with another judge of links, or without one of its steps: for measuring what a part gives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from photoclust.bench.datasets import Dataset
from photoclust.clustering import album
from photoclust.clustering.engine import NO_HINTS, Ints
from photoclust.clustering.evidence import Evidence, LinkEstimator, weigh_edges
from photoclust.core.progress import Progress


def group_with(estimator: LinkEstimator, dataset: Dataset, seed: int, progress: Progress) -> Ints:
    """(n,) groups of the whole engine with these weights instead of those that ship."""

    def judge(embeddings: Any, neighbours: Any, _shipped: Any, *rest: Any, **options: Any) -> Evidence:
        return weigh_edges(embeddings, neighbours, estimator, *rest, **options)

    with replaced(weigh_edges=judge):
        return album.Album().fit_predict(dataset.embeddings, hints=dataset.hints, seed=seed, progress=progress).labels


def group_by(
    evidence: Evidence, dataset: Dataset, engine: album.Album, progress: Progress, *, photos: bool = True, **steps: Any
) -> Ints:
    """(n,) groups of that engine by given evidence, with other `steps` in the place of those of its module."""

    place = np.argsort(album.by_content(dataset.embeddings))  # of each face in the order in which the engine looks at them

    def judge(*_: Any, least: float = -np.inf, **__: Any) -> Evidence:
        heard = evidence.log_odds >= least
        return Evidence(np.sort(place[evidence.pairs[heard]], axis=1), evidence.log_odds[heard], evidence.judged)

    with replaced(weigh_edges=judge, **steps):
        hints = dataset.hints if photos else NO_HINTS
        return engine.fit_predict(dataset.embeddings, hints=hints, progress=progress).labels


@contextmanager
def replaced(**names: Any) -> Iterator[None]:
    """Other functions under these names of the engine's module, for as long as this lasts."""
    before = {name: getattr(album, name) for name in names}
    try:
        for name, value in names.items():
            setattr(album, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(album, name, value)
