"""The orders that faces and photos are looked at in: keys that are the same for all and for one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from photoclust.core.certainty import Certainty, certainty
from photoclust.core.edits import ConfirmFaces, IgnoreFaces, MoveFaces, Regroup, RenamePerson
from photoclust.core.types import Box, FaceState
from photoclust.library.arranged import LAST, Order, face_keys, newest_photos, photo_keys
from photoclust.library.library import Library, ScannedFace, ScannedPhoto

MAY = 1_746_100_000.0
"""1 May 2025."""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Nine photos with a face each, the last without a date; two persons of three faces, three faces of nobody."""
    library = Library.open(tmp_path / "test.photoclust")
    box = Box(0, 0, 10, 10)
    photos = [
        ScannedPhoto(
            f"{i}.jpg", 1, 1, str(i), None if i == 8 else MAY + i * 20 * 86_400, 100, 100, 1, "test", None,
            (ScannedFace(box, ((1, 1),) * 5, 0.9, 0.1 * (i % 4 + 1), np.eye(9, 128, dtype=np.float32)[i]),), "test",
        )
        for i in range(9)
    ]  # fmt: skip
    library.save_scanned(library.add_root(tmp_path), photos)
    ids = library.face_ids()
    ids.sort()
    sure = ((0.5, 0.9, 0.99), (0.79, 0.8, 0.95))
    library.apply(Regroup((tuple(ids[:3]), tuple(ids[3:6])), (None, None), sure))
    return library


@pytest.mark.parametrize("order", ["quality", "person", "date", "certainty"])
def test_a_key_is_the_same_whether_all_are_asked_for_or_one(library: Library, order: Order) -> None:
    keys = face_keys(library, order)
    assert keys == sorted(keys)
    assert len(keys) == 9
    assert [face_keys(library, order, ids=[key[2]]) for key in keys] == [[key] for key in keys]


def test_faces_of_a_person_stand_best_first(library: Library) -> None:
    person = library.persons()[0].id
    assert [i for _, _, i, _ in face_keys(library, "quality", person_id=person)] == library.face_ids(person_id=person)


def test_persons_stand_as_they_are_ranked_and_nobody_last(library: Library) -> None:
    one, two = sorted(p.id for p in library.persons())
    sections = [key[0] for key in face_keys(library, "person", ranks={two: 0, one: 1})]
    assert sections == [0] * 3 + [1] * 3 + [LAST] * 3
    assert {key[0] for key in face_keys(library, "person", person_id=one, ranks={})} == {one}


def test_months_follow_each_other_and_what_has_no_date_is_last(library: Library) -> None:
    keys = face_keys(library, "date")
    months = [divmod(key[0], 12) for key in keys[:-1]]
    assert months[0] == (2025, 4)
    assert months[-1] == (2025, 8)
    assert keys[-1][0] == LAST
    photos = photo_keys(library, "date")
    assert [key[0] for key in photos] == [key[0] for key in keys]
    assert [key[2] for key in photo_keys(library, "quality")] == [key[2] for key in photos]


def test_words_of_certainty_are_those_of_the_order(library: Library) -> None:
    first = library.persons()[0].id
    told_face = library.face_ids(person_id=first)[0]
    library.apply(ConfirmFaces((told_face,)))
    keys = face_keys(library, "certainty")
    words = {face.id: certainty(face) for face in library.faces()}
    assert [words[i] for _, _, i, _ in keys] == [section for section, *_ in keys]
    assert [i for _, _, i, told in keys if told] == [told_face]
    assert words[told_face] is Certainty.TOLD
    assert sorted(words.values()).count(Certainty.NOBODY) == 3
    assert keys[0][1] == min(key[1] for key in keys if key[0] == Certainty.UNSURE)


def test_a_person_knows_how_many_of_the_faces_are_unsure(library: Library) -> None:
    one, two = sorted(library.persons(), key=lambda p: p.id)
    assert (one.unsure_count, two.unsure_count) == (1, 1)
    assert library.person(one.id) == one
    unsure = face_keys(library, "certainty", person_id=one.id)[0][2]
    library.apply(ConfirmFaces((unsure,)))
    assert library.person(one.id).unsure_count == 0  # type: ignore[union-attr]


def test_ignored_faces_are_asked_for_by_their_state(library: Library) -> None:
    nobody = library.face_ids(person_id=None)[0]
    library.apply(IgnoreFaces((nobody,)))
    assert [key[2] for key in face_keys(library, "quality", person_id=None, state=FaceState.IGNORED)] == [nobody]
    assert nobody not in [key[2] for key in face_keys(library, "quality")]


def test_photos_of_some_faces_are_oldest_first_and_missing_ones_are_left_out(library: Library) -> None:
    faces = sorted(library.face_ids())
    photos = [library.face(i).photo_id for i in faces]  # type: ignore[union-attr]
    assert [key[2] for key in photo_keys(library, "quality", faces[2:5])] == photos[2:5]
    library.mark_missing([photos[3]])
    assert [key[2] for key in photo_keys(library, "quality", faces[2:5])] == [photos[2], photos[4]]
    assert [key[2] for key in photo_keys(library, "quality", faces[2:5], ids=[photos[4], photos[7]])] == [photos[4]]
    assert len(face_keys(library, "quality")) == 8


def test_the_newest_photo_of_each_person_is_known(library: Library) -> None:
    two = max(p.id for p in library.persons())
    assert newest_photos(library)[two] == MAY + 5 * 20 * 86_400
    last = sorted(library.face_ids())[7]
    library.apply(MoveFaces((last,), two))
    assert newest_photos(library)[two] == MAY + 7 * 20 * 86_400


def test_counts_leave_out_what_is_missing_ignored_or_no_face(library: Library) -> None:
    before = library.counts()
    assert (before.photos, before.faces, before.persons, before.nobody) == (9, 9, 2, 3)
    nobody = sorted(library.face_ids(person_id=None))
    library.apply(IgnoreFaces((nobody[0],)))
    photos = [library.face(i).photo_id for i in sorted(library.face_ids())[:3]]  # type: ignore[union-attr]
    library.apply(RenamePerson(max(p.id for p in library.persons()), "Anna"))
    library.mark_missing([*photos, library.face(nobody[1]).photo_id])  # type: ignore[union-attr]
    after = library.counts()
    assert (after.photos, after.faces, after.persons, after.nobody, after.ignored) == (5, 4, 1, 1, 1)
