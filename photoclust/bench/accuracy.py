"""Engines × data sets: how right, how fast, how large."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from photoclust.bench.datasets import Dataset, load
from photoclust.clustering import catalog
from photoclust.clustering.engine import Hints
from photoclust.clustering.measures import measure
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.settings import DEFAULT_ENGINE


@dataclass(frozen=True)
class Row:
    """One engine on one data set; the fields in the order in which they are printed."""

    dataset: str
    engine: str
    faces: int
    persons: int
    groups: int
    pairwise_p: float
    pairwise_r: float
    pairwise_f: float
    bcubed_p: float
    bcubed_r: float
    bcubed_f: float
    nmi: float
    actions: int
    seconds: float
    """Of grouping alone, without loading or importing."""
    peak_mb: float
    """MiB by which the most memory ever held while grouping exceeds what was held before; 0 where it can't be told."""


def run(
    paths: Sequence[Path],
    engines: Sequence[str] = (),
    seed: int = 0,
    progress: Progress | None = None,
) -> list[Row]:
    """Measure every engine (without any: the default) on every data set; UserError for what cannot be read or named.

    Each runs in a fresh process, so that neither its time nor its memory depends on what ran before.
    """
    progress = progress or Silent()
    chosen = list(engines) or [DEFAULT_ENGINE]
    for name in chosen:
        catalog.create(name)  # an unknown name fails before hours of measuring
    rows: list[Row] = []
    for path in paths:
        dataset = load(Path(path), progress)
        for name in chosen:
            progress.report(Status(f"Measuring {name} on {dataset.name}", len(rows), len(paths) * len(chosen)))
            rows.append(_measure_apart(dataset, name, seed, progress))
    return rows


def measure_engine(dataset: Dataset, engine: str, seed: int) -> Row:
    """Measure one engine on one data set in this process."""
    grouping = catalog.create(engine)
    hints = Hints(photo=dataset.photo, taken_at=dataset.taken_at)
    _warm_up(engine, dataset)
    held = _forget_peak()
    started = time.perf_counter()
    found = grouping.fit_predict(dataset.embeddings, hints=hints, seed=seed)
    seconds = time.perf_counter() - started
    peak = max(0.0, _peak_mb() - held)
    values = asdict(measure(dataset.persons, found.labels))
    return Row(dataset.name, engine, **values, seconds=round(seconds, 3), peak_mb=round(peak, 1))


def _warm_up(engine: str, dataset: Dataset) -> None:
    """Group a handful of faces, so that lazy imports are counted neither as time nor as memory."""
    catalog.create(engine).fit_predict(dataset.embeddings[:16])


def _measure_apart(dataset: Dataset, engine: str, seed: int, progress: Progress) -> Row:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_measure_and_send, args=(theirs, dataset, engine, seed), daemon=True)
    process.start()
    theirs.close()
    try:
        while not ours.poll(0.1):
            progress.checkpoint()
        answer = ours.recv()
    except EOFError:
        raise UserError(f"“{engine}” on “{dataset.name}” ended without an answer; was there enough memory?") from None
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()
    if isinstance(answer, BaseException):
        raise answer
    row: Row = answer
    return row


def _measure_and_send(pipe: Connection, dataset: Dataset, engine: str, seed: int) -> None:
    try:
        pipe.send(measure_engine(dataset, engine, seed))
    except Exception as error:  # it belongs to whoever asked, in the other process
        pipe.send(error)


def _forget_peak() -> float:
    """MiB held now; where the system allows it (Linux), the peak counts from here."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
        return _status_mb("VmRSS")
    except OSError:
        return _peak_mb()


def _peak_mb() -> float:
    """The most MiB this process has held."""
    try:
        return _status_mb("VmHWM")
    except OSError:
        pass
    try:
        import resource
    except ImportError:  # Windows
        return 0.0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


def _status_mb(name: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 2**10
    raise OSError(f"no {name}")
