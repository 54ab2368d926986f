"""Folders are watched in the background: photos are told of once they have stopped growing, and nothing else is."""

from __future__ import annotations

import errno
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileClosedNoWriteEvent, FileCreatedEvent, FileModifiedEvent, FileOpenedEvent
from watchdog.observers.api import BaseObserver, EventEmitter

from photoclust.media.watch import FolderWatch, Settling, _Handler

WAIT = 20.0
FOLDER = Path("/photos")


@pytest.fixture
def heard() -> queue.Queue[Path]:
    return queue.Queue()


@pytest.fixture
def watch(heard: queue.Queue[Path]) -> Iterator[FolderWatch]:
    watching = FolderWatch(heard.put, lambda path, reason: None, settle=0.05, look=0.05)
    yield watching
    watching.close()
    assert not any(thread.name == "watch" for thread in threading.enumerate())


def test_a_folder_is_quiet_once_its_files_have_stopped_growing() -> None:
    sizes = {"a.jpg": (1, 0)}
    settling = Settling(2.0, sizes.get)
    settling.touch(FOLDER, "a.jpg", 10.0)
    assert settling.next_look() == 12.0
    assert settling.quiet(11.9) == []
    sizes["a.jpg"] = (2, 0)  # grown without a word
    assert settling.quiet(12.5) == []
    assert settling.quiet(14.0) == []
    assert settling.quiet(14.5) == [FOLDER]
    assert settling.quiet(99.0) == [], "told once"
    assert settling.next_look() is None


def test_every_new_event_makes_the_wait_longer_and_folders_do_not_wait_for_each_other() -> None:
    settling = Settling(2.0, lambda path: None)
    other = Path("/other")
    settling.touch(FOLDER, "a.jpg", 0.0)
    settling.touch(other, "b.jpg", 0.0)
    settling.touch(FOLDER, "c.jpg", 1.5)
    assert settling.quiet(2.0) == [other]
    assert settling.next_look() == 3.5
    assert settling.quiet(3.5) == [FOLDER]


def test_a_file_that_is_gone_again_is_news_too() -> None:
    settling = Settling(2.0, {"a.jpg": (1, 0)}.pop)  # there when touched, gone when looked at
    with pytest.raises(KeyError):
        settling.touch(FOLDER, "b.jpg", 0.0)
    sizes: dict[str, tuple[int, int]] = {"a.jpg": (1, 0)}
    settling = Settling(2.0, sizes.get)
    settling.touch(FOLDER, "a.jpg", 0.0)
    sizes.clear()
    assert settling.quiet(3.0) == []
    assert settling.quiet(5.0) == [FOLDER]


def test_reading_a_photo_and_other_files_are_no_news() -> None:
    told: list[str] = []
    handler = _Handler(told.append)
    for event in (
        FileOpenedEvent("/p/a.jpg"), FileClosedNoWriteEvent("/p/a.jpg"), FileCreatedEvent("/p/a.txt"),
        FileModifiedEvent("/p/.hidden.jpg"), FileCreatedEvent("/p/a.jpg"), FileModifiedEvent("/p/b.HEIC"),
    ):  # fmt: skip
        handler.on_any_event(event)
    assert told == ["/p/a.jpg", "/p/b.HEIC"]


def test_photos_that_appear_change_move_and_go_are_told(watch: FolderWatch, heard: queue.Queue[Path], tmp_path: Path) -> None:
    watch.watch([tmp_path])
    assert heard.get(timeout=WAIT) == tmp_path, "it may have changed while nobody watched"
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "a.jpg").write_bytes(b"x" * 1000)
    assert heard.get(timeout=WAIT) == tmp_path
    (tmp_path / "new" / "a.jpg").rename(tmp_path / "b.jpg")
    assert heard.get(timeout=WAIT) == tmp_path
    (tmp_path / "b.jpg").unlink()
    assert heard.get(timeout=WAIT) == tmp_path


def test_a_folder_that_comes_back_is_told_and_watched_again(watch: FolderWatch, heard: queue.Queue[Path], tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    watch.watch([drive])
    drive.mkdir()
    assert heard.get(timeout=WAIT) == drive
    drive.rename(tmp_path / "away")
    drive.mkdir()
    assert heard.get(timeout=WAIT) == drive
    while not heard.empty():
        heard.get()
    (drive / "a.jpg").write_bytes(b"x")
    assert heard.get(timeout=WAIT) == drive


def test_a_folder_is_no_longer_watched_when_it_is_switched_off(
    watch: FolderWatch, heard: queue.Queue[Path], tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    watch.watch([tmp_path / "a", tmp_path / "b"])
    assert {heard.get(timeout=WAIT), heard.get(timeout=WAIT)} == {tmp_path / "a", tmp_path / "b"}
    watch.watch([tmp_path / "b"])
    (tmp_path / "marker").mkdir()
    watch.watch([tmp_path / "b", tmp_path / "marker"])
    assert heard.get(timeout=WAIT) == tmp_path / "marker", "so the first change is through"
    (tmp_path / "a" / "x.jpg").write_bytes(b"x")
    (tmp_path / "b" / "x.jpg").write_bytes(b"x")
    assert heard.get(timeout=WAIT) == tmp_path / "b"
    assert heard.empty()


def test_a_system_that_watches_no_more_folders_is_told_once(heard: queue.Queue[Path], tmp_path: Path) -> None:
    class Full(BaseObserver):
        asked = 0

        def schedule(self, *arguments: object, **options: object) -> None:  # type: ignore[override]
            Full.asked += 1
            raise OSError(errno.ENOSPC, "inotify watch limit reached")

    problems: queue.Queue[tuple[str, str]] = queue.Queue()
    watching = FolderWatch(
        heard.put, lambda *problem: problems.put(problem), settle=0.01, look=0.01, make_observer=lambda: Full(EventEmitter)
    )
    watching.watch([tmp_path])
    path, reason = problems.get(timeout=WAIT)
    assert (path, "as many folders as it can" in reason) == (str(tmp_path), True)
    (tmp_path / "later").mkdir()
    watching.watch([tmp_path, tmp_path / "later"])
    assert problems.get(timeout=WAIT)[0] == str(tmp_path / "later")
    watching.close()
    assert problems.empty()
    assert heard.empty()
    assert Full.asked == 2


def test_nothing_is_started_for_no_folders(watch: FolderWatch) -> None:
    watch.watch([])
    assert watch._thread is None
