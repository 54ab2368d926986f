"""A scan adds what is new, and a face that is found again keeps everything decided about it."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from library_scenes import LANDMARKS, decided, group, members, scanned_face, scanned_photo

from photoclust.core.edits import IgnoreFaces, MoveFaces, NewPerson, NotAFace, RenamePerson, TellApart
from photoclust.core.errors import UserError
from photoclust.core.types import Box, FaceState
from photoclust.library.importing import match_boxes
from photoclust.library.library import Library


@pytest.fixture
def root(library: Library, tmp_path: Path) -> int:
    return library.add_root(tmp_path)


def test_a_folder_is_added_once_whatever_way_it_is_written(library: Library, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    first = library.add_root(tmp_path / "real")
    assert library.add_root(tmp_path / "real" / ".." / "link") == first
    assert library.roots() == [tmp_path.resolve() / "real"]


def test_a_photo_is_kept_as_it_was_scanned(library: Library, root: int, tmp_path: Path) -> None:
    changes = library.save_scanned(root, [scanned_photo("a/b.jpg", [0, 1])])
    (photo,) = library.photos()
    assert photo == library.photo(photo.id) == library.root_photos(root)["a/b.jpg"]
    assert photo.path == tmp_path.resolve() / "a" / "b.jpg"
    assert (photo.size, photo.mtime_ns, photo.hash, photo.taken_at) == (1000, 5, "hash of a/b.jpg", 1.5e9)
    assert (photo.width, photo.height, photo.orientation, photo.scanned_by) == (4000, 3000, 6, "detector")
    assert library.photos_with_hash("hash of a/b.jpg") == [photo]
    assert changes.photos == {photo.id}
    assert changes.faces == {f.id for f in library.faces()}


def test_a_face_is_kept_as_it_was_scanned(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [3])])
    (face,) = library.faces()
    assert (face.box, face.landmarks, face.score, face.quality) == (Box(300, 10, 60, 80), LANDMARKS, 0.9, 0.2)
    assert (face.person_id, face.by_hand, face.state, face.confidence) == (None, False, FaceState.FACE, None)
    ids, X = library.embeddings()
    assert ids.tolist() == [face.id]
    assert np.linalg.norm(X[0]) == pytest.approx(1, abs=1e-6)
    assert X[0] @ scanned_face(3).vector > 0.99999


def test_faces_found_again_keep_their_ids_and_decisions(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [0, 1, 2])])
    group(library, [1, 2])
    library.apply(RenamePerson(1, "Anna"))
    before = decided(library)
    faces = [scanned_face(k, shift=6) for k in (2, 1, 0)]
    moved = scanned_photo("a.jpg", faces, size=2000, hash="other", embedding_id="newer")
    library.save_scanned(root, [moved])
    assert decided(library) == before
    assert [f.box.x for f in library.faces()] == [6, 106, 206]
    assert [p.size for p in library.photos()] == [2000]
    ids, X = library.embeddings("newer")
    assert ids.tolist() == [1, 2, 3]
    assert X[2] @ scanned_face(2).vector > 0.999, "vectors go to the face whose box matches, not by order"
    assert len(library.embeddings("embedder")[0]) == 0


def test_faces_no_longer_found_stay_only_if_something_was_decided(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", range(6))])
    group(library, [1, 2, 6])
    library.apply(MoveFaces((2,), 1))
    library.apply(IgnoreFaces((3,)))
    library.apply(NotAFace((4,)))
    changes = library.save_scanned(root, [scanned_photo("a.jpg", [5, 7])])
    faces = library.faces()
    assert [f.id for f in faces] == [2, 3, 4, 6, 7]
    assert faces[-1].box == scanned_face(7).box
    assert changes.faces == {1, 5, 6, 7}
    assert members(library, 1) == {2, 6}


def test_another_way_of_looking_takes_no_face_from_a_name_or_a_link_but_other_content_does(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", range(6))])
    group(library, [1, 2], [3, 4])
    library.apply(RenamePerson(1, "Anna"))
    library.apply(TellApart(((3, 5),)))
    library.save_scanned(root, [scanned_photo("a.jpg", [7], scanned_by="closer")])
    assert [f.id for f in library.faces()] == [1, 2, 3, 5, 7], "nobody has told anything of 4 and 6"
    assert (members(library, 1), library.links()) == ({1, 2}, [(3, 5, False)])
    assert library.embeddings()[0].tolist() == [1, 2, 3, 5, 7], "they are grouped by the vectors they have"
    library.save_scanned(root, [scanned_photo("a.jpg", [7], hash="other bytes", scanned_by="closer")])
    assert [f.id for f in library.faces()] == [7]


def test_an_unnamed_person_without_faces_goes_but_a_name_stays(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", range(4))])
    group(library, [1, 2], [3, 4])
    library.apply(RenamePerson(1, "Anna"))
    changes = library.save_scanned(root, [scanned_photo("a.jpg", [], hash="other bytes")])
    assert [(p.name, p.face_count, p.cover_face_id) for p in library.persons()] == [("Anna", 0, None)]
    assert changes.persons == {1, 2}


def test_a_photo_with_an_error_keeps_its_faces_and_looks(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [0, 1])])
    broken = scanned_photo("a.jpg", [], error="The file is cut off.", width=0, height=0, mtime_ns=6)
    library.save_scanned(root, [broken])
    (photo,) = library.errors()
    assert (photo.error, photo.width, photo.mtime_ns) == ("The file is cut off.", 4000, 6)
    assert len(library.faces()) == 2
    library.save_scanned(root, [scanned_photo("a.jpg", [0, 1])])
    assert library.errors() == []


def test_a_whole_folder_moves_in_one_row(library: Library, root: int, tmp_path: Path) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [0])])
    library.move_root(root, tmp_path / "elsewhere")
    assert [p.path for p in library.photos()] == [tmp_path.resolve() / "elsewhere" / "a.jpg"]
    library.add_root(tmp_path / "third")
    with pytest.raises(UserError, match="in the library already"):
        library.move_root(root, tmp_path / "third")


def test_a_duplicate_gets_copies_of_the_faces(library: Library, root: int) -> None:
    photo = scanned_photo("a.jpg", [0, 1, 2])
    library.save_scanned(root, [photo])
    copies = library.copy_faces(1)
    assert [(c.box, c.landmarks, c.score, c.quality) for c in copies] == [
        (f.box, f.landmarks, f.score, f.quality) for f in photo.faces
    ]
    assert all(c.vector @ f.vector > 0.99999 for c, f in zip(copies, photo.faces, strict=True))
    library.save_scanned(root, [scanned_photo("b.jpg", copies)])
    _, X = library.embeddings()
    assert np.array_equal(X[:3], X[3:])
    assert library.copy_faces(1, "another model") == ()
    assert library.copy_faces(99) == ()


@pytest.mark.skipif(os.name == "nt", reason="file names are always text there")
def test_a_file_name_that_is_no_text_is_kept(library: Library, root: int) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    library.save_scanned(root, [scanned_photo(name, [0], hash="h")])
    assert [p.relpath for p in library.photos()] == [name]
    library.apply(NewPerson((1,), "Anna"))
    library.move_photos(root, [(1, name + "2", 1)])
    assert list(library.root_photos(root)) == [name + "2"]


def test_a_batch_is_saved_whole_or_not_at_all(library: Library, root: int) -> None:
    bad = scanned_photo("b.jpg", [0], size=None)
    with pytest.raises(Exception, match="NOT NULL"):
        library.save_scanned(root, [scanned_photo("a.jpg", [0]), bad])
    assert library.photos() == []


def test_a_run_is_noted(library: Library) -> None:
    first = library.record_run("avgae", {"h1": 8}, 3, {"seconds": 1.5})
    assert library.record_run("avgae", {}, 4, {}) == first + 1
    row = library._db.rows("SELECT engine, options, seed, measures FROM runs WHERE id = ?", first)
    assert row == [("avgae", '{"h1": 8}', 3, '{"seconds": 1.5}')]


_boxes = st.lists(st.builds(Box, st.floats(0, 60), st.floats(0, 60), st.floats(5, 50), st.floats(5, 50)), max_size=6)


@given(_boxes, _boxes)
def test_boxes_match_one_to_one_and_best_first(old: list[Box], new: list[Box]) -> None:
    matched = match_boxes(list(enumerate(old)), new)
    assert len(set(matched.values())) == len(matched)
    for k, now in enumerate(new):
        for face, was in enumerate(old):
            overlap = was.iou(now)
            if k in matched and matched[k] == face:
                assert overlap >= 0.5
            elif overlap >= 0.5:  # then one of the two has a match at least as good
                rivals = [old[matched[k]].iou(now)] if k in matched else []
                rivals += [was.iou(new[j]) for j, f in matched.items() if f == face]
                assert max(rivals, default=0) >= overlap
