"""A library is examined rule by rule; what is mended keeps every decision, or says which one is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from library_scenes import decided, fill, group

from photoclust.core.edits import ConfirmFaces, IgnoreFaces, MoveFaces, RenamePerson, SetCover
from photoclust.core.errors import UserError
from photoclust.library.health import examine, mend
from photoclust.library.library import Library


@pytest.fixture
def whole(path: Path, tmp_path: Path) -> Path:
    """Twelve faces in four photos; Anna has 1–3 (1 by hand), nobody named has 4–6; 7 is ignored; there is a link."""
    with Library.open(path) as library:
        faces = fill(library, tmp_path, photos=4, faces=3)
        anna, other = group(library, faces[:3], faces[3:6])
        library.apply(RenamePerson(anna, "Anna"))
        library.apply(ConfirmFaces((faces[0],)))
        library.apply(IgnoreFaces((faces[6],)))
        library.apply(SetCover(anna, faces[1]))
        library.apply(MoveFaces((faces[7],), other))
    return path


def harm(path: Path, sql: str) -> None:
    """What a bug, another program or a bad disk does: SQL without any of SQLite's guards."""
    db = sqlite3.connect(path)
    db.executescript(f"PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}")
    db.close()


def test_a_whole_library_has_nothing_wrong_and_is_left_alone(whole: Path) -> None:
    before = whole.read_bytes()
    health = examine(whole)
    assert health.ok
    assert health.wrong == ()
    assert health.counts is not None
    assert (health.counts.photos, health.counts.faces) == (4, 11)
    assert mend(whole) == health
    assert whole.read_bytes() == before
    assert [p.name for p in whole.parent.iterdir()] == [whole.name]


