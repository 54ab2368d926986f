"""One method of the thesis' tables on one data set, measured: a model of the thesis, or a classic."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from typing import Any

from photoclust.bench.datasets import Dataset
from photoclust.clustering.avgae import AVGAE
from photoclust.clustering.baseline import Baseline, alone
from photoclust.clustering.engine import Engine, Ints
from photoclust.clustering.estimator import Training
from photoclust.clustering.learning import Learner
from photoclust.clustering.linkage import candidates, merge_links
from photoclust.clustering.networks import MODELS, Model, count_parameters
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress


@dataclass(frozen=True)
class ThesisRow:
    """One method on one data set; the fields in the order in which they are printed, means where there are several seeds."""

    dataset: str
    method: str
    setting: str
    """“own” or “best”, as a user has it, or with the setting picked with the labels in hand."""
    groups: float
    train_seconds: float | None
    pairwise_p: float
    pairwise_r: float
    pairwise_f: float
    bcubed_p: float
    bcubed_r: float
    bcubed_f: float
    nmi: float
    test_seconds: float
    """From embeddings to groups, without learning; at the best setting without the search for it."""
    parameters: int | None
    """Trained numbers, discriminators and both estimators included; None where nothing is learned."""
    seeds: int = 1
    spread: Mapping[str, float] = field(default_factory=dict)
    """Standard deviation of each measure over several seeds."""


def called_with(name: str, density: bool) -> str:
    """A model's name in the tables."""
    return f"{name}, density" if density else name


def measure_model(
    dataset: Dataset, learned_from: Dataset, name: str, density: bool, seed: int, progress: Progress
) -> Iterator[ThesisRow]:
    """A model of the thesis with one estimator, or with similarity density: two rows."""
    model = MODELS[name]
    _warm_up(model, density, learned_from)
    started = time.perf_counter()
    trained = AVGAE(model=model, prune=density).fit(learned_from.embeddings, seed=seed, progress=progress)
    learned = time.perf_counter() - started
    parameters = (1 + density) * count_parameters(model, dataset.embeddings.shape[1])
    row = partial(_row, dataset, called_with(name, density), learned=learned, parameters=parameters)
    started = time.perf_counter()
    found = trained.links(dataset.embeddings, progress)
    linked = time.perf_counter() - started
    labels = trained.merge(found, progress)
    yield row("own", labels, time.perf_counter() - started)

    def merge(threshold: float) -> Ints:
        return merge_links(len(dataset.persons), found.pairs, found.scores, threshold)

    labels, seconds = _best(dataset, merge, candidates(found.scores), progress)
    yield row("best", labels, linked + seconds)


def _warm_up(model: Model, density: bool, dataset: Dataset) -> None:
    """Learn from a handful of faces, so that lazy imports and torch's first steps are not counted."""
    AVGAE(model=model, prune=density, training=Training(epochs=1, least_steps=1)).fit(dataset.embeddings[:16])


def measure_classic(dataset: Dataset, engine: Engine, called: str, seed: int, progress: Progress) -> Iterator[ThesisRow]:
    """A method that learns nothing here: its own setting and, where it has one to sweep, the best."""
    engine.fit_predict(dataset.embeddings[:16])  # lazy imports do not count
    started = time.perf_counter()
    labels = engine.fit_predict(dataset.embeddings, seed=seed, progress=progress).labels
    yield _row(dataset, called, "own", labels, time.perf_counter() - started, parameters=_parameters(engine))
    if not isinstance(engine, Baseline):
        return
    started = time.perf_counter()
    prepared = engine.prepare(dataset.embeddings, dataset.hints, seed, progress)
    ready = time.perf_counter() - started
    settings = engine.sweep.settings(len(labels))
    if engine.sweep.option == "persons":
        settings = [len(set(dataset.persons.tolist()))]

    def cut(setting: float) -> Ints:
        return alone(replace(engine, **{engine.sweep.option: setting}).cut(prepared, progress))  # type: ignore[type-var]

    labels, seconds = _best(dataset, cut, settings, progress)
    yield _row(dataset, called, "best", labels, ready + seconds)


def _parameters(engine: Engine) -> int | None:
    """Numbers that an engine has learned elsewhere; None for one that learns nothing."""
    if not isinstance(engine, Learner):
        return None
    from photoclust.clustering.weights_file import shipped

    weights = getattr(engine, "weights", None) or shipped(engine.name)
    return sum(tensor.numel() for tensor in weights.tensors.values() if tensor.is_floating_point())


def _best(dataset: Dataset, group: Callable[[float], Ints], settings: Sequence[float], progress: Progress) -> tuple[Ints, float]:
    """The groups of the setting with the highest BCubed F, and the seconds they took."""
    best: tuple[float, Ints, float] | None = None
    for setting in settings:
        progress.checkpoint()
        started = time.perf_counter()
        labels = group(setting)
        seconds = time.perf_counter() - started
        score = dataset.measure(labels).bcubed_f
        if best is None or score > best[0]:
            best = score, labels, seconds
    if best is None:
        raise UserError("There is no setting to try.")
    return best[1:]


def _row(
    dataset: Dataset,
    method: str,
    setting: str,
    labels: Ints,
    seconds: float,
    learned: float | None = None,
    parameters: int | None = None,
) -> ThesisRow:
    measured: dict[str, Any] = {k: v for k, v in asdict(dataset.measure(labels)).items() if k in _NAMES}
    return ThesisRow(
        dataset.name, method, setting, **measured, train_seconds=learned, test_seconds=seconds, parameters=parameters
    )


_NAMES = tuple(entry.name for entry in fields(ThesisRow))
MEASURES = tuple(entry.name for entry in fields(ThesisRow) if entry.type in ("float", "float | None"))
"""The fields that may differ from seed to seed."""
