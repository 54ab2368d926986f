"""What an import adds, updates, keeps and survives; the networks are replaced by a finder of painted squares."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

import numpy as np
import pytest
from painted import PaintedFaces, paint, scan

from photoclust.core.edits import NewPerson
from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Status
from photoclust.core.settings import FACE_THUMBNAIL
from photoclust.library.library import Library
from photoclust.media.guard import Opener
from photoclust.media.image import UnreadablePhoto
from photoclust.media.thumbnail import ThumbnailCache
from photoclust.workflows.import_photos import AHEAD, BATCH


class StopAfter:
    """A progress that cancels at its n-th checkpoint."""

    def __init__(self, n: int) -> None:
        self.left = n
        self.seen: list[Status] = []

    def report(self, status: Status) -> None:
        self.seen.append(status)

    def checkpoint(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Cancelled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for i, color in enumerate(("red", "green", "blue", "white", "orange", "purple")):
        paint(tmp_path / "photos" / f"{2000 + i}" / f"{color}.png", color)
    return tmp_path / "photos"


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "library.photoclust") as opened:
        yield opened


def test_every_photo_gets_a_row_and_its_faces(library, folder) -> None:
    scan(library, folder)
    counts = library.counts()
    assert (counts.photos, counts.faces, counts.errors) == (6, 5, 0)
    _, vectors = library.embeddings()
    assert vectors.shape == (5, 128)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=2e-3)


def test_a_second_scan_looks_at_nothing(library, folder) -> None:
    scan(library, folder)
    assert scan(library, folder).looked == 0


def test_a_new_photo_is_the_only_one_looked_at(library, folder) -> None:
    scan(library, folder)
    paint(folder / "new.png", "cyan")
    assert scan(library, folder).looked == 1
    assert library.counts().photos == 7


def test_a_changed_photo_is_looked_at_again_and_keeps_the_decision(library, folder) -> None:
    scan(library, folder)
    photo = next(p for p in library.photos() if p.relpath.endswith("red.png"))
    face = library.faces_of_photo(photo.id)[0]
    person = library.apply(NewPerson((face.id,), "Anna")).new_persons[0]
    paint(folder / photo.relpath, "#fe0101")
    os.utime(folder / photo.relpath, ns=(1, photo.mtime_ns + 10**9))
    assert scan(library, folder).looked == 1
    again = library.faces_of_photo(photo.id)
    assert [(f.id, f.person_id, f.by_hand) for f in again] == [(face.id, person, True)]


def test_exact_duplicates_are_looked_at_once(library, folder) -> None:
    shutil.copy(folder / "2000/red.png", folder / "copy.png")
    scan(library, folder)
    finder = scan(library, folder)
    shutil.copy(folder / "2001/green.png", folder / "another.png")
    finder = scan(library, folder)
    assert finder.looked == 0
    assert library.counts().faces == 7


def test_a_moved_photo_keeps_its_faces_and_decisions(library, folder) -> None:
    scan(library, folder)
    face = library.face_ids(person_id=None)[0]
    library.apply(NewPerson((face,), "Anna"))
    before = library.photo(library.face(face).photo_id)
    (folder / "sorted").mkdir()
    (folder / before.relpath).rename(folder / "sorted" / "moved.png")
    assert scan(library, folder).looked == 0
    after = library.photo(library.face(face).photo_id)
    assert (after.id, after.relpath) == (before.id, "sorted/moved.png")
    assert library.counts().photos == 6


def test_broken_photos_become_rows_with_reasons_and_are_tried_again(library, folder) -> None:
    (folder / "empty.jpg").write_bytes(b"")
    (folder / "text.jpg").write_text("no photo at all")
    whole = paint(folder / "cut.jpg", "red", (400, 300)).read_bytes()
    (folder / "cut.jpg").write_bytes(whole[: len(whole) // 2])
    scan(library, folder)
    assert {p.relpath for p in library.errors()} == {"empty.jpg", "text.jpg", "cut.jpg"}
    assert library.counts().faces == 5
    (folder / "cut.jpg").write_bytes(whole)
    scan(library, folder)
    assert {p.relpath for p in library.errors()} == {"empty.jpg", "text.jpg"}
    assert library.counts().faces == 6


def test_a_broken_photo_is_decoded_again_only_when_it_changed_or_somebody_says_so(library, folder, monkeypatch) -> None:
    opened: list[str] = []
    upright = Opener.upright
    monkeypatch.setattr(Opener, "upright", lambda self, path, **how: (opened.append(path.name), upright(self, path, **how))[1])
    whole = (folder / "2000" / "red.png").read_bytes()
    broken = folder / "broken.png"
    broken.write_bytes(whole[:-40])
    scan(library, folder)
    assert opened.count("broken.png") == 1
    opened.clear()
    for _ in range(2):
        scan(library, folder)
    assert opened == []
    assert [p.relpath for p in library.errors()] == ["broken.png"]
    library.retry_broken()
    scan(library, folder)
    assert opened == ["broken.png"]
    scan(library, folder)
    assert opened == ["broken.png"]
    broken.write_bytes(whole[:-41] + b"x")
    scan(library, folder)
    assert opened == ["broken.png"] * 2
    broken.write_bytes(whole)
    scan(library, folder)
    assert library.errors() == []


def test_what_was_kept_from_us_is_tried_at_every_import(library, folder, monkeypatch) -> None:
    """Trouble with the system while decoding, when the content is known already, is not the file's."""
    opened, upright = [], Opener.upright

    def refuse(self, path, **how):
        opened.append(path.name)
        raise UnreadablePhoto("The disk could not read it (input/output error).", passing=True)

    monkeypatch.setattr(Opener, "upright", refuse)
    scan(library, folder)
    scan(library, folder)
    assert len(opened) == 12
    monkeypatch.setattr(Opener, "upright", upright)
    scan(library, folder)
    assert library.errors() == []


