"""A library whose faces were described by two embedders, one after the other: their vectors are never mixed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from painted import PaintedFace, PaintedFaces, paint, scan

from photoclust.core.errors import Cancelled
from photoclust.core.progress import Silent
from photoclust.library.library import Library
from photoclust.workflows.group_faces import group_faces


class Described(PaintedFaces):
    """The same faces by vectors of 256 numbers, as another embedder gives them."""

    model_id = "painted-1+dense"
    embedding_id = "dense"

    def analyse(self, photos: Sequence[np.ndarray], *_: object) -> list[list[PaintedFace]]:
        return [
            [PaintedFace(f.box, f.landmarks, f.score, f.quality, np.tile(f.vector, 2) / np.sqrt(2)) for f in faces]
            for faces in super().analyse(photos)
        ]


class StopSecondBatch(Silent):
    """Cancels once one batch of photos is in the library."""

    def __init__(self) -> None:
        self.batches = 0

    def report(self, status: object) -> None:
        self.batches += "Looking for faces" in str(status)

    def checkpoint(self) -> None:
        if self.batches:
            raise Cancelled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for color in ("red", "green", "blue", "orange", "purple", "cyan", "brown", "pink", "olive", "navy"):
        paint(tmp_path / "photos" / f"{color}.png", color)
    return tmp_path / "photos"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.photoclust") as opened:
        yield opened


def test_half_way_to_another_embedder_each_has_vectors_of_its_own_and_groups_are_made_of_one(
    library: Library, folder: Path
) -> None:
    scan(library, folder)
    before = {face.id for face in library.faces()}
    with pytest.raises(Cancelled):
        scan(library, folder, Described(), progress=StopSecondBatch())
    old, new = library.embeddings("painted"), library.embeddings("dense")
    assert old[1].shape == (10, 128)
    assert new[1].shape == (4, 256)
    assert set(old[0]) == before, "a face keeps its id when another embedder sees it"
    assert set(new[0]) < before
    assert library.embeddings()[1].shape == (10, 128)
    assert group_faces(library, "hac").faces == 10


def test_when_the_other_embedder_has_seen_everything_groups_are_made_of_its_vectors(library: Library, folder: Path) -> None:
    scan(library, folder)
    scan(library, folder, Described())
    ids, vectors = library.embeddings()
    assert vectors.shape == (10, 256)
    assert set(ids) == {face.id for face in library.faces()}
    assert group_faces(library, "hac").faces == 10


def test_new_photos_seen_by_another_embedder_only_are_not_grouped_with_the_others(
    library: Library, folder: Path, tmp_path: Path
) -> None:
    scan(library, folder)
    paint(tmp_path / "more" / "gold.png", "gold")
    scan(library, tmp_path / "more", Described())
    assert {vectors.shape for _, vectors in (library.embeddings("painted"), library.embeddings("dense"))} == {(10, 128), (1, 256)}
    assert library.embeddings()[1].shape == (10, 128)
