"""A release that looks otherwise with the same networks: photos are looked at once more, and nothing that is known is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from painted import PaintedFace, PaintedFaces, paint, scan

from photoclust.core.edits import IgnoreFaces, MoveFaces, NewPerson, NotAFace, Regroup, TellApart
from photoclust.core.types import FaceState
from photoclust.library.library import Library
from photoclust.workflows.group_faces import group_faces
from photoclust.workflows.networks import Networks

COLORS = ("red", "green", "blue", "orange", "purple", "cyan", "brown", "pink", "olive", "gold")


class Earlier(PaintedFaces):
    """As the networks looked before the way of looking had a name."""

    model_id, embedding_id = "yunet-2023mar+sface-2021dec", "sface-2021dec"


class Now(PaintedFaces):
    """The ids of this release; faces are found a little beside, are described a little otherwise, and gold ones no longer."""

    model_id, embedding_id = Networks().model_id, Networks().embedding_id

    def analyse(self, photos: Sequence[np.ndarray], *_: object) -> list[list[PaintedFace]]:
        return [
            [self._otherwise(face) for face in faces if tuple(photo[0, 0]) != (255, 215, 0)]
            for photo, faces in zip(photos, super().analyse(photos), strict=True)
        ]

    def _otherwise(self, face: PaintedFace) -> PaintedFace:
        vector = face.vector + np.roll(face.vector, 1) / 3
        return replace(face, box=replace(face.box, x=face.box.x + 2), quality=0.6, vector=vector / np.linalg.norm(vector))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for color in COLORS:
        paint(tmp_path / "photos" / f"{color}.png", color)
    return tmp_path / "photos"


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    """Looked at by an earlier release, with decisions of every kind and a group that nobody has touched."""
    with Library.open(tmp_path / "library.photoclust") as opened:
        scan(opened, folder, Earlier())
        face = {Path(p.relpath).stem: opened.faces_of_photo(p.id)[0].id for p in opened.photos()}
        opened.apply(Regroup(((face["purple"], face["cyan"]),), (None,)))
        (anna,) = opened.apply(NewPerson((face["red"], face["gold"]), "Anna")).new_persons
        opened.apply(MoveFaces((face["green"],), anna))
        opened.apply(IgnoreFaces((face["blue"],)))
        opened.apply(NotAFace((face["orange"],)))
        opened.apply(TellApart(((face["brown"], face["pink"]),)))
        yield opened


def known(library: Library) -> object:
    """Who everybody is and what was decided."""
    faces = [(f.id, f.photo_id, f.person_id, f.by_hand, f.state) for f in library.faces()]
    persons = [(p.id, p.name, p.face_count) for p in library.persons()]
    return faces, persons, library.links(), library.pinned_faces(), library.undo_text()


def test_every_photo_is_looked_at_once_more_and_groups_and_decisions_stay(library: Library, folder: Path) -> None:
    before, vectors = known(library), dict(zip(*library.embeddings(), strict=True))
    boxes = {f.id: f.box.x for f in library.faces()}
    assert scan(library, folder, Now()).looked == len(COLORS)
    assert known(library) == before
    gold = next(f for f in library.faces() if f.quality == 0.8)
    assert {f.id: f.box.x for f in library.faces()} == {i: x + 2 * (i != gold.id) for i, x in boxes.items()}
    for i, vector in zip(*library.embeddings(), strict=True):
        assert (vector @ vectors[i] > 0.999) == (i == gold.id), "vectors are of the new look where there was one"
    assert {p.scanned_by for p in library.photos()} == {Now.model_id}
    assert scan(library, folder, Now()).looked == 0


def test_photos_of_before_and_of_now_are_grouped_together_meanwhile(library: Library, tmp_path: Path) -> None:
    paint(tmp_path / "more" / "navy.png", "navy")
    before = len(library.embeddings()[0])
    assert scan(library, tmp_path / "more", Now()).looked == 1
    assert len(library.embeddings()[0]) == before + 1
    assert group_faces(library, "hac").faces == before + 1


def test_what_was_decided_before_can_still_be_undone(library: Library, folder: Path) -> None:
    scan(library, folder, Now())
    while library.undo():
        pass
    assert {(f.person_id, f.by_hand, f.state) for f in library.faces()} == {(None, False, FaceState.FACE)}
    assert (library.persons(), library.links()) == ([], [])
