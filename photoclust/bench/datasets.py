"""Labelled faces to measure on: an `.npz` of embeddings, or a folder of one folder a person."""

from __future__ import annotations

import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent, Status
from photoclust.core.settings import cache_dir

if TYPE_CHECKING:
    from photoclust.vision.session import FaceSession

_BATCH = 8


@dataclass(frozen=True)
class Dataset:
    """Faces of known persons."""

    name: str
    embeddings: NDArray[np.float32]
    """(n, d) unit vectors."""
    persons: NDArray[np.int64]
    """(n,) the truth."""
    photo: NDArray[np.int64] | None = None
    """(n,) which photo a face is from."""
    taken_at: NDArray[np.float64] | None = None
    """(n,) seconds."""


def load(path: Path, progress: Progress | None = None, session: FaceSession | None = None) -> Dataset:
    """Read a data set; UserError for one that is missing, empty or malformed."""
    if path.is_dir():
        return _load_folder(path, progress or Silent(), session)
    if not path.exists():
        raise UserError(f"There is no file or folder “{path}”.")
    return _load_npz(path)


def _load_npz(path: Path) -> Dataset:
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays: dict[str, NDArray[Any]] = {name: file[name] for name in file.files}
    except (OSError, ValueError, EOFError, AttributeError, zipfile.BadZipFile) as error:
        raise UserError(f"“{path}” cannot be read as an .npz file of arrays: {error}.") from error
    if "X" not in arrays or "y" not in arrays:
        raise UserError(f"“{path}” needs the arrays X (n, d) and y (n,).")
    X, y = arrays["X"], arrays["y"]
    if X.ndim != 2 or not np.issubdtype(X.dtype, np.number) or np.iscomplexobj(X) or X.shape[1] == 0:
        raise UserError(f"X in “{path}” must be a table of numbers (n, d), not {X.dtype} {X.shape}.")
    for name in ("y", "photo", "taken_at"):
        if name in arrays and arrays[name].shape != (len(X),):
            raise UserError(f"{name} in “{path}” must have one entry a row of X, ({len(X)},), not {arrays[name].shape}.")
    vectors = X.astype(np.float32)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not np.isfinite(length).all() or (length == 0).any():
        raise UserError(f"X in “{path}” has rows that are zero or not finite.")
    taken_at = arrays.get("taken_at")
    if taken_at is not None and not np.issubdtype(taken_at.dtype, np.number):
        raise UserError(f"taken_at in “{path}” must be seconds.")
    return Dataset(
        path.stem,
        vectors / length,
        _numbered(y),
        _numbered(arrays["photo"]) if "photo" in arrays else None,
        taken_at.astype(np.float64) if taken_at is not None else None,
    )


def _numbered(values: NDArray[Any]) -> NDArray[np.int64]:
    """Any labels, numbers or words, as 0, 1, …"""
    return np.unique(values, return_inverse=True)[1].reshape(-1).astype(np.int64)


def _load_folder(folder: Path, progress: Progress, session: FaceSession | None) -> Dataset:
    """The largest face of each photo; a photo that cannot be opened or shows no face is left out (told as an error)."""
    from photoclust.media.scan import content_hash, walk_photos
    from photoclust.vision.session import FaceSession

    photos = [found.relpath for found in walk_photos(folder) if "/" in found.relpath]
    if not photos:
        raise UserError(f"“{folder}” has no folders with photos; it should have one folder a person.")
    session = session or FaceSession()
    known = _Known(session)
    vectors: list[NDArray[np.float32]] = []
    persons: list[str] = []
    errors = 0
    for start in range(0, len(photos), _BATCH):
        progress.checkpoint()
        batch = photos[start : start + _BATCH]
        keys = [content_hash(folder / relpath) for relpath in batch]
        known.learn([(key, folder / relpath) for key, relpath in zip(keys, batch, strict=True)])
        for key, relpath in zip(keys, batch, strict=True):
            vector = known.vectors[key]
            if len(vector):
                vectors.append(vector)
                persons.append(relpath.split("/")[0])
            else:
                errors += 1
        done = start + len(batch)
        progress.report(Status("Finding faces", done, len(photos), len(vectors), errors, session.device))
    known.save()
    if not vectors:
        raise UserError(f"No face was found in the photos of “{folder}”.")
    return Dataset(folder.resolve().name, np.stack(vectors), _numbered(np.array(persons)))


class _Known:
    """Vectors of the largest face by the photo's content, kept between runs in a file that may be thrown away."""

    def __init__(self, session: FaceSession) -> None:
        self._session = session
        words = f"{session.model_id} {session.settings}"
        self._path = cache_dir() / "bench" / f"{hashlib.sha256(words.encode()).hexdigest()[:16]}.npz"
        self.vectors: dict[str, NDArray[np.float32]] = {}
        self._learned = 0
        try:
            with np.load(self._path, allow_pickle=False) as file:
                rows = file["vectors"]
                self.vectors = {str(key): row if row.any() else row[:0] for key, row in zip(file["keys"], rows, strict=True)}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            pass  # nothing kept yet, or not by us: learn again

    def learn(self, photos: list[tuple[str, Path]]) -> None:
        """Look at the photos that are not known."""
        from photoclust.media.image import UnreadablePhoto, open_upright

        keys, pixels = [], []
        for key, path in photos:
            if key in self.vectors or key in keys:
                continue
            try:
                pixels.append(open_upright(path).pixels)
                keys.append(key)
            except UnreadablePhoto:
                self.vectors[key] = np.empty(0, np.float32)
        for key, faces in zip(keys, self._session.analyse(pixels) if pixels else [], strict=True):
            largest = max(faces, key=lambda face: face.box.w * face.box.h, default=None)
            self.vectors[key] = largest.vector if largest else np.empty(0, np.float32)
            self._learned += 1

    def save(self) -> None:
        """Keep what was learned; a cache that cannot be written is done without."""
        width = max((len(vector) for vector in self.vectors.values()), default=0)
        if not self._learned or not width:
            return
        rows = np.zeros((len(self.vectors), width), np.float32)
        for row, vector in zip(rows, self.vectors.values(), strict=True):
            row[: len(vector)] = vector
        partial = self._path.with_suffix(f".{os.getpid()}.tmp.npz")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            np.savez(partial, keys=np.array(list(self.vectors)), vectors=rows)
            partial.replace(self._path)
        except OSError:
            partial.unlink(missing_ok=True)
