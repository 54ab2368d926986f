"""Faces that the user has drawn: described, suggested, and still there whatever scans, files and models do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from painted import PaintedFace, PaintedFaces, paint, scan
from PIL import Image, ImageDraw

from photoclust.core.changes import Changes
from photoclust.core.edits import AddFace, ChangeBox, MoveFaces, NewPerson, NotAFace, TellApart
from photoclust.core.errors import UserError
from photoclust.core.types import Box, Face, Photo
from photoclust.library.drawing import Described, everyone_else, face_in, save_described, undescribed
from photoclust.library.library import Library
from photoclust.workflows.drawn_faces import describe_drawn, suggest_person
from photoclust.workflows.group_faces import group_faces
from photoclust.workflows.questions import Review

CORNER = (2.0, 2.0, 10.0, 10.0)
"""Away from the face in the middle."""


class Newer(PaintedFaces):
    """Another detector, which finds the face in the corner too, in a box of its own."""

    model_id = "painted-2"

    def analyse(self, photos, *_: object) -> list[list[PaintedFace]]:
        corner = Box(3, 3, 8, 9)
        marks = tuple((3.0 + k, 4.0) for k in range(5))
        return [
            [*faces, PaintedFace(corner, marks, 0.8, 0.5, self._vector(photo[7, 7]))]
            for photo, faces in zip(photos, super().analyse(photos), strict=True)
        ]


class OtherDetector(PaintedFaces):
    """Another detector, which finds what the first one found."""

    model_id = "painted-3"


class OtherEmbedder(PaintedFaces):
    model_id, embedding_id = "painted-1+dense", "dense"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for color in ("red", "green", "blue"):
        path = paint(tmp_path / "photos" / f"{color}.png", color)
        with Image.open(path) as picture:
            ImageDraw.Draw(picture).rectangle((0, 0, 14, 14), fill="yellow")
            picture.save(path)
    return tmp_path / "photos"


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.photoclust") as opened:
        scan(opened, folder)
        yield opened


def photo_of(library: Library, name: str) -> Photo:
    return next(p for p in library.photos() if p.relpath == name)


def draw(library: Library, name: str = "red.png", box: tuple[float, float, float, float] = CORNER) -> Face:
    changes = library.apply(AddFace(photo_of(library, name).id, box)).changes
    (face_id,) = changes.boxes
    face = library.face(face_id)
    assert face is not None
    return face


def described(library: Library, finder: PaintedFaces | None = None) -> list[Changes]:
    return list(describe_drawn(library, session=finder or PaintedFaces()))


def vector_of(library: Library, face_id: int, model: str = "painted") -> np.ndarray | None:
    ids, vectors = library.embeddings(model)
    return vectors[ids.tolist().index(face_id)] if face_id in ids else None


def test_a_face_that_nobody_has_looked_at_yet_is_harmless_everywhere(library: Library) -> None:
    face = draw(library)
    assert face.drawn
    assert face.id in library.face_ids(person_id=None)
    assert vector_of(library, face.id) is None
    assert undescribed(library) == [face.id]
    assert suggest_person(library, face.id) is None
    group_faces(library)
    Review(library)
    anna = library.apply(NewPerson((face.id,), "Anna")).new_persons[0]
    group_faces(library)
    assert library.face_ids(person_id=anna) == [face.id], "no grouping takes it away"


def test_what_is_seen_in_the_box_is_kept_and_told_once(library: Library) -> None:
    face = draw(library)
    (changes,) = described(library)
    assert changes.faces == {face.id}
    assert vector_of(library, face.id) is not None
    assert undescribed(library) == []
    assert described(library) == []


def test_an_import_describes_what_was_drawn_before(library: Library, folder: Path) -> None:
    face = draw(library)
    finder = scan(library, folder)
    assert finder.looked == 1
    assert vector_of(library, face.id) is not None


def test_a_box_that_was_changed_is_looked_into_again_and_keeps_its_person(library: Library) -> None:
    face = next(f for f in library.faces() if f.photo_id == photo_of(library, "red.png").id)
    anna = library.apply(NewPerson((face.id,), "Anna")).new_persons[0]
    before = vector_of(library, face.id)
    applied = library.apply(ChangeBox(face.id, CORNER))
    assert applied.changes.boxes == {face.id}
    assert vector_of(library, face.id) is None, "the old vector tells of another place"
    described(library)
    after, now = vector_of(library, face.id), library.face(face.id)
    assert now is not None
    assert (now.person_id, now.by_hand, now.box) == (anna, True, Box(*CORNER))
    assert float(after @ before) < 0.9
    library.undo()
    np.testing.assert_array_equal(vector_of(library, face.id), before)
    assert undescribed(library) == [], "an undo needs nobody to look again"


def test_an_undo_after_a_restart_takes_the_face_away_and_a_redo_brings_all_of_it_back(library: Library) -> None:
    face = draw(library)
    described(library)
    vector, path = vector_of(library, face.id), library.path
    faces = library.faces()
    with Library.open(path) as again:
        again.undo()
        assert again.face(face.id) is None
        again.redo()
        assert again.faces() == faces
        np.testing.assert_array_equal(vector_of(again, face.id), vector)


def test_what_is_seen_in_a_box_that_has_changed_meanwhile_is_not_kept(library: Library) -> None:
    face = draw(library)
    seen = Described(face.landmarks, 0.5, PaintedFaces()._vector(np.array([1, 2, 3])), "painted")
    library.apply(ChangeBox(face.id, (30.0, 2.0, 10.0, 10.0)))
    assert save_described(library, face.id, face.box, seen) == Changes()
    assert vector_of(library, face.id) is None


@pytest.mark.parametrize("finder", [OtherDetector, Newer])
def test_a_newer_detector_neither_removes_nor_doubles_a_drawn_face(finder: type[PaintedFaces], library, folder) -> None:
    face = draw(library)
    described(library)
    before = len(library.faces())
    scan(library, folder, finder())
    now = library.face(face.id)
    assert now is not None
    assert now.box == face.box, "the box stays the user's"
    on_red = library.faces_of_photo(face.photo_id)
    assert len(on_red) == 2
    assert len(library.faces()) == before + (2 if finder is Newer else 0), "the corners of the other two photos"
    assert now.score == (0.8 if finder is Newer else 0.0)
    assert vector_of(library, face.id) is not None


def test_undoing_a_face_that_a_scan_has_found_since_leaves_it_as_one_that_was_found(library: Library, folder: Path) -> None:
    face = draw(library)
    scan(library, folder, Newer())
    library.undo()
    now = library.face(face.id)
    assert now is not None
    assert not now.drawn
    library.redo()
    again = library.face(face.id)
    assert again is not None
    assert again.drawn


def test_another_embedder_describes_drawn_faces_anew(library: Library, folder: Path) -> None:
    face = draw(library)
    described(library)
    scan(library, folder, OtherEmbedder())
    assert vector_of(library, face.id, "dense") is not None
    assert vector_of(library, face.id, "painted") is None


def test_a_file_that_was_made_smaller_keeps_its_drawn_faces_where_they_are(library: Library, folder: Path) -> None:
    face = draw(library)
    path = folder / "red.png"
    with Image.open(path) as picture:
        picture.resize((32, 24)).save(path)
    scan(library, folder)
    now = library.face(face.id)
    assert now is not None
    assert now.box == Box(1, 1, 5, 5)
    assert len(library.faces_of_photo(face.photo_id)) == 2


def test_a_moved_file_takes_its_drawn_faces_along(library: Library, folder: Path) -> None:
    face = draw(library)
    described(library)
    (folder / "trip").mkdir()
    shutil.move(folder / "red.png", folder / "trip" / "other.png")
    scan(library, folder)
    now = library.face(face.id)
    assert now is not None
    assert now.photo_id == photo_of(library, "trip/other.png").id
    assert vector_of(library, face.id) is not None


def test_a_duplicate_of_a_photo_gets_the_faces_that_were_found_and_not_those_that_were_drawn(library, folder) -> None:
    draw(library)
    described(library)
    shutil.copy(folder / "red.png", folder / "twin.png")
    scan(library, folder)
    assert len(library.faces_of_photo(photo_of(library, "twin.png").id)) == 1


def test_a_photo_that_cannot_be_read_leaves_its_face_waiting(library: Library, folder: Path) -> None:
    face, other = draw(library), draw(library, "blue.png")
    (folder / "red.png").write_bytes(b"nothing")
    assert [c.faces for c in described(library)] == [{other.id}]
    assert undescribed(library) == [face.id]


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        ((16.0, 12.0, 32.0, 24.0), "already"),
        ((2.0, 2.0, 3.0, 3.0), "too small"),
        ((-50.0, 0.0, 40.0, 40.0), "too small"),
        ((float("nan"), 0.0, 10.0, 10.0), "no box"),
        ((1.0, 2.0, 3.0), "no box"),
    ],
)
def test_boxes_in_which_no_face_can_be_are_refused(box, reason: str, library: Library) -> None:
    before = library.faces()
    with pytest.raises(UserError, match=reason):
        library.apply(AddFace(photo_of(library, "red.png").id, box))
    assert library.faces() == before


def test_a_box_ends_at_the_edges_of_its_photo(library: Library) -> None:
    assert draw(library, box=(-5.0, -5.0, 20.0, 20.0)).box == Box(0, 0, 15, 15)


def test_the_face_that_is_in_a_box_already_is_known(library: Library) -> None:
    photo = photo_of(library, "red.png")
    (found,) = library.faces_of_photo(photo.id)
    assert face_in(library, photo.id, Box(15, 11, 32, 24)) == found.id
    assert face_in(library, photo.id, Box(*CORNER)) is None


def unit(vector: np.ndarray) -> np.ndarray:
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def with_vectors(library: Library, vectors: dict[int, np.ndarray]) -> None:
    for face, vector in vectors.items():
        blob = unit(vector).astype(np.float16).tobytes()
        library._db.rows("INSERT OR REPLACE INTO embeddings (face, model, vector) VALUES (?, 'painted', ?)", face, blob)


def people(library: Library, folder: Path) -> tuple[int, int, list[int]]:
    """Anna and Ben with two faces each in photos of their own, and the axis each stands on."""
    for k in range(4):
        paint(folder / f"p{k}.png", f"#1010{k}0")
    scan(library, folder)
    faces = [library.faces_of_photo(photo_of(library, f"p{k}.png").id)[0].id for k in range(4)]
    axes = np.eye(128)
    with_vectors(library, {faces[k]: axes[k // 2] + 0.3 * axes[5 + k] for k in range(4)})
    anna = library.apply(NewPerson((faces[0], faces[1]), "Anna")).new_persons[0]
    ben = library.apply(NewPerson((faces[2], faces[3]))).new_persons[0]
    return anna, ben, faces


def test_who_is_most_like_a_face_is_suggested_with_a_name_or_without(library: Library, folder: Path) -> None:
    anna, ben, _ = people(library, folder)
    face = draw(library)
    with_vectors(library, {face.id: np.eye(128)[0] + 0.5 * np.eye(128)[1] + 0.4 * np.eye(128)[20]})
    found = suggest_person(library, face.id)
    assert found is not None
    assert (found.person_id, found.name, found.face_count) == (anna, "Anna", 2)
    with_vectors(library, {face.id: np.eye(128)[1]})
    found = suggest_person(library, face.id)
    assert found is not None
    assert (found.person_id, found.name) == (ben, "")
    with_vectors(library, {face.id: np.eye(128)[60]})
    assert suggest_person(library, face.id) is None, "like nobody"


def test_whom_it_is_not_is_not_suggested(library: Library, folder: Path) -> None:
    _, _, faces = people(library, folder)
    face = draw(library)
    with_vectors(library, {face.id: np.eye(128)[0]})
    library.apply(TellApart(((faces[0], face.id),)))
    assert suggest_person(library, face.id) is None


def test_somebody_who_is_in_the_photo_already_is_not_suggested(library: Library, folder: Path) -> None:
    anna, _, _ = people(library, folder)
    face = draw(library)
    with_vectors(library, {face.id: np.eye(128)[0]})
    (other,) = (f for f in library.faces_of_photo(face.photo_id) if f.id != face.id)
    library.apply(MoveFaces((other.id,), anna))
    assert suggest_person(library, face.id) is None


def test_everyone_else_is_who_has_no_name(library: Library) -> None:
    photo = photo_of(library, "red.png")
    (found,) = library.faces_of_photo(photo.id)
    one, two, three = (draw(library, box=(x, y, 10.0, 10.0)) for x, y in ((2.0, 2.0), (50.0, 2.0), (2.0, 36.0)))
    library.apply(NewPerson((two.id,), "Anna"))
    library.apply(NotAFace((three.id,)))
    assert everyone_else(library, photo.id, [one.id]) == [found.id]
    assert everyone_else(library, photo.id, [found.id]) == [one.id]


def test_the_questions_take_in_a_drawn_face_without_looking_at_all_again(library: Library) -> None:
    review = Review(library)
    applied = library.apply(AddFace(photo_of(library, "red.png").id, CORNER))
    assert review.follow(library, applied.changes)
    (changes,) = described(library)
    assert review.follow(library, changes)


_step = st.sampled_from(["draw", "box", "name", "undo", "redo", "scan", "newer", "describe", "group", "restart"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(_step, st.integers(0, 5)), max_size=14))
def test_a_drawn_face_stands_until_it_is_undone_whatever_happens(steps, tmp_path_factory: pytest.TempPathFactory) -> None:
    """After each step every face that stands drawn by the edits that stand is there, once, with its box and its name."""
    home = tmp_path_factory.mktemp("life")
    for color in ("red", "green"):
        paint(home / "photos" / f"{color}.png", color)
    library = Library.open(home / "a.photoclust")
    scan(library, home / "photos")
    photos = [p.id for p in library.photos()]
    places = [(2.0 + 16 * k, 1.0, 10.0, 9.0) for k in range(4)]
    told: list[dict[int, tuple[Box, str]]] = [{}]  # what stands after k edits
    done = 0

    def now() -> dict[int, tuple[Box, str]]:
        names = {p.id: p.name for p in library.persons()}
        return {f.id: (f.box, names.get(f.person_id or 0, "")) for f in library.faces() if f.drawn}

    def apply(edit) -> None:
        nonlocal done
        expected = dict(told[done])
        try:
            applied = library.apply(edit)
        except UserError:
            return
        del told[done + 1 :]
        if isinstance(edit, NewPerson):
            expected[edit.face_ids[0]] = (expected[edit.face_ids[0]][0], edit.name)
        else:
            (face,) = applied.changes.boxes or {getattr(edit, "face_id", 0)}
            expected[face] = (Box(*edit.box), expected.get(face, (None, ""))[1])
        if library._db.value("SELECT count(*) FROM edits WHERE undone = 0") > done:
            told.append(expected)
            done += 1

    finder: PaintedFaces = PaintedFaces()
    for step, k in steps:
        drawn = sorted(told[done])
        if step == "draw":
            apply(AddFace(photos[k % 2], places[k % 4]))
        elif step == "box" and drawn:
            x, y, w, h = places[k % 4]
            apply(ChangeBox(drawn[k % len(drawn)], (x, y + 1, w, h)))
        elif step == "name" and drawn:
            apply(NewPerson((drawn[k % len(drawn)],), f"N{k}"))
        elif step in ("undo", "redo"):
            applied = library.undo() if step == "undo" else library.redo()
            done += 0 if applied is None else -1 if step == "undo" else 1
        elif step in ("scan", "newer"):
            finder = OtherDetector() if step == "newer" else PaintedFaces()
            scan(library, home / "photos", finder)
        elif step == "describe":
            described(library, finder)
        elif step == "group":
            if group_faces(library).edit and library._db.value("SELECT count(*) FROM edits WHERE undone = 0") > done:
                del told[done + 1 :]
                told.append(dict(told[done]))
                done += 1
        elif step == "restart":
            library.close()
            library = Library.open(home / "a.photoclust")
        assert now() == told[done]
        assert len(library.faces_of_photo(photos[0])) + len(library.faces_of_photo(photos[1])) == 2 + len(told[done])
    library.close()


def test_in_a_huge_photo_which_comes_at_half_its_size_the_box_is_looked_into_where_it_is(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    face = draw(library)
    described(library)
    whole = vector_of(library, face.id)
    library.apply(ChangeBox(face.id, (1.0, 1.0, 11.0, 11.0)))
    monkeypatch.setattr("photoclust.media.image.WHOLE", 100)
    described(library)
    np.testing.assert_array_equal(vector_of(library, face.id), whole)
    now = library.face(face.id)
    assert now is not None
    assert now.landmarks[2] == pytest.approx((6.5, 1 + 0.58 * 11)), "the nose, in pixels of the whole photo"


def test_whoever_is_drawn_is_no_stranger_however_small(library: Library) -> None:
    face = draw(library, box=(2.0, 2.0, 8.0, 8.0))
    described(library)
    assert face.id not in library.strangers_alone()
    library._db.rows("DELETE FROM strangers WHERE face = ?", face.id)
    assert face.id in library.strangers_alone(), "by its looks it would be one"


def test_a_box_may_be_moved_to_where_something_was_said_to_be_no_face(library: Library) -> None:
    face = draw(library)
    (other,) = (f for f in library.faces_of_photo(face.photo_id) if f.id != face.id)
    place = (other.box.x, other.box.y, other.box.w, other.box.h)
    with pytest.raises(UserError, match="already"):
        library.apply(ChangeBox(face.id, place))
    library.apply(NotAFace((other.id,)))
    library.apply(ChangeBox(face.id, place))
    now = library.face(face.id)
    assert now is not None
    assert now.box == other.box
