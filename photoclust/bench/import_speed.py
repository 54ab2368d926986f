"""How fast an import is: the real one into a temporary library, beside a peer on the same files in the same process."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.import_peer import OpenCVPeer
from photoclust.bench.memory import peak_mb
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status
from photoclust.core.settings import FACE_THUMBNAIL
from photoclust.core.types import Box
from photoclust.demo.truth import TRUTH_FILE, load_truth, match_faces
from photoclust.library.library import Library
from photoclust.media.image import UnreadablePhoto, open_upright
from photoclust.media.scan import content_hash, walk_photos
from photoclust.media.thumbnail import ThumbnailCache
from photoclust.vision.session import FaceSession
from photoclust.workflows.import_photos import ENOUGH, import_photos
from photoclust.workflows.memory import memory_kept

_STAGED = 6
"""Photos whose stages are timed."""

Faces = Mapping[Path, Sequence[Box]]


@dataclass(frozen=True, slots=True)
class Run:
    """One import of all photos."""

    seconds: float
    cpu_seconds: float
    faces: Faces
    lock_ms: float = 0.0
    """The longest that a transaction kept other writers out of the library."""


@dataclass(frozen=True, slots=True)
class Speed:
    """What `measure` found; times of several runs are medians, `ratio` is the median of the ratios of each run."""

    photos: int
    runs: int
    ours_photos_per_s: float
    peer_photos_per_s: float
    ratio: float
    cpu_ratio: float
    """As `ratio`, of CPU time: it holds on a machine that is busy otherwise."""
    ours_cpu_ms: float
    """CPU time of a photo, in ms."""
    peer_cpu_ms: float
    ours_faces: int
    peer_faces: int
    ours_true_faces: int | None
    """Those that were drawn; None where the folder holds no truth."""
    peer_true_faces: int | None
    drawn_faces: int | None
    peak_mb: int
    """Of the process, torch included, after our first run and before the peer's."""
    lock_ms: float
    """The longest that a transaction of ours kept other writers out of the library, in all runs."""
    ours_stages: Mapping[str, float] = field(default_factory=dict)
    """CPU time of a photo in ms, each stage alone."""
    peer_stages: Mapping[str, float] = field(default_factory=dict)
    """Time of a photo in ms, on `peer_threads`."""


def measure(folder: Path, runs: int, progress: Progress) -> Speed:
    """Import all photos of a folder `runs` times with ours and the peer in turn; UserError where there are none."""
    paths = [folder / found.relpath for found in walk_photos(folder)]
    if not paths:
        raise UserError(f"There are no photos in {folder}.")
    session, peer = FaceSession("cpu"), OpenCVPeer()
    _ours(folder, paths[:2], session)
    peer.import_all(paths[:1])
    peer.seconds.clear()
    ours, theirs, peak = [], [], 0
    for number in range(runs):
        progress.checkpoint()
        progress.report(Status("Measuring", number, runs))
        ours.append(_ours(folder, paths, session))
        peak = peak or round(peak_mb())
        theirs.append(_timed(lambda: peer.import_all(paths)))
    known = _true_faces(folder, ours[0].faces), _true_faces(folder, theirs[0].faces)
    n = len(paths)
    return Speed(
        n, runs,
        n / statistics.median(run.seconds for run in ours), n / statistics.median(run.seconds for run in theirs),
        statistics.median(b.seconds / a.seconds for a, b in zip(ours, theirs, strict=True)),
        statistics.median(b.cpu_seconds / a.cpu_seconds for a, b in zip(ours, theirs, strict=True)),
        statistics.median(run.cpu_seconds for run in ours) / n * 1e3,
        statistics.median(run.cpu_seconds for run in theirs) / n * 1e3,
        sum(map(len, ours[0].faces.values())), sum(map(len, theirs[0].faces.values())),
        known[0], known[1], _drawn(folder), peak, max(run.lock_ms for run in ours),
        _stages(paths[:_STAGED], session), {stage: s / runs / n * 1e3 for stage, s in peer.seconds.items()},
    )  # fmt: skip


def _ours(folder: Path, paths: Sequence[Path], session: FaceSession) -> Run:
    """The import that the window does, thumbnails and library included, of these photos of the folder."""
    with TemporaryDirectory() as home:
        chosen = Path(home) / "photos"
        chosen.mkdir()
        for path in paths:
            link = chosen / path.relative_to(folder)
            link.parent.mkdir(parents=True, exist_ok=True)
            link.hardlink_to(path) if path.stat().st_dev == chosen.stat().st_dev else link.symlink_to(path)
        thumbnails = ThumbnailCache(Path(home) / "thumbnails.sqlite")
        with Library.open(Path(home) / "library.photoclust") as library:
            run = _timed(lambda: _imported(library, chosen, session, thumbnails))
            lock_ms = library.longest_write * 1e3
        thumbnails.close()
    boxes_of = {folder / path.relative_to(chosen): boxes for path, boxes in run.faces.items()}
    return replace(run, faces=boxes_of, lock_ms=lock_ms)


def _imported(library: Library, folder: Path, session: FaceSession, thumbnails: ThumbnailCache) -> Faces:
    for _ in import_photos(library, folder, session=session, thumbnails=thumbnails):
        pass
    return {photo.path: [face.box for face in library.faces_of_photo(photo.id)] for photo in library.photos()}


def _timed(work: object) -> Run:
    assert callable(work)
    wall, cpu = time.perf_counter(), time.process_time()
    faces: Faces = work()
    return Run(time.perf_counter() - wall, time.process_time() - cpu, faces)


def _true_faces(folder: Path, faces: Faces) -> int | None:
    """How many of the found faces were drawn there."""
    if not (folder / TRUTH_FILE).is_file():
        return None
    found = {str(path.relative_to(folder)): [((b.x, b.y, b.w, b.h), None) for b in boxes] for path, boxes in faces.items()}
    return sum(name is not None for names in match_faces(load_truth(folder), found).persons.values() for name in names)


def _drawn(folder: Path) -> int | None:
    if not (folder / TRUTH_FILE).is_file():
        return None
    return sum(face.visible for photo in load_truth(folder).photos for face in photo.faces)


def _stages(paths: Sequence[Path], session: FaceSession) -> dict[str, float]:
    """CPU time of a photo in ms by stage, a stage after the other, on one thread: two that wait for each other burn time, too."""
    import torch

    taken: dict[str, float] = {}
    threads = torch.get_num_threads()
    torch.set_num_threads(1)

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        started = time.process_time()
        yield
        taken[name] = taken.get(name, 0.0) + (time.process_time() - started) / len(paths) * 1e3

    with memory_kept(), TemporaryDirectory() as home:
        cache = ThumbnailCache(Path(home) / "thumbnails.sqlite")
        for path in paths:
            with stage("hash"):
                content_hash(path)
            try:
                with stage("decode"):
                    photo = open_upright(path, enough=ENOUGH)
            except UnreadablePhoto:
                continue
            with stage("detect"):
                session.detect([photo.pixels])
            whole = (photo.size, partial(_whole, path)) if photo.reduced else None
            with stage("analyse"):
                faces = session.analyse([photo.pixels], [whole])[0]
            with stage("thumbnails"):
                for face in faces:
                    cache.remember_face(path, 0, face.box, photo.pixels, FACE_THUMBNAIL, photo.size)
        cache.close()
    torch.set_num_threads(threads)
    taken["align and embed"] = taken.pop("analyse", 0.0) - taken.get("detect", 0.0)
    return taken


def _whole(path: Path) -> NDArray[np.uint8]:
    return open_upright(path).pixels