HARMS = {
    "folder": ("DELETE FROM roots", "4 photos in a folder that is not known", "where they lie"),
    "photo": ("DELETE FROM photos WHERE id = 1", "3 faces without a photo", "Face 1 in a lost photo: placed by hand with “Anna”"),
    "size": ("UPDATE photos SET size = 'big' WHERE id = 1", "1 photo whose size or time cannot be read", ""),
    "box": ("UPDATE faces SET x = 'left' WHERE id = 7", "1 face whose place in the photo cannot be read", "Face 7 in 2.jpg"),
    "points": ("UPDATE faces SET landmarks = '[[' WHERE id = 1", "1 face whose eyes and mouth cannot be read", ""),
    "person": ("DELETE FROM persons WHERE name = 'Anna'", "3 faces of a person who is not known", "the name of their person"),
    "state": ("UPDATE faces SET state = 'odd' WHERE id = 7", "1 face neither here nor put aside", "whether they were put aside"),
    "hand": ("UPDATE faces SET by_hand = 1 WHERE id = 7", "1 face confirmed with nobody", "with whom they were confirmed"),
    "drawn": ("UPDATE faces SET drawn = 7 WHERE id = 1", "1 face neither found nor drawn", ""),
    "both": ("UPDATE faces SET state = 'ignored' WHERE id = 2", "1 face both put aside and with a person", "with whom they were"),
    "stranger": ("INSERT INTO strangers VALUES (99, 1)", "1 word about a stranger whose face is not there", ""),
    "link": ("INSERT INTO links VALUES (1, 99, 1, '')", "1 link between faces that are not there", "what was said about pairs"),
    "order": ("INSERT INTO links VALUES (3, 2, 1, '')", "1 link written the wrong way round", ""),
    "cover": ("UPDATE persons SET cover_face = 99 WHERE id = 1", "1 person whose cover is not there", "which cover was chosen"),
    "nobody": ("INSERT INTO persons (id) VALUES (50)", "1 person with neither a name nor a face", ""),
    "vector of none": ("INSERT INTO embeddings VALUES (99, 'embedder', x'00')", "1 description without a face", ""),
    "short vector": (
        "UPDATE embeddings SET vector = substr(vector, 1, 100) WHERE face = 5", "1 face whose description cannot be read", "",
    ),
    "no vector": (
        "UPDATE embeddings SET vector = zeroblob(254) || x'007E' WHERE face = 5", "1 face whose description cannot be read", "",
    ),
    "edit": ("UPDATE edits SET inverse = '{}' WHERE id = 3", "1 edit that cannot be read", "3 edits stay as they are"),
    "deep edit": (
        "UPDATE edits SET edit = '" + "[" * 50_000 + "' WHERE id = 1", "1 edit that cannot be read", "1 edits stay as they are",
    ),
    "twice": (
        "INSERT INTO roots (id, path) SELECT 2, path || '/' FROM roots; "
        "INSERT INTO photos (root, relpath, size, mtime_ns) VALUES (2, '0.jpg', 1, 1)",
        "1 photo at a place that another photo has too", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sql", "told", "lost"), HARMS.values(), ids=HARMS)
def test_what_is_wrong_is_told_mended_and_what_that_costs_is_said(whole: Path, sql: str, told: str, lost: str) -> None:
    harm(whole, sql)
    broken = whole.read_bytes()
    health = examine(whole)
    assert told in health.wrong
    assert health.mendable
    assert whole.read_bytes() == broken, "looking changes nothing"
    after = mend(whole)
    assert after.ok, after.wrong
    assert told in after.mended
    assert bool(after.lost) == bool(lost)
    assert lost.casefold() in " ".join(after.lost).casefold()
    assert examine(whole).ok
    assert after.copy is not None
    assert told in examine(after.copy).wrong, "the copy is the library as it was"
    with Library.open(whole) as library:
        library.faces()
        library.embeddings()
        while library.undo():
            pass


def test_mending_keeps_the_decisions_that_are_not_concerned(whole: Path) -> None:
    with Library.open(whole) as library:
        before = decided(library)
    harm(whole, "UPDATE faces SET landmarks = 'x'; UPDATE embeddings SET vector = x'00' WHERE face = 3; DELETE FROM roots")
    assert mend(whole).ok
    with Library.open(whole) as library:
        assert decided(library) == before
        assert all(photo.scanned_by is None for photo in library.photos()), "they are looked at again"


def test_an_index_that_does_not_fit_is_made_anew(whole: Path) -> None:
    harm(
        whole,
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'faces(photo)', 'faces(person)') "
        "WHERE name = 'faces_photo'",
    )
    health = examine(whole)
    assert health.wrong == ("An index does not fit its table",)
    assert mend(whole).ok
    assert examine(whole).ok


def test_a_path_that_leads_out_of_its_folder_is_told(whole: Path) -> None:
    harm(whole, "UPDATE photos SET relpath = '../../secret.jpg' WHERE id = 1; UPDATE photos SET relpath = '/etc/x' WHERE id = 2")
    health = mend(whole)
    assert health.wrong == ("2 photos whose path leads out of its folder",)
    assert not health.mendable


def test_a_torn_file_is_told_and_not_touched(whole: Path) -> None:
    content = whole.read_bytes()
    for length in (len(content) // 2, 5000, 100, 1):
        whole.write_bytes(content[:length])
        if length == 1:
            break
        health = mend(whole)
        assert health.wrong, f"{length} bytes"
        assert not health.mendable
        assert whole.read_bytes() == content[:length]


def test_a_table_that_is_not_there_is_told(whole: Path) -> None:
    harm(whole, "DROP TABLE links")
    assert examine(whole).wrong == ("The table “links” is not as it should be",)


def test_an_edit_that_cannot_be_read_cannot_be_undone_which_is_said(whole: Path) -> None:
    for text in ("{}", "[]", '{"kind": "restore", "faces": [[1]]}', '{"kind": "restore", "faces": 5}', "[" * 50_000):
        harm(whole, f"UPDATE edits SET inverse = '{text}'")
        with Library.open(whole) as library:
            before = decided(library)
            with pytest.raises(UserError, match="cannot be read"):
                library.undo()
            assert decided(library) == before


def test_an_index_that_hides_two_rows_for_one_is_told_and_left(whole: Path) -> None:
    harm(
        whole,
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'INDEX photos_h', 'UNIQUE INDEX photos_h') "
        "WHERE name = 'photos_hash'; UPDATE photos SET hash = 'same' WHERE id < 3",
    )
    before = examine(whole)
    assert not before.ok
    after = mend(whole)
    assert not after.ok
    assert not after.mendable
