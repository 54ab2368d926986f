"""Files that are moved, renamed, swapped, deleted, unplugged and back again: nothing that is known of them is lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from painted import PaintedFaces, paint, scan

from photoclust.cli import OK, main
from photoclust.core.edits import MoveFaces, NewPerson, Regroup
from photoclust.core.errors import UserError
from photoclust.library.library import Library
from photoclust.workflows.folders import forget_missing, is_away
from photoclust.workflows.import_photos import import_photos

COLORS = ("red", "green", "blue", "orange")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Four photos of one size in bytes (PNGs of one colour differ in nothing else)."""
    for color in COLORS:
        paint(tmp_path / "photos" / "2020" / f"{color}.bmp", color)
    return tmp_path / "photos"


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library.photoclust") as opened:
        yield opened


@pytest.fixture
def named(library: Library, folder: Path) -> dict[str, int]:
    """The photos are scanned, and everybody on them has the name of the colour; the photos' ids by name."""
    scan(library, folder)
    for photo in library.photos():
        face = library.faces_of_photo(photo.id)[0]
        library.apply(NewPerson((face.id,), Path(photo.relpath).stem))
    return {Path(p.relpath).stem: p.id for p in library.photos()}


def whereabouts(library: Library) -> dict[str, str]:
    """Whose photo each file is: names by relpath; missing ones are left out."""
    names = {p.id: p.name for p in library.persons()}
    return {
        photo.relpath: names.get(face.person_id, "?")
        for photo in library.photos()
        if not photo.missing
        for face in library.faces_of_photo(photo.id)
    }


def test_a_second_import_of_an_unchanged_folder_opens_no_file_and_writes_nothing(library, folder, monkeypatch) -> None:
    paint(folder / "white.png", "white")
    scan(library, folder)
    before = library._db.value("PRAGMA data_version"), library._db._connection.total_changes
    monkeypatch.setattr(Path, "open", None)  # reading any file would fail
    assert list(import_photos(library, folder, session=PaintedFaces())) == []
    assert (library._db.value("PRAGMA data_version"), library._db._connection.total_changes) == before


