"""Engines × data sets: how right, how fast, how large."""

from __future__ import annotations

import itertools
import multiprocessing
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from photoclust.bench.contestants import Contestant, line_up
from photoclust.bench.datasets import Dataset, distinct_names, load, with_parts
from photoclust.bench.held_out import HeldOut
from photoclust.bench.memory import forget_peak, peak_mb
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status

if TYPE_CHECKING:
    from photoclust.bench.thesis_methods import ThesisRow
    from photoclust.vision.session import FaceSession


@dataclass(frozen=True)
class Row:
    """One engine on one data set; the fields in the order in which they are printed, means where there are several seeds."""

    dataset: str
    engine: str
    faces: int
    """Photos in which no face was found included; each counts as a group of its own."""
    persons: int
    groups: float
    pairwise_p: float
    pairwise_r: float
    pairwise_f: float
    bcubed_p: float
    bcubed_r: float
    bcubed_f: float
    nmi: float
    actions: float
    seconds: float
    """Of grouping alone, without loading or importing."""
    peak_mb: float
    """MiB by which the most memory ever held while grouping exceeds what was held before; 0 where it can't be told."""
    missed: int = 0
    """Photos in which no face was found."""
    left_out: int = 0
    """Persons who were not measured because they were learned from."""
    seeds: int = 1
    spread: Mapping[str, float] = field(default_factory=dict)
    """Standard deviation of each measure over several seeds."""


MEASURES = tuple(f.name for f in fields(Row) if f.type == "float")
"""The fields that may differ from seed to seed."""

_R = TypeVar("_R", Row, "ThesisRow")


def run(
    paths: Sequence[Path],
    engines: Sequence[str] = (),
    seed: int = 0,
    progress: Progress | None = None,
    seeds: int = 1,
    sizes: Sequence[int] = (),
    *,
    weights: Sequence[Path] = (),
    held_out: HeldOut | None = None,
    session: FaceSession | None = None,
) -> list[Row]:
    """Measure every engine, shipped and with other weights, on every data set; UserError for what cannot be read or named.

    Without any, it is the default engine. Each runs in a fresh process, so that neither its time nor its memory depends on
    what ran before; with several seeds, `seed` is the first; a part of each of the sizes is measured before the whole of a
    larger set.
    """
    progress = progress or Silent()
    chosen = line_up(engines, weights)  # an unknown name fails before hours of measuring
    rows: list[Row] = []
    for whole in load_all(paths, progress, held_out, session):
        for dataset, contestant in itertools.product(with_parts(whole, sizes, seed), chosen):
            progress.report(Status(f"Measuring {contestant.name} on {dataset.name}", len(rows)))
            rows.append(_measure_apart(dataset, contestant, range(seed, seed + seeds), progress))
    return rows


def load_all(
    paths: Sequence[Path],
    progress: Progress | None = None,
    held_out: HeldOut | None = None,
    session: FaceSession | None = None,
) -> Iterator[Dataset]:
    """One data set after another, under names that differ where that can be, without whom was learned from.

    The name of a folder that a `session` describes tells the embedder.
    """
    datasets = (
        replace(load(path, progress, session), name=f"{name}, {session.embedding_id}" if session and path.is_dir() else name)
        for path, name in zip(paths, distinct_names(paths), strict=True)
    )
    return held_out.measured(datasets) if held_out else datasets


def measure_engine(dataset: Dataset, engine: str | Contestant, seed: int) -> Row:
    """Measure one engine on one data set in this process."""
    contestant = Contestant(engine) if isinstance(engine, str) else engine
    grouping = contestant.create()
    grouping.fit_predict(dataset.embeddings[:16])  # lazy imports count neither as time nor as memory
    held = forget_peak()
    started = time.perf_counter()
    found = grouping.fit_predict(dataset.embeddings, hints=dataset.hints, seed=seed)
    seconds = time.perf_counter() - started
    peak = max(0.0, peak_mb() - held)
    values = asdict(dataset.measure(found.labels))
    values |= {"missed": len(dataset.missed), "left_out": dataset.left_out}
    return Row(dataset.name, contestant.name, **values, seconds=round(seconds, 3), peak_mb=round(peak, 1))


def mean_and_spread(rows: Sequence[_R], measures: Sequence[str] = MEASURES) -> _R:
    """One row for several seeds of one engine on one data set; a single row, and what a row does not tell, stay as they are."""
    if len(rows) == 1:
        return rows[0]
    told = {name: [getattr(row, name) for row in rows] for name in measures if getattr(rows[0], name) is not None}
    means = {name: statistics.fmean(values) for name, values in told.items()}
    spread = {name: statistics.stdev(values) for name, values in told.items()}
    return replace(rows[0], **means, seeds=len(rows), spread=spread)  # type: ignore[arg-type]


def _measure_apart(dataset: Dataset, engine: Contestant, seeds: Sequence[int], progress: Progress) -> Row:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure_and_send, args=(theirs, dataset, engine, seeds), daemon=True)
    process.start()
    theirs.close()
    try:
        while not ours.poll(0.1):
            progress.checkpoint()
        answer = ours.recv()
    except EOFError:
        raise UserError(f"“{engine.name}” on “{dataset.name}” ended without an answer; was there enough memory?") from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(answer, BaseException):
        raise answer
    row: Row = answer
    return row


def _measure_and_send(pipe: Connection, dataset: Dataset, engine: Contestant, seeds: Sequence[int]) -> None:
    try:
        pipe.send(mean_and_spread([measure_engine(dataset, engine, seed) for seed in seeds]))
    except Exception as error:  # it belongs to whoever asked, in the other process
        pipe.send(error)
