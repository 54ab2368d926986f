"""Libraries that grow, against all at once, and what an addition takes (`photoclust bench SETS --preset increments`)."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from photoclust.bench.contestants import Contestant
from photoclust.bench.datasets import Dataset
from photoclust.bench.in_library import empty_library, scanned
from photoclust.bench.presets import Asked, Outcome
from photoclust.bench.scale import Material
from photoclust.clustering.engine import Ints
from photoclust.clustering.measures import measure as measured
from photoclust.core.edits import Regroup
from photoclust.core.progress import Progress, Status
from photoclust.workflows.group_faces import group_faces

_STEPS = 10
_STANDING, _ADDED = (10_000, 50_000), 1_000


@dataclass(frozen=True)
class GrownRow:
    """A library grown in ten steps of photos by chance, through `group_faces(mode="auto")`, against grouping it at once."""

    dataset: str
    engine: str
    seed: int
    faces: int
    bcubed_f: float
    """At the end."""
    at_once: float
    """BCubed F of grouping all."""
    points: float
    """By how much the end is better."""
    new: int
    """Steps in which only new faces were placed."""
    moved: int
    """Faces that had a person before such a step and another one, or none, after it."""
    cpu_seconds: float
    """Of all steps."""


@dataclass(frozen=True)
class StepRow:
    """One of those steps."""

    dataset: str
    engine: str
    seed: int
    step: int
    faces: int
    mode: str
    bcubed_f: float
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class AddedRow:
    """What it takes to place new faces in a library whose persons stand as they are, made of resampled faces."""

    engine: str
    standing: int
    added: int
    seconds: float
    cpu_seconds: float
    moved: int
    bcubed_f: float
    """Of all, where those that stood are right by construction."""


def measure(asked: Asked) -> Outcome:
    """Grow every set with every engine and seed, then add faces to large libraries made of all sets."""
    grown: list[GrownRow] = []
    steps: list[StepRow] = []
    for dataset in asked.datasets:
        for engine in asked.engines:
            for seed in asked.seeds:
                asked.progress.report(Status(f"Growing {dataset.name} with {engine.name}", len(grown)))
                row, own = grow(dataset, engine, seed, asked.progress)
                grown.append(row)
                steps += own
    material = Material.of(asked.datasets)
    added = [add(material, engine, n, asked.seeds[0], asked.progress) for engine in asked.engines for n in _STANDING]
    return Outcome({"Grown in ten steps": grown, "Step by step": steps, "Added to what stands": added})


def grow(dataset: Dataset, engine: Contestant, seed: int, progress: Progress) -> tuple[GrownRow, list[StepRow]]:
    """Grow a library of the set's faces step by step in a folder that is removed afterwards."""
    photos = _by_chance(dataset, seed)
    truth = dataset.persons[np.concatenate(photos)]
    steps: list[StepRow] = []
    moved = 0
    with empty_library() as (library, root):
        for number, part in enumerate(np.array_split(np.arange(len(photos)), _STEPS)):
            library.save_scanned(root, [scanned(k, dataset.embeddings[photos[k]]) for k in part.tolist()])
            before = library.persons_of_faces()
            clock = time.perf_counter(), time.process_time()
            done = group_faces(library, engine.name, seed, progress=progress, mode="auto")
            seconds, cpu = time.perf_counter() - clock[0], time.process_time() - clock[1]
            after = library.persons_of_faces()
            moved += sum(after.get(face) != person for face, person in before.items()) if done.mode == "new" else 0
            ids = library.embeddings()[0]
            now = _bcubed(truth[: len(ids)], _labels(ids, after))
            steps.append(
                StepRow(dataset.name, engine.name, seed, number + 1, len(ids), done.mode, now, round(seconds, 2), round(cpu, 2))
            )
        whole = group_faces(library, engine.name, seed, dry_run=True, progress=progress, mode="all")
        found = {face: number for number, group in enumerate(whole.edit.groups) for face in group}
        at_once = _bcubed(truth, _labels(ids, found))
    end, new = steps[-1].bcubed_f, sum(step.mode == "new" for step in steps)
    spent = round(sum(step.cpu_seconds for step in steps), 2)
    points = round(100 * (end - at_once), 2)
    return GrownRow(dataset.name, engine.name, seed, len(truth), end, at_once, points, new, moved, spent), steps


def add(material: Material, engine: Contestant, standing: int, seed: int, progress: Progress, added: int = _ADDED) -> AddedRow:
    """Place so many new faces in a library of made-up persons who stand as they truly are."""
    dataset = material.library(standing + added, seed)
    photos = _photos(dataset)
    truth = dataset.persons[np.concatenate(photos)]
    cut = int(np.searchsorted(np.cumsum([len(rows) for rows in photos]), standing))
    with empty_library() as (library, root):
        library.save_scanned(root, [scanned(k, dataset.embeddings[rows]) for k, rows in enumerate(photos[:cut])])
        ids = library.embeddings()[0]
        order = np.argsort(truth[: len(ids)], kind="stable")
        groups = np.split(ids[order], np.flatnonzero(np.diff(truth[order])) + 1)
        known = tuple(tuple(group.tolist()) for group in groups if len(group) > 1)
        library.apply(Regroup(known, (None,) * len(known)))
        before = library.persons_of_faces()
        library.record_run(engine.name, {}, seed, {"whole": len(ids), "newest": int(ids.max()), "nobody": len(ids) - len(before)})
        library.save_scanned(root, [scanned(k, dataset.embeddings[rows]) for k, rows in enumerate(photos[cut:], cut)])
        progress.report(Status(f"Adding {added} faces to {standing}", 0))
        clock = time.perf_counter(), time.process_time()
        group_faces(library, engine.name, seed, progress=progress, mode="new")
        seconds, cpu = time.perf_counter() - clock[0], time.process_time() - clock[1]
        after = library.persons_of_faces()
        every = library.embeddings()[0]
    moved = sum(after.get(face) != person for face, person in before.items())
    bcubed = _bcubed(truth, _labels(every, after))
    return AddedRow(engine.name, len(ids), len(every) - len(ids), round(seconds, 2), round(cpu, 2), moved, bcubed)


def _photos(dataset: Dataset) -> list[Ints]:
    """The rows of each photo; a photo a face where none is told."""
    if dataset.photo is None:
        return [np.array([row]) for row in range(len(dataset.persons))]
    order = np.argsort(dataset.photo, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(dataset.photo[order])) + 1)


def _by_chance(dataset: Dataset, seed: int) -> list[Ints]:
    photos = _photos(dataset)
    return [photos[k] for k in np.random.default_rng(seed).permutation(len(photos)).tolist()]


def _labels(ids: Ints, person_of: dict[int, int]) -> Ints:
    """(n,) group numbers of faces; nobody's are alone."""
    alone = max(person_of.values(), default=0)
    return np.array([person_of.get(face, alone + face) for face in ids.tolist()], np.int64)


def _bcubed(truth: Ints, labels: Ints) -> float:
    return round(measured(truth, labels).bcubed_f, 4)
