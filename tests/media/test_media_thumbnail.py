from __future__ import annotations

import io
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import numpy as np
import pytest
from PIL import Image

from photoclust.core.types import Box
from photoclust.media.image import UnreadablePhoto, face_square, open_upright
from photoclust.media.thumbnail import ThumbnailCache

BOX = Box(300, 100, 40, 50)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A grey photo with a red face in the box."""
    pixels = np.full((400, 600, 3), 128, np.uint8)
    pixels[100:150, 300:340] = (200, 0, 0)
    path = tmp_path / "photo.jpg"
    Image.fromarray(pixels).save(path, quality=95)
    return path


def opened(jpeg: bytes) -> np.ndarray:
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert picture.format == "JPEG"
        return np.asarray(picture.convert("RGB")).astype(int)


def rows(path: Path) -> int:
    database = sqlite3.connect(path)
    try:
        return int(database.execute("SELECT count(*) FROM thumbnails").fetchone()[0])
    finally:
        database.close()


def test_a_face_is_a_square_with_margin_around_its_box(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache.db")
    face = opened(cache.face(photo, 1, BOX, 170))
    assert face.shape == (170, 170, 3)
    assert np.abs(face[85, 85] - (200, 0, 0)).max() < 20
    red = (face[:, :, 0] - face[:, :, 1]) > 100
    assert abs(int(red[85].sum()) - 80) <= 4  # 40 of 85 pixels, at twice the size
    assert abs(int(red[:, 85].sum()) - 100) <= 4
    cache.close()


def test_the_square_is_shifted_into_the_photo_and_not_stretched() -> None:
    assert face_square(Box(0, 0, 100, 100), (600, 400)) == Box(0, 0, 170, 170)
    assert face_square(Box(560, 350, 40, 50), (600, 400)) == Box(515, 315, 85, 85)
    assert face_square(Box(100, 100, 390, 390), (600, 400)) == Box(95, 0, 400, 400)
    assert face_square(Box(-500, 900, 0, 0), (600, 400)) == Box(0, 399, 1, 1)


def test_a_photo_fits_into_the_side(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache.db")
    assert opened(cache.photo(photo, 1, 150)).shape == (100, 150, 3)
    cache.close()


def test_what_was_made_once_is_not_made_again(tmp_path: Path, photo: Path) -> None:
    path = tmp_path / "cache.db"
    first = ThumbnailCache(path)
    face, whole = first.face(photo, 1, BOX), first.photo(photo, 1, 100)
    first.close()
    photo.unlink()
    second = ThumbnailCache(path)
    assert second.face(photo, 1, BOX) == face
    assert second.photo(photo, 1, 100) == whole
    second.close()


def test_another_time_box_or_side_is_another_picture(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache.db")
    cache.face(photo, 1, BOX)
    cache.face(photo, 2, BOX)
    cache.face(photo, 1, Box(0, 0, 50, 50))
    assert opened(cache.face(photo, 1, BOX, 64)).shape == (64, 64, 3)
    assert rows(tmp_path / "cache.db") == 4
    cache.close()


def test_a_face_remembered_while_scanning_is_the_one_asked_for_later(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache.db")
    made = opened(cache.face(photo, 1, BOX))
    cache.remember_face(photo, 2, BOX, open_upright(photo).pixels)
    photo.unlink()
    remembered = opened(cache.face(photo, 2, BOX))
    assert remembered.shape == made.shape
    assert np.abs(remembered - made).mean() < 2
    cache.close()


def test_a_photo_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache.db")
    (tmp_path / "empty.jpg").touch()
    with pytest.raises(UnreadablePhoto, match="empty"):
        cache.face(tmp_path / "empty.jpg", 1, BOX)
    with pytest.raises(UnreadablePhoto, match="no longer there"):
        cache.photo(tmp_path / "nowhere.jpg", 1, 100)
    cache.close()


def test_the_cache_keeps_its_size_and_forgets_what_was_not_looked_at_longest(tmp_path: Path, photo: Path) -> None:
    now = [0.0]
    path = tmp_path / "cache.db"
    measure = ThumbnailCache(tmp_path / "measure.db")
    size = len(measure.face(photo, 0, BOX))
    measure.close()
    cache = ThumbnailCache(path, max_bytes=size * 10 + size // 2, clock=lambda: now[0])
    for mtime in range(10):
        now[0] += 3600
        cache.face(photo, mtime, BOX)
    now[0] += 3600
    cache.face(photo, 0, BOX)  # the oldest is looked at again
    now[0] += 3600
    cache.face(photo, 10, BOX)  # one too many
    photo.unlink()
    cache.face(photo, 0, BOX)
    cache.face(photo, 10, BOX)
    for mtime in (1, 2):
        with pytest.raises(UnreadablePhoto):
            cache.face(photo, mtime, BOX)
    cache.face(photo, 3, BOX)
    assert rows(path) == 9
    cache.close()


def test_threads_share_one_cache(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache.db")
    with ThreadPoolExecutor(8) as pool:
        faces = list(pool.map(lambda n: cache.face(photo, n % 5, BOX, 32), range(40)))
    assert len(set(faces)) == 1
    assert rows(tmp_path / "cache.db") == 5
    cache.close()


def test_two_caches_of_one_file_work_side_by_side(tmp_path: Path, photo: Path) -> None:
    first, second = ThumbnailCache(tmp_path / "cache.db"), ThumbnailCache(tmp_path / "cache.db")
    face = first.face(photo, 1, BOX)
    photo.unlink()
    assert second.face(photo, 1, BOX) == face
    first.close()
    second.close()


def test_a_new_cache_opened_by_several_threads_at_once_works_for_all(tmp_path: Path, photo: Path) -> None:
    for attempt in range(10):
        path = tmp_path / f"cache{attempt}.db"
        start = Barrier(3)

        def make(number: int, path: Path = path, start: Barrier = start) -> None:
            start.wait()
            cache = ThumbnailCache(path)
            cache.photo(photo, number, 8)
            cache.close()

        with ThreadPoolExecutor(3) as pool:
            list(pool.map(make, range(3)))
        assert rows(path) == 3


def test_a_cache_that_may_only_be_read_is_read(tmp_path: Path, photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "cache.db"
    cache = ThumbnailCache(path)
    face = cache.face(photo, 1, BOX)
    cache.close()
    connect = sqlite3.connect

    def connect_to_read(file: Path, **options: Any) -> sqlite3.Connection:
        return connect(f"file:{file}?mode=ro", uri=True, **options)

    monkeypatch.setattr(sqlite3, "connect", connect_to_read)
    cache = ThumbnailCache(path)
    assert opened(cache.face(photo, 2, BOX)).shape == (192, 192, 3)
    photo.unlink()
    assert cache.face(photo, 1, BOX) == face
    with pytest.raises(UnreadablePhoto):
        cache.face(photo, 2, BOX)
    cache.close()


def test_a_broken_cache_file_is_put_aside_and_made_anew(tmp_path: Path, photo: Path) -> None:
    path = tmp_path / "cache.db"
    path.write_bytes(b"This is no database, it is " * 100)
    cache = ThumbnailCache(path)
    cache.face(photo, 1, BOX)
    assert rows(path) == 1
    assert (tmp_path / "cache.db.broken").read_bytes().startswith(b"This is no database")
    cache.close()


def test_a_cache_broken_in_use_still_answers(tmp_path: Path, photo: Path) -> None:
    path = tmp_path / "cache.db"
    cache = ThumbnailCache(path)
    cache.face(photo, 1, BOX)
    cache.close()
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xee" * (len(data) - 4096)
    path.write_bytes(data)
    cache = ThumbnailCache(path)
    for mtime in (1, 2):
        assert opened(cache.face(photo, mtime, BOX)).shape == (192, 192, 3)
    cache.close()


def test_another_programs_database_is_left_as_it_is(tmp_path: Path, photo: Path) -> None:
    path = tmp_path / "library.photoclust"
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE photos (id INTEGER)")
    database.close()
    before = path.read_bytes()
    cache = ThumbnailCache(path)
    assert opened(cache.face(photo, 1, BOX)).shape == (192, 192, 3)
    cache.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize("where", ["photo.jpg/cache.db", "."])
def test_a_cache_that_cannot_be_made_still_answers(tmp_path: Path, photo: Path, where: str) -> None:
    cache = ThumbnailCache(tmp_path / where)
    assert opened(cache.face(photo, 1, BOX)).shape == (192, 192, 3)
    assert opened(cache.photo(photo, 1, 60)).shape == (40, 60, 3)
    cache.close()


def test_a_full_disk_costs_the_memory_and_not_the_answer(tmp_path: Path, photo: Path) -> None:
    path = tmp_path / "cache.db"
    cache = ThumbnailCache(path)
    kept = cache.face(photo, 1, BOX)
    assert cache._database is not None
    pages = cache._database.execute("PRAGMA page_count").fetchone()[0]
    cache._database.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own "database or disk is full"
    for mtime in range(2, 12):
        assert opened(cache.face(photo, mtime, BOX, 300)).shape == (300, 300, 3)
    photo.unlink()
    assert cache.face(photo, 1, BOX) == kept
    cache.close()


def test_a_cache_of_an_older_kind_is_emptied(tmp_path: Path, photo: Path) -> None:
    path = tmp_path / "cache.db"
    cache = ThumbnailCache(path)
    cache.face(photo, 1, BOX)
    cache.close()
    database = sqlite3.connect(path)
    database.execute("PRAGMA user_version = 0")
    database.close()
    ThumbnailCache(path).close()
    assert rows(path) == 0


def test_a_closed_cache_still_answers(tmp_path: Path, photo: Path) -> None:
    cache = ThumbnailCache(tmp_path / "cache.db")
    cache.close()
    cache.close()
    assert opened(cache.face(photo, 1, BOX)).shape == (192, 192, 3)
