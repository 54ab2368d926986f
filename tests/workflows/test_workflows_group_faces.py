"""A grouping is one edit, respects decisions, and can be tried without consequences."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoclust.clustering import catalog
from photoclust.core.edits import MoveFaces, RenamePerson
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.types import Box
from photoclust.library.library import Library, ScannedFace, ScannedPhoto
from photoclust.workflows.group_faces import group_faces

MARKS = ((0.0, 0.0),) * 5


@pytest.fixture
def library(tmp_path: Path):
    """Three persons of eight faces each, well apart, one face a photo."""
    rng = np.random.default_rng(0)
    centres = rng.normal(size=(3, 128))
    with Library.open(tmp_path / "library.photoclust") as opened:
        root = opened.add_root(tmp_path)
        photos = []
        for i in range(24):
            vector = centres[i % 3] + rng.normal(size=128) * 0.35
            face = ScannedFace(Box(0, 0, 50, 50), MARKS, 0.9, 0.8, (vector / np.linalg.norm(vector)).astype(np.float32))
            photos.append(ScannedPhoto(f"{i}.jpg", 1, 1, f"{i}", float(i), 100, 100, 1, "model", None, (face,), "embedder"))
        opened.save_scanned(root, photos)
        yield opened


def groups(library: Library) -> set[frozenset[int]]:
    return {frozenset(library.face_ids(person_id=p.id)) for p in library.persons()}


@pytest.mark.parametrize("engine", [None, "avgae"])
def test_persons_appear_as_one_edit_that_can_be_undone(library, engine) -> None:
    result = group_faces(library, engine)
    assert (result.persons, result.faces) == (3, 24)
    assert len(groups(library)) == 3
    assert library.undo_text() == "Group 24 faces"
    library.undo()
    assert groups(library) == set()


def test_a_dry_run_changes_nothing(library) -> None:
    result = group_faces(library, dry_run=True)
    assert result.persons == 3
    assert groups(library) == set()
    assert library.undo_text() is None


def test_the_same_seed_gives_the_same_groups(library) -> None:
    first = group_faces(library, seed=5).edit.groups
    assert group_faces(library, seed=5, dry_run=True).edit.groups == first


def test_a_face_moved_by_hand_stays_after_grouping_again(library) -> None:
    group_faces(library)
    a, b = (p.id for p in library.persons()[:2])
    face = library.face_ids(person_id=a)[0]
    library.apply(MoveFaces((face,), b))
    library.apply(RenamePerson(b, "Ben"))
    group_faces(library)
    assert library.face(face).person_id == b
    assert library.person(b).name == "Ben"


def test_an_unknown_engine_is_named_with_the_known_ones(library) -> None:
    with pytest.raises(UserError, match="avgae"):
        group_faces(library, "magic")


def test_a_cancelled_grouping_leaves_nothing(library) -> None:
    class Stop:
        def report(self, status) -> None:
            """Silent."""

        def checkpoint(self) -> None:
            raise Cancelled

    for engine in catalog.names():
        with pytest.raises(Cancelled):
            group_faces(library, engine, progress=Stop())
    assert groups(library) == set()
    assert library.undo_text() is None


def test_an_empty_library_can_be_grouped(tmp_path) -> None:
    with Library.open(tmp_path / "empty.photoclust") as library:
        result = group_faces(library)
        assert (result.faces, result.persons) == (0, 0)
