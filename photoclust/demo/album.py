"""Write a demo album: photos of persons who do not exist, and `truth.json` that tells who is where."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.demo.plan import AlbumPlan, PhotoPlan, plan_album
from photoclust.demo.scene import draw_photo, save_photo, write_whole
from photoclust.demo.truth import TRUTH_FILE, TrueFace, TruePhoto, Truth, load_truth, to_json

RENDERER = 4
"""Raised whenever the same seed draws other pixels, so that older albums are drawn again."""
WORKERS = 2


@dataclass(frozen=True, slots=True)
class Album:
    """What was written, or found already there."""

    folder: Path
    photos: int
    """Files a scan will meet: drawn photos, copies, and the two broken ones."""
    faces: int
    """Visible faces in them, strangers included."""
    persons: int
    strangers: int
    reused: bool


def render_album(out: Path, *, photos: int = 80, persons: int = 12, seed: int = 0, size: tuple[int, int] = (1600, 1200),
                 progress: Progress | None = None) -> Album:  # fmt: skip
    """Draw `photos` photos of `persons` persons into `out`, a few copies and two broken files among them.

    The same arguments give the same pixels. A complete album of the same arguments is kept as it is, any other demo album is
    replaced file by file. UserError for a folder that holds anything else, and for impossible numbers.
    """
    if photos < 1 or persons < 1 or min(size) < 64:
        raise UserError("A demo album needs at least one photo, one person and 64 pixels.")
    parameters = {"photos": photos, "persons": persons, "seed": seed, "size": list(size), "renderer": RENDERER}
    old = _look_into(out)
    if old and old.complete and old.parameters == parameters and all((out / p.photo).is_file() for p in old.photos):
        return _summary(out, old, reused=True)
    progress = progress or Silent()
    plan = plan_album(photos, persons, seed, size)
    _clear(out, old)
    _write_truth(out, Truth(tuple(TruePhoto(name) for name in _files(plan)), plan.names, parameters, complete=False))
    shown: dict[str, tuple[TrueFace, ...]] = {}
    progress.report(Status("Drawing the demo album", 0, len(plan.photos)))
    for number, (photo, faces) in enumerate(_draw_all(plan.photos, out, progress), start=1):
        shown[photo.relpath] = faces
        progress.report(Status("Drawing the demo album", number, len(plan.photos), sum(map(len, shown.values()))))
    truth = _finish(out, plan, shown, parameters)
    return _summary(out, truth, reused=False)


def _draw_all(plans: tuple[PhotoPlan, ...], out: Path, progress: Progress) -> Iterator[tuple[PhotoPlan, tuple[TrueFace, ...]]]:
    if len(plans) < 24:
        for plan in plans:
            progress.checkpoint()
            yield plan, _draw_one(plan, out)
        return
    with ProcessPoolExecutor(WORKERS, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = [(plan, pool.submit(_draw_one, plan, out)) for plan in plans]
        try:
            for plan, job in waiting:
                progress.checkpoint()
                yield plan, job.result()
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _draw_one(plan: PhotoPlan, out: Path) -> tuple[TrueFace, ...]:
    picture, shown = draw_photo(plan)
    save_photo(picture, plan, out / plan.relpath)
    return tuple(TrueFace(f.person, f.stranger, f.box, f.visible) for f in shown)


def _finish(out: Path, plan: AlbumPlan, shown: dict[str, tuple[TrueFace, ...]], parameters: dict[str, Any]) -> Truth:
    """Copies, broken files, and the truth about everything."""
    dates = {p.relpath: p.taken_at.isoformat() for p in plan.photos}
    photos = [TruePhoto(name, faces, taken_at=dates[name]) for name, faces in shown.items()]
    for copy, source in plan.copies:
        write_whole(out / copy, (out / source).read_bytes())
        photos.append(TruePhoto(copy, shown[source], duplicate_of=source, taken_at=dates[source]))
    cut, source = plan.truncated
    data = (out / source).read_bytes()
    write_whole(out / cut, data[: len(data) * 2 // 5])
    write_whole(out / plan.empty, b"")
    photos += [TruePhoto(cut, broken=True), TruePhoto(plan.empty, broken=True)]
    truth = Truth(tuple(photos), plan.names, parameters, complete=True)
    _write_truth(out, truth)
    return truth


def _files(plan: AlbumPlan) -> list[str]:
    return [p.relpath for p in plan.photos] + [copy for copy, _ in plan.copies] + [plan.truncated[0], plan.empty]


def _look_into(out: Path) -> Truth | None:
    """The truth of the demo album that is in `out`, None for an empty or missing folder."""
    if out.exists() and not out.is_dir():
        raise UserError(f"{out} is a file; choose a folder for the demo album.")
    if not out.exists() or not any(out.iterdir()):
        return None
    try:
        return load_truth(out)
    except UserError as error:
        raise UserError(f"{out} holds other files; choose an empty folder for the demo album.") from error


def _clear(out: Path, old: Truth | None) -> None:
    """Remove the files that an earlier album wrote, and nothing else."""
    for photo in old.photos if old else ():
        path = out / photo.photo
        if path.resolve().is_relative_to(out.resolve()):
            path.unlink(missing_ok=True)
            path.with_name(path.name + ".part").unlink(missing_ok=True)
    folders = {p for photo in (old.photos if old else ()) for p in (out / photo.photo).parents if out in p.parents}
    for folder in sorted(folders, reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _write_truth(out: Path, truth: Truth) -> None:
    write_whole(out / TRUTH_FILE, to_json(truth).encode())


def _summary(out: Path, truth: Truth, *, reused: bool) -> Album:
    faces = [f for p in truth.photos for f in p.faces]
    return Album(out, len(truth.photos), sum(f.visible for f in faces), len(truth.names),
                 len({f.person for f in faces if f.stranger}), reused)  # fmt: skip
