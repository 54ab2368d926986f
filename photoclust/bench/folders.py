"""The largest face of each photo in a folder of one folder a person, looked at once and remembered."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Status
from photoclust.core.settings import cache_dir

if TYPE_CHECKING:
    from photoclust.vision.session import FaceSession

Vector = NDArray[np.float32]
_BATCH = 8


@dataclass(frozen=True, eq=False)
class LabelledFace:
    """The largest face of a photo."""

    person: str
    vector: Vector
    """(d,) of length 1."""
    quality: float


def look_at(folder: Path, progress: Progress, session: FaceSession | None = None) -> tuple[list[LabelledFace], list[str]]:
    """The largest face of each photo, and the persons of the photos without one.

    Files that lie in no folder are left out; a photo that cannot be opened shows no face. UserError for a folder without
    folders of photos. What was seen is kept when cancelled.
    """
    from photoclust.vision.session import FaceSession

    photos = labelled_photos(folder)
    session = session or FaceSession()
    memory = _Memory(session)
    faces: list[LabelledFace] = []
    missed: list[str] = []
    try:
        for start in range(0, len(photos), _BATCH):
            progress.checkpoint()
            batch = photos[start : start + _BATCH]
            for relpath, seen in zip(batch, memory.look([folder / relpath for relpath in batch]), strict=True):
                person = relpath.split("/")[0]
                if len(seen):
                    faces.append(LabelledFace(person, seen[:-1], float(seen[-1])))
                else:
                    missed.append(person)
            done = start + len(batch)
            progress.report(Status("Finding faces", done, len(photos), len(faces), len(missed), session.device))
    finally:
        memory.save()
    return faces, missed


def labelled_photos(folder: Path) -> list[str]:
    """The photos of a folder of one folder a person, as person/…; UserError where there are none."""
    from photoclust.media.scan import walk_photos

    photos = [found.relpath for found in walk_photos(folder) if "/" in found.relpath]
    if not photos:
        raise UserError(f"“{folder}” has no folders with photos; a labelled folder has one folder a person.")
    return photos


class _Memory:
    """Vectors by the photo's content and behind them the quality, empty where there is no face; in a file one may throw away."""

    def __init__(self, session: FaceSession) -> None:
        self._session = session
        words = f"{session.model_id} {session.settings} with quality"
        self._path = cache_dir() / "bench" / f"{hashlib.sha256(words.encode()).hexdigest()[:16]}.npz"
        self._vectors: dict[str, Vector] = self._read()
        self._learned = False

    def look(self, paths: Sequence[Path]) -> list[Vector]:
        """The vector of the largest face of each photo and, behind it, its quality; only photos that are new are looked at."""
        from photoclust.media.image import UnreadablePhoto, open_upright
        from photoclust.media.scan import content_hash

        nothing = np.empty(0, np.float32)
        keys: list[str] = []
        pixels = {}
        for path in paths:
            try:
                keys.append(content_hash(path))
                if keys[-1] not in self._vectors:
                    pixels[keys[-1]] = open_upright(path).pixels
            except OSError:  # it cannot be read at all
                keys.append("")
            except UnreadablePhoto:
                self._vectors[keys[-1]] = nothing
        if pixels:
            self._learned = True
            for key, faces in zip(pixels, self._session.analyse(list(pixels.values())), strict=True):
                largest = max(faces, key=lambda face: face.box.w * face.box.h, default=None)
                self._vectors[key] = np.append(largest.vector, np.float32(largest.quality)) if largest else nothing
        return [self._vectors.get(key, nothing) for key in keys]

    def save(self) -> None:
        """Keep what was learned, beside what another run kept meanwhile; a memory that cannot be written is done without."""
        vectors = self._read() | self._vectors if self._learned else {}
        width = max((len(vector) for vector in vectors.values()), default=0)
        if not width:
            return
        rows = np.zeros((len(vectors), width), np.float32)
        for row, vector in zip(rows, vectors.values(), strict=True):
            row[: len(vector)] = vector
        partial = self._path.with_suffix(f".{os.getpid()}.tmp.npz")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(partial, keys=np.array(list(vectors)), vectors=rows)
            partial.replace(self._path)
        except OSError:
            with suppress(OSError):
                partial.unlink()

    def _read(self) -> dict[str, Vector]:
        try:
            with np.load(self._path, allow_pickle=False) as file:
                return {str(key): row if row.any() else row[:0] for key, row in zip(file["keys"], file["vectors"], strict=True)}
        except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile):
            return {}  # nothing kept yet, or not by us: look again
