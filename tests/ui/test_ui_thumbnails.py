"""Thumbnails arrive later, newest first, are kept within a bound, and a missing photo troubles nobody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtGui import QColor, QPixmap

from photoclust.core.changes import Changes
from photoclust.library.library import Library
from photoclust.ui.thumbnails import Thumbnails, placeholder, rounded


@pytest.fixture
def thumbnails(library_path: Path, tmp_path: Path, qapp) -> Iterator[Thumbnails]:
    thumbnails = Thumbnails(library_path, tmp_path / "cache" / "thumbnails.db")
    yield thumbnails
    thumbnails.close()


def one_at_a_time(thumbnails: Thumbnails) -> None:
    thumbnails.findChild(QThreadPool).setMaxThreadCount(1)


def test_a_face_is_missing_at_first_and_there_after_the_signal(thumbnails: Thumbnails, library: Library, qtbot):
    face_id = library.face_ids()[0]
    with qtbot.waitSignal(thumbnails.face_loaded) as loaded:
        assert thumbnails.face(face_id, 100) is None
    assert loaded.args == [face_id]
    pixmap = thumbnails.face(face_id, 100)
    assert (pixmap.width(), pixmap.height()) == (192, 192)
    assert thumbnails.pending() == 0


def test_a_face_shows_the_face_and_not_another_part_of_the_photo(thumbnails: Thumbnails, library: Library, qtbot):
    anna = next(p for p in library.persons() if p.name == "Anna")
    face_id = library.face_ids(person_id=anna.id)[0]
    with qtbot.waitSignal(thumbnails.face_loaded):
        thumbnails.face(face_id, 192)
    middle = thumbnails.face(face_id, 192).toImage().pixelColor(96, 88)
    skin = QColor("#e8b796")
    assert abs(middle.red() - skin.red()) + abs(middle.green() - skin.green()) + abs(middle.blue() - skin.blue()) < 30


def test_a_photo_keeps_its_proportions(thumbnails: Thumbnails, library: Library, qtbot):
    photo = library.photos()[0]
    with qtbot.waitSignal(thumbnails.photo_loaded) as loaded:
        assert thumbnails.photo(photo.id, 256) is None
    assert loaded.args == [photo.id]
    pixmap = thumbnails.photo(photo.id, 256)
    assert (pixmap.width(), pixmap.height()) == (256, 192)


def test_another_size_stands_in_until_the_right_one_is_there(thumbnails: Thumbnails, library: Library, qtbot):
    face_id = library.face_ids()[0]
    with qtbot.waitSignal(thumbnails.face_loaded):
        thumbnails.face(face_id, 90)
    with qtbot.waitSignal(thumbnails.face_loaded):
        assert thumbnails.face(face_id, 300).width() == 96
    assert thumbnails.face(face_id, 300).width() == 384


def test_what_was_asked_for_last_is_loaded_first(thumbnails: Thumbnails, library: Library, qtbot):
    one_at_a_time(thumbnails)
    ids = library.face_ids()
    order: list[int] = []
    thumbnails.face_loaded.connect(order.append)
    thumbnails.face(ids[0], 96)  # keeps the one thread busy, or is at least queued first
    for face_id in ids[1:]:
        thumbnails.face(face_id, 96)
    qtbot.waitUntil(lambda: len(order) == len(ids))
    assert order.index(ids[-1]) < order.index(ids[1])


def test_asking_twice_loads_once(thumbnails: Thumbnails, library: Library, qtbot):
    order: list[int] = []
    thumbnails.face_loaded.connect(order.append)
    face_id = library.face_ids()[0]
    for _ in range(50):
        thumbnails.face(face_id, 96)
    assert thumbnails.pending() == 1
    qtbot.waitUntil(lambda: thumbnails.pending() == 0)
    assert order == [face_id]


def test_the_oldest_requests_are_dropped_when_more_wait_than_would_fit(thumbnails: Thumbnails):
    one_at_a_time(thumbnails)
    for face_id in range(10_000, 12_000):  # small tiles on a large screen
        thumbnails.face(face_id, 96)
    assert thumbnails.pending() > 1_950
    for face_id in range(12_000, 14_000):
        thumbnails.face(face_id, 384)
    assert thumbnails.pending() <= (96 << 20) // (4 * 384 * 384) + 2


def test_a_face_that_cannot_be_loaded_gets_a_placeholder_once(thumbnails: Thumbnails, qtbot):
    order: list[int] = []
    thumbnails.face_loaded.connect(order.append)
    with qtbot.waitSignal(thumbnails.face_loaded):
        assert thumbnails.face(4711, 96) is None
    assert thumbnails.face(4711, 96).width() == 96
    assert thumbnails.pending() == 0
    assert order == [4711]


def test_a_photo_that_comes_back_is_loaded_after_a_scan(thumbnails: Thumbnails, library: Library, qtbot):
    photo = library.photos()[0]
    moved = photo.path.rename(photo.path.with_suffix(".away"))
    with qtbot.waitSignal(thumbnails.photo_loaded):
        thumbnails.photo(photo.id, 256)
    assert thumbnails.photo(photo.id, 256).height() == 256, "the square placeholder"
    moved.rename(photo.path)
    thumbnails.forget(Changes(photos=frozenset({photo.id})))
    with qtbot.waitSignal(thumbnails.photo_loaded):
        assert thumbnails.photo(photo.id, 256) is None
    assert thumbnails.photo(photo.id, 256).height() == 192


def test_an_edit_forgets_no_pixels(thumbnails: Thumbnails, library: Library, qtbot):
    face_id = library.face_ids()[0]
    with qtbot.waitSignal(thumbnails.face_loaded):
        thumbnails.face(face_id, 96)
    thumbnails.forget(Changes(faces=frozenset({face_id}), persons=frozenset({1})))
    assert thumbnails.face(face_id, 96) is not None


def test_the_least_used_go_when_the_bytes_are_used_up(library_path: Path, library: Library, tmp_path: Path, qtbot):
    room_for_two = 2 * 96 * 96 * 4
    thumbnails = Thumbnails(library_path, tmp_path / "thumbnails.db", limit=room_for_two)
    ids = library.face_ids()[:3]
    for face_id in ids:
        with qtbot.waitSignal(thumbnails.face_loaded):
            thumbnails.face(face_id, 96)
    assert thumbnails.face(ids[1], 96) is not None
    assert thumbnails.face(ids[2], 96) is not None
    assert thumbnails.face(ids[0], 96) is None
    thumbnails.close()


def test_closing_ends_the_threads_and_asks_for_nothing_more(thumbnails: Thumbnails, library: Library):
    for face_id in library.face_ids():
        thumbnails.face(face_id, 96)
    thumbnails.close()
    assert thumbnails.findChild(QThreadPool).activeThreadCount() == 0
    thumbnails.face(1, 384)
    assert thumbnails.findChild(QThreadPool).activeThreadCount() == 0


def test_a_library_that_cannot_be_opened_gives_placeholders(tmp_path: Path, qtbot, caplog):
    (tmp_path / "broken").write_bytes(b"no library at all, but long enough to be looked at" * 20)
    thumbnails = Thumbnails(tmp_path / "broken", tmp_path / "cache.db")
    with qtbot.waitSignal(thumbnails.face_loaded):
        thumbnails.face(1, 96)
    assert thumbnails.face(1, 96) is not None
    thumbnails.close()
    assert "cannot read the library" in caplog.text


def test_a_round_cover_is_opaque_inside_and_clear_at_the_corners(qapp):
    pixmap = QPixmap(200, 120)
    pixmap.fill(QColor("#336699"))
    image = rounded(pixmap, 64).toImage()
    assert (image.width(), image.height()) == (64, 64)
    assert image.pixelColor(32, 32) == QColor("#336699")
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(63, 63).alpha() == 0


def test_the_placeholder_has_the_side_that_was_asked_for(qapp):
    for kind in ("face", "photo"):
        assert placeholder(kind, 50).width() == 50
