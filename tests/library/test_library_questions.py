"""What one can ask a library."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from library_scenes import fill, group, scanned_face, scanned_photo

from photoclust.core.edits import ConfirmFaces, IgnoreFaces, MergePersons, MoveFaces, NotAFace, RenamePerson, SetCover
from photoclust.core.types import FaceState
from photoclust.library.library import Counts, Library


def test_persons_come_biggest_first_then_by_name(library: Library, faces: list[int]) -> None:
    group(library, [1, 2], [3, 4], [5, 6, 7], [8, 9])
    library.apply(RenamePerson(1, "bea"))
    library.apply(RenamePerson(2, "Anna"))
    assert [(p.name, p.face_count, p.photo_count) for p in library.persons()] == [
        ("", 3, 2), ("", 2, 1), ("Anna", 2, 2), ("bea", 2, 1),
    ]  # fmt: skip
    assert [library.person(p.id) for p in library.persons()] == library.persons()


def test_the_cover_is_the_best_face_unless_one_was_chosen(library: Library, tmp_path: Path) -> None:
    root = library.add_root(tmp_path)
    library.save_scanned(root, [scanned_photo("a.jpg", [scanned_face(k, quality=q) for k, q in enumerate([0.3, 0.8, 0.8])])])
    (person,) = group(library, [1, 2, 3])
    assert library.face_ids(person_id=person) == [2, 3, 1]
    assert [p.cover_face_id for p in library.persons()] == [2]
    library.apply(SetCover(person, 1))
    assert [p.cover_face_id for p in library.persons()] == [1]
    library.apply(SetCover(person, None))
    assert [p.cover_face_id for p in library.persons()] == [2]


def test_faces_are_listed_by_person_and_state_best_first(library: Library, faces: list[int]) -> None:
    (person,) = group(library, [1, 2, 3])
    library.apply(IgnoreFaces((3, 4)))
    library.apply(NotAFace((5,)))
    assert library.face_ids() == [1, 2, 6, 7, 8, 9, 10, 11, 12]
    assert library.face_ids(person_id=person) == [1, 2]
    assert library.face_ids(person_id=None) == [6, 7, 8, 9, 10, 11, 12]
    assert library.face_ids(state=FaceState.IGNORED) == [3, 4]
    assert library.face_ids(state=FaceState.NOT_A_FACE) == [5]
    assert library.face_ids(person_id=person, state=FaceState.IGNORED) == []
    assert library.persons_of_faces() == {1: person, 2: person}


def test_what_is_unknown_is_none_or_left_out(library: Library, faces: list[int]) -> None:
    assert (library.photo(99), library.face(99), library.person(99)) == (None, None, None)
    assert [f.id for f in library.faces([2, 99, 1])] == [1, 2]
    assert [p.id for p in library.photos([4, 99])] == [4]
    assert library.faces([]) == []
    assert library.faces_of_photo(99) == []
    assert library.find_persons("Nobody") == []


def test_the_faces_of_a_photo_come_from_left_to_right(library: Library, tmp_path: Path) -> None:
    root = library.add_root(tmp_path)
    library.save_scanned(root, [scanned_photo("a.jpg", [7, 2, 5])])
    assert [f.box.x for f in library.faces_of_photo(1)] == [200, 500, 700]


def test_names_are_found_whatever_their_case(library: Library, faces: list[int]) -> None:
    group(library, [1, 2], [3, 4, 5], [6, 7])
    library.apply(RenamePerson(1, "Zoë Weiß"))
    library.apply(RenamePerson(2, "zoë weiß"))
    assert [p.id for p in library.find_persons("ZOË  WEISS")] == [2, 1], "biggest first"


def test_everything_is_counted(library: Library, faces: list[int], tmp_path: Path) -> None:
    group(library, [1, 2, 3])
    library.apply(IgnoreFaces((4, 5)))
    library.apply(NotAFace((6,)))
    library.save_scanned(library.add_root(tmp_path), [scanned_photo("bad.jpg", [], error="The file is cut off.")])
    assert library.counts() == Counts(photos=5, faces=9, persons=1, nobody=6, ignored=2, not_faces=1, errors=1)


def test_vectors_are_of_one_model_and_of_faces_only(library: Library, faces: list[int], tmp_path: Path) -> None:
    root = library.add_root(tmp_path)
    library.save_scanned(root, [scanned_photo("z.jpg", [20, 21], embedding_id="zeta")])
    library.apply(NotAFace((2,)))
    ids, X = library.embeddings()
    assert ids.tolist() == [1, *range(3, 13)]
    assert ids.dtype == np.int64
    assert X.shape == (11, 128)
    assert X.dtype == np.float32
    assert library.embeddings("zeta")[0].tolist() == [13, 14]


def test_a_library_without_faces_has_no_vectors(library: Library) -> None:
    ids, X = library.embeddings()
    assert ids.shape == (0,)
    assert len(X) == 0


def test_law_is_what_was_placed_by_hand_and_whoever_has_a_name(library: Library, faces: list[int]) -> None:
    anna, other, third = group(library, [1, 2], [3, 4, 5], [6, 7])
    library.apply(RenamePerson(anna, "Anna"))
    library.apply(ConfirmFaces((4,)))
    assert library.pinned_faces() == {1: anna, 2: anna, 4: other}
    decisions = library.decisions([7, 4, 2, 9, 1])
    assert decisions.anchors.tolist() == [-1, other, anna, -1, anna]
    assert decisions.must.shape == decisions.cannot.shape == (0, 2)
    assert third not in decisions.anchors


def test_decisions_are_rows_of_the_faces_that_were_asked_about(library: Library, faces: list[int]) -> None:
    (person,) = group(library, [1, 2, 3, 4])
    library.apply(MoveFaces((2,), None))
    decisions = library.decisions(np.array([4, 2, 9]))
    assert decisions.cannot.tolist() == [[1, 0]]
    assert decisions.must.tolist() == []
    assert decisions.anchors.tolist() == [-1, -1, -1]
    assert library.face_ids(person_id=person) == [1, 3, 4]


def test_facts_that_the_law_contradicts_are_settled(library: Library, faces: list[int]) -> None:
    first, second = group(library, [1, 2, 3], [4, 5, 6])
    library.apply(MergePersons((first, second), first))
    library.apply(RenamePerson(first, "Anna"))
    assert library.links() == [(1, 4, True)]
    library._db.rows("INSERT INTO links VALUES (2, 3, 0, 'an old fact')")
    assert library.decisions(faces).cannot.tolist() == []
    assert library.decisions(faces).must.tolist() == [[0, 3]]


@pytest.mark.parametrize("number", [40_000])
def test_any_number_of_ids_may_be_asked_for(library: Library, tmp_path: Path, number: int) -> None:
    fill(library, tmp_path, photos=2, faces=2)
    assert len(library.faces(range(number))) == 4
    assert len(library.photos(range(number))) == 2
