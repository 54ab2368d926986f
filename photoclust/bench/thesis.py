"""The tables of the thesis on any labelled faces: its models against each other (6.2) and against the classics (6.3, 6.4).

The thesis learns on one set of persons and groups another; without `train_on` each model learns, without labels, on the set
that it groups, as the application does. Every method has two rows: at its own setting, as a user has it, and at the best, for
which the setting was picked with the labels in hand (by BCubed F; the number of persons is told to those that ask for it), as
the thesis did it for all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from photoclust.bench.accuracy import load_all
from photoclust.bench.datasets import Dataset, load
from photoclust.bench.held_out import HeldOut, learned_half
from photoclust.bench.tables import left_out as say_left_out
from photoclust.clustering import catalog
from photoclust.clustering.avgae import AVGAE
from photoclust.clustering.baseline import Baseline, alone
from photoclust.clustering.engine import Engine, Ints
from photoclust.clustering.linkage import candidates, merge_links
from photoclust.clustering.networks import MODELS, count_parameters
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status

CLASSICS: Mapping[str, str] = MappingProxyType(
    {
        "kmeans": "k-means",
        "dbscan": "DBSCAN",
        "spectral": "spectral",
        "rank-order": "ARO",
        "mean-shift": "mean shift",
        "hac": "HAC",
        "lgcn": "L-GCN",
    }
)
"""What the thesis compares with, by our engines' names."""

_PROPOSED = ("avgae", "avgae, density", "attention-avgae, density")  # models (8) to (10) of tables 6.3 and 6.4
_SHORT = {
    "train_seconds": "train s", "pairwise_p": "pair P", "pairwise_r": "pair R", "pairwise_f": "pair F", "bcubed_p": "B³ P",
    "bcubed_r": "B³ R", "bcubed_f": "B³ F", "nmi": "NMI", "test_seconds": "test s",
}  # fmt: skip


@dataclass(frozen=True)
class ThesisRow:
    """One method on one data set; the fields in the order in which they are printed."""

    dataset: str
    method: str
    setting: str
    """“own” or “best”, see above."""
    groups: int
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


@dataclass(frozen=True)
class Tables:
    """What `bench --preset thesis` prints."""

    models: tuple[ThesisRow, ...]
    methods: tuple[ThesisRow, ...]
    left_out: tuple[str, ...]
    """What could not be compared, and why: sentences."""

    def text(self) -> str:
        """Both tables and what was left out."""
        parts = [_table("The thesis’s models (its table 6.2)", self.models, [])]
        parts.append(_table("Against other methods (its tables 6.3 and 6.4)", self.methods, ["train_seconds", "parameters"]))
        return "\n\n".join([*parts, *self.left_out])


def tables(
    paths: Sequence[Path],
    seed: int = 0,
    progress: Progress | None = None,
    *,
    train_on: Path | None = None,
    held_out: HeldOut | None = None,
) -> Tables:
    """Measure all models and methods on every data set, in this process; UserError for sets that cannot be read.

    Where persons are held out, the models learn from the other half of `train_on`.
    """
    progress = progress or Silent()
    learned_from = load(train_on, progress) if train_on else None
    if learned_from and held_out:
        learned_from = learned_half(learned_from)
    models: list[ThesisRow] = []
    methods: list[ThesisRow] = []
    left_out: list[str] = []
    for dataset in load_all(paths, progress, held_out):
        if dataset.left_out:
            left_out.append(say_left_out(dataset.name, dataset.left_out))
        ours = list(compare_models(dataset, learned_from or dataset, seed, progress))
        models += ours
        for engine, called in CLASSICS.items():
            progress.report(Status(f"Measuring {called} on {dataset.name}"))
            try:
                methods += compare_classic(dataset, catalog.create(engine), called, seed, progress)
            except UserError as error:
                left_out.append(f"{called} is left out on {dataset.name}: {error}")
        methods += [row for row in ours if row.method in _PROPOSED]
    return Tables(tuple(models), tuple(methods), tuple(left_out))


def compare_models(dataset: Dataset, learned_from: Dataset, seed: int, progress: Progress) -> Iterator[ThesisRow]:
    """Every model of the thesis, first with one estimator, then with similarity density: two rows each."""
    for density in (False, True):
        for name, model in MODELS.items():
            method = f"{name}, density" if density else name
            progress.report(Status(f"Measuring {method} on {dataset.name}"))
            engine = AVGAE(model=model, prune=density)
            started = time.perf_counter()
            trained = engine.fit(learned_from.embeddings, seed=seed, progress=progress)
            learned = time.perf_counter() - started
            parameters = (1 + density) * count_parameters(model, dataset.embeddings.shape[1])
            started = time.perf_counter()
            found = trained.links(dataset.embeddings, progress)
            linked = time.perf_counter() - started
            labels = trained.merge(found, progress)
            seconds = time.perf_counter() - started
            yield _row(dataset, method, "own", labels, seconds, learned, parameters)

            def merge(threshold: float, n: int = len(labels), links: Any = found) -> Ints:
                return merge_links(n, links.pairs, links.scores, threshold)

            labels, seconds = _best(dataset, merge, candidates(found.scores), progress)
            yield _row(dataset, method, "best", labels, linked + seconds, learned, parameters)


def compare_classic(dataset: Dataset, engine: Engine, called: str, seed: int, progress: Progress) -> Iterator[ThesisRow]:
    """A method that learns nothing here: its own setting and, where it has one to sweep, the best."""
    engine.fit_predict(dataset.embeddings[:16])  # lazy imports do not count
    started = time.perf_counter()
    labels = engine.fit_predict(dataset.embeddings, seed=seed, progress=progress).labels
    yield _row(dataset, called, "own", labels, time.perf_counter() - started)
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


_NAMES = tuple(field.name for field in fields(ThesisRow))


def _table(title: str, rows: Sequence[ThesisRow], without: Sequence[str]) -> str:
    names = [name for name in _NAMES if name not in without]
    lines = [[_SHORT.get(name, name) for name in names], *([_cell(row, name) for name in names] for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(names))]
    words = 3  # columns of words; the others are numbers
    body = (
        "  ".join(
            cell.ljust(width) if column < words else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
    return "\n".join([title, *body])


def _cell(row: ThesisRow, name: str) -> str:
    value = getattr(row, name)
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:.2f}" if name.endswith("_seconds") else f"{value:.4f}"
    return f"{value:,}" if name == "parameters" else str(value)
