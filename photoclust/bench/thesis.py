"""The tables of the thesis on any labelled faces: its models against each other (6.2) and against the classics (6.3, 6.4).

The thesis learns on one set of persons and groups another; without `train_on` each model learns, without labels, on the set
that it groups, as the application does. Every method has two rows: at its own setting, as a user has it, and at the best, for
which the setting was picked with the labels in hand (by BCubed F; the number of persons is told to those that ask for it), as
the thesis did it for all.

What is quick is measured first, and each method's rows are handed out as soon as they are measured: the models with attention
take many times as long as all the rest.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from photoclust.bench.accuracy import load_all, mean_and_spread
from photoclust.bench.datasets import Dataset, load
from photoclust.bench.held_out import HeldOut, learned_half
from photoclust.bench.tables import left_out as say_left_out
from photoclust.bench.thesis_methods import MEASURES, ThesisRow, called_with, measure_classic, measure_model
from photoclust.clustering import catalog
from photoclust.clustering.networks import MODELS
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status

if TYPE_CHECKING:
    from photoclust.vision.session import FaceSession

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

_BY_CHANCE = ("kmeans", "spectral")  # in the others nothing is random: several seeds would tell the same several times
_PROPOSED = ("avgae", "avgae, density", "attention-avgae, density")  # models (8) to (10) of tables 6.3 and 6.4
_ATTENTION_TAKES = 8.0  # times as long as a model without


@dataclass(frozen=True)
class Finding:
    """One method measured on one data set."""

    number: int
    """From 1."""
    of: int
    """How many there will be."""
    dataset: str
    method: str
    rows: tuple[ThesisRow, ...]
    """At its own setting and, where there is one to sweep, at the best; none where it could not be measured."""
    why: str = ""
    """Why it could not: a sentence."""
    seconds_left: float | None = None
    """About how long the others will take; None before that can be told."""


@dataclass(frozen=True)
class Tables:
    """What `bench --preset thesis` prints."""

    models: tuple[ThesisRow, ...]
    methods: tuple[ThesisRow, ...]
    left_out: tuple[str, ...]
    """What could not be compared, and why: sentences."""


@dataclass(frozen=True, eq=False)
class _Task:
    dataset: Dataset
    method: str
    measure: Callable[[int, Progress], Iterable[ThesisRow]]
    seeds: Sequence[int]
    effort: float = 0.0
    """How long it takes among the models; 0 for the classics, which take little."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """All methods on all data sets: what is to be measured, read already."""

    datasets: Sequence[Dataset]
    learned_from: Dataset | None = None
    seeds: Sequence[int] = (0,)

    @classmethod
    def read(
        cls,
        paths: Sequence[Path],
        seeds: Sequence[int] = (0,),
        progress: Progress | None = None,
        *,
        train_on: Path | None = None,
        held_out: HeldOut | None = None,
        session: FaceSession | None = None,
    ) -> Comparison:
        """Read all data sets; UserError for those that cannot be read, or whose vectors have not the width learned from.

        Where persons are held out, the models learn from the other half of `train_on`.
        """
        learned_from = load(train_on, progress, session) if train_on else None
        if learned_from and held_out:
            learned_from = learned_half(learned_from)
        datasets = list(load_all(paths, progress, held_out, session))
        for dataset in datasets if learned_from else ():
            ours, theirs = dataset.embeddings.shape[1], learned_from.embeddings.shape[1] if learned_from else 0
            if ours != theirs:
                raise UserError(f"“{dataset.name}” has vectors of {ours} numbers; what the models learn from has {theirs}.")
        return cls(datasets, learned_from, seeds)

    @property
    def count(self) -> int:
        """How many findings there will be."""
        return len(self.datasets) * (len(CLASSICS) + 2 * len(MODELS))

    def measure(self, progress: Progress | None = None) -> Iterator[Finding]:
        """One method after another in this process, the quick ones first; raises `Cancelled` between and within them."""
        progress = progress or Silent()
        tasks = [task for dataset in self.datasets for task in self._tasks(dataset)]
        spent = done = 0.0
        for number, task in enumerate(tasks, start=1):
            started = time.perf_counter()
            rows, why = _measured(task, f"{number} of {len(tasks)}: {task.method} on {task.dataset.name}", progress)
            if task.effort:
                spent, done = spent + time.perf_counter() - started, done + task.effort
            left = spent / done * sum(task.effort for task in tasks[number:]) if done else None
            yield Finding(number, len(tasks), task.dataset.name, task.method, rows, why, left)

    def tables(self, found: Iterable[Finding]) -> Tables:
        """What was found so far in the order of the thesis."""
        found = list(found)
        kept = {(finding.dataset, finding.method): finding.rows for finding in found}
        ours = [called_with(name, density) for density in (False, True) for name in MODELS]
        others = [*CLASSICS.values(), *_PROPOSED]
        models = [row for d in self.datasets for method in ours for row in kept.get((d.name, method), ())]
        methods = [row for d in self.datasets for method in others for row in kept.get((d.name, method), ())]
        sentences = [say_left_out(d.name, d.left_out) for d in self.datasets if d.left_out]
        return Tables(tuple(models), tuple(methods), (*sentences, *(finding.why for finding in found if finding.why)))

    def _tasks(self, dataset: Dataset) -> list[_Task]:
        classics = [
            _Task(
                dataset,
                called,
                partial(_measure_classic, dataset, engine),
                self.seeds if engine in _BY_CHANCE else self.seeds[:1],
            )
            for engine, called in CLASSICS.items()
        ]
        learned_from = self.learned_from or dataset
        models = [
            _Task(
                dataset,
                called_with(name, density),
                partial(measure_model, dataset, learned_from, name, density),
                self.seeds,
                (1 + density) * (_ATTENTION_TAKES if model.convolution == "attention" else 1.0) * len(dataset.persons),
            )
            for density in (False, True)
            for name, model in MODELS.items()
        ]
        return classics + sorted(models, key=lambda task: task.effort)


def _measured(task: _Task, words: str, progress: Progress) -> tuple[tuple[ThesisRow, ...], str]:
    """The rows of a task with their spread, or why there are none."""
    several: list[tuple[ThesisRow, ...]] = []
    try:
        for turn, seed in enumerate(task.seeds, start=1):
            told = _Told(progress, words + (f", seed {turn} of {len(task.seeds)}" if len(task.seeds) > 1 else ""))
            progress.checkpoint()
            several.append(tuple(task.measure(seed, told)))
    except UserError as error:
        return (), f"{task.method} is left out on {task.dataset.name}: {error}"
    return tuple(mean_and_spread(rows, MEASURES) for rows in zip(*several, strict=True)), ""


def _measure_classic(dataset: Dataset, name: str, seed: int, progress: Progress) -> Iterator[ThesisRow]:
    return measure_classic(dataset, catalog.create(name), CLASSICS[name], seed, progress)


class _Told:
    """A `Progress` that tells which method is measured, whatever its phases are called."""

    def __init__(self, progress: Progress, words: str) -> None:
        self._progress, self._words = progress, words
        self.report(Status(""))

    def report(self, status: Status) -> None:
        self._progress.report(Status(self._words, status.done, status.total))

    def checkpoint(self) -> None:
        self._progress.checkpoint()
