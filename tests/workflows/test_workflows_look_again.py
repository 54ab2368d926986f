"""Another look at single photos: those that can be read now lose their error, and nothing else is touched."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from painted import PaintedFaces, paint, scan

from photoclust.core.errors import Cancelled, UserError
from photoclust.library.library import Library
from photoclust.workflows.look_again import look_again


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    for i, color in enumerate(("red", "green", "blue")):
        paint(folder / f"{i}.png", color)
    (folder / "cut.png").write_bytes((folder / "0.png").read_bytes()[:60])
    (folder / "empty.png").write_bytes(b"")
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path):
    with Library.open(tmp_path / "library.photoclust") as opened:
        scan(opened, folder)
        yield opened


def broken(library: Library) -> dict[str, int]:
    return {photo.relpath: photo.id for photo in library.errors()}


def test_a_photo_that_can_be_read_now_loses_its_error_and_brings_its_face(library: Library, folder: Path) -> None:
    photo_id = broken(library)["cut.png"]
    paint(folder / "cut.png", "orange")
    finder = PaintedFaces()
    (changes,) = look_again(library, [photo_id], session=finder)
    assert finder.looked == 1
    assert changes.photos == {photo_id}
    assert len(changes.faces) == len(library.faces_of_photo(photo_id)) == 1
    assert broken(library).keys() == {"empty.png"}


def test_a_file_that_was_repaired_without_a_trace_is_read_too(library: Library, folder: Path) -> None:
    """An import passes over a broken photo with the size and time that it had; this does not."""
    photo = next(p for p in library.errors() if p.relpath == "cut.png")
    paint(folder / "cut.png", "orange")
    data = (folder / "cut.png").read_bytes()
    with library._db.transaction():
        library._db.rows("UPDATE photos SET size = ?, mtime_ns = ? WHERE id = ?", len(data), photo.mtime_ns, photo.id)
    os.utime(folder / "cut.png", ns=(photo.mtime_ns, photo.mtime_ns))
    scan(library, folder)
    assert "cut.png" in broken(library)
    list(look_again(library, [photo.id], session=PaintedFaces()))
    assert "cut.png" not in broken(library)


def test_what_is_still_broken_keeps_its_error_and_the_others_are_not_looked_at(library: Library) -> None:
    before = {p.id: p for p in library.photos()}
    finder = PaintedFaces()
    list(look_again(library, list(broken(library).values()), session=finder))
    assert broken(library).keys() == {"cut.png", "empty.png"}
    assert finder.looked == 0
    assert {p.id: p.relpath for p in library.photos()} == {i: p.relpath for i, p in before.items()}


def test_a_photo_whose_file_is_gone_is_missing_or_forgotten_where_there_is_nothing_to_keep(
    library: Library, folder: Path
) -> None:
    known = {p.relpath: p.id for p in library.photos()}
    (folder / "cut.png").unlink()
    (folder / "0.png").unlink()
    list(look_again(library, [known["cut.png"], known["0.png"]], session=PaintedFaces()))
    assert "cut.png" not in broken(library)
    assert [p.id for p in library.missing()] == [known["0.png"]]


def test_a_folder_that_is_not_there_is_told_and_changes_nothing(library: Library, folder: Path, tmp_path: Path) -> None:
    shutil.move(folder, tmp_path / "elsewhere")
    ids = list(broken(library).values())
    with pytest.raises(UserError, match="is not there"):
        list(look_again(library, ids, session=PaintedFaces()))
    assert sorted(broken(library).values()) == sorted(ids)
    assert library.missing() == []


def test_it_can_be_stopped(library: Library) -> None:
    class Stopped:
        def report(self, status: object) -> None: ...

        def checkpoint(self) -> None:
            raise Cancelled

    ids = list(broken(library).values())
    with pytest.raises(Cancelled):
        list(look_again(library, ids, session=PaintedFaces(), progress=Stopped()))
    assert sorted(broken(library).values()) == sorted(ids)
