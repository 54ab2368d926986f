"""Faces without photos in a real library file, to measure what the program does with them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto

_MARKS = ((0.0, 0.0),) * 5


@contextmanager
def empty_library() -> Iterator[tuple[Library, int]]:
    """A library, and the id of its root, in a folder that is removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="photoclust-bench-") as name:
        folder = Path(name)
        with Library.open(folder / "bench.photoclust") as library:
            yield library, library.add_root(folder)


def scanned(number: int, vectors: NDArray[np.float32]) -> ScannedPhoto:
    """What a scan would have found in a photo with these faces (n, d) in a row."""
    faces = [
        ScannedFace(Box(100.0 * k, 10.0, 60.0, 80.0), _MARKS, 0.9, 0.5, vector) for k, vector in enumerate(vectors)
    ]  # the boxes only have to be apart
    return ScannedPhoto(
        relpath=f"{number:07d}.jpg", size=1, mtime_ns=1, hash=str(number), taken_at=None, width=100 * len(faces), height=100,
        orientation=1, scanned_by="bench", error=None, faces=tuple(faces), embedding_id="bench",
    )  # fmt: skip