def test_a_deleted_photo_is_hidden_and_comes_back_as_it_was(library, folder, named) -> None:
    scan(library, folder)
    before = library.counts(), whereabouts(library), library.persons()
    content, stat = (folder / "2020/red.bmp").read_bytes(), (folder / "2020/red.bmp").stat()
    (folder / "2020/red.bmp").unlink()
    scan(library, folder)
    assert (library.counts().photos, library.counts().missing, library.counts().faces) == (3, 1, 3)
    assert [p.id for p in library.missing()] == [named["red"]]
    (folder / "2020/red.bmp").write_bytes(content)
    os.utime(folder / "2020/red.bmp", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert scan(library, folder).looked == 0
    assert (library.counts(), whereabouts(library), library.persons()) == before


def test_a_photo_brought_back_from_a_backup_with_another_time_is_not_looked_at(library, folder, named) -> None:
    before = whereabouts(library)
    content = (folder / "2020/red.bmp").read_bytes()
    (folder / "2020/red.bmp").unlink()
    scan(library, folder)
    (folder / "2020/red.bmp").write_bytes(content)
    os.utime(folder / "2020/red.bmp", ns=(5, 5))
    assert scan(library, folder).looked == 0
    assert whereabouts(library) == before
    assert library.missing() == []


def test_a_renamed_folder_keeps_all_faces_and_persons(library, folder, named) -> None:
    (folder / "2020").rename(folder / "Summer")
    assert scan(library, folder).looked == 0
    assert whereabouts(library) == {f"Summer/{color}.bmp": color for color in COLORS}
    assert library.missing() == []


def test_a_root_folder_under_another_name_keeps_all_faces_and_persons(library, folder, named) -> None:
    folder.rename(folder.with_name("pictures"))
    assert scan(library, folder.with_name("pictures")).looked == 0
    assert whereabouts(library) == {f"2020/{color}.bmp": color for color in COLORS}
    assert {p.root.name for p in library.photos()} == {"pictures"}
    assert {p.id for p in library.photos()} == set(named.values())


def test_a_photo_that_went_to_another_folder_of_the_library_keeps_its_faces(library, folder, named, tmp_path) -> None:
    paint(tmp_path / "other" / "a.bmp", "cyan")
    scan(library, tmp_path / "other")
    shutil.move(folder / "2020/red.bmp", tmp_path / "other/moved.bmp")
    assert scan(library, tmp_path / "other").looked == 0
    assert library.photo(named["red"]).path == tmp_path / "other" / "moved.bmp"
    scan(library, folder)
    assert library.missing() == []
    assert library.counts().photos == 5


def test_a_copy_in_another_folder_is_a_copy(library, folder, named, tmp_path) -> None:
    (tmp_path / "other").mkdir()
    shutil.copy(folder / "2020/red.bmp", tmp_path / "other/copy.bmp")
    assert scan(library, tmp_path / "other").looked == 0
    assert library.photo(named["red"]).path == folder / "2020/red.bmp"
    assert library.counts().photos == 5
    faces = [library.faces_of_photo(p.id)[0].id for p in library.photos_with_hash(library.photo(named["red"]).hash)]
    vectors = dict(zip(*library.embeddings(), strict=True))
    np.testing.assert_allclose(vectors[faces[0]], vectors[faces[1]])


def test_photos_numbered_anew_keep_their_own_persons(library, folder, named) -> None:
    order = ["red", "green", "blue", "orange"]
    for i, color in enumerate(order):  # times differ, as a camera's do
        os.utime(folder / f"2020/{color}.bmp", ns=(i, i * 10**9))
    scan(library, folder)
    for color in reversed(order):
        (folder / f"2020/{color}.bmp").rename(folder / f"2020/{[*order, 'new'][order.index(color) + 1]}.bmp")
    assert scan(library, folder).looked == 0
    assert whereabouts(library) == {
        "2020/green.bmp": "red", "2020/blue.bmp": "green", "2020/orange.bmp": "blue", "2020/new.bmp": "orange",
    }  # fmt: skip
    assert {p.id for p in library.photos()} == set(named.values())


def test_photos_that_swapped_their_names_keep_their_own_persons(library, folder, named) -> None:
    os.utime(folder / "2020/red.bmp", ns=(5, 5))
    (folder / "2020/red.bmp").rename(folder / "x")
    (folder / "2020/green.bmp").rename(folder / "2020/red.bmp")
    (folder / "x").rename(folder / "2020/green.bmp")
    assert scan(library, folder).looked == 0
    assert whereabouts(library) == {
        "2020/red.bmp": "green", "2020/green.bmp": "red", "2020/blue.bmp": "blue", "2020/orange.bmp": "orange",
    }  # fmt: skip


def test_a_photo_renamed_over_another_does_not_get_the_others_person(library, folder, named) -> None:
    os.utime(folder / "2020/green.bmp", ns=(5, 5))
    (folder / "2020/green.bmp").replace(folder / "2020/red.bmp")
    scan(library, folder)
    assert whereabouts(library) == {"2020/red.bmp": "green", "2020/blue.bmp": "blue", "2020/orange.bmp": "orange"}
    assert [(p.id, p.relpath) for p in library.missing()] == [(named["red"], "2020/red.bmp (earlier)")]
    assert scan(library, folder).looked == 0
    paint(folder / "back.bmp", "red")
    assert scan(library, folder).looked == 0
    assert whereabouts(library)["back.bmp"] == "red"


def test_an_edited_photo_keeps_its_person_and_its_saved_original_gets_the_faces(library, folder, named) -> None:
    shutil.copy(folder / "2020/red.bmp", folder / "2020/red-original.bmp")
    paint(folder / "2020/red.bmp", "#fe0101", (72, 54))
    assert scan(library, folder).looked in (1, 2)
    assert whereabouts(library)["2020/red.bmp"] == "red"
    assert len(library.faces_of_photo(library.root_photos(1)["2020/red-original.bmp"].id)) == 1


def test_a_moved_photo_keeps_its_persons_when_another_model_looks_at_it(library, folder, named) -> None:
    finder = PaintedFaces()
    finder.model_id, finder.embedding_id = "painted-2", "painted-2"
    (folder / "2020").rename(folder / "Summer")
    assert scan(library, folder, finder).looked == 4
    assert whereabouts(library) == {f"Summer/{color}.bmp": color for color in COLORS}


def test_an_unplugged_drive_is_told_and_nothing_is_taken_for_deleted(library, folder, named) -> None:
    library._db.rows("UPDATE roots SET volume = ?", str(folder))  # as if a drive had been mounted there
    before = library.counts(), whereabouts(library), library.root_rows()
    shutil.move(folder, folder.with_name("elsewhere"))
    with pytest.raises(UserError, match=r"is not there.*connect it.*kept"):
        scan(library, folder)
    folder.mkdir()  # the empty place where it is mounted
    assert is_away(library.root_rows()[0])
    with pytest.raises(UserError, match=r"is not there.*connect it.*kept"):
        scan(library, folder)
    assert (library.counts(), whereabouts(library), library.root_rows()) == before
    folder.rmdir()
    shutil.move(folder.with_name("elsewhere"), folder)
    assert scan(library, folder).looked == 0
    assert not is_away(library.root_rows()[0]), "it lies on the system's drive now, and that is noted"


def test_a_copy_of_what_lies_on_an_unplugged_drive_does_not_take_its_faces_away(library, folder, named, tmp_path) -> None:
    library._db.rows("UPDATE roots SET volume = ?", str(folder))
    shutil.move(folder, tmp_path / "drive")
    shutil.copytree(tmp_path / "drive", tmp_path / "copy")
    assert scan(library, tmp_path / "copy").looked == 0
    assert {p.id for p in library.photos() if p.root == folder} == set(named.values())
    assert library.counts().photos == 8


def test_a_root_folder_that_is_gone_is_told_and_nothing_is_taken_for_deleted(library, folder, named) -> None:
    before = library.counts()
    folder.rename(folder.with_name("hidden"))
    with pytest.raises(UserError, match="is not there"):
        scan(library, folder)
    with pytest.raises(UserError, match="is not there"):
        scan(library, folder / "2020")
    assert library.counts() == before


def test_a_folder_that_vanishes_midway_stops_the_import_and_loses_nothing(library, folder, named) -> None:
    before = whereabouts(library)
    for i in range(20):
        paint(folder / f"z{i:02}.bmp", f"#{i:02x}8020")
    finder = PaintedFaces()
    analyse = finder.analyse

    def unplug(photos, *rest):
        if folder.exists():
            folder.rename(folder.with_name("unplugged"))
        return analyse(photos, *rest)

    finder.analyse = unplug
    with pytest.raises(UserError, match="is not there"):
        scan(library, folder, finder)
    assert whereabouts(library).items() >= before.items()
    assert library.errors() == []
    folder.with_name("unplugged").rename(folder)
    scan(library, folder)
    assert library.counts().photos == 24
    assert library.errors() == []


def test_a_file_that_vanishes_before_it_is_read_is_no_problem(library, folder, named) -> None:
    for i in range(12):
        paint(folder / f"z{i:02}.bmp", f"#{i:02x}8020")
    (folder / "2020/red.bmp").write_bytes((folder / "2020/red.bmp").read_bytes() + b"x")
    finder = PaintedFaces()
    analyse = finder.analyse

    def delete(photos, *rest):
        (folder / "z11.bmp").unlink(missing_ok=True)
        return analyse(photos, *rest)

    finder.analyse = delete
    scan(library, folder, finder)
    assert library.errors() == []
    assert library.counts().photos == 15
    assert library.counts().missing == 0


def test_only_what_is_really_gone_is_forgotten(library, folder, named, tmp_path) -> None:
    paint(tmp_path / "drive" / "cyan.bmp", "cyan")
    paint(tmp_path / "drive" / "pink.bmp", "pink")
    scan(library, tmp_path / "drive")
    for path in (folder / "2020/red.bmp", folder / "2020/green.bmp", tmp_path / "drive/cyan.bmp"):
        path.unlink()
    scan(library, folder)
    scan(library, tmp_path / "drive")
    assert library.counts().missing == 3
    paint(folder / "2020/green.bmp", "green")  # back, but not seen yet
    library._db.rows("UPDATE roots SET volume = ? WHERE id = 2", str(tmp_path / "drive"))  # unplugged meanwhile
    forgotten = forget_missing(library)
    assert (forgotten.photos, forgotten.found, forgotten.away) == (1, 1, 1)
    assert library.photo(named["red"]) is None
    scan(library, folder)
    assert whereabouts(library)["2020/green.bmp"] == "green"


def test_the_old_groups_stay_until_another_model_has_seen_everything(library, folder, monkeypatch) -> None:
    monkeypatch.setattr("photoclust.workflows.import_photos.BATCH", 2)
    scan(library, folder)
    faces = sorted(library.face_ids())
    (group,) = library.apply(Regroup((tuple(faces),), (None,))).new_persons
    finder = PaintedFaces()
    finder.model_id, finder.embedding_id = "painted-2", "painted-2"
    changes = import_photos(library, folder, session=finder)
    next(changes)
    changes.close()  # stopped after two of four
    assert library.embeddings()[0].tolist() == faces, "a grouping now still sees everybody as before"
    assert len(library.embeddings("painted-2")[0]) == 2
    assert sorted(library.face_ids(person_id=group)) == faces
    looked = finder.looked  # two more may have been looked at, ahead of being written
    assert scan(library, folder, finder).looked == looked + 2
    assert library.embeddings()[0].tolist() == library.embeddings("painted-2")[0].tolist() == faces
    assert len(library.embeddings("painted")[0]) == 0
    assert sorted(library.face_ids(person_id=group)) == faces


def test_a_face_moved_by_hand_is_law_through_a_change_of_model(library, folder, named) -> None:
    anna = library.persons()[0].id
    faces = library.face_ids()
    library.apply(MoveFaces((faces[0], faces[1]), anna))
    before = library.pinned_faces()
    finder = PaintedFaces()
    finder.model_id, finder.embedding_id = "painted-2", "painted-2"
    scan(library, folder, finder)
    assert library.pinned_faces() == before


def test_the_command_line_lists_missing_photos_and_forgets_them_when_told(library, folder, named, capsys) -> None:
    (folder / "2020/red.bmp").unlink()
    scan(library, folder)
    command = ["missing", "--library", str(library.path), "--json"]
    assert main(command) == OK
    assert json.loads(capsys.readouterr().out) == {"missing": [str(folder / "2020/red.bmp")], "forgotten": 0}
    assert library.counts().missing == 1
    assert main([*command, "--forget"]) == OK
    assert json.loads(capsys.readouterr().out)["forgotten"] == 1
    assert library.photo(named["red"]) is None


def test_the_networks_tell_their_names_without_being_loaded() -> None:
    code = (
        "import sys; from photoclust.workflows.networks import Networks; n = Networks(); names = n.model_id, n.embedding_id\n"
        "assert n.device == '' and 'torch' not in sys.modules, 'torch was imported for a name'\n"
        "from photoclust.vision.session import FaceSession; s = FaceSession(); assert names == (s.model_id, s.embedding_id)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
