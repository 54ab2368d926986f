"""Hear of photos that appear, change or go in folders, once they have stopped growing."""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from watchdog.events import (
    EVENT_TYPE_CLOSED_NO_WRITE,
    EVENT_TYPE_OPENED,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from photoclust.core.said import Said
from photoclust.media.errors import os_reason
from photoclust.media.scan import is_photo_path, printable

SETTLE_SECONDS = 2.0
"""A folder is quiet when nothing in it has changed for so long."""
LOOK_SECONDS = 5.0
"""How often to look whether a folder has come or gone, such as one on a drive that is plugged in."""

Stamp = tuple[int, int] | None
"""Size and time of a file; None while there is none."""


class Settling:
    """Which folders have something new in them that has stopped growing; times in seconds of any clock."""

    def __init__(self, settle: float, measure: Callable[[str], Stamp]) -> None:
        self._settle = settle
        self._measure = measure
        self._touched: dict[Path, dict[str, tuple[Stamp, float]]] = {}

    def touch(self, folder: Path, path: str, now: float) -> None:
        """Something has happened to a file of this folder."""
        self._touched.setdefault(folder, {})[path] = (self._measure(path), now)

    def quiet(self, now: float) -> list[Path]:
        """The folders with news in which nothing has happened for a while and no file has grown; told once."""
        return [folder for folder in list(self._touched) if self._is_quiet(folder, now)]

    def next_look(self) -> float | None:
        """When it is worth asking again; None while there is no news."""
        last = [max(since for _, since in files.values()) for files in self._touched.values()]
        return min(last) + self._settle if last else None

    def forget(self, folder: Path) -> None:
        """Nobody wants to hear of this folder any more."""
        self._touched.pop(folder, None)

    def _is_quiet(self, folder: Path, now: float) -> bool:
        files = self._touched[folder]
        if any(now - since < self._settle for _, since in files.values()):
            return False
        grown = {path: stamp for path, (before, _) in files.items() if (stamp := self._measure(path)) != before}
        if grown:  # a network drive or a slow copy may not tell of every byte
            files.update({path: (stamp, now) for path, stamp in grown.items()})
            return False
        del self._touched[folder]
        return True


@dataclass
class _Watched:
    """A folder that is to be watched, and how it is at the moment."""

    identity: tuple[int, int] | None = None
    """Device and number of the folder that is watched; None while it is not there."""
    watch: ObservedWatch | None = None
    told: bool = False
    """Whether it was told that the system refuses to watch it."""


class _Handler(FileSystemEventHandler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what may be about a photo; that somebody reads one is no news."""
        if event.event_type in (EVENT_TYPE_OPENED, EVENT_TYPE_CLOSED_NO_WRITE):
            return
        if event.is_directory and event.event_type == "modified":
            return
        for path in {os.fsdecode(event.src_path), os.fsdecode(event.dest_path or "")} - {""}:
            if event.is_directory or is_photo_path(path):
                self._tell(path)


@dataclass
class FolderWatch:
    """Watches folders in threads of its own until it is closed.

    `on_quiet` hears of a folder in which photos have come, gone or changed, after everything has stopped growing, and of a
    folder that is there (again); `on_problem` of one that the system will not watch: (path, reason). Both are called from a
    thread of this object.
    """

    on_quiet: Callable[[Path], None]
    on_problem: Callable[[str, str], None]
    settle: float = SETTLE_SECONDS
    look: float = LOOK_SECONDS
    make_observer: Callable[[], BaseObserver] = Observer
    _wanted: dict[Path, _Watched] = field(default_factory=dict)
    _folders: frozenset[Path] = frozenset()
    _seen: frozenset[Path] = frozenset()
    """Folders that need not be told of when watching them begins."""
    _looked: bool = True
    """Whether `_folders` have been looked at since they were said."""
    _news: list[tuple[Path, str]] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closed: bool = False
    _thread: threading.Thread | None = None

    def watch(self, folders: Collection[Path], *, tell: bool = True) -> None:
        """Watch these folders from now on and no others; returns at once.

        `on_quiet` is told of those not watched so far: they may have changed; without `tell`, only from their next change on.
        """
        with self._changed:
            self._folders = frozenset(folders)
            if not tell:
                self._seen |= self._folders
            self._looked = False
            if self._thread is None and folders and not self._closed:
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Stop watching and wait for the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        settling = Settling(self.settle, _stamp)
        observer = self.make_observer()
        observer.start()
        next_look = 0.0
        try:
            while True:
                with self._changed:
                    now = time.monotonic()
                    due = [t for t in (next_look, settling.next_look()) if t is not None]
                    if not (self._closed or self._news or not self._looked):
                        self._changed.wait(max(0.0, min(due) - now))
                    if self._closed:
                        return
                    news, self._news = self._news, []
                    folders, fresh, self._looked = self._folders, not self._looked, True
                    seen, self._seen = self._seen, frozenset()
                now = time.monotonic()
                for folder, path in news:
                    settling.touch(folder, path, now)
                if fresh or now >= next_look:
                    self._look(observer, folders, seen, settling)
                    next_look = now + self.look
                for folder in settling.quiet(now):
                    if folder in self._wanted:
                        self.on_quiet(folder)
        finally:
            observer.stop()
            observer.join()

    def _look(self, observer: BaseObserver, folders: frozenset[Path], seen: frozenset[Path], settling: Settling) -> None:
        """Begin and end watching, as folders are wanted, come and go."""
        for folder in self._wanted.keys() - folders:
            self._end(observer, self._wanted.pop(folder))
            settling.forget(folder)
        for folder in sorted(folders):
            told = folder in self._wanted or folder not in seen
            watched = self._wanted.setdefault(folder, _Watched())
            identity = _identity(folder)
            if identity == watched.identity:
                continue
            self._end(observer, watched)
            watched.identity = identity
            if identity is not None and self._begin(observer, folder, watched) and told:
                settling.touch(folder, str(folder), time.monotonic())

    def _begin(self, observer: BaseObserver, folder: Path, watched: _Watched) -> bool:
        def tell(path: str) -> None:
            with self._changed:
                self._news.append((folder, path))
                self._changed.notify()

        try:
            watched.watch = observer.schedule(_Handler(tell), str(folder), recursive=True)
        except OSError as error:
            if not watched.told:
                full = error.errno in (errno.ENOSPC, errno.EMFILE)
                reason = Said("The system watches as many folders as it can already.") if full else os_reason(error)
                self.on_problem(printable(str(folder)), reason)
            watched.told = True
            return False
        return True

    def _end(self, observer: BaseObserver, watched: _Watched) -> None:
        if watched.watch is not None:
            observer.unschedule(watched.watch)
            watched.watch = None


def _stamp(path: str) -> Stamp:
    try:
        found = os.stat(path)  # noqa: PTH116 - a path as text is all that is here
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _identity(folder: Path) -> tuple[int, int] | None:
    try:
        found = folder.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