def test_a_cancelled_scan_keeps_what_was_committed_and_goes_on(library, folder) -> None:
    for i in range(10):
        paint(folder / f"more{i}.png", f"#{i:02x}4080")
    progress = StopAfter(18)  # the walk asks once a file, then once a batch
    with pytest.raises(Cancelled):
        scan(library, folder, progress=progress)
    partial = library.counts().photos
    assert 0 < partial < 16
    finder = scan(library, folder)
    assert finder.looked == 16 - partial
    assert library.counts().photos == 16


def test_progress_tells_photos_faces_and_device(library, folder) -> None:
    progress = StopAfter(10**6)
    scan(library, folder, progress=progress)
    last = progress.seen[-1]
    assert (last.done, last.total, last.faces, last.device) == (6, 6, 5, "nowhere")


def test_a_part_of_a_known_folder_belongs_to_it(library, folder) -> None:
    scan(library, folder)
    scan(library, folder / "2000")
    assert len(library.roots()) == 1
    assert library.counts().photos == 6


def test_a_folder_around_a_known_one_does_not_count_its_photos_twice(library, folder) -> None:
    scan(library, folder / "2000")
    scan(library, folder)
    assert library.counts().photos == 6


def test_a_folder_that_cannot_be_looked_into_is_told_and_its_faces_stay(library, folder, monkeypatch) -> None:
    scan(library, folder)
    before = library.counts()
    scandir = os.scandir

    def closed(path):
        if str(path).endswith("2000"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    told: list[tuple[str, str]] = []
    scan(library, folder, on_problem=lambda path, reason: told.append((path, reason)))
    assert [path for path, _ in told] == [str(folder / "2000")]
    assert library.counts() == before


def test_small_pictures_of_faces_are_made_on_the_way(library, folder, tmp_path) -> None:
    cache = ThumbnailCache(tmp_path / "thumbnails.sqlite")
    scan(library, folder, thumbnails=cache)
    photo = next(p for p in library.photos() if p.relpath.endswith("red.png"))
    (folder / photo.relpath).unlink()  # the picture can only come from the cache now
    assert cache.face(photo.path, photo.mtime_ns, library.faces_of_photo(photo.id)[0].box, FACE_THUMBNAIL)
    cache.close()


def test_another_model_looks_again_at_everything(library, folder) -> None:
    scan(library, folder)
    finder = PaintedFaces()
    finder.model_id = "painted-2"
    assert scan(library, folder, finder).looked == 6
    assert library.counts().faces == 5


def test_a_folder_that_is_not_there_is_said_so(library, tmp_path) -> None:
    with pytest.raises(UserError, match="not a folder"):
        scan(library, tmp_path / "nowhere")


def test_photos_are_never_changed(library, folder) -> None:
    before = {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.png")}
    scan(library, folder)
    assert {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*.png")} == before


def test_a_copy_of_what_a_photo_used_to_show_gets_the_old_faces(library, folder) -> None:
    scan(library, folder)
    red = library.faces_of_photo(next(p.id for p in library.photos() if p.relpath == "2000/red.png"))[0]
    vectors = dict(zip(*library.embeddings(), strict=True))
    shutil.copy(folder / "2000/red.png", folder / "z.png")
    paint(folder / "2000/red.png", "green", (80, 60))
    for i in range(6):  # enough that the changed photo is committed before its old copy is looked at
        paint(folder / f"m{i}.png", f"#{i:02x}9030")
    scan(library, folder)
    copy = library.faces_of_photo(next(p.id for p in library.photos() if p.relpath == "z.png"))[0]
    np.testing.assert_allclose(dict(zip(*library.embeddings(), strict=True))[copy.id], vectors[red.id])


def test_two_batches_are_looked_at_at_once_and_come_in_order(library, tmp_path) -> None:
    class Meeting(PaintedFaces):
        together = threading.Barrier(AHEAD, timeout=20)

        def analyse(self, photos, whole=(), untold=()):
            self.together.wait()
            return super().analyse(photos)

    names = [f"{i:02}.png" for i in range(2 * BATCH * AHEAD)]
    for i, name in enumerate(names):
        paint(tmp_path / "photos" / name, f"rgb({i}, 90, 0)")
    scan(library, tmp_path / "photos", Meeting())
    assert [photo.relpath for photo in library.photos()] == names
    assert library.counts().faces == len(names)
