"""Labelled faces to measure on: files of features, or a folder of one folder a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from photoclust.bench.features import Arrays, read_bin, read_npz
from photoclust.clustering.engine import Hints
from photoclust.clustering.measures import Measures, measure
from photoclust.core.errors import UserError
from photoclust.core.progress import Progress, Silent

if TYPE_CHECKING:
    from photoclust.vision.session import FaceSession


_LENGTH, _OTHERWISE = (7.0, 14.0), 0.87


def _nobody() -> NDArray[np.int64]:
    return np.empty(0, np.int64)


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
    """(n,) seconds; NaN where unknown."""
    quality: NDArray[np.float32] | None = None
    """(n,) 0 to 1."""
    missed: NDArray[np.int64] = field(default_factory=_nobody)
    """(m,) the persons of photos in which no face was found."""
    left_out: int = 0
    """How many persons are not measured because they were learned from."""

    @property
    def hints(self) -> Hints:
        """What an engine may know beside the embeddings."""
        return Hints(photo=self.photo, taken_at=self.taken_at, quality=self.quality)

    def measure(self, labels: NDArray[np.int64]) -> Measures:
        """Measure groups (n,) of the faces; every missed photo is a group of its own, as in `score.py`."""
        alone = int(labels.max(initial=-1)) + 1 + np.arange(len(self.missed))
        return measure(np.concatenate([self.persons, self.missed]), np.concatenate([labels, alone]))

    def part(self, size: int, seed: int = 0) -> Dataset:
        """About `size` faces: whole persons by chance, as many as it takes."""
        ids, counts = np.unique(self.persons, return_counts=True)
        order = np.random.default_rng(seed).permutation(len(ids))
        chosen = ids[order[: np.searchsorted(counts[order].cumsum(), size) + 1]]
        return self.only(chosen, f"{self.name}@{size}")

    def only(self, persons: NDArray[np.int64], name: str) -> Dataset:
        """Those of these persons, under another name."""
        rows = np.isin(self.persons, persons)
        return Dataset(
            name,
            self.embeddings[rows],
            self.persons[rows],
            None if self.photo is None else self.photo[rows],
            None if self.taken_at is None else self.taken_at[rows],
            None if self.quality is None else self.quality[rows],
            self.missed[np.isin(self.missed, persons)],
        )


def with_parts(whole: Dataset, sizes: Sequence[int], seed: int = 0) -> list[Dataset]:
    """Its parts of about so many faces that are smaller than it, the smallest first, and the whole set last."""
    return [*(whole.part(size, seed) for size in sorted(set(sizes)) if size < len(whole.persons)), whole]


def name_of(path: Path) -> str:
    """What a data set is called in tables: the folder's name, or the file's without its suffix."""
    from photoclust.media.scan import printable

    return printable(path.resolve().name or "root" if path.is_dir() else path.stem)


def distinct_names(paths: Sequence[Path]) -> list[str]:
    """What each data set is called; with as many of the folders it lies in as tell it from the others."""
    names = [name_of(path) for path in paths]
    places = [path.resolve().parents for path in paths]
    for depth in range(max((len(above) for above in places), default=0)):
        count = Counter(names)
        twice = [count[name] > 1 for name in names]
        names = [
            f"{above[depth].name}/{name}" if again and depth < len(above) and above[depth].name else name
            for name, above, again in zip(names, places, twice, strict=True)
        ]
    return names


def load(path: Path, progress: Progress | None = None, session: FaceSession | None = None) -> Dataset:
    """Read a data set; UserError for one that is missing, empty or malformed."""
    if path.is_dir():
        return _load_folder(path, progress or Silent(), session)
    if not path.exists():
        raise UserError(f"There is no file or folder “{path}”.")
    return _from_arrays(path, read_bin(path) if path.suffix.lower() == ".bin" else read_npz(path))


def _load_folder(folder: Path, progress: Progress, session: FaceSession | None) -> Dataset:
    from photoclust.bench.folders import look_at

    faces, missed = look_at(folder, progress, session)
    if not faces:
        raise UserError(f"No face was found in the photos of “{folder}”.")
    names = [face.person for face in faces] + missed
    persons = _numbered(np.array([name.encode("utf-8", "surrogateescape") for name in names]))
    vectors, quality = np.stack([face.vector for face in faces]), np.array([face.quality for face in faces], np.float32)
    return Dataset(name_of(folder), vectors, persons[: len(faces)], quality=quality, missed=persons[len(faces) :])


def _from_arrays(path: Path, arrays: Arrays) -> Dataset:
    if "X" not in arrays or "y" not in arrays:
        raise UserError(f"“{path}” needs the arrays X (n, d) and y (n,).")
    X, y = arrays["X"], arrays["y"]
    if X.ndim != 2 or X.dtype.kind not in "iuf" or X.shape[1] == 0:
        raise UserError(f"X in “{path}” must be a table of numbers (n, d), not {X.dtype} {X.shape}.")
    if len(X) == 0:
        raise UserError(f"“{path}” has no faces.")
    for name in ("y", "photo", "taken_at", "norm"):
        if name in arrays and arrays[name].shape != (len(X),):
            raise UserError(f"{name} in “{path}” must have one entry a row of X, ({len(X)},), not {arrays[name].shape}.")
    for name in ("y", "photo"):
        if name in arrays and not _is_labels(arrays[name]):
            raise UserError(f"{name} in “{path}” must be numbers or words, one a row, not {arrays[name].dtype}.")
    taken_at = arrays.get("taken_at")
    if taken_at is not None and taken_at.dtype.kind not in "iuf":
        raise UserError(f"taken_at in “{path}” must be seconds, not {taken_at.dtype}.")
    norm = arrays.get("norm")
    if norm is not None and norm.dtype.kind not in "iuf":
        raise UserError(f"norm in “{path}” must be the lengths of SFace's vectors, not {norm.dtype}.")
    if taken_at is not None:
        taken_at = np.where(np.isfinite(taken_at), taken_at, np.nan).astype(np.float64)
    photo = _numbered(arrays["photo"]) if "photo" in arrays else None
    quality = None if norm is None else _quality(norm.astype(np.float32))
    return Dataset(name_of(path), _unit(path, X), _numbered(y), photo, taken_at, quality)


def _quality(lengths: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) what `vision/quality.py` makes of the lengths (n,) of SFace's vectors, of faces that are as usual otherwise."""
    seen = (lengths - _LENGTH[0]) / (_LENGTH[1] - _LENGTH[0])
    return np.asarray(np.clip(seen, 0.05, 1) ** 0.75 * _OTHERWISE, np.float32)


def _unit(path: Path, X: NDArray[Any]) -> NDArray[np.float32]:
    """Rows of length 1; first by their largest number, so that no square is too large or too small for its type."""
    numbers = X if X.dtype.kind == "f" else X.astype(np.float64)
    largest = np.abs(numbers).max(axis=1, keepdims=True)
    wrong = np.flatnonzero(~np.isfinite(largest) | (largest == 0))
    if len(wrong):
        raise UserError(f"X in “{path}” has {len(wrong)} rows that are zero or not finite, the first is row {wrong[0]}.")
    vectors: NDArray[np.float32] = (numbers / largest).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors


def _is_labels(values: NDArray[Any]) -> bool:
    return values.dtype.kind in "biuSU" or (values.dtype.kind == "f" and bool(np.isfinite(values).all()))


def _numbered(values: NDArray[Any]) -> NDArray[np.int64]:
    """Any labels, numbers or words, as 0, 1, …"""
    return np.unique(values, return_inverse=True)[1].reshape(-1).astype(np.int64)
