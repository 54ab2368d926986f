"""The demo album on disk: what is in it, that it is the same every time, and what it refuses."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageOps

from photoclust.core.errors import Cancelled, UserError
from photoclust.core.progress import Silent, Status
from photoclust.demo.album import Album, render_album
from photoclust.demo.truth import load_truth

SMALL: dict[str, Any] = {"photos": 12, "persons": 3, "size": (320, 240)}


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    return render_album(tmp_path_factory.mktemp("demo") / "album", seed=3, **SMALL)


def _open(path: Path) -> Image.Image:
    if path.suffix == ".heic":
        return pillow_heif.read_heif(path).to_pillow()  # type: ignore[no-any-return]
    with Image.open(path) as stored:
        return ImageOps.exif_transpose(stored)


def _hashes(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*") if p.is_file()}


def test_the_same_seed_writes_the_same_bytes(album: Album, tmp_path: Path) -> None:
    again = render_album(tmp_path / "again", seed=3, **SMALL)
    assert _hashes(again.folder) == _hashes(album.folder)


def test_another_seed_shows_other_photos(album: Album, tmp_path: Path) -> None:
    other = render_album(tmp_path / "other", seed=4, photos=2, persons=3, size=(320, 240))
    assert not set(_hashes(other.folder).values()) & (set(_hashes(album.folder).values()) - {hashlib.sha256(b"").hexdigest()})


def test_the_truth_names_every_file_and_nothing_else(album: Album) -> None:
    truth = load_truth(album.folder)
    assert truth.complete
    files = {p.relative_to(album.folder).as_posix() for p in album.folder.rglob("*") if p.is_file()} - {"truth.json"}
    assert {p.photo for p in truth.photos} == files
    assert album.photos == len(files)
    assert len(set(truth.names.values())) == album.persons == 3


def test_every_face_lies_within_its_upright_photo_and_is_not_just_backdrop(album: Album) -> None:
    truth = load_truth(album.folder)
    seen = 0
    for photo in truth.photos:
        if photo.broken:
            continue
        picture = np.asarray(_open(album.folder / photo.photo).convert("RGB"), np.float32)
        for face in photo.faces:
            box = face.box
            assert box.x >= 0
            assert box.y >= 0
            assert box.x + box.w <= picture.shape[1]
            assert box.y + box.h <= picture.shape[0]
            cut = picture[int(box.y) : int(box.y + box.h), int(box.x) : int(box.x + box.w)]
            if face.visible:
                assert cut.std() > 12  # eyes, mouth, and shade: a face is never plain
                seen += 1
    assert seen == album.faces > 8


def test_every_person_and_nobody_else_is_named(album: Album) -> None:
    truth = load_truth(album.folder)
    faces = [f for p in truth.photos for f in p.faces]
    assert {f.person for f in faces if not f.stranger} == set(truth.names)
    assert not {f.person for f in faces if f.stranger} & set(truth.names)


def test_copies_are_equal_byte_by_byte_and_show_the_same_faces(album: Album) -> None:
    photos = {p.photo: p for p in load_truth(album.folder).photos}
    copies = [p for p in photos.values() if p.duplicate_of]
    assert copies
    for copy in copies:
        source = photos[str(copy.duplicate_of)]
        assert (album.folder / copy.photo).read_bytes() == (album.folder / source.photo).read_bytes()
        assert copy.faces == source.faces


def test_one_file_is_cut_off_and_one_is_empty(album: Album) -> None:
    broken = [album.folder / p.photo for p in load_truth(album.folder).photos if p.broken]
    sizes = sorted(p.stat().st_size for p in broken)
    assert len(broken) == 2
    assert sizes[0] == 0 < sizes[1]
    for path in broken:
        with pytest.raises(OSError, match=r"truncated|cannot identify"), Image.open(path) as picture:
            picture.load()


def test_photos_carry_their_date_and_some_are_stored_turned(album: Album) -> None:
    turned = 0
    for photo in load_truth(album.folder).photos:
        path = album.folder / photo.photo
        if photo.broken or path.suffix == ".heic":
            continue
        with Image.open(path) as stored:
            exif = stored.getexif()
        assert exif.get_ifd(0x8769)[0x9003].replace(":", "-", 2).replace(" ", "T") + "+00:00" == photo.taken_at
        turned += exif[0x0112] != 1
    assert turned >= 2


def test_a_complete_album_is_kept_as_it_is(album: Album) -> None:
    stamps = {p: p.stat().st_mtime_ns for p in album.folder.rglob("*")}
    again = render_album(album.folder, seed=3, **SMALL)
    assert again.reused
    assert not album.reused
    assert (again.photos, again.faces, again.strangers) == (album.photos, album.faces, album.strangers)
    assert stamps == {p: p.stat().st_mtime_ns for p in album.folder.rglob("*")}


def test_an_interrupted_album_is_drawn_again_to_the_same_bytes(tmp_path: Path) -> None:
    class StopAfterTwo(Silent):
        drawn = 0

        def report(self, status: Status) -> None:
            self.drawn = status.done

        def checkpoint(self) -> None:
            if self.drawn >= 2:
                raise Cancelled

    options: dict[str, Any] = {"photos": 4, "persons": 2, "size": (200, 160)}
    with pytest.raises(Cancelled):
        render_album(tmp_path / "a", progress=StopAfterTwo(), **options)
    assert not load_truth(tmp_path / "a").complete
    render_album(tmp_path / "a", **options)
    render_album(tmp_path / "b", **options)
    assert _hashes(tmp_path / "a") == _hashes(tmp_path / "b")


def test_other_parameters_replace_the_album_and_spare_foreign_files(tmp_path: Path) -> None:
    render_album(tmp_path / "a", photos=3, persons=2, size=(200, 160))
    (tmp_path / "a" / "mine.txt").write_text("keep me")
    render_album(tmp_path / "a", photos=2, persons=2, seed=9, size=(200, 160))
    truth = load_truth(tmp_path / "a")
    files = {p.relative_to(tmp_path / "a").as_posix() for p in (tmp_path / "a").rglob("*") if p.is_file()}
    assert files == {p.photo for p in truth.photos} | {"truth.json", "mine.txt"}


@pytest.mark.parametrize("content", ["holiday.jpg", "truth.json"])
def test_a_folder_with_other_things_in_it_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / content).write_text(json.dumps({"version": 1}))
    with pytest.raises(UserError, match="other files"):
        render_album(tmp_path, photos=1, persons=1)
    assert [p.name for p in tmp_path.iterdir()] == [content]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "album").write_text("")
    with pytest.raises(UserError, match="is a file"):
        render_album(tmp_path / "album")


def test_impossible_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="at least one"):
        render_album(tmp_path / "a", photos=0)


def test_an_album_has_as_many_files_as_asked_for(tmp_path: Path) -> None:
    for photos in (8, 13):
        assert render_album(tmp_path / str(photos), photos=photos, persons=2, size=(200, 160)).photos == photos
