"""Aligned pictures of the largest face of each photo in labelled folders, cut out once and remembered."""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.folders import labelled_photos
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.settings import VisionSettings, cache_dir

if TYPE_CHECKING:
    from photoclust.vision.session import FaceSession

Pictures = NDArray[np.uint8]
_BATCH = 8
_SIDE = 640
"""The largest face of a photo is found in a small picture too, in a fifth of the time."""


@dataclass(frozen=True, eq=False)
class Crops:
    """Aligned faces of known persons; the same person may have another number in another set."""

    name: str
    pictures: Pictures
    """(n, 112, 112, 3) RGB."""
    persons: NDArray[np.int64]
    """(n,) 0, 1, … in the order of the folders' names."""

    def taken(self, rows: NDArray[np.bool_]) -> Crops:
        """Those where `rows` (n,) is true."""
        return Crops(self.name, self.pictures[rows], self.persons[rows])


def cut_out(folder: Path, progress: Progress | None = None, session: FaceSession | None = None) -> Crops:
    """The largest face of each photo of a folder of one folder a person; photos without one are left out.

    UserError for a folder that is none, or where no face is found. What was cut out is kept when cancelled.
    """
    from photoclust.vision.session import FaceSession

    progress = progress or Silent()
    photos = labelled_photos(folder)
    session = session or FaceSession(settings=VisionSettings(detect_side=_SIDE))
    memory = _Memory(folder, session)
    pictures: list[Pictures] = []
    owners: list[str] = []
    try:
        for start in range(0, len(photos), _BATCH):
            progress.checkpoint()
            batch = photos[start : start + _BATCH]
            for relpath, picture in zip(batch, memory.look([folder / relpath for relpath in batch]), strict=True):
                if picture is not None:
                    pictures.append(picture)
                    owners.append(relpath.split("/")[0])
            progress.report(Status("Cutting out faces", start + len(batch), len(photos), len(pictures), device=session.device))
    finally:
        memory.save()
    if not pictures:
        raise UserError(f"No face was found in the photos of “{folder}”.")
    numbers = {name: number for number, name in enumerate(sorted(set(owners)))}
    return Crops(folder.resolve().name, np.stack(pictures), np.array([numbers[name] for name in owners], np.int64))


class _Memory:
    """Pictures by the photo's content, None where there is no face; kept in a file a folder that may be thrown away."""

    def __init__(self, folder: Path, session: FaceSession) -> None:
        self._session = session
        words = f"{session.detector_id} {session.settings.detect_side} {folder.resolve()}"
        name = hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self._path = cache_dir() / "bench" / f"crops-{name}.npz"
        self._pictures: dict[str, Pictures | None] = self._read()
        self._learned = False

    def look(self, paths: Sequence[Path]) -> list[Pictures | None]:
        """The largest face of each photo; only photos that are new are looked at."""
        from photoclust.media.image import UnreadablePhoto, open_upright
        from photoclust.media.scan import content_hash

        keys: list[str] = []
        pixels: dict[str, Pictures] = {}
        for path in paths:
            try:
                keys.append(content_hash(path))
                if keys[-1] not in self._pictures:
                    pixels[keys[-1]] = open_upright(path).pixels
            except OSError:  # it cannot be read at all
                keys.append("")
            except UnreadablePhoto:
                self._pictures[keys[-1]] = None
        if pixels:
            self._learned = True
            self._pictures |= zip(pixels, largest_faces(self._session, list(pixels.values())), strict=True)
        return [self._pictures.get(key) for key in keys]

    def save(self) -> None:
        """Keep what was cut out; a memory that cannot be written is done without."""
        if not self._learned:
            return
        shown = {key: picture for key, picture in self._pictures.items() if picture is not None}
        empty = [key for key, picture in self._pictures.items() if picture is None]
        arrays: dict[str, NDArray[Any]] = {"keys": np.array(list(shown), str), "empty": np.array(empty, str)}
        arrays["pictures"] = np.stack(list(shown.values())) if shown else np.empty((0, 1, 1, 3), np.uint8)
        partial = self._path.with_suffix(f".{os.getpid()}.tmp.npz")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(partial, allow_pickle=False, **arrays)
            partial.replace(self._path)
        except OSError:
            with suppress(OSError):
                partial.unlink()

    def _read(self) -> dict[str, Pictures | None]:
        try:
            with np.load(self._path, allow_pickle=False) as file:
                shown = dict(zip(map(str, file["keys"]), file["pictures"], strict=True))
                return shown | dict.fromkeys(map(str, file["empty"]))
        except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile):
            return {}  # nothing kept yet, or not by us: look again


def largest_faces(session: FaceSession, photos: Sequence[Pictures]) -> list[Pictures | None]:
    """The largest face of each photo (h, w, 3) as the embedder sees it, (112, 112, 3); None where there is none."""
    from photoclust.vision.align import crop, similarity

    pictures: list[Pictures | None] = []
    for photo, found in zip(photos, session.detect(photos), strict=True):
        if not len(found):
            pictures.append(None)
            continue
        largest = int((found.boxes[:, 2:] - found.boxes[:, :2]).prod(1).argmax())
        face = crop(photo, similarity(found.landmarks[largest].numpy()))
        pictures.append(face.permute(1, 2, 0).round().clamp(0, 255).byte().numpy())
    return pictures
