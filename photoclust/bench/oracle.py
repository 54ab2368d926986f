"""The best an engine could do on a data set, were its threshold chosen with the labels in hand: the opponent of ours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from photoclust.bench.contestants import Contestant
from photoclust.bench.datasets import Dataset
from photoclust.clustering.baseline import Baseline, Sweep, alone
from photoclust.clustering.constraints import number_by_first_face
from photoclust.clustering.engine import Ints
from photoclust.clustering.measures import Measures
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status


@dataclass(frozen=True)
class OracleRow:
    """One engine on one data set at its best threshold, and at the one that leaves the user least to do."""

    dataset: str
    engine: str
    option: str
    """The option that was swept."""
    tried: int
    """How many settings of it."""
    best: float
    """The setting with the highest BCubed F, the lowest of equals."""
    measures: Measures
    """At that setting."""
    laziest: float
    """The setting with the fewest actions, the lowest of equals."""
    actions: int
    """At that one."""
    seconds: float
    """Of the whole sweep."""


def sweepable(engine: str | Contestant) -> bool:
    """Whether that engine says what there is to sweep; UserError for one that cannot be made."""
    return isinstance(_asked(engine).create(), Baseline)


def sweep(dataset: Dataset, engine: str | Contestant, seed: int = 0, progress: Progress | None = None) -> OracleRow:
    """Try every setting that the engine names and keep the best by BCubed F and by actions.

    What all settings share (neighbours, trees, spectra) is computed once. UserError for an engine that is unknown, has
    nothing to sweep, or refuses so many faces.
    """
    progress = progress or Silent()
    contestant = _asked(engine)
    made = contestant.create()
    if not isinstance(made, Baseline):
        raise UserError(f"The engine “{contestant.name}” has no threshold that could be tried with the labels in hand.")
    started = time.perf_counter()
    found: list[tuple[float, Measures]] = []
    for setting, labels in groupings(made, dataset, seed, progress):
        found.append((setting, dataset.measure(labels)))
    best = max(found, key=lambda tried: tried[1].bcubed_f)
    laziest = min(found, key=lambda tried: tried[1].actions)
    seconds = round(time.perf_counter() - started, 3)
    option = made.sweep.option
    return OracleRow(dataset.name, contestant.name, option, len(found), *best, laziest[0], laziest[1].actions, seconds)


def _asked(engine: str | Contestant) -> Contestant:
    return Contestant(engine) if isinstance(engine, str) else engine


def groupings(engine: Baseline[Any], dataset: Dataset, seed: int, progress: Progress) -> Iterator[tuple[float, Ints]]:
    """Every setting of the engine's sweep, rising, with its (n,) labels; there is always at least one."""
    n = len(dataset.embeddings)
    engine.check_size(n)
    settings = engine.sweep.settings(n)
    if n < 2:
        yield settings[0], np.zeros(n, np.int64)
        return
    progress.checkpoint()
    prepared = engine.prepare(dataset.embeddings, dataset.hints, seed, progress)
    for number, setting in enumerate(settings):
        progress.checkpoint()
        progress.report(Status(f"Trying {engine.name} on {dataset.name}", number, len(settings)))
        labels = set_option(engine, engine.sweep, setting).cut(prepared, progress)
        yield setting, number_by_first_face(alone(labels))


def set_option(engine: Baseline[Any], what: Sweep, setting: float) -> Baseline[Any]:
    """The same engine at that setting, as a whole number where the option is one; None is an option that was learned."""
    value = int(setting) if isinstance(getattr(engine, what.option), int) else float(setting)
    return cast("Baseline[Any]", replace(cast(Any, engine), **{what.option: value}))
