"""A large library that never was: many faces, their persons, and photos that are really there, to measure the window on."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.datasets import Dataset
from photoclust.bench.scale import Material
from photoclust.core.edits import Regroup, RenamePerson
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.types import Box, Landmarks
from photoclust.library.library import Library, ScannedFace, ScannedPhoto

VERSION = 2
"""Raised whenever the same numbers make another library."""
_PICTURES = 8
"""So many are drawn; every photo is a hard link to one of them, with a name of its own, and so with thumbnails of its own."""
_LEAST = 3
"""Groups of fewer faces stay nobody's."""
_NAMED = 0.1
"""Of the persons, the largest."""
_BATCH = 2_000
_DAY = 86_400.0


@dataclass(frozen=True)
class _Picture:
    path: Path
    boxes: tuple[Box, ...]


def made_up_library(folder: Path, faces: int, seed: int = 0, progress: Progress | None = None) -> Path:
    """The path of a library of so many faces in a folder, made if it is not there yet (a minute for 100,000)."""
    progress = progress or Silent()
    path = folder / f"made-up-{VERSION}-{faces}-{seed}.photoclust"
    if path.exists():
        return path
    photos = folder / f"photos-{VERSION}-{seed}"
    pictures = _draw(photos, seed, progress)
    partial = path.with_suffix(".partial")
    for left in folder.glob(f"{partial.name}*"):
        left.unlink()
    data = Material.gaussian(seed).library(faces, seed)
    with Library.open(partial) as library:
        _save(library, photos, pictures, data, np.random.default_rng(seed), progress)
        library.settle_model("made up", "made up")
        _group(library, data, np.random.default_rng(seed + 1), progress)
    partial.rename(path)
    return path


def _draw(folder: Path, seed: int, progress: Progress) -> list[_Picture]:
    """A few pictures with the boxes of the faces in them."""
    from photoclust.bench.import_material import draw_material

    progress.report(Status("Drawing photos"))
    truth = draw_material(folder, _PICTURES, seed, (1600, 1200))
    return [_Picture(folder / photo.photo, tuple(face.box for face in photo.faces if face.visible)) for photo in truth.photos]


def _save(
    library: Library, folder: Path, pictures: list[_Picture], data: Dataset, generator: np.random.Generator, progress: Progress
) -> None:
    """Write the photos with their faces, as a scan would have."""
    root = library.add_root(folder)
    library.watch_root(root, False)
    photo = np.zeros(len(data.persons), np.int64) if data.photo is None else data.photo
    ends = [0, *(np.flatnonzero(np.diff(photo)) + 1).tolist(), len(photo)]
    taken = np.sort(generator.uniform(1.2e9, 1.75e9, len(ends)))
    batch = []
    for number, (start, end) in enumerate(pairwise(ends)):
        picture = pictures[number % len(pictures)]
        relpath = f"{number % 100:02d}/IMG_{number:06d}.jpg"
        _link(picture.path, folder / relpath)
        batch.append(_photo(picture, relpath, float(taken[number]), data.embeddings[start:end], generator))
        if len(batch) == _BATCH or end == len(photo):
            library.save_scanned(root, batch)
            batch.clear()
            progress.checkpoint()
            progress.report(Status("Writing a library", end, len(photo)))


def _photo(
    picture: _Picture, relpath: str, taken_at: float, vectors: NDArray[np.float32], generator: np.random.Generator
) -> ScannedPhoto:
    stat = picture.path.stat()
    places = generator.permutation(max(len(picture.boxes), len(vectors)))
    faces = []
    for place, vector in zip(places, vectors, strict=False):
        box = picture.boxes[place % len(picture.boxes)]
        box = Box(box.x + float(generator.uniform(0, 9)), box.y, box.w, box.h)
        score, quality = generator.uniform(0.6, 1.0), generator.uniform(0.1, 1.0)
        faces.append(ScannedFace(box, _marks(box), float(score), float(quality), vector))
    return ScannedPhoto(
        relpath=relpath, size=stat.st_size, mtime_ns=stat.st_mtime_ns, hash=relpath, taken_at=taken_at, width=1600, height=1200,
        orientation=1, scanned_by="made up", error=None, faces=tuple(faces), embedding_id="made up",
    )  # fmt: skip


def _marks(box: Box) -> Landmarks:
    return tuple(
        (box.x + x * box.w, box.y + y * box.h) for x, y in ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))
    )


def _link(source: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    if not target.exists():
        os.link(source, target)


def _group(library: Library, data: Dataset, generator: np.random.Generator, progress: Progress) -> None:
    """Make persons of all who are seen often enough, and name the first few hundred."""
    progress.report(Status("Making persons"))
    ids = np.array([face.id for face in library.faces()], np.int64)
    order = np.argsort(data.persons, kind="stable")
    groups = np.split(ids[order], np.flatnonzero(np.diff(data.persons[order])) + 1)
    kept = sorted((group for group in groups if len(group) >= _LEAST), key=len, reverse=True)
    sure = [tuple(generator.uniform(0.3, 1.0, len(group)).round(3).tolist()) for group in kept]
    persons = library.apply(
        Regroup(tuple(tuple(group.tolist()) for group in kept), (None,) * len(kept), tuple(sure), engine="made up", seed=0)
    ).new_persons
    library.record_run("made up", {}, 0, {"faces": len(ids)})
    for number, person in enumerate(persons[: int(_NAMED * len(persons))]):
        library.apply(RenamePerson(person, _name(number)))


def _name(number: int) -> str:
    again, number = divmod(number, len(_FIRST) * len(_LAST))
    return f"{_FIRST[number % len(_FIRST)]} {_LAST[number // len(_FIRST)]}" + (f" {again + 1}" if again else "")


_FIRST = ("Ada", "Bela", "Chloe", "Dario", "Edda", "Femi", "Greta", "Hiro", "Ines", "Jonas",
          "Kaya", "Lars", "Mina", "Nils", "Olga", "Pavel", "Rosa", "Sami", "Tara", "Uwe")  # fmt: skip
_LAST = ("Adler", "Berg", "Costa", "Dahl", "Engel", "Falk", "Grau", "Holm", "Imhof", "Jansen",
         "Kern", "Lund", "Moor", "Nagel", "Otto", "Park", "Quast", "Roth", "Stein", "Thal")  # fmt: skip
