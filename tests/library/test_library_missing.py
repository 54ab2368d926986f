"""A photo whose file is not there keeps all its rows, hidden, until it is back or the user says forget."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import numpy as np
import pytest
from library_scenes import decided, fill, group, members, scanned_face, scanned_photo

from photoclust.core.edits import NewPerson, Regroup, RenamePerson, SetCover
from photoclust.core.types import FaceState
from photoclust.library.database import SCHEMA_VERSION
from photoclust.library.library import Library
from photoclust.library.matching import plan_regroup


@pytest.fixture
def root(library: Library, tmp_path: Path) -> int:
    return library.add_root(tmp_path)


def everything(library: Library) -> dict[str, list[tuple[object, ...]]]:
    tables = ("photos", "faces", "embeddings", "persons", "links")
    return {table: library._db.rows(f"SELECT * FROM {table} ORDER BY 1, 2") for table in tables}


def test_a_missing_photo_is_nowhere_to_be_seen_and_comes_back_as_it_was(library: Library, faces: list[int]) -> None:
    anna, ben = group(library, [1, 2, 4, 5], [7, 8, 9])  # photos 1 and 2; photo 3
    library.apply(RenamePerson(anna, "Anna"))
    library.apply(SetCover(anna, 2))
    before, seen = everything(library), (library.counts(), library.persons(), library.face_ids(), library.photo_ids())
    changes = library.mark_missing([1, 3])
    assert (changes.photos, changes.persons) == ({1, 3}, {anna, ben})
    assert changes.faces == {1, 2, 3, 7, 8, 9}
    counts = library.counts()
    assert (counts.photos, counts.faces, counts.persons, counts.nobody, counts.missing) == (2, 6, 1, 4, 2)
    assert [(p.id, p.face_count, p.photo_count, p.cover_face_id) for p in library.persons()] == [(anna, 2, 1, 4)]
    assert library.person(ben) is None
    assert library.photo_ids() == [2, 4]
    assert library.face_ids(person_id=anna) == [4, 5]
    assert [p.id for p in library.missing()] == [1, 3]
    assert library.embeddings()[0].tolist() == [4, 5, 6, 10, 11, 12]
    library.mark_found([1, 3])
    assert everything(library) == before
    assert (library.counts(), library.persons(), library.face_ids(), library.photo_ids()) == seen


def test_a_grouping_leaves_the_faces_of_missing_photos_where_they_are(library: Library, faces: list[int]) -> None:
    first, second = group(library, [1, 2, 4], [5, 7])
    library.mark_missing([1])  # faces 1, 2, 3
    ids, _ = library.embeddings()
    edit = plan_regroup(library, ids, np.where(np.isin(ids, [4, 5, 6]), 0, -1), np.ones(len(ids), np.float32), "e", 0)
    library.apply(edit)
    library.mark_found([1])
    owners = library.persons_of_faces()
    assert (owners[1], owners[2]) == (first, first), "not even asked about, so not moved"
    assert owners[4] == owners[5] == owners[6]
    library.undo()
    assert members(library, first) == {1, 2, 4}
    assert members(library, second) == {5, 7}


def test_a_regroup_written_before_faces_could_be_unseen_is_still_read(library: Library, faces: list[int]) -> None:
    from photoclust.core.edits import from_json

    assert from_json('{"kind":"regroup","groups":[[1,2]],"persons":[null]}') == Regroup(((1, 2),), (None,))


def test_a_photo_that_was_never_read_is_forgotten_with_its_file(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [], error="It is no photo."), scanned_photo("b.jpg", [])])
    library.mark_missing([1, 2])
    assert [p.relpath for p in library.missing()] == ["b.jpg"], "a landscape need not be looked at again when it is back"


def test_what_is_forgotten_is_gone_with_its_faces_but_names_stay(library: Library, faces: list[int]) -> None:
    anna, ben = group(library, [1, 2], [3, 4, 5])
    library.apply(RenamePerson(anna, "Anna"))
    library.mark_missing([1, 3])
    changes = library.forget([1, 2])  # photo 2 is there
    assert (changes.photos, changes.faces) == ({1}, {1, 2, 3})
    assert [f.id for f in library.faces()] == faces[3:]
    assert {(p.id, p.name, p.face_count) for p in library.persons()} == {(anna, "Anna", 0), (ben, "", 2)}
    assert [p.id for p in library.missing()] == [3]
    assert library._db.rows("PRAGMA foreign_key_check") == []
    while library.undo():
        assert library._db.rows("PRAGMA foreign_key_check") == []


def test_a_missing_photo_that_is_scanned_again_is_there(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [0, 1])])
    library.apply(NewPerson((1,), "Anna"))
    before = decided(library)
    library.mark_missing([1])
    library.save_scanned(root, [scanned_photo("a.jpg", [0, 1])])
    assert (library.missing(), decided(library)) == ([], before)


def test_moved_files_keep_everything_also_in_another_folder(library: Library, root: int, tmp_path: Path) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [0, 1])])
    group(library, [1, 2])
    before = decided(library)
    other = library.add_root(tmp_path / "other")
    library.mark_missing([1])
    library.move_photos(other, [(1, "c/d.jpg", 77)])
    (photo,) = library.photos()
    assert photo.path == tmp_path.resolve() / "other" / "c" / "d.jpg"
    assert (photo.mtime_ns, photo.missing) == (77, False)
    assert library.root_photos(root) == {}
    assert decided(library) == before


def test_files_that_swapped_their_names_keep_their_own_faces(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo(name, [k]) for k, name in enumerate(("a.jpg", "b.jpg", "c.jpg"))])
    library.move_photos(root, [(1, "b.jpg", 1), (2, "c.jpg", 2), (3, "a.jpg", 3)])
    assert {path: photo.id for path, photo in library.root_photos(root).items()} == {"b.jpg": 1, "c.jpg": 2, "a.jpg": 3}


def test_a_photo_whose_name_another_has_taken_keeps_its_rows_under_an_earlier_name(library: Library, root: int) -> None:
    names = ("a.jpg", "b.jpg", "c.jpg")
    library.save_scanned(root, [scanned_photo(name, [k]) for k, name in enumerate(names)])
    library.move_photos(root, [(2, "a.jpg", 1)])
    library.move_photos(root, [(3, "a.jpg", 1)])
    assert {p.id: p.relpath for p in library.photos()} == {1: "a.jpg (earlier)", 2: "a.jpg (earlier 2)", 3: "a.jpg"}


@pytest.mark.skipif(os.name == "nt", reason="file names are always text there")
def test_a_name_that_is_no_text_can_be_taken_too(library: Library, root: int) -> None:
    name = os.fsdecode(b"caf\xe9.jpg")
    library.save_scanned(root, [scanned_photo(name, [0], hash="h"), scanned_photo("b.jpg", [1])])
    library.move_photos(root, [(2, name, 1)])
    assert {p.id: p.relpath for p in library.photos()} == {1: f"{name} (earlier)", 2: name}


def test_old_vectors_stay_until_another_model_has_looked_at_everything(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [0, 1]), scanned_photo("b.jpg", [2])])
    assert library.settle_model("detector", "embedder")
    library.save_scanned(root, [scanned_photo("a.jpg", [0, 1, 5], scanned_by="new", embedding_id="newer")])
    assert not library.settle_model("new", "newer")
    assert library.embeddings()[0].tolist() == [1, 2, 3], "the old groups can still be made"
    library.save_scanned(root, [scanned_photo("b.jpg", [2], scanned_by="new", embedding_id="newer")])
    assert library.embeddings()[0].tolist() == [1, 2, 3]
    assert library.settle_model("new", "newer")
    ids, vectors = library.embeddings()
    assert ids.tolist() == [1, 2, 3, 4]
    assert vectors[3] @ scanned_face(5).vector > 0.999
    assert library._db.value("SELECT count(*) FROM embeddings") == 4


def test_photos_that_cannot_be_looked_at_now_keep_their_vectors_and_hold_nothing_up(
    library: Library, root: int, tmp_path: Path
) -> None:
    away = library.add_root(tmp_path / "drive")
    unreadable = scanned_photo("x.jpg", [], error="It is no photo.")
    library.save_scanned(root, [scanned_photo("a.jpg", [0]), scanned_photo("gone.jpg", [1]), unreadable])
    library.save_scanned(away, [scanned_photo("b.jpg", [2])])
    library.mark_missing([2])
    library.save_scanned(root, [scanned_photo("a.jpg", [0], scanned_by="new", embedding_id="newer")])
    assert not library.settle_model("new", "newer")
    assert library.settle_model("new", "newer", [away])
    assert library.embeddings()[0].tolist() == [1]
    assert library.embeddings("embedder")[0].tolist() == [3], "what the drive holds is known by the old model only"
    library.mark_found([2])
    assert library.embeddings("embedder")[0].tolist() == [2, 3]


def test_a_changed_photo_loses_the_vectors_of_every_model(library: Library, root: int) -> None:
    library.save_scanned(root, [scanned_photo("a.jpg", [0])])
    library.save_scanned(root, [scanned_photo("a.jpg", [0], hash="other bytes", embedding_id="newer")])
    assert library._db.rows("SELECT model FROM embeddings") == [("newer",)]


def test_folders_are_watched_until_the_user_says_otherwise(library: Library, root: int, tmp_path: Path, path: Path) -> None:
    library.add_root(tmp_path / "second")
    library.watch_root(root, False)
    with Library.open(path) as again:
        assert [(r.path, r.watched) for r in again.root_rows()] == [(tmp_path, False), (tmp_path / "second", True)]


def test_a_library_of_the_first_release_is_brought_up_to_date(path: Path) -> None:
    old = sqlite3.connect(path)
    old.executescript((Path(__file__).parent / "schema_1.sql").read_text())
    old.close()
    with Library.open(path) as library:
        assert library._db.value("PRAGMA user_version") == SCHEMA_VERSION
        assert library._db.value("SELECT count(*) FROM faces WHERE prominence IS NULL") == 0
        assert library._db.value("PRAGMA integrity_check") == "ok"
        assert library._db.rows("PRAGMA foreign_key_check") == []
        assert [(p.relpath, p.missing, p.error) for p in library.photos()] == [
            ("a.jpg", False, None), ("b.jpg", True, None), ("cut.jpg", False, "The file is cut off."),
        ]  # fmt: skip
        assert [(p.name, p.face_count) for p in library.persons()] == [("Anna", 1), ("Bea", 0)]
        library.mark_found([2])
        assert {p.name: p.face_count for p in library.persons()} == {"Anna": 2, "Bea": 1}
        assert [f.state for f in library.faces()] == [FaceState.FACE] * 4
        assert [(r.path, r.watched) for r in library.root_rows()] == [(Path("/photos"), True)]
        assert library.embeddings()[0].tolist() == [1, 2, 3, 4]
        assert library.undo_text() == "Make “Bea” of 1 face"
        library.undo()
        library.undo()
        assert [p.name for p in library.persons()] == [""]
    assert len(list(path.parent.glob("*.before-update-1-*"))) == 1


def test_hiding_missing_photos_costs_no_scan_of_all_faces(library: Library, tmp_path: Path) -> None:
    fill(library, tmp_path, photos=3, faces=2)
    hidden = "SELECT id FROM photos WHERE missing = 1"
    plan = library._db.rows(f"EXPLAIN QUERY PLAN SELECT count(*) FROM faces WHERE photo NOT IN ({hidden})")
    assert any("photos_missing" in row[-1] for row in plan)
